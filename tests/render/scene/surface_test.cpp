// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <cmath>
#include <numbers>

#include "core/error.h"
#include "render/pass/mesh_store.h"
#include "render/pass/texture_store.h"
#include "scene/geometry/primitives.h"
#include "scenes.h"

namespace aula::render {
namespace {

/// Looks along +y at the plane y = 0; `height` metres of it fill the picture's height.
scene::Camera fromFront(double height) {
  scene::Camera camera;
  camera.eye = {0, -5, 0};
  camera.isOrthographic = true;
  camera.fieldOfView = 2 * std::atan(height / 10) * 180 / std::numbers::pi;
  return camera;
}

SceneStyle hardLight() {
  SceneStyle style;
  style.hasAmbientOcclusion = false;
  style.hasShadows = false;
  return style;
}

int covered(const HdrImage& image) {
  int count = 0;
  for (std::size_t i = 3; i < image.pixels.size(); i += 4) count += image.pixels[i] > 0.5F ? 1 : 0;
  return count;
}

// A ball cut in half shows a disc, lit as a plate of its material standing there; a slice of a ball between
// two planes the same; so does what is seen through a hole in what was cut away.
TEST_F(SceneTest, CutsAreLitAsThePlane) {
  constexpr int kPixels = 128;
  SceneRenderer renderer(testGpu(), plain(kPixels, kPixels));
  const scene::Material clay = matt({0.6F, 0.4F, 0.3F}, 0.6F);
  const scene::Camera camera = fromFront(2.5);
  scene::Frame frame;
  frame.views.emplace_back(meshView("ball", scene::makeSphere(1, 96, 48), clay));
  frame.clips = {{{0, 1, 0}, 0}};
  renderer.draw(frame, camera, hardLight());
  const HdrImage half = renderer.radiance();
  frame.clips.push_back({{0, -1, 0}, -0.1});
  renderer.draw(frame, camera, hardLight());
  const HdrImage slab = renderer.radiance();

  scene::Frame plate;
  plate.views.emplace_back(meshView("plate", scene::makeGrid({-1, 0, -1}, {2, 0, 0}, {0, 0, 2}), clay));
  renderer.draw(plate, camera, hardLight());
  const HdrImage wanted = renderer.radiance();

  for (const int x : {30, 64, 90}) {
    const Pixel a = at(half, x, 64), b = at(wanted, x, 64), c = at(slab, x, 64);
    EXPECT_NEAR(a.red, b.red, 0.01 * b.red);
    EXPECT_NEAR(a.blue, b.blue, 0.01 * b.blue);
    EXPECT_NEAR(c.red, b.red, 0.01 * b.red);
  }
  // The disc's area; a pixel's row along its edge may go either way.
  const double radius = kPixels / 2.5;
  EXPECT_NEAR(covered(half), std::numbers::pi * radius * radius, 2 * std::numbers::pi * radius * 0.5);
  EXPECT_NEAR(covered(slab), covered(half), 40);
}

TEST_F(SceneTest, BodiesWithinBodiesShowTheInnermost) {
  SceneRenderer renderer(testGpu(), plain(64, 64));
  scene::Frame frame;
  frame.views.emplace_back(meshView("inner", scene::makeSphere(0.4, 48, 24), matt({0.1F, 0.1F, 0.8F})));
  frame.views.emplace_back(meshView("outer", scene::makeSphere(1, 48, 24), matt({0.8F, 0.1F, 0.1F})));
  // Behind the cut and therefore unseen: hidden by the outer ball's matter.
  scene::MeshView hidden = meshView("hidden", scene::makeSphere(0.2, 48, 24), matt({0.1F, 0.8F, 0.1F}));
  hidden.instances = {moved({0.65, 0.4, 0})};
  frame.views.emplace_back(hidden);
  frame.clips = {{{0, 1, 0}, 0}};
  renderer.draw(frame, fromFront(2.5), hardLight());
  const HdrImage light = renderer.radiance();
  EXPECT_GT(at(light, 32, 32).blue, 3 * at(light, 32, 32).red);
  EXPECT_GT(at(light, 48, 32).red, 3 * at(light, 48, 32).green);
  EXPECT_GT(at(light, 15, 32).red, 3 * at(light, 15, 32).blue);
}

TEST_F(SceneTest, MirroredInstancesAreNotInsideOut) {
  SceneRenderer renderer(testGpu(), plain(96, 96));
  scene::Frame frame;
  scene::MeshView ball = meshView("ball", scene::makeSphere(1, 64, 32), matt({0.7F, 0.5F, 0.2F}));
  frame.views = {ball};
  const scene::Camera camera = cameraFor(frame);
  renderer.draw(frame, camera, hardLight());
  const Image plainBall = renderer.image();
  scene::Transform mirror;
  mirror.x = {-1, 0, 0};
  ball.instances = {mirror};
  frame.views = {ball};
  renderer.draw(frame, camera, hardLight());
  const Image mirrored = renderer.image();
  int most = 0;
  for (std::size_t i = 0; i < mirrored.pixels.size(); ++i)
    most = std::max(most, std::abs(mirrored.pixels[i] - plainBall.pixels[i]));
  // The ball's rings are symmetrical, its triangles' diagonals are not.
  EXPECT_LE(most, 6);
}

TEST_F(SceneTest, TexturesTintsAndCornerColoursMultiply) {
  SceneRenderer renderer(testGpu(), plain(64, 64));
  scene::TriangleMesh grid = scene::makeGrid({-1, 0, -1}, {2, 0, 0}, {0, 0, 2});
  grid.textureCoordinates = {};
  for (const scene::Float3& p : grid.positions)
    grid.textureCoordinates.push_back({(p.x + 1) / 2, (1 - p.z) / 2});
  grid.colours.assign(grid.positions.size(), {1, 0.5F, 1});
  scene::Texture picture;
  picture.width = picture.height = 8;
  // Four squares: red, green, blue, white.
  for (int i = 0; i < 64; ++i) {
    const bool isRight = i % 8 >= 4, isLow = i >= 32;
    const auto byte = [](bool isOn) { return static_cast<std::uint8_t>(isOn ? 255 : 0); };
    picture.pixels.insert(picture.pixels.end(),
                          {byte(isRight == isLow), byte(isRight), byte(isLow), std::uint8_t{255}});
  }
  scene::Material material = matt({1, 1, 1});
  material.isUnlit = true;
  material.baseColourTexture = std::make_shared<const scene::Texture>(picture);
  scene::MeshView view = meshView("card", grid, material);
  view.tints = {{1, 1, 0.25F}};
  scene::Frame frame;
  frame.views.emplace_back(view);
  renderer.draw(frame, fromFront(2), hardLight());
  const Image image = renderer.image();
  // sRGB of 0.5 is 188, of 0.25 is 137.
  EXPECT_NEAR(at(image, 12, 12).red, 255, 1);
  EXPECT_NEAR(at(image, 12, 12).green, 0, 1);
  EXPECT_NEAR(at(image, 52, 12).green, 188, 2);
  EXPECT_NEAR(at(image, 12, 52).blue, 137, 2);
  EXPECT_NEAR(at(image, 52, 52).green, 188, 2);
}

// Two sheets of glass give the same light in either order, and let through the product of what each does.
TEST_F(SceneTest, SheetsOfGlassNeedNoOrder) {
  SceneRenderer renderer(testGpu(), plain(64, 64));
  const auto sheet = [](const char* name, double y, scene::Colour colour) {
    scene::Material material = matt(colour);
    material.isUnlit = true;
    material.opacity = 0.5F;
    return meshView(name, scene::makeGrid({-1, y, -1}, {2, 0, 0}, {0, 0, 2}), material);
  };
  const scene::MeshView red = sheet("red", -0.3, {0.8F, 0.1F, 0.1F}),
                        blue = sheet("blue", 0.3, {0.1F, 0.1F, 0.8F});
  scene::Frame frame;
  frame.views = {red, blue};
  renderer.draw(frame, fromFront(1), hardLight());
  const Pixel one = at(renderer.radiance(), 32, 32);
  frame.views = {blue, red};
  renderer.draw(frame, fromFront(1), hardLight());
  const Pixel other = at(renderer.radiance(), 32, 32);
  EXPECT_NEAR(one.red, other.red, 0.002);
  EXPECT_NEAR(one.blue, other.blue, 0.002);
  EXPECT_NEAR(one.alpha, 0.75, 0.005);
  EXPECT_GT(one.red, one.blue);  // The nearer counts more.
  frame.views = {red};
  renderer.draw(frame, fromFront(1), hardLight());
  EXPECT_NEAR(at(renderer.radiance(), 32, 32).alpha, 0.5, 0.003);
}

TEST_F(SceneTest, MeshesAndTexturesLeaveTheDeviceWithTheirOwners) {
  vulkan::FrameCommands frame(testGpu()->device());
  stage::MeshStore meshes(testGpu()->device());
  stage::TextureStore textures(testGpu()->device());
  auto mesh = std::make_shared<const scene::TriangleMesh>(scene::makeBox({0, 0, 0}, {1, 1, 1}));
  scene::Texture picture;
  picture.width = picture.height = 4;
  picture.pixels.assign(64, 200);
  auto texture = std::make_shared<const scene::Texture>(picture);
  (void)frame.begin();
  const auto first = meshes.get(mesh, "box", frame);
  EXPECT_TRUE(first->isClosed);
  EXPECT_EQ(meshes.get(mesh, "box", frame), first);
  EXPECT_EQ(textures.get(texture, "box", frame), textures.get(texture, "box", frame));
  meshes.barrier(frame.commands());
  frame.submitAndWait();
  meshes.forgetGone();
  EXPECT_EQ(meshes.size(), 1U);
  mesh.reset();
  texture.reset();
  meshes.forgetGone();
  textures.forgetGone();
  EXPECT_EQ(meshes.size(), 0U);
  EXPECT_EQ(textures.size(), 0U);
  const auto sheet =
      std::make_shared<const scene::TriangleMesh>(scene::makeGrid({0, 0, 0}, {1, 0, 0}, {0, 1, 0}));
  (void)frame.begin();
  EXPECT_FALSE(meshes.get(sheet, "sheet", frame)->isClosed);
  frame.submitAndWait();
}

template <typename F>
std::string messageOf(F&& act) {
  try {
    act();
  } catch (const core::Error& error) {
    return error.what();
  }
  return "no error";
}

TEST_F(SceneTest, WrongInputIsTold) {
  SceneRenderer renderer(testGpu(), plain(64, 64));
  scene::Frame good = stillLife();
  const scene::Camera camera = cameraFor(good);
  const SceneStyle usual;
  const auto told = [&](const scene::Frame& frame, const scene::Camera& with, const SceneStyle& style) {
    return messageOf([&] { renderer.draw(frame, with, style); });
  };
  scene::TriangleMesh broken = scene::makeBox({0, 0, 0}, {1, 1, 1});
  broken.triangles.push_back(99);
  scene::Frame frame;
  frame.views.emplace_back(meshView("heart", broken, {}));
  EXPECT_THAT(told(frame, camera, usual), testing::HasSubstr("The view \"heart\" is a mesh of 24 positions"));
  scene::MeshView tinted = meshView("heart", scene::makeBox({0, 0, 0}, {1, 1, 1}), {});
  tinted.tints.resize(3);
  frame.views = {tinted};
  EXPECT_THAT(told(frame, camera, usual), testing::HasSubstr("3 tints for 1 instances"));
  tinted.tints.clear();
  scene::Texture picture;
  picture.width = 3;
  tinted.material.normalTexture = std::make_shared<const scene::Texture>(picture);
  frame.views = {tinted};
  EXPECT_THAT(told(frame, camera, usual), testing::HasSubstr("a texture of 3x0 pixels with 0 bytes"));
  scene::Camera wrong = camera;
  wrong.target = wrong.eye;
  EXPECT_THAT(told(good, wrong, usual), testing::HasSubstr("its eye and its target must differ"));
  wrong = camera;
  wrong.up = wrong.target - wrong.eye;
  EXPECT_THAT(told(good, wrong, usual), testing::HasSubstr("up direction"));
  wrong = camera;
  wrong.fieldOfView = 200;
  EXPECT_THAT(told(good, wrong, usual), testing::HasSubstr("allowed are 0.1 to 170"));
  SceneStyle style;
  style.lights.resize(5);
  EXPECT_THAT(told(good, camera, style), testing::HasSubstr("5 lamps; at most 4"));
  good.clips.resize(7);
  EXPECT_THAT(told(good, camera, usual), testing::HasSubstr("7 clip planes; at most 6"));
  good.clips.clear();
  EXPECT_THAT(messageOf([&] { (void)renderer.still(good, camera, {}, 0); }),
              testing::HasSubstr("A still of 0 samples"));
  EXPECT_THAT(messageOf([] { SceneRenderer r(testGpu(), plain(8, 100000)); }),
              testing::HasSubstr("8x100000"));
  // And after all that it still draws.
  renderer.draw(good, camera);
  EXPECT_GT(covered(renderer.radiance()), 300);
}

TEST_F(SceneTest, StillsAreTheSameEveryTime) {
  SceneRenderer renderer(testGpu(), plain(96, 64));
  const scene::Frame frame = stillLife();
  const scene::Camera camera = cameraFor(frame);
  renderer.draw(frame, cameraFor(frame, 20));
  const Image first = renderer.still(frame, camera, {}, 3);
  renderer.draw(frame, cameraFor(frame, 50));
  EXPECT_EQ(renderer.still(frame, camera, {}, 3).pixels, first.pixels);
  EXPECT_EQ(renderer.statistics().triangles, 12U + 3 * 2 * 64 * 31 + 12);
  EXPECT_GT(renderer.statistics().imageBytes, 96U * 64 * 20);
  EXPECT_THAT(renderer.graphPicture(), testing::HasSubstr("ambient occlusion"));
}

TEST_F(SceneTest, AnEmptyFrameIsItsBackground) {
  SceneRenderer renderer(testGpu(), plain(64, 64));
  SceneStyle style;
  style.background = {0.2F, 0.5F, 1};
  renderer.draw({}, {}, style);
  const Pixel shown = at(renderer.image(), 5, 60);
  // sRGB of 0.2 is 124, of 0.5 is 188; nothing of exposure or film touches a background.
  EXPECT_NEAR(shown.red, 124, 1);
  EXPECT_NEAR(shown.green, 188, 1);
  EXPECT_EQ(shown.blue, 255);
  EXPECT_EQ(shown.alpha, 255);
  style.backgroundOpacity = 0;
  style.exposure = 3;
  const scene::Frame frame = stillLife();
  const Image picture = renderer.still(frame, cameraFor(frame), style, 4);
  EXPECT_EQ(at(picture, 1, 1).alpha, 0);
  EXPECT_EQ(at(picture, 32, 32).alpha, 255);
}

TEST(SceneRendererLost, ALostDeviceIsToldAndAnotherDraws) {
  GpuOptions options;
  options.validation = Validation::on;
  options.device = "llvmpipe";
  const scene::Frame frame = stillLife();
  {
    const std::shared_ptr<Gpu> gpu = Gpu::make(options);
    SceneRendererOptions size;
    size.width = size.height = 64;
    size.antialiasing = Antialiasing::none;
    SceneRenderer renderer(gpu, size);
    renderer.draw(frame, cameraFor(frame));
    gpu->loseForTest();
    EXPECT_THROW(renderer.draw(frame, cameraFor(frame)), DeviceLost);
    EXPECT_TRUE(gpu->isLost());
  }
  SceneRendererOptions size;
  size.width = size.height = 64;
  size.antialiasing = Antialiasing::none;
  SceneRenderer renderer(testGpu(), size);
  renderer.draw(frame, cameraFor(frame));
  EXPECT_GT(covered(renderer.radiance()), 200);
}

}  // namespace
}  // namespace aula::render
