// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "render/scene_renderer.h"
#include "scene/view/view.h"

namespace aula::render::stage {

/// The views that are drawn as meshes though they are not given as such: surfaces of equal value, arrows,
/// ribbons. Each is made anew only when its content changes, so that its mesh stays on the device. One
/// thread.
class MeshViews {
 public:
  /// The frame with those views replaced, in their places; everything else as it is. Throws core::Error
  /// (input) for arrays that disagree.
  [[nodiscard]] scene::Frame of(const scene::Frame& frame, const SceneStyle& style);

 private:
  struct Made {
    scene::View source;
    std::string map;  ///< Arrows': the colours they have.
    scene::MeshView mesh;
    bool isUsed = false;
  };
  template <class Kind>
  const scene::MeshView& made(const Kind& view, const std::string& map);

  std::map<std::string, Made> made_;  ///< By name.
};

}  // namespace aula::render::stage
