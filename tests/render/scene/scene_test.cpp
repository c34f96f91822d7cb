// SPDX-License-Identifier: Apache-2.0
#include "golden.h"
#include "render/png.h"
#include "scene/geometry/primitives.h"
#include "scenes.h"

namespace aula::render {
namespace {

TEST_F(SceneTest, AStillLife) {
  SceneRenderer renderer(testGpu(), plain(384, 216));
  const scene::Frame frame = stillLife();
  const Image image = renderer.still(frame, cameraFor(frame, -70, 22), {}, 8);
  EXPECT_TRUE(matchesGolden("scene-still-life", image, {6, 0.2}));
}

scene::Frame cutHead() {
  scene::Frame frame;
  scene::MeshView skull = meshView("skull", scene::makeSphere(1, 64, 32), matt({0.85F, 0.78F, 0.65F}, 0.5F));
  scene::MeshView brain =
      meshView("brain", scene::makeSphere(0.8, 64, 32), matt({0.75F, 0.35F, 0.33F}, 0.4F));
  scene::MeshView core =
      meshView("core", scene::makeTorus(0.4, 0.15, 64, 32), matt({0.2F, 0.35F, 0.7F}, 0.4F));
  frame.views = {
      skull, brain, core,
      meshView("rod", scene::makeCylinder({-1.4, 0, -0.2}, {1.4, 0, -0.2}, 0.12), matt({0.3F, 0.6F, 0.3F}))};
  frame.clips = {{{0, 1, 0}, 0.05}, {{-0.6, 0, -0.8}, -0.55}};
  return frame;
}

TEST_F(SceneTest, CutsThroughBodiesWithinBodiesAreFilled) {
  SceneRenderer renderer(testGpu(), plain(384, 216));
  const scene::Frame frame = cutHead();
  scene::Camera camera = cameraFor(frame, -50, 30);
  camera.fieldOfView *= 0.75;
  const Image image = renderer.still(frame, camera, {}, 8);
  EXPECT_TRUE(matchesGolden("scene-cuts", image, {6, 0.2}));
}

TEST_F(SceneTest, GlassShowsWhatLiesBehind) {
  scene::Frame frame = stillLife();
  scene::Material glass = matt({0.3F, 0.7F, 0.6F}, 0.05F);
  glass.opacity = 0.25F;
  scene::MeshView dome = meshView("dome", scene::makeSphere(0.9, 64, 32), glass);
  dome.instances = {moved({0.1, -1.1, 0.9})};
  frame.views.emplace_back(dome);
  SceneRenderer renderer(testGpu(), plain(384, 216));
  const Image image = renderer.still(frame, cameraFor(frame, -70, 22), {}, 8);
  EXPECT_TRUE(matchesGolden("scene-glass", image, {6, 0.2}));
}

scene::Frame skinned(float subsurface) {
  scene::Frame frame;
  scene::Material skin = matt({0.82F, 0.57F, 0.46F}, 0.45F);
  skin.subsurface = subsurface;
  skin.subsurfaceRadius = 0.12F;
  frame.views.emplace_back(meshView("torus", scene::makeTorus(0.7, 0.28, 96, 48), skin));
  scene::MeshView ball = meshView("ball", scene::makeSphere(0.35, 64, 32), skin);
  ball.instances = {moved({0, 0, 0.35})};
  frame.views.emplace_back(ball);
  frame.views.emplace_back(
      meshView("floor", scene::makeBox({-1.5, -1.2, -0.4}, {1.5, 1.2, -0.28}), matt({0.4F, 0.42F, 0.45F})));
  return frame;
}

TEST_F(SceneTest, LightSoftensBelowTheSkin) {
  SceneRenderer renderer(testGpu(), plain(384, 216));
  const scene::Frame frame = skinned(1), hard = skinned(0);
  const scene::Camera camera = cameraFor(frame, -70, 30);
  SceneStyle style;
  style.lights[0].towards = {-0.9, 0.3, 0.15};
  style.lights[0].angularDiameter = 1;
  style.environment = 0.4;
  EXPECT_TRUE(matchesGolden("scene-stone", renderer.still(hard, camera, style, 8), {6, 0.2}));
  EXPECT_TRUE(matchesGolden("scene-skin", renderer.still(frame, camera, style, 8), {6, 0.2}));
}

}  // namespace
}  // namespace aula::render
