// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "anatomy/kind/atlas/inventory.h"
#include "anatomy/kind/atlas/shapes.h"
#include "lab/lab.h"
#include "scene/view/view.h"

namespace aula::anatomy {

inline constexpr double kAtlasTimeStep = 1.0 / 60;  ///< s; nothing moves, but clocks and videos go on.

/// The section "scene": what of a region is shown, and how.
struct AtlasScene {
  bool hasAllLabels = true;
  std::vector<std::string> labels;  ///< Ids; a group's label stands at one of its parts.
  std::set<std::string> hidden;     ///< Drawn structures that are not.
  double explode = 0;               ///< Times the way from the region's middle that a part is moved further.
  double peel = 0;                  ///< Layers taken off; of a broken one as much as fades the next.
  std::optional<scene::ClipPlane> cut;
};

/// A lab file's atlas, checked; shared by the plan and what is built of it.
struct AtlasSpec {
  std::shared_ptr<const lab::Lab> lab;
  const RegionShapes* shapes = nullptr;
  std::shared_ptr<const RegionShapes>
      own;                            ///< Of a folder that somebody brought; `shapes` then points at it.
  std::vector<std::string> warnings;  ///< Of reading that folder.
  std::shared_ptr<const Atlas> atlas;
  double spacing = 0;  ///< m, of the polygons
  std::int64_t steps = 1;
  AtlasScene scene;
  scene::Stance stance;
  std::vector<InventoryPlan> inventories;
  std::shared_ptr<const lab::Catalogue> catalogue;
};

/// Null when something is wrong, which is then in the lab's diagnostics. `regions` outlives the spec. Where
/// `known` was read from the same lab, its folder is not read again.
[[nodiscard]] std::shared_ptr<AtlasSpec> readAtlasSpec(const lab::Lab& lab,
                                                       const std::vector<RegionShapes>& regions,
                                                       const AtlasSpec* known = nullptr);
/// As the lab file says it with some knobs turned. Throws core::Error (input).
[[nodiscard]] std::shared_ptr<const AtlasSpec> turnedSpec(const AtlasSpec& first,
                                                          const lab::KnobValues& turned,
                                                          const std::vector<RegionShapes>& regions);
/// Reports knobs that say they are live and are not: those that shapes depend on.
void checkLiveAtlasKnobs(const lab::Lab& lab, AtlasSpec& spec, const std::vector<RegionShapes>& regions);

}  // namespace aula::anatomy
