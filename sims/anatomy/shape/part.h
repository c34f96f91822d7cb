// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "scene/mesh/material.h"
#include "scene/mesh/triangle_mesh.h"

namespace aula::anatomy {

/// A structure's surface as it is at rest, in the region's frame.
struct Part {
  std::string id;    ///< The atlas' and the view's.
  std::string body;  ///< What it moves with ("humerus"); empty: with nothing.
  std::shared_ptr<const scene::TriangleMesh> mesh;
  scene::Material material;
  core::Vec3 anchor;      ///< A point on the surface where a label's line ends, m.
  int labelPriority = 0;  ///< Larger where there is no room for all.
};

/// How living tissue answers light, one look for the whole program.
[[nodiscard]] scene::Material boneMaterial();
[[nodiscard]] scene::Material cartilageMaterial();
[[nodiscard]] scene::Material muscleMaterial();
[[nodiscard]] scene::Material tendonMaterial();
[[nodiscard]] scene::Material skinMaterial();
[[nodiscard]] scene::Material lungMaterial();
[[nodiscard]] scene::Material airwayMaterial();
[[nodiscard]] scene::Material myocardiumMaterial();
[[nodiscard]] scene::Material arteryMaterial();
[[nodiscard]] scene::Material veinMaterial();

}  // namespace aula::anatomy
