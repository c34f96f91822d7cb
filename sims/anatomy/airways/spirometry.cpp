// SPDX-License-Identifier: Apache-2.0
#include "anatomy/airways/spirometry.h"

#include <algorithm>

#include "anatomy/airways/air.h"

namespace aula::anatomy {

namespace {

/// Linear between samples; the last value beyond them.
double valueAt(const std::vector<double>& times, const std::vector<double>& values, double time) {
  const auto after = std::upper_bound(times.begin(), times.end(), time);
  if (after == times.begin()) return values.front();
  if (after == times.end()) return values.back();
  const auto i = static_cast<std::size_t>(after - times.begin());
  const double part = (time - times[i - 1]) / (times[i] - times[i - 1]);
  return (1 - part) * values[i - 1] + part * values[i];
}

/// The first time at which the volume has fallen to `volume`.
double timeOf(const std::vector<double>& times, const std::vector<double>& volumes, std::size_t first,
              std::size_t last, double volume) {
  for (std::size_t i = first + 1; i <= last; ++i)
    if (volumes[i] <= volume) {
      const double part = (volumes[i - 1] - volume) / (volumes[i - 1] - volumes[i]);
      return times[i - 1] + part * (times[i] - times[i - 1]);
    }
  return times[last];
}

}  // namespace

Spirometry readSpirometry(const std::vector<double>& times, const std::vector<double>& volumes,
                          const std::vector<double>& flows) {
  Spirometry result;
  if (times.size() < 3) return result;
  const auto peak = static_cast<std::size_t>(std::min_element(flows.begin(), flows.end()) - flows.begin());
  std::size_t first = peak, last = peak;
  while (first > 0 && volumes[first - 1] > volumes[first]) --first;
  while (last + 1 < volumes.size() && volumes[last + 1] < volumes[last]) ++last;
  result.peakFlow = -flows[peak];
  result.capacity = volumes[first];
  result.residual = volumes[last];
  result.forcedCapacity = volumes[first] - volumes[last];
  result.first = first;
  result.last = last;
  result.isThere =
      result.peakFlow > 0.25 * kLitre && result.forcedCapacity > 0.5 * kLitre && last > first + 2;
  if (!result.isThere) return {};
  // Back-extrapolation: the steepest part of the volume's course, prolonged to the fullest.
  const double start = times[peak] - (volumes[first] - volumes[peak]) / result.peakFlow;
  const double end = std::min(start + 1, times[last]);
  result.forcedVolume = volumes[first] - valueAt(times, volumes, end);
  const double quarter = timeOf(times, volumes, first, last, volumes[first] - 0.25 * result.forcedCapacity);
  const double rest = timeOf(times, volumes, first, last, volumes[first] - 0.75 * result.forcedCapacity);
  result.middleFlow = rest > quarter ? 0.5 * result.forcedCapacity / (rest - quarter) : 0;
  return result;
}

}  // namespace aula::anatomy
