// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "anatomy/shape/part.h"
#include "anatomy/shape/solid.h"
#include "core/error.h"
#include "scene/mesh/check.h"
#include "scene/mesh/measure.h"
#include "scene/mesh/topology.h"

namespace aula::anatomy {
namespace {

constexpr double kPi = std::numbers::pi;

/// Closed, facing outwards, on the surface to a hundredth of the spacing, normals unit, nothing crossing.
void expectGoodMesh(const scene::TriangleMesh& mesh, const Solid& solid, double spacing) {
  EXPECT_THAT(scene::findProblems(mesh), testing::IsEmpty());
  EXPECT_EQ(scene::describe(scene::examineEdges(mesh)), "");
  EXPECT_GT(scene::enclosedVolume(mesh), 0);
  EXPECT_EQ(crossings(mesh, 1e-3 * spacing), 0U);
  ASSERT_EQ(mesh.normals.size(), mesh.positions.size());
  double most = 0;
  for (const auto& p : mesh.positions) most = std::max(most, std::abs(solid.distance(scene::toVec3(p))));
  // Points keep two hundredths of the spacing from lattice nodes, which moves them by as much at most.
  EXPECT_LT(most, 0.025 * spacing);
  for (const auto& n : mesh.normals) EXPECT_NEAR(length(scene::toVec3(n)), 1, 1e-6);
}

TEST(Polygonise, BallHasItsVolumeAreaAndNormals) {
  const Vec3 centre{0.3, 0.1, -0.2};
  const double r = 0.05, spacing = 0.003;
  const Solid solid = ball(centre, r);
  const scene::TriangleMesh mesh = polygonise(solid, {spacing});
  expectGoodMesh(mesh, solid, spacing);
  // Chords of length s lie within s²/(8 r) of the ball: volume and area are short by at most 3 and 2 times
  // that share; diagonals of a cell are the longest, s² = 3 spacing².
  const double share = 3 * spacing * spacing / (8 * r * r);
  EXPECT_NEAR(scene::enclosedVolume(mesh) / (4 * kPi / 3 * r * r * r), 1, 3 * share);
  EXPECT_NEAR(scene::surfaceArea(mesh) / (4 * kPi * r * r), 1, 2 * share);
  EXPECT_EQ(scene::eulerCharacteristic(mesh), 2);
  for (std::size_t i = 0; i < mesh.positions.size(); ++i) {
    const Vec3 outwards = normalised(scene::toVec3(mesh.positions[i]) - centre);
    EXPECT_GT(dot(outwards, scene::toVec3(mesh.normals[i])), 0.999);
  }
}

TEST(Polygonise, TorusHasAHole) {
  const Solid solid = torus({0, 0, 0}, {0.2, 0.1, 1}, 0.05, 0.02);
  const scene::TriangleMesh mesh = polygonise(solid, {0.003});
  expectGoodMesh(mesh, solid, 0.003);
  EXPECT_EQ(scene::eulerCharacteristic(mesh), 0);
  EXPECT_NEAR(scene::enclosedVolume(mesh) / (2 * kPi * kPi * 0.05 * 0.02 * 0.02), 1, 0.02);
}

TEST(Polygonise, HalfBallHasASharpRimWithinASpacing) {
  const Solid solid = below(ball({0, 0, 0}, 0.05), {0, 0, 1}, 0);
  const scene::TriangleMesh mesh = polygonise(solid, {0.0023});
  EXPECT_TRUE(scene::examineEdges(mesh).isWatertight());
  EXPECT_NEAR(scene::enclosedVolume(mesh) / (2 * kPi / 3 * 0.05 * 0.05 * 0.05), 1, 0.02);
  EXPECT_EQ(crossings(mesh, 2.3e-6), 0U);
}

TEST(Polygonise, SweepsAndBlendsAreClosed) {
  const Solid solid = without(
      united({sweep({{{0, 0, 0}, 0.02, 0.008}, {{0.05, 0.02, 0}, 0.015, 0.01}, {{0.1, 0, 0.02}, 0, 0}}),
              roundCone({0, 0, 0}, {0, 0, 0.06}, 0.015, 0.006), ellipsoid({0.05, 0, 0}, {0.02, 0.03, 0.01})},
             0.01),
      ball({0.05, 0.02, 0.02}, 0.012), 0.004);
  const scene::TriangleMesh mesh = polygonise(solid, {0.0017});
  EXPECT_EQ(scene::describe(scene::examineEdges(mesh)), "");
  EXPECT_EQ(crossings(mesh, 1.7e-6), 0U);
  EXPECT_EQ(scene::eulerCharacteristic(mesh), 2);
}

TEST(Polygonise, ManyPartsInABigRegionAreFoundAndTwiceTheSame) {
  std::vector<Solid> parts;
  for (int i = 0; i < 200; ++i)
    parts.push_back(ball({0.03 * (i % 6), 0.03 * (i / 6 % 6), 0.03 * (i / 36)}, 0.01));
  const scene::TriangleMesh mesh = polygonise(united(parts), {0.002});
  EXPECT_TRUE(scene::examineEdges(mesh).isWatertight());
  EXPECT_EQ(scene::eulerCharacteristic(mesh), 400);
  const scene::TriangleMesh again = polygonise(united(parts), {0.002});
  EXPECT_EQ(mesh.positions, again.positions);
  EXPECT_EQ(mesh.triangles, again.triangles);
}

/// A form that changes faster than it says: blocks are passed over that the surface meets.
class Liar final : public Solid::Form {
 public:
  [[nodiscard]] double distance(Vec3 p) const override { return 2 * (length(p) - 0.05); }
  [[nodiscard]] scene::Bounds bounds() const override { return {{-0.05, -0.05, -0.05}, {0.05, 0.05, 0.05}}; }
};

TEST(Polygonise, SurfaceStaysClosedWhereADistanceIsTooLarge) {
  const scene::TriangleMesh mesh = polygonise(Solid(std::make_shared<Liar>()), {0.002});
  EXPECT_TRUE(scene::examineEdges(mesh).isWatertight());
  EXPECT_EQ(scene::eulerCharacteristic(mesh), 2);
}

TEST(Polygonise, RefusesWhatHasNoInside) {
  const auto messageOf = [](const Solid& solid, double spacing) -> std::string {
    try {
      (void)polygonise(solid, {spacing});
    } catch (const core::Error& error) {
      EXPECT_EQ(error.fault(), core::Fault::input);
      return error.what();
    }
    return "";
  };
  EXPECT_THAT(messageOf(grown(ball({}, 0.01), -0.02), 0.002), testing::HasSubstr("has no inside"));
  EXPECT_THAT(messageOf(ball({}, 0.01), 0), testing::HasSubstr("the spacing must be positive"));
  EXPECT_THAT(messageOf(ball({}, 10), 1e-4), testing::HasSubstr("too many nodes"));
}

TEST(Crossings, CountsPairsThatReachThroughEachOther) {
  scene::TriangleMesh mesh;
  mesh.positions = {{0, 0, 0},           {1, 0, 0},          {0, 1, 0},
                    {0.2F, 0.2F, -0.5F}, {0.2F, 0.2F, 0.5F}, {0.8F, 0.8F, 0.1F}};
  mesh.triangles = {0, 1, 2, 3, 4, 5};
  EXPECT_EQ(crossings(mesh, 1e-6), 1U);
  EXPECT_EQ(crossings(mesh, 2.0), 0U) << "shorter than the tolerance";
  mesh.positions[3] = {0.2F, 0.2F, 0.2F};
  EXPECT_EQ(crossings(mesh, 1e-6), 0U) << "above the other";
}

TEST(Part, MaterialsAreWithinTheModelsRanges) {
  for (const auto make : {boneMaterial, cartilageMaterial, muscleMaterial, tendonMaterial, skinMaterial,
                          lungMaterial, airwayMaterial, myocardiumMaterial, arteryMaterial, veinMaterial}) {
    const scene::Material m = make();
    for (const float c :
         {m.baseColour.red, m.baseColour.green, m.baseColour.blue, m.roughness, m.clearCoat, m.subsurface}) {
      EXPECT_GE(c, 0);
      EXPECT_LE(c, 1);
    }
    EXPECT_EQ(m.metallic, 0);
    EXPECT_GT(m.subsurfaceRadius, 0);
    EXPECT_LT(m.subsurfaceRadius, 0.01F) << "m, not mm";
  }
}

}  // namespace
}  // namespace aula::anatomy
