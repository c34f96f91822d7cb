// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "core/text.h"
#include "molecular/prepare/hydrogen_rules.h"
#include "molecular/prepare/steps.h"

namespace aula::molecular {

int neighbourOf(const WorkMolecule& molecule, std::size_t residue, const std::string& written,
                std::string& name) {
  name = written;
  if (written[0] != '-' && written[0] != '+') return static_cast<int>(residue);
  name = written.substr(1);
  const WorkResidue& own = molecule.residues[residue];
  if (written[0] == '-') return own.hasPrevious ? static_cast<int>(residue) - 1 : -1;
  return own.hasNext ? static_cast<int>(residue) + 1 : -1;
}

namespace {

/// Atoms that one line of an .hdb or .tdb file places together.
struct Group {
  std::size_t residue;
  const AtomPatch* patch;
  std::vector<std::string> names;
};

bool speaksOf(const AtomPatch& patch, char sign) {
  return std::any_of(patch.controls.begin(), patch.controls.end(),
                     [&](const std::string& control) { return control[0] == sign; });
}

/// What hangs on the atom `name`, and on that in turn, in the order in which it follows the atom.
void expand(const WorkResidue& residue, std::size_t index, const std::string& name, int depth,
            std::vector<std::string>& names, std::vector<Group>& groups) {
  constexpr std::size_t kMostAdded = 500;
  if (depth > 8 || names.size() > kMostAdded)
    throw core::inputError("the rules that add atoms to template " + residue.entry +
                           " go in a circle at atom " + name);
  for (const AtomPatch& patch : residue.patches) {
    if (!patch.adds() || patch.controls[0] != name || (residue.isFirst && speaksOf(patch, '-')) ||
        (residue.isLast && speaksOf(patch, '+')))
      continue;
    Group group{index, &patch, {}};
    for (int k = 0; k < patch.count; ++k) group.names.push_back(patch.added(k));
    names.insert(names.end(), group.names.begin(), group.names.end());
    groups.push_back(group);
    for (const std::string& added : group.names) expand(residue, index, added, depth + 1, names, groups);
  }
}

/// Atoms of the file, each followed by what is added to it.
void insertAtoms(WorkResidue& residue, std::size_t index, std::vector<Group>& groups) {
  std::vector<WorkAtom> before = std::move(residue.atoms);
  std::vector<bool> isTaken(before.size(), false);
  residue.atoms.clear();
  for (std::size_t k = 0; k < before.size(); ++k) {
    if (isTaken[k]) continue;
    std::vector<std::string> names;
    expand(residue, index, before[k].name, 0, names, groups);
    residue.atoms.push_back(before[k]);
    for (const std::string& name : names) {
      const auto present = std::find_if(before.begin(), before.end(),
                                        [&](const WorkAtom& atom) { return sameName(atom.name, name); });
      const auto at = static_cast<std::size_t>(present - before.begin());
      if (present == before.end()) {
        WorkAtom added;
        added.name = name;
        added.isPlaced = false;
        residue.atoms.push_back(added);
      } else if (at > k && !isTaken[at]) {
        residue.atoms.push_back(*present);
        isTaken[at] = true;
      }
    }
  }
}

/// Atoms of the template that are neither there nor added.
std::vector<std::string> missingAtoms(const WorkResidue& residue, bool wantsHydrogens) {
  std::vector<std::string> missing;
  for (const TemplateAtom& atom : residue.pattern.atoms) {
    WorkAtom work;
    work.name = atom.name;
    if (residue.find(atom.name) < 0 && isHydrogen(work) == wantsHydrogens) missing.push_back(atom.name);
  }
  return missing;
}

void refuseMissing(const WorkMolecule& molecule, const ForceField& forceField) {
  constexpr int kMostShown = 5;
  std::string heavy, light;
  int count = 0;
  for (const WorkResidue& residue : molecule.residues) {
    if (const auto missing = missingAtoms(residue, false); !missing.empty() && ++count <= kMostShown)
      heavy += "\n  " + residue.where() + " lacks " + core::listed(missing, "and");
    if (const auto missing = missingAtoms(residue, true); !missing.empty() && light.empty())
      light = residue.where() + ": the force field " + forceField.name + " does not say how " +
              core::listed(missing, "and") + " of template " + residue.entry +
              (missing.size() == 1 ? " is" : " are") + " placed (.hdb)";
  }
  if (count > 0)
    throw core::inputError(
        "atoms are missing that the templates of the force field " + forceField.name +
        " have; only hydrogens and terminal oxygens are added:" + heavy +
        (count > kMostShown ? "\n  and " + std::to_string(count - kMostShown) + " more residues" : "") +
        "\nComplete the structure with a modelling program");
  if (!light.empty()) throw core::inputError(light);
}

/// Sets the atoms of a group whose controls all stand; returns whether any were set.
bool placeGroup(WorkMolecule& molecule, const Group& group, int& waters) {
  WorkResidue& residue = molecule.residues[group.residue];
  const bool isLacking = std::any_of(group.names.begin(), group.names.end(), [&](const std::string& name) {
    return !residue.atoms[static_cast<std::size_t>(residue.find(name))].isPlaced;
  });
  if (!isLacking) return false;
  std::vector<Vec3> controls;
  for (const std::string& written : group.patch->controls) {
    std::string name;
    const int at = neighbourOf(molecule, group.residue, written, name);
    const int atom = at < 0 ? -1 : molecule.residues[static_cast<std::size_t>(at)].find(name);
    if (atom < 0) return false;
    const WorkAtom& control =
        molecule.residues[static_cast<std::size_t>(at)].atoms[static_cast<std::size_t>(atom)];
    if (!control.isPlaced) return false;
    controls.push_back(control.position);
  }
  const std::vector<Vec3> positions = placeByRule(group.patch->rule, group.patch->count, controls, waters);
  for (std::size_t k = 0; k < group.names.size(); ++k) {
    WorkAtom& atom = residue.atoms[static_cast<std::size_t>(residue.find(group.names[k]))];
    if (atom.isPlaced) continue;
    atom.position = positions[k];
    atom.isPlaced = true;
  }
  return true;
}

}  // namespace

void addAtoms(WorkMolecule& molecule, const ForceField& forceField, int& waters) {
  std::vector<Group> groups;
  for (std::size_t r = 0; r < molecule.residues.size(); ++r) insertAtoms(molecule.residues[r], r, groups);
  refuseMissing(molecule, forceField);
  // Some are placed by others that are added too.
  for (bool isMoving = true; isMoving;) {
    isMoving = false;
    for (const Group& group : groups) isMoving = placeGroup(molecule, group, waters) || isMoving;
  }
  for (const WorkResidue& residue : molecule.residues)
    for (const WorkAtom& atom : residue.atoms) {
      if (!atom.isPlaced)
        throw core::inputError(residue.where() + ": atom " + atom.name +
                               " cannot be placed, because atoms that it is placed by are missing");
      if (!std::isfinite(core::dot(atom.position, atom.position)))
        throw core::inputError(
            residue.where() + ": atom " + atom.name +
            " cannot be placed, because atoms that it is placed by lie on one line or one point");
    }
}

}  // namespace aula::molecular
