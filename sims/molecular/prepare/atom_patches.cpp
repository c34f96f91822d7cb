// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cctype>
#include <utility>

#include "core/error.h"
#include "core/text.h"
#include "molecular/prepare/force_field.h"
#include "molecular/prepare/hydrogen_rules.h"
#include "molecular/prepare/template_text.h"

namespace aula::molecular {

AtomPatch additionOf(const DataFile& file, const DataLine& line) {
  if (line.words.size() < 4)
    throw core::inputError(place(file, line) + ": " + core::quoted(line.text) +
                           "; number of atoms, rule, name and control atoms are needed");
  AtomPatch patch;
  patch.place = place(file, line);
  patch.count = wholeOf(file, line, line.words[0], 1, 4, "the number of added atoms");
  patch.rule = wholeOf(file, line, line.words[1], 1, kHydrogenRules, "the rule");
  patch.newName = line.words[2];
  patch.controls.assign(line.words.begin() + 3, line.words.end());
  const int controls = controlCount(patch.rule), most = addedCount(patch.rule);
  if (static_cast<int>(patch.controls.size()) != controls)
    throw core::inputError(patch.place + ": rule " + std::to_string(patch.rule) + " needs " +
                           std::to_string(controls) + " control atoms, not " +
                           std::to_string(patch.controls.size()));
  if (patch.count > most)
    throw core::inputError(patch.place + ": rule " + std::to_string(patch.rule) + " places " +
                           std::to_string(most) + " atoms at most, not " + std::to_string(patch.count));
  return patch;
}

void parseHydrogens(const DataFile& file, ForceField& forceField) {
  for (std::size_t at = 0; at < file.lines.size();) {
    const DataLine& head = file.lines[at++];
    if (head.words.size() != 2)
      throw core::inputError(place(file, head) + ": " + core::quoted(head.text) +
                             "; a residue and its number of lines are needed");
    const int count = wholeOf(file, head, head.words[1], 0, 1000, "the number of lines");
    std::vector<AtomPatch> patches;
    for (int k = 0; k < count; ++k) {
      if (at == file.lines.size())
        throw core::inputError(place(file, head) + ": residue " + core::quoted(head.words[0]) +
                               " announces " + std::to_string(count) + " lines; the file ends after " +
                               std::to_string(k));
      patches.push_back(additionOf(file, file.lines[at++]));
    }
    // The first of several entries holds.
    forceField.hydrogens.try_emplace(head.words[0], std::move(patches));
  }
}

namespace {

/// Type, mass, charge from word `at` on; what follows is a charge group.
TemplateAtom patchAtom(const DataFile& file, const DataLine& line, std::size_t at, std::string name) {
  return {std::move(name), line.words[at], numberOf(file, line, line.words[at + 2], "a charge"),
          numberOf(file, line, line.words[at + 1], "a mass")};
}

AtomPatch replacementOf(const DataFile& file, const DataLine& line) {
  const std::size_t count = line.words.size();
  // "old type mass charge [group]" or "old new type mass charge": a type does not begin with a digit.
  const bool isRenamed = count == 5 && !std::isdigit(static_cast<unsigned char>(line.words[2][0]));
  if (count != 4 && count != 5)
    throw core::inputError(
        place(file, line) + ": " + core::quoted(line.text) +
        " in [ replace ]; old name, new name (where it changes), type, mass and charge are needed");
  AtomPatch patch;
  patch.place = place(file, line);
  patch.oldName = line.words[0];
  patch.newName = isRenamed ? line.words[1] : line.words[0];
  patch.atom = patchAtom(file, line, isRenamed ? 2 : 1, patch.newName);
  return patch;
}

}  // namespace

std::vector<Terminus> parseTermini(const DataFile& file) {
  std::vector<Terminus> termini;
  std::string section;
  for (std::size_t at = 0; at < file.lines.size(); ++at) {
    const DataLine& line = file.lines[at];
    int count = 0;
    TemplateBondeds nothing;
    if (!line.heading.empty()) {
      section = line.heading;
      if (!sameName(section, "replace") && !sameName(section, "add") && !sameName(section, "delete") &&
          sectionOf(nothing, section, count) == nullptr) {
        termini.push_back({line.heading, {}, {}});
        section.clear();
      } else if (termini.empty()) {
        throw core::inputError(place(file, line) + ": [ " + section +
                               " ] stands before the name of a terminus");
      }
      continue;
    }
    if (section.empty())
      throw core::inputError(
          place(file, line) + ": " + core::quoted(line.text) +
          " stands outside [ replace ], [ add ], [ delete ] and the sections of bonded terms");
    Terminus& terminus = termini.back();
    if (sameName(section, "replace")) {
      terminus.patches.push_back(replacementOf(file, line));
    } else if (sameName(section, "delete")) {
      AtomPatch patch;
      patch.place = place(file, line);
      patch.oldName = line.words[0];
      terminus.patches.push_back(patch);
    } else if (sameName(section, "add")) {
      AtomPatch patch = additionOf(file, line);
      if (++at == file.lines.size() || file.lines[at].words.size() < 3)
        throw core::inputError(patch.place + ": " + core::quoted(line.text) +
                               " in [ add ] needs a second line with type, mass and charge");
      patch.atom = patchAtom(file, file.lines[at], 0, patch.newName);
      terminus.patches.push_back(patch);
    } else {
      std::vector<TemplateBonded>* list = sectionOf(terminus.bondeds, section, count);
      list->push_back(bondedOf(file, line, count, section));
    }
  }
  return termini;
}

}  // namespace aula::molecular
