// SPDX-License-Identifier: Apache-2.0
#include "anatomy/upper_limb/muscles_tube.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace aula::anatomy {

const std::array<RingDirection, MuscleTube::kAround>& ringDirections() {
  static const auto directions = [] {
    std::array<RingDirection, MuscleTube::kAround> all;
    for (int k = 0; k < MuscleTube::kAround; ++k) {
      const double angle = 2 * std::numbers::pi * k / MuscleTube::kAround;
      all[std::size_t(k)] = {std::cos(angle), std::sin(angle)};
    }
    return all;
  }();
  return directions;
}

LimbStage::LimbStage(const LimbModel& limb, const std::array<DistanceField, kBodies>& fields,
                     const Pose& pose)
    : places(placesOf(limb, pose)), bones(fields) {
  const scene::Transform& humerus = places[std::size_t(Body::humerus)];
  const scene::Transform& forearm = places[std::size_t(Body::forearm)];
  elbow_ = humerus.point(limb.elbowCentre);
  // The region's frame has its origin in the humeral head.
  up_ = core::normalised(humerus.point({}) - elbow_);
  down_ = core::normalised(forearm.point(limb.wristCentre) - elbow_);
}

namespace {
/// Into the anatomical position; places are rigid.
Vec3 back(const scene::Transform& place, Vec3 p) {
  const Vec3 q = p - place.translation;
  return {dot(place.x, q), dot(place.y, q), dot(place.z, q)};
}
}  // namespace

unsigned LimbStage::near(Vec3 p, double reach) const {
  unsigned bodies = 0;
  for (std::size_t b = 0; b < std::size_t(kBodies); ++b)
    if (bones[b].distance(back(places[b], p)) < std::min(reach, DistanceField::kReach)) bodies |= 1U << b;
  return bodies;
}

double LimbStage::boneDistance(Vec3 p, unsigned bodies) const {
  double least = DistanceField::kReach;
  for (std::size_t b = 0; b < std::size_t(kBodies); ++b)
    if ((bodies >> b & 1U) != 0) least = std::min(least, bones[b].distance(back(places[b], p)));
  return least;
}

Vec3 LimbStage::boneAway(Vec3 p) const {
  double least = DistanceField::kReach;
  std::size_t nearest = std::size_t(kBodies);
  for (std::size_t b = 0; b < std::size_t(kBodies); ++b) {
    const double distance = bones[b].distance(back(places[b], p));
    if (distance < least) least = distance, nearest = b;
  }
  if (nearest == std::size_t(kBodies)) return {};
  return places[nearest].vector(bones[nearest].away(back(places[nearest], p)));
}

Vec3 LimbStage::turned(Vec3 direction, Vec3 p) const {
  const Vec3 q = p - elbow_;
  const double t = std::clamp(0.5 + (dot(q, down_) - dot(q, up_)) / 0.10, 0.0, 1.0);
  const double w = t * t * (3 - 2 * t);
  return (1 - w) * places[std::size_t(Body::humerus)].vector(direction) +
         w * places[std::size_t(Body::forearm)].vector(direction);
}

MuscleTube::Local MuscleTube::locate(Vec3 p, int& hint) const {
  int j = std::clamp(hint, 0, kRings - 2);
  const auto ahead = [&](int ring) { return dot(p - centre[std::size_t(ring)], along[std::size_t(ring)]); };
  double a = ahead(j), b = ahead(j + 1);
  // Rings are passed one by one; a curve that turns back must not be walked round and round.
  for (int guard = 0; guard < kRings; ++guard) {
    if (b > 0 && j < kRings - 2) {
      ++j, a = b, b = ahead(j + 1);
    } else if (a < 0 && j > 0) {
      --j, b = a, a = ahead(j);
    } else {
      break;
    }
  }
  hint = j;
  Local local;
  local.isBeside = a >= 0 && b <= 0;
  local.part = a <= 0 ? 0 : b >= 0 ? 1 : a / (a - b);
  const auto i = std::size_t(j);
  const double w = local.part;
  const Vec3 q = p - ((1 - w) * centre[i] + w * centre[i + 1]);
  local.x = (1 - w) * dot(q, across[i]) + w * dot(q, across[i + 1]);
  local.y = (1 - w) * dot(q, outward[i]) + w * dot(q, outward[i + 1]);
  return local;
}

namespace {
/// m beyond a ring's largest radius.
constexpr double kFarOutside = 0.004;

/// The angle of (x, y) as a share of a turn, 0 to 1, to 0.0006: a ring's radii stand a twentieth apart.
/// atan(q) = q (pi / 4 + 0.273 (1 - q)) for q from 0 to 1 (Rajan et al. 2006, IEEE Signal Processing Magazine
/// 23, 108).
float turnOf(float x, float y) {
  const float ax = std::abs(x), ay = std::abs(y);
  const float larger = std::max(ax, ay);
  if (larger <= 0) return 0;
  const float q = std::min(ax, ay) / larger;
  float turn = q * (0.125F + 0.04345F * (1 - q));
  if (ay > ax) turn = 0.25F - turn;
  if (x < 0) turn = 0.5F - turn;
  return y < 0 ? 1 - turn : turn;
}
}  // namespace

double MuscleTube::distance(Vec3 p, int& hint) const {
  const Local local = locate(p, hint);
  const auto i = std::size_t(hint);
  if (!local.isBeside) {
    const std::size_t end = local.part > 0.5 ? i + 1 : i;
    return core::length(p - centre[end]) - double(radius[end][0]) * 0.5;
  }
  const double away = std::sqrt(local.x * local.x + local.y * local.y);
  // Far outside it does not matter which way.
  const double widest = std::max(widest_[i], widest_[i + 1]);
  if (away > widest + kFarOutside) return away - widest;
  float place = turnOf(float(local.x), float(local.y)) * float(kAround);
  if (place >= float(kAround)) place = 0;
  const int k = int(place);
  const double v = double(place - float(k));
  const auto k0 = std::size_t(k % kAround), k1 = std::size_t((k + 1) % kAround);
  const auto at = [&](std::size_t ring) {
    return (1 - v) * double(radius[ring][k0]) + v * double(radius[ring][k1]);
  };
  return away - ((1 - local.part) * at(i) + local.part * at(i + 1));
}

double MuscleTube::share(Vec3 p, int& hint) const {
  const Local local = locate(p, hint);
  if (!local.isBeside) return 1e3;
  const auto i = std::size_t(hint);
  const double u = 1 - local.part, w = local.part;
  const double x = local.x / (u * wholeA_[i] + w * wholeA_[i + 1]);
  const double y = local.y / (u * wholeB_[i] + w * wholeB_[i + 1]);
  return std::sqrt(x * x + y * y);
}

void MuscleTube::setFinal() {
  isFinal = true;
  for (std::size_t i = 0; i < std::size_t(kRings); ++i)
    widest_[i] = double(*std::max_element(radius[i].begin(), radius[i].end()));
}

void MuscleTube::setWhole() {
  for (std::size_t i = 0; i < std::size_t(kRings); ++i) {
    wholeA_[i] = wholeA(i, scale);
    wholeB_[i] = wholeB(i, scale);
  }
}

Vec3 MuscleTube::point(int ring, int k) const {
  const auto i = std::size_t(ring);
  const RingDirection d = ringDirections()[std::size_t(k)];
  return centre[i] + double(radius[i][std::size_t(k)]) * (d.cosine * across[i] + d.sine * outward[i]);
}

double MuscleTube::bellyVolume() const {
  // The divergence theorem over the walls' triangles and the fans that close both ends; everything about a
  // point near by, for rounding.
  const Vec3 about = centre[std::size_t(kFirst)];
  double six = 0;
  std::array<Vec3, kAround> before, now;
  for (int ring = kFirst; ring <= kLast; ++ring) {
    for (int k = 0; k < kAround; ++k) now[std::size_t(k)] = point(ring, k) - about;
    const Vec3 middle = centre[std::size_t(ring)] - about;
    for (std::size_t k = 0; k < std::size_t(kAround); ++k) {
      const std::size_t next = (k + 1) % std::size_t(kAround);
      if (ring > kFirst) {
        six += dot(before[k], cross(before[next], now[k]));
        six += dot(before[next], cross(now[next], now[k]));
      }
      if (ring == kFirst) six += dot(middle, cross(now[next], now[k]));
      if (ring == kLast) six += dot(middle, cross(now[k], now[next]));
    }
    before = now;
  }
  return six / 6;
}

}  // namespace aula::anatomy
