// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "anatomy/muscle/hill.h"
#include "anatomy/muscle/limb.h"

/// Curves for instruments: what a muscle or the whole arm could do, without moving it.
namespace aula::anatomy {

enum class Action { flexion, extension };

/// A muscle flexes (extends) when its moment arm, averaged over the elbow's range with the arm hanging, is
/// above +3 mm (below -3 mm). The others (the fingers' and ulnar extensors) take no part in a maximum.
[[nodiscard]] bool does(const LimbModel& limb, const MuscleSpec& muscle, Action action);

struct CurvePoint {
  double x = 0, y = 0;
};

/// Moment arm over the elbow's range: rad, m.
[[nodiscard]] std::vector<CurvePoint> momentArmCurve(const LimbModel& limb, const MuscleSpec& muscle,
                                                     const Pose& shoulder, int points);
/// Length of muscle with tendon over the elbow's range: rad, m.
[[nodiscard]] std::vector<CurvePoint> lengthCurve(const LimbModel& limb, const MuscleSpec& muscle,
                                                  const Pose& shoulder, int points);

/// All muscles of one action fully active, the others not at all, the elbow standing: rad, N m
/// in that action's direction, with every muscle's passive pull and without gravity. As a dynamometer
/// measures it.
[[nodiscard]] std::vector<CurvePoint> maximumTorqueCurve(const LimbModel& limb, Action action,
                                                         const Pose& shoulder, int points,
                                                         const HillConstants& constants = {},
                                                         Tendon tendon = Tendon::elastic);
/// What one muscle gives to the elbow's torque at this activation, standing: rad, N m, flexion > 0.
[[nodiscard]] std::vector<CurvePoint> torqueCurve(const LimbModel& limb, const MuscleSpec& muscle,
                                                  double activation, const Pose& shoulder, int points,
                                                  const HillConstants& constants = {});

/// Force along the fibre over its length, 0.4 to 1.6 optimal lengths: m, N.
struct ForceLength {
  std::vector<CurvePoint> active, passive, total;
};
[[nodiscard]] ForceLength forceLengthCurve(const MuscleSpec& muscle, double activation, int points,
                                           const HillConstants& constants = {});

/// Active force at the optimal length over the fibre's velocity, all it can shorten to as fast lengthening:
/// m/s (shortening > 0, as physiologists plot it), N.
[[nodiscard]] std::vector<CurvePoint> forceVelocityCurve(const MuscleSpec& muscle, double activation,
                                                         int points, const HillConstants& constants = {});

}  // namespace aula::anatomy
