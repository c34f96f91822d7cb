// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "scene/float3.h"

namespace aula::scene {

/// Triangles with shared corners. Immutable once it hangs in a view: the renderer knows a mesh by its address
/// and uploads it once.
struct TriangleMesh {
  std::vector<Float3> positions;  ///< m, in the mesh's own frame.
  std::vector<Float3> normals;    ///< Unit, one a position; empty: flat shading.
  std::vector<std::array<float, 2>>
      textureCoordinates;                ///< One a position, or empty. (0, 0): the picture's first pixel.
  std::vector<Colour> colours;           ///< One a position, times the material's; or empty.
  std::vector<std::uint32_t> triangles;  ///< Three indices each, counter-clockwise seen from outside.

  [[nodiscard]] std::size_t triangleCount() const { return triangles.size() / 3; }
};

/// Where a mesh stands: lab = linear * mesh + translation. Columns of the linear part; a mirrored one turns
/// the triangles' winding, which the renderer allows for.
struct Transform {
  core::Vec3 x{1, 0, 0}, y{0, 1, 0}, z{0, 0, 1};  ///< Where the mesh's axes point.
  core::Vec3 translation;                         ///< m

  [[nodiscard]] core::Vec3 point(core::Vec3 p) const { return vector(p) + translation; }
  [[nodiscard]] core::Vec3 vector(core::Vec3 v) const { return v.x * x + v.y * y + v.z * z; }
  bool operator==(const Transform&) const = default;
};

}  // namespace aula::scene
