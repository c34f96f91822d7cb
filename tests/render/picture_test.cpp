// SPDX-License-Identifier: Apache-2.0
// Planes, pixel by pixel against what the formulas say; no stored pictures.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "fields.h"
#include "render/colour/colour_map.h"
#include "render/layout/label_layout.h"
#include "render/layout/picture.h"

namespace aula::render {
namespace {

using core::Vec3;
constexpr int kWidth = 400, kHeight = 300;

std::array<int, 3> bytes(const Srgb& colour) {
  std::array<int, 3> b{};
  for (std::size_t c = 0; c < 3; ++c) b[c] = static_cast<int>(std::lround(255 * colour[c]));
  return b;
}

/// Where the layout puts things in the very picture that the renderer draws.
Picture layoutOf(const scene::Frame& frame, const PictureStyle& style, Typesetter& typesetter) {
  ColourLimits limits;
  for (const scene::View& any : frame.views) {
    if (const auto* view = std::get_if<scene::VolumeView>(&any)) limits.observe(*view);
  }
  LabelLayout labels;
  const PictureRequest request{frame,  style,  limits, typesetter, labels, Theme(style, kWidth, kHeight),
                               kWidth, kHeight};
  return layOutPlane(request, std::get<scene::VolumeView>(frame.views[0]));
}

void expectColour(const Image& image, int x, int y, const Srgb& wanted, int slack) {
  const auto pixel = image.at(x, y);
  const auto b = bytes(wanted);
  for (std::size_t c = 0; c < 3; ++c)
    EXPECT_NEAR(pixel[c], b[c], slack) << "at (" << x << ", " << y << "), channel " << c;
}

class PlanePicture : public testing::Test {
 protected:
  void TearDown() override {
    EXPECT_TRUE(renderer.validationMessages().empty()) << renderer.validationMessages().front();
  }
  Renderer renderer{testOptions(kWidth, kHeight)};
  Typesetter typesetter;
};

/// A field linear in x and y: linear filtering between nodes gives it back everywhere, so that each pixel's
/// value is known.
scene::Frame ramp() {
  scene::Frame frame;
  auto view = sampled("f", {"f", "V"}, {0, 0, 0}, {8, 6, 0}, 9, 7, 1,
                      [](const Vec3& p) { return p.x / 8 - p.y / 6; });
  view.lower = -1;
  view.upper = 1;
  frame.views.emplace_back(view);
  return frame;
}

TEST_F(PlanePicture, EveryPixelHasItsValuesColour) {
  for (const char* name : {"tide", "dusk"}) {
    PictureStyle style;
    style.colourMap = name;
    const scene::Frame frame = ramp();
    const Image image = renderer.render(frame, style);
    const Rectangle plot = layoutOf(frame, style, typesetter).plot;
    const ColourMap& map = ColourMap::named(name);
    // Not on the outermost pixels, where the frame's smooth edge lies.
    for (int y = static_cast<int>(plot.top) + 2; y < static_cast<int>(plot.bottom()) - 2; y += 3) {
      for (int x = static_cast<int>(plot.left) + 2; x < static_cast<int>(plot.right()) - 2; x += 3) {
        const double value = (x + 0.5 - plot.left) / plot.width - (plot.bottom() - y - 0.5) / plot.height;
        // One step: rounding to a byte after single-precision interpolation.
        expectColour(image, x, y, map.at((value + 1) / 2), 1);
      }
    }
  }
}

TEST_F(PlanePicture, TheColourBarShowsTheSameMap) {
  const scene::Frame frame = ramp();
  const Image image = renderer.render(frame, {});
  const Picture picture = layoutOf(frame, {}, typesetter);
  const SliceItem& bar = picture.slices.at(1);
  // From clip space back to pixels: the ramp's lower end is its row 0.
  const glm::vec4 low = bar.clipFromNode * glm::vec4(0, 0, 0, 1),
                  high = bar.clipFromNode * glm::vec4(0, 1, 0, 1);
  const double bottom = (low.y + 1) / 2 * kHeight, top = (high.y + 1) / 2 * kHeight;
  const int x = static_cast<int>((low.x + 1) / 2 * kWidth);
  ASSERT_GT(bottom - top, 100);
  for (int y = static_cast<int>(top) + 2; y < static_cast<int>(bottom) - 2; ++y) {
    expectColour(image, x, y, ColourMap::named("tide").at((bottom - y - 0.5) / (bottom - top)), 1);
  }
}

TEST_F(PlanePicture, NearestShowsNodes) {
  scene::Frame frame;
  auto view = sampled("f", {"f", ""}, {0, 0, 0}, {3, 2, 0}, 4, 3, 1,
                      [](const Vec3& p) { return std::fmod(p.x + p.y, 2) < 0.5 ? -1 : 1; });
  view.lower = -1;
  view.upper = 1;
  frame.views.emplace_back(view);
  PictureStyle style;
  style.filtering = Filtering::nearest;
  const Image image = renderer.render(frame, style);
  const Rectangle plot = layoutOf(frame, style, typesetter).plot;
  for (int j = 0; j < 3; ++j) {
    for (int i = 0; i < 4; ++i) {
      // A node's colour reaches to the middle between it and the next: look at 0.4 of the way to each side.
      for (const double aside : {-0.4, 0.4}) {
        const double x = plot.left + plot.width * (i + aside) / 3,
                     y = plot.bottom() - plot.height * (j + aside) / 2;
        if (x < plot.left + 2 || x > plot.right() - 2 || y < plot.top + 2 || y > plot.bottom() - 2) continue;
        expectColour(image, static_cast<int>(x), static_cast<int>(y),
                     ColourMap::named("tide").at((i + j) % 2 == 0 ? 0 : 1), 0);
      }
    }
  }
}

TEST_F(PlanePicture, WhatIsNoNumberIsGrey) {
  scene::Frame frame;
  auto view = sampled("f", {"f", ""}, {0, 0, 0}, {4, 3, 0}, 5, 4, 1,
                      [](const Vec3&) { return std::numeric_limits<double>::quiet_NaN(); });
  frame.views.emplace_back(view);
  const Image image = renderer.render(frame, {});
  const Rectangle plot = layoutOf(frame, {}, typesetter).plot;
  expectColour(image, static_cast<int>(plot.left + plot.width / 2),
               static_cast<int>(plot.top + plot.height / 2), {0.5F, 0.5F, 0.5F}, 1);
}

TEST_F(PlanePicture, FineWavesAverageInsteadOfTurningToMoire) {
  // Four nodes a pixel that alternate between the limits: their mean is zero, and so must the colour be.
  scene::Frame frame;
  auto view = sampled("f", {"f", ""}, {0, 0, 0}, {4, 3, 0}, 1200, 900, 1, [](const Vec3&) { return 0; });
  auto values = std::make_shared<std::vector<float>>(*view.values);
  for (std::size_t i = 0; i < values->size(); ++i) (*values)[i] = i % 2 == 0 ? 1.0F : -1.0F;
  view.values = values;
  frame.views.emplace_back(view);
  const Image image = renderer.render(frame, {});
  const Rectangle plot = layoutOf(frame, {}, typesetter).plot;
  // A pixel is about four nodes wide and takes four or five samples each way: what is left of an alternating
  // sum is at most one part in four.
  const OkLab zero = okLabFromSrgb(ColourMap::named("tide").at(0.5));
  const OkLab quarter = okLabFromSrgb(ColourMap::named("tide").at(0.625));
  for (int x = static_cast<int>(plot.left) + 3; x < static_cast<int>(plot.right()) - 3; ++x) {
    const auto p = image.at(x, static_cast<int>(plot.top + plot.height / 2));
    const OkLab found = okLabFromSrgb(
        {static_cast<float>(p[0]) / 255, static_cast<float>(p[1]) / 255, static_cast<float>(p[2]) / 255});
    EXPECT_GT(found[0], quarter[0] - 0.01);
    EXPECT_LE(found[0], zero[0] + 0.01);
  }
}

TEST_F(PlanePicture, OutlinesLieWhereTheObjectIs) {
  scene::Frame frame = ramp();
  scene::LinesView line;
  line.polylines = {{{2, 1, 0}, {2, 5, 0}}};
  frame.views.emplace_back(line);
  // An object off the plane leaves no trace, one that the plane cuts does.
  scene::LinesView beside;
  beside.polylines = {{{5, 1, 3}, {5, 5, 3}}};
  frame.views.emplace_back(beside);
  scene::LinesView through;
  through.polylines = {{{6.5, 1, -1}, {6.5, 5, -1}}, {{6.5, 1, 1}, {6.5, 5, 1}}};
  frame.views.emplace_back(through);
  const Image image = renderer.render(frame, {});
  const Rectangle plot = layoutOf(frame, {}, typesetter).plot;
  const int y = static_cast<int>(plot.top + plot.height / 2);
  const auto darkest = [&](double at) {
    int least = 255;
    const int x = static_cast<int>(plot.left + plot.width * at / 8);
    for (int k = x - 1; k <= x + 1; ++k) least = std::min<int>(least, image.at(k, y)[1]);
    return least;
  };
  EXPECT_LT(darkest(2), 90);
  EXPECT_LT(darkest(6.5), 90);
  EXPECT_GT(darkest(5), 120);
}

TEST_F(PlanePicture, ASliceAcrossAnyAxisIsShown) {
  // The same field in three positions: the picture's plot must not change.
  const auto field = [](double u, double v) { return u - v * v; };
  std::vector<Image> images;
  PictureStyle style;
  style.axisNames[0] = style.axisNames[1] = style.axisNames[2] = "s";
  for (int normal = 0; normal < 3; ++normal) {
    const auto at = [&](double u, double v) {
      return normal == 0 ? Vec3{0, u, v} : normal == 1 ? Vec3{u, 0, v} : Vec3{u, v, 0};
    };
    scene::Frame frame;
    frame.views.emplace_back(
        sampled("f", {"f", ""}, at(0, 0), at(4, 3), normal == 0 ? 1 : 9,
                normal == 1   ? 1
                : normal == 0 ? 9
                              : 7,
                normal == 2 ? 1 : 7, [&](const Vec3& p) {
                  return normal == 0 ? field(p.y, p.z) : normal == 1 ? field(p.x, p.z) : field(p.x, p.y);
                }));
    images.push_back(renderer.render(frame, style));
  }
  EXPECT_EQ(images[0].pixels, images[1].pixels);
  EXPECT_EQ(images[0].pixels, images[2].pixels);
}

}  // namespace
}  // namespace aula::render
