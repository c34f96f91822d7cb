// SPDX-License-Identifier: Apache-2.0
#include "desktop/model/markdown.h"

#include <algorithm>
#include <cctype>
#include <sstream>

namespace aula::desktop {
namespace {

bool isPunctuation(char c) {
  return std::ispunct(static_cast<unsigned char>(c)) != 0;
}

/// A mark opens before a letter and closes after one: "2 * 3" is a product.
std::size_t closingMark(const std::string& text, std::size_t from, const std::string& mark) {
  for (std::size_t at = text.find(mark, from); at != std::string::npos; at = text.find(mark, at + 1))
    if (at > from && text[at - 1] != ' ' && text[at - 1] != '\\') {
      // A single star does not close at a double one.
      if (mark.size() == 1 && mark != "`" && text.compare(at, 2, mark + mark) == 0) {
        ++at;
        continue;
      }
      return at;
    }
  return std::string::npos;
}

void addRuns(const std::string& text, const TextRun& style, std::vector<TextRun>& runs) {
  std::string plain;
  const auto flush = [&] {
    if (plain.empty()) return;
    TextRun run = style;
    run.text = plain;
    runs.push_back(run);
    plain.clear();
  };
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '\\' && i + 1 < text.size() && isPunctuation(text[i + 1])) {
      plain += text[i + 1];
      i += 2;
      continue;
    }
    if (text[i] == '[') {
      const std::size_t middle = text.find("](", i);
      const std::size_t end = middle == std::string::npos ? middle : text.find(')', middle);
      if (end != std::string::npos) {
        flush();
        TextRun link = style;
        link.link = text.substr(middle + 2, end - middle - 2);
        addRuns(text.substr(i + 1, middle - i - 1), link, runs);
        i = end + 1;
        continue;
      }
    }
    bool isMarked = false;
    for (const std::string mark : {"**", "__", "*", "_", "`"}) {
      if (text.compare(i, mark.size(), mark) != 0) continue;
      // An underscore within a word is part of it.
      if (mark[0] == '_' && i > 0 && std::isalnum(static_cast<unsigned char>(text[i - 1])) != 0) break;
      const std::size_t begin = i + mark.size();
      if (begin >= text.size() || text[begin] == ' ') break;
      const std::size_t end = closingMark(text, begin, mark);
      if (end == std::string::npos) break;
      flush();
      TextRun inner = style;
      const std::string content = text.substr(begin, end - begin);
      if (mark == "`") {
        inner.isCode = true;
        inner.text = content;
        runs.push_back(inner);
      } else {
        (mark.size() == 2 ? inner.isBold : inner.isItalic) = true;
        addRuns(content, inner, runs);
      }
      i = end + mark.size();
      isMarked = true;
      break;
    }
    if (!isMarked) plain += text[i++];
  }
  flush();
}

/// Chinese has no space where a line of the file ends.
bool needsSpace(const std::string& before, const std::string& after) {
  if (before.empty() || after.empty()) return false;
  const auto isWide = [](unsigned char c) { return c >= 0xe3 && c <= 0xef; };
  const std::size_t n = before.size();
  const bool endsWide = n >= 3 && isWide(static_cast<unsigned char>(before[n - 3]));
  return !(endsWide && isWide(static_cast<unsigned char>(after[0])));
}

struct Line {
  TextBlock::Kind kind = TextBlock::Kind::paragraph;
  int level = 0, number = 0;
  std::string text;
};

Line classify(const std::string& raw) {
  Line line;
  const std::size_t indent = std::min(raw.find_first_not_of(' '), raw.size());
  const std::string text = raw.substr(indent);
  line.text = text;
  const std::size_t hashes = std::min(text.find_first_not_of('#'), text.size());
  if (hashes >= 1 && hashes <= 6 && hashes < text.size() && text[hashes] == ' ') {
    line.kind = TextBlock::Kind::heading;
    line.level = static_cast<int>(hashes);
    line.text = text.substr(hashes + 1);
    return line;
  }
  if (text.size() >= 3 && text.find_first_not_of(text[0]) == std::string::npos &&
      (text[0] == '-' || text[0] == '*' || text[0] == '_')) {
    line.kind = TextBlock::Kind::rule;
    return line;
  }
  if (text.size() > 2 && (text[0] == '-' || text[0] == '*' || text[0] == '+') && text[1] == ' ') {
    line.kind = TextBlock::Kind::item;
    line.level = static_cast<int>(indent / 2);
    line.text = text.substr(2);
    return line;
  }
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits >= 1 && digits <= 4 && text.size() > digits + 1 &&
      (text[digits] == '.' || text[digits] == ')') && text[digits + 1] == ' ') {
    line.kind = TextBlock::Kind::numberedItem;
    line.level = static_cast<int>(indent / 2);
    line.number = std::stoi(text.substr(0, digits));
    line.text = text.substr(digits + 2);
  }
  return line;
}

}  // namespace

std::vector<TextBlock> parseMarkdown(const std::string& text) {
  std::vector<TextBlock> blocks;
  std::string open;  // The text of the block that following lines go on with.
  TextBlock current;
  bool isOpen = false;
  const auto close = [&] {
    if (!isOpen) return;
    addRuns(open, {}, current.runs);
    blocks.push_back(current);
    isOpen = false;
    open.clear();
  };
  std::istringstream lines(text);
  bool isFenced = false;
  for (std::string raw; std::getline(lines, raw);) {
    if (!raw.empty() && raw.back() == '\r') raw.pop_back();
    if (raw.compare(0, 3, "```") == 0) {
      close();
      isFenced = !isFenced;
      if (isFenced) blocks.push_back({TextBlock::Kind::code, 0, 0, {{"", false, false, true, ""}}});
      continue;
    }
    if (isFenced) {
      std::string& code = blocks.back().runs[0].text;
      code += (code.empty() ? "" : "\n") + raw;
      continue;
    }
    if (raw.find_first_not_of(" \t") == std::string::npos) {
      close();
      continue;
    }
    const Line line = classify(raw);
    if (line.kind == TextBlock::Kind::paragraph && isOpen && current.kind != TextBlock::Kind::heading) {
      open += (needsSpace(open, line.text) ? " " : "") + line.text;
      continue;
    }
    close();
    current = {line.kind, line.level, line.number, {}};
    open = line.kind == TextBlock::Kind::rule ? "" : line.text;
    isOpen = true;
    if (line.kind == TextBlock::Kind::heading || line.kind == TextBlock::Kind::rule) close();
  }
  close();
  return blocks;
}

}  // namespace aula::desktop
