// SPDX-License-Identifier: Apache-2.0
#include "scene/geometry/primitives.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "scene/mesh/check.h"
#include "scene/mesh/measure.h"
#include "scene/mesh/topology.h"
#include "scene/mesh/weld.h"

using namespace aula;
using namespace aula::scene;

namespace {

constexpr double kPi = std::numbers::pi;
/// Positions are floats of size about 1, areas and volumes sums over up to thousands of them: rounding errors
/// of 6e-8 each, which partly cancel; 1e-5 is beyond their sum and far below what a wrong shape makes.
constexpr double kRounding = 1e-5;

/// Closed, facing out, with unit normals that agree with the triangles they belong to.
void expectSolid(const TriangleMesh& mesh, int euler) {
  EXPECT_TRUE(findProblems(mesh).empty());
  const TriangleMesh closed = weld(mesh);
  EXPECT_EQ(describe(examineEdges(closed)), "");
  EXPECT_EQ(eulerCharacteristic(closed), euler);
  EXPECT_GT(enclosedVolume(closed), 0);
  ASSERT_EQ(mesh.normals.size(), mesh.positions.size());
  for (std::size_t t = 0; t < mesh.triangleCount(); ++t) {
    const auto p = [&](std::size_t c) { return toVec3(mesh.positions[mesh.triangles[3 * t + c]]); };
    const core::Vec3 area = cross(p(1) - p(0), p(2) - p(0));
    ASSERT_GT(length(area), 0);
    for (std::size_t c = 0; c < 3; ++c) {
      const core::Vec3 n = toVec3(mesh.normals[mesh.triangles[3 * t + c]]);
      EXPECT_NEAR(length(n), 1, 1e-6);
      EXPECT_GT(dot(n, area), 0);
    }
  }
}

/// Area of a regular polygon in a circle.
double polygonArea(double radius, int n) {
  return 0.5 * n * radius * radius * std::sin(2 * kPi / n);
}
double polygonSide(double radius, int n) {
  return 2 * radius * std::sin(kPi / n);
}

TEST(Primitives, BoxesAreExact) {
  const TriangleMesh box = makeBox({-1, 0, 2}, {1, 4, 5});
  expectSolid(box, 2);
  EXPECT_DOUBLE_EQ(enclosedVolume(box), 24);
  EXPECT_EQ(box.triangleCount(), 12U);
}

// A cylinder of n sides is a prism: its own closed form, to rounding.
TEST(Primitives, CylindersAndConesArePrismsAndPyramids) {
  const core::Vec3 from{0.1, 0.2, 0.3}, to{1, -1, 0.7};
  const double height = length(to - from), radius = 0.4;
  for (const int n : {3, 8, 33}) {
    const TriangleMesh cylinder = makeCylinder(from, to, radius, n);
    expectSolid(cylinder, 2);
    EXPECT_NEAR(enclosedVolume(cylinder), polygonArea(radius, n) * height, kRounding);
    EXPECT_NEAR(surfaceArea(cylinder), 2 * polygonArea(radius, n) + n * polygonSide(radius, n) * height,
                kRounding);
    const TriangleMesh cone = makeCone(from, to, radius, n);
    expectSolid(cone, 2);
    EXPECT_NEAR(enclosedVolume(cone), polygonArea(radius, n) * height / 3, kRounding);
  }
}

TEST(Primitives, ArrowsAreAPrismAndAPyramid) {
  const TriangleMesh arrow = makeArrow(2, 0.05, 0.2, 12);
  expectSolid(arrow, 2);
  const double head = 0.4;
  EXPECT_NEAR(enclosedVolume(arrow), polygonArea(0.05, 12) * (2 - head) + polygonArea(0.2, 12) * head / 3,
              kRounding);
  // A short one keeps half its length as shaft.
  EXPECT_NEAR(enclosedVolume(makeArrow(0.4, 0.05, 0.2, 12)),
              polygonArea(0.05, 12) * 0.2 + polygonArea(0.2, 12) * 0.2 / 3, kRounding);
}

// Twice as fine, a quarter of the error (Taylor: the corners lie on the surface).
template <class Make>
void expectSecondOrder(const Make& make, double exact) {
  const double coarse = exact - enclosedVolume(make(16)), fine = exact - enclosedVolume(make(32)),
               finest = exact - enclosedVolume(make(64));
  EXPECT_GT(fine, 0);
  EXPECT_NEAR(std::log2(coarse / fine), 2, 0.1);
  EXPECT_NEAR(std::log2(fine / finest), 2, 0.1);
}

TEST(Primitives, RoundShapesConvergeToTheirVolumes) {
  expectSolid(makeSphere(1.5, 12, 6), 2);
  expectSecondOrder([](int n) { return makeSphere(1.5, n, n / 2); }, 4.0 / 3 * kPi * std::pow(1.5, 3));
  expectSolid(makeCapsule({0, 0, 0}, {1, 1, 0}, 0.5, 16), 2);
  expectSecondOrder(
      [](int n) {
        return makeCapsule({0, 0, 0}, {0, 2, 0}, 0.5, n);
      },
      kPi * 0.25 * 2 + 4.0 / 3 * kPi * 0.125);
  expectSolid(makeCapsule({1, 1, 1}, {1, 1, 1}, 0.5, 16), 2);
  expectSolid(makeTorus(2, 0.5, 24, 12), 0);
  expectSecondOrder([](int n) { return makeTorus(2, 0.5, n, n); }, 2 * kPi * kPi * 2 * 0.25);
}

TEST(Primitives, IcospheresAreEven) {
  double previous = 0;
  for (int level = 0; level <= 4; ++level) {
    const TriangleMesh sphere = makeIcosphere(1, level);
    EXPECT_EQ(sphere.triangleCount(), 20U << (2 * level));
    expectSolid(sphere, 2);
    const double missing = 4.0 / 3 * kPi - enclosedVolume(sphere);
    // From the second level on each quarters what is missing (the first has but 20 triangles).
    if (level > 1) {
      EXPECT_NEAR(std::log2(previous / missing), 2, 0.15);
    }
    previous = missing;
  }
  // The icosahedron itself: 5 (3 + sqrt 5) / 12 a³ with a = 1 / sin(2 pi / 5).
  const double a = 1 / std::sin(2 * kPi / 5);
  EXPECT_NEAR(enclosedVolume(makeIcosphere(1, 0)), 5 * (3 + std::sqrt(5.0)) / 12 * a * a * a, kRounding);
}

TEST(Primitives, GridsAreFlatAndOpen) {
  const TriangleMesh grid = makeGrid({1, 0, 0}, {2, 0, 0}, {0, 3, 0}, 4, 5);
  EXPECT_NEAR(surfaceArea(grid), 6, kRounding);
  EXPECT_EQ(grid.triangleCount(), 40U);
  EXPECT_EQ(examineEdges(grid).open, 2U * (4 + 5));
  for (const Float3 n : grid.normals) EXPECT_EQ(n, (Float3{0, 0, 1}));
}

TEST(Primitives, TransformsTurnNormalsAndMirrors) {
  const TriangleMesh sphere = makeIcosphere(1, 3);
  // Stretched, sheared and mirrored: the volume times the determinant, still facing out.
  const Transform odd{{2, 0, 0}, {0.5, -1, 0}, {0, 0, 3}, {1, 2, 3}};
  const TriangleMesh moved = transformed(sphere, odd);
  expectSolid(moved, 2);
  EXPECT_NEAR(enclosedVolume(moved), 6 * enclosedVolume(sphere), 10 * kRounding);
}

}  // namespace
