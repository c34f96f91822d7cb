// SPDX-License-Identifier: Apache-2.0
#include "anatomy/heart/body/fibres.h"

#include <array>
#include <cmath>

namespace aula::anatomy::heart {

namespace {

/// Three unit vectors square to each other: along the circle, towards the base, through the wall.
struct Frame {
  Vec3 e0, e1, e2;
};
/// w, x, y, z of a rotation.
using Quaternion = std::array<double, 4>;

Vec3 unitOr(Vec3 v, Vec3 other) {
  const double size = core::length(v);
  return size > 1e-12 ? v / size : other;
}

/// Bayer et al.'s function "axis".
Frame axis(Vec3 towardsBase, Vec3 outwards) {
  Frame frame;
  frame.e1 = unitOr(towardsBase, {0, 0, 1});
  const Vec3 other = std::abs(frame.e1.x) < 0.8 ? Vec3{1, 0, 0} : Vec3{0, 1, 0};
  const Vec3 square = outwards - dot(outwards, frame.e1) * frame.e1;
  frame.e2 = unitOr(square, unitOr(cross(frame.e1, other), other));
  frame.e0 = cross(frame.e1, frame.e2);
  return frame;
}

/// "orient" with no sheet angle: turned about the third vector.
Frame oriented(const Frame& frame, double alpha) {
  const double c = std::cos(alpha), s = std::sin(alpha);
  return {c * frame.e0 + s * frame.e1, c * frame.e1 - s * frame.e0, frame.e2};
}

/// Shepperd's method: divides by the largest of the four.
Quaternion toQuaternion(const Frame& f) {
  const double m00 = f.e0.x, m11 = f.e1.y, m22 = f.e2.z;
  const double sizes[4] = {1 + m00 + m11 + m22, 1 + m00 - m11 - m22, 1 - m00 + m11 - m22,
                           1 - m00 - m11 + m22};
  int best = 0;
  for (int i = 1; i < 4; ++i)
    if (sizes[i] > sizes[best]) best = i;
  const double r = std::sqrt(sizes[best]), s = 0.5 / r;
  const double m21 = f.e1.z, m12 = f.e2.y, m02 = f.e2.x, m20 = f.e0.z, m10 = f.e0.y, m01 = f.e1.x;
  switch (best) {
    case 0:
      return {0.5 * r, (m21 - m12) * s, (m02 - m20) * s, (m10 - m01) * s};
    case 1:
      return {(m21 - m12) * s, 0.5 * r, (m01 + m10) * s, (m02 + m20) * s};
    case 2:
      return {(m02 - m20) * s, (m01 + m10) * s, 0.5 * r, (m12 + m21) * s};
    default:
      return {(m10 - m01) * s, (m02 + m20) * s, (m12 + m21) * s, 0.5 * r};
  }
}

Vec3 firstColumn(const Quaternion& q) {
  const auto [w, x, y, z] = q;
  return {1 - 2 * (y * y + z * z), 2 * (x * y + w * z), 2 * (x * z - w * y)};
}

Frame toFrame(const Quaternion& q) {
  const auto [w, x, y, z] = q;
  return {firstColumn(q),
          {2 * (x * y - w * z), 1 - 2 * (x * x + z * z), 2 * (y * z + w * x)},
          {2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y)}};
}

/// "bislerp": the shortest way between two frames whose vectors' signs do not count.
Frame between(const Frame& from, const Frame& to, double share) {
  const Quaternion a = toQuaternion(from), b = toQuaternion(to);
  const auto [w, x, y, z] = a;
  // a, a i, a j, a k: the same axes with two of them turned round.
  const std::array<Quaternion, 4> same{
      Quaternion{w, x, y, z}, {-x, w, z, -y}, {-y, -z, w, x}, {-z, y, -x, w}};
  Quaternion best = a;
  double most = -1, sign = 1;
  for (const Quaternion& one : same) {
    const double product = one[0] * b[0] + one[1] * b[1] + one[2] * b[2] + one[3] * b[3];
    if (std::abs(product) > most) most = std::abs(product), best = one, sign = product < 0 ? -1 : 1;
  }
  const double angle = std::acos(std::min(1.0, most));
  double fromShare = 1 - share, toShare = share;
  if (angle > 1e-6) {
    fromShare = std::sin((1 - share) * angle) / std::sin(angle);
    toShare = std::sin(share * angle) / std::sin(angle);
  }
  Quaternion q;
  double size = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    q[i] = fromShare * sign * best[i] + toShare * b[i];
    size += q[i] * q[i];
  }
  for (double& part : q) part /= std::sqrt(size);
  return toFrame(q);
}

}  // namespace

Vec3 fibreDirection(const FibreInput& at, const HelixAngles& angles) {
  const double both = at.left + at.right;
  // From 0 at the left ventricle to 1 at the right one.
  const double d =
      both > 1e-6 ? std::min(1.0, std::max(0.0, at.right / both)) : (at.right > at.left ? 1.0 : 0.0);
  const double outer = std::min(1.0, std::max(0.0, at.outside));
  const double leftAngle = angles.leftEndocardium + (angles.leftEpicardium - angles.leftEndocardium) * outer;
  const double rightAngle =
      angles.rightEndocardium + (angles.rightEpicardium - angles.rightEndocardium) * outer;
  // Seen from within the right ventricle the frame is turned round, and the angle with it.
  const double inside = leftAngle * (1 - d) - rightAngle * d;
  const double epicardium = leftAngle * (1 - d) + rightAngle * d;
  const Frame left = oriented(axis(at.baseSlope, -at.leftSlope), inside);
  const Frame right = oriented(axis(at.baseSlope, at.rightSlope), inside);
  const Frame outermost = oriented(axis(at.baseSlope, at.outsideSlope), epicardium);
  return between(between(left, right, d), outermost, outer).e0;
}

}  // namespace aula::anatomy::heart
