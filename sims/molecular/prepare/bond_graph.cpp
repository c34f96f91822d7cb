// SPDX-License-Identifier: Apache-2.0
#include "molecular/prepare/bond_graph.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <tuple>

#include "core/error.h"
#include "core/text.h"

namespace aula::molecular {

namespace {

using Neighbours = std::vector<std::vector<int>>;

Neighbours neighboursOf(const std::vector<Term4>& bonds, const WorkMolecule& molecule,
                        const AtomIndex& index) {
  Neighbours neighbours(index.atoms.size());
  for (const Term4& bond : bonds) {
    neighbours[static_cast<std::size_t>(bond.atoms[0])].push_back(bond.atoms[1]);
    neighbours[static_cast<std::size_t>(bond.atoms[1])].push_back(bond.atoms[0]);
  }
  // Terms grow with the third power of it.
  constexpr std::size_t kMostBonds = 16;
  for (std::size_t k = 0; k < index.atoms.size(); ++k) {
    std::sort(neighbours[k].begin(), neighbours[k].end());
    if (neighbours[k].size() > kMostBonds)
      throw core::inputError("the templates give atom " + index.atoms[k]->name + " of " +
                             molecule.residues[static_cast<std::size_t>(index.residueOf[k])].where() + " " +
                             std::to_string(neighbours[k].size()) + " bonds; " + std::to_string(kMostBonds) +
                             " are allowed");
  }
  return neighbours;
}

const std::vector<int>& of(const Neighbours& neighbours, int atom) {
  return neighbours[static_cast<std::size_t>(atom)];
}

bool areWithin(const Neighbours& neighbours, int i, int l, int bonds) {
  if (i == l) return true;
  return bonds > 0 && std::any_of(of(neighbours, i).begin(), of(neighbours, i).end(),
                                  [&](int j) { return areWithin(neighbours, j, l, bonds - 1); });
}

/// Terms that templates list, found by the atoms they name.
class Listed {
 public:
  Listed(const WorkMolecule& molecule, const AtomIndex& index,
         std::vector<TemplateBonded> TemplateBondeds::*list, std::size_t count)
      : molecule_(molecule), index_(index), list_(list), count_(count) {
    for (const WorkResidue& residue : molecule.residues)
      isUsed_.emplace_back((residue.pattern.bondeds.*list).size(), false);
  }

  /// Entries for these atoms (in either order) in the first and the last residue that they belong to.
  std::vector<const TemplateBonded*> match(const std::array<int, 4>& atoms) {
    int lowest = index_.residueOf[static_cast<std::size_t>(atoms[0])], highest = lowest;
    for (std::size_t k = 1; k < count_; ++k) {
      lowest = std::min(lowest, index_.residueOf[static_cast<std::size_t>(atoms[k])]);
      highest = std::max(highest, index_.residueOf[static_cast<std::size_t>(atoms[k])]);
    }
    std::vector<const TemplateBonded*> found;
    search(atoms, lowest, found);
    if (highest != lowest) search(atoms, highest, found);
    return found;
  }

  /// Entries that no path of bonds led to, with their atoms, where all of those exist.
  std::vector<Term4> rest() const {
    std::vector<Term4> terms;
    for (std::size_t r = 0; r < molecule_.residues.size(); ++r) {
      const std::vector<TemplateBonded>& entries = molecule_.residues[r].pattern.bondeds.*list_;
      for (std::size_t k = 0; k < entries.size(); ++k) {
        if (isUsed_[r][k]) continue;
        Term4 term;
        bool isComplete = true;
        for (std::size_t n = 0; n < count_; ++n) {
          term.atoms[n] = findAtom(molecule_, index_, r, entries[k].atoms[n]);
          isComplete = isComplete && term.atoms[n] >= 0;
        }
        term.parameters = entries[k].parameters;
        term.place = entries[k].place;
        if (isComplete) terms.push_back(std::move(term));
      }
    }
    return terms;
  }

 private:
  void search(const std::array<int, 4>& atoms, int residue, std::vector<const TemplateBonded*>& found) {
    const std::vector<TemplateBonded>& entries =
        molecule_.residues[static_cast<std::size_t>(residue)].pattern.bondeds.*list_;
    if (entries.empty()) return;
    std::vector<std::string> names;
    for (std::size_t n = 0; n < count_; ++n) {
      const int own = index_.residueOf[static_cast<std::size_t>(atoms[n])];
      names.push_back((own < residue   ? "-"
                       : own > residue ? "+"
                                       : "") +
                      index_.atoms[static_cast<std::size_t>(atoms[n])]->name);
    }
    for (std::size_t k = 0; k < entries.size(); ++k)
      if (std::equal(names.begin(), names.end(), entries[k].atoms.begin()) ||
          std::equal(names.begin(), names.end(), entries[k].atoms.rbegin())) {
        isUsed_[static_cast<std::size_t>(residue)][k] = true;
        found.push_back(&entries[k]);
      }
  }

  const WorkMolecule& molecule_;
  const AtomIndex& index_;
  std::vector<TemplateBonded> TemplateBondeds::*list_;
  std::size_t count_;
  std::vector<std::vector<bool>> isUsed_;
};

bool isOnOneBond(const Term4& a, const Term4& b) {
  return (a.atoms[1] == b.atoms[1] && a.atoms[2] == b.atoms[2]) ||
         (a.atoms[1] == b.atoms[2] && a.atoms[2] == b.atoms[1]);
}

int hydrogensAtEnds(const Term4& dihedral, const AtomIndex& index) {
  int count = 0;
  for (const int atom : {dihedral.atoms[0], dihedral.atoms[3]}) {
    const std::string& name = index.atoms[static_cast<std::size_t>(atom)]->name;
    const std::size_t letter = std::isdigit(static_cast<unsigned char>(name[0])) && name.size() > 1 ? 1 : 0;
    count += std::toupper(static_cast<unsigned char>(name[letter])) == 'H' ? 1 : 0;
  }
  return count;
}

/// Of the dihedrals about one bond those that a template lists, or else the one with the fewest hydrogens.
std::vector<Term4> thinned(const std::vector<Term4>& dihedrals, const std::vector<Term4>& impropers,
                           const AtomIndex& index, const BondedRules& rules) {
  std::set<std::array<int, 2>> atImpropers;
  for (const Term4& improper : impropers) {
    atImpropers.insert({improper.atoms[1], improper.atoms[2]});
    atImpropers.insert({improper.atoms[2], improper.atoms[1]});
  }
  std::vector<Term4> kept;
  for (std::size_t at = 0; at < dihedrals.size();) {
    const Term4& first = dihedrals[at];
    if (!first.isListed && rules.dropsDihedralsAtImpropers &&
        atImpropers.count({first.atoms[1], first.atoms[2]}) != 0) {
      ++at;
      continue;
    }
    std::size_t end = at + 1;
    if (!rules.keepsAllDihedrals)
      while (end < dihedrals.size() && isOnOneBond(first, dihedrals[end]) && !dihedrals[end].isListed) ++end;
    std::size_t best = at;
    if (!first.isListed)
      for (std::size_t k = at + 1; k < end; ++k)
        if (hydrogensAtEnds(dihedrals[k], index) < hydrogensAtEnds(dihedrals[best], index)) best = k;
    kept.push_back(dihedrals[best]);
    at = end;
  }
  return kept;
}

std::vector<Term4> listedTerms(const WorkMolecule& molecule, const AtomIndex& index,
                               std::vector<TemplateBonded> TemplateBondeds::*list, std::size_t count) {
  std::vector<Term4> terms;
  for (std::size_t r = 0; r < molecule.residues.size(); ++r)
    for (const TemplateBonded& entry : molecule.residues[r].pattern.bondeds.*list) {
      Term4 term;
      term.parameters = entry.parameters;
      term.place = entry.place;
      for (std::size_t n = 0; n < count; ++n) {
        term.atoms[n] = findAtom(molecule, index, r, entry.atoms[n]);
        const bool mayLack = entry.atoms[n][0] == '+' && !molecule.residues[r].hasNext;
        if (term.atoms[n] < 0 && !mayLack)
          throw core::inputError(molecule.residues[r].where() + " has no atom " +
                                 core::quoted(entry.atoms[n]) + ", which " + entry.place + " names");
      }
      if (std::none_of(term.atoms.begin(), term.atoms.begin() + static_cast<std::ptrdiff_t>(count),
                       [](int atom) { return atom < 0; }))
        terms.push_back(std::move(term));
    }
  return terms;
}

}  // namespace

BondedTerms termsOf(const WorkMolecule& molecule, const AtomIndex& index, const std::vector<Term4>& bonds) {
  const BondedRules& rules = molecule.residues.front().pattern.rules;
  const Neighbours neighbours = neighboursOf(bonds, molecule, index);
  BondedTerms terms;
  terms.exclusions = listedTerms(molecule, index, &TemplateBondeds::exclusions, 2);
  std::set<std::array<int, 2>> excluded, paired;
  for (const Term4& pair : terms.exclusions)
    excluded.insert({std::min(pair.atoms[0], pair.atoms[1]), std::max(pair.atoms[0], pair.atoms[1])});

  Listed angles(molecule, index, &TemplateBondeds::angles, 3),
      dihedrals(molecule, index, &TemplateBondeds::dihedrals, 4);
  const auto isHydrogenName = [&](int atom) {
    return index.atoms[static_cast<std::size_t>(atom)]->name[0] == 'H';
  };
  for (int i = 0; i < static_cast<int>(index.atoms.size()); ++i)
    for (const int j : of(neighbours, i))
      for (const int k : of(neighbours, j)) {
        if (k == i) continue;
        if (i < k) {
          Term4 angle;
          angle.atoms = {i, j, k, -1};
          // Of several entries the last holds.
          if (const auto found = angles.match(angle.atoms); !found.empty()) {
            angle.parameters = found.back()->parameters;
            angle.place = found.back()->place;
          }
          terms.angles.push_back(std::move(angle));
        }
        if (j >= k) continue;
        for (const int l : of(neighbours, k)) {
          if (l == i || l == j) continue;
          Term4 dihedral;
          dihedral.atoms = {i, j, k, l};
          const auto found = dihedrals.match(dihedral.atoms);
          for (const TemplateBonded* entry : found) {
            dihedral.parameters = entry->parameters;
            dihedral.place = entry->place;
            dihedral.isListed = true;
            terms.dihedrals.push_back(dihedral);
          }
          if (found.empty()) terms.dihedrals.push_back(std::move(dihedral));
          const std::array<int, 2> pair{std::min(i, l), std::max(i, l)};
          if (!areWithin(neighbours, i, l, 2) && excluded.count(pair) == 0 &&
              (rules.hasHydrogenPairs || !isHydrogenName(i) || !isHydrogenName(l)))
            paired.insert(pair);
        }
      }
  for (Term4& angle : angles.rest()) terms.angles.push_back(std::move(angle));
  for (Term4& dihedral : dihedrals.rest()) terms.dihedrals.push_back(std::move(dihedral));
  for (const std::array<int, 2>& pair : paired) {
    Term4 term;
    term.atoms = {pair[0], pair[1], -1, -1};
    terms.pairs.push_back(term);
  }
  std::stable_sort(terms.angles.begin(), terms.angles.end(), [](const Term4& a, const Term4& b) {
    return std::tie(a.atoms[1], a.atoms[0], a.atoms[2]) < std::tie(b.atoms[1], b.atoms[0], b.atoms[2]);
  });
  std::stable_sort(terms.dihedrals.begin(), terms.dihedrals.end(), [](const Term4& a, const Term4& b) {
    const auto key = [](const Term4& t) {
      return std::tuple(t.atoms[1], t.atoms[2], !t.isListed, t.atoms[0], t.atoms[3]);
    };
    return key(a) != key(b) ? key(a) < key(b) : a.parameters < b.parameters;
  });
  terms.impropers = listedTerms(molecule, index, &TemplateBondeds::impropers, 4);
  for (Term4& improper : terms.impropers)
    if (improper.atoms[3] < improper.atoms[0]) std::reverse(improper.atoms.begin(), improper.atoms.end());
  std::stable_sort(terms.impropers.begin(), terms.impropers.end(), [](const Term4& a, const Term4& b) {
    return std::tie(a.atoms[0], a.atoms[3], a.atoms[1], a.atoms[2]) <
           std::tie(b.atoms[0], b.atoms[3], b.atoms[1], b.atoms[2]);
  });
  terms.dihedrals = thinned(terms.dihedrals, terms.impropers, index, rules);
  // Atoms within the general range are excluded anyway.
  terms.exclusions.erase(std::remove_if(terms.exclusions.begin(), terms.exclusions.end(),
                                        [&](const Term4& pair) {
                                          return areWithin(neighbours, pair.atoms[0], pair.atoms[1],
                                                           std::min(rules.exclusionBonds, 4));
                                        }),
                         terms.exclusions.end());
  return terms;
}

}  // namespace aula::molecular
