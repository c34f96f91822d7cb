// SPDX-License-Identifier: Apache-2.0
#include "render/colour/colour_limits.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace aula::render {
namespace {

/// A point source's own node is far stronger than the wave around it; beyond this share of the nodes colours
/// may saturate. Less of a volume, where a ray adds up what it passes and the source is surrounded by more
/// weak nodes.
constexpr double kShare = 0.995, kShareOfVolume = 0.985;

/// The value below which `share` of the list lies.
double percentile(std::vector<float>& values, double share) {
  const auto k = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + k, values.end());
  return values[static_cast<std::size_t>(k)];
}

}  // namespace

double niceCeiling(double value) {
  const double power = std::pow(10.0, std::floor(std::log10(value)));
  for (const double step : {1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0}) {
    // Values come in single precision; its rounding must not cost a whole step.
    if (value <= step * power * (1 + 1e-6)) return step * power;
  }
  return 10 * power;
}

void ColourLimits::observe(const scene::VolumeView& view) {
  if (view.lower != view.upper || !view.values) return;
  float largest = 0;
  for (const float v : *view.values) {
    if (std::isfinite(v)) largest = std::max(largest, std::abs(v));
  }
  if (largest == 0) return;
  // What the wave has not reached yet does not count, or a small bright spot would hide behind a large dark
  // room.
  const float floor = 1e-4F * largest;
  std::vector<float> high, low;
  for (const float v : *view.values) {
    if (!std::isfinite(v) || std::abs(v) < floor) continue;
    if (view.scale == scene::ColourScale::diverging || v > 0) high.push_back(std::abs(v));
    if (view.scale == scene::ColourScale::sequential && v < 0) low.push_back(-v);
  }
  const double share = view.nx > 1 && view.ny > 1 && view.nz > 1 ? kShareOfVolume : kShare;
  Range& range = observed_[view.name];
  if (!high.empty()) range.highest = std::max(range.highest, niceCeiling(percentile(high, share)));
  if (!low.empty()) range.lowest = std::min(range.lowest, -niceCeiling(percentile(low, share)));
}

Limits ColourLimits::of(const scene::VolumeView& view) const {
  const bool isDiverging = view.scale == scene::ColourScale::diverging;
  if (view.lower != view.upper) {
    if (!isDiverging) return {view.lower, view.upper};
    const double most = std::max(std::abs(view.lower), std::abs(view.upper));
    return {-most, most};
  }
  const auto found = observed_.find(view.name);
  Range range = found == observed_.end() ? Range{} : found->second;
  if (range.lowest == range.highest) range.highest = 1;
  return {isDiverging ? -range.highest : range.lowest, range.highest};
}

}  // namespace aula::render
