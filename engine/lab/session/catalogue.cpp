// SPDX-License-Identifier: Apache-2.0
#include "lab/session/catalogue.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <string_view>
#include <tuple>

#include "core/error.h"
#include "core/text.h"

namespace aula::lab {

namespace {

/// Latin letters of U+00C0 to U+017F without their accents, in the order of the code points; '-' stands for
/// what is no letter. Letters that become two are dealt with before.
constexpr std::string_view kPlain =
    "aaaaaaaceeeeiiiidnooooo-ouuuuytsaaaaaaaceeeeiiiidnooooo-ouuuuyty"   // U+00C0
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"   // U+0100
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";  // U+0140
static_assert(kPlain.size() == 0xC0);

/// The code point at `at`, which goes on behind it. `text` is UTF-8.
char32_t next(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(i < text.size() ? text[i] : 0); };
  const unsigned char first = byte(at++);
  const int more = first < 0x80 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
  char32_t code = more == 0 ? first : first & (0x3FU >> unsigned(more));
  for (int i = 0; i < more; ++i) code = (code << 6U) | (byte(at++) & 0x3FU);
  return code;
}

/// Letters of scripts without accents and case: Chinese, Japanese, Korean.
bool isIdeograph(char32_t code) {
  return (code >= 0x2E80 && code < 0xA000 && code >= 0x3040) || (code >= 0xAC00 && code < 0xD7B0) ||
         (code >= 0xF900 && code < 0xFB00) || code >= 0x20000;
}

std::vector<std::string> wordsOf(const std::string& folded) {
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', begin), folded.size());
    if (end > begin) words.push_back(folded.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

/// What a name may have or not have: articles, prepositions and the class it belongs to.
const std::set<std::string>& fillers() {
  static const std::set<std::string> kFillers{
      "the",     "of",     "a",      "an",    "le",     "la",       "les",     "l",      "du",
      "de",      "des",    "d",      "el",    "los",    "las",      "del",     "muscle", "muscles",
      "bone",    "bones",  "artery", "vein",  "os",     "musculus", "muscles", "m",      "hueso",
      "musculo", "huesos", "right",  "droit", "droite", "derecho",  "derecha", "dexter", "dextra"};
  return kFillers;
}

/// A name without what does not matter, its words in order; a name of fillers alone stays itself.
std::string bare(const std::string& folded) {
  std::string text;
  for (const std::string& word : wordsOf(folded))
    if (fillers().count(word) == 0) text += (text.empty() ? "" : " ") + word;
  for (const char* ending : {"肌", "骨"}) {
    const std::string_view end = ending;
    if (text.size() > 2 * end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0)
      text.resize(text.size() - end.size());
  }
  return text.empty() ? folded : text;
}

/// How well a name fits a word of a query; 0: not at all.
int fit(const std::string& name, const std::string& word) {
  if (name == word) return 4;
  const std::size_t at = name.find(word);
  if (at == std::string::npos) return 0;
  if (at == 0) return 3;
  for (std::size_t i = at; i != std::string::npos; i = name.find(word, i + 1))
    if (name[i - 1] == ' ') return 2;
  return 1;
}

}  // namespace

std::string foldedName(const std::string& text) {
  std::string folded;
  const auto add = [&](std::string_view letters) { folded += letters; };
  const auto separate = [&] {
    if (!folded.empty() && folded.back() != ' ') folded += ' ';
  };
  if (core::invalidUtf8At(text)) return folded;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t code = next(text, at);
    if (code == U'æ' || code == U'Æ') {
      add("ae");
    } else if (code == U'œ' || code == U'Œ') {
      add("oe");
    } else if (code == U'ß') {
      add("ss");
    } else if (code < 0x80) {
      const char c = static_cast<char>(code);
      if (c >= 'A' && c <= 'Z') {
        folded += static_cast<char>(c + ('a' - 'A'));
      } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        folded += c;
      } else {
        separate();
      }
    } else if (code >= 0xC0 && code < 0x180) {
      const char plain = kPlain[code - 0xC0];
      plain == '-' ? separate() : add({&plain, 1});
    } else if (code >= 0x300 && code < 0x370) {
      // An accent written apart from its letter.
    } else if (isIdeograph(code)) {
      add(std::string_view(text).substr(begin, at - begin));
    } else {
      separate();
    }
  }
  if (!folded.empty() && folded.back() == ' ') folded.pop_back();
  return folded;
}

Catalogue::Catalogue(std::vector<Structure> structures) : structures_(std::move(structures)) {
  for (std::size_t i = 0; i < structures_.size(); ++i)
    if (!byId_.emplace(structures_[i].id, i).second)
      throw core::inputError("two structures have the id " + core::quoted(structures_[i].id) +
                             "; ids are unique");
  for (const Structure& structure : structures_) {
    const Structure* above = &structure;
    for (std::size_t steps = 0; !above->parent.empty(); ++steps) {
      const Structure* parent = find(above->parent);
      if (parent == nullptr)
        throw core::inputError("structure " + core::quoted(above->id) + ": its parent " +
                               core::quoted(above->parent) + " is not there");
      if (steps > structures_.size())
        throw core::inputError("structure " + core::quoted(structure.id) +
                               " is a part of itself by way of its parents");
      above = parent;
    }
    std::vector<std::string> keys;
    const auto add = [&](const std::string& name) {
      if (std::string folded = foldedName(name); !folded.empty()) keys.push_back(std::move(folded));
    };
    for (const auto& [language, name] : structure.name.byLanguage) add(name);
    add(structure.latin);
    for (const std::string& synonym : structure.synonyms) add(synonym);
    keys_.push_back(std::move(keys));
  }
}

const Structure* Catalogue::find(const std::string& id) const {
  const auto found = byId_.find(id);
  return found == byId_.end() ? nullptr : &structures_[found->second];
}

std::vector<const Structure*> Catalogue::branch(const std::string& id) const {
  std::vector<const Structure*> all;
  for (const Structure& structure : structures_)
    for (const Structure* above = &structure; above != nullptr; above = find(above->parent))
      if (above->id == id) {
        all.push_back(&structure);
        break;
      }
  return all;
}

std::vector<const Structure*> Catalogue::search(const std::string& query) const {
  const std::string folded = foldedName(query);
  const std::vector<std::string> words = wordsOf(folded);
  if (words.empty()) return {};
  std::vector<std::pair<int, std::size_t>> found;
  for (std::size_t i = 0; i < structures_.size(); ++i) {
    // The whole query as one name counts most; else every word must stand somewhere.
    int whole = 0, least = 4;
    for (const std::string& key : keys_[i]) whole = std::max(whole, fit(key, folded));
    for (const std::string& word : words) {
      int best = 0;
      for (const std::string& key : keys_[i]) best = std::max(best, fit(key, word));
      least = std::min(least, best);
    }
    if (whole > 0 || least > 0) found.emplace_back(-(whole * 8 + least), i);
  }
  std::stable_sort(found.begin(), found.end());
  std::vector<const Structure*> result;
  for (const auto& [score, i] : found) result.push_back(&structures_[i]);
  return result;
}

bool Catalogue::isNamed(const std::string& id, const std::string& answer) const {
  const auto found = byId_.find(id);
  if (found == byId_.end()) return false;
  const std::string folded = foldedName(answer), meant = bare(folded);
  if (folded.empty()) return false;
  const auto& keys = keys_[found->second];
  return std::any_of(keys.begin(), keys.end(),
                     [&](const std::string& key) { return key == folded || bare(key) == meant; });
}

}  // namespace aula::lab
