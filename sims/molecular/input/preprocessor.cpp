// SPDX-License-Identifier: Apache-2.0
#include "molecular/input/preprocessor.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "core/text.h"

namespace aula::molecular {

namespace {

constexpr int kDeepestInclude = 32, kDeepestMacro = 16, kMostFiles = 10'000;
constexpr std::size_t kLongestLine = 1U << 16U;
constexpr std::size_t kMostText = std::size_t(1) << 30U;

bool isWordCharacter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

class Preprocessor {
 public:
  explicit Preprocessor(const PreprocessorOptions& options) : options_(options) {
    result_.defines = options.defines;
  }

  void read(const std::filesystem::path& file, const std::string& text, int depth) {
    const std::string name = file.string();
    checkIsText(text, name);
    count(text.size());
    const int index = static_cast<int>(result_.files.size());
    result_.files.push_back(name);
    stack_.push_back(file.lexically_normal());
    const std::size_t outerConditions = conditions_.size();
    const std::vector<std::string_view> lines = splitLines(text);
    for (std::size_t n = 0; n < lines.size(); ++n) {
      line_ = static_cast<int>(n) + 1;
      place_ = name + ":" + std::to_string(line_);
      std::string_view line = withoutComment(lines[n]);
      std::string joined;
      while (line.ends_with('\\')) {
        joined += line.substr(0, line.size() - 1);
        joined += ' ';
        if (joined.size() > kLongestLine) throw tooLong();
        line = ++n < lines.size() ? withoutComment(lines[n]) : std::string_view();
      }
      if (!joined.empty()) line = trimmed(joined += line);
      if (line.size() > kLongestLine) throw tooLong();
      if (line.empty()) continue;
      if (line.front() == '#')
        directive(trimmed(line.substr(1)), file, index, depth);
      else if (isActive())
        result_.lines.push_back({expanded(line), index, line_});
      if (!result_.lines.empty()) count(result_.lines.back().text.size());
    }
    if (conditions_.size() != outerConditions)
      throw errorAt(name, "ends before the #endif of the condition opened at " + conditions_.back().place);
    stack_.pop_back();
  }

  Preprocessed take() { return std::move(result_); }

  [[nodiscard]] std::optional<std::string> text(const std::filesystem::path& file) const {
    return options_.source ? options_.source(file) : readTextFile(file);
  }

 private:
  struct Condition {
    bool isTrue = false, hasElse = false, isOuterActive = true;
    std::string place;
  };

  static std::string_view withoutComment(std::string_view line) {
    return trimmed(line.substr(0, std::min(line.find(';'), line.size())));
  }
  [[nodiscard]] bool isActive() const {
    return conditions_.empty() || (conditions_.back().isTrue && conditions_.back().isOuterActive);
  }
  void count(std::size_t bytes) {
    if ((total_ += bytes) > kMostText)
      throw errorAt(place_, "files and what their macros stand for add up to more than 1 GiB");
  }
  [[nodiscard]] core::Error tooLong() const {
    return errorAt(place_, "the line is longer than " + std::to_string(kLongestLine) + " bytes");
  }

  void directive(std::string_view line, const std::filesystem::path& file, int index, int depth) {
    const std::size_t end = std::min(line.find_first_of(" \t\"<"), line.size());
    const std::string_view word = line.substr(0, end), rest = trimmed(line.substr(end));
    if (word == "ifdef" || word == "ifndef") {
      const std::string name = identifier(rest, word);
      const bool isDefined = result_.defines.contains(name);
      const bool isOuterActive = isActive();
      if (conditions_.size() > 1000) throw errorAt(place_, "conditions nest more than 1000 deep");
      conditions_.push_back({isDefined == (word == "ifdef"), false, isOuterActive, place_});
    } else if (word == "else") {
      Condition& condition = innermost(word, index);
      if (condition.hasElse)
        throw errorAt(place_, "a second #else for the condition opened at " + condition.place);
      condition.hasElse = true;
      condition.isTrue = !condition.isTrue;
    } else if (word == "endif") {
      (void)innermost(word, index);
      conditions_.pop_back();
    } else if (!isActive()) {
      return;
    } else if (word == "define") {
      const std::size_t nameEnd = std::min(rest.find_first_of(" \t"), rest.size());
      const std::string name = identifier(rest.substr(0, nameEnd), word);
      result_.defines[name] = std::string(trimmed(rest.substr(nameEnd)));
    } else if (word == "undef") {
      result_.defines.erase(identifier(rest, word));
    } else if (word == "include") {
      include(rest, file, index, depth);
    } else {
      throw errorAt(place_, "#" + std::string(word) + " is not known; allowed are " +
                                "#include, #define, #undef, #ifdef, #ifndef, #else and #endif");
    }
  }

  /// Conditions of another file are none of this one's.
  Condition& innermost(std::string_view word, int index) {
    const std::string& own = result_.files[static_cast<std::size_t>(index)];
    if (conditions_.empty() || conditions_.back().place.substr(0, conditions_.back().place.rfind(':')) != own)
      throw errorAt(place_, "#" + std::string(word) + " without an #ifdef or #ifndef before it");
    return conditions_.back();
  }

  [[nodiscard]] std::string identifier(std::string_view text, std::string_view word) const {
    // GROMACS takes whatever stands up to the next blank.
    const std::string_view name = text.substr(0, std::min(text.find_first_of(" \t"), text.size()));
    if (name.empty()) throw errorAt(place_, "#" + std::string(word) + " needs a name");
    return std::string(name);
  }

  void include(std::string_view what, const std::filesystem::path& file, int index, int depth) {
    const bool isQuoted = what.starts_with('"');
    const std::size_t end = what.find(isQuoted ? '"' : '>', 1);
    if ((!isQuoted && !what.starts_with('<')) || end == std::string_view::npos || end == 1)
      throw errorAt(place_, "#include needs a file name in \"...\" or <...>; found " + core::quoted(what));
    const std::filesystem::path wanted(what.substr(1, end - 1));
    if (depth >= kDeepestInclude)
      throw errorAt(place_, "includes nest more than " + std::to_string(kDeepestInclude) + " deep");
    if (static_cast<int>(result_.files.size()) >= kMostFiles)
      throw errorAt(place_, "more than " + std::to_string(kMostFiles) + " files are included");
    std::vector<std::filesystem::path> places;
    if (wanted.is_absolute()) {
      places.push_back(wanted);
    } else {
      if (isQuoted) places.push_back(file.parent_path() / wanted);
      for (const auto& folder : options_.includeFolders) places.push_back(folder / wanted);
      if (!options_.source)
        for (const auto& folder : installedForceFields()) places.push_back(folder / wanted);
      if (places.empty()) places.push_back(wanted);
    }
    for (const std::filesystem::path& candidate : places) {
      const std::optional<std::string> found = text(candidate);
      if (!found) continue;
      if (std::find(stack_.begin(), stack_.end(), candidate.lexically_normal()) != stack_.end())
        throw errorAt(place_, "#include of " + candidate.string() +
                                  " goes in a circle: that file is being read already");
      const int line = line_;
      read(candidate, *found, depth + 1);
      line_ = line;
      place_ = result_.files[static_cast<std::size_t>(index)] + ":" + std::to_string(line);
      return;
    }
    std::vector<std::string> folders;
    for (const auto& candidate : places)
      folders.push_back(candidate.parent_path().empty() ? "." : candidate.parent_path().string());
    throw errorAt(place_, "the included file " + core::quoted(wanted.string()) + " was not found in " +
                              core::listed(folders));
  }

  /// Every word that a #define names is replaced by what it says, and so on inside.
  std::string expanded(std::string_view line, int depth = 0) {
    std::string result;
    std::size_t at = 0;
    while (at < line.size()) {
      std::size_t end = at;
      while (end < line.size() && isWordCharacter(line[end])) ++end;
      if (end == at) {
        result += line[at++];
        continue;
      }
      const std::string word(line.substr(at, end - at));
      at = end;
      const auto found = result_.defines.find(word);
      // A name defined as nothing is a switch for #ifdef and stays what it is elsewhere, as in GROMACS.
      if (found == result_.defines.end() || found->second.empty() || found->second == word) {
        result += word;
        continue;
      }
      if (depth >= kDeepestMacro)
        throw errorAt(place_, "the macro " + core::quoted(word) + " is defined by itself, in a circle");
      result += expanded(found->second, depth + 1);
      if (result.size() > kLongestLine) throw tooLong();
    }
    return result;
  }

  const PreprocessorOptions& options_;
  Preprocessed result_;
  std::vector<Condition> conditions_;
  std::vector<std::filesystem::path> stack_;
  std::string place_;
  int line_ = 0;
  std::size_t total_ = 0;
};

}  // namespace

Preprocessed preprocess(const std::filesystem::path& file, const PreprocessorOptions& options) {
  Preprocessor preprocessor(options);
  const std::optional<std::string> text = preprocessor.text(file);
  if (!text) throw errorAt(file.string(), "there is no such file");
  preprocessor.read(file, *text, 0);
  return preprocessor.take();
}

std::vector<std::filesystem::path> installedForceFields() {
  std::vector<std::filesystem::path> folders;
  const auto add = [&](const std::filesystem::path& folder) {
    std::error_code ignored;
    if (std::filesystem::is_directory(folder, ignored)) folders.push_back(folder);
  };
  if (const char* named = std::getenv("GMXLIB")) add(named);
  if (const char* named = std::getenv("GMXDATA")) add(std::filesystem::path(named) / "top");
  add("/usr/share/gromacs/top");
  return folders;
}

}  // namespace aula::molecular
