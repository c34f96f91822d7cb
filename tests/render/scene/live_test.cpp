// SPDX-License-Identifier: Apache-2.0
// Live pictures at every ratio, and the kinds of view that the other files leave out.
#include <cmath>
#include <numbers>

#include "golden.h"
#include "scene/geometry/primitives.h"
#include "scenes.h"

namespace aula::render {
namespace {

/// A row of frames gathers small differences between drivers; an edge may fall a drawn pixel aside, three of
/// the picture.
constexpr GoldenTolerance kLive{72, 0.6};

class LiveRatio : public SceneTest, public testing::WithParamInterface<UpscaleMode> {};

TEST_P(LiveRatio, ATurningStillLife) {
  SceneRendererOptions options{320, 180, GetParam(), Antialiasing::temporal};
  SceneRenderer renderer(testGpu(), options);
  const scene::Frame frame = stillLife();
  for (int i = 0; i < 20; ++i) renderer.draw(frame, cameraFor(frame, -70 + 0.25 * i, 22));
  EXPECT_TRUE(matchesGolden(std::string("live-") + upscaleModeName(GetParam()), renderer.image(), kLive));
}

INSTANTIATE_TEST_SUITE_P(Ratios, LiveRatio,
                         testing::Values(UpscaleMode::native, UpscaleMode::quality, UpscaleMode::balanced,
                                         UpscaleMode::performance, UpscaleMode::ultraPerformance),
                         [](const auto& mode) {
                           std::string name = upscaleModeName(mode.param);
                           std::erase(name, '-');
                           return name;
                         });

TEST_F(SceneTest, MovingParticlesAndVolumesLive) {
  // Everything that streams at once: positions, values, a turning mesh; two frames are on their way at a
  // time.
  SceneRenderer renderer(testGpu(), {200, 120, UpscaleMode::quality, Antialiasing::temporal});
  scene::Frame frame;
  for (int i = 0; i < 12; ++i) {
    frame.views.clear();
    scene::ParticlesView atoms;
    atoms.name = "atoms";
    auto positions = std::make_shared<std::vector<scene::Float3>>();
    for (int k = 0; k < 300; ++k) {
      const double a = 0.21 * k + 0.05 * i;
      positions->push_back(scene::toFloat3({std::cos(a), std::sin(a), 0.006 * k - 0.9}));
    }
    atoms.positions = positions;
    atoms.radii = std::make_shared<std::vector<float>>(1, 0.07F);
    frame.views.emplace_back(atoms);
    scene::VolumeView fog;
    fog.name = "fog";
    fog.nx = fog.ny = fog.nz = 16;
    fog.origin = {-0.6, -0.6, -0.6};
    fog.spacing = {0.08, 0.08, 0.08};
    auto values = std::make_shared<std::vector<float>>();
    for (int k = 0; k < 16 * 16 * 16; ++k) values->push_back(std::sin(0.3F * static_cast<float>(k % 16 + i)));
    fog.values = values;
    frame.views.emplace_back(fog);
    scene::MeshView ring = meshView("ring", scene::makeTorus(1.3, 0.08), matt({0.7F, 0.5F, 0.2F}));
    ring.instances = {moved({0, 0, 0.05 * i - 0.3})};
    frame.views.emplace_back(ring);
    renderer.draw(frame, cameraFor(frame, 30, 25));
  }
  const Image image = renderer.image();
  int drawn = 0;
  for (std::size_t k = 0; k < image.pixels.size(); k += 4) drawn += image.pixels[k] < 200 ? 1 : 0;
  EXPECT_GT(drawn, 2000);
}

TEST_F(SceneTest, ASurfaceOfEqualValue) {
  scene::IsoSurfaceView gyroid;
  gyroid.name = "gyroid";
  scene::VolumeView& volume = gyroid.volume;
  volume.name = "field";
  volume.nx = volume.ny = volume.nz = 40;
  volume.spacing = {1, 1, 1};
  auto values = std::make_shared<std::vector<float>>();
  for (int k = 0; k < 40; ++k) {
    for (int j = 0; j < 40; ++j) {
      for (int i = 0; i < 40; ++i) {
        const double w = 4 * std::numbers::pi / 39, x = w * i, y = w * j, z = w * k;
        values->push_back(static_cast<float>(std::sin(x) * std::cos(y) + std::sin(y) * std::cos(z) +
                                             std::sin(z) * std::cos(x)));
      }
    }
  }
  volume.values = values;
  gyroid.level = 0.2;
  gyroid.material = matt({0.25F, 0.5F, 0.65F}, 0.35F);
  scene::Frame frame;
  frame.views.emplace_back(gyroid);
  SceneRenderer renderer(testGpu(), plain(320, 240));
  EXPECT_TRUE(
      matchesGolden("scene-iso-surface", renderer.still(frame, cameraFor(frame, -55, 28), {}, 8), {72, 0.5}));
}

}  // namespace
}  // namespace aula::render
