// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numbers>

#include "anatomy/upper_limb/muscles_tube.h"

namespace aula::anatomy {

namespace {

constexpr int kRings = MuscleTube::kRings, kFirst = MuscleTube::kFirst, kLast = MuscleTube::kLast;
/// A belly is never drawn shorter than this share of its length at rest.
constexpr double kShortest = 0.45;
/// Fleshy origins have a little tendon all the same, m: rings need room.
constexpr double kShortestTendon = 0.004;
/// Within this of its attachments a tendon may enter the bone, m.
constexpr double kAttachment = 0.012;

/// Points of a polyline by length along it.
class Polyline {
 public:
  explicit Polyline(const std::vector<Vec3>& points) : points_(points), reach_(points.size(), 0.0) {
    for (std::size_t i = 1; i < points.size(); ++i)
      reach_[i] = reach_[i - 1] + core::length(points[i] - points[i - 1]);
  }
  [[nodiscard]] double length() const { return reach_.back(); }
  [[nodiscard]] Vec3 at(double s) const {
    const auto above = std::upper_bound(reach_.begin(), reach_.end(), s);
    if (above == reach_.begin()) return points_.front();
    if (above == reach_.end()) return points_.back();
    const auto i = std::size_t(above - reach_.begin());
    const double part = (s - reach_[i - 1]) / (reach_[i] - reach_[i - 1]);
    return (1 - part) * points_[i - 1] + part * points_[i];
  }

 private:
  const std::vector<Vec3>& points_;
  std::vector<double> reach_;
};

/// What lies between two keys, evenly mixed; before the first and after the last: those.
MuscleKey keyAt(const std::vector<MuscleKey>& keys, double at) {
  std::size_t i = 0;
  while (i + 1 < keys.size() && keys[i + 1].at < at) ++i;
  if (i + 1 >= keys.size()) return keys.back();
  const MuscleKey &a = keys[i], &b = keys[i + 1];
  const double w = std::clamp((at - a.at) / (b.at - a.at), 0.0, 1.0), u = 1 - w;
  return {at, u * a.outward + w * b.outward, u * a.flatness + w * b.flatness, u * a.shift + w * b.shift};
}

/// Thickness along a belly, 1 at its peak, 0 at its ends.
double profile(double tau, double peak, double fullness) {
  if (tau <= 0 || tau >= 1) return 0;
  return std::pow(tau / peak, peak * fullness) * std::pow((1 - tau) / (1 - peak), (1 - peak) * fullness);
}

/// Takes the corners off a curve whose ends stay.
void smooth(std::array<Vec3, kRings>& curve, int passes) {
  for (int pass = 0; pass < passes; ++pass) {
    const std::array<Vec3, kRings> before = curve;
    for (std::size_t i = 1; i + 1 < std::size_t(kRings); ++i)
      curve[i] = 0.5 * before[i] + 0.25 * (before[i - 1] + before[i + 1]);
  }
}

void setFrames(MuscleTube& tube, const std::array<Vec3, kRings>& outwardAtRest, const LimbStage& stage) {
  for (std::size_t i = 0; i < std::size_t(kRings); ++i) {
    const std::size_t a = i == 0 ? 0 : i - 1, b = std::min(i + 1, std::size_t(kRings) - 1);
    tube.along[i] = core::normalised(tube.centre[b] - tube.centre[a]);
    const Vec3 wanted = stage.turned(outwardAtRest[i], tube.centre[i]);
    const Vec3 across = cross(wanted, tube.along[i]);
    // Where the curve runs along the wanted direction the ring before knows better.
    tube.across[i] = core::length(across) > 0.05 * core::length(wanted) || i == 0
                         ? core::normalised(across)
                         : core::normalised(cross(tube.outward[i - 1], tube.along[i]));
    tube.outward[i] = cross(tube.along[i], tube.across[i]);
  }
}

/// Moves the curve away from bone and deeper muscles.
void pushOut(MuscleTube& tube, double lift, double total, const LimbStage& stage,
             const std::vector<const MuscleTube*>& deeper) {
  std::vector<int> hints(deeper.size(), 0);
  // Which bones are near is found out once: a ring moves less than the fields reach.
  std::array<unsigned, kRings> bodies{};
  for (std::size_t i = 0; i < std::size_t(kRings); ++i)
    bodies[i] = stage.near(tube.centre[i], DistanceField::kReach);
  for (int pass = 0; pass < 3; ++pass) {
    std::array<Vec3, kRings> moved{};
    for (std::size_t i = 1; i + 1 < std::size_t(kRings); ++i) {
      const double b = tube.wholeB(i, tube.scale);
      const double free = std::min({1.0, tube.arc[i] / kAttachment, (total - tube.arc[i]) / kAttachment});
      const double wanted = std::min(lift * b + 0.0005, DistanceField::kReach * 0.95) * free;
      const double bone =
          bodies[i] != 0 ? stage.boneDistance(tube.centre[i], bodies[i]) : DistanceField::kReach;
      if (bone < wanted) {
        Vec3 away = stage.boneAway(tube.centre[i]);
        // From within a bone the nearest way out may be the wrong side.
        if (dot(away, tube.outward[i]) < 0) away = tube.outward[i];
        const Vec3 direction = away + tube.outward[i];
        moved[i] = (wanted - bone) * (core::length(direction) > 0.3 ? core::normalised(direction) : away);
      }
      for (std::size_t d = 0; d < deeper.size(); ++d) {
        const double gap = deeper[d]->distance(tube.centre[i] + moved[i], hints[d]);
        const double room = 0.8 * b * free;
        if (gap < room) moved[i] = moved[i] + (room - gap) * tube.outward[i];
      }
    }
    if (pass < 2) smooth(moved, 2);
    for (std::size_t i = 0; i < std::size_t(kRings); ++i) tube.centre[i] = tube.centre[i] + moved[i];
    if (pass < 2) smooth(tube.centre, 1);
  }
  smooth(tube.centre, 1);
}

}  // namespace

void layCurve(MuscleTube& tube, const MuscleRecipe& recipe, double volume, const MusclePath& path,
              double atRest, double stretch, const LimbStage& stage,
              const std::vector<const MuscleTube*>& deeper) {
  const Polyline line(path.points);
  const double total = line.length();
  const double bellyAtRest = (recipe.to - recipe.from) * atRest;
  const double belly = std::clamp(bellyAtRest + (path.length - atRest) - stretch, kShortest * bellyAtRest,
                                  total - 2 * kShortestTendon);
  // The tendons share what is left as they do at rest.
  const double outside = recipe.from + (1 - recipe.to);
  const double first = std::max(
      kShortestTendon, outside > 0 ? (total - belly) * recipe.from / outside : 0.5 * (total - belly));

  std::array<Vec3, kRings> outward;
  std::array<Vec3, kRings> shift;
  double integral = 0;
  for (int ring = 0; ring < kRings; ++ring) {
    const auto i = std::size_t(ring);
    double tau = 0, end = 0;  // Of the belly; of a tendon: 0 at the belly, 1 where it is fixed
    const TendonShape* tendon = &recipe.origin;
    if (ring < kFirst) {
      tube.arc[i] = first * ring / kFirst;
      end = 1 - double(ring) / kFirst;
    } else if (ring <= kLast) {
      // Closer together towards the ends, where the profile is steep.
      tau = 0.5 - 0.5 * std::cos(std::numbers::pi * (0.06 + 0.88 * double(ring - kFirst) / (kLast - kFirst)));
      const double lower = 0.5 - 0.5 * std::cos(std::numbers::pi * 0.06);
      tau = (tau - lower) / (1 - 2 * lower);
      tube.arc[i] = first + belly * tau;
      if (tau > 0.5) tendon = &recipe.insertion;
    } else {
      const double part = double(ring - kLast) / (kRings - 1 - kLast);
      tube.arc[i] = first + belly + (total - first - belly) * part;
      end = part, tau = 1;
      tendon = &recipe.insertion;
    }
    const MuscleKey key = keyAt(recipe.keys, tau);
    outward[i] = key.outward;
    shift[i] = profile(tau, 0.5, 0.5) * key.shift;
    // A belly ends steeply but not in a point.
    const double g = profile(std::clamp(tau, 0.012, 0.988), recipe.peak, recipe.fullness);
    const double inside = ring >= kFirst && ring <= kLast ? 1 : 0;
    tube.bellyB[i] = inside * g / std::sqrt(key.flatness);
    tube.bellyA[i] = inside * g * std::sqrt(key.flatness);
    tube.tendonA[i] = (1 - end) * tendon->width + end * tendon->endWidth;
    tube.tendonB[i] = (1 - end) * tendon->thickness + end * tendon->endThickness;
    tube.centre[i] = line.at(tube.arc[i]);
    if (ring > kFirst && ring <= kLast)
      integral += 0.5 * (tube.bellyA[i] * tube.bellyB[i] + tube.bellyA[i - 1] * tube.bellyB[i - 1]) *
                  (tube.arc[i] - tube.arc[i - 1]);
  }
  tube.scale = std::sqrt(volume / (std::numbers::pi * integral));
  // Tendon between two halves of the belly fades from one end's shape to the other's.
  for (int ring = kFirst; ring <= kLast; ++ring) {
    const auto i = std::size_t(ring);
    const double w = double(ring - kFirst) / (kLast - kFirst);
    tube.tendonA[i] = (1 - w) * recipe.origin.width + w * recipe.insertion.width;
    tube.tendonB[i] = (1 - w) * recipe.origin.thickness + w * recipe.insertion.thickness;
  }

  tube.setWhole();
  smooth(tube.centre, 8);
  for (std::size_t i = 0; i < std::size_t(kRings); ++i)
    tube.centre[i] = tube.centre[i] + stage.turned(shift[i], tube.centre[i]);
  setFrames(tube, outward, stage);
  pushOut(tube, recipe.lift, total, stage, deeper);
  // Short tendons bend sharply where they are pushed off the bone.
  const std::array<Vec3, kRings> laid = tube.centre;
  smooth(tube.centre, 8);
  for (int ring = kFirst; ring <= kLast; ++ring) tube.centre[std::size_t(ring)] = laid[std::size_t(ring)];
  setFrames(tube, outward, stage);
}

}  // namespace aula::anatomy
