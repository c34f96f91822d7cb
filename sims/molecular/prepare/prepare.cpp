// SPDX-License-Identifier: Apache-2.0
#include "molecular/prepare/prepare.h"

#include <algorithm>

#include "core/error.h"
#include "core/text.h"
#include "molecular/prepare/steps.h"

namespace aula::molecular {
namespace {

/// "A:15" for residue 15 of chain A; "15" where chains have no names.
std::string keyOf(const WorkResidue& residue) {
  std::string number = std::to_string(residue.number);
  if (residue.insertion != ' ') number += residue.insertion;
  return residue.chain.empty() ? number : residue.chain + ":" + number;
}

void applyChoices(std::vector<WorkMolecule>& molecules, const PrepareOptions& options) {
  std::map<std::string, std::string> left = options.residueChoices;
  for (WorkMolecule& molecule : molecules)
    for (WorkResidue& residue : molecule.residues)
      if (const auto found = options.residueChoices.find(keyOf(residue));
          found != options.residueChoices.end()) {
        residue.entry = found->second;
        left.erase(found->first);
      }
  if (!left.empty())
    throw core::inputError("a form is chosen for residue " + core::quoted(left.begin()->first) +
                           ", which the structure does not have (chain, colon, number, as in A:15)");
}

MoleculeType waterType(const ForceField& forceField, const std::string& model) {
  if (std::find(forceField.waterModels.begin(), forceField.waterModels.end(), model) ==
      forceField.waterModels.end())
    throw core::inputError("the force field " + forceField.name + " has no water model " +
                           core::quoted(model) + "; it has " + core::listed(forceField.waterModels, "and"));
  std::vector<MoleculeType> types = readMolecules(forceField, model + ".itp");
  if (types.size() != 1 || types[0].atoms.size() != 3)
    throw core::inputError("the water model " + core::quoted(model) + " of the force field " +
                           forceField.name +
                           " is not one molecule of three atoms; models with more sites are not supported");
  return std::move(types[0]);
}

bool sameMolecule(const MoleculeType& a, const MoleculeType& b) {
  const auto sameAtom = [](const MoleculeAtom& x, const MoleculeAtom& y) {
    return x.type == y.type && x.name == y.name && x.residueName == y.residueName &&
           x.residueNumber == y.residueNumber && x.chain == y.chain && x.insertion == y.insertion &&
           x.charge == y.charge && x.mass == y.mass;
  };
  const auto sameTerms = [](const std::vector<Interaction>& x, const std::vector<Interaction>& y) {
    return std::equal(x.begin(), x.end(), y.begin(), y.end(), [](const Interaction& p, const Interaction& q) {
      return p.atoms == q.atoms && p.function == q.function && p.parameters == q.parameters;
    });
  };
  return std::equal(a.atoms.begin(), a.atoms.end(), b.atoms.begin(), b.atoms.end(), sameAtom) &&
         sameTerms(a.bonds, b.bonds) && sameTerms(a.dihedrals, b.dihedrals);
}

void appendMolecule(Preparation& made, const WorkMolecule& molecule, MoleculeType type) {
  for (const WorkResidue& residue : molecule.residues)
    for (const WorkAtom& atom : residue.atoms) {
      made.state.positions.push_back(atom.position);
      made.bFactors.push_back(atom.bFactor);
    }
  if (made.types.empty() || !sameMolecule(made.types.back(), type)) {
    made.types.push_back(std::move(type));
    made.molecules.push_back({static_cast<int>(made.types.size()) - 1, 1});
  } else {
    ++made.molecules.back().count;
  }
}

}  // namespace

Preparation prepareMolecules(const Structure& structure, const ForceField& forceField,
                             const PrepareOptions& options) {
  Preparation made;
  made.title = structure.title;
  made.state.box = structure.box;
  made.remarks = structure.remarks;
  std::vector<WorkMolecule> molecules = splitStructure(structure, forceField, options, made.remarks);
  if (molecules.empty())
    throw core::inputError("the structure " + core::quoted(structure.title) + " has no atoms");
  applyChoices(molecules, options);
  for (WorkMolecule& molecule : molecules) chooseHistidines(molecule, options, made.remarks);
  findSpecialBonds(molecules, forceField, made.remarks);
  MoleculeType water;
  int waters = 0;
  for (WorkMolecule& molecule : molecules) {
    chooseTemplates(molecule, forceField, options, made.remarks);
    addAtoms(molecule, forceField, waters);
    if (molecule.isWater && water.atoms.empty()) water = waterType(forceField, options.waterModel);
    appendMolecule(made, molecule, molecule.isWater ? water : buildMoleculeType(molecule, forceField));
  }
  return made;
}

System resolved(const Preparation& preparation, const ForceField& forceField) {
  System system;
  system.title = preparation.title;
  std::vector<MoleculeCount> counts;
  for (const Preparation::Count& count : preparation.molecules)
    counts.push_back({&preparation.types[static_cast<std::size_t>(count.type)], count.count});
  system.topology = resolve(forceField.tables, counts);
  system.topology.bFactors = preparation.bFactors;
  system.state = preparation.state;
  return system;
}

System prepare(const Structure& structure, const ForceField& forceField, const PrepareOptions& options) {
  return resolved(prepareMolecules(structure, forceField, options), forceField);
}

}  // namespace aula::molecular
