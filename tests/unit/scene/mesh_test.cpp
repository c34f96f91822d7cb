// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/error.h"
#include "scene/geometry/primitives.h"
#include "scene/mesh/check.h"
#include "scene/mesh/measure.h"
#include "scene/mesh/normals.h"
#include "scene/mesh/topology.h"
#include "scene/mesh/weld.h"

using namespace aula;
using namespace aula::scene;
using ::testing::HasSubstr;

namespace {

TriangleMesh oneTriangle() {
  TriangleMesh mesh;
  mesh.positions = {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}};
  mesh.triangles = {0, 1, 2};
  return mesh;
}

std::string refusal(const TriangleMesh& mesh) {
  try {
    checkMesh(mesh, "bone");
  } catch (const core::Error& error) {
    EXPECT_EQ(error.fault(), core::Fault::input);
    return error.what();
  }
  return {};
}

TEST(Mesh, FaultsAreNamedWithTheirPlace) {
  EXPECT_EQ(refusal(oneTriangle()), "");
  EXPECT_EQ(refusal({}), "");

  TriangleMesh mesh = oneTriangle();
  mesh.triangles = {0, 1, 2, 0, 1, 7, 9, 1, 2};
  EXPECT_EQ(refusal(mesh),
            "The mesh \"bone\" cannot be used. 2 corner indices point outside its 3 points, the first in "
            "triangle 1 "
            "(7).");
  mesh = oneTriangle();
  mesh.triangles.push_back(0);
  EXPECT_THAT(refusal(mesh), HasSubstr("4 corner indices, which is no multiple of three"));
  mesh = oneTriangle();
  mesh.normals.resize(2);
  EXPECT_THAT(refusal(mesh), HasSubstr("2 normals for 3 points"));
  mesh = oneTriangle();
  mesh.colours.resize(4);
  EXPECT_THAT(refusal(mesh), HasSubstr("4 colours for 3 points"));
  mesh = oneTriangle();
  mesh.positions[1].y = std::numeric_limits<float>::quiet_NaN();
  mesh.positions[2].z = std::numeric_limits<float>::infinity();
  EXPECT_THAT(refusal(mesh),
              HasSubstr("2 of its 3 positions are infinite or not a number, the first is number 1"));
  mesh = oneTriangle();
  mesh.textureCoordinates.assign(3, {0, std::numeric_limits<float>::infinity()});
  EXPECT_THAT(refusal(mesh), HasSubstr("3 of its 3 texture coordinates are infinite"));
}

// A cube's corner lies in three square faces; whichever way the squares are split, the angles there are right
// angles, so the normal is the diagonal. Weights by area or by count would lean towards split faces.
TEST(Mesh, NormalsDoNotDependOnHowFacesAreSplit) {
  const TriangleMesh box = weld(makeBox({-1, -1, -1}, {1, 1, 1}));
  const auto normals = computeNormals(box);
  ASSERT_EQ(box.positions.size(), 8U);
  for (std::size_t i = 0; i < 8; ++i) {
    const core::Vec3 expected = normalised(toVec3(box.positions[i]));
    // Sums of a few doubles, then rounded to float: half a unit in the last place of 0.577.
    EXPECT_LT(length(toVec3(normals[i]) - expected), 1e-7);
  }
}

TEST(Mesh, NormalsOfNothingPointUp) {
  TriangleMesh mesh = oneTriangle();
  mesh.positions.push_back({5, 5, 5});
  mesh.triangles.insert(mesh.triangles.end(), {0, 0, 1});
  const auto normals = computeNormals(mesh);
  for (const Float3 n : normals) EXPECT_EQ(n, (Float3{0, 0, 1}));
}

TEST(Mesh, OpenAndTurnedAndCrowdedEdgesAreTold) {
  const TriangleMesh box = weld(makeBox({0, 0, 0}, {1, 1, 1}));
  EdgeReport report = examineEdges(box);
  EXPECT_TRUE(report.isWatertight());
  EXPECT_EQ(report.edges, 18U);
  EXPECT_EQ(describe(report), "");

  TriangleMesh open = box;
  open.triangles.resize(open.triangles.size() - 3);
  report = examineEdges(open);
  EXPECT_FALSE(report.isWatertight());
  EXPECT_EQ(report.open, 3U);
  EXPECT_THAT(describe(report), HasSubstr("It has 3 open edges (one of them at "));

  TriangleMesh turned = box;
  std::swap(turned.triangles[0], turned.triangles[1]);
  report = examineEdges(turned);
  EXPECT_EQ(report.contrary, 3U);
  EXPECT_THAT(describe(report), HasSubstr("3 edges whose triangles are turned contrary ways"));

  TriangleMesh crowded = box;
  crowded.positions.push_back({3, 3, 3});
  crowded.triangles.insert(crowded.triangles.end(), {box.triangles[0], box.triangles[1], 8});
  report = examineEdges(crowded);
  EXPECT_EQ(report.crowded, 1U);
  EXPECT_EQ(report.open, 2U);
  EXPECT_EQ(describe(examineEdges({})), "It has no triangles.");

  // Two cubes that share an edge: four triangles there, in two pairs. Both have an inside.
  const TriangleMesh touching = weld(joined(makeBox({0, 0, 0}, {1, 1, 1}), makeBox({1, 1, 0}, {2, 2, 1})));
  EXPECT_EQ(touching.positions.size(), 14U);
  EXPECT_TRUE(examineEdges(touching).isWatertight());
}

TEST(Mesh, WeldingClosesSeamsAndKeepsWhatIsApart) {
  const TriangleMesh sphere = makeSphere(1, 16, 8);
  EXPECT_FALSE(examineEdges(sphere).isWatertight());
  const TriangleMesh closed = weld(sphere);
  EXPECT_TRUE(examineEdges(closed).isWatertight());
  EXPECT_EQ(closed.positions.size(), 16U * 7 + 2);
  EXPECT_EQ(closed.triangleCount(), sphere.triangleCount());
  EXPECT_TRUE(closed.normals.empty());

  // Points 0.01 apart: a tolerance of half that keeps them, one and a half joins pairs but not the chain.
  TriangleMesh chain;
  for (int i = 0; i < 6; ++i) chain.positions.push_back({0.01F * float(i), 0, 0});
  for (int i = 0; i < 6; ++i) chain.positions.push_back({0.01F * float(i), 1, 0});
  for (std::uint32_t i = 0; i < 5; ++i) {
    chain.triangles.insert(chain.triangles.end(), {i, i + 1, i + 6});
    chain.triangles.insert(chain.triangles.end(), {i + 1, i + 7, i + 6});
  }
  EXPECT_EQ(weld(chain, 0.005).positions.size(), 12U);
  EXPECT_EQ(weld(chain, 0.015).positions.size(), 6U);
  // Zero and minus zero are one place.
  TriangleMesh zeros = oneTriangle();
  zeros.positions.push_back({-0.0F, -0.0F, 0});
  zeros.triangles.insert(zeros.triangles.end(), {3, 2, 1});
  EXPECT_EQ(weld(zeros).positions.size(), 3U);
}

TEST(Mesh, MeasuresAgreeWithTheFormulas) {
  const TriangleMesh box = makeBox({10, 20, 30}, {11, 22, 33});
  // All coordinates are whole numbers: exact.
  EXPECT_DOUBLE_EQ(surfaceArea(box), 2 * (1 * 2 + 2 * 3 + 3 * 1));
  EXPECT_DOUBLE_EQ(enclosedVolume(box), 6);
  EXPECT_EQ(eulerCharacteristic(weld(box)), 2);
  EXPECT_EQ(eulerCharacteristic(weld(makeTorus(2, 0.5))), 0);
  EXPECT_EQ(eulerCharacteristic(oneTriangle()), 1);
  EXPECT_EQ(enclosedVolume({}), 0);
}

}  // namespace
