// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "scene/view/view.h"

/// Models from files: glTF and GLB (2.0), OBJ, PLY, STL, FBX, read by Assimp.
namespace aula::scene {

/// What a file may ask for; what asks for more is refused with a message.
struct ImportLimits {
  std::size_t fileBytes = std::size_t(512) << 20U;  ///< The file and all that it refers to, together.
  std::size_t memoryBytes = std::size_t(4) << 30U;  ///< What reading may take at once.
  std::size_t vertices = 20'000'000;                ///< Of all meshes, each counted once.
  std::size_t triangles = 20'000'000;               ///< Likewise.
  std::size_t instances = 1'000'000;                ///< Places where a mesh stands.
  int nodeDepth = 256;                              ///< Levels of nodes within nodes.
  int textureSize = 8192;                           ///< Pixels along a side.
  double seconds = 60;
};

/// Which of the file's axes becomes the lab's z.
enum class UpAxis {
  automatic,  ///< y for glTF (its specification says so) and FBX (Assimp turns it so), z for the others.
  y,
  z
};

struct ImportOptions {
  double metresPerUnit = 1;  ///< The length of the file's unit; files do not say it (glTF: always metres).
  UpAxis up = UpAxis::automatic;
  ImportLimits limits;
  /// Reading happens in a child process with bounds on memory and time, so that a file that breaks the
  /// library breaks nothing else. Off: in this process, for tools that watch it (a fuzzer).
  bool isIsolated = true;
};

struct ImportedScene {
  /// One for each mesh of the file, named after it, with all places where the node tree puts it; every mesh
  /// passes mesh/check.h and has normals. The instances carry unit and up axis: lab = instance * mesh.
  std::vector<MeshView> meshes;
  std::vector<std::string> warnings;  ///< What was left out or mended, a sentence each; at most 50.
};

/// Throws core::Error (input) that names the file, the place and what would help. Files that `path` refers to
/// must lie below its own folder. Any thread.
[[nodiscard]] ImportedScene importScene(const std::filesystem::path& path, const ImportOptions& options = {});

/// All instances of all meshes as one, in the lab's frame (m): positions and triangles, for solvers.
[[nodiscard]] TriangleMesh merged(const ImportedScene& scene);

}  // namespace aula::scene
