// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <numeric>

#include "core/error.h"
#include "scene/geometry/primitives.h"
#include "scene/mesh/measure.h"
#include "scene/voxel/voxelise.h"

using namespace aula;
using namespace aula::scene;
using ::testing::HasSubstr;

namespace {

/// n points an axis, in the middles of n³ equal cells over [-size, size]³.
Lattice cube(int n, double size) {
  const double h = 2 * size / n, first = -size + h / 2;
  return {n, n, n, {first, first, first}, {h, h, h}};
}

double volumeOf(const Occupancy& found) {
  const core::Vec3 h = found.lattice.spacing;
  return h.x * h.y * h.z * std::accumulate(found.isInside.begin(), found.isInside.end(), 0.0);
}

core::Vec3 pointOf(const Lattice& l, int i, int j, int k) {
  return l.origin + core::Vec3{i * l.spacing.x, j * l.spacing.y, k * l.spacing.z};
}

TriangleMesh turnedInwards(TriangleMesh mesh) {
  for (std::size_t t = 0; t < mesh.triangles.size(); t += 3)
    std::swap(mesh.triangles[t], mesh.triangles[t + 1]);
  return mesh;
}

// Every point against the formula, save those nearer to the surface than the facets' sagitta.
template <class Inside>
void expectAgreement(const Occupancy& found, double clearance, const Inside& distanceInside) {
  const Lattice& l = found.lattice;
  int checked = 0;
  for (int k = 0; k < l.nz; ++k)
    for (int j = 0; j < l.ny; ++j)
      for (int i = 0; i < l.nx; ++i) {
        const double d = distanceInside(pointOf(l, i, j, k));
        if (std::abs(d) < clearance) continue;
        ++checked;
        ASSERT_EQ(found.isInside[l.index(i, j, k)] != 0, d > 0) << i << " " << j << " " << k;
      }
  EXPECT_GT(checked, 1000);
}

TEST(Voxel, BallsAndRingsAgreeWithTheirFormulas) {
  const double radius = 0.8;
  // 20 * 4^4 triangles: edges of about 0.06, whose middles lie edge² / (8 R) = 6e-4 below the ball's surface,
  // triangles' middles at most twice as far.
  expectAgreement(voxelise(makeIcosphere(radius, 4), cube(40, 1), "ball"), 1.5e-3,
                  [&](core::Vec3 p) { return radius - length(p); });
  // Sagittas: R (1 - cos(pi / n)) of both circles: 0.9 * 5.4e-4 + 0.25 * 2.2e-3.
  expectAgreement(voxelise(makeTorus(0.65, 0.25, 96, 48), cube(40, 1), "ring"), 2e-3,
                  [](core::Vec3 p) { return 0.25 - std::hypot(std::hypot(p.x, p.y) - 0.65, p.z); });
}

TEST(Voxel, VolumesConverge) {
  // What is counted is the mesh's own volume. A cell at the surface errs by up to half its volume at random:
  // N = area / h² of them make an error of about sqrt(N) h³ / sqrt(12); four times that is allowed. The ball
  // stands off the lattice's own symmetry, by which 48 cells would err alike.
  const TriangleMesh ball =
      transformed(makeIcosphere(0.8, 4), {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0.0123, 0.0271, -0.0357}});
  const double exact = enclosedVolume(ball), area = surfaceArea(ball);
  for (const int n : {20, 40, 80}) {
    const double h = 2.0 / n;
    EXPECT_NEAR(volumeOf(voxelise(ball, cube(n, 1), "ball")), exact,
                4 * std::sqrt(area / (h * h) / 12) * h * h * h)
        << n;
  }
}

TEST(Voxel, ATurnedBoxIsExact) {
  // A box about its own axes, turned by 30 degrees about z and then moved.
  const double c = std::cos(0.5236), s = std::sin(0.5236);
  const Transform turn{{c, s, 0}, {-s, c, 0}, {0, 0, 1}, {0.05, -0.03, 0.02}};
  const TriangleMesh box = transformed(makeBox({-0.5, -0.3, -0.6}, {0.5, 0.3, 0.6}), turn);
  expectAgreement(voxelise(box, cube(50, 1), "box"), 1e-6, [&](core::Vec3 p) {
    const core::Vec3 q = p - turn.translation;
    return std::min(
        {0.5 - std::abs(dot(q, turn.x)), 0.3 - std::abs(dot(q, turn.y)), 0.6 - std::abs(dot(q, turn.z))});
  });
}

// The hardest ties: every face, edge and corner, and the diagonals of the faces, run through points.
TEST(Voxel, PointsOnTheSurfaceBelongToOneSide) {
  const Lattice lattice{9, 9, 9, {-4, -4, -4}, {1, 1, 1}};
  const Occupancy box = voxelise(makeBox({-2, -2, -2}, {2, 2, 2}), lattice, "box");
  // Half-open along each axis: four of the five layers on -2 ... 2.
  EXPECT_EQ(std::accumulate(box.isInside.begin(), box.isInside.end(), 0), 4 * 4 * 4);
  // Two boxes that share a face, and four around an edge: together as many points as apart, none twice.
  const Occupancy left = voxelise(makeBox({-2, -2, -2}, {0, 2, 2}), lattice, "left"),
                  right = voxelise(makeBox({0, -2, -2}, {2, 2, 2}), lattice, "right");
  for (std::size_t i = 0; i < box.isInside.size(); ++i)
    EXPECT_EQ(left.isInside[i] + right.isInside[i], box.isInside[i]);
  const Occupancy low = voxelise(makeBox({-2, -2, -2}, {2, 0, 2}), lattice, "low"),
                  high = voxelise(makeBox({-2, 0, -2}, {2, 2, 2}), lattice, "high");
  for (std::size_t i = 0; i < box.isInside.size(); ++i)
    EXPECT_EQ(low.isInside[i] + high.isInside[i], box.isInside[i]);
  const Occupancy under = voxelise(makeBox({-2, -2, -2}, {2, 2, 0}), lattice, "under"),
                  over = voxelise(makeBox({-2, -2, 0}, {2, 2, 2}), lattice, "over");
  for (std::size_t i = 0; i < box.isInside.size(); ++i)
    EXPECT_EQ(under.isInside[i] + over.isInside[i], box.isInside[i]);
  // Balls whose poles and seams lie on lines of points.
  const TriangleMesh ball = makeSphere(3, 8, 4);
  const Occupancy round = voxelise(ball, lattice, "ball");
  EXPECT_EQ(round.isInside[lattice.index(4, 4, 4)], 1);
  for (const int edge : {0, 8})
    for (int j = 0; j < 9; ++j)
      for (int i = 0; i < 9; ++i) {
        EXPECT_EQ(round.isInside[lattice.index(edge, i, j)], 0);
        EXPECT_EQ(round.isInside[lattice.index(i, j, edge)], 0);
      }
}

TEST(Voxel, ShellsAreHollowAndOverlapsAreOne) {
  const TriangleMesh shell = joined(makeIcosphere(0.9, 4), turnedInwards(makeIcosphere(0.5, 4)));
  expectAgreement(voxelise(shell, cube(40, 1), "shell"), 2e-3,
                  [](core::Vec3 p) { return std::min(0.9 - length(p), length(p) - 0.5); });
  // A ball within the hollow; and two balls through each other, neither with a hole where they meet.
  const TriangleMesh nested = joined(shell, makeIcosphere(0.3, 4));
  expectAgreement(voxelise(nested, cube(40, 1), "nested"), 2e-3, [](core::Vec3 p) {
    return std::max(std::min(0.9 - length(p), length(p) - 0.5), 0.3 - length(p));
  });
  const core::Vec3 aside{0.3, 0, 0};
  const TriangleMesh two =
      joined(transformed(makeIcosphere(0.5, 4), {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, aside}),
             transformed(makeIcosphere(0.5, 4), {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, -aside}));
  expectAgreement(voxelise(two, cube(40, 1), "two"), 2e-3,
                  [&](core::Vec3 p) { return std::max(0.5 - length(p - aside), 0.5 - length(p + aside)); });
}

TEST(Voxel, WallsThinnerThanTheSpacingHaveNoLeaksOnlyMissedPoints) {
  // A wall of a twentieth of the spacing between points is not there; one around points is, without holes.
  const Lattice lattice = cube(20, 1);
  const double h = lattice.spacing.x;
  const Occupancy missed = voxelise(makeBox({-0.01 * h, -0.9, -0.9}, {0.04 * h, 0.9, 0.9}), lattice, "wall");
  EXPECT_EQ(std::accumulate(missed.isInside.begin(), missed.isInside.end(), 0), 0);
  const double x = lattice.origin.x + 10 * h;
  const Occupancy met =
      voxelise(makeBox({x - 0.02 * h, -0.9, -0.9}, {x + 0.03 * h, 0.9, 0.9}), lattice, "wall");
  EXPECT_EQ(std::accumulate(met.isInside.begin(), met.isInside.end(), 0), 18 * 18);
  for (int k = 1; k < 19; ++k)
    for (int j = 1; j < 19; ++j) EXPECT_EQ(met.isInside[lattice.index(10, j, k)], 1);
  // Fractions see walls of half a cell as half a cell.
  const std::vector<float> shares =
      fillFractions(makeBox({x - 0.25 * h, -0.9, -0.9}, {x + 0.25 * h, 0.9, 0.9}), lattice, 8, "wall");
  EXPECT_FLOAT_EQ(shares[lattice.index(10, 10, 10)], 0.5F);
}

TEST(Voxel, FractionsAddUpToTheVolume) {
  const TriangleMesh ball = makeIcosphere(0.8, 4);
  const Lattice lattice = cube(12, 1);
  const std::vector<float> shares = fillFractions(ball, lattice, 6, "ball");
  const double h = lattice.spacing.x, fine = h / 6;
  // As for points, at the finer spacing.
  EXPECT_NEAR(h * h * h * std::accumulate(shares.begin(), shares.end(), 0.0), enclosedVolume(ball),
              4 * std::sqrt(surfaceArea(ball) / (fine * fine) / 12) * fine * fine * fine);
  EXPECT_EQ(shares[lattice.index(6, 6, 6)], 1);
  EXPECT_EQ(shares[0], 0);
  // Exactly three eighths of a cell, cut along a sample's border.
  const Lattice one{1, 1, 1, {0, 0, 0}, {1, 1, 1}};
  EXPECT_FLOAT_EQ(fillFractions(makeBox({-2, -2, -2}, {-0.125, 2, 2}), one, 8, "box")[0], 0.375F);
}

TEST(Voxel, OpenMeshesAreRefusedWithThePlace) {
  TriangleMesh open = makeBox({0, 0, 0}, {1, 1, 1});
  open.triangles.resize(open.triangles.size() - 3);
  try {
    (void)voxelise(open, cube(4, 1), "vase");
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_THAT(
        error.what(),
        HasSubstr("The mesh \"vase\" has no inside: it is not closed. It has 3 open edges (one of them at"));
    EXPECT_THAT(error.what(), HasSubstr("Close the holes"));
  }
  EXPECT_THROW((void)fillFractions({}, cube(4, 1), 2, "nothing"), core::Error);
}

}  // namespace
