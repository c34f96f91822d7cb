// SPDX-License-Identifier: Apache-2.0
#include "anatomy/muscle/instruments.h"

#include <algorithm>

namespace aula::anatomy {
namespace {

/// `points` poses over the elbow's range, at least two.
template <class Value>
std::vector<CurvePoint> overRange(const LimbModel& limb, const Pose& shoulder, int points,
                                  const Value& value) {
  points = std::max(points, 2);
  std::vector<CurvePoint> curve;
  Pose pose = shoulder;
  for (int n = 0; n < points; ++n) {
    pose.elbowFlexion =
        limb.flexionLimit[0] + (limb.flexionLimit[1] - limb.flexionLimit[0]) * n / (points - 1);
    curve.push_back({pose.elbowFlexion, value(pose)});
  }
  return curve;
}

double torqueOf(const LimbModel& limb, const MuscleSpec& muscle, const HillMuscle& hill, double activation,
                const Pose& pose, Tendon tendon) {
  const PathMeasure path = measurePath(limb, muscle, pose);
  return path.momentArm * hill.atRest(activation, path.length, tendon).tension;
}

}  // namespace

bool does(const LimbModel& limb, const MuscleSpec& muscle, Action action) {
  if (!muscle.isElbow) return false;
  double sum = 0;
  const std::vector<CurvePoint> arms = momentArmCurve(limb, muscle, {}, 14);
  for (const CurvePoint& p : arms) sum += p.y;
  const double mean = sum / static_cast<double>(arms.size());
  return action == Action::flexion ? mean > 0.003 : mean < -0.003;
}

std::vector<CurvePoint> momentArmCurve(const LimbModel& limb, const MuscleSpec& muscle, const Pose& shoulder,
                                       int points) {
  return overRange(limb, shoulder, points,
                   [&](const Pose& pose) { return measurePath(limb, muscle, pose).momentArm; });
}

std::vector<CurvePoint> lengthCurve(const LimbModel& limb, const MuscleSpec& muscle, const Pose& shoulder,
                                    int points) {
  return overRange(limb, shoulder, points,
                   [&](const Pose& pose) { return measurePath(limb, muscle, pose).length; });
}

std::vector<CurvePoint> maximumTorqueCurve(const LimbModel& limb, Action action, const Pose& shoulder,
                                           int points, const HillConstants& constants, Tendon tendon) {
  std::vector<CurvePoint> sum = overRange(limb, shoulder, points, [](const Pose&) { return 0.0; });
  const double sign = action == Action::flexion ? 1 : -1;
  for (const std::vector<MuscleSpec>* list : {&limb.muscles, &limb.helpers})
    for (const MuscleSpec& muscle : *list) {
      if (!muscle.isElbow) continue;
      const HillMuscle hill(muscle, constants);
      const double activation = does(limb, muscle, action) ? 1 : 0;
      const std::vector<CurvePoint> part = overRange(limb, shoulder, points, [&](const Pose& pose) {
        return torqueOf(limb, muscle, hill, activation, pose, tendon);
      });
      for (std::size_t n = 0; n < sum.size(); ++n) sum[n].y += sign * part[n].y;
    }
  return sum;
}

std::vector<CurvePoint> torqueCurve(const LimbModel& limb, const MuscleSpec& muscle, double activation,
                                    const Pose& shoulder, int points, const HillConstants& constants) {
  const HillMuscle hill(muscle, constants);
  return overRange(limb, shoulder, points, [&](const Pose& pose) {
    return torqueOf(limb, muscle, hill, activation, pose, Tendon::elastic);
  });
}

ForceLength forceLengthCurve(const MuscleSpec& muscle, double activation, int points,
                             const HillConstants& constants) {
  points = std::max(points, 2);
  ForceLength curve;
  for (int n = 0; n < points; ++n) {
    const double L = 0.4 + 1.2 * n / (points - 1), x = L * muscle.optimalLength;
    const double active = muscle.maximumForce * activation * activeForceLength(constants, L);
    const double passive = muscle.maximumForce * passiveForce(constants, L);
    curve.active.push_back({x, active});
    curve.passive.push_back({x, passive});
    curve.total.push_back({x, active + passive});
  }
  return curve;
}

std::vector<CurvePoint> forceVelocityCurve(const MuscleSpec& muscle, double activation, int points,
                                           const HillConstants& constants) {
  points = std::max(points, 2);
  std::vector<CurvePoint> curve;
  const double fastest = constants.maximumVelocity * (0.25 + 0.75 * activation);
  for (int n = 0; n < points; ++n) {
    const double v = fastest * (2.0 * n / (points - 1) - 1);  // shortening > 0
    curve.push_back({v * muscle.optimalLength,
                     muscle.maximumForce * activation * forceVelocity(constants, activation, -v)});
  }
  return curve;
}

}  // namespace aula::anatomy
