// SPDX-License-Identifier: Apache-2.0
#include "unit/molecular_dynamics/rigs.h"

#include <algorithm>
#include <cmath>

namespace aula::test {

using namespace molecular;

namespace {

double angleAt(const std::vector<Vec3>& x, int i, int j, int k) {
  const auto at = [&](int n) { return x[static_cast<std::size_t>(n)]; };
  const Vec3 a = core::normalised(at(i) - at(j)), b = core::normalised(at(k) - at(j));
  return std::acos(std::clamp(dot(a, b), -1.0, 1.0));
}

/// Heavy atoms zigzag, each third atom is a hydrogen on the one before.
struct Chain {
  Topology topology;
  std::vector<Vec3> positions;
};

Chain makeChain(int atoms) {
  Chain chain{bareTopology(atoms), {}};
  Topology& t = chain.topology;
  joinMolecule(t);
  t.residues = {{"CHN", 1, ' ', "A", 0, atoms}};
  t.residueOf.assign(static_cast<std::size_t>(atoms), 0);
  t.typeCount = 2;
  t.typeNames = {"C", "H"};
  t.pairs = {lennardJonesOf(0.3, 0.4), lennardJonesOf(0.25, 0.2), lennardJonesOf(0.25, 0.2),
             lennardJonesOf(0.2, 0.1)};
  std::vector<int> heavy;
  for (int n = 0; n < atoms; ++n) {
    const bool isHydrogen = n % 3 == 2;
    const auto at = static_cast<std::size_t>(n);
    t.charges[at] = n % 3 == 0 ? -0.3 : n % 3 == 1 ? 0.2 : 0.1;
    if (isHydrogen) {
      t.elements[at] = 1;
      t.masses[at] = 1.008;
      t.types[at] = 1;
      t.names[at] = "H" + std::to_string(n);
      chain.positions.push_back(chain.positions[static_cast<std::size_t>(heavy.back())] +
                                Vec3{0.02, heavy.size() % 2 == 0 ? 0.09 : -0.09, 0.06});
      t.bonds.push_back({heavy.back(), n, 0.11, 3e5});
    } else {
      // Zigzag with a twist, so that no dihedral is flat.
      const auto k = static_cast<double>(heavy.size());
      chain.positions.push_back({0.125 * k, heavy.size() % 2 == 0 ? 0.04 : -0.04, 0.04 * std::sin(1.3 * k)});
      if (!heavy.empty()) t.bonds.push_back({heavy.back(), n, 0.15, 2.5e5});
      heavy.push_back(n);
    }
  }
  for (int n = 0; n < atoms; ++n)
    chain.positions[static_cast<std::size_t>(n)] =
        chain.positions[static_cast<std::size_t>(n)] + 0.004 * noiseVector(11, n);
  const auto add = [&](int k, std::size_t from) { return heavy[from + static_cast<std::size_t>(k)]; };
  for (std::size_t h = 0; h + 2 < heavy.size(); ++h)
    t.angles.push_back({add(0, h), add(1, h), add(2, h),
                        angleAt(chain.positions, add(0, h), add(1, h), add(2, h)) + 0.05, 450});
  for (const Bond& bond : std::vector<Bond>(t.bonds))
    if (bond.j % 3 == 2 && bond.i > 0) {
      const int before = bond.i % 3 == 0 ? bond.i - 2 : bond.i - 1;
      if (before >= 0)
        t.angles.push_back(
            {before, bond.i, bond.j, angleAt(chain.positions, before, bond.i, bond.j) - 0.04, 300});
    }
  for (std::size_t h = 0; h + 3 < heavy.size(); ++h) {
    const int i = add(0, h), j = add(1, h), k = add(2, h), l = add(3, h);
    switch (h % 4) {
      case 0:  // Two of the same atoms, which are computed together.
        t.properDihedrals.push_back({i, j, k, l, 0.4, 5, 3});
        t.properDihedrals.push_back({i, j, k, l, 3.14159265358979, 3, 2});
        break;
      case 1:
        t.ryckaertBellemans.push_back({i, j, k, l, {9.28, 12.16, -13.12, -3.06, 26.24, -31.5}});
        break;
      case 2:
        t.properDihedrals.push_back({i, j, k, l, 0, 2, 6});
        t.improperDihedrals.push_back({i, k, j, l, 3.14159265358979, 4.6, 2});
        break;
      default:
        t.harmonicImpropers.push_back({i, j, k, l, 2.9, 40});
    }
    t.pairs14.push_back({i, l, lennardJonesOf(0.28, 0.2).c6, lennardJonesOf(0.28, 0.2).c12, 0.05});
  }
  for (const Bond& bond : t.bonds) exclude(t, bond.i, bond.j);
  for (const Angle& angle : t.angles) exclude(t, angle.i, angle.k);
  for (const Pair14& pair : t.pairs14) exclude(t, pair.i, pair.j);
  return chain;
}

}  // namespace

System chains(int atoms, int copies, const Box& box) {
  const Chain chain = makeChain(atoms);
  System system{"chains", {}, {}};
  append(system.topology, chain.topology, copies);
  system.state.box = box;
  for (int copy = 0; copy < copies; ++copy)
    for (const Vec3 position : chain.positions)
      system.state.positions.push_back(
          position + Vec3{0.3 + 0.11 * (copy % 3), 0.3 + 0.4 * (copy % 5), 0.3 + 0.45 * (copy / 5)});
  return system;
}

Topology withoutNonbonded(Topology topology) {
  std::fill(topology.charges.begin(), topology.charges.end(), 0.0);
  std::fill(topology.pairs.begin(), topology.pairs.end(), LennardJones{});
  return topology;
}

System someWaters(int waters, std::uint64_t seed) {
  int perSide = 1;
  while (perSide * perSide * perSide < waters) ++perSide;
  System all = waterBox(perSide, seed);
  System system{"waters", test::waters(waters), {}};
  system.state = all.state;
  system.state.positions.resize(static_cast<std::size_t>(3 * waters));
  return system;
}

System relaxed(const System& system) {
  Settings settings = smoothSettings(0.5);
  settings.dynamics.integrator = Integrator::leapFrog;
  const auto engine = makeRig(system, settings, {1, nullptr});
  static_cast<void>(engine->minimise(100, 300));
  System at = system;
  at.state = engine->state();
  at.state.velocities.clear();
  return at;
}

System mixture() {
  System system = someWaters(29, 5);
  const System chain = chains(13, 1, system.state.box);
  // The same Lennard-Jones table in both.
  Topology waters = system.topology;
  waters.typeCount = 4;
  waters.typeNames = {"OW", "HW", "C", "H"};
  waters.pairs.assign(16, LennardJones{});
  waters.pairs[0] = system.topology.pairs[0];
  for (std::size_t row = 0; row < 2; ++row)
    for (std::size_t column = 0; column < 2; ++column)
      waters.pairs[4 * (2 + row) + 2 + column] = chain.topology.pairs[2 * row + column];
  // Everything of a chain keeps its distance from everything of water.
  for (const std::size_t water : {0UL, 1UL})
    for (const std::size_t other : {2UL, 3UL})
      waters.pairs[4 * water + other] = waters.pairs[4 * other + water] =
          lennardJonesOf(water == 0 ? 0.31 : 0.2, 0.3);
  Topology molecule = chain.topology;
  molecule.typeCount = 4;
  molecule.typeNames = waters.typeNames;
  molecule.pairs = waters.pairs;
  for (int& type : molecule.types) type += 2;
  append(waters, molecule);
  // Chains stand outside the waters' half of the box.
  for (const Vec3 position : chain.state.positions)
    system.state.positions.push_back(position + Vec3{0, 0, 0.9 * system.state.box.c.z - 0.3});
  system.topology = waters;
  return relaxed(system);
}

std::unique_ptr<cpu::CpuEngine> makeRig(const System& system, const Settings& settings, const Tuning& tuning,
                                        bool hasNonbonded) {
  return std::make_unique<cpu::CpuEngine>(
      system, settings, tuning,
      hasNonbonded ? cpu::makeNonbonded(system.topology, settings, system.state.box, tuning) : nullptr);
}

Settings smoothSettings(double cutoff) {
  Settings settings = plainSettings();
  settings.nonbonded.cutoff = cutoff;
  settings.nonbonded.electrostatics = Electrostatics::reactionField;
  settings.nonbonded.reactionFieldPermittivity = 0;
  settings.nonbonded.vdwModifier = VdwModifier::potentialSwitch;
  settings.nonbonded.switchStart = 0.8 * cutoff;
  return settings;
}

}  // namespace aula::test
