// SPDX-License-Identifier: Apache-2.0
#include "molecular/prepare/join.h"

#include <algorithm>
#include <cmath>

#include "core/error.h"

namespace aula::molecular {

namespace {

std::size_t at(int n) {
  return static_cast<std::size_t>(n);
}

struct SigmaEpsilon {
  double sigma = 0, epsilon = 0;
};
/// Of V = c12/r^12 - c6/r^6; a wall without attraction (c6 zero) has no such form.
SigmaEpsilon sigmaEpsilon(const LennardJones& lj, const std::string& name) {
  if (lj.c12 == 0 && lj.c6 == 0) return {};
  if (!(lj.c6 > 0) || !(lj.c12 > 0))
    throw core::inputError("the type " + name + " has no sigma and epsilon (c6 " + std::to_string(lj.c6) +
                           ", c12 " + std::to_string(lj.c12) +
                           "), so that it cannot be combined with types of another part");
  return {std::pow(lj.c12 / lj.c6, 1.0 / 6), lj.c6 * lj.c6 / (4 * lj.c12)};
}

LennardJones combined(const SigmaEpsilon& a, const SigmaEpsilon& b, CombinationRule rule) {
  const double epsilon = std::sqrt(a.epsilon * b.epsilon);
  if (epsilon == 0) return {};
  const double sigma =
      rule == CombinationRule::geometric ? std::sqrt(a.sigma * b.sigma) : (a.sigma + b.sigma) / 2;
  const double sixth = std::pow(sigma, 6);
  return {4 * epsilon * sixth, 4 * epsilon * sixth * sixth};
}

bool isSame(const LennardJones& a, const LennardJones& b) {
  // The same figures by another order of operations: a few roundings.
  const auto near = [](double x, double y) {
    return std::fabs(x - y) <= 1e-12 * std::max(std::fabs(x), std::fabs(y));
  };
  return near(a.c6, b.c6) && near(a.c12, b.c12);
}

/// A table of types that holds those of both; types of `second` are `map`ped into it.
struct Types {
  int count = 0;
  std::vector<LennardJones> pairs;
  std::vector<std::string> names;
  std::vector<int> map;
};

Types unionOf(const Topology& first, const Topology& second, CombinationRule rule) {
  Types types;
  types.names = first.typeNames;
  for (int b = 0; b < second.typeCount; ++b) {
    int found = -1;
    for (int a = 0; a < first.typeCount && found < 0; ++a)
      if (first.typeNames[at(a)] == second.typeNames[at(b)] && isSame(first.pair(a, a), second.pair(b, b)))
        found = a;
    if (found < 0) {
      found = static_cast<int>(types.names.size());
      types.names.push_back(second.typeNames[at(b)]);
    }
    types.map.push_back(found);
  }
  types.count = static_cast<int>(types.names.size());
  types.pairs.resize(at(types.count) * at(types.count));
  // The place of each type in the second table, where it is there.
  std::vector<int> inSecond(at(types.count), -1);
  for (int b = 0; b < second.typeCount; ++b) inSecond[at(types.map[at(b)])] = b;
  const auto self = [&](int type) {
    return type < first.typeCount ? first.pair(type, type)
                                  : second.pair(inSecond[at(type)], inSecond[at(type)]);
  };
  for (int i = 0; i < types.count; ++i)
    for (int j = 0; j < types.count; ++j) {
      LennardJones& pair = types.pairs[at(i) * at(types.count) + at(j)];
      if (i < first.typeCount && j < first.typeCount)
        pair = first.pair(i, j);
      else if (inSecond[at(i)] >= 0 && inSecond[at(j)] >= 0)
        pair = second.pair(inSecond[at(i)], inSecond[at(j)]);
      else
        pair = combined(sigmaEpsilon(self(i), types.names[at(i)]), sigmaEpsilon(self(j), types.names[at(j)]),
                        rule);
    }
  return types;
}

void setTypes(Topology& topology, const Types& types) {
  topology.typeCount = types.count;
  topology.pairs = types.pairs;
  topology.typeNames = types.names;
}

/// Every list of terms of two topologies at once.
template <class Visit>
void forEachTermList(const Topology& from, Topology& to, const Visit& visit) {
  visit(from.bonds, to.bonds);
  visit(from.angles, to.angles);
  visit(from.properDihedrals, to.properDihedrals);
  visit(from.improperDihedrals, to.improperDihedrals);
  visit(from.harmonicImpropers, to.harmonicImpropers);
  visit(from.ryckaertBellemans, to.ryckaertBellemans);
  visit(from.pairs14, to.pairs14);
  visit(from.constraints, to.constraints);
  visit(from.settles, to.settles);
  visit(from.positionRestraints, to.positionRestraints);
}

/// The atoms of a term renumbered; false when one of them is gone.
template <class Term>
bool renumber(Term& term, const std::vector<int>& newOf) {
  bool isWhole = true;
  const auto one = [&](int& atom) {
    atom = newOf[at(atom)];
    isWhole = isWhole && atom >= 0;
  };
  if constexpr (requires { term.oxygen; }) {
    one(term.oxygen), one(term.hydrogen1), one(term.hydrogen2);
  } else if constexpr (requires { term.atom; }) {
    one(term.atom);
  } else {
    one(term.i), one(term.j);
    if constexpr (requires { term.k; }) one(term.k);
    if constexpr (requires { term.l; }) one(term.l);
  }
  return isWhole;
}

}  // namespace

Topology joined(const Topology& first, const Topology& second, int count, CombinationRule rule) {
  const Types types = unionOf(first, second, rule);
  Topology whole = first, part = second;
  setTypes(whole, types);
  setTypes(part, types);
  for (int& type : part.types) type = types.map[at(type)];
  const auto keepBoth = [&](auto list) {
    if (first.atomCount() == 0) return;
    if ((whole.*list).empty() || (part.*list).empty()) {
      (whole.*list).clear();
      (part.*list).clear();
    }
  };
  keepBoth(&Topology::bFactors);
  keepBoth(&Topology::bornRadii);
  keepBoth(&Topology::bornScales);
  append(whole, part, count);
  return whole;
}

System withMolecules(const System& system, const std::vector<int>& molecules) {
  const Topology& from = system.topology;
  System result;
  result.title = system.title;
  result.state.box = system.state.box;
  Topology& to = result.topology;
  to.typeCount = from.typeCount;
  to.pairs = from.pairs;
  to.typeNames = from.typeNames;
  std::vector<int> newOf(at(from.atomCount()), -1);
  to.exclusionStart.push_back(0);
  int lastResidue = -1;
  for (const int index : molecules) {
    const Molecule& molecule = from.molecules[at(index)];
    to.molecules.push_back({to.atomCount(), molecule.atomCount});
    for (int atom = molecule.firstAtom; atom < molecule.firstAtom + molecule.atomCount; ++atom) {
      const std::size_t n = at(atom);
      newOf[n] = to.atomCount();
      to.types.push_back(from.types[n]);
      to.charges.push_back(from.charges[n]);
      to.elements.push_back(from.elements[n]);
      to.names.push_back(from.names[n]);
      if (!from.bFactors.empty()) to.bFactors.push_back(from.bFactors[n]);
      if (!from.bornRadii.empty()) to.bornRadii.push_back(from.bornRadii[n]);
      if (!from.bornScales.empty()) to.bornScales.push_back(from.bornScales[n]);
      if (from.residueOf[n] != lastResidue) {
        lastResidue = from.residueOf[n];
        to.residues.push_back(from.residues[at(lastResidue)]);
        to.residues.back().firstAtom = newOf[n];
        to.residues.back().atomCount = 0;
      }
      ++to.residues.back().atomCount;
      to.residueOf.push_back(static_cast<int>(to.residues.size()) - 1);
      to.masses.push_back(from.masses[n]);
      result.state.positions.push_back(system.state.positions[n]);
      if (!system.state.velocities.empty()) result.state.velocities.push_back(system.state.velocities[n]);
    }
    lastResidue = -1;
  }
  for (std::size_t n = 0; n < newOf.size(); ++n) {
    if (newOf[n] < 0) continue;
    for (int e = from.exclusionStart[n]; e < from.exclusionStart[n + 1]; ++e)
      if (const int other = newOf[at(from.exclusions[at(e)])]; other >= 0) to.exclusions.push_back(other);
    to.exclusionStart.push_back(static_cast<int>(to.exclusions.size()));
  }
  forEachTermList(from, to, [&](const auto& all, auto& kept) {
    for (auto term : all)
      if (renumber(term, newOf)) kept.push_back(term);
  });
  validate(to);
  return result;
}

}  // namespace aula::molecular
