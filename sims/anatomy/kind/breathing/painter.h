// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "anatomy/airways/breathing.h"
#include "anatomy/airways/tree_mesh.h"
#include "anatomy/kind/breathing/spec.h"
#include "anatomy/shape/part.h"
#include "scene/view/view.h"

namespace aula::anatomy::respiration {

/// Ids of all that a frame can show.
[[nodiscard]] std::vector<std::string> drawnIds();

/// Draws lungs that swell and sink, the tree within them coloured. Shapes are made at the first picture and
/// kept for the process. One thread.
class Painter {
 public:
  /// `inspired`: m^3 that each branch let in during a breath.
  void publish(scene::Frame& frame, const Breathing& breathing, const SceneSpec& scene,
               const std::vector<double>& inspired);

 private:
  int generations_ = -1;
  TreeMesh tubes_[2];                                    ///< Right, left.
  std::shared_ptr<const scene::TriangleMesh> still_[2];  ///< Coloured, where colours do not change.
  Colouring stillBy_ = Colouring::lobe;
};

}  // namespace aula::anatomy::respiration
