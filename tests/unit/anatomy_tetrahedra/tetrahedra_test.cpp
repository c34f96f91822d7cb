// SPDX-License-Identifier: Apache-2.0
#include "anatomy/shape/tetrahedra.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numbers>

#include "anatomy/tissue/model/solver.h"
#include "core/error.h"

namespace aula::anatomy {
namespace {

struct Angles {
  double smallest = 180, largest = 0;
};

/// Of all dihedral angles, degrees.
Angles anglesOf(const TetrahedralMesh& mesh) {
  Angles angles;
  for (const auto& t : mesh.tetrahedra)
    for (std::size_t i = 0; i < 4; ++i)
      for (std::size_t j = i + 1; j < 4; ++j) {
        std::array<std::size_t, 2> rest{};
        std::size_t n = 0;
        for (std::size_t k = 0; k < 4; ++k)
          if (k != i && k != j) rest[n++] = k;
        const Vec3 a = mesh.positions[t[i]], edge = mesh.positions[t[j]] - a;
        const Vec3 u = cross(edge, mesh.positions[t[rest[0]]] - a),
                   v = cross(edge, mesh.positions[t[rest[1]]] - a);
        const double angle =
            std::acos(std::clamp(dot(u, v) / (length(u) * length(v)), -1.0, 1.0)) * 180 / std::numbers::pi;
        angles.smallest = std::min(angles.smallest, angle);
        angles.largest = std::max(angles.largest, angle);
      }
  return angles;
}

double volumeOf(const TetrahedralMesh& mesh) {
  double volume = 0;
  for (const auto& t : mesh.tetrahedra) {
    const Vec3 a = mesh.positions[t[0]];
    const double six =
        dot(cross(mesh.positions[t[1]] - a, mesh.positions[t[2]] - a), mesh.positions[t[3]] - a);
    EXPECT_GT(six, 0);
    volume += six / 6;
  }
  return volume;
}

/// Faces belong to one tetrahedron or to two, that see them from different sides.
void expectConformity(const TetrahedralMesh& mesh) {
  std::map<std::array<std::uint32_t, 3>, std::pair<int, int>> sides;
  constexpr int kFaces[4][3] = {{1, 2, 3}, {0, 3, 2}, {0, 1, 3}, {0, 2, 1}};
  for (const auto& t : mesh.tetrahedra)
    for (const auto& face : kFaces) {
      std::array<std::uint32_t, 3> key{t[std::size_t(face[0])], t[std::size_t(face[1])],
                                       t[std::size_t(face[2])]};
      int turns = 0;
      for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = i + 1; j < 3; ++j) turns += key[i] > key[j];
      std::sort(key.begin(), key.end());
      (turns % 2 == 0 ? sides[key].first : sides[key].second) += 1;
    }
  for (const auto& [key, seen] : sides) {
    EXPECT_LE(seen.first, 1);
    EXPECT_LE(seen.second, 1);
  }
}

/// Every edge of the surface belongs to two triangles, once in each direction; so it is closed.
void expectClosed(const scene::TriangleMesh& surface) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, int> edges;
  for (std::size_t n = 0; n < surface.triangles.size(); n += 3)
    for (std::size_t k = 0; k < 3; ++k)
      ++edges[{surface.triangles[n + k], surface.triangles[n + (k + 1) % 3]}];
  for (const auto& [edge, count] : edges) {
    const auto back = edges.find({edge.second, edge.first});
    ASSERT_NE(back, edges.end());
    EXPECT_EQ(count, back->second);
  }
}

double volumeInside(const scene::TriangleMesh& surface) {
  double volume = 0;
  const auto at = [&](std::size_t n) {
    const auto& p = surface.positions[surface.triangles[n]];
    return Vec3{p.x, p.y, p.z};
  };
  for (std::size_t n = 0; n < surface.triangles.size(); n += 3)
    volume += dot(cross(at(n), at(n + 1)), at(n + 2)) / 6;
  return volume;
}

struct Case {
  const char* name;
  Solid solid;
  double spacing, volume;  ///< m, m^3; 0: not known.
};
std::vector<Case> cases() {
  const double pi = std::numbers::pi;
  const Solid muscle = sweep({{{0, 0, 0}, 0.004, 0.003, {1, 0, 0}, 2},
                              {{0.005, 0, 0.03}, 0.016, 0.011, {1, 0, 0}, 2},
                              {{0.004, 0.002, 0.09}, 0.02, 0.014, {1, 0, 0}, 2},
                              {{0, 0, 0.15}, 0.005, 0.004, {1, 0, 0}, 2}});
  return {{"ball", ball({0.001, 0.002, -0.003}, 0.03), 0.005, 4.0 / 3 * pi * std::pow(0.03, 3)},
          {"ellipsoid", ellipsoid({0, 0, 0}, {0.01, 0.02, 0.05}), 0.004, 4.0 / 3 * pi * 0.01 * 0.02 * 0.05},
          {"torus", torus({0, 0, 0}, {0.2, 0.1, 1}, 0.03, 0.012), 0.004, 2 * pi * pi * 0.03 * 0.012 * 0.012},
          {"muscle", muscle, 0.004, 0},
          {"hollow", without(ball({0, 0, 0}, 0.03), ball({0.002, 0, 0}, 0.02)), 0.004,
           4.0 / 3 * pi * (std::pow(0.03, 3) - std::pow(0.02, 3))}};
}

TEST(Tetrahedra, AnglesVolumesConformity) {
  for (const Case& one : cases()) {
    SCOPED_TRACE(one.name);
    const TetrahedralMesh mesh = tetrahedralise(one.solid, one.spacing);
    const Angles angles = anglesOf(mesh);
    SCOPED_TRACE("angles " + std::to_string(angles.smallest) + " to " + std::to_string(angles.largest) +
                 ", " + std::to_string(mesh.tetrahedra.size()) + " tetrahedra");
    // What Labelle and Shewchuk prove for their stencils; ours choose diagonals by another rule.
    EXPECT_GT(angles.smallest, 8.9);
    EXPECT_LT(angles.largest, 158.8);
    expectConformity(mesh);
    const double volume = volumeOf(mesh);
    // A chord of s on a surface of radius r lies s^2/(8 r) inside it: below 3 % of a 12 mm tube's volume.
    if (one.volume > 0) {
      EXPECT_NEAR(volume / one.volume, 1, 0.035);
    }
    std::vector<std::uint32_t> corners;
    const scene::TriangleMesh surface = boundaryOf(mesh, corners);
    ASSERT_EQ(corners.size(), surface.positions.size());
    expectClosed(surface);
    EXPECT_NEAR(volumeInside(surface), volume, 1e-5 * volume);  // single precision
    for (std::size_t n = 0; n < corners.size(); ++n) {
      const Vec3 p = mesh.positions[corners[n]];
      EXPECT_EQ(float(p.x), surface.positions[n].x);
      // Points of the surface are on it.
      EXPECT_LT(std::abs(one.solid.distance(p)), 1e-3 * one.spacing);
    }
  }
}

TEST(Tetrahedra, FinerMeshesComeNearerToTheVolume) {
  const Solid solid = ball({0.0013, 0, 0}, 0.03);
  const double exact = 4.0 / 3 * std::numbers::pi * std::pow(0.03, 3);
  const double coarse = 1 - volumeOf(tetrahedralise(solid, 0.008)) / exact,
               fine = 1 - volumeOf(tetrahedralise(solid, 0.004)) / exact;
  // Chords: with the square of the spacing.
  EXPECT_GT(coarse, 0);
  EXPECT_NEAR(std::log2(coarse / fine), 2, 0.35);
}

TEST(Tetrahedra, SameInputSameMesh) {
  const Solid solid = torus({0, 0, 0}, {0, 0, 1}, 0.03, 0.012);
  const TetrahedralMesh a = tetrahedralise(solid, 0.006), b = tetrahedralise(solid, 0.006);
  EXPECT_EQ(a.positions, b.positions);
  EXPECT_EQ(a.tetrahedra, b.tetrahedra);
}

TEST(Tetrahedra, NothingInsideIsSaid) {
  const auto messageOf = [](const Solid& solid, double spacing) {
    try {
      (void)tetrahedralise(solid, spacing);
    } catch (const core::Error& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_EQ(
      messageOf(ball({0.0005, 0.0002, 0.0003}, 0.0001), 0.001),
      "tetrahedra: no point of a lattice of 1.000000 mm lies inside the solid; it needs a smaller spacing");
  EXPECT_EQ(messageOf(ball({0, 0, 0}, 0.01), 0),
            "tetrahedra: the spacing is 0.000000 m; allowed is more than 0");
  EXPECT_NE(messageOf(ball({0, 0, 0}, 10), 1e-4).find("allowed are fewer than 200 million"),
            std::string::npos);
}

/// What they are for: a solid's tetrahedra as soft tissue, which sags and keeps its volume.
TEST(Tetrahedra, SolidsBecomeTissue) {
  const TetrahedralMesh mesh = tetrahedralise(cases()[3].solid, 0.005);
  tissue::Matter matter;
  matter.shear = 2e4;
  matter.bulk = 2e6;
  matter.density = 1060;
  tissue::Body body;
  body.positions = mesh.positions;
  body.tetrahedra = mesh.tetrahedra;
  body.matter = {matter};
  body.matters.assign(mesh.tetrahedra.size(), 0);
  body.groups.assign(mesh.tetrahedra.size(), 0);
  body.fibres.assign(mesh.tetrahedra.size(), Vec3{});
  for (std::size_t n = 0; n < mesh.positions.size(); ++n)
    if (mesh.positions[n].z < 0.01 || mesh.positions[n].z > 0.14) body.held.push_back(std::uint32_t(n));
  tissue::Settings settings;
  settings.gravity = {0, -9.81, 0};
  const auto solver = tissue::makeCpuSolver(body, settings, 2);
  const double volume = solver->totals().volume;
  solver->advance(30);
  EXPECT_NEAR(solver->totals().volume / volume, 1, 2e-3);
  double sunk = 0;
  const std::vector<Vec3> found = solver->positions();
  for (std::size_t n = 0; n < found.size(); ++n) sunk = std::max(sunk, body.positions[n].y - found[n].y);
  EXPECT_GT(sunk, 1e-3);
  EXPECT_LT(sunk, 0.02);
}

}  // namespace
}  // namespace aula::anatomy
