// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "anatomy/upper_limb/muscles_tube.h"

namespace aula::anatomy {

/// A broad muscle whose fibres come together: the deltoid, from clavicle, acromion and the spine of the
/// scapula over the head of the humerus to its lateral side. Strips side by side, an inner and an outer face.
struct MuscleSheet {
  static constexpr int kStrips = 23, kRows = 18;
  using Strip = std::array<Vec3, kRows>;
  std::array<Strip, kStrips> inner, outer;                  ///< m; rows from origin to insertion
  std::array<std::array<double, kRows>, kStrips> tendon{};  ///< 0 flesh, 1 tendon

  [[nodiscard]] static std::size_t index(int face, std::size_t strip, std::size_t row) {
    return (std::size_t(face) * std::size_t(kStrips) + strip) * std::size_t(kRows) + row;
  }
  static constexpr std::size_t kPoints = 2 * std::size_t(kStrips) * std::size_t(kRows);
  /// Its closed surface, over index() with face 0 inner and 1 outer.
  [[nodiscard]] static const std::vector<std::uint32_t>& triangles();
  [[nodiscard]] double volume() const;  ///< m^3
};

/// Where it begins and ends at rest: points along the origin from front to back, fixed to the trunk; the line
/// of its insertion from front to back, fixed to the humerus.
struct SheetEnds {
  std::vector<Vec3> origin, insertion;
};

/// Lays it over bone and the muscles below, as thick as its volume asks for.
void laySheet(MuscleSheet& sheet, const SheetEnds& ends, double volume, const LimbStage& stage,
              const std::vector<const MuscleTube*>& deeper);

}  // namespace aula::anatomy
