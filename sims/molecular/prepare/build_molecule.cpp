// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <sstream>

#include "core/error.h"
#include "core/text.h"
#include "molecular/prepare/bond_graph.h"
#include "molecular/prepare/steps.h"

namespace aula::molecular {
namespace {

constexpr std::size_t kMostParameters = 100;

/// Numbers, with macros (torsion_ILE_N_CA_CB_CG2_mult1) replaced by theirs.
void appendNumbers(const std::string& text, const std::string& place, const ForceField& forceField, int depth,
                   std::vector<double>& numbers) {
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    double value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error == std::errc() && end == word.data() + word.size()) {
      numbers.push_back(value);
      continue;
    }
    const auto macro = forceField.macros.find(word);
    if (macro == forceField.macros.end())
      throw core::inputError(place + ": " + core::quoted(word) +
                             " is neither a number nor a name that the force field " + forceField.name +
                             " defines");
    if (depth > 16)
      throw core::inputError(place + ": the definition of " + core::quoted(word) + " goes in a circle");
    appendNumbers(macro->second, place, forceField, depth + 1, numbers);
    if (numbers.size() > kMostParameters)
      throw core::inputError(place + ": " + core::quoted(word) + " stands for more than " +
                             std::to_string(kMostParameters) + " numbers");
  }
}

std::vector<Interaction> interactions(const std::vector<Term4>& terms, std::size_t atoms, int function,
                                      const ForceField& forceField) {
  std::vector<Interaction> made;
  made.reserve(terms.size());
  for (const Term4& term : terms) {
    Interaction interaction;
    interaction.atoms.assign(term.atoms.begin(), term.atoms.begin() + static_cast<std::ptrdiff_t>(atoms));
    interaction.function = function;
    interaction.place = term.place;
    appendNumbers(term.parameters, term.place, forceField, 0, interaction.parameters);
    made.push_back(std::move(interaction));
  }
  return made;
}

const TemplateAtom& patternAtom(const WorkResidue& residue, const std::string& name) {
  for (const TemplateAtom& atom : residue.pattern.atoms)
    if (sameName(atom.name, name)) return atom;
  throw core::inputError(residue.where() + ": atom " + name + " was added, but template " + residue.entry +
                         " does not have it");
}

}  // namespace

MoleculeType buildMoleculeType(const WorkMolecule& molecule, const ForceField& forceField) {
  MoleculeType type;
  type.name = molecule.name;
  for (const WorkResidue& residue : molecule.residues) {
    if (!residue.pattern.bondeds.correctionMaps.empty())
      throw core::inputError(
          "the force field " + forceField.name + " corrects pairs of dihedrals by maps (CMAP, " +
          residue.pattern.bondeds.correctionMaps.front().place + "), which are not supported");
    for (const WorkAtom& atom : residue.atoms) {
      const TemplateAtom& pattern = patternAtom(residue, atom.name);
      MoleculeAtom made;
      made.type = pattern.type;
      made.name = atom.name;
      made.residueName = residue.name;
      made.residueNumber = residue.number;
      made.insertion = residue.insertion;
      made.chain = residue.chain;
      made.charge = pattern.charge;
      made.mass = pattern.mass;
      made.hasCharge = made.hasMass = true;
      type.atoms.push_back(std::move(made));
    }
  }
  const BondedRules& rules = molecule.residues.front().pattern.rules;
  type.exclusionBonds = rules.exclusionBonds;
  const AtomIndex index = indexAtoms(molecule);
  const std::vector<Term4> bonds = bondsOf(molecule, index);
  const BondedTerms terms = termsOf(molecule, index, bonds);
  type.bonds = interactions(bonds, 2, rules.bondFunction, forceField);
  type.pairs = interactions(terms.pairs, 2, 1, forceField);
  type.angles = interactions(terms.angles, 3, rules.angleFunction, forceField);
  type.dihedrals = interactions(terms.dihedrals, 4, rules.dihedralFunction, forceField);
  for (Interaction& improper : interactions(terms.impropers, 4, rules.improperFunction, forceField))
    type.dihedrals.push_back(std::move(improper));
  type.exclusions = interactions(terms.exclusions, 2, 1, forceField);
  return type;
}

}  // namespace aula::molecular
