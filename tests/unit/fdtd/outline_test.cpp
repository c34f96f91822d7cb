// SPDX-License-Identifier: Apache-2.0
#include "fdtd/outline.h"

#include <gtest/gtest.h>

#include <cmath>

namespace aula::tests {
namespace {

fdtd::Setup setupWith(const fdtd::Shape& shape) {
  fdtd::Setup setup;
  setup.grid.dimensions = fdtd::Dimensions::tm;
  setup.grid.nx = setup.grid.ny = 40;
  setup.grid.dx = setup.grid.dy = 0.1;
  setup.grid.origin = {-2, -2, 0};
  fdtd::Material glass;
  glass.name = "glass";
  glass.permittivity = 2;
  setup.materials.push_back(glass);
  setup.objects.push_back({"body", shape, 1});
  return setup;
}
const fdtd::PlaneRectangle kPlane{2, {-2, -2, 0}, {2, 2, 0}};

TEST(Outline, ACircleIsOneClosedLineOnItsRim) {
  const auto lines = fdtd::traceOutlines(setupWith(fdtd::SphereShape{{0.2, -0.1, 0}, 1.1}), kPlane, 0.05);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_GT(lines[0].size(), 20U);
  EXPECT_EQ(lines[0].front(), lines[0].back());
  // Found by bisection to 0.05 / 2^24; materialAt counts a millionth of a cell, 1e-7 here, beyond a surface
  // as inside.
  for (const core::Vec3& point : lines[0]) EXPECT_NEAR(std::hypot(point.x - 0.2, point.y + 0.1), 1.1, 1.1e-7);
}

TEST(Outline, ABoxHasStraightSidesAndNeedsFewPoints) {
  const auto lines = fdtd::traceOutlines(setupWith(fdtd::BoxShape{{0, 0, 0}, {1.03, 2.07, 9}}), kPlane, 0.05);
  ASSERT_EQ(lines.size(), 1U);
  // Four sides and four corners, each cut by at most one sample.
  EXPECT_LE(lines[0].size(), 10U);
  for (const core::Vec3& point : lines[0]) {
    EXPECT_LE(std::abs(point.x), 0.515 + 1e-6);
    EXPECT_LE(std::abs(point.y), 1.035 + 1e-6);
    EXPECT_TRUE(std::abs(point.x) > 0.515 - 0.051 || std::abs(point.y) > 1.035 - 0.051);
  }
}

TEST(Outline, ABodyThatLeavesThePlaneHasOpenLines) {
  const auto lines = fdtd::traceOutlines(setupWith(fdtd::BoxShape{{0, 0, 0}, {1.03, 20, 9}}), kPlane, 0.05);
  ASSERT_EQ(lines.size(), 2U);
  for (const auto& line : lines) {
    ASSERT_EQ(line.size(), 2U);
    EXPECT_NEAR(std::abs(line[0].x), 0.515, 1e-6);
    EXPECT_NEAR(std::abs(line[0].y), 2, 1e-12);
  }
}

TEST(Outline, SimplifyKeepsCornersOnly) {
  const std::vector<core::Vec3> line{{0, 0, 0}, {1, 0, 0}, {2, 0, 0}, {2, 1, 0}, {2, 2, 0}};
  const auto result = fdtd::simplify(line, 1e-9);
  ASSERT_EQ(result.size(), 3U);
  EXPECT_EQ(result[1], (core::Vec3{2, 0, 0}));
}

}  // namespace
}  // namespace aula::tests
