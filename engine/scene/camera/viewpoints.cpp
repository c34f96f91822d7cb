// SPDX-License-Identifier: Apache-2.0
#include "scene/camera/viewpoints.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace aula::scene {

namespace {

/// w, x, y, z
using Quaternion = std::array<double, 4>;

/// The rotation that takes x, y, z to right, up, -forward (Shepperd 1978: from the largest component).
Quaternion fromAxes(const CameraAxes& axes) {
  const core::Vec3 a = axes.right, b = axes.up, c = -axes.forward;
  const double trace = a.x + b.y + c.z;
  const std::array<double, 4> squares{1 + trace, 1 + 2 * a.x - trace, 1 + 2 * b.y - trace,
                                      1 + 2 * c.z - trace};
  const auto largest = std::size_t(std::max_element(squares.begin(), squares.end()) - squares.begin());
  Quaternion q{};
  q[largest] = 0.5 * std::sqrt(squares[largest]);
  const double s = 0.25 / q[largest];
  const double wx = (b.z - c.y) * s, wy = (c.x - a.z) * s, wz = (a.y - b.x) * s;
  const double xy = (a.y + b.x) * s, yz = (b.z + c.y) * s, zx = (c.x + a.z) * s;
  switch (largest) {
    case 0:
      q[1] = wx, q[2] = wy, q[3] = wz;
      break;
    case 1:
      q[0] = wx, q[2] = xy, q[3] = zx;
      break;
    case 2:
      q[0] = wy, q[1] = xy, q[3] = yz;
      break;
    default:
      q[0] = wz, q[1] = zx, q[2] = yz;
  }
  return q;
}

CameraAxes toAxes(const Quaternion& q) {
  const auto [w, x, y, z] = q;
  return {{1 - 2 * (y * y + z * z), 2 * (x * y + w * z), 2 * (x * z - w * y)},
          {2 * (x * y - w * z), 1 - 2 * (x * x + z * z), 2 * (y * z + w * x)},
          -core::Vec3{2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y)}};
}

Quaternion slerp(Quaternion a, const Quaternion& b, double share) {
  double cosine = 0;
  for (std::size_t i = 0; i < 4; ++i) cosine += a[i] * b[i];
  if (cosine < 0) {
    for (double& v : a) v = -v;
    cosine = -cosine;
  }
  const double angle = std::acos(std::min(cosine, 1.0));
  double p = 1 - share, q = share;
  if (angle > 1e-6) {
    p = std::sin((1 - share) * angle) / std::sin(angle);
    q = std::sin(share * angle) / std::sin(angle);
  }
  Quaternion result{};
  double size = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    result[i] = p * a[i] + q * b[i];
    size += result[i] * result[i];
  }
  for (double& v : result) v /= std::sqrt(size);
  return result;
}

}  // namespace

const char* nameOf(NamedView view) {
  switch (view) {
    case NamedView::front:
      return "front";
    case NamedView::back:
      return "back";
    case NamedView::left:
      return "left";
    case NamedView::right:
      return "right";
    case NamedView::top:
      return "top";
    case NamedView::bottom:
      return "bottom";
    case NamedView::isometric:
      return "isometric";
  }
  return "";
}

Camera makeView(NamedView view, const Bounds& bounds, const Viewport& viewport, bool isOrthographic,
                double fieldOfView, double front) {
  core::Vec3 forward, up{0, 0, 1};
  switch (view) {
    case NamedView::front:
      forward = {0, 1, 0};
      break;
    case NamedView::back:
      forward = {0, -1, 0};
      break;
    case NamedView::left:
      forward = {1, 0, 0};
      break;
    case NamedView::right:
      forward = {-1, 0, 0};
      break;
    case NamedView::top:
      forward = {0, 0, -1};
      up = {0, 1, 0};
      break;
    case NamedView::bottom:
      forward = {0, 0, 1};
      up = {0, -1, 0};
      break;
    case NamedView::isometric:
      forward = core::normalised({-1, 1, -1});
      break;
  }
  if (front != -90) {
    const double turn = (front + 90) * std::numbers::pi / 180, c = std::cos(turn), s = std::sin(turn);
    for (core::Vec3* v : {&forward, &up}) *v = {c * v->x - s * v->y, s * v->x + c * v->y, v->z};
  }
  Camera camera;
  camera.target = bounds.isEmpty() ? core::Vec3{} : bounds.centre();
  camera.eye = camera.target - forward;
  camera.up = up;
  camera.isOrthographic = isOrthographic;
  camera.fieldOfView = fieldOfView;
  return fitted(camera, bounds, viewport);
}

Camera makeView(double azimuth, double elevation, const Bounds& bounds, const Viewport& viewport) {
  constexpr double kDegree = std::numbers::pi / 180;
  const double a = azimuth * kDegree, e = elevation * kDegree;
  Camera camera;
  camera.target = bounds.isEmpty() ? core::Vec3{} : bounds.centre();
  camera.eye = camera.target + core::Vec3{std::cos(e) * std::cos(a), std::cos(e) * std::sin(a), std::sin(e)};
  // Square to the view, so that it exists also straight from above.
  camera.up = {-std::sin(e) * std::cos(a), -std::sin(e) * std::sin(a), std::cos(e)};
  camera.fieldOfView = 30;
  return fitted(camera, bounds, viewport);
}

Camera blended(const Camera& from, const Camera& to, double share) {
  if (share <= 0) return from;
  if (share >= 1) return to;
  const auto between = [&](double a, double b) { return a + share * (b - a); };
  const double d0 = length(from.target - from.eye), d1 = length(to.target - to.eye);
  const double distance = d0 > 0 && d1 > 0 ? d0 * std::pow(d1 / d0, share) : between(d0, d1);
  const CameraAxes axes = toAxes(slerp(fromAxes(axesOf(from)), fromAxes(axesOf(to)), share));
  Camera camera = share < 0.5 ? from : to;
  camera.target = from.target + share * (to.target - from.target);
  camera.eye = camera.target - distance * axes.forward;
  camera.up = axes.up;
  camera.fieldOfView = between(from.fieldOfView, to.fieldOfView);
  return camera;
}

double eased(double share) {
  const double t = std::clamp(share, 0.0, 1.0);
  return t * t * t * (t * (6 * t - 15) + 10);
}

}  // namespace aula::scene
