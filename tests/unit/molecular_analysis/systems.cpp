// SPDX-License-Identifier: Apache-2.0
#include "unit/molecular_analysis/systems.h"

#include <cmath>
#include <numeric>
#include <set>

#include "core/units/constants.h"
#include "molecular/model/elements.h"

namespace aula::tests {

using molecular::Vec3;

molecular::System makeSystem(const std::vector<HandAtom>& atoms, const std::vector<std::array<int, 2>>& bonds,
                             const molecular::Box& box) {
  molecular::System system;
  molecular::Topology& t = system.topology;
  t.typeCount = 1;
  t.pairs = {{0, 0}};
  t.typeNames = {"X"};
  for (std::size_t n = 0; n < atoms.size(); ++n) {
    const HandAtom& atom = atoms[n];
    const HandAtom* before = n > 0 ? &atoms[n - 1] : nullptr;
    if (before == nullptr || before->residueNumber != atom.residueNumber || before->residue != atom.residue ||
        before->chain != atom.chain)
      t.residues.push_back({atom.residue, atom.residueNumber, ' ', atom.chain, static_cast<int>(n), 0});
    ++t.residues.back().atomCount;
    t.residueOf.push_back(static_cast<int>(t.residues.size()) - 1);
    t.masses.push_back(molecular::element(atom.element).mass);
    t.charges.push_back(atom.charge);
    t.types.push_back(0);
    t.elements.push_back(atom.element);
    t.names.push_back(atom.name);
    system.state.positions.push_back(atom.position);
  }
  std::vector<std::set<int>> near(atoms.size());
  for (const auto& [i, j] : bonds) {
    t.bonds.push_back({i, j, 0.1, 1000});
    near[static_cast<std::size_t>(i)].insert(j);
    near[static_cast<std::size_t>(j)].insert(i);
  }
  std::vector<int> root(atoms.size());
  std::iota(root.begin(), root.end(), 0);
  t.exclusionStart = {0};
  for (std::size_t n = 0; n < atoms.size(); ++n) {
    std::set<int> excluded = near[n];
    for (const int other : near[n])
      excluded.insert(near[static_cast<std::size_t>(other)].begin(),
                      near[static_cast<std::size_t>(other)].end());
    excluded.erase(static_cast<int>(n));
    t.exclusions.insert(t.exclusions.end(), excluded.begin(), excluded.end());
    t.exclusionStart.push_back(static_cast<int>(t.exclusions.size()));
    const bool hangsOn = !near[n].empty() && *near[n].begin() < static_cast<int>(n);
    if (hangsOn)
      ++t.molecules.back().atomCount;
    else
      t.molecules.push_back({static_cast<int>(n), 1});
  }
  system.state.box = box;
  validate(t);
  return system;
}

namespace {

/// The atom at `length` from c, at `angle` to b and `torsion` to a (Parsons et al. 2005).
Vec3 place(Vec3 a, Vec3 b, Vec3 c, double length, double angle, double torsion) {
  const double degrees = core::kPi / 180;
  const Vec3 bc = core::normalised(c - b), n = core::normalised(core::cross(b - a, bc)),
             m = core::cross(n, bc);
  const double theta = angle * degrees, phi = torsion * degrees;
  return c + length * ((-std::cos(theta)) * bc + (std::sin(theta) * std::cos(phi)) * m +
                       (std::sin(theta) * std::sin(phi)) * n);
}

}  // namespace

molecular::System makePeptide(const std::vector<std::array<double, 2>>& torsions) {
  std::vector<HandAtom> atoms;
  std::vector<std::array<int, 2>> bonds;
  Vec3 n{0, 0, 0}, ca{0.1458, 0, 0}, c = place({0, 0.1, 0}, n, ca, 0.1525, 111.0, torsions[0][0]);
  for (std::size_t i = 0; i < torsions.size(); ++i) {
    const int first = static_cast<int>(atoms.size());
    const double psi = torsions[i][1];
    const int number = static_cast<int>(i) + 1;
    const Vec3 nextN = place(n, ca, c, 0.1329, 116.2, psi), nextCa = place(ca, c, nextN, 0.1458, 121.7, 180);
    const Vec3 o = place(nextCa, nextN, c, 0.1231, 123.0, 0);
    const Vec3 cb = place(c, n, ca, 0.1521, 110.4, -122.5);
    // The hydrogen lies in the peptide's plane, opposite to the carbonyl before.
    const Vec3 before = i == 0 ? n + Vec3{-0.05, -0.1, 0} : atoms[atoms.size() - 2].position;
    const Vec3 out = core::normalised(core::normalised(n - ca) + core::normalised(n - before));
    atoms.push_back({"N", 7, "ALA", number, "A", n});
    atoms.push_back({"H", 1, "ALA", number, "A", n + 0.101 * out});
    atoms.push_back({"CA", 6, "ALA", number, "A", ca});
    atoms.push_back({"CB", 6, "ALA", number, "A", cb});
    atoms.push_back({"C", 6, "ALA", number, "A", c});
    atoms.push_back({"O", 8, "ALA", number, "A", o});
    for (const auto& [x, y] : {std::array{0, 1}, {0, 2}, {2, 3}, {2, 4}, {4, 5}})
      bonds.push_back({first + x, first + y});
    if (i > 0) bonds.push_back({first - 2, first});
    if (i + 1 < torsions.size()) {
      const Vec3 nextC = place(c, nextN, nextCa, 0.1525, 111.0, torsions[i + 1][0]);
      n = nextN, ca = nextCa, c = nextC;
    }
  }
  return makeSystem(atoms, bonds, {});
}

double Chance::next() {
  state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
  return double(state_ >> 11) / 9007199254740992.0;
}

double Chance::gauss() {
  // Box and Muller; one of the two is enough here.
  const double u = 1 - next(), v = next();
  return std::sqrt(-2 * std::log(u)) * std::cos(2 * core::kPi * v);
}

}  // namespace aula::tests
