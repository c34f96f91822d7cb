// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "anatomy/kind/atlas/atlas_spec.h"
#include "scene/bounds.h"

namespace aula::anatomy {

/// A region's parts with what must be known of them together: where each goes when they are drawn apart, and
/// what hides behind what.
class PlacedParts {
 public:
  /// `stance`: from where labels must be in sight.
  PlacedParts(std::shared_ptr<const Parts> parts, std::shared_ptr<const Atlas> atlas,
              const scene::Stance& stance);

  /// Meshes and labels as `scene` wants them.
  void publish(const AtlasScene& scene, scene::Frame& frame) const;
  [[nodiscard]] const Parts& parts() const { return *parts_; }

 private:
  /// Where a label may end.
  struct Spot {
    core::Vec3 place;  ///< m
    /// For each of some rays from there to the viewer: the parts in the way.
    std::vector<std::vector<std::size_t>> obstacles;
  };
  struct Placed {
    const Part* part = nullptr;
    const lab::Structure* structure = nullptr;
    core::Vec3 away;          ///< From the region's middle to the part's, m.
    std::vector<Spot> spots;  ///< Its anchor, then others on its near side, nearer to the anchor first.
  };
  void findObstacles(core::Vec3 towardsViewer);
  [[nodiscard]] double opacityOf(const Placed& placed, const AtlasScene& scene) const;
  /// The plane takes something away.
  [[nodiscard]] bool isCutting(const AtlasScene& scene) const;
  /// Not hidden by the lab, not peeled, not cut away.
  [[nodiscard]] bool isThere(const Placed& placed, const Spot& spot, const AtlasScene& scene) const;
  /// And nothing opaque is in the way.
  [[nodiscard]] bool isInSight(const Placed& placed, const Spot& spot, const AtlasScene& scene) const;
  /// Null: nowhere.
  [[nodiscard]] const Spot* spotInSight(const Placed& placed, const AtlasScene& scene) const;
  void addLabel(const Placed& placed, const Spot& spot, const std::string& id, const AtlasScene& scene,
                scene::Frame& frame) const;

  std::shared_ptr<const Parts> parts_;
  std::shared_ptr<const Atlas> atlas_;
  std::shared_ptr<const lab::Catalogue> catalogue_;
  std::vector<Placed> placed_;
  scene::Bounds whole_;
};

}  // namespace aula::anatomy
