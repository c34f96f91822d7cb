// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scene/import/file_fence.h"
#include "scene/import/import.h"
#include "scene/import/precheck.h"

namespace aula::scene {

/// The file behind the fence through Assimp. Throws core::Error (input) with Assimp's reason, or where a
/// limit is passed. Not isolated: see isolated.h.
[[nodiscard]] ImportedScene readWithAssimp(FileFence& fence, ModelFormat format,
                                           const ImportOptions& options);

}  // namespace aula::scene
