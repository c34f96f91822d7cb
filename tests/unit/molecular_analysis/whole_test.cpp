// SPDX-License-Identifier: Apache-2.0
#include "molecular/analysis/whole.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "molecular/analysis/neighbours.h"
#include "unit/molecular_analysis/systems.h"

namespace aula::tests {
namespace {

using namespace molecular;

TEST(WholeMolecules, ArePutTogetherInSlantedBoxes) {
  const Box box = reducedBox({3, 0, 0}, {1, 2.8, 0}, {-1, 1, 2.6});
  // A chain of ten atoms 0.15 nm apart that runs through several faces.
  std::vector<HandAtom> atoms;
  std::vector<std::array<int, 2>> bonds;
  for (int i = 0; i < 10; ++i) {
    atoms.push_back({"C", 6, "CHN", 1, "", box.wrapped(Vec3{2.5 + 0.1 * i, 2.4 + 0.1 * i, 2.3 + 0.05 * i})});
    if (i > 0) bonds.push_back({i - 1, i});
  }
  const System system = makeSystem(atoms, bonds, box);
  std::vector<Vec3> positions = system.state.positions;
  WholeMolecules(system.topology).apply(positions, box);
  Vec3 centre;
  for (std::size_t i = 0; i < 10; ++i) {
    centre = centre + 0.1 * positions[i];
    if (i == 0) continue;
    EXPECT_NEAR(core::length(positions[i] - positions[i - 1]), 0.15, 1e-12);
  }
  EXPECT_NEAR(core::length(box.wrapped(centre) - centre), 0, 1e-12);
}

TEST(Unwrapper, FollowsAnAtomRoundTheBox) {
  const Box box = rectangularBox(2, 2, 2);
  Unwrapper unwrapper;
  for (int t = 0; t <= 50; ++t)
    unwrapper.follow(std::vector<Vec3>{box.wrapped(Vec3{0.3 * t, 1, 1 - 0.2 * t})}, box);
  EXPECT_NEAR(unwrapper.unwrapped()[0].x, 15, 1e-10);
  EXPECT_NEAR(unwrapper.unwrapped()[0].z, -9 + (box.wrapped(Vec3{0, 1, 1}).z - 1), 1e-10);
}

TEST(NeighbourGrid, FindsWhatLookingAtAllFinds) {
  Chance chance(8);
  const std::vector<Box> boxes{rectangularBox(3, 2.1, 2.5), reducedBox({3, 0, 0}, {1, 2.8, 0}, {-1, 1, 2.6}),
                               Box{}};
  for (const Box& box : boxes)
    for (const double distance : {0.2, 0.55, 1.0}) {
      std::vector<Vec3> points;
      for (int i = 0; i < 200; ++i)
        points.push_back({-1 + 5 * chance.next(), 4 * chance.next(), 3 * chance.next()});
      const NeighbourGrid grid(box, distance, points);
      for (int i = 0; i < 20; ++i) {
        const Vec3 from{-2 + 7 * chance.next(), 5 * chance.next(), 4 * chance.next()};
        std::vector<int> found, expected;
        grid.around(from, [&](int index, Vec3, double) { found.push_back(index); });
        for (int n = 0; n < 200; ++n)
          if (core::length(box.nearest(points[static_cast<std::size_t>(n)] - from)) <= distance)
            expected.push_back(n);
        std::sort(found.begin(), found.end());
        EXPECT_EQ(found, expected) << distance;
      }
    }
}

}  // namespace
}  // namespace aula::tests
