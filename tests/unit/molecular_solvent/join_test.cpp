// SPDX-License-Identifier: Apache-2.0
#include "molecular/prepare/join.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/error.h"
#include "molecular/prepare/solvate.h"

using namespace aula;
using namespace aula::molecular;

namespace {

TEST(Join, CombinesTypesOfBothParts) {
  const Topology water = molecular::water(WaterModel::tip3p).topology;
  const Topology sodium = topologyOf(molecular::sodium(WaterModel::tip3p));
  const Topology whole = joined(water, sodium, 2);
  EXPECT_THAT(whole.typeNames, testing::ElementsAre("OW", "HW", "Na"));
  EXPECT_EQ(whole.atomCount(), 5);
  EXPECT_THAT(whole.types, testing::ElementsAre(0, 1, 1, 2, 2));
  // Lorentz and Berthelot by hand.
  const double sigma = (0.315061 + 0.243928) / 2, epsilon = std::sqrt(0.636386 * 0.0874393 * 4.184);
  // The ion's sigma above has six digits: its sixth power is good to 6 x 2e-6, its twelfth to twice that.
  EXPECT_NEAR(whole.pair(0, 2).c6, 4 * epsilon * std::pow(sigma, 6), 2e-5 * whole.pair(0, 2).c6);
  EXPECT_NEAR(whole.pair(2, 0).c12, 4 * epsilon * std::pow(sigma, 12), 4e-5 * whole.pair(2, 0).c12);
  EXPECT_EQ(whole.pair(1, 2), LennardJones());
  EXPECT_EQ(whole.pair(0, 0), water.pair(0, 0));
  const Topology geometric = joined(water, sodium, 1, CombinationRule::geometric);
  EXPECT_NEAR(geometric.pair(0, 2).c6, std::sqrt(water.pair(0, 0).c6 * sodium.pair(0, 0).c6), 1e-15);
}

TEST(Join, KeepsTypesThatAreThereAndTellsApartThoseThatOnlyShareAName) {
  const Topology water = molecular::water(WaterModel::tip3p).topology;
  EXPECT_EQ(joined(water, water, 3).typeCount, 2);
  const Topology twice = joined(topologyOf(molecular::sodium(WaterModel::tip3p)),
                                topologyOf(molecular::sodium(WaterModel::spce)));
  EXPECT_EQ(twice.typeCount, 2);
  EXPECT_NE(twice.pair(0, 0), twice.pair(1, 1));
  Topology wall = topologyOf(molecular::sodium(WaterModel::tip3p));
  wall.pairs[0].c6 = 0;
  EXPECT_THROW((void)joined(water, wall), core::Error);
}

TEST(Join, PicksMolecules) {
  System system = waterBox(molecular::water(WaterModel::spce), rectangularBox(1, 1, 1));
  system.topology = joined(system.topology, topologyOf(molecular::chloride(WaterModel::spce)));
  system.state.positions.push_back({0.5, 0.5, 0.5});
  const int count = static_cast<int>(system.topology.molecules.size());
  const System some = withMolecules(system, {0, 5, count - 1});
  EXPECT_EQ(some.topology.atomCount(), 7);
  EXPECT_THAT(some.topology.names, testing::ElementsAre("OW", "HW1", "HW2", "OW", "HW1", "HW2", "CL"));
  ASSERT_EQ(some.topology.settles.size(), 2U);
  EXPECT_EQ(some.topology.settles[1].hydrogen2, 5);
  EXPECT_EQ(some.topology.residues[1].number, 6);
  EXPECT_EQ(some.state.positions[3], system.state.positions[15]);
  EXPECT_EQ(some.state.positions[6], (Vec3{0.5, 0.5, 0.5}));
  EXPECT_EQ(some.topology.exclusions.size(), 12U);
}

}  // namespace
