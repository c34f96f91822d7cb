// SPDX-License-Identifier: Apache-2.0
#include "molecular/analysis/distribution.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/error.h"
#include "core/units/constants.h"
#include "molecular/analysis/statistics.h"
#include "molecular/model/constants.h"
#include "unit/molecular_analysis/systems.h"

namespace aula::tests {
namespace {

using namespace molecular;

System scattered(int count, double edge, std::uint64_t seed) {
  Chance chance(seed);
  std::vector<HandAtom> atoms;
  for (int i = 0; i < count; ++i)
    atoms.push_back(
        {"Ar", 18, "AR", i + 1, "", {edge * chance.next(), edge * chance.next(), edge * chance.next()}});
  return makeSystem(atoms, {}, rectangularBox(edge, edge, edge));
}

std::vector<int> allOf(const System& system) {
  std::vector<int> atoms;
  for (int n = 0; n < system.topology.atomCount(); ++n) atoms.push_back(n);
  return atoms;
}

TEST(RadialDistribution, OfPointsByChanceIsOne) {
  RadialDistribution g(1.0, 10, true);
  double pairs = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const System system = scattered(300, 3, seed);
    g.add(system.topology, system.state, allOf(system), allOf(system));
    pairs += 300.0 * 299 / 27;
  }
  // Pairs in a shell are counted twice and otherwise independent: their number's standard deviation is
  // sqrt(2 n); five of them.
  for (std::size_t i = 2; i < 10; ++i) {
    const double r0 = 0.1 * double(i), r1 = r0 + 0.1;
    const double expected = pairs * 4 * core::kPi / 3 * (r1 * r1 * r1 - r0 * r0 * r0);
    EXPECT_NEAR(g.distribution()[i], 1, 5 * std::sqrt(2 / expected)) << i;
  }
}

TEST(RadialDistribution, OfASimpleCubicLatticeCountsItsShells) {
  std::vector<HandAtom> atoms;
  for (int i = 0; i < 6; ++i)
    for (int j = 0; j < 6; ++j)
      for (int k = 0; k < 6; ++k)
        atoms.push_back({"Ar", 18, "AR", 1 + i + 6 * j + 36 * k, "", {0.4 * i, 0.4 * j, 0.4 * k}});
  const System system = makeSystem(atoms, {}, rectangularBox(2.4, 2.4, 2.4));
  RadialDistribution g(1.0, 100, true);
  g.add(system.topology, system.state, allOf(system), allOf(system));
  // 6 at 0.4 nm, 12 at 0.566, 8 at 0.693, 6 at 0.8, 24 at 0.894.
  const auto n = g.coordination();
  EXPECT_DOUBLE_EQ(n[38], 0);
  EXPECT_DOUBLE_EQ(n[45], 6);
  EXPECT_DOUBLE_EQ(n[60], 18);
  EXPECT_DOUBLE_EQ(n[75], 26);
  EXPECT_DOUBLE_EQ(n[85], 32);
  EXPECT_DOUBLE_EQ(n[95], 56);
}

TEST(RadialDistribution, LeavesOutPairsWithinAMolecule) {
  const System system = makeSystem({{"O", 8, "SOL", 1, "", {1, 1, 1}},
                                    {"H", 1, "SOL", 1, "", {1.1, 1, 1}},
                                    {"O", 8, "SOL", 2, "", {1.5, 1, 1}},
                                    {"H", 1, "SOL", 2, "", {1.6, 1, 1}}},
                                   {{0, 1}, {2, 3}}, rectangularBox(3, 3, 3));
  RadialDistribution between(1.0, 20, true), all(1.0, 20, false);
  between.add(system.topology, system.state, {0, 2}, {1, 3});
  all.add(system.topology, system.state, {0, 2}, {1, 3});
  EXPECT_DOUBLE_EQ(between.coordination().back(), 1);
  EXPECT_DOUBLE_EQ(all.coordination().back(), 2);
}

TEST(RadialDistribution, RefusesARangeOverHalfTheBox) {
  const System system = scattered(10, 1.8, 1);
  RadialDistribution g(1.0, 10, true);
  try {
    g.add(system.topology, system.state, allOf(system), allOf(system));
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_STREQ(error.what(),
                 "a distance of 1 nm is more than half the box's width; at most 0.9 nm can be looked at");
  }
}

TEST(SpeedDistribution, OfGaussianVelocitiesIsMaxwellAndBoltzmanns) {
  Chance chance(3);
  constexpr double kMass = 39.948, kTemperature = 250;
  const double sigma = std::sqrt(kBoltzmann * kTemperature / kMass);
  std::vector<Vec3> velocities;
  for (int i = 0; i < 40000; ++i)
    velocities.push_back({sigma * chance.gauss(), sigma * chance.gauss(), sigma * chance.gauss()});
  const std::vector<double> masses(velocities.size(), kMass);
  std::vector<int> atoms;
  for (int i = 0; i < 40000; ++i) atoms.push_back(i);
  SpeedDistribution speeds(1.2, 60);
  speeds.add(velocities, masses, atoms);
  // Relative deviation of the temperature: sqrt(2 / (3 N)); of the mean speed: sqrt(3 pi / 8 - 1) / sqrt(N).
  // Five each.
  EXPECT_NEAR(speeds.temperature(), kTemperature, 5 * kTemperature * std::sqrt(2 / (3 * 40000.0)));
  const double mean = std::sqrt(8 * kBoltzmann * kTemperature / (core::kPi * kMass));
  EXPECT_NEAR(speeds.meanSpeed(), mean, 5 * mean * std::sqrt(3 * core::kPi / 8 - 1) / 200);
  // Kolmogorov: more than 1.95 / sqrt(N) once in a thousand.
  EXPECT_LT(speeds.distance(masses), 1.95 / 200);
}

TEST(SpeedDistribution, OfOneSpeedIsFarFromMaxwellAndBoltzmanns) {
  SpeedDistribution speeds(1, 50);
  const std::vector<double> masses(100, 39.948);
  std::vector<int> atoms;
  for (int i = 0; i < 100; ++i) atoms.push_back(i);
  speeds.add(std::vector<Vec3>(100, Vec3{0.4, 0, 0}), masses, atoms);
  // Half of a Maxwellian's atoms are slower than 0.888 of the root mean square speed: all of these are
  // faster.
  EXPECT_GT(speeds.distance(masses), 0.5);
}

TEST(Maxwell, SharesAreTheDensitysIntegral) {
  const std::vector<double> masses{4.0026, 39.948};
  double sum = 0;
  constexpr double kStep = 1e-4;
  for (int i = 0; i < 10000; ++i) sum += kStep * maxwellDensity((i + 0.5) * kStep, masses, 300);
  // The midpoint rule's error is of the order of the step squared.
  EXPECT_NEAR(sum, maxwellShare(1.0, masses, 300), 1e-7);
  EXPECT_NEAR(maxwellShare(100, masses, 300), 1, 1e-12);
}

TEST(BlockEstimate, SeesThatNeighboursResembleEachOther) {
  // x(n+1) = a x(n) + noise: the mean's error is sqrt((1 + a) / (1 - a) / N) deviations for large N.
  Chance chance(11);
  std::vector<double> values;
  double x = 0;
  constexpr double kA = 0.9;
  for (int i = 0; i < 65536; ++i) values.push_back(x = kA * x + std::sqrt(1 - kA * kA) * chance.gauss());
  const double expected = std::sqrt((1 + kA) / (1 - kA) / 65536);
  const auto estimate = blockEstimate(values);
  // The largest of the blocked errors, each known to a quarter or better, is taken: at most half too large,
  // and a quarter too small.
  EXPECT_GT(estimate.error, 0.75 * expected);
  EXPECT_LT(estimate.error, 1.6 * expected);
  EXPECT_NEAR(estimate.mean, 0, 5 * expected);
}

}  // namespace
}  // namespace aula::tests
