// SPDX-License-Identifier: Apache-2.0
#include "anatomy/airways/effort.h"

#include <algorithm>
#include <cmath>

#include "anatomy/airways/air.h"

namespace aula::anatomy {

namespace {

constexpr double kInspiratoryMaximum = 42 * kWaterCentimetre;
/// How fast muscles come and go, s.
constexpr double kInspiratoryRise = 0.3, kExpiratoryRise = 0.05;

double quiet(const BreathingPattern& pattern, double time) {
  const double phase = std::fmod(time, pattern.period),
               inspiration = pattern.inspiratoryShare * pattern.period;
  return phase < inspiration ? -pattern.effort * std::sin(core::kPi * phase / inspiration) : 0;
}

/// Since the forced breath began, s; negative: none yet, or over.
double sinceForced(const BreathingPattern& pattern, double time) {
  if (!pattern.isForced || time < pattern.forcedStart) return -1;
  double since = time - pattern.forcedStart;
  if (pattern.forcedEvery > 0) since = std::fmod(since, pattern.forcedEvery);
  return since < pattern.forcedInspiration + pattern.forcedExpiration ? since : -1;
}

}  // namespace

bool isForcedAt(const BreathingPattern& pattern, double time) {
  return sinceForced(pattern, time) >= 0;
}

bool isQuietAt(const BreathingPattern& pattern, double time) {
  for (const double before : {0.0, 0.5, 1.0, 1.5, 2.0})
    if (isForcedAt(pattern, time - before * pattern.period)) return false;
  return true;
}

double musclePressure(const BreathingPattern& pattern, double time, double volume) {
  const double since = sinceForced(pattern, time);
  if (since < 0) return quiet(pattern, time);
  if (since < pattern.forcedInspiration)
    return -kInspiratoryMaximum * (1 - std::exp(-since / kInspiratoryRise));
  const double blowing = since - pattern.forcedInspiration;
  const double litres = volume / kLitre;
  const double strongest = std::clamp(20 + 100 * (litres - 1.4) / 4.6, 20.0, 120.0) * kWaterCentimetre;
  const double rise = std::exp(-blowing / kExpiratoryRise);
  return strongest * (1 - rise) - kInspiratoryMaximum * rise;
}

}  // namespace aula::anatomy
