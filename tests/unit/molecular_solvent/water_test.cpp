// SPDX-License-Identifier: Apache-2.0
#include "molecular/prepare/water.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "core/error.h"

using namespace aula;
using namespace aula::molecular;

namespace {

Vec3 at(const System& system, std::size_t n) {
  return system.state.positions[n];
}

/// The shortest distance between atoms of different molecules, of the kinds that `isWanted` takes (0 oxygen,
/// 1 hydrogen).
template <class Wanted>
double nearest(const System& system, const Wanted& isWanted) {
  double least = 1e300;
  const std::size_t count = system.state.positions.size();
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t j = i + 1; j < count; ++j)
      if (i / 3 != j / 3 && isWanted(i % 3 == 0 ? 0 : 1, j % 3 == 0 ? 0 : 1))
        least = std::min(least, length(system.state.box.nearest(at(system, j) - at(system, i))));
  return least;
}

void expectShape(const System& system, const Water& water) {
  const Settle& settle = water.topology.settles[0];
  for (std::size_t n = 0; n < system.state.positions.size(); n += 3) {
    ASSERT_NEAR(length(at(system, n + 1) - at(system, n)), settle.distanceOH, 1e-12);
    ASSERT_NEAR(length(at(system, n + 2) - at(system, n)), settle.distanceOH, 1e-12);
    ASSERT_NEAR(length(at(system, n + 1) - at(system, n + 2)), settle.distanceHH, 1e-12);
  }
}

TEST(WaterBox, HasTheDensityToTheMoleculeInBoxesOfAnyShape) {
  const Box boxes[] = {
      rectangularBox(2, 2, 2), rectangularBox(1.9, 2.5, 3.3), rectangularBox(1, 1.2, 4),
      reducedBox({3, 0, 0}, {0, 3, 0}, {1.5, 1.5, 3 / std::sqrt(2.0)}),
      reducedBox({3, 0, 0}, {1, 2 * std::sqrt(2.0), 0}, {-1, std::sqrt(2.0), std::sqrt(6.0)})};
  for (const WaterModel model : {WaterModel::tip3p, WaterModel::spce}) {
    const Water water = molecular::water(model);
    for (const Box& box : boxes) {
      const System system = waterBox(water, box);
      EXPECT_EQ(system.topology.molecules.size(),
                std::size_t(std::lround(water.numberDensity * box.volume())));
      expectShape(system, water);
      EXPECT_NO_THROW(validate(system.topology));
      // Oxygens keep what the builder promises; nothing sits on anything.
      EXPECT_GT(nearest(system, [](int a, int b) { return a == 0 && b == 0; }), 0.234);
      EXPECT_GT(nearest(system, [](int, int) { return true; }), 0.02);
    }
  }
}

TEST(WaterBox, FillsTheSmallestBoxesWhereverTheTileIsCut) {
  const Water water = molecular::water(WaterModel::spce);
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const Box box = rectangularBox(0.8, 0.8 + 0.02 * double(seed), 0.85);
    EXPECT_EQ(waterBox(water, box, seed).topology.molecules.size(),
              std::size_t(std::lround(water.numberDensity * box.volume())));
  }
}

TEST(WaterBox, IsTheSameForTheSameSeedAlone) {
  const Water water = molecular::water(WaterModel::tip3p);
  const Box box = rectangularBox(2, 2, 2);
  EXPECT_EQ(waterBox(water, box, 5).state.positions, waterBox(water, box, 5).state.positions);
  EXPECT_NE(waterBox(water, box, 5).state.positions, waterBox(water, box, 6).state.positions);
}

TEST(WaterBox, BecomesLiquidByMinimising) {
  const System system = waterBox(molecular::water(WaterModel::tip3p), rectangularBox(2, 2, 2));
  Settings settings;
  settings.nonbonded.cutoff = 0.9;
  const auto engine = makeReferenceEngine(system, settings);
  const double molecules = double(system.topology.molecules.size());
  (void)engine->minimise(500, 40);
  // Liquid TIP3P at 298 K has -40 kJ/mol (Jorgensen 1983, table II: -41.2 with a cut-off of its own); what is
  // left of the cuts is mended within a few steps and the minimum lies below.
  EXPECT_LT(engine->energies().potential() / molecules, -38);
}

TEST(WaterBox, RefusesWhatCannotBeFilled) {
  const auto message = [](const Box& box) {
    try {
      (void)waterBox(molecular::water(WaterModel::tip3p), box);
    } catch (const core::Error& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  EXPECT_EQ(message({}), "a box of water needs a box");
  EXPECT_EQ(message(rectangularBox(0.5, 3, 3)),
            "a box of water has an edge of 0.500000 nm; at least 0.800000 nm are needed");
  EXPECT_EQ(
      message(rectangularBox(1000, 1000, 1000)),
      "a box of 1000000000.000000 nm^3 holds 32759401712.000000 molecules of water; at most 3e7 are placed");
}

TEST(Ice, FollowsTheIceRulesWithoutADipole) {
  const Water water = molecular::water(WaterModel::spce);
  const System ice = iceBox(water, {3, 2, 2});
  ASSERT_EQ(ice.topology.molecules.size(), 96U);
  expectShape(ice, water);
  Vec3 dipole;
  for (std::size_t n = 0; n < ice.state.positions.size(); n += 3) {
    int neighbours = 0, donated = 0, accepted = 0;
    for (std::size_t m = 0; m < ice.state.positions.size(); m += 3) {
      const Vec3 d = ice.state.box.nearest(at(ice, m) - at(ice, n));
      if (m == n || length(d) > 0.33) continue;
      ++neighbours;
      EXPECT_NEAR(length(d), 0.2763, 0.001);
      // A proton within 30 degrees of the line between the oxygens.
      for (std::size_t h = 1; h <= 2; ++h) {
        const auto points = [&](std::size_t from, Vec3 to) {
          const Vec3 oh = at(ice, from + h) - at(ice, from);
          return dot(oh, to) / (length(oh) * length(to)) > std::cos(0.52);
        };
        donated += points(n, d) ? 1 : 0;
        accepted += points(m, -d) ? 1 : 0;
      }
    }
    EXPECT_EQ(neighbours, 4);
    EXPECT_EQ(donated, 2);
    EXPECT_EQ(accepted, 2);
    dipole = dipole + (at(ice, n + 1) + at(ice, n + 2) - 2 * at(ice, n));
  }
  // One molecule has about 0.12 nm in these units; of 200 arrangements one has as little as rounding leaves
  // or the dipole of a few molecules.
  EXPECT_LT(length(dipole), 0.5);
  EXPECT_EQ(iceBox(water, {1, 1, 1}).topology.molecules.size(), 8U);
  EXPECT_EQ(iceBox(water, {3, 2, 2}).state.positions, ice.state.positions);
}

}  // namespace
