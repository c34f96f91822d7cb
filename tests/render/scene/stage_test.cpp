// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <cmath>
#include <glm/glm.hpp>

#include "render/pass/surface_instances.h"
#include "render/stage/sample_pattern.h"
#include "render/stage/stage_camera.h"
#include "scene/geometry/primitives.h"
#include "scenes.h"

namespace aula::render::stage {
namespace {

scene::Bounds boxOf(core::Vec3 lower, core::Vec3 upper) {
  return {lower, upper};
}

glm::vec3 project(const glm::mat4& m, glm::vec3 p) {
  const glm::vec4 q = m * glm::vec4(p, 1);
  return glm::vec3(q) / q.w;
}

TEST(StageSpace, StaysWhileTheSceneIsAboutTheSameAndFollowsWhenItIsNot) {
  const StageSpace first = chooseSpace(boxOf({-1e-6, -1e-6, -1e-6}, {3e-6, 1e-6, 1e-6}), nullptr);
  EXPECT_NEAR(glm::length(first.point({3e-6, 1e-6, 1e-6})), 1, 1e-6);
  EXPECT_EQ(chooseSpace(boxOf({-1.2e-6, -1e-6, -1e-6}, {3.3e-6, 1e-6, 1e-6}), &first), first);
  const StageSpace other = chooseSpace(boxOf({-1, -1, -1}, {1, 1, 1}), &first);
  EXPECT_NE(other, first);
  // One point told in both frames.
  const core::Vec3 lab{2e-6, 0.5e-6, 0};
  const glm::vec3 back(changeOfSpace(first, other) * glm::vec4(other.point(lab), 1));
  // The new frame is half a million times coarser; floats leave 1e-7 of it, about 0.3 of the old.
  EXPECT_NEAR(back.x, first.point(lab).x, 0.3);
  const StageSpace closer = chooseSpace(boxOf({-5e-6, -5e-6, -5e-6}, {5e-6, 5e-6, 5e-6}), &first);
  const glm::vec3 same(changeOfSpace(first, closer) * glm::vec4(closer.point(lab), 1));
  EXPECT_NEAR(glm::length(same - first.point(lab)), 0, 1e-5);
  EXPECT_NEAR(chooseSpace({}, nullptr).scale, 1, 0);
}

TEST(StageCamera, DepthIsOneNearAndZeroFarAndYPointsDown) {
  const StageSpace space;
  const StageBox box;
  for (const bool isOrthographic : {false, true}) {
    scene::Camera camera;
    camera.eye = {0, -5, 0};
    camera.isOrthographic = isOrthographic;
    camera.fieldOfView = 40;
    camera.nearest = 3;
    camera.farthest = 8;
    const StageCamera stage = stageCamera(camera, space, box, 200, 100);
    const glm::mat4 m = stage.clipFromStage();
    EXPECT_NEAR(project(m, {0, -2, 0}).z, 1, 1e-5);
    EXPECT_NEAR(project(m, {0, 3, 0}).z, 0, 1e-5);
    EXPECT_NEAR(project(m, {0, 0, 0}).x, 0, 1e-6);
    EXPECT_LT(project(m, {0, 0, 1}).y, 0);
    EXPECT_GT(project(m, {1, 0, 0}).x, 0);
    // At the target both show the same: half the height is 5 tan(20 degrees), the width twice that.
    const auto half = static_cast<float>(5 * std::tan(20 * 3.14159265358979 / 180));
    EXPECT_NEAR(project(m, {0, 0, half}).y, -1, 1e-5);
    EXPECT_NEAR(project(m, {2 * half, 0, 0}).x, 1, 1e-5);
    EXPECT_NEAR(stage.pixelSize * (isOrthographic ? 1 : 5), 2 * half / 100, 1e-6);
    // A pixel to the right and down.
    const glm::vec3 moved = project(jittered(m, {1, 1}, 200, 100), {0.3F, 0.2F, 0.1F});
    const glm::vec3 still = project(m, {0.3F, 0.2F, 0.1F});
    EXPECT_NEAR((moved.x - still.x) * 100, 1, 1e-4);
    EXPECT_NEAR((moved.y - still.y) * 50, 1, 1e-4);
  }
}

TEST(StageCamera, ALampSeesTheWholeSceneAndDoesNotCrawl) {
  const StageBox box{{-1, -0.5F, -0.2F}, {1, 0.6F, 0.3F}};
  for (const glm::vec3& towards : {glm::vec3(0, 0, 1), glm::normalize(glm::vec3(0.3F, -0.7F, 0.4F))}) {
    const StageCamera lamp = lampCamera(towards, box, 512);
    for (int i = 0; i < 8; ++i) {
      const glm::vec3 p = project(lamp.clipFromStage(), box.corner(i));
      EXPECT_LT(std::max(std::abs(p.x), std::abs(p.y)), 1);
      EXPECT_GT(p.z, 0);
      EXPECT_LT(p.z, 1);
    }
    // A scene that grows a little: the map moves by whole texels or not at all.
    const StageCamera grown = lampCamera(towards, {box.lower, box.upper + glm::vec3(0.004F)}, 512);
    const glm::vec3 a = project(lamp.clipFromStage(), {0.1F, 0.1F, 0.1F}),
                    b = project(grown.clipFromStage(), {0.1F, 0.1F, 0.1F});
    for (int axis = 0; axis < 2; ++axis) {
      const double texels = (b[axis] - a[axis]) * 256;
      EXPECT_NEAR(texels, std::round(texels), 0.01);
    }
  }
}

TEST(SurfaceInstances, KnowWhereTheyWere) {
  scene::MeshView view = meshView("arm", scene::makeBox({0, 0, 0}, {1, 1, 1}), {});
  scene::Transform mirror;
  mirror.y = {0, -2, 0};
  view.instances = {mirror, moved({1, 2, 3})};
  scene::Frame before;
  scene::MeshView old = view;
  old.instances = {mirror, moved({0, 2, 3})};
  before.views = {scene::LabelView{}, old};
  StageSpace space;
  space.centre = {1, 0, 0};
  space.scale = 0.5;
  InstanceCounts counts;
  const auto placed = placeInstances(view, previousOf(view, &before), space, counts);
  ASSERT_EQ(placed.size(), 2U);
  EXPECT_EQ(counts.upright, 1U);
  EXPECT_EQ(counts.mirrored, 1U);
  EXPECT_EQ(counts.largestScale, 2);
  // Upright ones first: the second of the view. stage = (lab - centre) / 2.
  EXPECT_EQ(placed[0].rows[0], glm::vec4(0.5F, 0, 0, 0));
  EXPECT_EQ(placed[0].before[0], glm::vec4(0.5F, 0, 0, -0.5F));
  EXPECT_EQ(placed[0].rows[2], glm::vec4(0, 0, 0.5F, 1.5F));
  EXPECT_EQ(placed[1].tint.w, -1);
  EXPECT_EQ(placed[1].rows[1], glm::vec4(0, -1, 0, 0));
  // Another number of instances, another name: no past.
  old.instances.pop_back();
  before.views = {old};
  EXPECT_EQ(previousOf(view, &before), nullptr);
  EXPECT_EQ(previousOf(view, nullptr), nullptr);
}

// The mean place is the pixel's middle, and the variance that of the window in half widths:
// integral t^2 w / integral w, summed here from the four terms.
TEST(SamplePattern, FollowsTheWindow) {
  constexpr int kCount = 4096;
  double mean = 0, variance = 0, window = 0, spread = 0;
  for (int i = 0; i < kCount; ++i) {
    const glm::vec2 p = sampleAt(i, kCount);
    EXPECT_LE(std::max(std::abs(p.x), std::abs(p.y)), 1.5);
    mean += (p.x + p.y) / kCount;
    variance += (p.x * p.x + p.y * p.y) / (2 * kCount);
  }
  for (int i = -500; i <= 500; ++i) {
    const double t = i / 500.0, a = 3.14159265358979 * t;
    const double w = 0.35875 + 0.48829 * std::cos(a) + 0.14128 * std::cos(2 * a) + 0.01168 * std::cos(3 * a);
    window += w;
    spread += t * t * w;
  }
  EXPECT_NEAR(mean, 0, 0.002);
  EXPECT_NEAR(variance, 2.25 * spread / window, 0.003);
  EXPECT_EQ(sampleAt(0, 1), glm::vec2(0));
}

}  // namespace
}  // namespace aula::render::stage
