// SPDX-License-Identifier: Apache-2.0
// Slices show exactly the map's colours, whatever the light and the film do to everything else.
#include <cmath>
#include <limits>

#include "drawn.h"
#include "render/colour/colour_map.h"

namespace aula::render {
namespace {

using core::Vec3;

double field(const Vec3& p) {
  return 0.5 + 0.3 * p.y - 0.15 * p.z + 0.05 * p.x;
}

/// As bytes: one step for rounding, one for the half precision in between (2^-11 of what the film turns back,
/// at most 1.5 steps near white).
constexpr int kSteps = 2;

class Slices : public DrawnScene {
 protected:
  void expectColour(const Image& image, double y, double z, double value) {
    const Srgb wanted = ColourMap::named("dusk").at(value);
    const auto seen =
        image.at(static_cast<int>((y / 1.2 + 1) / 2 * kSide), static_cast<int>((1 - z / 1.2) / 2 * kSide));
    for (std::size_t c = 0; c < 3; ++c)
      EXPECT_NEAR(seen[c], 255 * double{wanted[c]}, kSteps) << y << ' ' << z;
  }
  /// The place in the middle of the pixel that shows (y, z).
  static double centred(double v) {
    return ((std::floor((v / 1.2 + 1) / 2 * kSide) + 0.5) / kSide * 2 - 1) * 1.2;
  }
};

scene::VolumeView sequential(scene::VolumeView view) {
  view.scale = scene::ColourScale::sequential;
  view.lower = 0;
  view.upper = 1;
  return view;
}

TEST_F(Slices, APlaneHasTheMapsColoursUnderAnyFilmAndExposure) {
  scene::Frame frame;
  frame.views.emplace_back(sequential(sampled("f", {"f", ""}, {0, -1, -1}, {0, 1, 1}, 1, 21, 21, field)));
  for (const ToneMapping mapping : {ToneMapping::filmic, ToneMapping::none}) {
    for (const double exposure : {0.0, 1.5, -2.0}) {
      SceneStyle style;
      style.toneMapping = mapping;
      style.exposure = exposure;
      const Image image = renderer.still(frame, alongX(), style, 1);
      for (const double y : {-0.8, 0.0, 0.55}) {
        for (const double z : {-0.6, 0.25}) expectColour(image, y, z, field({0, centred(y), -centred(-z)}));
      }
    }
  }
}

TEST_F(Slices, ACutThroughAVolumeShowsItsValuesThere) {
  const scene::VolumeView volume =
      sequential(sampled("f", {"f", ""}, {-1, -1, -1}, {1, 1, 1}, 17, 17, 17, field));
  scene::SliceView cut;
  cut.name = "cut";
  cut.volume = volume;
  // Aslant: x = z / 2. It reaches beyond the volume at both ends of y, where there is nothing to show.
  cut.corner = {-0.45, -1.15, -0.9};
  cut.u = {0, 2.3, 0};
  cut.v = {0.9, 0, 1.8};
  scene::Frame frame;
  frame.views.emplace_back(cut);
  SceneStyle style;
  style.background = {1, 1, 1};
  const Image image = renderer.still(frame, alongX(), style, 1);
  for (const double y : {-0.8, 0.0, 0.9}) {
    for (const double z : {-0.7, 0.3, 0.8}) {
      const double up = -centred(-z);
      expectColour(image, y, z, field({up / 2, centred(y), up}));
    }
  }
  const auto beyond = image.at(static_cast<int>((1.1 / 1.2 + 1) / 2 * kSide), kSide / 2);
  EXPECT_GE(beyond[0], 254);
}

TEST_F(Slices, WhatIsNotANumberIsGrey) {
  scene::Frame frame;
  frame.views.emplace_back(
      sequential(sampled("f", {"f", ""}, {0, -1, -1}, {0, 1, 1}, 1, 11, 11,
                         [](const Vec3&) { return std::numeric_limits<double>::quiet_NaN(); })));
  const auto seen = renderer.still(frame, alongX(), SceneStyle{}, 1).at(kSide / 2, kSide / 2);
  for (std::size_t c = 0; c < 3; ++c) EXPECT_NEAR(seen[c], 127.5, 2);
}

TEST_F(Slices, ClipPlanesCutThem) {
  scene::Frame frame;
  frame.views.emplace_back(sequential(sampled("f", {"f", ""}, {0, -1, -1}, {0, 1, 1}, 1, 11, 11, field)));
  frame.clips = {{{0, 1, 0}, 0.2}};
  SceneStyle style;
  style.background = {1, 1, 1};
  const Image image = renderer.still(frame, alongX(), style, 1);
  EXPECT_GE(image.at(kSide / 3, kSide / 2)[0], 254);
  EXPECT_LT(image.at(kSide * 3 / 4, kSide / 2)[0], 240);
}

}  // namespace
}  // namespace aula::render
