// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/error.h"
#include "core/text.h"
#include "molecular/prepare/force_field.h"

namespace aula::molecular {
namespace {

/// Tables that begin with the number of their lines: left out of the lines.
std::size_t firstLine(const DataFile& file) {
  return !file.lines.empty() && file.lines[0].words.size() == 1 &&
                 file.lines[0].words[0].find_first_not_of("0123456789") == std::string::npos
             ? 1
             : 0;
}

[[noreturn]] void refuse(const DataFile& file, const DataLine& line, const std::string& needed) {
  throw core::inputError(place(file, line) + ": " + core::quoted(line.text) + " has " +
                         std::to_string(line.words.size()) + " columns; " + needed);
}

}  // namespace

void parseTemplateChoices(const DataFile& file, ForceField& forceField) {
  std::size_t columns = 0;
  for (const DataLine& line : file.lines) {
    const std::vector<std::string>& w = line.words;
    if (columns == 0) columns = w.size();
    if ((w.size() != 2 && w.size() != 5) || w.size() != columns)
      refuse(file, line, "2 or 5 are needed, the same number in every line");
    if (columns == 2)
      forceField.templateChoices.push_back({w[0], w[1], w[1], w[1], w[1]});
    else
      forceField.templateChoices.push_back({w[0], w[1], w[2], w[3], w[4]});
  }
}

std::vector<AtomRename> parseAtomRenames(const DataFile& file) {
  std::vector<AtomRename> renames;
  for (std::size_t at = firstLine(file); at < file.lines.size(); ++at) {
    const DataLine& line = file.lines[at];
    if (line.words.size() != 3)
      refuse(file, line, "a residue, the atom's old name and its new one are needed");
    AtomRename rename{file.stem, line.words[0], line.words[1], line.words[2]};
    std::replace(rename.from.begin(), rename.from.end(), '_', ' ');
    renames.push_back(std::move(rename));
  }
  return renames;
}

void parseResidueTypes(const DataFile& file, ForceField& forceField) {
  for (const DataLine& line : file.lines) {
    if (line.words.size() < 2) refuse(file, line, "a residue and its type are needed");
    // A name that stands twice keeps its first type.
    forceField.residueTypes.try_emplace(line.words[0], line.words[1]);
  }
}

void parseSpecialBonds(const DataFile& file, ForceField& forceField) {
  for (std::size_t at = firstLine(file); at < file.lines.size(); ++at) {
    const DataLine& line = file.lines[at];
    const std::vector<std::string>& w = line.words;
    if (w.size() < 9)
      refuse(file, line,
             "residue, atom and number of bonds, the same of the partner, a length and the two new residues "
             "are needed");
    SpecialBond bond{w[0], w[1], w[3], w[4], numberOf(file, line, w[6], "a length"), w[7], w[8]};
    if (bond.length <= 0) throw core::inputError(place(file, line) + ": a length is not above zero");
    forceField.specialBonds.push_back(std::move(bond));
  }
}

std::string ForceField::typeOf(const std::string& residue) const {
  const auto found = residueTypes.find(residue);
  return found == residueTypes.end() ? "Other" : found->second;
}

}  // namespace aula::molecular
