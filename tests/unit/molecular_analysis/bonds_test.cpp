// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "core/units/constants.h"
#include "molecular/analysis/hydrogen_bonds.h"
#include "unit/molecular_analysis/systems.h"

namespace aula::tests {
namespace {

using namespace molecular;

/// Two waters: the first's hydrogen points `angle` degrees off the line to the second's oxygen at `distance`.
System waters(double distance, double angle, double shift = 0) {
  const double a = angle * core::kPi / 180;
  const Vec3 at{shift, 1, 1};
  return makeSystem({{"OW", 8, "SOL", 1, "", at},
                     {"HW1", 1, "SOL", 1, "", at + Vec3{0.1 * std::cos(a), 0.1 * std::sin(a), 0}},
                     {"HW2", 1, "SOL", 1, "", at + Vec3{-0.1, 0, 0}},
                     {"OW", 8, "SOL", 2, "", at + Vec3{distance, 0, 0}},
                     {"HW1", 1, "SOL", 2, "", at + Vec3{distance, 0.06, 0.08}},
                     {"HW2", 1, "SOL", 2, "", at + Vec3{distance, 0.06, -0.08}}},
                    {{0, 1}, {0, 2}, {3, 4}, {3, 5}}, rectangularBox(2, 2, 2));
}

TEST(HydrogenBonds, HoldToTheLimitsOfLuzarAndChandler) {
  struct Case {
    double distance, angle;
    bool isBond;
  };
  for (const Case& c :
       {Case{0.28, 0, true}, {0.349, 0, true}, {0.351, 0, false}, {0.28, 29.9, true}, {0.28, 30.1, false}}) {
    const System system = waters(c.distance, c.angle);
    const auto bonds = HydrogenBondFinder(system.topology).find(system.state);
    EXPECT_EQ(bonds.size(), c.isBond ? 1U : 0U) << c.distance << " nm, " << c.angle << " degrees";
    if (c.isBond && !bonds.empty()) {
      EXPECT_EQ(bonds[0], (HydrogenBond{0, 1, 3}));
    }
  }
}

TEST(HydrogenBonds, ReachAcrossTheBoxesFaces) {
  System system = waters(0.28, 10, 1.9);
  for (Vec3& p : system.state.positions) p = system.state.box.wrapped(p);
  EXPECT_EQ(HydrogenBondFinder(system.topology).find(system.state).size(), 1U);
}

TEST(HydrogenBonds, AreNotWithinAMoleculesNextAtoms) {
  // A hydroxyl beside another oxygen on the same carbon: excluded, however close.
  const System system = makeSystem({{"C", 6, "FOR", 1, "", {1, 1, 1}},
                                    {"O1", 8, "FOR", 1, "", {1.12, 1, 1}},
                                    {"O2", 8, "FOR", 1, "", {0.94, 1.12, 1}},
                                    {"H", 1, "FOR", 1, "", {1.03, 1.07, 1}}},
                                   {{0, 1}, {0, 2}, {2, 3}}, rectangularBox(2, 2, 2));
  EXPECT_TRUE(HydrogenBondFinder(system.topology).find(system.state).empty());
}

TEST(HydrogenBonds, NeedAHydrogenOnNitrogenOrOxygen) {
  const System system = makeSystem({{"C", 6, "MET", 1, "", {1, 1, 1}},
                                    {"H", 1, "MET", 1, "", {1.1, 1, 1}},
                                    {"O", 8, "OXY", 2, "", {1.3, 1, 1}}},
                                   {{0, 1}}, rectangularBox(2, 2, 2));
  const HydrogenBondFinder finder(system.topology);
  EXPECT_FALSE(finder.hasDonors());
  EXPECT_TRUE(finder.find(system.state).empty());
}

}  // namespace
}  // namespace aula::tests
