// SPDX-License-Identifier: Apache-2.0
#include "anatomy/heart/body/chambers.h"

#include <algorithm>
#include <cmath>

namespace aula::anatomy::heart::chambers {

namespace {

/// Middle of the right ventricle's ellipsoid in the ventricles' axes, m.
constexpr Vec3 kRightCentre{0.0285, -0.002, 0.002};
/// The outflow: from within the right ventricle up and across to the pulmonary valve.
constexpr Vec3 kOutflowFrom{0.036, 0.024, 0.000};
constexpr Vec3 kOutflowTo{0.021, 0.043, 0.018};
constexpr double kOutflowWidening = 0.004;  ///< Of its radius at the lower end.
constexpr double kBlend = 0.012;

Vec3 rightAxes(double by) {
  const Measures& m = measures();
  return {m.rightDepth + by, m.rightWidth + by, m.rightLength + by};
}

double bodyDistance(Vec3 local, double by) {
  return ellipsoidDistance(local - kRightCentre, rightAxes(by));
}

double outflowDistance(Vec3 local, double by) {
  const Measures& m = measures();
  const Vec3 way = core::normalised(kOutflowTo - kOutflowFrom);
  // Goes on past the valve, where it is cut.
  return roundConeDistance(local, kOutflowFrom, kOutflowTo + 0.01 * way,
                           m.outflowRadius + kOutflowWidening + by, m.outflowRadius + by);
}

/// Above 0: beyond the pulmonary valve.
double beyondValve(Vec3 local) {
  return dot(local - kOutflowTo, core::normalised(kOutflowTo - kOutflowFrom));
}

double aboveBase(Vec3 local) {
  return local.z - measures().leftBase;
}

/// Free wall and outflow with what they enclose, cut at the base and the pulmonary valve.
double rightWhole(Vec3 local) {
  const double by = measures().rightWall;
  const double body = std::max(bodyDistance(local, by), aboveBase(local));
  const double outflow = std::max(outflowDistance(local, by), beyondValve(local));
  return blended(body, outflow, kBlend);
}

double rightCavityLocal(Vec3 local) {
  return blended(bodyDistance(local, 0), outflowDistance(local, 0), kBlend);
}

Vec3 leftAxes(double by) {
  const Measures& m = measures();
  return {m.leftRadius + by, m.leftRadius + by, m.leftLength + by};
}

}  // namespace

double blended(double a, double b, double k) {
  const double h = std::max(k - std::abs(a - b), 0.0) / k;
  return std::min(a, b) - 0.25 * h * h * k;
}

double ellipsoidDistance(Vec3 p, Vec3 r) {
  const Vec3 scaled{p.x / r.x, p.y / r.y, p.z / r.z};
  const Vec3 twice{scaled.x / r.x, scaled.y / r.y, scaled.z / r.z};
  const double k0 = core::length(scaled), k1 = core::length(twice);
  if (k1 < 1e-9) return -std::min({r.x, r.y, r.z});
  return k0 * (k0 - 1) / k1;
}

double roundConeDistance(Vec3 p, Vec3 from, Vec3 to, double radiusFrom, double radiusTo) {
  // Exact (Quilez 2018): the cone's side where the nearest point of it lies between the two balls.
  const Vec3 axis = to - from;
  const double length = core::length(axis), difference = radiusFrom - radiusTo;
  const Vec3 unit = axis / length, q = p - from;
  const double along = dot(q, unit);
  const double across = core::length(q - along * unit);
  const double sine = difference / length, cosine = std::sqrt(std::max(0.0, 1 - sine * sine));
  const double place = along * cosine - across * sine;  // along the cone's side
  if (place < 0) return core::length(q) - radiusFrom;
  if (place > length * cosine) return core::length(p - to) - radiusTo;
  return across * cosine + along * sine - radiusFrom;
}

double leftEndocardium(Vec3 p) {
  return ellipsoidDistance(axes().toLocal(p), leftAxes(0));
}
double leftEpicardium(Vec3 p) {
  return ellipsoidDistance(axes().toLocal(p), leftAxes(measures().leftWall));
}
double rightCavity(Vec3 p) {
  return rightCavityLocal(axes().toLocal(p));
}
double leftWall(Vec3 p) {
  const Vec3 local = axes().toLocal(p);
  return std::max({leftEpicardium(p), -leftEndocardium(p), aboveBase(local)});
}
double rightWall(Vec3 p) {
  const Vec3 local = axes().toLocal(p);
  return std::max({rightWhole(local), -rightCavityLocal(local), -leftEpicardium(p) - 0.9e-3});
}
double wall(Vec3 p) {
  // The surface between the two lies within the muscle: what is inside of either is inside.
  const Vec3 local = axes().toLocal(p);
  const double left = ellipsoidDistance(local, leftAxes(measures().leftWall));
  const double solid = std::max({left, -ellipsoidDistance(local, leftAxes(0)), aboveBase(local)});
  const double shell = std::max(rightWhole(local), -rightCavityLocal(local));
  // Without the part of the shell that would stand in the left ventricle's cavity or wall.
  return std::min(solid, std::max(shell, -left - 0.5e-3));
}
double septum(Vec3 p) {
  const Vec3 local = axes().toLocal(p);
  return std::max(leftWall(p), bodyDistance(local, 0.5 * measures().rightWall));
}
double epicardium(Vec3 p) {
  const Vec3 local = axes().toLocal(p);
  const double left = std::max(leftEpicardium(p), aboveBase(local));
  return blended(left, rightWhole(local), 0.004);
}

double rightEndocardium(Vec3 p) {
  return std::max(rightCavity(p), -leftEpicardium(p));
}

Side sideOf(Vec3 p) {
  const Vec3 local = axes().toLocal(p);
  const bool isInOutflow = outflowDistance(local, measures().rightWall) <= 0;
  if (isInOutflow && beyondValve(local) > 0) return Side::base;
  if (aboveBase(local) > 0 && !isInOutflow) return Side::base;
  if (leftEndocardium(p) < 0) return Side::leftCavity;
  if (rightCavityLocal(local) < 0 && leftEpicardium(p) > 0) return Side::rightCavity;
  return Side::outside;
}

Vec3 pulmonaryValve() {
  return axes().toBody(kOutflowTo);
}
Vec3 pulmonaryAxis() {
  return axes().vector(core::normalised(kOutflowTo - kOutflowFrom));
}
Vec3 mitralValve() {
  return axes().toBody({-0.008, -0.005, measures().leftBase});
}
Vec3 aorticValve() {
  return axes().toBody({0.013, 0.013, measures().leftBase + 0.002});
}
Vec3 tricuspidValve() {
  return axes().toBody({0.048, -0.006, measures().leftBase});
}

Vec3 onLeftEndocardium(double angle, double height) {
  const Measures& m = measures();
  const double share = height / m.leftLength;
  const double radius = m.leftRadius * std::sqrt(std::max(0.0, 1 - share * share));
  return axes().toBody({radius * std::cos(angle), radius * std::sin(angle), height});
}
Vec3 onRightSeptum(double angle, double height) {
  const Measures& m = measures();
  const double share = height / (m.leftLength + m.leftWall);
  const double radius = (m.leftRadius + m.leftWall) * std::sqrt(std::max(0.0, 1 - share * share));
  return axes().toBody({radius * std::cos(angle), radius * std::sin(angle), height});
}

Vec3 gradient(double (*distance)(Vec3), Vec3 p) {
  constexpr double kStep = 1e-5;
  return Vec3{distance({p.x + kStep, p.y, p.z}) - distance({p.x - kStep, p.y, p.z}),
              distance({p.x, p.y + kStep, p.z}) - distance({p.x, p.y - kStep, p.z}),
              distance({p.x, p.y, p.z + kStep}) - distance({p.x, p.y, p.z - kStep})} /
         (2 * kStep);
}

Vec3 projected(double (*distance)(Vec3), Vec3 p) {
  for (int round = 0; round < 8; ++round) {
    const double d = distance(p);
    if (std::abs(d) < 1e-7) break;
    const Vec3 slope = gradient(distance, p);
    p = p - d / std::max(0.05, dot(slope, slope)) * slope;
  }
  return p;
}

}  // namespace aula::anatomy::heart::chambers
