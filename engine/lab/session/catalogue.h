// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "lab/file/node.h"

namespace aula::lab {

/// Something of a lab that has a name of its own and can be seen: a bone, a lobe, an electrode. The views
/// that show it bear its id as their name.
struct Structure {
  std::string id;  ///< [a-z][a-z0-9_]*, for good.
  LocalText name;
  std::string latin;                  ///< The official term; may be empty.
  std::vector<std::string> synonyms;  ///< In whatever language, eponyms among them: "Poupart's ligament".
  std::string number;                 ///< In the official terminology; empty where not known.
  std::string parent;                 ///< Id of the structure it is a part of; may be empty.
  LocalText system;                   ///< "Muscles": how a list groups them.
  int layer = 0;  ///< 0 is outermost: what a slider that peels takes away first. Equal ones go together.
  /// What else is said of it, title and text: "Nerve", "Musculocutaneous nerve (C5-C7)".
  std::vector<std::pair<LocalText, LocalText>> facts;
  bool isDrawn = true;  ///< False: a group of others, with no view of its own.
};

/// All structures of a lab, in the order of its files. Immutable; any thread.
class Catalogue {
 public:
  Catalogue() = default;
  /// Throws core::Error (input): an id twice, a parent that is not there or is itself below.
  explicit Catalogue(std::vector<Structure> structures);

  [[nodiscard]] const std::vector<Structure>& all() const { return structures_; }
  [[nodiscard]] bool isEmpty() const { return structures_.empty(); }
  [[nodiscard]] const Structure* find(const std::string& id) const;  ///< Null when there is none.
  /// Itself and all below it.
  [[nodiscard]] std::vector<const Structure*> branch(const std::string& id) const;

  /// Those whose names, terms or synonyms in any language hold every word of `query`, best first: whole
  /// names, then beginnings, then beginnings of words, then anywhere. Case, accents and hyphens do not count.
  [[nodiscard]] std::vector<const Structure*> search(const std::string& query) const;
  /// Is `answer` one of the names of that structure? Case, accents, hyphens, articles, "muscle", "bone" and
  /// their like in the four languages do not count.
  [[nodiscard]] bool isNamed(const std::string& id, const std::string& answer) const;

 private:
  std::vector<Structure> structures_;
  std::unordered_map<std::string, std::size_t> byId_;
  std::vector<std::vector<std::string>> keys_;  ///< Folded names of each, for searching.
};

/// Small letters without accents, everything that is no letter or digit as one space: what two spellings of a
/// name have in common. Chinese characters stay.
[[nodiscard]] std::string foldedName(const std::string& text);

}  // namespace aula::lab
