// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/vec3.h"

/// What a quantity has to do with itself some time later.
namespace aula::molecular {

/// Sums over pairs of moments, by the time between them: mean squared displacement of positions that were
/// unwrapped, or product of velocities, averaged over points. Moments are `interval` ps apart; each later one
/// is paired with the `lags` before it. Origins are gathered in `blocks`-moment blocks, whose scatter gives
/// the error.
class TimeCorrelation {
 public:
  enum class Kind { squaredDisplacement, product };
  TimeCorrelation(Kind kind, int lags, int blockLength);
  void add(std::span<const core::Vec3> values);
  void reset();

  [[nodiscard]] int lags() const { return lags_; }
  /// By lag from 0 to lags(); lags that no pair of moments has yet are left out.
  [[nodiscard]] std::vector<double> mean() const;
  /// The same of each block that is full.
  [[nodiscard]] std::vector<std::vector<double>> blockMeans() const;
  [[nodiscard]] long long moments() const { return moments_; }

  // What a checkpoint needs.
  long long moments_ = 0;
  std::vector<core::Vec3> ring_;  ///< The last lags() + 1 moments, `points_` each.
  std::size_t points_ = 0;
  std::vector<double> sums_, pairs_;  ///< lags() + 1 a block, block after block.

 private:
  Kind kind_;
  int lags_, blockLength_;
};

/// Einstein's relation: a sixth of the slope of the mean squared displacement between two lags (both
/// moments), the interval `interval` ps apart. In nm^2/ps; the error is that of the mean of the blocks' own
/// slopes, 0 for fewer than three blocks.
struct Diffusion {
  double value = 0, error = 0;
  int blocks = 0;
};
[[nodiscard]] Diffusion diffusionOf(const TimeCorrelation& displacement, double interval, int firstLag,
                                    int lastLag);

/// The cosine transform of a correlation function with a Hann window that falls to zero at its last lag:
/// S(f) = 2 dt sum C(t) w(t) cos(2 pi f t), the ends counted half. `interval` ps; per frequency (1/ps).
[[nodiscard]] std::vector<double> spectrumOf(const std::vector<double>& correlation, double interval,
                                             const std::vector<double>& frequencies);

}  // namespace aula::molecular
