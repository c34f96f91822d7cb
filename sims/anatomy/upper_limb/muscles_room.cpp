// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "anatomy/upper_limb/muscles_tube.h"

namespace aula::anatomy {

namespace {

constexpr int kRings = MuscleTube::kRings, kAround = MuscleTube::kAround;
constexpr int kFirst = MuscleTube::kFirst, kLast = MuscleTube::kLast;

/// Left between neighbours and bone, m.
constexpr double kGap = 0.0006;
/// How much further than its ellipse a ring may grow.
constexpr double kGrowth = 2.2;
/// Of a belly's volume.
constexpr double kPrecision = 1e-3;

/// The smaller of two, rounded where they are alike; never more than either.
double smoothMinimum(double a, double b) {
  const double blend = 0.25 * std::min(a, b);
  const double h = std::max(blend - std::abs(a - b), 0.0) / (blend + 1e-12);
  return std::min(a, b) - 0.25 * h * h * blend;
}

double ellipse(double a, double b, RingDirection d) {
  const double x = b * d.cosine, y = a * d.sine;
  return a * b / std::sqrt(x * x + y * y);
}

/// What stands around a muscle near one of its rings.
struct Surroundings {
  const LimbStage& stage;
  unsigned bodies = 0;
  std::vector<std::pair<const MuscleTube*, int>> deeper, beside;  ///< With a ring to begin at.

  /// m that may be gone on from here without meeting anything; below 0: within something.
  /// `share`: of this muscle's own ellipse there; `thickness`: its smaller half axis, m.
  double free(Vec3 p, double share, double thickness) {
    double least = bodies != 0 ? stage.boneDistance(p, bodies) : DistanceField::kReach;
    for (auto& [tube, hint] : deeper) least = std::min(least, tube->distance(p, hint));
    for (auto& [tube, hint] : beside)
      // A difference of shares times the thinner half axis is about a distance.
      least = std::min(least, 0.5 * (tube->share(p, hint) - share) * thickness + kGap);
    return least - kGap;
  }
};

/// Rings keep this share of the way to their neighbours' planes.
constexpr double kShyness = 0.9;

/// m along a direction of one ring's plane until another ring's plane is met, where rings would cross.
double roomTo(const MuscleTube& tube, std::size_t ring, std::size_t other, Vec3 direction) {
  const double away = dot(tube.centre[ring] - tube.centre[other], tube.along[other]);
  const double rate = dot(direction, tube.along[other]);
  return away * rate < 0 ? std::max(0.0004, -away / rate) : 1.0;
}

void findLimits(MuscleTube& tube, const LimbStage& stage, const std::vector<const MuscleTube*>& deeper,
                const std::vector<const MuscleTube*>& beside) {
  const auto& directions = ringDirections();
  std::vector<int> deeperHints(deeper.size(), 0), besideHints(beside.size(), 0);
  for (int ring = 0; ring < kRings; ++ring) {
    const auto i = std::size_t(ring);
    const double a = tube.wholeA(i, tube.scale);
    const double b = tube.wholeB(i, tube.scale);
    const bool isBelly = ring >= kFirst && ring <= kLast;
    const double reach = kGrowth * std::max(a, b);
    Surroundings around{stage, stage.near(tube.centre[i], reach), {}, {}};
    for (std::size_t d = 0; d < deeper.size(); ++d)
      if (deeper[d]->distance(tube.centre[i], deeperHints[d]) < 1.5 * reach)
        around.deeper.emplace_back(deeper[d], deeperHints[d]);
    for (std::size_t d = 0; d < beside.size(); ++d)
      if (beside[d]->share(tube.centre[i], besideHints[d]) < 1e2)
        around.beside.emplace_back(beside[d], besideHints[d]);
    const bool isAlone = !isBelly || (around.bodies == 0 && around.deeper.empty() && around.beside.empty());
    // As far as this nothing is met in any direction.
    const double start = isAlone ? 0 : std::max(0.0, 0.9 * around.free(tube.centre[i], 0, std::min(a, b)));
    for (std::size_t k = 0; k < std::size_t(kAround); ++k) {
      const Vec3 direction = directions[k].cosine * tube.across[i] + directions[k].sine * tube.outward[i];
      double most = (isBelly ? kGrowth : 1.0) * ellipse(a, b, directions[k]);
      if (ring > 0) most = std::min(most, kShyness * roomTo(tube, i, i - 1, direction));
      if (ring + 1 < kRings) most = std::min(most, kShyness * roomTo(tube, i, i + 1, direction));
      // Bone lies below: outwards only neighbours can be met.
      const bool isOutwards = directions[k].sine > 0.3 && around.deeper.empty() && around.beside.empty();
      if (!isAlone && !isOutwards) {
        double r = start;
        const double own = 1 / ellipse(a, b, directions[k]);
        for (int step = 0; step < 7 && r < most; ++step) {
          const double free = around.free(tube.centre[i] + r * direction, r * own, std::min(a, b));
          if (free < 0.0003) break;
          r += 0.9 * free;
        }
        most = std::min(most, std::max(r, 0.0008));
      }
      tube.limit[i][k] = float(most);
    }
  }
  // Steps in the limits are rounded by taking less, never more.
  for (int pass = 0; pass < 2; ++pass) {
    const auto before = tube.limit;
    for (int ring = kFirst + 1; ring < kLast; ++ring) {
      const auto i = std::size_t(ring);
      for (std::size_t k = 0; k < std::size_t(kAround); ++k) {
        const std::size_t l = (k + std::size_t(kAround) - 1) % std::size_t(kAround),
                          r = (k + 1) % std::size_t(kAround);
        const float mean = 0.25F * (before[i][l] + before[i][r] + before[i - 1][k] + before[i + 1][k]);
        tube.limit[i][k] = std::min(before[i][k], 0.5F * (mean + before[i][k]));
      }
    }
  }
}

void setRadii(MuscleTube& tube, double scale) {
  const auto& directions = ringDirections();
  for (std::size_t i = 0; i < std::size_t(kRings); ++i) {
    const double a = tube.wholeA(i, scale);
    const double b = tube.wholeB(i, scale);
    for (std::size_t k = 0; k < std::size_t(kAround); ++k)
      tube.radius[i][k] = float(smoothMinimum(ellipse(a, b, directions[k]), double(tube.limit[i][k])));
  }
}

}  // namespace

void fillRoom(MuscleTube& tube, double volume, const LimbStage& stage,
              const std::vector<const MuscleTube*>& deeper, const std::vector<const MuscleTube*>& beside) {
  for (int attempt = 0; attempt < 4; ++attempt) {
    tube.setWhole();
    findLimits(tube, stage, deeper, beside);
    // The volume grows with the scale, ever more slowly as walls are met: the power by which it does is
    // learnt from step to step.
    const double asked = tube.scale;
    double scale = asked, power = 2, before = 0, volumeBefore = 0, found = 0;
    for (int step = 0; step < 16; ++step) {
      setRadii(tube, scale);
      found = tube.bellyVolume();
      if (std::abs(found - volume) < kPrecision * volume) break;
      if (step > 0 && scale != before)
        power = std::clamp(std::log(found / volumeBefore) / std::log(scale / before), 0.25, 2.0);
      before = scale, volumeBefore = found;
      scale *= std::clamp(std::pow(volume / found, 1 / power), 0.5, 1.6);
      if (scale > 8 * asked) break;
    }
    tube.scale = scale;
    if (found > (1 - 4 * kPrecision) * volume) break;
    // Walled in: it claims more of what it shares with its neighbours.
    tube.scale = 1.3 * asked;
  }
  tube.setFinal();
}

}  // namespace aula::anatomy
