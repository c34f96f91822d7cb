// SPDX-License-Identifier: Apache-2.0
#include "scene/geometry/cut.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

#include "core/error.h"
#include "scene/geometry/polygon.h"
#include "scene/geometry/primitives.h"
#include "scene/mesh/measure.h"
#include "scene/mesh/topology.h"
#include "scene/mesh/weld.h"

using namespace aula;
using namespace aula::scene;
using ::testing::HasSubstr;

namespace {

constexpr double kPi = std::numbers::pi;
/// Floats of size 1 in sums over some hundred triangles.
constexpr double kRounding = 1e-5;

double areaOf(const std::vector<Point2>& points, const std::vector<std::uint32_t>& triangles) {
  double sum = 0;
  for (std::size_t t = 0; t < triangles.size(); t += 3) {
    const double area = doubledArea(points, {triangles[t], triangles[t + 1], triangles[t + 2]});
    EXPECT_GE(area, -1e-12) << "turned triangle";
    sum += area / 2;
  }
  return sum;
}

TEST(Polygon, HolesAndIslandsAreFilledOnce) {
  std::vector<Point2> points;
  std::vector<Outline> outlines;
  const auto addSquare = [&](double x, double y, double half, bool isHole) {
    const auto first = std::uint32_t(points.size());
    for (const Point2& p : {Point2{-1, -1}, Point2{1, -1}, Point2{1, 1}, Point2{-1, 1}})
      points.push_back({x + half * p[0], y + half * p[1]});
    outlines.push_back(isHole ? Outline{first, first + 3, first + 2, first + 1}
                              : Outline{first, first + 1, first + 2, first + 3});
  };
  addSquare(0, 0, 10, false);
  addSquare(-5, 0, 2, true);
  addSquare(5, 0, 3, true);
  addSquare(5, 0, 1, false);  // An island in the second hole.
  addSquare(0, 7, 1, true);
  addSquare(30, 0, 1, false);
  const auto triangles = fillPolygon(points, outlines);
  EXPECT_NEAR(areaOf(points, triangles), 400 - 16 - 36 + 4 - 4 + 4, 1e-9);
}

TEST(Polygon, ManyHolesInARow) {
  std::vector<Point2> points{{0, 0}, {41, 0}, {41, 3}, {0, 3}};
  std::vector<Outline> outlines{{0, 1, 2, 3}};
  for (int i = 0; i < 20; ++i) {
    const auto first = std::uint32_t(points.size());
    const double x = 1 + 2 * i;
    points.insert(points.end(), {{x, 1}, {x + 1, 1}, {x + 1, 2}, {x, 2}});
    outlines.push_back({first, first + 3, first + 2, first + 1});
  }
  EXPECT_NEAR(areaOf(points, fillPolygon(points, outlines)), 41 * 3 - 20, 1e-9);
}

TEST(Polygon, AStarAndACombAreFilled) {
  std::vector<Point2> points;
  Outline outline;
  for (int i = 0; i < 200; ++i) {
    const double radius = i % 2 == 0 ? 1 : 0.3, angle = 2 * kPi * i / 200;
    points.push_back({radius * std::cos(angle), radius * std::sin(angle)});
    outline.push_back(std::uint32_t(i));
  }
  EXPECT_NEAR(areaOf(points, fillPolygon(points, {outline})), doubledArea(points, outline) / 2, 1e-9);
}

TEST(Cut, ABoxIsCutAnywhere) {
  const TriangleMesh box = makeBox({0, 0, 0}, {1, 1, 1});
  for (const double at : {0.25, 0.5, 0.0, 1.0}) {
    const CutMesh cut = cutMesh(box, {{0, 0, 1}, at});
    EXPECT_NEAR(enclosedVolume(cut.kept), 1 - at, kRounding) << at;
    if (at < 1) {
      EXPECT_EQ(describe(examineEdges(cut.kept)), "") << at;
    }
    if (at > 0 && at < 1) {
      EXPECT_NEAR(cut.capArea, 1, kRounding) << at;
    }
  }
  // Across a corner and along a diagonal, through points of the mesh.
  const CutMesh corner = cutMesh(box, {core::normalised({1, 1, 1}), 2.5 / std::sqrt(3.0)});
  EXPECT_NEAR(enclosedVolume(corner.kept), 0.125 / 6, kRounding);
  const CutMesh half = cutMesh(box, {core::normalised({1, -1, 0}), 0});
  EXPECT_NEAR(enclosedVolume(half.kept), 0.5, kRounding);
  EXPECT_EQ(describe(examineEdges(half.kept)), "");
  EXPECT_NEAR(half.capArea, std::sqrt(2.0), kRounding);
}

TEST(Cut, ATorusHasTwoIslandsOrARing) {
  const TriangleMesh torus = makeTorus(2, 0.5, 48, 24);
  const double whole = enclosedVolume(torus);
  const CutMesh upright = cutMesh(torus, {core::normalised({1, 0.1, 0.05}), 0});
  EXPECT_EQ(describe(examineEdges(upright.kept)), "");
  EXPECT_NEAR(enclosedVolume(upright.kept), whole / 2, 1e-3 * whole);
  EXPECT_NEAR(upright.capArea, 2 * kPi * 0.25, 0.05);
  const CutMesh flat = cutMesh(torus, {{0, 0, 1}, 0.013});
  EXPECT_EQ(describe(examineEdges(flat.kept)), "");
  EXPECT_NEAR(flat.capArea, kPi * (2.5 * 2.5 - 1.5 * 1.5), 0.15);
}

TEST(Cut, ShellsKeepTheirHollow) {
  TriangleMesh shell = makeIcosphere(1, 3);
  TriangleMesh hollow = makeIcosphere(0.6, 3);
  for (std::size_t t = 0; t < hollow.triangles.size(); t += 3)
    std::swap(hollow.triangles[t], hollow.triangles[t + 1]);
  shell = joined(shell, hollow);
  const CutMesh cut = cutMesh(shell, {core::normalised({0.2, 0.3, 1}), 0.1});
  EXPECT_EQ(describe(examineEdges(cut.kept)), "");
  // Discs of radius² 1 - 0.01 and 0.36 - 0.01, less what the triangles miss (of order (edge / radius)² / 8).
  EXPECT_NEAR(cut.capArea, kPi * (0.99 - 0.35), 0.02);
}

// The two halves make up the whole, and both are closed, for any plane.
TEST(Cut, HalvesMakeUpTheWhole) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> number(-1, 1);
  for (const TriangleMesh& mesh : {makeTorus(1, 0.4, 24, 12), makeBox({-1, -1, -1}, {1, 1, 1}),
                                   makeArrow(2, 0.2, 0.5), makeIcosphere(1, 3)}) {
    const double whole = enclosedVolume(mesh);
    for (int i = 0; i < 40; ++i) {
      const core::Vec3 normal = core::normalised({number(random), number(random), number(random)});
      const double offset = 0.5 * number(random);
      const CutMesh a = cutMesh(mesh, {normal, offset}), b = cutMesh(mesh, {-normal, -offset});
      EXPECT_NEAR(enclosedVolume(a.kept) + enclosedVolume(b.kept), whole, kRounding);
      EXPECT_NEAR(a.capArea, b.capArea, kRounding);
      if (!a.kept.triangles.empty()) {
        EXPECT_EQ(describe(examineEdges(a.kept)), "");
      }
    }
  }
}

TEST(Cut, OpenMeshesAreRefused) {
  TriangleMesh open = makeBox({0, 0, 0}, {1, 1, 1});
  open.triangles.resize(open.triangles.size() - 3);
  try {
    (void)cutMesh(open, {{0, 0, 1}, 0.5});
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("Only a closed mesh can be cut and filled. It has 3 open edges"));
  }
}

}  // namespace
