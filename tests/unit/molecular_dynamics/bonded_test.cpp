// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "support/tolerance.h"
#include "unit/molecular_dynamics/rigs.h"

namespace aula::test {
namespace {

using namespace molecular;

std::vector<const char*> instructionSets() {
  std::vector<const char*> sets{"baseline"};
  if (__builtin_cpu_supports("avx2")) sets.push_back("avx2");
  if (__builtin_cpu_supports("avx512f")) sets.push_back("avx512");
  return sets;
}

double rootMeanSquare(const std::vector<Vec3>& values) {
  double sum = 0;
  for (const Vec3 value : values) sum += dot(value, value);
  return std::sqrt(sum / static_cast<double>(values.size()));
}

struct Case {
  int atoms, copies;
  Box box;
};

class Bonded : public ::testing::TestWithParam<std::tuple<const char*, int>> {};

/// Positions in single precision relative to an atom nearby are good to 2^-25 of a nanometre or so, bonds
/// have stiffnesses up to 3e5 kJ/mol/nm^2: forces are off by up to 0.02 kJ/mol/nm a bond, of a root mean
/// square of hundreds. Energies are sums of squares of such stretches: relative errors of 2 * 3e-8 / 4e-3
/// each, of either sign.
TEST_P(Bonded, EveryTermAsTheReferenceHasIt) {
  const auto& [instructionSet, which] = GetParam();
  const Case cases[] = {{1, 1, {}},
                        {5, 1, rectangularBox(3, 3, 3)},
                        {19, 1, {}},
                        {37, 7, reducedBox({4, 0, 0}, {1.2, 3.8, 0}, {-1, 0.9, 4.1})},
                        {61, 23, rectangularBox(6.5, 4.1, 5.2)}};
  const Case& one = cases[which];
  System system = chains(one.atoms, one.copies, one.box);
  system.topology = withoutNonbonded(system.topology);
  Settings settings = plainSettings();
  settings.nonbonded.electrostatics = Electrostatics::plain;
  settings.nonbonded.cutoff = 0.1;
  if (one.box.isPeriodic()) settings.nonbonded.electrostatics = Electrostatics::reactionField;
  settings.nonbonded.hasDispersionCorrection = false;
  const RigidPlan plan = planRigid(system.topology, settings.dynamics);
  const reference::ForceField field(system.topology, plan, settings.nonbonded, one.box);
  const reference::Sums expected = field.evaluate(system.state.positions, one.box);
  for (const int threads : {1, 3}) {
    const auto engine = makeRig(system, settings, {threads, instructionSet}, false);
    const Energies found = engine->energies();
    for (int term = 0; term < kTermCount; ++term)
      EXPECT_TRUE(isNear(found.terms[static_cast<std::size_t>(term)],
                         expected.energies.terms[static_cast<std::size_t>(term)], {1e-5, 1e-5}))
          << termName(static_cast<Term>(term));
    const std::vector<Vec3> forces = engine->forces();
    std::vector<Vec3> errors;
    for (std::size_t n = 0; n < forces.size(); ++n) errors.push_back(forces[n] - expected.forces[n]);
    EXPECT_LE(rootMeanSquare(errors), 1e-4 * rootMeanSquare(expected.forces) + 1e-12);
    // The virial has the errors of forces times distances of a bond, 0.15 nm, each of either sign.
    const double scale = 0.15 * 0.02 * std::sqrt(static_cast<double>(forces.size())) + 1e-9;
    for (int row = 0; row < 3; ++row)
      for (int column = 0; column < 3; ++column)
        EXPECT_NEAR(found.virial[static_cast<std::size_t>(row)][column],
                    expected.energies.virial[static_cast<std::size_t>(row)][column],
                    scale + 1e-5 * std::abs(expected.energies.virial[static_cast<std::size_t>(row)][column]));
  }
}
INSTANTIATE_TEST_SUITE_P(, Bonded,
                         ::testing::Combine(::testing::ValuesIn(instructionSets()), ::testing::Range(0, 5)),
                         [](const auto& tested) {
                           return std::string(std::get<0>(tested.param)) + "_" +
                                  std::to_string(std::get<1>(tested.param));
                         });

/// Atoms on each other, in a line, all in a plane: forces may be anything, but numbers.
TEST(BondedAtWorst, GivesNumbers) {
  for (const char* instructionSet : instructionSets())
    for (const Vec3 squeeze : {Vec3{0, 0, 0}, Vec3{1, 0, 0}, Vec3{1, 1, 0}}) {
      System system = chains(37, 2, {});
      system.topology = withoutNonbonded(system.topology);
      for (Vec3& p : system.state.positions) p = {p.x * squeeze.x, p.y * squeeze.y, p.z * squeeze.z};
      Settings settings = plainSettings();
      const auto engine = makeRig(system, settings, {1, instructionSet}, false);
      EXPECT_TRUE(std::isfinite(engine->energies().potential()));
      for (const Vec3 force : engine->forces())
        EXPECT_TRUE(std::isfinite(force.x) && std::isfinite(force.y) && std::isfinite(force.z));
    }
}

}  // namespace
}  // namespace aula::test
