// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

#include "core/vec3.h"

namespace aula::molecular {

using core::Vec3;

/// The periodic cell, nm. Edges stand as GROMACS keeps them: a along x, b in the xy plane, c with a positive
/// z; and reduced, |b.x| <= a.x / 2, |c.x| <= a.x / 2, |c.y| <= b.y / 2, so that the nearest image is found
/// by shifting along c, then b, then a, for every distance up to `longestCutoff()`. All zero: no periodicity
/// (vacuum).
struct Box {
  Vec3 a, b, c;

  [[nodiscard]] bool isPeriodic() const { return a.x > 0; }
  [[nodiscard]] bool isRectangular() const { return b.x == 0 && c.x == 0 && c.y == 0; }
  [[nodiscard]] double volume() const { return a.x * b.y * c.z; }  ///< nm^3
  /// Half the smallest height of the cell: interactions further than this would see two images. Infinite in
  /// vacuum.
  [[nodiscard]] double longestCutoff() const;
  /// The nearest image of a difference of two positions (see above for its range of validity).
  [[nodiscard]] Vec3 nearest(Vec3 difference) const {
    if (!isPeriodic()) return difference;
    difference = difference - std::nearbyint(difference.z / c.z) * c;
    difference = difference - std::nearbyint(difference.y / b.y) * b;
    return difference - std::nearbyint(difference.x / a.x) * a;
  }
  /// The image of a position inside the cell: fractional coordinates from 0 (included) to 1.
  [[nodiscard]] Vec3 wrapped(Vec3 position) const;
  bool operator==(const Box&) const = default;
};

/// A cell with right angles.
[[nodiscard]] Box rectangularBox(double x, double y, double z);
/// Brings edges into the form above; throws core::Error (input) when they span no volume.
[[nodiscard]] Box reducedBox(Vec3 a, Vec3 b, Vec3 c);

}  // namespace aula::molecular
