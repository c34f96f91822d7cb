// SPDX-License-Identifier: Apache-2.0
#include "scene/geometry/sweep.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "core/error.h"
#include "scene/geometry/frame_along.h"
#include "scene/geometry/primitives.h"
#include "scene/mesh/check.h"
#include "scene/mesh/measure.h"
#include "scene/mesh/topology.h"
#include "scene/mesh/weld.h"

using namespace aula;
using namespace aula::scene;
using ::testing::HasSubstr;

namespace {

constexpr double kPi = std::numbers::pi;

double prismArea(double radius, int n) {
  return 0.5 * n * radius * radius * std::sin(2 * kPi / n);
}

void expectClosed(const TriangleMesh& mesh, int euler) {
  EXPECT_TRUE(findProblems(mesh).empty());
  const TriangleMesh closed = weld(mesh);
  EXPECT_EQ(describe(examineEdges(closed)), "");
  EXPECT_EQ(eulerCharacteristic(closed), euler);
}

TEST(Sweep, AStraightTubeIsAPrism) {
  const TriangleMesh tube = makeTube({{0, 0, 0}, {0, 0, 0}, {0.5, 0.5, 0}, {2, 2, 0}}, 0.1, 10);
  expectClosed(tube, 2);
  EXPECT_NEAR(enclosedVolume(tube), prismArea(0.1, 10) * std::sqrt(8.0), 1e-6);
}

// A mitred bend: both pieces end in the same slanted plane, so the volume is that of the straightened tube
// (the wedge missing inside equals the one added outside).
TEST(Sweep, ABentTubeKeepsItsVolume) {
  const TriangleMesh tube = makeTube({{0, 0, 0}, {1, 0, 0}, {1, 1, 0}}, 0.1, 16);
  expectClosed(tube, 2);
  EXPECT_NEAR(enclosedVolume(tube), prismArea(0.1, 16) * 2, 1e-6);
}

TEST(Sweep, ALoopClosesWithoutATwist) {
  // A knot that turns its carried frame: (2, 3) torus knot.
  std::vector<core::Vec3> points;
  const int n = 240;
  double knotLength = 0;
  for (int i = 0; i < n; ++i) {
    const double a = 2 * kPi * i / n;
    const double r = 2 + 0.6 * std::cos(3 * a);
    points.push_back({r * std::cos(2 * a), r * std::sin(2 * a), 0.6 * std::sin(3 * a)});
  }
  for (int i = 0; i < n; ++i) knotLength += length(points[std::size_t((i + 1) % n)] - points[std::size_t(i)]);
  const TriangleMesh tube = makeTube(points, 0.1, 12, true);
  expectClosed(tube, 0);
  // Twisted pieces would lose volume; the rounding errors of 3,000 points are far below a part in a thousand,
  // as is the twist of 1/240 of a turn a piece (1 - cos).
  EXPECT_NEAR(enclosedVolume(tube), prismArea(0.1, 12) * knotLength, 1e-3 * prismArea(0.1, 12) * knotLength);
}

TEST(Sweep, TransportKeepsUnitSquareVectors) {
  const core::Vec3 from = core::normalised({1, 2, 3}), to = core::normalised({-1, 2, 0.5});
  const core::Vec3 carried = transported(anyAcross(from).u, from, to, {0.3, 0.1, 0.2});
  EXPECT_NEAR(length(carried), 1, 1e-14);
  EXPECT_NEAR(dot(carried, to), 0, 1e-14);
  // Along a straight line nothing turns.
  EXPECT_NEAR(length(transported(anyAcross(from).u, from, from, 2 * from) - anyAcross(from).u), 0, 1e-14);
  for (const core::Vec3 d : {core::Vec3{0, 0, 1}, {0, 0, -1}, {1, 0, 0}, core::normalised({1, -1, -1e-9})}) {
    const Across across = anyAcross(d);
    EXPECT_NEAR(length(cross(across.u, across.v) - d), 0, 1e-14);
    EXPECT_NEAR(dot(across.u, across.v), 0, 1e-14);
  }
}

RibbonView straightRibbon() {
  RibbonView ribbon;
  ribbon.name = "strand";
  for (int i = 0; i <= 10; ++i) {
    ribbon.points.push_back({0.2 * i, 0, 0});
    ribbon.across.push_back({0, 1, 0});
  }
  ribbon.widths = {0.5F};
  ribbon.thickness = 0.1F;
  return ribbon;
}

TEST(Sweep, AStraightRibbonIsABandWithRoundEdges) {
  const MeshView view = makeRibbon(straightRibbon());
  expectClosed(*view.mesh, 2);
  // A rectangle, and half a 12-gon at each side.
  const double section = 0.4 * 0.1 + prismArea(0.05, 12);
  EXPECT_NEAR(enclosedVolume(*view.mesh), section * 2, 1e-5);
}

TEST(Sweep, ARibbonCarriesItsColoursAndBearsDirectionsThatJump) {
  RibbonView ribbon = straightRibbon();
  for (std::size_t i = 0; i < ribbon.points.size(); ++i) {
    ribbon.colours.push_back({float(i), 0, 0});
    if (i % 2 == 1) ribbon.across[i] = {0, -1, 0};
  }
  // One along the curve, one of no length, one point twice.
  ribbon.across[4] = {1, 0, 0};
  ribbon.across[7] = {};
  ribbon.points[9] = ribbon.points[8];
  const MeshView view = makeRibbon(ribbon);
  expectClosed(*view.mesh, 2);
  EXPECT_NEAR(enclosedVolume(*view.mesh), (0.4 * 0.1 + prismArea(0.05, 12)) * 2, 1e-5);
  ASSERT_EQ(view.mesh->colours.size(), view.mesh->positions.size());
  for (std::size_t i = 0; i < view.mesh->positions.size(); ++i) {
    if (view.mesh->positions[i].x == 0) {
      EXPECT_EQ(view.mesh->colours[i].red, 0);
    }
    if (view.mesh->positions[i].x == 2) {
      EXPECT_EQ(view.mesh->colours[i].red, 10);
    }
  }
}

TEST(Sweep, AHelixWithTaperingWidthIsClosed) {
  RibbonView ribbon;
  ribbon.name = "helix";
  for (int i = 0; i <= 60; ++i) {
    const double a = 0.2 * i;
    ribbon.points.push_back({std::cos(a), std::sin(a), 0.05 * i});
    ribbon.widths.push_back(0.3F * float(60 - i) / 60);
  }
  const MeshView view = makeRibbon(ribbon);
  EXPECT_TRUE(findProblems(*view.mesh).empty());
  EXPECT_TRUE(examineEdges(weld(*view.mesh)).isWatertight());
}

TEST(Sweep, RibbonsThatDoNotFitAreRefused) {
  const auto refusal = [](const RibbonView& ribbon) -> std::string {
    try {
      (void)makeRibbon(ribbon);
    } catch (const core::Error& error) {
      return error.what();
    }
    return {};
  };
  RibbonView ribbon = straightRibbon();
  ribbon.widths = {1, 2};
  EXPECT_THAT(refusal(ribbon),
              HasSubstr("The ribbon \"strand\" cannot be drawn: it has 2 widths for 11 points"));
  ribbon = straightRibbon();
  ribbon.colours.resize(3);
  EXPECT_THAT(refusal(ribbon), HasSubstr("3 colours for 11 points"));
  ribbon = straightRibbon();
  ribbon.points.assign(11, {1, 1, 1});
  EXPECT_THAT(refusal(ribbon), HasSubstr("1 different points; two or more are needed"));
  ribbon = straightRibbon();
  ribbon.points[3].x = std::nan("");
  EXPECT_THAT(refusal(ribbon), HasSubstr("a point of it is not finite"));
  ribbon = straightRibbon();
  ribbon.widths = {-1};
  EXPECT_THAT(refusal(ribbon), HasSubstr("negative"));
}

TEST(Sweep, ArrowsStandInTheirMiddlesAndPointAlong) {
  GlyphsView glyphs;
  glyphs.name = "force";
  glyphs.positions = std::make_shared<const std::vector<Float3>>(
      std::vector<Float3>{{1, 2, 3}, {4, 5, 6}, {0, 0, 0}, {7, 8, 9}});
  glyphs.vectors = std::make_shared<const std::vector<Float3>>(
      std::vector<Float3>{{0, 0, 2}, {30, 0, 0}, {0, 0, 0}, {NAN, 0, 0}});
  glyphs.metresPerUnit = 0.1;
  glyphs.longest = 0.5;
  const MeshView view = makeArrows(glyphs, [](double strength) { return Colour{float(strength), 0, 0}; });
  ASSERT_EQ(view.instances.size(), 2U);
  ASSERT_EQ(view.tints.size(), 2U);
  EXPECT_EQ(view.tints[0].red, 2);
  EXPECT_EQ(view.tints[1].red, 30);
  const core::Vec3 tail = view.instances[0].point({0, 0, 0}), tip = view.instances[0].point({0, 0, 1});
  EXPECT_NEAR(length(tail - core::Vec3{1, 2, 2.9}), 0, 1e-12);
  EXPECT_NEAR(length(tip - core::Vec3{1, 2, 3.1}), 0, 1e-12);
  EXPECT_NEAR(length(view.instances[1].point({0, 0, 1}) - core::Vec3{4.25, 5, 6}), 0, 1e-12);
  for (const Transform& t : view.instances) EXPECT_GT(dot(t.x, cross(t.y, t.z)), 0);

  glyphs.vectors = std::make_shared<const std::vector<Float3>>(4);
  EXPECT_EQ(makeArrows(glyphs, [](double) { return Colour{}; }).mesh, nullptr);
  glyphs.vectors = std::make_shared<const std::vector<Float3>>(3);
  EXPECT_THROW((void)makeArrows(glyphs, [](double) { return Colour{}; }), core::Error);
}

}  // namespace
