// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "anatomy/kind/heart/moment.h"
#include "anatomy/kind/heart/spec.h"
#include "anatomy/shape/part.h"
#include "scene/view/view.h"

namespace aula::anatomy::heart {

/// The heart as it is shown: muscle in the colours of its potential, the conduction system lighting up.
class Painter {
 public:
  Painter(const Body& body, const SceneSpec& scene);
  void setScene(const SceneSpec& scene) { scene_ = scene; }

  /// `arrivals`: when the last beat reaches each point of the tree, s after it began; `since`: s since then,
  /// negative before the first.
  void publish(scene::Frame& frame, Moment& moment, const std::vector<double>& arrivals, double since) const;

 private:
  struct Surface {
    Part part;
    std::vector<std::uint32_t> nodes;  ///< Of the domain, beside each corner.
  };
  void muscle(scene::Frame& frame, Moment& moment) const;
  void conduction(scene::Frame& frame, const std::vector<double>& arrivals, double since) const;

  const Body& body_;
  SceneSpec scene_;
  std::vector<Surface> surfaces_;
  std::vector<Part> outlines_;
};

/// Ids of the views that a scene shows.
[[nodiscard]] std::vector<std::string> drawnIds(const SceneSpec& scene);

}  // namespace aula::anatomy::heart
