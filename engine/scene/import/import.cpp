// SPDX-License-Identifier: Apache-2.0
#include "scene/import/import.h"

#include <cmath>
#include <exception>
#include <new>

#include "core/error.h"
#include "scene/geometry/primitives.h"
#include "scene/import/assimp_scene.h"
#include "scene/import/file_fence.h"
#include "scene/import/isolated.h"
#include "scene/import/precheck.h"
#include "scene/import/scene_bytes.h"

namespace aula::scene {

namespace {

ImportedScene readHere(const std::filesystem::path& path, ModelFormat format, const ImportOptions& options) {
  FileFence fence(path, options.limits.fileBytes);
  return readWithAssimp(fence, format, options);
}

}  // namespace

ImportedScene importScene(const std::filesystem::path& path, const ImportOptions& options) {
  if (!(options.metresPerUnit > 0) || !std::isfinite(options.metresPerUnit))
    throw core::inputError("The unit of the model \"" + path.string() + "\" must be a positive length.");
  const ModelFormat format = formatOf(path);
  const std::string subject = "the model \"" + path.string() + "\"";
  if (options.isIsolated)
    return fromBytes(runIsolated([&] { return toBytes(readHere(path, format, options)); }, subject,
                                 options.limits.memoryBytes, options.limits.seconds));
  try {
    // Through bytes here too: the same code decides what passes.
    return fromBytes(toBytes(readHere(path, format, options)));
  } catch (const core::Error&) {
    throw;
  } catch (const std::bad_alloc&) {
    throw core::inputError("Cannot read " + subject + ": not enough memory.");
  } catch (const std::exception& error) {
    throw core::inputError("Cannot read " + subject + ": " + error.what());
  }
}

TriangleMesh merged(const ImportedScene& scene) {
  TriangleMesh all;
  for (const MeshView& view : scene.meshes) {
    TriangleMesh bare;
    bare.positions = view.mesh->positions;
    bare.triangles = view.mesh->triangles;
    const std::vector<Transform> once{{}};
    for (const Transform& instance : view.instances.empty() ? once : view.instances) {
      const TriangleMesh moved = transformed(bare, instance);
      const auto first = std::uint32_t(all.positions.size());
      all.positions.insert(all.positions.end(), moved.positions.begin(), moved.positions.end());
      for (const std::uint32_t index : moved.triangles) all.triangles.push_back(first + index);
    }
  }
  return all;
}

}  // namespace aula::scene
