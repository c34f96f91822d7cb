// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <glm/geometric.hpp>
#include <optional>

#include "particles.h"
#include "rig.h"

namespace aula::render {
namespace {

using glm::dvec3;

/// Where a ray meets a rod with flat ends, in double precision, by trying the side and both ends.
std::optional<double> meets(dvec3 from, dvec3 sight, dvec3 a, dvec3 b, double r) {
  const dvec3 axis = glm::normalize(b - a);
  const double length = glm::length(b - a);
  std::optional<double> nearest;
  const auto consider = [&](double t) {
    if (t > 0 && (!nearest || t < *nearest)) nearest = t;
  };
  const dvec3 o = from - a, across = sight - glm::dot(sight, axis) * axis,
              start = o - glm::dot(o, axis) * axis;
  const double p = glm::dot(across, across), q = glm::dot(start, across), s = glm::dot(start, start) - r * r;
  if (q * q - p * s > 0) {
    const double t = (-q - std::sqrt(q * q - p * s)) / p, height = glm::dot(o + t * sight, axis);
    if (height >= 0 && height <= length) consider(t);
  }
  for (const double end : {0.0, length}) {
    const double t = (end - glm::dot(o, axis)) / glm::dot(sight, axis);
    const dvec3 at = o + t * sight - end * axis;
    if (glm::dot(at, at) <= r * r) consider(t);
  }
  return nearest;
}

scene::ParticlesView rod(scene::Float3 a, scene::Float3 b, float radius) {
  scene::ParticlesView view = balls({a, b}, {1e-6F}, "rod");
  view.bonds = std::make_shared<const std::vector<std::array<std::uint32_t, 2>>>(1, std::array{0U, 1U});
  view.bondRadius = radius;
  view.colours =
      std::make_shared<const std::vector<scene::Colour>>(std::vector<scene::Colour>{{1, 0, 0}, {0, 0, 1}});
  return view;
}

class Rods : public testing::Test {
 protected:
  Rig rig_;
};

// From the side, slanted, nearly and exactly along the axis, thick and thin, near and with the eye close by;
// with and without perspective: the same pixels, depths and colours as rays traced in double precision.
TEST_F(Rods, OutlineDepthAndHalvesAreThoseOfTracedRays) {
  stage::ParticlePass pass(rig_.device());
  struct Case {
    scene::Float3 a, b;
    float radius;
  };
  const Case cases[] = {{{-0.8F, 0, -0.1F}, {0.7F, 0.2F, 0.3F}, 0.15F},
                        {{-0.2F, -1.5F, -0.3F}, {0.3F, 1, 0.2F}, 0.2F},
                        {{0, -0.5F, 0}, {0, 0.8F, 0}, 0.3F},
                        {{0.02F, -1, 0}, {0.05F, 0.8F, 0.03F}, 0.25F},
                        {{-0.9F, 0, 0}, {0.9F, 0, 0}, 0.02F},
                        {{0, 0, 0.6F}, {0.1F, -1.6F, -0.5F}, 0.35F},
                        {{-1, -2.2F, -0.4F}, {1, -2, 0.2F}, 0.3F}};
  for (const bool isOrthographic : {false, true})
    for (const Case& c : cases) {
      Shot shot;
      shot.width = 96;
      shot.height = 72;
      shot.camera.eye = {0, -3, 0};
      shot.camera.isOrthographic = isOrthographic;
      shot.camera.fieldOfView = 45;
      shot.frame.views.emplace_back(rod(c.a, c.b, c.radius));
      const Drawn drawn = rig_.draw(pass, shot);
      const shader::StageUniforms u = uniformsOf(shot);
      const dvec3 a(c.a.x, c.a.y, c.a.z), b(c.b.x, c.b.y, c.b.z);
      const double pixel = u.forward.w * (isOrthographic ? 1 : 3);
      int count = 0, wrong = 0;
      for (int y = 0; y < shot.height; ++y)
        for (int x = 0; x < shot.width; ++x) {
          const auto rayOf = [&](double px, double py) {
            const dvec3 across((px - 48) * pixel, 0, -(py - 36) * pixel);
            const dvec3 eye(u.eye);
            return isOrthographic ? std::pair(eye + across, dvec3(0, 1, 0))
                                  : std::pair(eye, glm::normalize(across + dvec3(0, 3, 0)));
          };
          const auto [from, sight] = rayOf(x + 0.5, y + 0.5);
          const std::optional<double> t = meets(from, sight, a, b, c.radius);
          if (t.has_value() != drawn.covers(x, y)) {
            // Only where a hundredth of a pixel decides.
            bool isEdge = false;
            for (const double dx : {-0.01, 0.0, 0.01})
              for (const double dy : {-0.01, 0.0, 0.01}) {
                const auto [f, s] = rayOf(x + 0.5 + dx, y + 0.5 + dy);
                isEdge = isEdge || meets(f, s, a, b, c.radius).has_value() != t.has_value();
              }
            wrong += !isEdge;
            continue;
          }
          if (!t) continue;
          ++count;
          const dvec3 hit = from + *t * sight;
          const double expected = pixelOf(u.clipFromStage, hit, 96, 72).z;
          // At grazing sights the float's rounding of the sight (1e-7) is divided by the cosine, 0.01 or
          // more.
          EXPECT_NEAR(drawn.depth[drawn.at(x, y)], expected, 1e-5) << x << ", " << y;
          const double share = glm::dot(hit - a, b - a) / glm::dot(b - a, b - a);
          if (std::abs(share - 0.5) > 1e-4) {
            EXPECT_EQ(drawn.base[drawn.at(x, y)].x > 0.5F, share < 0.5);
          }
        }
      EXPECT_EQ(wrong, 0);
      EXPECT_GT(count, 60);
    }
}

TEST_F(Rods, ACutRodIsSolid) {
  stage::ParticlePass pass(rig_.device());
  Shot shot;
  shot.camera.eye = {2, -3, 1};
  shot.camera.fieldOfView = 30;
  shot.frame.clips = {{{0, 1, 0}, 0}};
  shot.frame.views.emplace_back(rod({-0.8F, 0.05F, 0}, {0.8F, 0.05F, 0}, 0.2F));
  const Drawn drawn = rig_.draw(pass, shot);
  int flat = 0;
  for (std::size_t i = 0; i < drawn.depth.size(); ++i) {
    flat += drawn.radiance[i].a > 0 && glm::length(drawn.normal[i] - glm::vec3(0, -1, 0)) < 1e-3F;
  }
  EXPECT_GT(flat, 200);
}

TEST_F(Rods, MotionFollowsBothEnds) {
  stage::ParticlePass pass(rig_.device());
  Shot before;
  before.camera.eye = {0, -4, 0};
  before.frame.views.emplace_back(rod({-0.6F, 0, 0}, {0.6F, 0, 0}, 0.1F));
  Shot shot = before;
  // One end stays, the other rises.
  shot.frame.views = {rod({-0.6F, 0, 0}, {0.6F, 0, 0.05F}, 0.1F)};
  shot.previous = &before.frame;
  const Drawn drawn = rig_.draw(pass, shot);
  const shader::StageUniforms u = uniformsOf(shot);
  for (const double share : {0.1, 0.5, 0.9}) {
    const dvec3 now(-0.6 + 1.2 * share, -0.1, 0.05 * share), then(now.x, now.y, 0);
    const glm::vec3 at = pixelOf(u.clipFromStage, now, shot.width, shot.height);
    const glm::vec3 from = pixelOf(u.clipFromStage, then, 1, 1), to = pixelOf(u.clipFromStage, now, 1, 1);
    const glm::vec2 motion = drawn.motion[drawn.at(static_cast<int>(at.x), static_cast<int>(at.y))];
    // The pixel's centre lies up to half a pixel beside the point, of the 54 that the rod is long: a
    // hundredth of the far end's motion, 0.05 of a picture 2.14 high.
    EXPECT_NEAR(motion.x, to.x - from.x, 1e-4);
    EXPECT_NEAR(motion.y, to.y - from.y, 0.01 * 0.05 / 2.14);
  }
}

}  // namespace
}  // namespace aula::render
