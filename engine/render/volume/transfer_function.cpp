// SPDX-License-Identifier: Apache-2.0
#include "render/volume/transfer_function.h"

#include <algorithm>
#include <cmath>

namespace aula::render {
namespace {

/// Absorption along the diagonal at full strength where a view says nothing: what is strong for a thirtieth
/// of it hides what is behind.
constexpr double kAbsorption = 60;
/// Weaker than this part of the limit is nothing at all, or a whole box of faint noise would veil the field.
constexpr double kFaint = 0.02;
/// Opacity 1 would need an endless extinction; this lets one part in a thousand through.
constexpr double kSolid = 0.999;
/// Opacities are given for a layer this many times thinner than the diagonal.
constexpr double kLayers = 100;

double linearFromSrgb(double v) {
  return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

double opacityAt(const std::vector<scene::OpacityPoint>& points, double value) {
  const auto above = std::find_if(points.begin(), points.end(),
                                  [&](const scene::OpacityPoint& point) { return point.value >= value; });
  if (above == points.begin()) return points.front().opacity;
  if (above == points.end()) return points.back().opacity;
  const auto below = above - 1;
  const double width = above->value - below->value;
  const double share = width > 0 ? (value - below->value) / width : 1;
  return below->opacity + share * (above->opacity - below->opacity);
}

}  // namespace

TransferFunction::TransferFunction(const scene::VolumeView& view, const Limits& limits, const ColourMap& map,
                                   double diagonal, double density)
    : lower_(limits.lower), upper_(limits.upper) {
  const bool isSigned = map.isDiverging();
  const double middle = isSigned ? 0.5 * (lower_ + upper_) : lower_;
  const double reach = upper_ - middle;
  for (int i = 0; i < kSize; ++i) {
    const double t = static_cast<double>(i) / (kSize - 1);
    const double value = lower_ + t * (upper_ - lower_);
    double extinction = 0;
    double shown = t;
    if (view.opacity.empty()) {
      const double strength = std::clamp(std::abs(value - middle) / reach, 0.0, 1.0);
      // Opaque where strong, clear where weak: the shells of a wave remain.
      if (strength >= kFaint) extinction = kAbsorption / diagonal * strength * std::sqrt(strength);
      // What is behind already thins the colour; the map's own pale end would thin it twice.
      const double vivid = std::lerp(0.3, 1.0, strength);
      shown = isSigned ? 0.5 + 0.5 * std::copysign(vivid, value - middle) : vivid;
    } else {
      const double opacity = std::clamp(opacityAt(view.opacity, value), 0.0, kSolid);
      extinction = -std::log1p(-opacity) * kLayers / diagonal;
    }
    const Srgb colour = map.at(shown);
    std::array<float, 4> entry{};
    for (std::size_t c = 0; c < 3; ++c) entry[c] = static_cast<float>(linearFromSrgb(colour[c]));
    entry[3] = static_cast<float>(density * extinction);
    entries_.push_back(entry);
  }

  // Trapezia: between entries both colour and extinction are straight lines, near enough.
  integrals_.assign(kSize, {});
  std::array<double, 4> sum{};
  for (std::size_t i = 1; i < kSize; ++i) {
    for (std::size_t c = 0; c < 4; ++c) {
      const auto term = [&](const std::array<float, 4>& e) {
        return c < 3 ? double{e[c]} * e[3] : double{e[3]};
      };
      sum[c] += 0.5 * (term(entries_[i - 1]) + term(entries_[i])) / (kSize - 1);
      integrals_[i][c] = static_cast<float>(sum[c]);
    }
  }
  nextOpaque_.assign(kSize + 1, kSize);
  for (int i = kSize - 1; i >= 0; --i) {
    const auto at = static_cast<std::size_t>(i);
    nextOpaque_[at] = entries_[at][3] > 0 ? i : nextOpaque_[at + 1];
  }
}

float TransferFunction::mostBetween(float low, float high) const {
  const auto entryOf = [&](float value) { return (value - lower_) / (upper_ - lower_) * (kSize - 1); };
  // Shading looks values up between entries, so the neighbours count as well.
  const int first =
      std::clamp(static_cast<int>(std::floor(std::clamp(entryOf(low), -1.0, 2.0 * kSize))), 0, kSize - 1);
  const int last =
      std::clamp(static_cast<int>(std::ceil(std::clamp(entryOf(high), -1.0, 2.0 * kSize))), 0, kSize - 1);
  float most = 0;
  for (int i = nextOpaque_[static_cast<std::size_t>(first)]; i <= last;
       i = nextOpaque_[static_cast<std::size_t>(i) + 1])
    most = std::max(most, entries_[static_cast<std::size_t>(i)][3]);
  return most;
}

}  // namespace aula::render
