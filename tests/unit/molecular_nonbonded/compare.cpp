// SPDX-License-Identifier: Apache-2.0
#include "unit/molecular_nonbonded/compare.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "molecular/model/rigid.h"

namespace aula::test {

using namespace molecular;

std::vector<const char*> instructionSets() {
  std::vector<const char*> sets{"baseline"};
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) sets.push_back("avx2");
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw"))
    sets.push_back("avx512");
#endif
  return sets;
}

Topology nonbondedAlone(Topology topology) {
  topology.bonds.clear(), topology.angles.clear(), topology.properDihedrals.clear();
  topology.improperDihedrals.clear(), topology.harmonicImpropers.clear(), topology.ryckaertBellemans.clear();
  topology.pairs14.clear(), topology.positionRestraints.clear();
  return topology;
}

std::vector<cpu::Float3> inSingle(const std::vector<Vec3>& positions) {
  std::vector<cpu::Float3> single;
  for (const Vec3& r : positions)
    single.push_back({static_cast<float>(r.x), static_cast<float>(r.y), static_cast<float>(r.z)});
  return single;
}
std::vector<Vec3> inDouble(const std::vector<cpu::Float3>& values) {
  std::vector<Vec3> wide;
  for (const cpu::Float3& r : values) wide.push_back({r.x, r.y, r.z});
  return wide;
}

Evaluated evaluateOnCpu(const Topology& topology, const Settings& settings, const Box& box,
                        const std::vector<Vec3>& positions, const Tuning& tuning) {
  const auto nonbonded = cpu::makeNonbonded(topology, settings, box, tuning);
  std::vector<cpu::Float3> forces(positions.size(), {0, 0, 0});
  Evaluated evaluated;
  evaluated.energies = nonbonded->addForcesAndEnergies(0, box, inSingle(positions), forces);
  evaluated.forces = inDouble(forces);
  return evaluated;
}

reference::Sums evaluateReference(const Topology& topology, const Settings& settings, const Box& box,
                                  const std::vector<Vec3>& positions) {
  const RigidPlan plan = planRigid(topology, settings.dynamics);
  const reference::ForceField field(topology, plan, settings.nonbonded, box);
  return field.evaluate(inDouble(inSingle(positions)), box);
}

double relativeError(const std::vector<Vec3>& found, const std::vector<Vec3>& expected) {
  double error = 0, sum = 0;
  for (std::size_t n = 0; n < found.size(); ++n) {
    error += dot(found[n] - expected[n], found[n] - expected[n]);
    sum += dot(expected[n], expected[n]);
  }
  return std::sqrt(error / sum);
}

void expectAgreement(const Topology& topology, const Settings& settings, const Box& box,
                     const std::vector<Vec3>& positions) {
  const reference::Sums expected = evaluateReference(topology, settings, box, positions);
  // Single precision: 1e-7 a step of the sum over a hundred or more neighbours, r^-12 with 1e-6, fits of
  // Ewald's smooth part to 4e-6 of its value at 0, the mesh with 1e-6 of the largest charge. What is asked
  // for is ten times finer than the 1e-4 a user is promised.
  constexpr double kForce = 1e-5;
  // Energies cancel: relative to the sum of the terms' sizes and of what a pair of charges holds.
  double scale = 0;
  for (const Term term :
       {Term::lennardJones, Term::coulombReal, Term::coulombReciprocal, Term::generalisedBorn})
    scale += std::abs(expected.energies[term]);
  const double tolerance = 1e-5 * scale;
  for (const char* set : instructionSets()) {
    SCOPED_TRACE(set);
    Tuning tuning;
    tuning.instructionSet = set;
    const Evaluated found = evaluateOnCpu(topology, settings, box, positions, tuning);
    EXPECT_LT(relativeError(found.forces, expected.forces), kForce);
    EXPECT_NEAR(found.energies.lennardJones, expected.energies[Term::lennardJones], tolerance);
    EXPECT_NEAR(found.energies.coulombReal, expected.energies[Term::coulombReal], tolerance);
    EXPECT_NEAR(found.energies.coulombReciprocal, expected.energies[Term::coulombReciprocal], tolerance);
    EXPECT_NEAR(found.energies.dispersionCorrection, expected.energies[Term::dispersionCorrection],
                tolerance);
    EXPECT_NEAR(found.energies.generalisedBorn, expected.energies[Term::generalisedBorn], tolerance);
    // The virial's size is that of the pairs' own, which cancel in its sum as the energies do.
    double largest = scale;
    for (const Vec3& row : expected.energies.virial) largest = std::max(largest, core::length(row));
    for (int row = 0; row < 3; ++row)
      for (int column = 0; column < 3; ++column)
        EXPECT_NEAR(found.energies.virial[static_cast<std::size_t>(row)][column],
                    expected.energies.virial[static_cast<std::size_t>(row)][column], 1e-5 * largest)
            << row << column;
  }
}

}  // namespace aula::test
