// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "scene/mesh/triangle_mesh.h"

namespace aula::scene {

/// Makes a mesh out of a file fit to be used: triangles with corners that do not exist or are not finite go;
/// other arrays that are incomplete or not finite go or are mended; points that agree in everything become
/// one, unused ones go; missing normals are made, smooth except where faces meet at more than 40 degrees.
/// Adds a sentence with `name` to `warnings` for each thing left out.
[[nodiscard]] TriangleMesh tidied(TriangleMesh mesh, const std::string& name,
                                  std::vector<std::string>& warnings);

/// The text as valid UTF-8 of at most `length` bytes; what is not becomes "?", control characters too.
[[nodiscard]] std::string cleanText(const std::string& text, std::size_t length);

}  // namespace aula::scene
