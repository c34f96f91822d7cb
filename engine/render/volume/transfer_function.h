// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "render/colour/colour_limits.h"
#include "render/colour/colour_map.h"
#include "scene/view/view.h"

namespace aula::render {

/// What a value of a volume looks like: its colour, and how much a length of it absorbs. As tables over the
/// values from lower() to upper(), with the running integrals that tell what lies between two values (K.
/// Engel, M. Kraus, T. Ertl, "High-quality pre-integrated volume rendering using hardware-accelerated pixel
/// shading", 2001, section 3.4): a thin shell is met however long the steps are.
class TransferFunction {
 public:
  static constexpr int kSize = 1024;

  /// `diagonal`: the volume's, in the unit of length that extinctions are per; `density` multiplies all of
  /// them. `view` may be any volume; limits are those its colours end at.
  TransferFunction(const scene::VolumeView& view, const Limits& limits, const ColourMap& map, double diagonal,
                   double density);

  [[nodiscard]] double lower() const { return lower_; }
  [[nodiscard]] double upper() const { return upper_; }
  /// Colour in linear light (as it is to be shown) and extinction at entry i, the value lower + i (upper -
  /// lower)/(kSize - 1).
  [[nodiscard]] const std::vector<std::array<float, 4>>& entries() const { return entries_; }
  /// Integrals from entry 0 to entry i over the table's length (0 to 1): of extinction times colour, and of
  /// extinction.
  [[nodiscard]] const std::vector<std::array<float, 4>>& integrals() const { return integrals_; }
  /// The most that any value between these two absorbs (exact at the entries, which is what is drawn).
  [[nodiscard]] float mostBetween(float low, float high) const;

 private:
  double lower_, upper_;
  std::vector<std::array<float, 4>> entries_, integrals_;
  std::vector<int> nextOpaque_;  ///< From each entry the first one at or after it that absorbs; kSize: none.
};

}  // namespace aula::render
