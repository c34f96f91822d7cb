// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>
#include <numbers>

#include "particles.h"
#include "rig.h"

namespace aula::render {
namespace {

using glm::dvec2;
using glm::dvec3;

/// The outline of a ball in the picture, from its tangent cone. With the ball's centre c seen from the eye
/// (x right, y up, z forward), the cone's directions d have (d.c)^2 = |d|^2 (|c|^2 - r^2); on the picture
/// plane z = 1 that is an ellipse x^T A x + 2 b^T x + k = 0.
struct Ellipse {
  dvec2 centre;
  double area;
};
Ellipse outlineOf(dvec3 c, double r) {
  const double s = glm::dot(c, c) - r * r;
  const double a = s - c.x * c.x, b = -c.x * c.y, d = s - c.y * c.y;
  const dvec2 g(-c.x * c.z, -c.y * c.z);
  const double k = s - c.z * c.z;
  const double det = a * d - b * b;
  const dvec2 centre = -dvec2(d * g.x - b * g.y, a * g.y - b * g.x) / det;
  const double level = -(k + glm::dot(g, centre));
  return {centre, std::numbers::pi * level / std::sqrt(det)};
}

class Balls : public testing::Test {
 protected:
  Rig rig_;
};

TEST_F(Balls, TheOutlineIsTheEllipseOfATangentCone) {
  stage::ParticlePass pass(rig_.device());
  Shot shot;
  shot.width = 200;
  shot.height = 150;
  shot.camera.eye = {0, -4, 0};
  shot.camera.target = {0, 0, 0};
  shot.camera.fieldOfView = 50;
  // Right of the middle and above it, near enough for a strong perspective.
  shot.frame.views.emplace_back(balls({{0.8F, -1.2F, 0.4F}}, {0.6F}));
  const Drawn drawn = rig_.draw(pass, shot);
  const Ellipse ellipse = outlineOf({0.8, 0.4, 2.8}, 0.6);
  const double pixels = 0.5 * shot.height / std::tan(25 * std::numbers::pi / 180);
  dvec2 sum(0);
  double count = 0;
  for (int y = 0; y < shot.height; ++y)
    for (int x = 0; x < shot.width; ++x)
      if (drawn.covers(x, y)) {
        sum += dvec2(x + 0.5, y + 0.5);
        ++count;
      }
  // Counting pixel centres in a convex shape errs by the lattice points near its rim: of the order of the
  // rim's length to the power 2/3 (Gauss's circle problem), here 240 px long: 39 of 4300 pixels. The mean of
  // the positions errs by about that share of the half width.
  const double area = ellipse.area * pixels * pixels;
  EXPECT_NEAR(count, area, 39);
  EXPECT_NEAR(sum.x / count, 0.5 * shot.width + pixels * ellipse.centre.x, 0.1);
  EXPECT_NEAR(sum.y / count, 0.5 * shot.height - pixels * ellipse.centre.y, 0.1);
  // Not one pixel whose centre's sight misses or meets the ball by more than a hundredth of a pixel is wrong.
  for (int y = 0; y < shot.height; ++y)
    for (int x = 0; x < shot.width; ++x) {
      const dvec3 sight = glm::normalize(
          dvec3((x + 0.5 - 0.5 * shot.width) / pixels, -(y + 0.5 - 0.5 * shot.height) / pixels, 1));
      const double aside = glm::length(glm::cross(sight, dvec3(0.8, 0.4, 2.8)));
      if (std::abs(aside - 0.6) > 0.01 * 2.8 / pixels) {
        EXPECT_EQ(drawn.covers(x, y), aside < 0.6) << x << ", " << y;
      }
    }
}

TEST_F(Balls, DepthAndNormalAreTheRaysOwnAtEveryPixelWhateverTheSize) {
  stage::ParticlePass pass(rig_.device());
  for (const bool isOrthographic : {false, true})
    for (const double radius : {0.5, 1e-4}) {
      Shot shot;
      shot.width = 64;
      shot.height = 48;
      shot.camera.eye = {0.3, -3, 0.2};
      shot.camera.target = {0.3, 0, 0.2};
      shot.camera.isOrthographic = isOrthographic;
      // The ball fills most of the picture.
      shot.camera.fieldOfView = 2 * std::atan(1.2 * radius / 3) * 180 / std::numbers::pi;
      const auto at = static_cast<float>(0.3 + 0.1 * radius);
      shot.frame.views.emplace_back(balls({{at, 0, 0.2F}}, {static_cast<float>(radius)}));
      const Drawn drawn = rig_.draw(pass, shot);
      const shader::StageUniforms u = uniformsOf(shot);
      const dvec3 eye(u.eye), centre(at, 0, 0.2F);
      const double pixel = u.forward.w * (isOrthographic ? 1 : 3.0);
      int count = 0;
      for (int y = 0; y < shot.height; ++y)
        for (int x = 0; x < shot.width; ++x) {
          if (!drawn.covers(x, y)) continue;
          ++count;
          const dvec3 across((x + 0.5 - 32) * pixel, 0, -(y + 0.5 - 24) * pixel);
          const dvec3 from = isOrthographic ? eye + across : eye;
          const dvec3 sight = isOrthographic ? dvec3(0, 1, 0) : glm::normalize(across + dvec3(0, 3, 0));
          const dvec3 toCentre = centre - from;
          const dvec3 nearest = from + glm::dot(toCentre, sight) * sight;
          const double square = radius * radius - glm::dot(nearest - centre, nearest - centre);
          // Edges: a hundredth of a pixel decides.
          if (square < 1e-3 * radius * radius) continue;
          const dvec3 hit = nearest - std::sqrt(square) * sight;
          // Depth is a float of a reversed projection: 3 units in the last place of the hit's coordinates.
          const double expected = pixelOf(u.clipFromStage, hit, 64, 48).z;
          EXPECT_NEAR(drawn.depth[drawn.at(x, y)], expected, 1.5e-6 * std::max(0.05, expected));
          // 16-bit octahedral coordinates are good to 1/32767; a normal near the rim turns by the sight's
          // rounding over the cosine (at least 0.03 here): 1e-3 covers both, and for the tiny ball the
          // float's rounding of its place (3e-8 in 1e-4) as well.
          const double allowed = radius < 1e-3 ? 0.02 : 1e-3;
          const dvec3 normal = glm::normalize(hit - centre);
          EXPECT_LT(glm::length(dvec3(drawn.normal[drawn.at(x, y)]) - normal), allowed) << x << ", " << y;
        }
      EXPECT_GT(count, 900);
    }
}

TEST_F(Balls, TwoBallsMeetWhereTheirSurfacesDo) {
  stage::ParticlePass pass(rig_.device());
  Shot shot;
  shot.camera.eye = {0, -5, 0};
  shot.camera.isOrthographic = true;
  shot.camera.fieldOfView = 30;
  scene::ParticlesView view = balls({{-0.4F, 0, 0}, {0.5F, -0.2F, 0}}, {0.8F, 0.6F});
  view.colours =
      std::make_shared<const std::vector<scene::Colour>>(std::vector<scene::Colour>{{1, 0, 0}, {0, 1, 0}});
  shot.frame.views.emplace_back(view);
  const Drawn drawn = rig_.draw(pass, shot);
  const double pixel = uniformsOf(shot).forward.w;
  int compared = 0;
  for (int y = 0; y < shot.height; ++y)
    for (int x = 0; x < shot.width; ++x) {
      const double px = (x + 0.5 - 0.5 * shot.width) * pixel, pz = -(y + 0.5 - 0.5 * shot.height) * pixel;
      const double a = 0.64 - (px + 0.4) * (px + 0.4) - pz * pz, b = 0.36 - (px - 0.5) * (px - 0.5) - pz * pz;
      if (a <= 1e-3 || b <= 1e-3) continue;
      const double nearA = -std::sqrt(a), nearB = -0.2 - std::sqrt(b);
      if (std::abs(nearA - nearB) < 1e-4) continue;
      EXPECT_EQ(drawn.base[drawn.at(x, y)].x > 0.5F, nearA < nearB) << x << ", " << y;
      ++compared;
    }
  EXPECT_GT(compared, 200);
}

TEST_F(Balls, MotionIsTheDifferenceOfTheProjectedPoints) {
  stage::ParticlePass pass(rig_.device());
  Shot before;
  before.width = before.height = 64;
  before.camera.eye = {0, -4, 0.3};
  before.frame.views.emplace_back(balls({{0.2F, 0.1F, 0}, {-0.6F, 0.3F, -0.2F}}, {0.4F, 0.3F}, "atoms"));
  Shot shot = before;
  shot.camera.eye = {0.2, -3.9, 0.35};
  shot.frame.views = {balls({{0.25F, 0.05F, 0.1F}, {-0.5F, 0.3F, -0.25F}}, {0.4F, 0.3F}, "atoms")};
  shot.previous = &before.frame;
  shot.previousCamera = &before.camera;
  const Drawn drawn = rig_.draw(pass, shot);
  const shader::StageUniforms u = uniformsOf(shot);
  const dvec3 now[] = {{0.25, 0.05, 0.1}, {-0.5, 0.3, -0.25}}, then[] = {{0.2, 0.1, 0}, {-0.6, 0.3, -0.2}};
  const double radii[] = {0.4, 0.3};
  for (int i = 0; i < 2; ++i) {
    // Points of the surface towards the eye, carried along by their ball.
    for (const dvec2 turn : {dvec2(0, 0), dvec2(0.4, 0.2), dvec2(-0.5, 0.3), dvec2(0.1, -0.6)}) {
      const dvec3 towards = glm::normalize(glm::normalize(dvec3(u.eye) - now[i]) + dvec3(turn.x, 0, turn.y));
      const dvec3 point = now[i] + radii[i] * towards;
      const glm::vec3 a = pixelOf(u.clipFromStage, point, 64, 64);
      const int x = static_cast<int>(a.x), y = static_cast<int>(a.y);
      ASSERT_TRUE(drawn.covers(x, y));
      // The pixel's own point of the surface.
      const dvec3 sight = [&] {
        const glm::dvec4 far = glm::inverse(glm::dmat4(u.clipFromStage)) *
                               glm::dvec4((x + 0.5) / 32 - 1, (y + 0.5) / 32 - 1, 0.5, 1);
        return glm::normalize(dvec3(far) / far.w - dvec3(u.eye));
      }();
      const dvec3 toCentre = now[i] - dvec3(u.eye);
      const dvec3 nearest = dvec3(u.eye) + glm::dot(toCentre, sight) * sight;
      const double square = radii[i] * radii[i] - glm::dot(nearest - now[i], nearest - now[i]);
      ASSERT_GT(square, 0);
      const dvec3 hit = nearest - std::sqrt(square) * sight;
      const glm::vec3 from = pixelOf(u.previousSteadyClipFromStage, hit + then[i] - now[i], 1, 1);
      const glm::vec3 to = pixelOf(u.steadyClipFromStage, hit, 1, 1);
      // Half floats: 11 bits of a few hundredths.
      const glm::vec2 motion = drawn.motion[drawn.at(x, y)];
      EXPECT_NEAR(motion.x, to.x - from.x, 4e-5);
      EXPECT_NEAR(motion.y, to.y - from.y, 4e-5);
      EXPECT_GT(std::abs(to.x - from.x) + std::abs(to.y - from.y), 0.01);
    }
  }
}

TEST_F(Balls, AClipPlaneLeavesAFlatFaceWithThePlanesNormalAndDepth) {
  stage::ParticlePass pass(rig_.device());
  for (const bool isOrthographic : {false, true}) {
    Shot shot;
    shot.camera.eye = {3, -3, 0.5};
    shot.camera.isOrthographic = isOrthographic;
    shot.camera.fieldOfView = 32;
    const core::Vec3 n = core::normalised({0.3, 1, -0.1});
    shot.frame.clips = {{n, 0.2}};
    shot.frame.views.emplace_back(balls({{0, 0, 0}}, {0.8F}));
    const Drawn drawn = rig_.draw(pass, shot);
    const shader::StageUniforms u = uniformsOf(shot);
    const glm::dmat4 inverse = glm::inverse(glm::dmat4(u.clipFromStage));
    int flat = 0, round = 0;
    for (int y = 0; y < shot.height; ++y)
      for (int x = 0; x < shot.width; ++x) {
        if (!drawn.covers(x, y)) continue;
        const glm::dvec4 p =
            inverse * glm::dvec4((x + 0.5) * 2 / shot.width - 1, (y + 0.5) * 2 / shot.height - 1,
                                 double(drawn.depth[drawn.at(x, y)]), 1);
        const dvec3 point = dvec3(p) / p.w, normal(drawn.normal[drawn.at(x, y)]), plane(n.x, n.y, n.z);
        const double over = glm::dot(plane, point) - 0.2;
        // Depth floats carry 6e-8 of a range 20 deep, near its near end: 1e-4 here.
        EXPECT_GT(over, -2e-4);
        if (glm::length(normal + plane) < 1e-3) {
          // Faces are drawn up to 2e-5 of the distance nearer than they are.
          EXPECT_NEAR(over, 0, 2e-4);
          EXPECT_LT(glm::length(point), 0.8 + 1e-4);
          ++flat;
        } else {
          EXPECT_NEAR(glm::length(point), 0.8, 1e-4);
          ++round;
        }
      }
    // The cut's circle has radius sqrt(0.64 - 0.04); it fills more than half of what is seen.
    EXPECT_GT(flat, 600);
    EXPECT_GT(round, 20);
  }
}

TEST_F(Balls, WhatIsHiddenIsLeftOutAndNoPixelChanges) {
  stage::ParticlePass all(rig_.device(), stage::ParticlePass::Culling::never);
  stage::ParticlePass some(rig_.device(), stage::ParticlePass::Culling::always);
  for (const int variant : {0, 1, 2, 3}) {
    Shot shot;
    shot.width = 240;
    shot.height = 180;
    shot.camera.eye = {2, -3, 1};
    shot.camera.isOrthographic = variant == 1;
    // The third: from within the heap. The fourth: cut open.
    if (variant == 2) shot.camera.eye = {0.1, -0.6, 0.05};
    if (variant == 3) shot.frame.clips = {{core::normalised({0.2, 1, -0.3}), -0.1}};
    shot.camera.fieldOfView = variant == 2 ? 70 : 34;
    shot.nearest = 0.02;
    scene::ParticlesView heap = heapOfBalls(6000, 0.9, 0.06F);
    heap.bonds = bondsBetween(*heap.positions, 0.13F);
    heap.bondRadius = 0.02F;
    shot.frame.views.emplace_back(heap);
    const Drawn a = rig_.draw(all, shot), b = rig_.draw(some, shot);
    // The culling is worth having: of a heap seen from outside less than half is drawn.
    if (variant < 2) {
      EXPECT_LT(some.drawnOpaque(), all.drawnOpaque() / 2) << variant;
    }
    EXPECT_EQ(a.depth, b.depth) << variant;
    EXPECT_EQ(a.base, b.base) << variant;
    EXPECT_EQ(rig_.drawShadow(all, shot), rig_.drawShadow(some, shot)) << variant;
  }
}

TEST_F(Balls, AShadowMapHasTheSameDepths) {
  stage::ParticlePass pass(rig_.device());
  Shot shot;
  shot.camera.eye = {0, -4, 1};
  shot.camera.isOrthographic = true;
  scene::ParticlesView view = balls({{0, 0, 0}, {0.7F, 0.2F, 0.1F}}, {0.5F, 0.3F});
  view.bonds = std::make_shared<const std::vector<std::array<std::uint32_t, 2>>>(1, std::array{0U, 1U});
  view.bondRadius = 0.1F;
  shot.frame.views.emplace_back(view);
  EXPECT_EQ(rig_.draw(pass, shot).depth, rig_.drawShadow(pass, shot));
}

TEST_F(Balls, FromInsideOrAtTheNearPlaneNothingGoesWrong) {
  stage::ParticlePass pass(rig_.device());
  Shot shot;
  shot.camera.eye = {0, -0.5, 0};
  shot.camera.target = {0, 1, 0};
  shot.camera.fieldOfView = 90;
  // The eye is in the first ball, which is not seen, and the near plane cuts the second.
  shot.frame.views.emplace_back(balls({{0, -0.4F, 0}, {0, 0.2F, 0.3F}}, {0.3F, 0.65F}));
  const Drawn drawn = rig_.draw(pass, shot);
  for (const float depth : drawn.depth) {
    EXPECT_GE(depth, 0);
    EXPECT_LE(depth, 1);
  }
  EXPECT_GT(drawn.coveredPixels(), 1000U);
}

TEST_F(Balls, PositionsThatAreNoNumbersDrawNothing) {
  stage::ParticlePass pass(rig_.device(), stage::ParticlePass::Culling::always);
  Shot shot;
  scene::ParticlesView heap = heapOfBalls(3000, 0.5, 0.05F);
  auto broken = std::make_shared<std::vector<scene::Float3>>(heap.positions->size());
  for (auto& p : *broken) p = {NAN, 0, INFINITY};
  heap.positions = broken;
  shot.frame.views.emplace_back(heap);
  EXPECT_EQ(rig_.draw(pass, shot).coveredPixels(), 0U);
}

TEST_F(Balls, ArraysThatDisagreeAreRefusedWithTheirNumbers) {
  stage::ParticlePass pass(rig_.device());
  const auto messageOf = [&](const scene::ParticlesView& view) -> std::string {
    Shot shot;
    shot.frame.views.emplace_back(view);
    try {
      (void)rig_.draw(pass, shot);
    } catch (const core::Error& error) {
      EXPECT_EQ(error.fault(), core::Fault::input);
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(
      messageOf(balls({{0, 0, 0}, {1, 0, 0}, {2, 0, 0}}, {0.1F, 0.1F}, "ions")),
      "The particles \"ions\" cannot be drawn: there are 3 positions but 2 radii; one each, or a single "
      "one for all, is needed.");
  EXPECT_EQ(messageOf(balls({{0, 0, 0}}, {}, "ions")),
            "The particles \"ions\" cannot be drawn: they have no radius.");
  scene::ParticlesView view = balls({{0, 0, 0}, {1, 0, 0}}, {0.1F}, "ions");
  view.bonds = std::make_shared<const std::vector<std::array<std::uint32_t, 2>>>(1, std::array{0U, 2U});
  view.bondRadius = 0.1F;
  EXPECT_EQ(
      messageOf(view),
      "The particles \"ions\" cannot be drawn: bond 0 leads to particle 2, but they are numbered 0 to 1.");
  view.bonds = nullptr;
  view.colours = std::make_shared<const std::vector<scene::Colour>>(3);
  EXPECT_EQ(messageOf(view),
            "The particles \"ions\" cannot be drawn: there are 2 positions but 3 colours; one each, a single "
            "one or none is needed.");
}

}  // namespace
}  // namespace aula::render
