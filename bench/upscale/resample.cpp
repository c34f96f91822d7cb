// SPDX-License-Identifier: Apache-2.0
#include "upscale/resample.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace aula::bench {
namespace {

/// The four pixels from `first` on that make one, and their shares.
struct Tap {
  int first = 0;
  std::array<double, 4> weights{};
};

std::vector<Tap> tapsFor(int from, int to, Resampling how) {
  std::vector<Tap> taps;
  for (int i = 0; i < to; ++i) {
    const double at = (i + 0.5) * from / to - 0.5, floor = std::floor(at), t = at - floor;
    Tap tap{static_cast<int>(floor) - 1, {0, 1 - t, t, 0}};
    if (how == Resampling::bicubic) {
      tap.weights = {t * (-0.5 + t * (1 - 0.5 * t)), 1 + t * t * (-2.5 + 1.5 * t),
                     t * (0.5 + t * (2 - 1.5 * t)), t * t * (-0.5 + 0.5 * t)};
    }
    taps.push_back(tap);
  }
  return taps;
}

}  // namespace

render::Image resampled(const render::Image& image, int width, int height, Resampling how) {
  const std::vector<Tap> across = tapsFor(image.width, width, how), down = tapsFor(image.height, height, how);
  render::Image result{width, height, {}};
  result.pixels.reserve(4 * static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  for (const Tap& row : down) {
    for (const Tap& column : across) {
      std::array<double, 4> sum{};
      for (int j = 0; j < 4; ++j) {
        for (int i = 0; i < 4; ++i) {
          const double weight =
              row.weights[static_cast<std::size_t>(j)] * column.weights[static_cast<std::size_t>(i)];
          if (weight == 0) continue;
          const auto pixel = image.at(std::clamp(column.first + i, 0, image.width - 1),
                                      std::clamp(row.first + j, 0, image.height - 1));
          for (std::size_t c = 0; c < 4; ++c) sum[c] += weight * pixel[c];
        }
      }
      for (const double v : sum)
        result.pixels.push_back(static_cast<std::uint8_t>(std::lround(std::clamp(v, 0.0, 255.0))));
    }
  }
  return result;
}

}  // namespace aula::bench
