// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>
#include <string>

#include "core/error.h"
#include "render/quality/image_quality.h"
#include "render/quality/plane.h"

namespace aula::render::quality {
namespace {

/// Luma of the shown colours, 0 to 1 (ITU-R BT.709-6, section 3, item 3.2).
Plane luma(const Image& image) {
  Plane plane(image.width, image.height);
  for (std::size_t i = 0; i < plane.values.size(); ++i) {
    const std::uint8_t* p = &image.pixels[4 * i];
    plane.values[i] = (0.2126 * p[0] + 0.7152 * p[1] + 0.0722 * p[2]) / 255;
  }
  return plane;
}

Plane product(const Plane& a, const Plane& b) {
  Plane plane(a.width, a.height);
  for (std::size_t i = 0; i < plane.values.size(); ++i) plane.values[i] = a.values[i] * b.values[i];
  return plane;
}

}  // namespace

double meanSquaredError(const Image& reference, const Image& test) {
  requireSameSize(reference, test);
  double sum = 0;
  for (std::size_t i = 0; i < reference.pixels.size(); ++i) {
    if (i % 4 == 3) continue;
    const double difference = (reference.pixels[i] - test.pixels[i]) / 255.0;
    sum += difference * difference;
  }
  return sum / (3.0 * reference.width * reference.height);
}

double psnrOf(double meanSquaredError) {
  return meanSquaredError > 0 ? -10 * std::log10(meanSquaredError) : std::numeric_limits<double>::infinity();
}

double psnr(const Image& reference, const Image& test) {
  return psnrOf(meanSquaredError(reference, test));
}

double ssim(const Image& reference, const Image& test) {
  requireSameSize(reference, test);
  // Wang et al. 2004, section III.C: a circular Gaussian of 11 x 11 pixels, standard deviation 1.5, weights
  // of sum one; K1 = 0.01, K2 = 0.03, values from 0 to 1.
  constexpr int kRadius = 5;
  constexpr double kC1 = 0.01 * 0.01, kC2 = 0.03 * 0.03;
  if (reference.width <= 2 * kRadius || reference.height <= 2 * kRadius) {
    throw core::inputError("structural similarity needs pictures of 11x11 pixels or more; these have " +
                           std::to_string(reference.width) + "x" + std::to_string(reference.height));
  }
  Taps taps = gaussianTaps(1.5, kRadius);
  double sum = 0;
  for (const double tap : taps) sum += tap;
  for (double& tap : taps) tap /= sum;
  const Plane x = luma(reference), y = luma(test);
  const Plane meanX = filtered(x, taps, taps), meanY = filtered(y, taps, taps);
  const Plane squareX = filtered(product(x, x), taps, taps), squareY = filtered(product(y, y), taps, taps),
              mixed = filtered(product(x, y), taps, taps);
  // Only windows that lie within the picture count.
  double total = 0;
  for (int v = kRadius; v < x.height - kRadius; ++v) {
    for (int u = kRadius; u < x.width - kRadius; ++u) {
      const double mx = meanX.at(u, v), my = meanY.at(u, v);
      const double varianceX = squareX.at(u, v) - mx * mx, varianceY = squareY.at(u, v) - my * my,
                   covariance = mixed.at(u, v) - mx * my;
      // Equation 13.
      total += (2 * mx * my + kC1) * (2 * covariance + kC2) /
               ((mx * mx + my * my + kC1) * (varianceX + varianceY + kC2));
    }
  }
  return total / ((x.width - 2.0 * kRadius) * (x.height - 2.0 * kRadius));
}

}  // namespace aula::render::quality
