// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "render/layout/drawing.h"

namespace aula::render {
namespace {

TEST(LineMesh, AStraightLineIsOneQuadOfItsWidth) {
  LineMesh mesh;
  mesh.add({{10, 20, 0.5}, {30, 20, 0.5}}, 4, {});
  ASSERT_EQ(mesh.vertices.size(), 4U);
  EXPECT_EQ(mesh.indices.size(), 6U);
  for (const LineVertex& v : mesh.vertices) {
    EXPECT_FLOAT_EQ(std::abs(v.y - 20), 3) << "half the width and one pixel for the smooth edge";
    EXPECT_FLOAT_EQ(std::abs(v.side), 3);
    EXPECT_FLOAT_EQ(v.halfWidth, 2);
    EXPECT_FLOAT_EQ(v.depth, 0.5);
  }
}

TEST(LineMesh, CornersAreMitred) {
  LineMesh mesh;
  mesh.add({{0, 0}, {10, 0}, {10, 10}}, 2, {});
  ASSERT_EQ(mesh.vertices.size(), 6U);
  // Both edges meet on the diagonal through (10, 0), as far out along both axes as the line is wide.
  EXPECT_NEAR(std::abs(mesh.vertices[2].x - 10), 2, 1e-5);
  EXPECT_NEAR(std::abs(mesh.vertices[2].y), 2, 1e-5);
  EXPECT_FLOAT_EQ(mesh.vertices[4].along, 20);
}

TEST(LineMesh, AHairpinDoesNotShootOut) {
  LineMesh mesh;
  mesh.add({{0, 0}, {100, 0}, {0, 1}}, 2, {});
  for (const LineVertex& v : mesh.vertices) EXPECT_LE(v.x, 103);
}

TEST(LineMesh, ClosedLinesCloseAndPointsAreNotLines) {
  LineMesh mesh;
  mesh.add({{5, 5}, {5, 5}}, 2, {});
  EXPECT_TRUE(mesh.indices.empty());
  mesh.add({{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}, 2, {});
  EXPECT_EQ(mesh.indices.size(), 4U * 6);
  EXPECT_NEAR(std::abs(mesh.vertices.front().x), 2, 1e-5) << "the first corner is mitred too";
}

}  // namespace
}  // namespace aula::render
