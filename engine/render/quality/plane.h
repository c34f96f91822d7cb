// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "render/image.h"

namespace aula::render::quality {

/// One number a pixel.
struct Plane {
  int width = 0, height = 0;
  std::vector<double> values;

  Plane(int w, int h)
      : width(w), height(h), values(static_cast<std::size_t>(w) * static_cast<std::size_t>(h)) {}
  [[nodiscard]] double& at(int x, int y) { return values[index(x, y)]; }
  [[nodiscard]] double at(int x, int y) const { return values[index(x, y)]; }

 private:
  [[nodiscard]] std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x);
  }
};

/// A filter's weights along one axis, an odd number, the middle one at zero.
using Taps = std::vector<double>;

/// exp(-x² / (2 sigma²)) for x from -radius to radius, not normalised.
[[nodiscard]] Taps gaussianTaps(double sigma, int radius);

/// Correlates rows with `across` and columns with `down`; beyond the edges the outermost pixels repeat.
[[nodiscard]] Plane filtered(const Plane& plane, const Taps& across, const Taps& down);

/// Throws core::Error (input) unless both are of one size and not empty.
void requireSameSize(const Image& reference, const Image& test);

}  // namespace aula::render::quality
