// SPDX-License-Identifier: Apache-2.0
// Whole pictures of particles, lines, arrows and ribbons by the scene renderer, against stored ones. What
// other versions of the software device may change: roundings of a step or two of 255 on surfaces, and at
// edges one of the eight samples of a pixel (an eighth of the range, 32 steps). Lost things change far more,
// and the mean.
#include <cmath>
#include <numbers>

#include "golden.h"
#include "particles.h"
#include "render/png.h"
#include "render/scene_renderer.h"
#include "support/test_gpu.h"

namespace aula::render {
namespace {

constexpr GoldenTolerance kTolerance{48, 0.4};
constexpr int kSamples = 8;

class ParticlePictures : public GpuTest {
 protected:
  Image still(const scene::Frame& frame, const scene::Camera& camera, int width = 320, int height = 240,
              const SceneStyle& style = {}) {
    SceneRendererOptions options;
    options.width = width;
    options.height = height;
    SceneRenderer renderer(gpu, options);
    return renderer.still(frame, camera, style, kSamples);
  }
};

/// Nearer than the ball around the scene's box would have it.
scene::Camera closeUp(const scene::Frame& frame, double azimuth, double elevation, double share = 0.68) {
  scene::Camera camera = cameraFor(frame, azimuth, elevation);
  camera.eye = camera.target + share * (camera.eye - camera.target);
  return camera;
}

scene::LinesView box(double half) {
  scene::LinesView view;
  view.name = "box";
  const double h = half;
  view.polylines = {{{-h, -h, -h}, {h, -h, -h}, {h, h, -h}, {-h, h, -h}, {-h, -h, -h}},
                    {{-h, -h, h}, {h, -h, h}, {h, h, h}, {-h, h, h}, {-h, -h, h}},
                    {{-h, -h, -h}, {-h, -h, h}},
                    {{h, -h, -h}, {h, -h, h}},
                    {{h, h, -h}, {h, h, h}},
                    {{-h, h, -h}, {-h, h, h}}};
  return view;
}

TEST_F(ParticlePictures, AHelixOfBallsAndSticks) {
  scene::Frame frame;
  frame.views.emplace_back(helixMolecule());
  EXPECT_TRUE(matchesGolden("particles-molecule", still(frame, closeUp(frame, -60, 12, 0.85)), kTolerance));
}

TEST_F(ParticlePictures, AHeapCutOpen) {
  scene::Frame frame;
  frame.views.emplace_back(heapOfBalls(400, 0.9, 0.16F));
  frame.clips = {{core::normalised({-0.5, 1, -0.2}), 0}};
  EXPECT_TRUE(matchesGolden("particles-clipped", still(frame, closeUp(frame, -60, 24)), kTolerance));
}

TEST_F(ParticlePictures, SeeThroughBallsAroundSolidOnes) {
  scene::Frame frame;
  scene::ParticlesView core = heapOfBalls(12, 0.35, 0.14F);
  scene::ParticlesView shell =
      balls({{0, 0, 0}, {0.75F, 0.2F, 0.1F}, {-0.6F, 0.4F, 0.3F}}, {0.7F, 0.35F, 0.4F}, "shell");
  shell.material.baseColour = {0.25F, 0.5F, 0.8F};
  shell.material.opacity = 0.35F;
  shell.material.roughness = 0.2F;
  frame.views.emplace_back(core);
  frame.views.emplace_back(shell);
  const Image image = still(frame, closeUp(frame, -60, 24));
  EXPECT_TRUE(matchesGolden("particles-transparent", image, kTolerance));

  // In another order, the same picture: sums of half floats in another order differ in their last of 11 bits.
  scene::ParticlesView turned =
      balls({{-0.6F, 0.4F, 0.3F}, {0.75F, 0.2F, 0.1F}, {0, 0, 0}}, {0.4F, 0.35F, 0.7F}, "shell");
  turned.material = shell.material;
  frame.views = {turned, core};
  const Image other = still(frame, closeUp(frame, -60, 24));
  int most = 0;
  for (std::size_t i = 0; i < image.pixels.size(); ++i)
    most = std::max(most, std::abs(image.pixels[i] - other.pixels[i]));
  EXPECT_LE(most, 3);
}

TEST_F(ParticlePictures, ArrowsAroundAWire) {
  scene::Frame frame;
  scene::GlyphsView glyphs;
  glyphs.name = "B";
  glyphs.quantity = {"Magnetic field", "T"};
  auto positions = std::make_shared<std::vector<scene::Float3>>();
  auto vectors = std::make_shared<std::vector<scene::Float3>>();
  for (int k = -1; k <= 1; ++k)
    for (int ring = 1; ring <= 3; ++ring)
      for (int i = 0; i < 8 * ring; ++i) {
        const double angle = 2 * std::numbers::pi * i / (8 * ring), r = 0.3 * ring;
        positions->push_back(scene::toFloat3({r * std::cos(angle), r * std::sin(angle), 0.5 * k}));
        vectors->push_back(scene::toFloat3(core::Vec3{-std::sin(angle), std::cos(angle), 0} / r));
      }
  glyphs.positions = positions;
  glyphs.vectors = vectors;
  glyphs.metresPerUnit = 0.09;
  glyphs.longest = 0.24;
  frame.views.emplace_back(glyphs);
  scene::LinesView wire;
  wire.polylines = {{{0, 0, -1}, {0, 0, 1}}};
  wire.width = 6;
  frame.views.emplace_back(wire);
  EXPECT_TRUE(matchesGolden("particles-arrows", still(frame, closeUp(frame, -60, 35)), kTolerance));
}

TEST_F(ParticlePictures, ARibbonAlongAHelix) {
  scene::Frame frame;
  scene::RibbonView ribbon;
  ribbon.name = "helix";
  for (int i = 0; i <= 120; ++i) {
    const double angle = 0.16 * i, z = -0.9 + 0.015 * i;
    ribbon.points.push_back({0.35 * std::cos(angle), 0.35 * std::sin(angle), z});
    ribbon.across.push_back({0.1 * std::sin(angle), -0.1 * std::cos(angle), 1});
    const auto share = static_cast<float>(i) / 120;
    ribbon.colours.push_back({0.75F - 0.6F * share, 0.12F + 0.1F * share, 0.15F + 0.55F * share});
  }
  ribbon.widths = {0.26F};
  ribbon.thickness = 0.05F;
  frame.views.emplace_back(ribbon);
  EXPECT_TRUE(matchesGolden("particles-ribbon", still(frame, closeUp(frame, -60, 10, 0.9)), kTolerance));
}

TEST_F(ParticlePictures, LinesSolidAndDashed) {
  scene::Frame frame;
  frame.views.emplace_back(box(0.8));
  frame.views.emplace_back(balls({{0, 0, 0}}, {0.55F}));
  scene::LinesView equator;
  equator.name = "equator";
  equator.width = 4;
  equator.hasColour = true;
  equator.colour = {0.8F, 0.1F, 0.05F};
  equator.polylines.emplace_back();
  scene::LinesView orbit = equator;
  orbit.name = "orbit";
  orbit.isDashed = true;
  orbit.colour = {0.05F, 0.2F, 0.7F};
  for (int i = 0; i <= 180; ++i) {
    const double angle = i * std::numbers::pi / 90, c = std::cos(angle), s = std::sin(angle);
    equator.polylines[0].push_back({0.55 * c, 0.55 * s, 0});
    orbit.polylines[0].push_back({0.75 * c, 0.7 * s, 0.25 * s});
  }
  frame.views.emplace_back(equator);
  frame.views.emplace_back(orbit);
  EXPECT_TRUE(matchesGolden("lines", still(frame, cameraFor(frame, -62, 22)), kTolerance));
}

}  // namespace
}  // namespace aula::render
