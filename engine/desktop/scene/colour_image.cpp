// SPDX-License-Identifier: Apache-2.0
#include "desktop/scene/colour_image.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace aula::desktop {
namespace {

constexpr std::uint8_t kNotANumber[4] = {128, 128, 128, 255};

/// What one pixel takes from the nodes along an axis: nodes first .. first + count - 1 with `weights`.
struct Share {
  int first = 0, count = 0;  ///< 0: the pixel lies outside.
  std::size_t weights = 0;   ///< Where its weights begin.
};

struct Shares {
  std::vector<Share> pixels;
  std::vector<float> weights;
};

/// Pixels along [from, to] over `nodes` nodes from `first` to `last`.
Shares sharesOf(double from, double to, int pixels, int nodes, double first, double last) {
  Shares shares;
  shares.pixels.resize(static_cast<std::size_t>(pixels));
  const double step = (to - from) / pixels;
  // In units of nodes; a single node reaches from -0.5 to 0.5.
  const double perNode = nodes > 1 ? (last - first) / (nodes - 1) : last - first;
  const double low = nodes > 1 ? 0 : -0.5, high = nodes > 1 ? nodes - 1 : 0.5;
  const double origin = nodes > 1 ? first : (first + last) / 2;
  const double width = std::abs(step / perNode);
  for (int i = 0; i < pixels; ++i) {
    Share& share = shares.pixels[static_cast<std::size_t>(i)];
    const double at = (from + (i + 0.5) * step - origin) / perNode;
    if (at < low - 1e-9 || at > high + 1e-9) continue;
    share.weights = shares.weights.size();
    if (width <= 1) {
      const double x = std::clamp(at, 0.0, double(nodes - 1));
      share.first = std::min(static_cast<int>(x), std::max(nodes - 2, 0));
      share.count = std::min(2, nodes);
      const auto u = static_cast<float>(x - share.first);
      shares.weights.push_back(1 - u);
      if (share.count == 2) shares.weights.push_back(u);
    } else {
      // Every node covers half a spacing to both sides; the pixel takes its share of each.
      const double a = std::max(at - width / 2, -0.5), b = std::min(at + width / 2, nodes - 0.5);
      share.first = std::clamp(static_cast<int>(std::floor(a + 0.5)), 0, nodes - 1);
      const int end = std::clamp(static_cast<int>(std::ceil(b + 0.5)), share.first + 1, nodes);
      share.count = end - share.first;
      for (int k = share.first; k < end; ++k)
        shares.weights.push_back(
            static_cast<float>(std::max(0.0, std::min(b, k + 0.5) - std::max(a, k - 0.5)) / (b - a)));
    }
  }
  return shares;
}

}  // namespace

render::Image colourImage(const Lattice& lattice, const Region& region, int width, int height,
                          const render::ColourMap& map, const render::Limits& limits) {
  render::Image image;
  image.width = width;
  image.height = height;
  image.pixels.resize(4 * static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  // Bytes of the map once, instead of interpolating colours for every pixel.
  std::vector<std::uint8_t> bytes(map.entries().size() * 4, 255);
  for (std::size_t i = 0; i < map.entries().size(); ++i)
    for (std::size_t c = 0; c < 3; ++c)
      bytes[4 * i + c] =
          static_cast<std::uint8_t>(std::clamp(map.entries()[i][c] * 255 + 0.5F, 0.0F, 255.0F));
  const auto lastEntry = static_cast<float>(map.entries().size() - 1);
  const auto lower = static_cast<float>(limits.lower);
  const float perValue = lastEntry / static_cast<float>(limits.upper - limits.lower);

  const Shares across =
                   sharesOf(region.left, region.right, width, lattice.columns, lattice.left, lattice.right),
               down = sharesOf(region.top, region.bottom, height, lattice.rows, lattice.bottom, lattice.top);
  std::vector<float> row(static_cast<std::size_t>(lattice.columns));
  for (int y = 0; y < height; ++y) {
    const Share& share = down.pixels[static_cast<std::size_t>(y)];
    if (share.count == 0) continue;
    std::fill(row.begin(), row.end(), 0.0F);
    for (int k = 0; k < share.count; ++k) {
      const float weight = down.weights[share.weights + static_cast<std::size_t>(k)];
      if (weight == 0) continue;
      const float* values = lattice.values + static_cast<std::ptrdiff_t>(share.first + k) * lattice.columns;
      for (std::size_t i = 0; i < row.size(); ++i) row[i] += weight * values[i];
    }
    std::uint8_t* pixel = &image.pixels[4 * static_cast<std::size_t>(y) * static_cast<std::size_t>(width)];
    for (int x = 0; x < width; ++x, pixel += 4) {
      const Share& column = across.pixels[static_cast<std::size_t>(x)];
      if (column.count == 0) continue;
      float value = 0;
      for (int k = 0; k < column.count; ++k)
        // A node that has no share must not spread what is not a number.
        if (const float weight = across.weights[column.weights + static_cast<std::size_t>(k)]; weight != 0)
          value += weight * row[static_cast<std::size_t>(column.first + k)];
      if (!std::isfinite(value)) {
        std::copy_n(kNotANumber, 4, pixel);
        continue;
      }
      const float position = std::clamp((value - lower) * perValue, 0.0F, lastEntry);
      std::copy_n(&bytes[4 * static_cast<std::size_t>(position + 0.5F)], 4, pixel);
    }
  }
  return image;
}

double valueAt(const Lattice& lattice, double x, double y) {
  const Shares across = sharesOf(x, x, 1, lattice.columns, lattice.left, lattice.right),
               up = sharesOf(y, y, 1, lattice.rows, lattice.bottom, lattice.top);
  const Share &column = across.pixels[0], &row = up.pixels[0];
  if (column.count == 0 || row.count == 0) return std::numeric_limits<double>::quiet_NaN();
  double value = 0;
  for (int j = 0; j < row.count; ++j)
    for (int i = 0; i < column.count; ++i)
      if (const double weight = double(up.weights[row.weights + static_cast<std::size_t>(j)]) *
                                double(across.weights[column.weights + static_cast<std::size_t>(i)]);
          weight != 0)
        value += weight * double(lattice.values[static_cast<std::ptrdiff_t>(row.first + j) * lattice.columns +
                                                column.first + i]);
  return value;
}

}  // namespace aula::desktop
