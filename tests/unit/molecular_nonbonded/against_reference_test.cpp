// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "molecular/input/gromacs.h"
#include "physics/molecular/systems.h"
#include "support/shared_data.h"
#include "unit/molecular_nonbonded/compare.h"

/// Pairs, mesh and corrections against the reference: over cells, forms of Coulomb and Lennard-Jones, rules
/// of combination, and numbers of atoms that fill clusters and columns up or not.
namespace aula::test {
namespace {

using namespace molecular;

Settings settingsFor(Electrostatics electrostatics, VdwModifier modifier) {
  Settings settings = plainSettings();
  settings.nonbonded.cutoff = 0.8;
  settings.nonbonded.switchStart = 0.65;
  settings.nonbonded.electrostatics = electrostatics;
  settings.nonbonded.vdwModifier = modifier;
  return settings;
}

struct Cell {
  const char* name;
  Box box;
};
const std::vector<Cell>& cells() {
  static const std::vector<Cell> list{
      {"cubic", rectangularBox(2.1, 2.1, 2.1)},
      {"oblong", rectangularBox(1.7, 2.4, 3.1)},
      {"skewed", reducedBox({2.3, 0, 0}, {0.9, 2.2, 0}, {-0.8, 0.7, 2.1})},
      {"dodecahedron", reducedBox({2.4, 0, 0}, {0, 2.4, 0}, {1.2, 1.2, 2.4 / std::sqrt(2.0)})},
  };
  return list;
}

class Pairs : public ::testing::TestWithParam<std::tuple<Electrostatics, VdwModifier, int>> {};

TEST_P(Pairs, AgreeInEveryCell) {
  const auto [electrostatics, modifier, perSide] = GetParam();
  for (const Cell& cell : cells()) {
    SCOPED_TRACE(cell.name);
    Topology topology = chargedMixture(perSide * perSide * perSide);
    for (int n = 0; n + 2 < topology.atomCount(); n += 3)
      exclude(topology, n, n + 1), exclude(topology, n, n + 2);
    Settings settings = settingsFor(electrostatics, modifier);
    expectAgreement(topology, settings, cell.box, jitteredLattice(cell.box, perSide, 0.3, 7));
  }
}

INSTANTIATE_TEST_SUITE_P(Nonbonded, Pairs,
                         ::testing::Combine(::testing::Values(Electrostatics::particleMeshEwald,
                                                              Electrostatics::reactionField),
                                            ::testing::Values(VdwModifier::potentialShift, VdwModifier::plain,
                                                              VdwModifier::potentialSwitch),
                                            ::testing::Values(3, 7)));

/// Many columns along every slanted edge, so that a neighbour sought in the wrong one is missed.
TEST(Nonbonded, LargeSlantedCell) {
  const Box box = reducedBox({6, 0, 0}, {2.9, 5.8, 0}, {-2.8, 2.7, 5.7});
  expectAgreement(chargedMixture(4913),
                  settingsFor(Electrostatics::particleMeshEwald, VdwModifier::potentialShift), box,
                  jitteredLattice(box, 17, 0.3, 7));
}

TEST(Nonbonded, SplinesOfOrderFive) {
  const Topology topology = chargedMixture(343);
  for (const Cell& cell : cells()) {
    SCOPED_TRACE(cell.name);
    Settings settings = settingsFor(Electrostatics::particleMeshEwald, VdwModifier::potentialShift);
    settings.nonbonded.meshOrder = 5;
    expectAgreement(topology, settings, cell.box, jitteredLattice(cell.box, 7, 0.3, 3));
  }
}

TEST(Nonbonded, ChargedCellHasItsBackground) {
  Topology topology = chargedMixture(343);
  for (double& charge : topology.charges) charge += 0.05;
  const Box box = rectangularBox(2.2, 2.2, 2.2);
  expectAgreement(topology, settingsFor(Electrostatics::particleMeshEwald, VdwModifier::potentialShift), box,
                  jitteredLattice(box, 7, 0.3, 3));
}

/// Tables that obey a rule, and one that obeys none.
TEST(Nonbonded, RulesOfCombination) {
  const Box box = rectangularBox(2.2, 2.2, 2.2);
  const Settings settings = settingsFor(Electrostatics::particleMeshEwald, VdwModifier::potentialShift);
  const double sigma[] = {0.28, 0.22, 0.0}, epsilon[] = {0.4, 0.9, 0.0};
  for (const char* rule : {"geometric", "Lorentz-Berthelot", "none"}) {
    SCOPED_TRACE(rule);
    Topology topology = chargedMixture(343);
    topology.typeCount = 3;
    topology.typeNames = {"A", "B", "H"};
    topology.pairs.clear();
    for (int a = 0; a < 3; ++a)
      for (int b = 0; b < 3; ++b) {
        const double e = std::sqrt(epsilon[a] * epsilon[b]);
        const bool isMean = std::string(rule) != "geometric";
        double s = isMean ? 0.5 * (sigma[a] + sigma[b]) : std::sqrt(sigma[a] * sigma[b]);
        if (std::string(rule) == "none" && a != b) s *= 1.07;
        topology.pairs.push_back(lennardJonesOf(s, e));
      }
    for (std::size_t n = 0; n < topology.types.size(); ++n) topology.types[n] = static_cast<int>(n % 3);
    expectAgreement(topology, settings, box, jitteredLattice(box, 7, 0.3, 5));
  }
}

TEST(Nonbonded, VacuumWithAndWithoutACutoff) {
  // Atoms of a lattice without its cell; some far outside.
  const Box lattice = rectangularBox(2.2, 2.2, 2.2);
  std::vector<Vec3> positions = jitteredLattice(lattice, 7, 0.3, 5);
  positions.back() = {5.5, -3.0, 1.0};
  Topology topology = chargedMixture(343);
  exclude(topology, 0, 1);
  for (const Electrostatics electrostatics : {Electrostatics::plain, Electrostatics::reactionField}) {
    Settings settings = settingsFor(electrostatics, VdwModifier::potentialShift);
    settings.nonbonded.hasDispersionCorrection = false;
    expectAgreement(topology, settings, Box{}, positions);
  }
}

TEST(Nonbonded, AtomsMayLieInOtherCells) {
  const Topology topology = chargedMixture(343);
  for (const Cell& cell : cells()) {
    SCOPED_TRACE(cell.name);
    std::vector<Vec3> positions = jitteredLattice(cell.box, 7, 0.3, 3);
    for (std::size_t n = 0; n < positions.size(); n += 5)
      positions[n] =
          positions[n] + static_cast<double>(n % 3) * cell.box.a - 2.0 * cell.box.b + 1.0 * cell.box.c;
    // Three more cells away single precision holds positions to 5e-7 nm: no finer than 1e-5 of a force at
    // r^-13.
    expectAgreement(topology, settingsFor(Electrostatics::particleMeshEwald, VdwModifier::potentialShift),
                    cell.box, positions);
  }
}

/// Excluded pairs further apart than the cut-off keep their -erf(beta r)/r.
TEST(Nonbonded, ExcludedPairsBeyondTheCutoff) {
  const Box box = rectangularBox(2.2, 2.2, 2.2);
  Topology topology = chargedMixture(343);
  for (int n = 0; n + 150 < 343; n += 10) exclude(topology, n, n + 150);
  expectAgreement(topology, settingsFor(Electrostatics::particleMeshEwald, VdwModifier::potentialShift), box,
                  jitteredLattice(box, 7, 0.3, 9));
}

TEST(Nonbonded, GeneralisedBorn) {
  const Box lattice = rectangularBox(1.5, 1.5, 1.5);
  Topology topology = chargedMixture(216);
  for (int n = 0; n < 216; ++n)
    topology.bornRadii.push_back(0.12 + 0.05 * noise(1, n)),
        topology.bornScales.push_back(0.7 + 0.2 * noise(2, n));
  Settings settings = settingsFor(Electrostatics::plain, VdwModifier::plain);
  settings.nonbonded.hasDispersionCorrection = false;
  settings.nonbonded.hasGeneralisedBorn = true;
  expectAgreement(topology, settings, Box{}, jitteredLattice(lattice, 6, 0.3, 4));
}

class SharedSystems : public ::testing::TestWithParam<const char*> {};
TEST_P(SharedSystems, Agree) {
  AULA_NEED_SHARED_DATA(folder, std::string("md/") + GetParam());
  System system = readGromacs(folder / "topol.top", folder / "conf.gro");
  system.topology = nonbondedAlone(system.topology);
  const Settings settings;
  expectAgreement(system.topology, settings, system.state.box, system.state.positions);
}
INSTANTIATE_TEST_SUITE_P(Nonbonded, SharedSystems, ::testing::Values("water3k", "dhfr"));

}  // namespace
}  // namespace aula::test
