// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "scene/mesh/triangle_mesh.h"

namespace aula::scene {

/// What is wrong with a mesh, one sentence a kind of fault with the number of places and the first of them;
/// empty: everybody may rely on its arrays. Triangles of no area are no fault: iso-surfaces and cuts have
/// them.
[[nodiscard]] std::vector<std::string> findProblems(const TriangleMesh& mesh);

/// Throws core::Error (input) with `name` and the first three problems.
void checkMesh(const TriangleMesh& mesh, const std::string& name);

}  // namespace aula::scene
