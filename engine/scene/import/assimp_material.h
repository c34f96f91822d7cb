// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <assimp/scene.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "scene/import/file_fence.h"
#include "scene/import/precheck.h"
#include "scene/mesh/material.h"

namespace aula::scene {

/// Turns Assimp's materials into ours; pictures that cannot be read are left out with a warning.
class MaterialReader {
 public:
  MaterialReader(const aiScene& scene, FileFence& fence, ModelFormat format, const ImportLimits& limits,
                 std::vector<std::string>& warnings)
      : scene_(scene), fence_(fence), format_(format), limits_(limits), warnings_(warnings) {}

  [[nodiscard]] Material read(unsigned index);

 private:
  [[nodiscard]] std::shared_ptr<const Texture> texture(const aiMaterial& from, aiTextureType type,
                                                       bool isSrgb);
  [[nodiscard]] std::shared_ptr<const Texture> picture(const std::string& name, bool isSrgb);
  [[nodiscard]] bool isGltf() const { return format_ == ModelFormat::gltf || format_ == ModelFormat::glb; }

  const aiScene& scene_;
  FileFence& fence_;
  ModelFormat format_;
  const ImportLimits& limits_;
  std::vector<std::string>& warnings_;
  std::map<std::pair<std::string, bool>, std::shared_ptr<const Texture>> pictures_;
};

}  // namespace aula::scene
