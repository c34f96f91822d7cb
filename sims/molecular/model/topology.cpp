// SPDX-License-Identifier: Apache-2.0
#include "molecular/model/topology.h"

#include <algorithm>

#include "core/error.h"

namespace aula::molecular {

namespace {

/// The atoms of a term, whatever it is.
template <class T>
std::vector<int> atomsOf(const T& term) {
  if constexpr (requires { term.l; })
    return {term.i, term.j, term.k, term.l};
  else if constexpr (requires { term.k; })
    return {term.i, term.j, term.k};
  else if constexpr (requires { term.oxygen; })
    return {term.oxygen, term.hydrogen1, term.hydrogen2};
  else if constexpr (requires { term.atom; })
    return {term.atom};
  else
    return {term.i, term.j};
}

template <class T>
void shift(T& term, int by) {
  if constexpr (requires { term.oxygen; }) {
    term.oxygen += by, term.hydrogen1 += by, term.hydrogen2 += by;
  } else if constexpr (requires { term.atom; }) {
    term.atom += by;
  } else {
    term.i += by, term.j += by;
    if constexpr (requires { term.k; }) term.k += by;
    if constexpr (requires { term.l; }) term.l += by;
  }
}

/// Every list of terms of a topology (or of two at once), with its name.
template <class Visit, class... Topologies>
void forEachTermList(const Visit& visit, Topologies&... of) {
  visit("bonds", of.bonds...);
  visit("angles", of.angles...);
  visit("proper dihedrals", of.properDihedrals...);
  visit("improper dihedrals", of.improperDihedrals...);
  visit("harmonic impropers", of.harmonicImpropers...);
  visit("Ryckaert-Bellemans dihedrals", of.ryckaertBellemans...);
  visit("1-4 pairs", of.pairs14...);
  visit("constraints", of.constraints...);
  visit("settles", of.settles...);
  visit("position restraints", of.positionRestraints...);
}

[[noreturn]] void fail(const std::string& what) {
  throw core::Error("the topology does not hold together: " + what);
}

}  // namespace

void validate(const Topology& topology) {
  const std::size_t count = topology.masses.size();
  const auto sized = [&](std::size_t size, const char* what) {
    if (size != count) fail(std::to_string(size) + " " + what + " for " + std::to_string(count) + " atoms");
  };
  sized(topology.charges.size(), "charges");
  sized(topology.types.size(), "types");
  sized(topology.elements.size(), "elements");
  sized(topology.names.size(), "names");
  sized(topology.residueOf.size(), "residue indices");
  if (!topology.bFactors.empty()) sized(topology.bFactors.size(), "B-factors");
  if (!topology.bornRadii.empty()) sized(topology.bornRadii.size(), "Born radii");
  sized(topology.bornScales.size() + (topology.bornRadii.empty() ? count : 0), "Born scales");
  const auto types = static_cast<std::size_t>(topology.typeCount);
  if (topology.pairs.size() != types * types)
    fail("a table of " + std::to_string(topology.pairs.size()) + " Lennard-Jones pairs for " +
         std::to_string(types) + " types");
  for (std::size_t n = 0; n < count; ++n) {
    if (!(topology.masses[n] > 0)) fail("atom " + std::to_string(n + 1) + " has no positive mass");
    if (topology.types[n] < 0 || topology.types[n] >= topology.typeCount)
      fail("atom " + std::to_string(n + 1) + " has a type that is not in the table");
    if (topology.residueOf[n] < 0 ||
        static_cast<std::size_t>(topology.residueOf[n]) >= topology.residues.size())
      fail("atom " + std::to_string(n + 1) + " has a residue that is not in the list");
  }
  forEachTermList(
      [&](const char* name, const auto& terms) {
        for (std::size_t n = 0; n < terms.size(); ++n) {
          std::vector<int> atoms = atomsOf(terms[n]);
          for (const int atom : atoms)
            if (atom < 0 || static_cast<std::size_t>(atom) >= count)
              fail("number " + std::to_string(n + 1) + " of the " + name + " names atom " +
                   std::to_string(atom + 1) + " of " + std::to_string(count));
          std::sort(atoms.begin(), atoms.end());
          if (std::adjacent_find(atoms.begin(), atoms.end()) != atoms.end())
            fail("number " + std::to_string(n + 1) + " of the " + name + " names an atom twice");
        }
      },
      topology);
  if (topology.exclusionStart.size() != count + 1 || topology.exclusionStart.front() != 0 ||
      static_cast<std::size_t>(topology.exclusionStart.back()) != topology.exclusions.size())
    fail("the exclusions are not one list an atom");
  const auto excluded = [&](std::size_t atom) {
    const auto* first = topology.exclusions.data();
    return std::pair{first + topology.exclusionStart[atom], first + topology.exclusionStart[atom + 1]};
  };
  for (std::size_t n = 0; n < count; ++n) {
    if (topology.exclusionStart[n] > topology.exclusionStart[n + 1])
      fail("the exclusions are not one list an atom");
    const auto [first, last] = excluded(n);
    for (const int* other = first; other != last; ++other) {
      if (*other < 0 || static_cast<std::size_t>(*other) >= count || static_cast<std::size_t>(*other) == n ||
          (other != first && other[-1] >= *other))
        fail("the exclusions of atom " + std::to_string(n + 1) + " are not rising atoms other than itself");
      const auto [from, to] = excluded(static_cast<std::size_t>(*other));
      if (!std::binary_search(from, to, static_cast<int>(n)))
        fail("atom " + std::to_string(n + 1) + " excludes " + std::to_string(*other + 1) +
             " but not the other way");
    }
  }
  int next = 0;
  for (const Molecule& molecule : topology.molecules) {
    if (molecule.firstAtom != next || molecule.atomCount <= 0)
      fail("the molecules do not cover the atoms in order");
    next += molecule.atomCount;
  }
  if (static_cast<std::size_t>(next) != count) fail("the molecules do not cover all atoms");
}

void append(Topology& topology, const Topology& molecule, int copies) {
  if (topology.typeCount == 0) {
    topology.typeCount = molecule.typeCount;
    topology.pairs = molecule.pairs;
    topology.typeNames = molecule.typeNames;
  }
  if (topology.typeCount != molecule.typeCount || topology.pairs != molecule.pairs)
    fail("two parts have different tables of Lennard-Jones types");
  if (topology.exclusionStart.empty()) topology.exclusionStart.push_back(0);
  const bool fits = topology.masses.empty() || (topology.bFactors.empty() == molecule.bFactors.empty() &&
                                                topology.bornRadii.empty() == molecule.bornRadii.empty());
  if (!fits) fail("one part has B-factors or Born radii and another has none");
  for (int copy = 0; copy < copies; ++copy) {
    const int atoms = topology.atomCount(), residues = static_cast<int>(topology.residues.size());
    const auto add = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
    add(topology.masses, molecule.masses);
    add(topology.charges, molecule.charges);
    add(topology.types, molecule.types);
    add(topology.elements, molecule.elements);
    add(topology.names, molecule.names);
    add(topology.bFactors, molecule.bFactors);
    add(topology.bornRadii, molecule.bornRadii);
    add(topology.bornScales, molecule.bornScales);
    for (const int residue : molecule.residueOf) topology.residueOf.push_back(residue + residues);
    for (Residue residue : molecule.residues) {
      residue.firstAtom += atoms;
      topology.residues.push_back(residue);
    }
    for (const Molecule& part : molecule.molecules)
      topology.molecules.push_back({part.firstAtom + atoms, part.atomCount});
    forEachTermList(
        [&](const char*, auto& to, const auto& from) {
          for (auto term : from) {
            shift(term, atoms);
            to.push_back(term);
          }
        },
        topology, molecule);
    const int start = topology.exclusionStart.back();
    for (std::size_t n = 1; n < molecule.exclusionStart.size(); ++n)
      topology.exclusionStart.push_back(start + molecule.exclusionStart[n]);
    for (const int other : molecule.exclusions) topology.exclusions.push_back(other + atoms);
  }
}

std::vector<std::array<std::uint32_t, 2>> bondedPairs(const Topology& topology) {
  std::vector<std::array<std::uint32_t, 2>> pairs;
  const auto add = [&](int i, int j) {
    pairs.push_back({static_cast<std::uint32_t>(std::min(i, j)), static_cast<std::uint32_t>(std::max(i, j))});
  };
  for (const Bond& bond : topology.bonds) add(bond.i, bond.j);
  for (const Constraint& constraint : topology.constraints) add(constraint.i, constraint.j);
  for (const Settle& settle : topology.settles) {
    add(settle.oxygen, settle.hydrogen1);
    add(settle.oxygen, settle.hydrogen2);
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

}  // namespace aula::molecular
