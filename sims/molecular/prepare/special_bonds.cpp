// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>
#include <iterator>

#include "molecular/prepare/steps.h"

namespace aula::molecular {
namespace {

struct Candidate {
  std::size_t molecule, residue;
  std::string atom;
  Vec3 position;
};

/// The table knows residues by their first three letters, so that CYS2 and CYSH are CYS; a residue under the
/// name of the template it would get (CYX) is meant too.
bool isResidue(const ForceField& forceField, const std::string& name, const std::string& listed,
               const std::string& becomes) {
  if (name.compare(0, 3, listed, 0, 3) == 0) return true;
  return std::any_of(
      forceField.templateChoices.begin(), forceField.templateChoices.end(),
      [&](const TemplateChoice& choice) {
        return choice.residue == becomes &&
               (sameName(name, choice.middle) || sameName(name, choice.first) || sameName(name, choice.last));
      });
}

void joinMolecules(std::vector<WorkMolecule>& molecules, std::size_t into, std::size_t from,
                   std::vector<Candidate>& candidates) {
  const std::size_t offset = molecules[into].residues.size();
  std::vector<WorkResidue>& residues = molecules[from].residues;
  for (WorkBond bond : molecules[from].specialBonds) {
    for (std::size_t& residue : bond.residues) residue += offset;
    molecules[into].specialBonds.push_back(bond);
  }
  std::move(residues.begin(), residues.end(), std::back_inserter(molecules[into].residues));
  residues.clear();
  molecules[from].specialBonds.clear();
  for (Candidate& candidate : candidates)
    if (candidate.molecule == from) {
      candidate.molecule = into;
      candidate.residue += offset;
    }
}

}  // namespace

void findSpecialBonds(std::vector<WorkMolecule>& molecules, const ForceField& forceField,
                      std::vector<std::string>& remarks) {
  std::vector<Candidate> candidates;
  const auto isSide = [&](const WorkMolecule& molecule, const Candidate& candidate, const SpecialBond& bond,
                          bool isA) {
    return sameName(candidate.atom, isA ? bond.atomA : bond.atomB) &&
           isResidue(forceField, molecule.residues[candidate.residue].name,
                     isA ? bond.residueA : bond.residueB, isA ? bond.templateA : bond.templateB);
  };
  for (std::size_t m = 0; m < molecules.size(); ++m) {
    if (molecules[m].isWater) continue;
    for (std::size_t r = 0; r < molecules[m].residues.size(); ++r)
      for (const WorkAtom& atom : molecules[m].residues[r].atoms) {
        const Candidate candidate{m, r, atom.name, atom.position};
        if (std::any_of(forceField.specialBonds.begin(), forceField.specialBonds.end(),
                        [&](const SpecialBond& bond) {
                          return isSide(molecules[m], candidate, bond, true) ||
                                 isSide(molecules[m], candidate, bond, false);
                        }))
          candidates.push_back(candidate);
      }
  }
  for (std::size_t i = 0; i < candidates.size(); ++i)
    for (std::size_t j = i + 1; j < candidates.size(); ++j) {
      const double distance = core::length(candidates[i].position - candidates[j].position);
      for (const SpecialBond& bond : forceField.specialBonds) {
        if (distance <= 0.9 * bond.length || distance >= 1.1 * bond.length) continue;
        const auto matches = [&](std::size_t a, std::size_t b) {
          return isSide(molecules[candidates[a].molecule], candidates[a], bond, true) &&
                 isSide(molecules[candidates[b].molecule], candidates[b], bond, false);
        };
        const bool isStraight = matches(i, j);
        if (!isStraight && !matches(j, i)) continue;
        if (candidates[i].molecule != candidates[j].molecule) {
          const auto [into, from] = std::minmax(candidates[i].molecule, candidates[j].molecule);
          joinMolecules(molecules, std::size_t(into), std::size_t(from), candidates);
        }
        WorkMolecule& molecule = molecules[candidates[i].molecule];
        WorkResidue& one = molecule.residues[candidates[i].residue];
        WorkResidue& other = molecule.residues[candidates[j].residue];
        one.entry = isStraight ? bond.templateA : bond.templateB;
        other.entry = isStraight ? bond.templateB : bond.templateA;
        molecule.specialBonds.push_back(
            {{candidates[i].residue, candidates[j].residue}, {candidates[i].atom, candidates[j].atom}});
        char text[64];
        std::snprintf(text, sizeof text, " are bonded, %.3f nm apart", distance);
        remarks.push_back(candidates[i].atom + " of " + one.title() + " and " + candidates[j].atom + " of " +
                          other.title() + text);
        break;
      }
    }
  molecules.erase(std::remove_if(molecules.begin(), molecules.end(),
                                 [](const WorkMolecule& molecule) { return molecule.residues.empty(); }),
                  molecules.end());
}

}  // namespace aula::molecular
