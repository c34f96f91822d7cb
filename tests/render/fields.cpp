// SPDX-License-Identifier: Apache-2.0
#include "fields.h"

#include <cmath>
#include <numbers>

#if defined(__SANITIZE_ADDRESS__)
/// Mesa and LLVM leave memory behind when they are unloaded, and then have no name to be excused by; the unit
/// tests look for our own leaks.
extern "C" __attribute__((visibility("default"))) const char* __asan_default_options() {
  return "detect_leaks=0";
}
#endif

namespace aula::render {

using core::Vec3;
constexpr double kPi = std::numbers::pi;

RendererOptions testOptions(int width, int height) {
  RendererOptions options;
  options.width = width;
  options.height = height;
  options.validation = Validation::on;
  options.device = "llvmpipe";
  return options;
}

scene::VolumeView sampled(const std::string& name, const scene::Quantity& quantity, Vec3 low, Vec3 high,
                          int nx, int ny, int nz, const std::function<double(const Vec3&)>& field) {
  scene::VolumeView view;
  view.name = name;
  view.quantity = quantity;
  view.nx = nx;
  view.ny = ny;
  view.nz = nz;
  view.origin = low;
  const int n[3] = {nx, ny, nz};
  double longest = 0;
  for (int axis = 0; axis < 3; ++axis) longest = std::max(longest, high[axis] - low[axis]);
  for (int axis = 0; axis < 3; ++axis)
    view.spacing[axis] = n[axis] > 1 ? (high[axis] - low[axis]) / (n[axis] - 1) : longest / 100;
  auto values = std::make_shared<std::vector<float>>();
  for (int k = 0; k < nz; ++k) {
    for (int j = 0; j < ny; ++j) {
      for (int i = 0; i < nx; ++i) {
        values->push_back(static_cast<float>(
            field(low + Vec3{i * view.spacing.x, j * view.spacing.y, k * view.spacing.z})));
      }
    }
  }
  view.values = values;
  return view;
}

scene::Frame doubleSlit(int nx, int ny) {
  constexpr double kWavelength = 850e-9, kScreen = 5e-6;
  const double k = 2 * kPi / kWavelength;
  const auto field = [&](const Vec3& p) {
    if (p.x < kScreen) return 8e-3 * std::sin(k * p.x);
    double sum = 0;
    for (const double slit : {-1.5e-6, 1.5e-6}) {
      for (int q = -4; q <= 4; ++q) {
        const double r = std::hypot(p.x - kScreen, p.y - slit - q * 60e-9) + 150e-9;
        sum += 1.2e-3 * std::sin(k * (kScreen + r)) * std::sqrt(500e-9 / r);
      }
    }
    return sum;
  };
  scene::Frame frame;
  frame.time = 43.21e-15;
  frame.title = "Double slit: light through two slits 3 µm apart";
  frame.views.emplace_back(
      sampled("Ez", {"Electric field, z", "V/m"}, {0, -6e-6, 0}, {20e-6, 6e-6, 0}, nx, ny, 1, field));
  scene::LinesView screen;
  screen.name = "screen";
  for (const auto& [low, high] : {std::pair{-6e-6, -1.8e-6}, {-1.2e-6, 1.2e-6}, {1.8e-6, 6e-6}}) {
    const double left = kScreen - 150e-9, right = kScreen + 150e-9;
    screen.polylines.push_back(
        {{left, low, 0}, {right, low, 0}, {right, high, 0}, {left, high, 0}, {left, low, 0}});
  }
  frame.views.emplace_back(screen);
  return frame;
}

double dipoleField(const Vec3& at) {
  const double r = core::length(at) + 1e-9;
  const double sine2 = 1 - at.z * at.z / (r * r);
  return sine2 * std::sin(4 * kPi * r - 0.8) / (r + 0.12) * 0.12;
}

scene::MeshView sphere(Vec3 middle, double radius, float opacity) {
  constexpr int kAround = 32, kUp = 16;
  scene::TriangleMesh mesh;
  for (int j = 0; j <= kUp; ++j) {
    for (int i = 0; i <= kAround; ++i) {
      const double t = kPi * j / kUp, p = 2 * kPi * i / kAround;
      const Vec3 n{std::sin(t) * std::cos(p), std::sin(t) * std::sin(p), std::cos(t)};
      mesh.positions.push_back(scene::toFloat3(middle + radius * n));
      mesh.normals.push_back(scene::toFloat3(n));
    }
  }
  for (std::uint32_t j = 0; j < kUp; ++j) {
    for (std::uint32_t i = 0; i < kAround; ++i) {
      const std::uint32_t a = j * (kAround + 1) + i, b = a + kAround + 1;
      for (const std::uint32_t index : {a, b, a + 1, a + 1, b, b + 1}) mesh.triangles.push_back(index);
    }
  }
  scene::MeshView view;
  view.mesh = std::make_shared<const scene::TriangleMesh>(std::move(mesh));
  view.material.baseColour = {0.75F, 0.5F, 0.2F};
  view.material.opacity = opacity;
  return view;
}

scene::MeshView wall(double x, double halfSide) {
  scene::TriangleMesh mesh;
  for (const Vec3 corner : {Vec3{x, -halfSide, -halfSide}, Vec3{x, halfSide, -halfSide},
                            Vec3{x, halfSide, halfSide}, Vec3{x, -halfSide, halfSide}}) {
    mesh.positions.push_back(scene::toFloat3(corner));
  }
  mesh.triangles = {0, 1, 2, 0, 2, 3};
  scene::MeshView view;
  view.mesh = std::make_shared<const scene::TriangleMesh>(std::move(mesh));
  return view;
}

}  // namespace aula::render
