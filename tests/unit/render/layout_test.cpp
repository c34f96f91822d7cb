// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "render/layout/camera.h"
#include "render/layout/label_layout.h"
#include "render/layout/picture.h"

namespace aula::render {
namespace {

scene::VolumeView view(int nx, int ny, int nz, core::Vec3 size) {
  scene::VolumeView v;
  v.name = "Ez";
  v.quantity = {"电场强度 z 分量, electric field along z", "V/m"};
  v.nx = nx;
  v.ny = ny;
  v.nz = nz;
  v.origin = -0.5 * size;
  const auto apart = [](double length, int n) { return n > 1 ? length / (n - 1) : length; };
  v.spacing = {apart(size.x, nx), apart(size.y, ny), apart(size.z, nz)};
  v.values = std::make_shared<const std::vector<float>>(
      static_cast<std::size_t>(nx) * static_cast<std::size_t>(ny) * static_cast<std::size_t>(nz), 0.5F);
  return v;
}

void expectTextInside(const Picture& picture, int width, int height) {
  ASSERT_FALSE(picture.text.vertices.empty());
  for (const TextVertex& v : picture.text.vertices) {
    ASSERT_GE(v.x, -1);
    ASSERT_LE(v.x, width + 1);
    ASSERT_GE(v.y, -1);
    ASSERT_LE(v.y, height + 1);
  }
}

using Size = std::tuple<int, int>;
class EverySize : public testing::TestWithParam<Size> {};

const std::string kLongTitle =
    "双缝干涉实验：波长为五百三十二纳米的单色光通过间距三微米的两条狭缝之后，在远处屏幕上形成明暗相间的干涉条"
    "纹，"
    "条纹间距与波长成正比，与缝距成反比 (Young 1804)";

TEST_P(EverySize, PlaneFits) {
  const auto [width, height] = GetParam();
  Typesetter typesetter;
  LabelLayout labels;
  const ColourLimits limits;
  for (const core::Vec3 extent :
       {core::Vec3{20e-6, 12e-6, 1e-6}, core::Vec3{1e-3, 9e-3, 1e-6}, core::Vec3{5, 0.4, 1}}) {
    for (const std::string& title : {std::string("Slit"), kLongTitle}) {
      scene::Frame frame;
      frame.title = title;
      frame.views.emplace_back(view(40, 30, 1, extent));
      const PictureStyle style;
      const PictureRequest request{frame, style, limits, typesetter, labels, Theme(style, width, height),
                                   width, height};
      const Picture picture = layOutPlane(request, std::get<scene::VolumeView>(frame.views[0]));
      expectTextInside(picture, width, height);
      EXPECT_GE(picture.plot.left, 0);
      EXPECT_GE(picture.plot.top, 0);
      EXPECT_LE(picture.plot.right(), width);
      EXPECT_LE(picture.plot.bottom(), height);
      // To scale, to the pixel that rounding costs, up to the most that is allowed.
      const double aspect = extent.x / extent.y;
      EXPECT_NEAR(picture.plot.width, aspect * picture.plot.height, 1 + aspect);
      // The field is what the picture is for: it fills a good share of what its shape allows.
      const double most = std::min<double>(width, aspect * height) * std::min<double>(height, width / aspect);
      EXPECT_GT(picture.plot.width * picture.plot.height, 0.25 * most);
    }
  }
}

TEST_P(EverySize, SpaceFits) {
  const auto [width, height] = GetParam();
  Typesetter typesetter;
  LabelLayout labels;
  const ColourLimits limits;
  for (const double azimuth : {-60.0, 20.0, 135.0, 200.0}) {
    scene::Frame frame;
    frame.title = "Dipole";
    frame.views.emplace_back(view(5, 6, 7, {2e-6, 3e-6, 1e-6}));
    PictureStyle style;
    style.camera.emplace().azimuth = azimuth;
    const PictureRequest request{frame, style, limits, typesetter, labels, Theme(style, width, height),
                                 width, height};
    const Picture picture = layOutSpace(request, nullptr);
    expectTextInside(picture, width, height);
    ASSERT_TRUE(picture.space.has_value());
    const auto isVolume = [](const scene::View& any) {
      return std::holds_alternative<scene::VolumeView>(any);
    };
    const std::vector<scene::View>& drawn = picture.space->frame.views;
    EXPECT_EQ(std::count_if(drawn.begin(), drawn.end(), isVolume), 1);
    for (const LineVertex& v : picture.frameLines.vertices) {
      EXPECT_GE(v.x, -2);
      EXPECT_LE(v.x, width + 2);
      EXPECT_GE(v.y, -2);
      EXPECT_LE(v.y, height + 2);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, EverySize,
                         testing::Values(Size{320, 240}, Size{640, 480}, Size{1280, 720}, Size{3840, 2160},
                                         Size{480, 800}, Size{1600, 300}),
                         [](const auto& size) {
                           return std::to_string(std::get<0>(size.param)) + "x" +
                                  std::to_string(std::get<1>(size.param));
                         });

TEST(SpaceCamera, ShowsTheBoxAsLargeAsFits) {
  const scene::Bounds box{{0, 0, 0}, {2e-6, 1e-6, 1e-6}};
  const Rectangle area{100, 50, 300, 400};
  for (const Projection projection : {Projection::orthographic, Projection::perspective}) {
    for (const double elevation : {-90.0, 0.0, 24.0, 90.0}) {
      Camera camera;
      camera.projection = projection;
      camera.elevation = elevation;
      const SpaceCamera space(camera, box, area, 640, 480);
      double left = 1e9, right = -1e9, top = 1e9, bottom = -1e9;
      for (int corner = 0; corner < 8; ++corner) {
        const auto p = space.project(box.corner(corner));
        ASSERT_TRUE(p.has_value());
        EXPECT_GT(p->depth, 0);
        EXPECT_LT(p->depth, 1);
        left = std::min(left, p->x);
        right = std::max(right, p->x);
        top = std::min(top, p->y);
        bottom = std::max(bottom, p->y);
      }
      EXPECT_GE(left, area.left - 1e-6);
      EXPECT_LE(right, area.right() + 1e-6);
      EXPECT_GE(top, area.top - 1e-6);
      EXPECT_LE(bottom, area.bottom() + 1e-6);
      EXPECT_TRUE(std::abs(right - left - area.width) < 1e-6 || std::abs(bottom - top - area.height) < 1e-6);
    }
  }
}

TEST(SpaceCamera, NearIsNearAndUpIsUp) {
  const scene::Bounds box{{-1, -1, -1}, {1, 1, 1}};
  Camera camera;
  camera.azimuth = 0;
  camera.elevation = 0;
  const SpaceCamera space(camera, box, {0, 0, 200, 200}, 200, 200);
  // From the x axis: x towards the viewer, y to the right, z up.
  EXPECT_LT(space.project({1, 0, 0})->depth, space.project({-1, 0, 0})->depth);
  EXPECT_GT(space.project({0, 1, 0})->x, space.project({0, -1, 0})->x);
  EXPECT_LT(space.project({0, 0, 1})->y, space.project({0, 0, -1})->y);
}

}  // namespace
}  // namespace aula::render
