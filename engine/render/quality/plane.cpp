// SPDX-License-Identifier: Apache-2.0
#include "render/quality/plane.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/error.h"

namespace aula::render::quality {

Taps gaussianTaps(double sigma, int radius) {
  Taps taps;
  for (int x = -radius; x <= radius; ++x) taps.push_back(std::exp(-x * x / (2 * sigma * sigma)));
  return taps;
}

Plane filtered(const Plane& plane, const Taps& across, const Taps& down) {
  Plane rows(plane.width, plane.height), result(plane.width, plane.height);
  const int acrossRadius = static_cast<int>(across.size() / 2),
            downRadius = static_cast<int>(down.size() / 2);
  for (int y = 0; y < plane.height; ++y) {
    for (int x = 0; x < plane.width; ++x) {
      double sum = 0;
      for (int i = -acrossRadius; i <= acrossRadius; ++i) {
        sum += across[static_cast<std::size_t>(i + acrossRadius)] *
               plane.at(std::clamp(x + i, 0, plane.width - 1), y);
      }
      rows.at(x, y) = sum;
    }
  }
  for (int y = 0; y < plane.height; ++y) {
    for (int i = -downRadius; i <= downRadius; ++i) {
      const int from = std::clamp(y + i, 0, plane.height - 1);
      const double weight = down[static_cast<std::size_t>(i + downRadius)];
      for (int x = 0; x < plane.width; ++x) result.at(x, y) += weight * rows.at(x, from);
    }
  }
  return result;
}

void requireSameSize(const Image& reference, const Image& test) {
  if (reference.width != test.width || reference.height != test.height) {
    const auto size = [](const Image& image) {
      return std::to_string(image.width) + "x" + std::to_string(image.height);
    };
    throw core::inputError("pictures to be compared must be of one size; the reference has " +
                           size(reference) + " pixels, the other " + size(test));
  }
  if (reference.width < 1 || reference.height < 1) {
    throw core::inputError("pictures to be compared must have pixels; these have none");
  }
}

}  // namespace aula::render::quality
