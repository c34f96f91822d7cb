// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "lab/record/reduction.h"

namespace aula::lab {

/// A decaying oscillation within a signal.
struct Resonance {
  double frequency = 0;  ///< Hz (1 over the unit of x)
  double decay =
      0;  ///< Rate of the amplitude, 1/s: exp(-decay t); about 0, also just below it, without loss.
  double amplitude = 0;                  ///< At the first point.
  [[nodiscard]] double quality() const;  ///< pi frequency / decay; infinite without loss.
};

struct ResonanceOptions {
  double lower = 0, upper = 0;  ///< Hz; upper 0: a quarter of the sampling rate.
  double threshold = 0.01;      ///< Least amplitude as a fraction of the largest.
  int count = 0;                ///< Above 0: only that many, the largest.
};

/// The oscillations of an evenly sampled ring-down, in the order of frequency. Resolves lines closer than one
/// over the signal's length: it fits exponentials instead of looking at a spectrum (see the source). Throws
/// core::Error when x is not even or the signal is too short or silent.
[[nodiscard]] std::vector<Resonance> findResonances(const Series& series, const ResonanceOptions& options);

}  // namespace aula::lab
