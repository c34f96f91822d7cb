// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <cmath>
#include <cstring>
#include <glm/glm.hpp>
#include <glm/gtc/packing.hpp>

#include "render/pass/surface.h"
#include "render/pass/surface_instances.h"
#include "render/stage/frame_images.h"
#include "render/stage/sample_pattern.h"
#include "render/stage/stage_camera.h"
#include "render/stage/stage_uniforms.h"
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

/// Motion of the pixel in the middle of what a surface pass draws.
glm::vec2 motionOf(const scene::Frame& now, const scene::Frame& before) {
  constexpr int kSide = 64;
  const vulkan::Device& device = testGpu()->device();
  const StageSpace space;
  scene::Camera camera;
  camera.isOrthographic = true;
  camera.eye = {0, -5, 0};
  camera.fieldOfView = 2 * std::atan(0.2) * 180 / 3.14159265358979;  // Two metres high and wide.
  const StageCamera view = stageCamera(camera, space, {}, kSide, kSide);
  shader::StageUniforms uniforms{};
  // Jitter moves what is drawn, not what is told of its motion.
  setCamera(uniforms, view, jittered(view.clipFromStage(), {0.3F, -0.2F}, kSide, kSide), kSide, kSide);
  uniforms.previousSteadyClipFromStage = view.clipFromStage();
  uniforms.previousStageFromStage = glm::mat4(1);
  uniforms.ambient = {1, 1, 1, 1};
  const SceneStyle style;
  const StageFrame stage{now, &before, camera, style, space, kSide, kSide, view.clipFromStage(), 0};

  vulkan::FrameCommands frame(device);
  graph::FrameGraph graph(device);
  SurfacePass pass(device);
  vulkan::ImageShape shape;
  shape.format = kMotionFormat;
  shape.width = shape.height = kSide;
  shape.usage = VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT | VK_IMAGE_USAGE_TRANSFER_SRC_BIT;
  vulkan::DeviceImage motion(device, shape);
  VkCommandBuffer commands = frame.begin();
  pass.prepare(stage, commands, frame);
  graph.begin();
  const vulkan::UploadPiece piece = frame.upload(std::span<const shader::StageUniforms>(&uniforms, 1));
  const auto make = [&](const char* name, VkFormat format) {
    vulkan::ImageShape one;
    one.format = format;
    one.width = one.height = kSide;
    return graph.image(name, one);
  };
  graph
      .pass("opaque",
            [&](const graph::PassResources& resources) {
              pass.drawOpaque({stage, resources, piece, sizeof(uniforms)});
            })
      .colour(make("base", kBaseFormat), graph::Load::clear)
      .colour(make("normal", kNormalFormat), graph::Load::clear)
      .colour(make("material", kMaterialFormat), graph::Load::clear)
      .colour(graph.import("motion", motion), graph::Load::clear)
      .colour(make("radiance", kRadianceFormat), graph::Load::clear)
      .depth(make("depth", kDepthFormat), graph::Load::clear)
      .keeps();
  graph.execute(frame);
  frame.submitAndWait();
  // Two halves lie where a picture has its four bytes.
  Readback readback(device);
  const Image bytes = readback.picture(frame, motion);
  std::uint32_t word = 0;
  std::memcpy(&word, &bytes.pixels[4 * (kSide / 2 * kSide + kSide / 2)], 4);
  return glm::unpackHalf2x16(word);
}

TEST_F(SceneTest, SurfacesTellHowTheyMoved) {
  scene::Frame now, before;
  scene::MeshView ball = meshView("ball", scene::makeSphere(0.5, 32, 16), matt({1, 1, 1}));
  // It came 0.2 m from the left and 0.1 m from below; up is where v falls. Two metres are 1. Halves leave 0.1
  // %.
  ball.instances = {moved({-0.2, 0, -0.1})};
  now.views = {meshView("other", scene::makeBox({5, 5, 5}, {6, 6, 6}), {})};
  scene::MeshView here = ball;
  here.instances = {moved({0, 0, 0})};
  now.views.emplace_back(here);
  before.views = {ball};
  const glm::vec2 moving = motionOf(now, before);
  EXPECT_NEAR(moving.x, 0.1, 1e-4);
  EXPECT_NEAR(moving.y, -0.05, 1e-4);
  // A mesh that was 0.05 m further left, corner by corner.
  scene::MeshView old = here;
  scene::TriangleMesh bent = *here.mesh;
  for (scene::Float3& p : bent.positions) p.x -= 0.05F;
  old.mesh = std::make_shared<const scene::TriangleMesh>(bent);
  before.views = {old};
  const glm::vec2 bending = motionOf(now, before);
  EXPECT_NEAR(bending.x, 0.025, 1e-4);
  EXPECT_NEAR(bending.y, 0, 1e-4);
  before.views.clear();
  EXPECT_EQ(motionOf(now, before), glm::vec2(0));
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
