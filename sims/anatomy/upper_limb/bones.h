// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "anatomy/shape/part.h"
#include "anatomy/shape/solid.h"

namespace aula::anatomy {

/// A bone as a formula.
struct BoneSolid {
  std::string id;    ///< The atlas' and the view's.
  std::string body;  ///< "trunk", "humerus", "forearm"
  Solid solid;
  std::optional<Solid> cartilage;  ///< What of its surface lies in here is a joint's.
  Vec3 anchor;                     ///< Near the point where a label's line ends, m.
  int labelPriority = 0;
};

/// The bones of a right upper limb in the anatomical position, in the region's frame: scapula and clavicle,
/// humerus, radius, ulna, carpals as one, metacarpals and phalanges. Made once; any thread.
[[nodiscard]] const std::vector<BoneSolid>& upperLimbBoneSolids();

/// A bone's surface, joint surfaces in the colour of cartilage. `spacing`: m, of the triangles; the README
/// tells how long it takes. The same input gives the same output.
[[nodiscard]] Part bonePart(const BoneSolid& bone, double spacing = 0.0012);
[[nodiscard]] std::vector<Part> upperLimbBones(double spacing = 0.0012);  ///< All of them.

}  // namespace aula::anatomy
