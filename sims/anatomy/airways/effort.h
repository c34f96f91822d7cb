// SPDX-License-Identifier: Apache-2.0
#pragma once

/// What the breathing muscles do: the pressure they add inside the chest.
namespace aula::anatomy {

/// Quiet breathing, and at times a forced breath for the spirometer: in as far as it goes, out as hard as it
/// goes.
struct BreathingPattern {
  double period = 4;               ///< s
  double inspiratoryShare = 0.4;   ///< Of the period.
  double effort = 441;             ///< Pa, 4.5 cmH2O: amplitude of the inspiratory muscles' pressure.
  bool isForced = false;           ///< Whether there are forced breaths.
  double forcedStart = 8;          ///< s
  double forcedInspiration = 2.5;  ///< s
  double forcedExpiration = 6;     ///< s
  double forcedEvery = 0;          ///< s between beginnings of forced breaths; 0: only one.

  bool operator==(const BreathingPattern&) const = default;
};

/// Pa, positive: pressing outwards (expiration). `volume`: gas in the lungs, m^3: expiratory muscles are
/// strong when long (Rahn and others 1946).
///
/// Quiet: -effort sin(pi t / Ti) during inspiration, nothing (with a short fading) during expiration, as in
/// Mecklenburgh and Mapleson's (1998) model of an actively breathing patient. Forced: -42 cmH2O, which brings
/// healthy lungs to their 6 L; then up to +120 cmH2O within a twentieth of a second.
[[nodiscard]] double musclePressure(const BreathingPattern& pattern, double time, double volume);
/// Whether a forced breath is under way.
[[nodiscard]] bool isForcedAt(const BreathingPattern& pattern, double time);
/// Whether it is over for two periods at least: quiet breathing is itself again.
[[nodiscard]] bool isQuietAt(const BreathingPattern& pattern, double time);

}  // namespace aula::anatomy
