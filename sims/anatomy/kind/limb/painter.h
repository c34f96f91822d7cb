// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "anatomy/kind/limb/spec.h"
#include "anatomy/muscle/dynamics.h"
#include "scene/view/view.h"

namespace aula::anatomy::limb {

struct Shapes;

/// Makes an arm visible. What it draws depends on what it is given alone. The first picture of a program
/// makes the shapes, which takes some seconds.
class Painter {
 public:
  Painter();
  ~Painter();
  void publish(scene::Frame& frame, const LimbDynamics& dynamics, const SceneSpec& scene);

 private:
  std::shared_ptr<const Shapes> shapes_;
};

/// Ids that have a view of their own.
[[nodiscard]] std::vector<std::string> drawnStructures();

}  // namespace aula::anatomy::limb
