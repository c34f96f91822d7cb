// SPDX-License-Identifier: Apache-2.0
#include "molecular/analysis/statistics.h"

#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

namespace aula::molecular {

Estimate blockEstimate(std::span<const double> values) {
  Estimate estimate;
  if (values.empty()) return estimate;
  std::vector<double> series(values.begin(), values.end());
  estimate.mean = std::accumulate(series.begin(), series.end(), 0.0) / double(series.size());
  while (series.size() >= 8) {
    const double n = double(series.size());
    const double mean = std::accumulate(series.begin(), series.end(), 0.0) / n;
    double squares = 0;
    for (const double value : series) squares += (value - mean) * (value - mean);
    // The error's own error is 1 / sqrt(2 (n - 1)) of it: a quarter for nine blocks.
    estimate.error = std::max(estimate.error, std::sqrt(squares / n / (n - 1)));
    std::vector<double> halves;
    for (std::size_t i = 0; i + 1 < series.size(); i += 2)
      halves.push_back(0.5 * (series[i] + series[i + 1]));
    series = std::move(halves);
  }
  return estimate;
}

double slopeOf(std::span<const double> x, std::span<const double> y) {
  const double n = double(x.size());
  if (x.size() < 2) return 0;
  double sx = 0, sy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sx += x[i], sy += y[i];
  double top = 0, bottom = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    top += (x[i] - sx / n) * (y[i] - sy / n);
    bottom += (x[i] - sx / n) * (x[i] - sx / n);
  }
  return bottom > 0 ? top / bottom : 0;
}

}  // namespace aula::molecular
