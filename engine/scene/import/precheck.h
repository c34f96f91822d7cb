// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "scene/import/file_fence.h"
#include "scene/import/import.h"

namespace aula::scene {

enum class ModelFormat { gltf, glb, obj, ply, stl, fbx };

/// By the name's ending; throws core::Error (input) that lists the endings known.
[[nodiscard]] ModelFormat formatOf(const std::filesystem::path& file);

/// Looks at a file before the library does: what it says about itself must fit what is there. Throws
/// core::Error (input) with the place. glTF files lose what Aula does not draw (bones, animations, morph
/// targets, unknown extensions), with a warning: less to go wrong behind.
void precheck(FileFence& fence, ModelFormat format, const ImportLimits& limits,
              std::vector<std::string>& warnings);

/// The part for glTF and GLB.
void precheckGltf(FileFence& fence, ModelFormat format, const ImportLimits& limits,
                  std::vector<std::string>& warnings);

}  // namespace aula::scene
