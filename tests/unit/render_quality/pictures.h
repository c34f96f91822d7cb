// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "render/image.h"

namespace aula::render {

/// A picture whose pixel (x, y) has the colour that `colour(x, y)` gives as an array of three numbers 0 to
/// 255.
template <class Colour>
Image picture(int width, int height, const Colour& colour) {
  Image image{width, height, {}};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      for (const double v : colour(x, y)) {
        image.pixels.push_back(static_cast<std::uint8_t>(std::lround(std::clamp<double>(v, 0, 255))));
      }
      image.pixels.push_back(255);
    }
  }
  return image;
}

inline Image uniform(int width, int height, double red, double green, double blue) {
  return picture(width, height, [&](int, int) { return std::array{red, green, blue}; });
}

/// Waves of several directions and colours: smooth, with no pixel at the ends of the range.
inline Image waves(int width, int height, double contrast = 60, double shift = 0) {
  return picture(width, height, [&](int x, int y) {
    return std::array{128 + contrast * std::sin(0.31 * x + 0.12 * y + shift),
                      120 + contrast * std::sin(0.17 * x - 0.4 * y),
                      130 + contrast * std::cos(0.23 * y + 0.05 * x - shift)};
  });
}

}  // namespace aula::render
