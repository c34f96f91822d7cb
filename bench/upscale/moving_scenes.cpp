// SPDX-License-Identifier: Apache-2.0
#include "upscale/moving_scenes.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "render/colour/colour_map.h"
#include "upscale/strokes.h"

namespace aula::bench {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr double kFramesASecond = 60;

float linearFromSrgb(float v) {
  return v <= 0.04045F ? v / 12.92F : std::pow((v + 0.055F) / 1.055F, 2.4F);
}

/// Colours of a map as light.
scene::Colour mapped(const render::ColourMap& map, double position) {
  const render::Srgb c = map.at(position);
  return {linearFromSrgb(c[0]), linearFromSrgb(c[1]), linearFromSrgb(c[2])};
}

/// Interference of two sources on a plate 1.6 x 0.9 m, shown as colours of its nodes.
std::shared_ptr<const scene::TriangleMesh> field(double time) {
  constexpr int kNx = 161, kNy = 91;
  const render::ColourMap& map = render::ColourMap::named("tide");
  auto mesh = std::make_shared<scene::TriangleMesh>();
  for (int j = 0; j < kNy; ++j) {
    for (int i = 0; i < kNx; ++i) {
      const double x = 1.6 * i / (kNx - 1) - 0.8, y = 0.9 * j / (kNy - 1) - 0.45;
      const auto wave = [&](double sx, double sy) {
        const double r = std::hypot(x - sx, y - sy);
        return std::cos(2 * kPi * (r / 0.22 - 0.8 * time)) / std::sqrt(1 + 12 * r);
      };
      mesh->positions.push_back({static_cast<float>(x), static_cast<float>(y), 0});
      mesh->normals.push_back({0, 0, 1});
      mesh->colours.push_back(mapped(map, 0.5 + 0.35 * (wave(-0.6, 0.15) + wave(-0.6, -0.15))));
    }
  }
  for (int j = 0; j + 1 < kNy; ++j) {
    for (int i = 0; i + 1 < kNx; ++i) {
      const auto a = static_cast<std::uint32_t>(j * kNx + i), b = a + kNx;
      for (const std::uint32_t k : {a, a + 1, b + 1, a, b + 1, b}) mesh->triangles.push_back(k);
    }
  }
  return mesh;
}

scene::Material unlit() {
  scene::Material material;
  material.baseColour = {1, 1, 1};
  material.isUnlit = true;
  material.isTwoSided = true;
  return material;
}

scene::MeshView standing(const char* name, std::shared_ptr<const scene::TriangleMesh> mesh, core::Vec3 at,
                         double turn = 0) {
  scene::MeshView view;
  view.name = name;
  view.mesh = std::move(mesh);
  view.material = unlit();
  scene::Transform transform;
  transform.x = {std::cos(turn), std::sin(turn), 0};
  transform.y = {-std::sin(turn), std::cos(turn), 0};
  transform.translation = at;
  view.instances = {transform};
  return view;
}

// Widths of what is thin: a pixel of a picture 540 high is about 1.75 mm of the plate.
constexpr double kHair = 0.0018, kPen = 0.0028;
constexpr scene::Colour kBlack{0.01F, 0.01F, 0.012F}, kWhite{0.95F, 0.95F, 0.95F}, kRed{0.75F, 0.05F, 0.03F};

/// Field lines that wind through the picture, a fan of straight ones at all slopes, and writing.
struct LineMeshes {
  std::shared_ptr<const scene::TriangleMesh> grid, curves, fan, words, numbers;
};
LineMeshes makeLineMeshes() {
  Strokes grid, curves, fan, words, numbers;
  for (int i = 0; i <= 8; ++i) grid.add({{-0.72 + 0.18 * i, -0.36}, {-0.72 + 0.18 * i, 0.36}}, kHair, kBlack);
  for (int j = 0; j <= 4; ++j) grid.add({{-0.72, -0.36 + 0.18 * j}, {0.72, -0.36 + 0.18 * j}}, kHair, kBlack);
  for (int k = 0; k < 9; ++k) {
    Stroke stroke;
    for (int i = 0; i <= 160; ++i) {
      const double x = -0.75 + 1.5 * i / 160;
      stroke.push_back({x, -0.32 + 0.08 * k + 0.03 * std::sin(7 * x + 0.9 * k)});
    }
    curves.add(stroke, k % 3 == 0 ? kPen : kHair, k % 2 == 0 ? kWhite : kBlack);
  }
  for (int k = 0; k < 24; ++k) {
    const double angle = kPi * k / 24;
    fan.add({{-0.14 * std::cos(angle), -0.14 * std::sin(angle)},
             {0.14 * std::cos(angle), 0.14 * std::sin(angle)}},
            kHair, k % 2 == 0 ? kRed : kBlack);
  }
  words.addText("FIELD OF TWO SLITS", -0.6, 0.27, 0.042, kPen, kBlack);
  words.addText("WAVELENGTH 532 - 0.22", -0.6, 0.2, 0.026, kHair, kBlack);
  numbers.addText("0123456789", -0.1, -0.33, 0.03, 0.0022, kWhite);
  numbers.addText("E=0.35", 0.35, -0.3, 0.05, kPen, kRed);
  return {grid.mesh(), curves.mesh(), fan.mesh(), words.mesh(), numbers.mesh()};
}

/// Numbers from 0 to 1 that look random, the same everywhere: Steele, Lea and Flood 2014 (SplitMix64).
double hashed(std::uint64_t n) {
  n += 0x9E3779B97F4A7C15ULL;
  n = (n ^ (n >> 30)) * 0xBF58476D1CE4E5B9ULL;
  n = (n ^ (n >> 27)) * 0x94D049BB133111EBULL;
  return static_cast<double>((n ^ (n >> 31)) >> 11) * 0x1p-53;
}

/// A forearm's outline: a bent, tapering tube with folds and pores, closed at both ends; 0.6 m long.
std::shared_ptr<const scene::TriangleMesh> armMesh() {
  constexpr int kAround = 256, kAlong = 512;
  const auto surface = [](double s, double angle) {
    // The axis is an arc; its frame: (cos, sin) along the arc, z across.
    const double bend = 0.9 * (s - 0.5);
    const core::Vec3 axis{0.62 * std::sin(bend), 0.62 * (1 - std::cos(bend)), 0};
    const core::Vec3 out{-std::sin(bend), std::cos(bend), 0}, across{0, 0, 1};
    double radius = 0.075 - 0.035 * s + 0.012 * std::exp(-std::pow((s - 0.28) / 0.12, 2)) -
                    0.006 * std::exp(-std::pow((s - 0.85) / 0.05, 2));
    radius *= std::sqrt(std::max(0.0, 1 - std::pow(2 * s - 1, 24)));  // Round ends.
    const double muscle = 0.05 * std::cos(2 * angle + 3 * s) + 0.03 * std::cos(3 * angle - 5 * s);
    const double veins = 0.02 * std::exp(-std::pow(std::sin(angle - 1.1 - 0.8 * std::sin(9 * s)) / 0.1, 2)) *
                         (std::cos(angle - 1.1) > 0 ? 1 : 0);
    const double pores =
        0.006 * std::sin(61 * angle + 9 * std::sin(23 * s)) * std::sin(230 * s + 4 * std::cos(5 * angle));
    radius *= 1 + muscle + veins + pores;
    return axis + radius * (std::cos(angle) * out + std::sin(angle) * across);
  };
  auto mesh = std::make_shared<scene::TriangleMesh>();
  for (int j = 0; j <= kAlong; ++j) {
    for (int i = 0; i < kAround; ++i) {
      const double s = static_cast<double>(j) / kAlong, angle = 2 * kPi * i / kAround, h = 1e-4;
      mesh->positions.push_back(scene::toFloat3(surface(s, angle)));
      const double a = std::max(s - h, 1e-3), b = std::min(s + h, 1 - 1e-3);
      const core::Vec3 along = surface(b, angle) - surface(a, angle);
      const core::Vec3 round = surface(std::clamp(s, 1e-3, 1 - 1e-3), angle + h) -
                               surface(std::clamp(s, 1e-3, 1 - 1e-3), angle - h);
      mesh->normals.push_back(scene::toFloat3(core::normalised(core::cross(round, along))));
      const auto tone =
          static_cast<float>(0.9 + 0.1 * std::sin(13 * angle + 31 * s) * std::sin(47 * s - 5 * angle));
      mesh->colours.push_back({tone, tone * tone, tone * tone});
    }
  }
  for (int j = 0; j < kAlong; ++j) {
    for (int i = 0; i < kAround; ++i) {
      const auto a = static_cast<std::uint32_t>(j * kAround + i),
                 b = static_cast<std::uint32_t>(j * kAround + (i + 1) % kAround);
      for (const std::uint32_t k : {a, b, b + kAround, a, b + kAround, a + kAround})
        mesh->triangles.push_back(k);
    }
  }
  return mesh;
}

}  // namespace

MovingScene linesScene() {
  MovingScene scene;
  scene.name = "lines";
  scene.style.hasAmbientOcclusion = false;
  scene.frame = [meshes = makeLineMeshes()](int number) {
    const double t = number / kFramesASecond;
    scene::Frame frame;
    frame.time = t;
    frame.step = number;
    frame.title = "Lines and text over a field";
    frame.views.emplace_back(standing("field", field(t), {}));
    frame.views.emplace_back(standing("grid", meshes.grid, {0, 0, 0.004}));
    // About one pixel of a picture 540 high a frame, sideways; the fan turns 0.6 degrees.
    frame.views.emplace_back(
        standing("curves", meshes.curves, {0.02 * std::sin(4.5 * t), 0.03 * std::sin(3.1 * t), 0.008}));
    frame.views.emplace_back(standing("fan", meshes.fan, {0.45, 0.12, 0.012}, 0.628 * t));
    frame.views.emplace_back(standing("words", meshes.words, {0.03 * std::sin(2 * t), 0, 0.016}));
    frame.views.emplace_back(standing("numbers", meshes.numbers, {-0.08 * t, 0.01 * std::sin(5 * t), 0.016}));
    return frame;
  };
  scene.camera = [](int number) {
    const double t = number / kFramesASecond;
    scene::Camera camera;
    camera.eye = {0.06 * std::sin(0.9 * t), -0.35 + 0.03 * std::cos(0.7 * t), 1.75};
    camera.target = {0.02 * std::sin(0.6 * t + 1), 0.01 * std::cos(0.8 * t), 0};
    camera.up = {0, 1, 0};
    camera.fieldOfView = 30;
    return camera;
  };
  return scene;
}

MovingScene atomsScene(int count) {
  MovingScene scene;
  scene.name = "atoms";
  scene.frame = [count](int number) {
    const double t = number / kFramesASecond;
    auto positions = std::make_shared<std::vector<scene::Float3>>();
    auto colours = std::make_shared<std::vector<scene::Colour>>();
    auto radii = std::make_shared<std::vector<float>>();
    const auto n = static_cast<std::uint64_t>(count);
    // A liquid in a box 6 nm wide for 50,000 (density of water's atoms): everyone sways about a place of its
    // own.
    const double side = 6e-9 * std::cbrt(count / 50000.0);
    for (std::uint64_t i = 0; i < n; ++i) {
      const auto sway = [&](std::uint64_t axis) {
        return 6e-11 * std::sin(2 * kPi * (hashed(11 * i + axis) + t * (0.3 + 0.9 * hashed(13 * i + axis))));
      };
      positions->push_back(
          scene::toFloat3({side * (hashed(7 * i) - 0.5) + sway(1), side * (hashed(7 * i + 1) - 0.5) + sway(2),
                           side * (hashed(7 * i + 2) - 0.5) + sway(3)}));
      const bool isOxygen = i % 3 == 0;
      radii->push_back(isOxygen ? 7e-11F : 4.5e-11F);
      colours->push_back(isOxygen ? scene::Colour{0.62F, 0.05F, 0.04F} : scene::Colour{0.85F, 0.85F, 0.85F});
    }
    scene::ParticlesView view;
    view.name = "atoms";
    view.positions = positions;
    view.radii = radii;
    view.colours = colours;
    view.material.roughness = 0.35F;
    scene::Frame frame;
    frame.time = t;
    frame.step = number;
    frame.title = "Atoms";
    frame.views.emplace_back(std::move(view));
    return frame;
  };
  scene.camera = [count](int number) {
    const double t = number / kFramesASecond, side = 6e-9 * std::cbrt(count / 50000.0), turn = 0.5 + 0.12 * t;
    scene::Camera camera;
    camera.eye = {3.1 * side * std::cos(turn), 3.1 * side * std::sin(turn), 1.1 * side};
    camera.target = {0, 0, 0};
    camera.fieldOfView = 26;
    return camera;
  };
  return scene;
}

MovingScene armScene() {
  MovingScene scene;
  scene.name = "arm";
  scene.frame = [mesh = armMesh()](int number) {
    const double t = number / kFramesASecond, turn = 0.55 * t;
    scene::MeshView view;
    view.name = "arm-shaped surface";
    view.mesh = mesh;
    view.material.baseColour = {0.72F, 0.44F, 0.34F};
    view.material.roughness = 0.42F;
    view.material.clearCoat = 0.45F;
    view.material.clearCoatRoughness = 0.12F;
    view.material.subsurface = 0.8F;
    view.material.subsurfaceRadius = 0.004F;
    // About its length.
    scene::Transform transform;
    transform.y = {0, std::cos(turn), std::sin(turn)};
    transform.z = {0, -std::sin(turn), std::cos(turn)};
    view.instances = {transform};
    scene::Frame frame;
    frame.time = t;
    frame.step = number;
    frame.title = "Arm-shaped surface";
    frame.views.emplace_back(std::move(view));
    return frame;
  };
  scene.camera = [](int number) {
    const double t = number / kFramesASecond;
    scene::Camera camera;
    camera.eye = {0.05 * std::sin(0.8 * t), -0.85, 0.32};
    camera.target = {0, 0.02, 0};
    camera.fieldOfView = 30;
    return camera;
  };
  return scene;
}

std::vector<MovingScene> movingScenes() {
  return {linesScene(), atomsScene(), armScene()};
}

}  // namespace aula::bench
