// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "anatomy/model/atlas.h"
#include "anatomy/shape/part.h"
#include "scene/import/import.h"

/// A folder of models that somebody owns (OBJ, PLY, STL, glTF, FBX) as an atlas.
namespace aula::anatomy {

/// Structures of a folder.
struct ImportedAtlas {
  std::shared_ptr<const Atlas> atlas;
  std::vector<Part> parts;            ///< In the order of the atlas, m.
  std::vector<std::string> warnings;  ///< What was left out or mended, a sentence each.
};

/// The folder's file atlas.json says what its meshes are called; see import/README.md for its keys. Without
/// it each mesh is a structure of its file's name. Throws core::Error (input) that names the file and the
/// place: no models, a model that cannot be read, a structure whose model or mesh is not there, an id twice.
[[nodiscard]] ImportedAtlas importFolder(const std::filesystem::path& folder,
                                         const scene::ImportLimits& limits = {});

/// Is there a file in it that importFolder() would read?
[[nodiscard]] bool holdsModels(const std::filesystem::path& folder);

}  // namespace aula::anatomy
