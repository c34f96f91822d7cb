// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "core/error.h"
#include "core/text.h"
#include "molecular/prepare/force_field.h"
#include "molecular/prepare/template_text.h"

namespace aula::molecular {

std::vector<TemplateBonded>* sectionOf(TemplateBondeds& bondeds, const std::string& heading, int& atoms) {
  const std::pair<const char*, std::pair<std::vector<TemplateBonded>*, int>> kinds[] = {
      {"bonds", {&bondeds.bonds, 2}},           {"angles", {&bondeds.angles, 3}},
      {"dihedrals", {&bondeds.dihedrals, 4}},   {"impropers", {&bondeds.impropers, 4}},
      {"exclusions", {&bondeds.exclusions, 2}}, {"cmap", {&bondeds.correctionMaps, 5}}};
  for (const auto& [name, list] : kinds)
    if (sameName(name, heading)) {
      atoms = list.second;
      return list.first;
    }
  return nullptr;
}

TemplateBonded bondedOf(const DataFile& file, const DataLine& line, int atoms, const std::string& section) {
  if (line.words.size() < static_cast<std::size_t>(atoms))
    throw core::inputError(place(file, line) + ": " + core::quoted(line.text) + " in [ " + section +
                           " ] has " + std::to_string(line.words.size()) + " words; " +
                           std::to_string(atoms) + " names of atoms are needed");
  TemplateBonded made;
  made.place = place(file, line);
  made.atoms.assign(line.words.begin(), line.words.begin() + atoms);
  for (std::size_t k = static_cast<std::size_t>(atoms); k < line.words.size(); ++k)
    made.parameters += (made.parameters.empty() ? "" : " ") + line.words[k];
  return made;
}

void parseMasses(const DataFile& file, ForceField& forceField) {
  for (const DataLine& line : file.lines) {
    if (line.words.size() < 2)
      throw core::inputError(place(file, line) + ": " + core::quoted(line.text) +
                             "; a type and its mass are needed");
    const double mass = numberOf(file, line, line.words[1], "a mass");
    if (mass < 0)
      throw core::inputError(place(file, line) + ": the mass of type " + core::quoted(line.words[0]) +
                             " is below zero");
    forceField.masses[line.words[0]] = mass;
  }
}

namespace {

BondedRules rulesOf(const DataFile& file, const DataLine& line) {
  if (line.words.size() < 4)
    throw core::inputError(place(file, line) + ": [ bondedtypes ] has " + std::to_string(line.words.size()) +
                           " columns; 4 to 9 are needed");
  const auto column = [&](std::size_t k, int least, int most, int otherwise) {
    return k < line.words.size()
               ? wholeOf(file, line, line.words[k], least, most, "a column of [ bondedtypes ]")
               : otherwise;
  };
  BondedRules rules;
  rules.bondFunction = column(0, 1, 100, 1);
  rules.angleFunction = column(1, 1, 100, 1);
  rules.dihedralFunction = column(2, 1, 100, 1);
  rules.improperFunction = column(3, 1, 100, 2);
  rules.keepsAllDihedrals = column(4, 0, 1, 0) != 0;
  rules.exclusionBonds = column(5, 0, 10, 3);
  rules.hasHydrogenPairs = column(6, 0, 1, 1) != 0;
  rules.dropsDihedralsAtImpropers = column(7, 0, 1, 1) != 0;
  return rules;
}

TemplateAtom atomOf(const DataFile& file, const DataLine& line, const ForceField& forceField,
                    const std::string& residue) {
  if (line.words.size() < 4)
    throw core::inputError(place(file, line) + ": " + core::quoted(line.text) + " in [ atoms ] of residue " +
                           core::quoted(residue) + "; name, type, charge and charge group are needed");
  TemplateAtom atom;
  atom.name = line.words[0];
  atom.type = line.words[1];
  atom.charge = numberOf(file, line, line.words[2], "a charge");
  const auto mass = forceField.masses.find(atom.type);
  if (mass == forceField.masses.end())
    throw core::inputError(place(file, line) + ": atom " + atom.name + " of residue " +
                           core::quoted(residue) + " has type " + core::quoted(atom.type) +
                           ", which no .atp file lists");
  atom.mass = mass->second;
  return atom;
}

}  // namespace

void parseResidues(const DataFile& file, ForceField& forceField) {
  BondedRules rules;
  ResidueTemplate* residue = nullptr;
  std::string section;
  const auto finish = [&] {
    if (residue != nullptr && residue->atoms.empty())
      throw core::inputError(residue->place + ": residue " + core::quoted(residue->name) +
                             " has no [ atoms ]");
  };
  for (const DataLine& line : file.lines) {
    int count = 0;
    TemplateBondeds nothing;
    if (!line.heading.empty()) {
      if (residue == nullptr && sameName(line.heading, "bondedtypes")) {
        section = line.heading;
      } else if (residue != nullptr &&
                 (sameName(line.heading, "atoms") || sectionOf(nothing, line.heading, count) != nullptr)) {
        section = line.heading;
      } else {
        finish();
        if (const auto known = forceField.residues.find(line.heading); known != forceField.residues.end())
          throw core::inputError(place(file, line) + ": residue " + core::quoted(line.heading) +
                                 " stands already in " + known->second.place);
        residue = &forceField.residues[line.heading];
        *residue = {line.heading, place(file, line), file.stem, {}, {}, rules};
        section.clear();
      }
    } else if (sameName(section, "bondedtypes")) {
      rules = rulesOf(file, line);
    } else if (residue == nullptr || section.empty()) {
      throw core::inputError(place(file, line) + ": " + core::quoted(line.text) +
                             " stands outside every section of a residue");
    } else if (sameName(section, "atoms")) {
      TemplateAtom atom = atomOf(file, line, forceField, residue->name);
      for (const TemplateAtom& other : residue->atoms)
        if (sameName(other.name, atom.name))
          throw core::inputError(place(file, line) + ": residue " + core::quoted(residue->name) +
                                 " has atom " + core::quoted(atom.name) + " twice");
      residue->atoms.push_back(std::move(atom));
    } else {
      std::vector<TemplateBonded>* list = sectionOf(residue->bondeds, section, count);
      list->push_back(bondedOf(file, line, count, section));
    }
  }
  finish();
}

}  // namespace aula::molecular
