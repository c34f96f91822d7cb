// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "render/stage/stage_camera.h"
#include "render/stage/stage_uniforms.h"

namespace aula::render::light {

/// The lamps of a frame and their shadow maps, which lie side by side in one image.
class Lamps {
 public:
  /// Throws core::Error (input): more than four lamps, a direction without length.
  Lamps(const SceneStyle& style, const stage::StageCamera& camera, const stage::StageBox& box, int texels);

  /// Into the uniforms of the stage.
  void describe(shader::StageUniforms& uniforms) const;
  [[nodiscard]] bool hasShadows() const { return !cameras_.empty(); }

  /// Draws the maps; gives them, or an invalid image where no lamp has shadows. What is passed must live
  /// until the graph has run; `uniforms` are the stage's.
  graph::ImageId addPass(graph::FrameGraph& graph, const stage::StageFrame& frame,
                         const shader::StageUniforms& uniforms,
                         const std::vector<std::unique_ptr<stage::StagePass>>& passes);

 private:
  struct Lamp {
    glm::vec3 towards{0, 0, 1}, illuminance{0};
    float tangent = 0;  ///< Of half its width.
    int map = -1;
  };
  std::vector<Lamp> lamps_;
  std::vector<stage::StageCamera> cameras_;  ///< One a map.
  int texels_;
};

/// Texels a side of a shadow map for a picture of this height.
[[nodiscard]] int shadowTexels(int height);

}  // namespace aula::render::light
