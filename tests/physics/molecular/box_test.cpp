// SPDX-License-Identifier: Apache-2.0
#include "molecular/model/box.h"

#include <gtest/gtest.h>

#include <set>

#include "molecular/reference/pairs.h"
#include "physics/molecular/systems.h"

namespace aula::test {
namespace {

using namespace molecular;

const Box kSlanted = reducedBox({6, 0, 0}, {2.9, 5.8, 0}, {-2.8, 2.7, 5.7});

TEST(Box, WrappedIsInsideTheCellAndAnImage) {
  for (int n = 0; n < 500; ++n) {
    const Vec3 p = 20 * noiseVector(5, n), in = kSlanted.wrapped(p);
    const double c = in.z / kSlanted.c.z, b = (in.y - c * kSlanted.c.y) / kSlanted.b.y;
    const double a = (in.x - b * kSlanted.b.x - c * kSlanted.c.x) / kSlanted.a.x;
    for (const double fraction : {a, b, c}) {
      EXPECT_GE(fraction, -1e-12);
      EXPECT_LT(fraction, 1 + 1e-12);
    }
    EXPECT_LT(core::length(kSlanted.nearest(in - p)), 1e-12);
  }
}

/// The reference's cells, along every slanted edge, against all pairs.
TEST(Box, NoPairIsMissedInASlantedBox) {
  const std::vector<Vec3> positions = jitteredLattice(kSlanted, 10, 0.4, 3);
  for (const double cutoff : {0.7, 1.3, 2.1}) {
    std::set<std::pair<int, int>> expected, found;
    for (int i = 0; i < 1000; ++i)
      for (int j = i + 1; j < 1000; ++j)
        if (core::length(kSlanted.nearest(positions[static_cast<std::size_t>(i)] -
                                          positions[static_cast<std::size_t>(j)])) <= cutoff)
          expected.insert({i, j});
    reference::forEachPairWithin(cutoff, positions, kSlanted, [&](int i, int j, Vec3) {
      found.insert({std::min(i, j), std::max(i, j)});
    });
    EXPECT_EQ(found, expected) << cutoff;
  }
}

}  // namespace
}  // namespace aula::test
