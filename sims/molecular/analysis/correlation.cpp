// SPDX-License-Identifier: Apache-2.0
#include "molecular/analysis/correlation.h"

#include <algorithm>
#include <cmath>

#include "core/assert.h"
#include "core/units/constants.h"
#include "molecular/analysis/statistics.h"

namespace aula::molecular {

TimeCorrelation::TimeCorrelation(Kind kind, int lags, int blockLength)
    : kind_(kind), lags_(lags), blockLength_(blockLength) {}

void TimeCorrelation::reset() {
  moments_ = 0;
  ring_.clear();
  sums_.clear();
  pairs_.clear();
}

void TimeCorrelation::add(std::span<const core::Vec3> values) {
  if (values.empty()) return;
  const auto slots = static_cast<std::size_t>(lags_) + 1;
  if (moments_ == 0) {
    points_ = values.size();
    ring_.assign(slots * points_, {});
  }
  AULA_ASSERT(values.size() == points_);
  const auto slotOf = [&](long long moment) { return static_cast<std::size_t>(moment) % slots * points_; };
  std::copy(values.begin(), values.end(), ring_.begin() + static_cast<std::ptrdiff_t>(slotOf(moments_)));
  const auto far = std::min<long long>(lags_, moments_);
  for (long long lag = 0; lag <= far; ++lag) {
    const long long origin = moments_ - lag;
    const core::Vec3* from = ring_.data() + slotOf(origin);
    double sum = 0;
    if (kind_ == Kind::squaredDisplacement) {
      for (std::size_t n = 0; n < points_; ++n) {
        const core::Vec3 d = values[n] - from[n];
        sum += core::dot(d, d);
      }
    } else {
      for (std::size_t n = 0; n < points_; ++n) sum += core::dot(values[n], from[n]);
    }
    const std::size_t at =
        static_cast<std::size_t>(origin / blockLength_) * slots + static_cast<std::size_t>(lag);
    const std::size_t size = (at / slots + 1) * slots;
    if (sums_.size() < size) {
      sums_.resize(size, 0);
      pairs_.resize(size, 0);
    }
    sums_[at] += sum / double(points_);
    pairs_[at] += 1;
  }
  ++moments_;
}

std::vector<double> TimeCorrelation::mean() const {
  const auto slots = static_cast<std::size_t>(lags_) + 1;
  std::vector<double> mean;
  for (std::size_t lag = 0; lag < slots; ++lag) {
    double sum = 0, pairs = 0;
    for (std::size_t at = lag; at < sums_.size(); at += slots) sum += sums_[at], pairs += pairs_[at];
    if (pairs == 0) break;
    mean.push_back(sum / pairs);
  }
  return mean;
}

std::vector<std::vector<double>> TimeCorrelation::blockMeans() const {
  const auto slots = static_cast<std::size_t>(lags_) + 1;
  std::vector<std::vector<double>> blocks;
  for (std::size_t begin = 0; begin + slots <= sums_.size(); begin += slots) {
    if (pairs_[begin + slots - 1] < blockLength_) break;
    std::vector<double> block;
    for (std::size_t lag = 0; lag < slots; ++lag) block.push_back(sums_[begin + lag] / pairs_[begin + lag]);
    blocks.push_back(std::move(block));
  }
  return blocks;
}

Diffusion diffusionOf(const TimeCorrelation& displacement, double interval, int firstLag, int lastLag) {
  const auto slope = [&](const std::vector<double>& values) {
    std::vector<double> t, y;
    for (int lag = firstLag; lag <= lastLag && static_cast<std::size_t>(lag) < values.size(); ++lag) {
      t.push_back(lag * interval);
      y.push_back(values[static_cast<std::size_t>(lag)]);
    }
    return slopeOf(t, y) / 6;
  };
  Diffusion diffusion;
  diffusion.value = slope(displacement.mean());
  std::vector<double> slopes;
  for (const auto& block : displacement.blockMeans()) slopes.push_back(slope(block));
  diffusion.blocks = static_cast<int>(slopes.size());
  if (slopes.size() >= 3) {
    const double n = double(slopes.size());
    double mean = 0, squares = 0;
    for (const double s : slopes) mean += s / n;
    for (const double s : slopes) squares += (s - mean) * (s - mean);
    diffusion.error = std::sqrt(squares / (n - 1) / n);
  }
  return diffusion;
}

std::vector<double> spectrumOf(const std::vector<double>& correlation, double interval,
                               const std::vector<double>& frequencies) {
  std::vector<double> spectrum;
  const std::size_t count = correlation.size();
  for (const double f : frequencies) {
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const double window = count > 1 ? 0.5 * (1 + std::cos(core::kPi * double(i) / double(count - 1))) : 1;
      const double end = i == 0 || i + 1 == count ? 0.5 : 1;
      sum += end * correlation[i] * window * std::cos(2 * core::kPi * f * double(i) * interval);
    }
    spectrum.push_back(2 * interval * sum);
  }
  return spectrum;
}

}  // namespace aula::molecular
