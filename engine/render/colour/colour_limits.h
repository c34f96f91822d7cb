// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "scene/view/view.h"

namespace aula::render {

/// The values at the two ends of a colour map.
struct Limits {
  double lower = 0, upper = 1;
};

/// Chooses the limits of views that leave them open, and remembers them for each view's name. They only ever
/// widen, and in steps (niceCeiling), so that a video's colours hold still. One thread.
class ColourLimits {
 public:
  /// Widens what is remembered for the view's name by its values. Not a number and infinite values are left
  /// out.
  void observe(const scene::VolumeView& view);
  /// The view's own limits where it has them (upper not equal to lower), else what was observed so far. A
  /// diverging scale is symmetrical. Never empty: a view of zeros gets 1.
  [[nodiscard]] Limits of(const scene::VolumeView& view) const;
  void clear() { observed_.clear(); }

 private:
  struct Range {
    double lowest = 0, highest = 0;
  };
  std::map<std::string, Range> observed_;
};

/// The least of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten that is not below `value` (positive): ticks
/// fall on it and at most a third of the colours go unused.
[[nodiscard]] double niceCeiling(double value);

}  // namespace aula::render
