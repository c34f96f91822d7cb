// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <glm/geometric.hpp>
#include <numbers>

#include "particles.h"
#include "render/particle/line_pass.h"
#include "render/particle/line_pieces.h"
#include "rig.h"

namespace aula::render {
namespace {

using glm::dvec3;

scene::LinesView line(std::vector<core::Vec3> points, float width) {
  scene::LinesView view;
  view.name = "line";
  view.polylines.push_back(std::move(points));
  view.width = width;
  view.hasColour = true;
  view.colour = {0.8F, 0.1F, 0.05F};
  return view;
}

class LinesOfTheStage : public testing::Test {
 protected:
  /// Straight at the plane y = 0, one pixel 1/100 wide.
  static Shot facing(int width, int height) {
    Shot shot;
    shot.width = width;
    shot.height = height;
    shot.camera.eye = {0, -5, 0};
    shot.camera.isOrthographic = true;
    shot.camera.fieldOfView = 2 * std::atan(0.5 * height / 100 / 5) * 180 / std::numbers::pi;
    return shot;
  }
  Rig rig_;
};

TEST_F(LinesOfTheStage, AreSoManyPixelsWideAtEverySizeAndAngle) {
  stage::LinePass pass(rig_.device());
  for (const int height : {90, 180, 360})
    for (const double angle : {0.0, 17.0, 45.0, 80.0}) {
      Shot shot = facing(height * 4 / 3, height);
      const float wanted = 720.0F / static_cast<float>(height) * 3.4F;
      const double half = 0.3 * height / 100, c = std::cos(angle * std::numbers::pi / 180),
                   s = std::sin(angle * std::numbers::pi / 180);
      shot.frame.views.emplace_back(line({{-half * c, 0, -half * s}, {half * c, 0, half * s}}, wanted));
      const Drawn drawn = rig_.draw(pass, shot);
      // 3.4 px wide with round ends. Counting pixel centres in a convex shape errs by less than the rim's
      // length to the power 2/3; an exact row of pixels (angle 0) by half a row at each side.
      const double length = 2 * half * 100, area = 3.4 * length + std::numbers::pi * 1.7 * 1.7;
      const double allowed = angle == 0 ? 0.6 * length + 4 : std::pow(2 * length, 2.0 / 3);
      EXPECT_NEAR(static_cast<double>(drawn.coveredPixels()), area, allowed) << height << ", " << angle;
    }
}

TEST_F(LinesOfTheStage, CoverExactlyThePixelsNearThem) {
  stage::LinePass pass(rig_.device());
  Shot shot = facing(160, 120);
  const std::vector<core::Vec3> points = {{-0.6, 0, -0.3}, {0.1, 0, 0.35}, {0.3, 0, -0.2}, {0.32, 0, -0.22}};
  shot.frame.views.emplace_back(line(points, 30));
  const Drawn drawn = rig_.draw(pass, shot);
  for (int y = 0; y < shot.height; ++y)
    for (int x = 0; x < shot.width; ++x) {
      double nearest = 1e9;
      for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        const glm::dvec2 a(80 + 100 * points[i].x, 60 - 100 * points[i].z),
            b(80 + 100 * points[i + 1].x, 60 - 100 * points[i + 1].z), p(x + 0.5, y + 0.5);
        const double t = std::clamp(glm::dot(p - a, b - a) / glm::dot(b - a, b - a), 0.0, 1.0);
        nearest = std::min(nearest, glm::length(p - a - t * (b - a)));
      }
      if (std::abs(nearest - 2.5) > 0.01) {
        EXPECT_EQ(drawn.covers(x, y), nearest < 2.5) << x << ", " << y;
      }
    }
}

TEST_F(LinesOfTheStage, DashesAreFourWidthsLongAndGapsLess) {
  stage::LinePass pass(rig_.device());
  Shot shot = facing(400, 60);
  scene::LinesView dashed = line({{-1.9, 0, 0.005}, {1.9, 0, 0.005}}, 48);  // 4 px
  dashed.isDashed = true;
  shot.frame.views.emplace_back(dashed);
  const Drawn drawn = rig_.draw(pass, shot);
  // Along the middle from pixel 10: 16 on, 11.2 off.
  for (int x = 12; x < 380; ++x) {
    const double at = std::fmod(x + 0.5 - 10, 27.2);
    if (std::min({std::abs(at - 16), at, 27.2 - at}) < 0.05) continue;
    EXPECT_EQ(drawn.covers(x, 29), at < 16) << x;
  }
}

TEST_F(LinesOfTheStage, DashesKeepTheirLengthInPerspectiveAndAcrossBends) {
  Shot shot;
  shot.width = 400;
  shot.height = 300;
  shot.camera.eye = {0, -3, 1};
  scene::LinesView dashed = line({{-0.5, -1, 0}, {0.2, 2, 0}, {0.6, -0.4, 0.3}}, 2);
  dashed.isDashed = true;
  shot.frame.views.emplace_back(dashed);
  const shader::StageUniforms u = uniformsOf(shot);
  const stage::StageFrame frame{shot.frame, shot.previous, shot.camera, shot.style,
                                shot.space, shot.width,    shot.height, u.clipFromStage};
  const auto pieces = stage::linePieces(dashed, nullptr, frame);
  ASSERT_EQ(pieces.size(), 2U);
  double travelled = 0;
  for (int i = 0; i < 2; ++i) {
    const auto at = [&](core::Vec3 p) {
      return glm::dvec2(pixelOf(u.clipFromStage, {p.x, p.y, p.z}, 400, 300));
    };
    EXPECT_NEAR(pieces[i].from.w, travelled, 1e-3);
    travelled += glm::distance(at(dashed.polylines[0][i]), at(dashed.polylines[0][i + 1]));
    EXPECT_NEAR(pieces[i].to.w, travelled, 1e-3);
  }
}

TEST_F(LinesOfTheStage, HideAndAreHidden) {
  stage::ParticlePass ballsPass(rig_.device());
  stage::LinePass lines(rig_.device());
  /// Both in one picture.
  struct Both final : stage::StagePass {
    Both(stage::StagePass& a, stage::StagePass& b) : first(a), second(b) {}
    void prepare(const stage::StageFrame& s, VkCommandBuffer c, vulkan::FrameCommands& u) override {
      first.prepare(s, c, u);
      second.prepare(s, c, u);
    }
    void drawOpaque(const stage::StageDraw& d) const override {
      first.drawOpaque(d);
      second.drawOpaque(d);
    }
    stage::StagePass &first, &second;
  } both(ballsPass, lines);
  Shot shot = facing(160, 120);
  shot.frame.views.emplace_back(balls({{0, 0, 0}}, {0.3F}));
  // Behind the ball, in front of it, and along its surface from the top to the point nearest to the eye and
  // on.
  shot.frame.views.emplace_back(line({{-0.7, 0.5, 0.1}, {0.7, 0.5, 0.1}}, 18));
  shot.frame.views.emplace_back(line({{-0.7, -0.5, -0.1}, {0.7, -0.5, -0.1}}, 18));
  scene::LinesView meridian = line({}, 18);
  for (int i = 0; i <= 60; ++i) {
    const double angle = (20 + i * 140.0 / 60) * std::numbers::pi / 180;
    meridian.polylines[0].push_back({0, -0.3 * std::sin(angle), 0.3 * std::cos(angle)});
  }
  shot.frame.views.emplace_back(meridian);
  const Drawn drawn = rig_.draw(both, shot);
  const auto isLine = [&](int x, int y) { return drawn.radiance[drawn.at(x, y)].r > 0.1F; };
  EXPECT_TRUE(isLine(30, 50) && isLine(130, 50));
  for (int x = 56; x < 78; ++x) EXPECT_FALSE(isLine(x, 50)) << x;
  for (int x = 20; x < 140; ++x) EXPECT_TRUE(isLine(x, 70)) << x;
  // The outline on the surface is whole: three pixels wide in every row.
  for (int y = 36; y < 84; ++y) {
    int width = 0;
    for (int x = 74; x < 86; ++x) width += isLine(x, y);
    if (y < 66 || y > 74) {
      EXPECT_GE(width, 3) << y;
    }
  }
}

TEST_F(LinesOfTheStage, AreCutByTheNearPlaneAndWhereAskedByClipPlanes) {
  stage::LinePass pass(rig_.device());
  Shot shot;
  shot.camera.eye = {0, -2, 0.5};
  shot.camera.fieldOfView = 60;
  // From behind the eye through the picture.
  shot.frame.views.emplace_back(line({{0.2, -6, 0}, {0.2, 6, 0}}, 15));
  const Drawn drawn = rig_.draw(pass, shot);
  const shader::StageUniforms u = uniformsOf(shot);
  for (const double y : {-1.0, 0.0, 2.0, 5.0}) {
    const glm::vec3 at = pixelOf(u.clipFromStage, {0.2, y, 0}, shot.width, shot.height);
    EXPECT_TRUE(drawn.covers(static_cast<int>(at.x), static_cast<int>(at.y))) << y;
  }
  scene::LinesView cut = line({{-1, 0, 0}, {1, 0, 0}}, 15);
  shot.frame.clips = {{{1, 0, 0}, 0.25}};
  for (const bool isClipped : {false, true}) {
    cut.isClipped = isClipped;
    shot.frame.views = {cut};
    const Drawn part = rig_.draw(pass, shot);
    for (const double x : {-0.5, 0.1, 0.4, 0.6}) {
      const glm::vec3 at = pixelOf(u.clipFromStage, {x, 0, 0}, shot.width, shot.height);
      EXPECT_EQ(part.covers(static_cast<int>(at.x), static_cast<int>(at.y)), !isClipped || x > 0.25) << x;
    }
  }
}

TEST_F(LinesOfTheStage, MotionIsThatOfTheirPoints) {
  stage::LinePass pass(rig_.device());
  Shot before;
  before.camera.eye = {0, -4, 0};
  before.frame.views.emplace_back(line({{-0.8, 0, 0}, {0.8, 0.5, 0}}, 30));
  Shot shot = before;
  shot.frame.views = {line({{-0.8, 0, 0.1}, {0.8, 0.5, -0.05}}, 30)};
  shot.previous = &before.frame;
  const Drawn drawn = rig_.draw(pass, shot);
  const shader::StageUniforms u = uniformsOf(shot);
  const auto motionAt = [&](dvec3 now, dvec3 then) {
    const glm::vec3 to = pixelOf(u.clipFromStage, now, 1, 1), from = pixelOf(u.clipFromStage, then, 1, 1);
    const glm::vec3 at = pixelOf(u.clipFromStage, now, shot.width, shot.height);
    const glm::vec2 motion = drawn.motion[drawn.at(static_cast<int>(at.x), static_cast<int>(at.y))];
    // Half floats, and the pixel's centre a pixel away along a line of 80.
    EXPECT_NEAR(motion.x, to.x - from.x, 1e-3);
    EXPECT_NEAR(motion.y, to.y - from.y, 1e-3);
  };
  motionAt({-0.8, 0, 0.1}, {-0.8, 0, 0});
  motionAt({0.8, 0.5, -0.05}, {0.8, 0.5, 0});
}

TEST_F(LinesOfTheStage, WithoutAColourTheyAreInkThatIsSeenOnTheBackground) {
  stage::LinePass pass(rig_.device());
  for (const bool isDark : {false, true}) {
    Shot shot = facing(60, 40);
    shot.style.toneMapping = ToneMapping::none;
    if (isDark) shot.style.background = {0.01F, 0.01F, 0.01F};
    scene::LinesView ink = line({{-0.2, 0, 0}, {0.2, 0, 0}}, 60);
    ink.hasColour = false;
    shot.frame.views.emplace_back(ink);
    const Drawn drawn = rig_.draw(pass, shot);
    ASSERT_TRUE(drawn.covers(30, 20));
    EXPECT_EQ(drawn.radiance[drawn.at(30, 20)].g > 0.5F, isDark);
  }
}

}  // namespace
}  // namespace aula::render
