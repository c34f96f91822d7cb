// SPDX-License-Identifier: Apache-2.0
#include "render/pass/surface_instances.h"

#include <algorithm>
#include <cmath>

namespace aula::render::stage {
namespace {

/// stage = rows * mesh, computed in double: a lab may be a micrometre wide and far from its origin.
void placeRows(const scene::Transform& t, const StageSpace& space, glm::vec4 (&rows)[3]) {
  const core::Vec3 origin = space.scale * (t.translation - space.centre);
  for (int axis = 0; axis < 3; ++axis) {
    rows[axis] = {space.scale * t.x[axis], space.scale * t.y[axis], space.scale * t.z[axis], origin[axis]};
  }
}

double determinant(const scene::Transform& t) {
  return core::dot(t.x, core::cross(t.y, t.z));
}

const scene::Transform& transformOf(const scene::MeshView& view, std::size_t index) {
  static const scene::Transform kIdentity;
  return view.instances.empty() ? kIdentity : view.instances[index];
}

}  // namespace

const scene::MeshView* previousOf(const scene::MeshView& view, const scene::Frame* previous) {
  if (previous == nullptr) return nullptr;
  for (const scene::View& any : previous->views) {
    const auto* mesh = std::get_if<scene::MeshView>(&any);
    if (mesh != nullptr && mesh->name == view.name && mesh->instances.size() == view.instances.size())
      return mesh;
  }
  return nullptr;
}

std::vector<shader::MeshInstance> placeInstances(const scene::MeshView& view, const scene::MeshView* previous,
                                                 const StageSpace& space, InstanceCounts& counts) {
  const std::size_t total = std::max<std::size_t>(view.instances.size(), 1);
  std::vector<shader::MeshInstance> upright, mirrored;
  upright.reserve(total);
  for (std::size_t i = 0; i < total; ++i) {
    const scene::Transform& transform = transformOf(view, i);
    const double scale = determinant(transform);
    if (!std::isfinite(scale)) continue;
    shader::MeshInstance instance{};
    placeRows(transform, space, instance.rows);
    placeRows(previous != nullptr ? transformOf(*previous, i) : transform, space, instance.before);
    const scene::Colour tint = view.tints.empty() ? scene::Colour{1, 1, 1} : view.tints[i];
    instance.tint = {tint.red, tint.green, tint.blue, scale < 0 ? -1 : 1};
    (scale < 0 ? mirrored : upright).push_back(instance);
    counts.largestScale = std::max(counts.largestScale, std::abs(scale));
  }
  counts.upright = static_cast<std::uint32_t>(upright.size());
  counts.mirrored = static_cast<std::uint32_t>(mirrored.size());
  upright.insert(upright.end(), mirrored.begin(), mirrored.end());
  // Nothing finite: a buffer still needs something in it.
  if (upright.empty()) upright.emplace_back();
  return upright;
}

}  // namespace aula::render::stage
