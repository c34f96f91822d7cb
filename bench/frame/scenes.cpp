// SPDX-License-Identifier: Apache-2.0
#include "frame/scenes.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

namespace aula::bench {
namespace {

/// Linear light.
constexpr scene::Colour kCarbon{0.33F, 0.35F, 0.37F}, kHydrogen{0.86F, 0.86F, 0.86F},
    kOxygen{0.72F, 0.07F, 0.05F}, kNitrogen{0.08F, 0.17F, 0.70F}, kSulphur{0.78F, 0.60F, 0.06F};

scene::Colour elementOf(double share) {
  // Atoms of an average protein, in hundredths (H 49, C 32, O 10, N 9, S under 1).
  return share < 0.49    ? kHydrogen
         : share < 0.81  ? kCarbon
         : share < 0.91  ? kOxygen
         : share < 0.995 ? kNitrogen
                         : kSulphur;
}

}  // namespace

scene::ParticlesView packedAtoms(std::size_t count) {
  // The generator's own bits, not a distribution's: the same numbers with every library.
  std::mt19937 random(5489);
  const auto number = [&] { return random() / 4294967296.0; };
  // Lattice points within the unit ball number its volume over that of a cell.
  const double cell = std::cbrt(4 * std::numbers::pi / 3 / static_cast<double>(count));
  const int reach = static_cast<int>(std::ceil(1.05 / cell));
  std::vector<core::Vec3> places;
  for (int k = -reach; k <= reach; ++k)
    for (int j = -reach; j <= reach; ++j)
      for (int i = -reach; i <= reach; ++i) {
        const core::Vec3 p{i * cell, j * cell, k * cell};
        if (core::dot(p, p) < 1.05 * 1.05) places.push_back(p);
      }
  // The `count` nearest to the middle.
  std::nth_element(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(count) - 1, places.end(),
                   [](core::Vec3 a, core::Vec3 b) { return core::dot(a, a) < core::dot(b, b); });
  places.resize(count);
  auto positions = std::make_shared<std::vector<scene::Float3>>();
  auto colours = std::make_shared<std::vector<scene::Colour>>();
  for (const core::Vec3& p : places) {
    const core::Vec3 jitter{number() - 0.5, number() - 0.5, number() - 0.5};
    positions->push_back(scene::toFloat3(p + 0.5 * cell * jitter));
    colours->push_back(elementOf(number()));
  }
  scene::ParticlesView view;
  view.name = "atoms";
  view.positions = positions;
  view.colours = colours;
  view.radii = std::make_shared<const std::vector<float>>(1, static_cast<float>(0.6 * cell));
  return view;
}

scene::ParticlesView movingAtoms(const scene::ParticlesView& still, int step) {
  auto positions = std::make_shared<std::vector<scene::Float3>>(*still.positions);
  const double phase = 0.15 * step;
  for (scene::Float3& p : *positions) {
    const double wave = 0.01 * std::sin(9 * p.z + phase);
    p.x += static_cast<float>(wave);
    p.y += static_cast<float>(0.01 * std::cos(7 * p.x - phase));
  }
  scene::ParticlesView view = still;
  view.positions = positions;
  return view;
}

scene::MeshView wavyMesh(std::size_t triangles) {
  // Twice as many segments around the hole as around the tube, two triangles a piece.
  const int sides = static_cast<int>(std::lround(std::sqrt(static_cast<double>(triangles) / 4)));
  const int segments = 2 * sides;
  auto mesh = std::make_shared<scene::TriangleMesh>();
  const auto at = [&](int i, int j) {
    const double u = 2 * std::numbers::pi * i / segments, v = 2 * std::numbers::pi * j / sides;
    const double tube = 0.32 + 0.02 * std::sin(14 * u) * std::cos(6 * v) + 0.004 * std::sin(90 * u + 50 * v);
    const double ring = 0.66 + tube * std::cos(v);
    return core::Vec3{ring * std::cos(u), ring * std::sin(u), tube * std::sin(v)};
  };
  for (int j = 0; j < sides; ++j)
    for (int i = 0; i < segments; ++i) {
      mesh->positions.push_back(scene::toFloat3(at(i, j)));
      // The normal from neighbours a tenth of a piece away would need finer floats: whole pieces do.
      const core::Vec3 along = at(i + 1, j) - at(i - 1, j), around = at(i, j + 1) - at(i, j - 1);
      mesh->normals.push_back(scene::toFloat3(core::normalised(core::cross(along, around))));
    }
  for (int j = 0; j < sides; ++j)
    for (int i = 0; i < segments; ++i) {
      const auto index = [&](int a, int b) {
        return static_cast<std::uint32_t>((b % sides) * segments + a % segments);
      };
      for (const std::uint32_t k : {index(i, j), index(i + 1, j), index(i + 1, j + 1), index(i, j),
                                    index(i + 1, j + 1), index(i, j + 1)})
        mesh->triangles.push_back(k);
    }
  scene::MeshView view;
  view.name = "wavy torus";
  view.mesh = mesh;
  view.material.baseColour = {0.55F, 0.30F, 0.22F};
  return view;
}

scene::VolumeView shells(int nodes) {
  scene::VolumeView view;
  view.name = "shells";
  view.quantity = {"Density", ""};
  view.nx = view.ny = view.nz = nodes;
  view.origin = {-1, -1, -1};
  const double spacing = 2.0 / (nodes - 1);
  view.spacing = {spacing, spacing, spacing};
  auto values = std::make_shared<std::vector<float>>();
  values->reserve(static_cast<std::size_t>(nodes) * static_cast<std::size_t>(nodes) *
                  static_cast<std::size_t>(nodes));
  for (int k = 0; k < nodes; ++k)
    for (int j = 0; j < nodes; ++j)
      for (int i = 0; i < nodes; ++i) {
        const float x = static_cast<float>(-1 + i * spacing), y = static_cast<float>(-1 + j * spacing),
                    z = static_cast<float>(-1 + k * spacing);
        const float r = std::sqrt(x * x + y * y + z * z);
        float value = 0;
        for (const float radius : {0.3F, 0.6F, 0.9F}) {
          const float d = (r - radius) / 0.03F;
          value += 1 / (1 + d * d * d * d);
        }
        values->push_back(value);
      }
  view.values = values;
  view.scale = scene::ColourScale::sequential;
  view.lower = 0;
  view.upper = 1.2;
  view.shading = scene::VolumeShading::surface;
  view.opacity = {{0.2, 0}, {1, 0.25F}};
  return view;
}

}  // namespace aula::bench
