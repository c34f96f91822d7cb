// SPDX-License-Identifier: Apache-2.0
#include "render/stage/stage_space.h"

#include <cmath>
#include <glm/geometric.hpp>

namespace aula::render::stage {
namespace {

/// What a point-like or empty scene is taken for, m.
constexpr double kLeastRadius = 1e-12;

}  // namespace

StageSpace chooseSpace(const scene::Bounds& bounds, const StageSpace* before) {
  const bool isEmpty = bounds.isEmpty();
  const core::Vec3 centre = isEmpty ? core::Vec3{} : bounds.centre();
  const double radius = isEmpty ? 1 : std::max(bounds.diagonal() / 2, kLeastRadius);
  if (before != nullptr) {
    // Where the scene would lie in the old frame.
    const double offset = before->scale * core::length(centre - before->centre);
    const double size = before->scale * radius;
    if (offset < 0.5 && size > 0.4 && size < 1.6) return *before;
  }
  return {centre, 1 / radius};
}

float StageBox::radius() const {
  return 0.5F * glm::length(upper - lower);
}

glm::vec3 StageBox::corner(int index) const {
  return {(index & 1) != 0 ? upper.x : lower.x, (index & 2) != 0 ? upper.y : lower.y,
          (index & 4) != 0 ? upper.z : lower.z};
}

StageBox stageBox(const scene::Bounds& bounds, const StageSpace& space) {
  if (bounds.isEmpty()) return {};
  return {space.point(bounds.lower), space.point(bounds.upper)};
}

glm::mat4 changeOfSpace(const StageSpace& before, const StageSpace& now) {
  if (before == now) return glm::mat4(1);
  // stage' = s' (stage / s + c - c')
  const auto ratio = static_cast<float>(before.scale / now.scale);
  const glm::vec3 shift = before.point(now.centre);
  return {{ratio, 0, 0, 0}, {0, ratio, 0, 0}, {0, 0, ratio, 0}, {shift, 1}};
}

}  // namespace aula::render::stage
