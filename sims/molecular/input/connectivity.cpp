// SPDX-License-Identifier: Apache-2.0
#include "molecular/input/connectivity.h"

#include <algorithm>

#include "molecular/input/text_file.h"

namespace aula::molecular {

namespace {

using Neighbours = std::vector<std::vector<int>>;

std::size_t at(int atom) {
  return static_cast<std::size_t>(atom);
}

void join(Neighbours& neighbours, int a, int b) {
  if (a == b) return;
  neighbours[at(a)].push_back(b);
  neighbours[at(b)].push_back(a);
}

/// Everything within `bonds` steps of `from`, itself not.
void addWithin(const Neighbours& neighbours, int from, int bonds, std::vector<int>& seenBy,
               std::vector<int>& found) {
  std::vector<int> shell{from};
  seenBy[at(from)] = from;
  for (int step = 0; step < bonds && !shell.empty(); ++step) {
    std::vector<int> next;
    for (const int atom : shell)
      for (const int other : neighbours[at(atom)])
        if (seenBy[at(other)] != from) {
          seenBy[at(other)] = from;
          next.push_back(other);
          found.push_back(other);
        }
    shell = std::move(next);
  }
}

}  // namespace

void connect(const MoleculeType& type, Topology& topology) {
  const int count = static_cast<int>(type.atoms.size());
  // What counts as a chemical bond for exclusions, and everything that holds atoms together.
  Neighbours chemical(at(count)), joined(at(count));
  for (const Interaction& bond : type.bonds) {
    if (bond.function != 6) join(chemical, bond.atoms[0], bond.atoms[1]);
    join(joined, bond.atoms[0], bond.atoms[1]);
  }
  for (const Interaction& constraint : type.constraints) {
    if (constraint.function == 1) join(chemical, constraint.atoms[0], constraint.atoms[1]);
    join(joined, constraint.atoms[0], constraint.atoms[1]);
  }
  for (const Interaction& settle : type.settles)
    for (int hydrogen = 1; hydrogen <= 2; ++hydrogen) {
      join(chemical, settle.atoms[0], settle.atoms[0] + hydrogen);
      join(joined, settle.atoms[0], settle.atoms[0] + hydrogen);
    }

  Neighbours excluded(at(count));
  std::vector<int> seenBy(at(count), -1);
  for (int atom = 0; atom < count; ++atom)
    addWithin(chemical, atom, type.exclusionBonds, seenBy, excluded[at(atom)]);
  for (const Interaction& line : type.exclusions)
    for (std::size_t n = 1; n < line.atoms.size(); ++n) join(excluded, line.atoms[0], line.atoms[n]);
  topology.exclusionStart.assign(1, 0);
  topology.exclusions.clear();
  for (std::vector<int>& list : excluded) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    topology.exclusions.insert(topology.exclusions.end(), list.begin(), list.end());
    topology.exclusionStart.push_back(static_cast<int>(topology.exclusions.size()));
  }

  // A molecule ends where no bond reaches across: the last atom that any atom so far is joined to.
  topology.molecules.clear();
  int first = 0, last = 0;
  for (int atom = 0; atom < count; ++atom) {
    for (const int other : joined[at(atom)]) last = std::max(last, other);
    last = std::max(last, atom);
    if (last == atom) {
      topology.molecules.push_back({first, atom - first + 1});
      first = last = atom + 1;
    }
  }
}

}  // namespace aula::molecular
