// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "molecular/prepare/prepare.h"
#include "molecular/prepare/work_molecule.h"

/// The steps of prepare(), in order. Private to prepare/.
namespace aula::molecular {

/// Chains apart, waters and ions by themselves, hydrogens left out, usual names.
[[nodiscard]] std::vector<WorkMolecule> splitStructure(const Structure& structure,
                                                       const ForceField& forceField,
                                                       const PrepareOptions& options,
                                                       std::vector<std::string>& remarks);
/// Special bonds (disulphides) found by distance; molecules that they link become one.
void findSpecialBonds(std::vector<WorkMolecule>& molecules, const ForceField& forceField,
                      std::vector<std::string>& remarks);
/// HISD, HISE or HISH for every HIS without a template.
void chooseHistidines(WorkMolecule& molecule, const PrepareOptions& options,
                      std::vector<std::string>& remarks);
/// Templates by name and place in the chain, the termini's changes in them, atoms under the force field's
/// names and in the template's order.
void chooseTemplates(WorkMolecule& molecule, const ForceField& forceField, const PrepareOptions& options,
                     std::vector<std::string>& remarks);
/// Hydrogens and terminal atoms; refuses where heavy atoms are missing.
/// `waters` counts those that were turned so far.
void addAtoms(WorkMolecule& molecule, const ForceField& forceField, int& waters);
/// Atoms, bonds, and what follows from them.
[[nodiscard]] MoleculeType buildMoleculeType(const WorkMolecule& molecule, const ForceField& forceField);

[[nodiscard]] bool isHydrogen(const WorkAtom& atom);

}  // namespace aula::molecular
