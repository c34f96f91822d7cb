// SPDX-License-Identifier: Apache-2.0
#include "scene/geometry/iso_surface.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numbers>
#include <random>

#include "core/error.h"
#include "scene/geometry/cell_cases.h"
#include "scene/mesh/check.h"
#include "scene/mesh/measure.h"
#include "scene/mesh/topology.h"
#include "scene/view/bounds.h"

using namespace aula;
using namespace aula::scene;
using ::testing::HasSubstr;

namespace {

constexpr double kPi = std::numbers::pi;

/// n nodes an axis over [-1, 1]³.
VolumeView sampled(int n, const std::function<double(core::Vec3)>& f) {
  VolumeView volume;
  volume.name = "test";
  volume.nx = volume.ny = volume.nz = n;
  const double h = 2.0 / (n - 1);
  volume.origin = {-1, -1, -1};
  volume.spacing = {h, h, h};
  std::vector<float> values;
  for (int k = 0; k < n; ++k)
    for (int j = 0; j < n; ++j)
      for (int i = 0; i < n; ++i) values.push_back(float(f({-1 + h * i, -1 + h * j, -1 + h * k})));
  volume.values = std::make_shared<const std::vector<float>>(std::move(values));
  return volume;
}

TEST(IsoSurface, EveryCaseOfACellIsClosedUpToTheCellsFaces) {
  int centres = 0;
  for (unsigned inside = 0; inside < 256; ++inside) {
    const CellCase& found = cellCases()[inside];
    EXPECT_EQ(found.triangles.size() % 3, 0U);
    EXPECT_EQ(found.triangles.empty(), inside == 0 || inside == 255);
    centres += found.aroundCentre.empty() ? 0 : 1;
    // Every point lies on an edge whose ends differ.
    for (const std::uint8_t e : found.triangles) {
      if (e == kCentre) continue;
      const CellEdge edge = cellEdges()[e];
      const unsigned a = inside >> unsigned(edge.corner) & 1U,
                     b = inside >> unsigned(edge.corner + (1 << edge.axis)) & 1U;
      EXPECT_NE(a, b) << "case " << inside;
    }
  }
  // How many need the extra point is a property of the rule; few, or the outlines would be wrong.
  EXPECT_LT(centres, 40);
}

// The hardest input for cracks: random values make every case and every ambiguous face.
TEST(IsoSurface, RandomValuesGiveAWatertightSurface) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> values(-1, 1);
  const VolumeView volume = sampled(14, [&](core::Vec3) { return values(random); });
  for (const double level : {-0.6, 0.0, 0.4}) {
    const TriangleMesh mesh = makeIsoSurface(volume, level, VolumeBorder::closed);
    EXPECT_TRUE(findProblems(mesh).empty());
    const EdgeReport report = examineEdges(mesh);
    EXPECT_EQ(describe(report), "") << level;
    // Not even two sheets that touch: each edge has exactly two triangles.
    EXPECT_EQ(2 * report.edges, mesh.triangles.size());
    EXPECT_GT(enclosedVolume(mesh), 0);
  }
}

TEST(IsoSurface, ValuesEqualToTheLevelLeaveNoHoles) {
  // Whole numbers: the level is hit exactly at many nodes.
  std::mt19937 random(8);
  const VolumeView volume = sampled(12, [&](core::Vec3) { return int(random() % 3) - 1; });
  const TriangleMesh mesh = makeIsoSurface(volume, 0, VolumeBorder::closed);
  EXPECT_EQ(describe(examineEdges(mesh)), "");
  EXPECT_EQ(2 * examineEdges(mesh).edges, mesh.triangles.size());
}

// The error of linear interpolation and of flat triangles is of second order.
TEST(IsoSurface, ASphereConvergesWithTheSquareOfTheSpacing) {
  const double radius = 0.7;
  std::vector<double> errors;
  for (const int n : {17, 33, 65}) {
    const VolumeView volume = sampled(n, [&](core::Vec3 p) { return radius - length(p); });
    const TriangleMesh mesh = makeIsoSurface(volume, 0);
    EXPECT_EQ(describe(examineEdges(mesh)), "");
    EXPECT_EQ(eulerCharacteristic(mesh), 2);
    errors.push_back(std::abs(surfaceArea(mesh) - 4 * kPi * radius * radius));
    EXPECT_GT(enclosedVolume(mesh), 0);
    // Normals point the way the values fall; central differences are of second order as well: h² times the
    // third derivatives of the distance, of size 1 / R².
    const double h = 2.0 / (n - 1);
    for (std::size_t i = 0; i < mesh.positions.size(); ++i)
      EXPECT_LT(length(toVec3(mesh.normals[i]) - normalised(toVec3(mesh.positions[i]))),
                2 * h * h / (radius * radius));
  }
  EXPECT_NEAR(std::log2(errors[0] / errors[1]), 2, 0.2);
  EXPECT_NEAR(std::log2(errors[1] / errors[2]), 2, 0.2);
}

TEST(IsoSurface, ATorusHasItsHole) {
  const VolumeView volume = sampled(40, [](core::Vec3 p) {
    const double q = std::hypot(p.x, p.y) - 0.6;
    return 0.25 - std::hypot(q, p.z);
  });
  const TriangleMesh mesh = makeIsoSurface(volume, 0);
  EXPECT_EQ(eulerCharacteristic(mesh), 0);
  // Second order again: h² / 8 of the tube's curvature, over its surface, is 1.3 % of the volume.
  EXPECT_NEAR(enclosedVolume(mesh), 2 * kPi * kPi * 0.6 * 0.0625, 0.013 * 2 * kPi * kPi * 0.6 * 0.0625);
}

TEST(IsoSurface, BordersAreOpenOrClosedAsAsked) {
  // A ball around a corner of the volume: an eighth of it lies inside.
  const VolumeView volume = sampled(41, [](core::Vec3 p) {
    return 1.2 - length(p - core::Vec3{-1, -1, -1});
  });
  EXPECT_GT(examineEdges(makeIsoSurface(volume, 0)).open, 0U);
  const TriangleMesh closed = makeIsoSurface(volume, 0, VolumeBorder::closed);
  EXPECT_EQ(describe(examineEdges(closed)), "");
  EXPECT_EQ(eulerCharacteristic(closed), 2);
  const double exact = kPi / 6 * std::pow(1.2, 3);
  EXPECT_NEAR(enclosedVolume(closed), exact, 0.002 * exact);
  // Everything inside: the volume's own box.
  const TriangleMesh box = makeIsoSurface(volume, -100, VolumeBorder::closed);
  // Each face lies a ten-thousandth of the spacing outside.
  EXPECT_NEAR(enclosedVolume(box), 8, 8 * 3 * 2e-4 * 0.05);
  EXPECT_TRUE(makeIsoSurface(volume, 100, VolumeBorder::closed).triangles.empty());
  EXPECT_TRUE(makeIsoSurface(volume, -100).triangles.empty());
}

TEST(IsoSurface, UnevenSpacingIsAllowedAndMissingNumbersAreBelow) {
  VolumeView volume = sampled(20, [](core::Vec3 p) { return p.x > 0.5 ? std::nan("") : 0.5 - length(p); });
  volume.spacing = {0.1, 0.2, 0.3};
  const TriangleMesh mesh = makeIsoSurface(volume, 0, VolumeBorder::closed);
  EXPECT_TRUE(findProblems(mesh).empty());
  EXPECT_TRUE(examineEdges(mesh).isWatertight());
  const Bounds bounds = boundsOf(mesh);
  EXPECT_LT(bounds.size().x, bounds.size().y);
  EXPECT_LT(bounds.size().y, bounds.size().z);
}

TEST(IsoSurface, VolumesThatHaveNoneAreRefused) {
  const auto refusal = [](const VolumeView& volume) -> std::string {
    try {
      (void)makeIsoSurface(volume, 0);
    } catch (const core::Error& error) {
      return error.what();
    }
    return {};
  };
  VolumeView volume = sampled(4, [](core::Vec3) { return 0; });
  volume.nz = 1;
  EXPECT_THAT(refusal(volume), HasSubstr("\"test\" has no surface of equal values: it has 4 x 4 x 1 nodes"));
  volume.nz = 5;
  EXPECT_THAT(refusal(volume), HasSubstr("64 values on the host for 80 nodes"));
  volume.values = nullptr;
  EXPECT_THAT(refusal(volume), HasSubstr("0 values on the host"));
  volume = sampled(4, [](core::Vec3) { return 0; });
  volume.spacing.y = 0;
  EXPECT_THAT(refusal(volume), HasSubstr("must be positive"));
}

}  // namespace
