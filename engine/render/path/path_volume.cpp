// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "compute/shared_array.h"
#include "core/error.h"
#include "render/path/path_scene.h"
#include "render/volume/transfer_function.h"
#include "render/volume/volume_pass.h"
#include "scene/geometry/iso_surface.h"

namespace aula::render::path {
namespace {

int nodesAlong(const scene::VolumeView& view, int axis) {
  return axis == 0 ? view.nx : axis == 1 ? view.ny : view.nz;
}

/// The greatest extinction in each of side^3 equal boxes. Trilinear values lie between those of the nodes
/// around; what is not a number absorbs nothing.
std::vector<float> greatestExtinctions(const scene::VolumeView& view, const TransferFunction& look,
                                       int side) {
  std::vector<float> cells;
  const std::vector<float>& values = *view.values;
  const auto range = [&](int axis, int cell) {
    const double last = nodesAlong(view, axis) - 1;
    // A node more on each side: the device divides in single precision.
    return std::pair{
        std::max(static_cast<int>(std::floor(cell * last / side - 1e-3)), 0),
        std::min(static_cast<int>(std::ceil((cell + 1) * last / side + 1e-3)), static_cast<int>(last))};
  };
  for (int z = 0; z < side; ++z) {
    for (int y = 0; y < side; ++y) {
      for (int x = 0; x < side; ++x) {
        const auto [x0, x1] = range(0, x);
        const auto [y0, y1] = range(1, y);
        const auto [z0, z1] = range(2, z);
        float low = INFINITY, high = -INFINITY;
        for (int k = z0; k <= z1; ++k) {
          for (int j = y0; j <= y1; ++j) {
            const std::size_t row = (static_cast<std::size_t>(k) * static_cast<std::size_t>(view.ny) +
                                     static_cast<std::size_t>(j)) *
                                    static_cast<std::size_t>(view.nx);
            for (int i = x0; i <= x1; ++i) {
              const float value = values[row + static_cast<std::size_t>(i)];
              if (std::isnan(value)) continue;
              low = std::min(low, value);
              high = std::max(high, value);
            }
          }
        }
        cells.push_back(low <= high ? look.mostBetween(low, high) * 1.0001F : 0.0F);
      }
    }
  }
  return cells;
}

/// The map's entries in linear light.
std::vector<std::array<float, 4>> linearEntries(const ColourMap& map) {
  const auto linear = [](float v) {
    return v <= 0.04045F ? v / 12.92F : std::pow((v + 0.055F) / 1.055F, 2.4F);
  };
  std::vector<std::array<float, 4>> entries;
  for (const Srgb& c : map.entries()) entries.push_back({linear(c[0]), linear(c[1]), linear(c[2]), 0});
  return entries;
}

}  // namespace

std::uint32_t PathScene::addVolume(const scene::VolumeView& shared, bool isTracked) {
  scene::VolumeView view = shared;
  if (view.sharedValues) {
    auto values = std::make_shared<std::vector<float>>(view.sharedValues->bytes() / sizeof(float));
    view.sharedValues->copyToHost(values->data());
    view.values = values;
  }
  const double wanted = static_cast<double>(view.nx) * view.ny * view.nz;
  if (view.nx < 1 || view.ny < 1 || view.nz < 1 || !view.values ||
      static_cast<double>(view.values->size()) != wanted)
    throw core::inputError("The view \"" + view.name + "\" has " +
                           std::to_string(view.values ? view.values->size() : 0) +
                           " values, but its shape is " + std::to_string(view.nx) + "x" +
                           std::to_string(view.ny) + "x" + std::to_string(view.nz) + ".");
  core::Vec3 low = view.origin, high = view.origin;
  for (int axis = 0; axis < 3; ++axis) {
    const int nodes = nodesAlong(view, axis);
    if (nodes == 1) {
      low[axis] -= view.spacing[axis] / 2;
      high[axis] += view.spacing[axis] / 2;
    } else {
      high[axis] += (nodes - 1) * view.spacing[axis];
    }
    if (!(view.spacing[axis] > 0))
      throw core::inputError("The view \"" + view.name + "\" has nodes " +
                             std::to_string(view.spacing[axis]) + " m apart along " + "xyz"[axis] +
                             "; the distance must be positive.");
  }
  const Limits limits = setup_->limits.of(view);
  const ColourMap& map = stage::colourMapOf(view, setup_->style);
  shader::PathVolume volume{};
  volume.low = glm::vec4(space_.point(low), view.shading == scene::VolumeShading::surface ? 1.0F : 0.0F);
  volume.high = glm::vec4(space_.point(high), 0.0F);
  auto [known, isNew] = volumeArrays_.try_emplace(shared.sharedValues ? nullptr : view.values.get(), 0);
  if (isNew || shared.sharedValues) known->second = upload(std::span<const float>(*view.values));
  const auto tell = [&](double lower, double upper, std::span<const std::array<float, 4>> table) {
    volume.nodes = glm::vec4(view.nx, view.ny, view.nz, table.size());
    volume.limits = glm::vec4(lower, upper > lower ? 1 / (upper - lower) : 0, 0, 0);
    volume.data = glm::uvec4(wordsOf(known->second), wordsOf(upload(table)));
  };
  if (!isTracked) {
    // A slice has exactly the map's colours.
    tell(limits.lower, limits.upper, linearEntries(map));
    sliceVolumes_.push_back(volume);
    return static_cast<std::uint32_t>(sliceVolumes_.size());
  }
  const TransferFunction look(view, limits, map, space_.length(core::length(high - low)),
                              setup_->style.volumeDensity);
  tell(look.lower(), look.upper(), look.entries());
  const int most = std::max({view.nx, view.ny, view.nz});
  const int side = std::clamp(most / 4, 1, 32);
  const std::vector<float> cells = greatestExtinctions(view, look, side);
  volume.high.w = *std::max_element(cells.begin(), cells.end());
  volume.cells =
      glm::uvec4(wordsOf(upload(std::span<const float>(cells))), static_cast<std::uint32_t>(side), 0U);
  if (setup_->isCutAway) {
    const core::Vec3 middle = 0.5 * (low + high);
    const core::Vec3 towards = setup_->camera.isOrthographic ? setup_->camera.eye - setup_->camera.target
                                                             : setup_->camera.eye - middle;
    int bits = 8;
    for (int axis = 0; axis < 3; ++axis) bits |= towards[axis] > 0 ? 1 << axis : 0;
    volume.limits.z = static_cast<float>(bits);
  }
  if (view.shading == scene::VolumeShading::surface) flags_ |= PATH_HAS_SHADING_VOLUMES;
  trackedVolumes_.push_back(volume);
  return 0;
}

void PathScene::add(const scene::VolumeView& view) {
  const bool isThick = view.nx > 1 && view.ny > 1 && view.nz > 1;
  if (isThick) {
    addVolume(view, true);
    return;
  }
  // From the first to the last node; an axis of one node is the normal, or a strip as wide as it stands for.
  const int normal = view.nz == 1 ? 2 : view.ny == 1 ? 1 : 0;
  core::Vec3 corner = view.origin, sides[3];
  for (int axis = 0; axis < 3; ++axis) {
    if (axis == normal) continue;
    const int nodes = nodesAlong(view, axis);
    sides[axis][axis] = nodes > 1 ? (nodes - 1) * view.spacing[axis] : view.spacing[axis];
    if (nodes == 1) corner[axis] -= view.spacing[axis] / 2;
  }
  addSlice(view, corner, sides[normal == 0 ? 1 : 0], sides[normal == 2 ? 1 : 2]);
}

void PathScene::add(const scene::SliceView& view) {
  addSlice(view.volume, view.corner, view.u, view.v);
}

void PathScene::addSlice(const scene::VolumeView& view, core::Vec3 corner, core::Vec3 u, core::Vec3 v) {
  auto mesh = std::make_shared<scene::TriangleMesh>();
  // About its own corner: floats are too coarse for a far one.
  for (const core::Vec3& p : {core::Vec3{}, u, u + v, v}) mesh->positions.push_back(scene::toFloat3(p));
  mesh->triangles = {0, 1, 2, 0, 2, 3};
  scene::MeshView shown;
  shown.name = view.name;
  shown.mesh = mesh;
  shown.material.isUnlit = true;
  shown.material.isTwoSided = true;
  shown.isClipped = true;
  scene::Transform place;
  place.translation = corner;
  shown.instances = {place};
  addMesh(shown, addVolume(view, false));
}

void PathScene::add(const scene::IsoSurfaceView& view) {
  scene::MeshView shown;
  shown.name = view.name;
  shown.mesh = std::make_shared<scene::TriangleMesh>(scene::makeIsoSurface(view.volume, view.level));
  shown.material = view.material;
  // Open where the volume ends: its inside may be seen.
  shown.material.isTwoSided = true;
  if (!shown.mesh->triangles.empty()) addMesh(shown, 0);
}

}  // namespace aula::render::path
