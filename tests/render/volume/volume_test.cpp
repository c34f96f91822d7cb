// SPDX-License-Identifier: Apache-2.0
// Volumes against the closed form of emission and absorption (N. Max, 1995, eq. 14); no stored pictures.
#include <cmath>
#include <cstring>
#include <limits>

#include "compute/shared_array.h"
#include "drawn.h"
#include "render/colour/colour_map.h"

namespace aula::render {
namespace {

using core::Vec3;

/// A cube from -1 to 1 of a field, colours from 0 to 1.
scene::VolumeView cube(int nodes, const std::function<double(const Vec3&)>& field) {
  auto view = sampled("f", {"f", ""}, {-1, -1, -1}, {1, 1, 1}, nodes, nodes, nodes, field);
  view.scale = scene::ColourScale::sequential;
  view.lower = 0;
  view.upper = 1;
  return view;
}

/// An extinction per unit of length, as the opacity of a hundredth of the cube's diagonal.
float opacityFor(double extinction) {
  return static_cast<float>(-std::expm1(-extinction * 2 * std::sqrt(3.0) / 100));
}

/// A byte of sRGB is at most 1/110 in linear light (at white), rounding half of it; rays stop at 0.004;
/// colours are mixed from 1024 entries and radiance kept in half precision (2^-11).
constexpr double kSlack = 0.5 / 110 + 0.004 + 0.002;

class Volumes : public DrawnScene {
 protected:
  static double dusk(double t, std::size_t channel) {
    const double v = ColourMap::named("dusk").at(t)[channel];
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
  }
};

TEST_F(Volumes, OneValueAbsorbsExponentially) {
  for (const double extinction : {0.1, 0.7, 3.0}) {
    scene::Frame frame;
    scene::VolumeView view = cube(6, [](const Vec3&) { return 0.5; });
    view.opacity = {{0, opacityFor(extinction)}, {1, opacityFor(extinction)}};
    frame.views.emplace_back(view);
    const auto seen = at(frame, plain(), 0.31, -0.42);
    const double through = std::exp(-2 * extinction);
    for (std::size_t c = 0; c < 3; ++c)
      EXPECT_NEAR(seen[c], (1 - through) * dusk(0.5, c) + through, kSlack) << extinction;
  }
}

TEST_F(Volumes, DensityThickensAllOfIt) {
  scene::Frame frame;
  scene::VolumeView view = cube(6, [](const Vec3&) { return 0.5; });
  view.opacity = {{0, opacityFor(0.4)}, {1, opacityFor(0.4)}};
  frame.views.emplace_back(view);
  SceneStyle style = plain();
  style.volumeDensity = 2.5;
  const double through = std::exp(-2 * 0.4 * 2.5);
  EXPECT_NEAR(at(frame, style, 0, 0.2)[1], (1 - through) * dusk(0.5, 1) + through, kSlack);
}

TEST_F(Volumes, AShellThinnerThanAStepIsMetInFull) {
  // The value rises evenly along the ray, so a peak of the transfer function, w wide in value, is a shell 2 w
  // thick. Nodes are 0.4 apart, the shell 0.02: steps would leap over it. With a triangle of extinction its
  // integral is half the peak's.
  constexpr double kWidth = 0.01, kPeak = 140;
  scene::Frame frame;
  scene::VolumeView view = cube(6, [](const Vec3& p) { return 0.5 + 0.5 * p.x; });
  view.opacity = {{0.43 - kWidth / 2, 0}, {0.43, opacityFor(kPeak)}, {0.43 + kWidth / 2, 0}};
  frame.views.emplace_back(view);
  // Opacity, not extinction, is linear between points: integrate what was asked for.
  double depth = 0;
  constexpr int kParts = 20000;
  for (int i = 0; i < kParts; ++i) {
    const double share = std::abs((i + 0.5) / kParts * 2 - 1);
    const double opacity = (1 - share) * opacityFor(kPeak);
    depth += -std::log1p(-opacity) * 100 / (2 * std::sqrt(3.0)) * 2 * kWidth / kParts;
  }
  const double through = std::exp(-depth);
  // Ten entries of the table make the triangle: its corners are cut, 3 % of the depth; 12 bits of the value
  // move its place, not its size.
  const double slack = 0.03 * depth * through + kSlack;
  for (const double y : {-0.5, 0.1, 0.7}) {
    const auto seen = at(frame, plain(), y, 0.3);
    for (std::size_t c = 0; c < 3; ++c)
      EXPECT_NEAR(seen[c], (1 - through) * dusk(0.43, c) + through, slack) << y;
  }
}

TEST_F(Volumes, ClearPartsAreLeaptOverWithoutATrace) {
  // A small dense ball in a large clear box; the same ball where every brick has something faint in it (below
  // what a byte shows), so that nothing can be leapt over.
  const auto ball = [](const Vec3& p) {
    const double r = std::hypot(p.x + 0.3, p.y - 0.4, p.z + 0.2);
    return r < 0.35 ? 0.9 : 0.0;
  };
  scene::VolumeView leapt = cube(65, ball), marched = leapt;
  leapt.opacity = {{0.2, 0}, {1, 0.3F}};
  marched.opacity = {{0, 1e-6F}, {0.2, 1e-6F}, {1, 0.3F}};
  scene::Frame a, b;
  a.views.emplace_back(leapt);
  b.views.emplace_back(marched);
  const Image first = renderer.still(a, alongX(), plain(), 4),
              second = renderer.still(b, alongX(), plain(), 4);
  int seen = 0;
  for (std::size_t i = 0; i < first.pixels.size(); ++i) {
    // Steps fall at other places after a leap: within the ball's edge, one cell of 0.03, the opacity is
    // sampled otherwise.
    EXPECT_NEAR(first.pixels[i], second.pixels[i], 10);
    if (first.pixels[i] < 200) ++seen;
  }
  EXPECT_GT(seen, 500);
}

TEST_F(Volumes, WhatIsSolidEndsTheRayAndIsSeenThroughTheRest) {
  scene::Frame clear, fog;
  scene::VolumeView view = cube(6, [](const Vec3&) { return 0.5; });
  view.opacity = {{0, opacityFor(0.5)}, {1, opacityFor(0.5)}};
  scene::MeshView plate = wall(0.25, 0.9);
  plate.name = "plate";
  plate.material.isTwoSided = true;
  clear.views.emplace_back(plate);
  fog.views.emplace_back(view);
  fog.views.emplace_back(plate);
  const auto bare = at(clear, plain(), 0.3, 0.3), seen = at(fog, plain(), 0.3, 0.3);
  const double through = std::exp(-0.5 * 0.75);
  for (std::size_t c = 0; c < 3; ++c) {
    EXPECT_LT(bare[c], 0.95) << "the plate must be seen";
    EXPECT_NEAR(seen[c], (1 - through) * dusk(0.5, c) + through * bare[c], kSlack);
  }
}

TEST_F(Volumes, ClipPlanesTakeTheirPart) {
  scene::Frame frame;
  scene::VolumeView view = cube(6, [](const Vec3&) { return 0.5; });
  view.opacity = {{0, opacityFor(0.5)}, {1, opacityFor(0.5)}};
  frame.views.emplace_back(view);
  frame.clips = {{{-1, 0, 0}, -0.2}, {{0, 0.6, 0.8}, -0.5}};  // x <= 0.2; 0.6 y + 0.8 z >= -0.5.
  const double through = std::exp(-0.5 * 1.2);
  EXPECT_NEAR(at(frame, plain(), 0.3, 0.3)[0], (1 - through) * dusk(0.5, 0) + through, kSlack);
  EXPECT_NEAR(at(frame, plain(), -0.7, -0.7)[0], 1, kSlack);
}

TEST_F(Volumes, TheEighthCutAwayIsEmpty) {
  scene::Frame frame;
  scene::VolumeView view = cube(6, [](const Vec3&) { return 0.5; });
  view.opacity = {{0, opacityFor(0.5)}, {1, opacityFor(0.5)}};
  frame.views.emplace_back(view);
  SceneStyle style = plain();
  style.isCutAway = true;
  scene::Camera camera = alongX();
  camera.eye = {4, 1e-4, 1e-4};  // A hair aside, so that the nearest eighth is that of high y and high z.
  const Image image = renderer.still(frame, camera, style, 4);
  const double whole = std::exp(-1.0), half = std::exp(-0.5);
  EXPECT_NEAR(pixelOf(image, 0.5, 0.5)[1], (1 - half) * dusk(0.5, 1) + half, kSlack);
  EXPECT_NEAR(pixelOf(image, -0.5, 0.5)[1], (1 - whole) * dusk(0.5, 1) + whole, kSlack);
  EXPECT_NEAR(pixelOf(image, 0.5, -0.5)[1], (1 - whole) * dusk(0.5, 1) + whole, kSlack);
}

TEST_F(Volumes, GradientsAreLitFromTheLamp) {
  // A soft ball under a lamp from +z: its upper half is brighter than its lower, and the lamp's colour does
  // not matter to a fog.
  const auto ball = [](const Vec3& p) { return std::max(0.0, 1 - std::hypot(p.x, p.y, p.z)); };
  scene::VolumeView lit = cube(33, ball);
  lit.opacity = {{0.3, 0}, {0.35, 0.9F}};
  lit.shading = scene::VolumeShading::surface;
  scene::VolumeView flat = lit;
  flat.shading = scene::VolumeShading::fog;
  SceneStyle style = plain();
  style.lights = {{{0, 0, 1}, {1, 1, 1}, 3, false, false, 1}};
  scene::Frame a, b;
  a.views.emplace_back(lit);
  b.views.emplace_back(flat);
  EXPECT_GT(at(a, style, 0, 0.45)[0], 1.3 * at(a, style, 0, -0.45)[0]);
  EXPECT_NEAR(at(b, style, 0, 0.45)[0], at(b, style, 0, -0.45)[0], 0.02);
}

TEST_F(Volumes, TinyAndHugeFieldsLookTheSame) {
  // Fields of attovolts and of teravolts: values are scaled before they become half precision.
  const auto field = [](const Vec3& p) { return 0.5 + 0.4 * p.y; };
  std::array<double, 3> pixels[3];
  int n = 0;
  for (const double unit : {1.0, 1e-18, 1e12}) {
    scene::VolumeView view = cube(9, [&](const Vec3& p) { return unit * field(p); });
    view.upper = unit;
    scene::Frame frame;
    frame.views.emplace_back(view);
    pixels[n++] = at(frame, plain(), 0.5, 0.1);
  }
  for (std::size_t c = 0; c < 3; ++c) {
    EXPECT_NEAR(pixels[1][c], pixels[0][c], kSlack);
    EXPECT_NEAR(pixels[2][c], pixels[0][c], kSlack);
  }
}

TEST_F(Volumes, ValuesSharedWithTheDeviceLookLikeTheSameOnTheHost) {
  const auto field = [](const Vec3& p) { return 0.5 + 0.4 * std::sin(3 * p.y) * std::cos(2 * p.z) * p.x; };
  // Planes of 37 x 5 floats begin at no multiple of what bindings begin at.
  scene::VolumeView view = sampled("f", {"f", ""}, {-1, -1, -1}, {1, 1, 1}, 37, 5, 23, field);
  view.scale = scene::ColourScale::sequential;
  view.upper = 1;
  scene::Frame host, shared;
  host.views.emplace_back(view);
  const auto array = gpu->sharedArrays().take(view.values->size() * sizeof(float));
  ASSERT_NE(array->hostPointer(), nullptr) << "the software device shares through the host";
  std::memcpy(array->hostPointer(), view.values->data(), view.values->size() * sizeof(float));
  gpu->sharedArrays().publish(*array, nullptr);
  view.values.reset();
  view.sharedValues = array;
  shared.views.emplace_back(view);
  const Image a = renderer.still(host, alongX(), plain(), 2),
              b = renderer.still(shared, alongX(), plain(), 2);
  int seen = 0;
  for (std::size_t i = 0; i < a.pixels.size(); ++i) {
    // One is scaled by its largest value, the other by its limit: half precision rounds them differently, and
    // steps that are not leapt over fall elsewhere.
    EXPECT_NEAR(a.pixels[i], b.pixels[i], 4);
    if (a.pixels[i] < 250) ++seen;
  }
  EXPECT_GT(seen, 1000);
}

TEST_F(Volumes, SharedValuesNeedColourLimitsAndTheirWholeLength) {
  scene::VolumeView view = cube(9, [](const Vec3&) { return 0.5; });
  view.values.reset();
  view.sharedValues = gpu->sharedArrays().take(9 * 9 * 9 * sizeof(float));
  view.upper = view.lower;
  scene::Frame frame;
  frame.views = {view};
  const auto message = [&] {
    try {
      (void)renderer.still(frame, alongX(), plain(), 1);
    } catch (const std::exception& error) {
      return std::string(error.what());
    }
    return std::string("nothing was thrown");
  };
  EXPECT_NE(message().find("give the limits"), std::string::npos) << message();
  view.upper = 1;
  view.nz = 10;
  frame.views = {view};
  EXPECT_NE(message().find("9x9x10 floats"), std::string::npos) << message();
}

TEST_F(Volumes, PublishingNewValuesEveryFrameReusesTheDevicesMemory) {
  // Two frames are on their way at a time: nothing may be freed or overwritten under them (validation would
  // tell).
  for (int i = 0; i < 6; ++i) {
    scene::Frame frame;
    frame.views.emplace_back(cube(17 + 8 * (i % 2), [&](const Vec3& p) { return 0.5 + 0.1 * i * p.x; }));
    renderer.draw(frame, alongX(), plain());
  }
  (void)renderer.image();
}

TEST_F(Volumes, WhatIsNotANumberIsNotThere) {
  scene::Frame frame;
  frame.views.emplace_back(cube(6, [](const Vec3&) { return std::numeric_limits<double>::quiet_NaN(); }));
  EXPECT_NEAR(at(frame, plain(), 0.1, 0.1)[0], 1, kSlack);
}

}  // namespace
}  // namespace aula::render
