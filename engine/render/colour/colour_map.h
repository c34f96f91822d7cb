// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <vector>

namespace aula::render {

/// Red, green and blue, 0 to 1, encoded as sRGB (IEC 61966-2-1): what is stored in a picture.
using Srgb = std::array<float, 3>;
/// Lightness 0 to 1 and two colour axes of OKLab (B. Ottosson, "A perceptual color space for image
/// processing", 2020): equal distances look equally different.
using OkLab = std::array<double, 3>;

[[nodiscard]] OkLab okLabFromSrgb(const Srgb& colour);
/// Not clamped: a component outside 0 to 1 means that the screen cannot show the colour.
[[nodiscard]] Srgb srgbFromOkLab(const OkLab& colour);

/// A colour for every value between two limits. Made by moving along a path in OKLab at constant speed, so
/// that equal differences of value look equally large wherever they are; lightness alone already orders a
/// sequential map and tells the distance from zero in a diverging one, so that the maps stand printing in
/// grey and colour blindness.
class ColourMap {
 public:
  static constexpr int kSize = 1025;  ///< Odd: a diverging map has its zero on an entry.

  /// Throws core::Error (input) that lists the names.
  [[nodiscard]] static const ColourMap& named(const std::string& name);

  /// `position` 0 is the lower limit, 1 the upper; outside: the end's colour. Linear between entries.
  [[nodiscard]] Srgb at(double position) const;
  [[nodiscard]] const std::vector<Srgb>& entries() const { return entries_; }
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] bool isDiverging() const { return isDiverging_; }

  ColourMap(std::string name, bool isDiverging, std::vector<Srgb> entries);

 private:
  std::string name_;
  bool isDiverging_;
  std::vector<Srgb> entries_;
};

/// "tide" (diverging, light centre), "ember" (diverging, dark centre), "dusk" (sequential, dark to light),
/// "ink" (sequential, light to dark); for colour-blind eyes "harbour" (diverging) and "wheat" (sequential), both between
/// blue and yellow; "graphite" (sequential, greys).
[[nodiscard]] const std::vector<std::string>& colourMapNames();

}  // namespace aula::render
