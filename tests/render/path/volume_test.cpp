// SPDX-License-Identifier: Apache-2.0
// Volumes against Beer and Lambert's law.
#include <cmath>
#include <limits>

#include "golden.h"
#include "scenes.h"

namespace aula::render {
namespace {

constexpr int kNodes = 9;

/// From -1 to 1 along each axis; values by place.
template <typename Field>
scene::VolumeView volume(int nodes, Field field) {
  scene::VolumeView view;
  view.name = "fog";
  view.nx = view.ny = view.nz = nodes;
  const double step = 2.0 / (nodes - 1);
  view.origin = {-1, -1, -1};
  view.spacing = {step, step, step};
  auto values = std::make_shared<std::vector<float>>();
  for (int k = 0; k < nodes; ++k)
    for (int j = 0; j < nodes; ++j)
      for (int i = 0; i < nodes; ++i)
        values->push_back(static_cast<float>(field(core::Vec3{-1 + i * step, -1 + j * step, -1 + k * step})));
  view.values = values;
  view.scale = scene::ColourScale::sequential;
  view.lower = 0;
  view.upper = 1;
  // Opacity of a layer one hundredth of the diagonal thick.
  view.opacity = {{0, 0}, {1, 0.04F}};
  return view;
}

class PathVolume : public PathTest {
 protected:
  static constexpr int kSide = 24, kSamples = 64;
  /// Mean coverage of a picture that looks along y through the middle.
  static double coverage(const scene::Frame& frame, bool isCutAway = false) {
    PathTracerOptions options = pictureOf(kSide, kSide);
    options.isCutAway = isCutAway;
    PathTracer& tracer = testTracer(options);
    tracer.setScene(frame, flatCamera({0, -9, 0}, {0, 0, 0}, 1), furnaceStyle());
    const HdrImage image = tracer.trace(kSamples);
    double sum = 0;
    for (std::size_t i = 3; i < image.pixels.size(); i += 4) sum += static_cast<double>(image.pixels[i]);
    return sum / (kSide * kSide);
  }
  /// Four standard errors of as many draws.
  static double tolerance(double share) {
    return 4 * std::sqrt(share * (1 - share) / (kSide * kSide * kSamples));
  }
  /// Of the value `strength`, a length of the lab's metre: what `volume` gives.
  static double extinction(double strength) {
    return -std::log(1 - 0.04 * strength) / (2 * std::sqrt(3.0) / 100);
  }
};

TEST_F(PathVolume, AVolumeOfOneValueFollowsBeerAndLambert) {
  for (const double strength : {0.1, 0.4, 1.0}) {
    scene::Frame frame;
    frame.views.emplace_back(volume(kNodes, [&](const core::Vec3&) { return strength; }));
    const double expected = 1 - std::exp(-2 * extinction(strength));
    EXPECT_NEAR(coverage(frame), expected, tolerance(expected)) << strength;
  }
}

TEST_F(PathVolume, ARampAbsorbsItsIntegral) {
  // Value along the view from 0 to 1: the mean of -log(1 - 0.04 s) over s, times the length of 2.
  scene::Frame frame;
  frame.views.emplace_back(volume(33, [](const core::Vec3& p) { return 0.5 + 0.5 * p.y; }));
  double depth = 0;
  for (int i = 0; i < 1000; ++i) depth += 2 * extinction((i + 0.5) / 1000) / 1000;
  const double expected = 1 - std::exp(-depth);
  EXPECT_NEAR(coverage(frame), expected, tolerance(expected));
}

TEST_F(PathVolume, TwoVolumesInOnePlaceAbsorbTogether) {
  scene::Frame frame;
  frame.views.emplace_back(volume(kNodes, [](const core::Vec3&) { return 0.3; }));
  auto second = volume(kNodes, [](const core::Vec3&) { return 0.5; });
  second.name = "more";
  frame.views.emplace_back(second);
  const double expected = 1 - std::exp(-2 * (extinction(0.3) + extinction(0.5)));
  EXPECT_NEAR(coverage(frame), expected, tolerance(expected));
}

TEST_F(PathVolume, PlanesAndSolidThingsEndIt) {
  scene::Frame frame;
  frame.views.emplace_back(volume(kNodes, [](const core::Vec3&) { return 0.5; }));
  frame.clips = {{{0, 1, 0}, 0.5}};
  const double quarter = 1 - std::exp(-0.5 * extinction(0.5));
  EXPECT_NEAR(coverage(frame), quarter, tolerance(quarter));
  // Black behind the first half: only the fog before it shines.
  frame.clips.clear();
  scene::Material black = matt(0, 0, 0);
  black.isUnlit = true;
  frame.views.emplace_back(meshView("wall", scene::makeGrid({-3, 0, -3}, {6, 0, 0}, {0, 0, 6}), black));
  EXPECT_NEAR(coverage(frame), 1, 1e-6);
}

TEST_F(PathVolume, TheEighthCutAwayIsClear) {
  // A quarter of the picture (high x or low, whichever is nearer, and high z) looks through half of the
  // volume only: the eye is a little to the right and above.
  scene::Frame frame;
  frame.views.emplace_back(volume(kNodes, [](const core::Vec3&) { return 0.5; }));
  const double whole = 1 - std::exp(-2 * extinction(0.5)), half = 1 - std::exp(-1 * extinction(0.5));
  const double expected = 0.75 * whole + 0.25 * half;
  EXPECT_NEAR(coverage(frame, true), expected, tolerance(expected));
}

TEST_F(PathVolume, WhatIsNotANumberIsClear) {
  scene::Frame frame;
  frame.views.emplace_back(volume(kNodes, [](const core::Vec3& p) {
    return p.y < 0.01 ? std::numeric_limits<double>::quiet_NaN() : 1.0;
  }));
  // From the first node with a number on: y = 0.25 to 1.
  const double expected = 1 - std::exp(-0.75 * extinction(1));
  EXPECT_NEAR(coverage(frame), expected, tolerance(expected));
}

TEST_F(PathVolume, FogAndShadedVolumesLookAsTheyDid) {
  scene::Frame frame;
  auto wave = volume(49, [](const core::Vec3& p) {
    const double r = core::length(p) + 0.05;
    return std::sin(12 * r) / (1 + 6 * r) * p.z / r;
  });
  wave.scale = scene::ColourScale::diverging;
  wave.lower = -0.4;
  wave.upper = 0.4;
  wave.opacity.clear();
  wave.origin.x -= 1.2;
  frame.views.emplace_back(wave);
  auto tissue = volume(33, [](const core::Vec3& p) {
    return 1.2 - core::length(p) - 0.1 * std::sin(7 * p.x) * std::sin(6 * p.z);
  });
  tissue.name = "tissue";
  tissue.shading = scene::VolumeShading::surface;
  tissue.opacity = {{0, 0}, {0.45, 0}, {0.55, 0.7F}, {1, 0.9F}};
  tissue.origin.x += 1.2;
  frame.views.emplace_back(tissue);
  scene::LinesView box;
  box.name = "box";
  box.isDashed = true;
  box.polylines = {{{-2.2, -1, -1}, {-0.2, -1, -1}, {-0.2, 1, -1}, {-2.2, 1, -1}, {-2.2, -1, -1}}};
  frame.views.emplace_back(box);
  PathTracer& tracer = testTracer(pictureOf(240, 135));
  tracer.setScene(frame, cameraAt({0.5, -7, 3}, {0, 0, -0.05}, 28));
  EXPECT_TRUE(matchesGolden("path-volumes", develop(tracer.trace(32), {}), {48, 0.6}));
}

}  // namespace
}  // namespace aula::render
