// SPDX-License-Identifier: Apache-2.0
#include "scene/camera/projection.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "scene/geometry/frame_along.h"

namespace aula::scene {

namespace {

double tangent(const Camera& camera) {
  // A field of view of nothing or of half a turn is no camera; what comes in between is kept.
  return std::tan(std::clamp(camera.fieldOfView, 0.1, 170.0) * std::numbers::pi / 360);
}

}  // namespace

CameraAxes axesOf(const Camera& camera) {
  const core::Vec3 view = camera.target - camera.eye;
  const core::Vec3 forward = length(view) > 0 ? normalised(view) : core::Vec3{0, 1, 0};
  core::Vec3 right = cross(forward, camera.up);
  if (!(length(right) > 1e-9 * length(camera.up)) || !(length(camera.up) > 0)) right = anyAcross(forward).u;
  right = normalised(right);
  return {right, cross(right, forward), forward};
}

double halfHeightAtTarget(const Camera& camera) {
  return length(camera.target - camera.eye) * tangent(camera);
}

Ray rayThrough(const Camera& camera, const Viewport& viewport, double x, double y) {
  const CameraAxes axes = axesOf(camera);
  const double across = (2 * x / viewport.width - 1 - camera.shiftX) * viewport.aspect(),
               up = 1 - 2 * y / viewport.height + camera.shiftY;
  if (camera.isOrthographic) {
    const double half = halfHeightAtTarget(camera);
    return {camera.eye + half * (across * axes.right + up * axes.up), axes.forward};
  }
  const double slope = tangent(camera);
  return {camera.eye, normalised(axes.forward + slope * (across * axes.right + up * axes.up))};
}

core::Vec3 pointAtTarget(const Camera& camera, const Viewport& viewport, double x, double y) {
  const CameraAxes axes = axesOf(camera);
  const double half = halfHeightAtTarget(camera);
  return camera.target +
         half * ((2 * x / viewport.width - 1 - camera.shiftX) * viewport.aspect() * axes.right +
                 (1 - 2 * y / viewport.height + camera.shiftY) * axes.up);
}

std::optional<PicturePoint> project(const Camera& camera, const Viewport& viewport, core::Vec3 point) {
  const CameraAxes axes = axesOf(camera);
  const core::Vec3 from = point - camera.eye;
  const double depth = dot(from, axes.forward);
  if (!camera.isOrthographic && !(depth > 0)) return std::nullopt;
  const double half = camera.isOrthographic ? halfHeightAtTarget(camera) : depth * tangent(camera);
  return PicturePoint{
      viewport.width / 2 * (1 + camera.shiftX + dot(from, axes.right) / (half * viewport.aspect())),
      viewport.height / 2 * (1 + camera.shiftY - dot(from, axes.up) / half), depth};
}

Camera fitted(const Camera& camera, const Bounds& bounds, const Viewport& viewport, double margin) {
  if (bounds.isEmpty()) return camera;
  const CameraAxes axes = axesOf(camera);
  const double usable = std::clamp(1 - 2 * margin, 0.1, 1.0);
  const double tanUp = tangent(camera) * usable, tanRight = tanUp * viewport.aspect();
  Camera result = camera;
  if (bounds.diagonal() == 0) {
    result.target = bounds.centre();
    result.eye = result.target - axes.forward;
    return result;
  }
  // Along each direction of the picture the corners bound where the eye may stand. In perspective, with the
  // corner at (a across, d deep) from the eye at (e, 0): |a - e| <= (d + distance) tan; the two extreme
  // corners give both e and the distance.
  const core::Vec3 centre = bounds.centre();
  double distance = 0;
  core::Vec3 shift;
  for (const auto& [direction, slope] : {std::pair{axes.right, tanRight}, {axes.up, tanUp}}) {
    double low = Bounds::kFar, high = -Bounds::kFar;
    for (int i = 0; i < 8; ++i) {
      const core::Vec3 corner = bounds.corner(i) - centre;
      const double across = dot(corner, direction),
                   deep = camera.isOrthographic ? 0 : dot(corner, axes.forward);
      low = std::min(low, across + slope * deep);
      high = std::max(high, across - slope * deep);
    }
    // across - e <= (deep + distance) slope for the upper, e - across <= ... for the lower.
    distance = std::max(distance, (high - low) / (2 * slope));
    shift = shift + 0.5 * (high + low) * direction;
  }
  // An orthographic camera shows no depth, but must stand before what it shows.
  double before = 0;
  for (int i = 0; i < 8; ++i) before = std::max(before, -dot(bounds.corner(i) - centre, axes.forward));
  result.target = centre + shift;
  result.eye =
      result.target - std::max(distance, camera.isOrthographic ? 0.0 : before * 1.001) * axes.forward;
  if (camera.isOrthographic && distance < before) {
    // Its size is its distance: all of the body behind the eye's plane is kept by moving both.
    const core::Vec3 back = (before - distance) * axes.forward;
    result.target = result.target - back;
    result.eye = result.eye - back;
  }
  return result;
}

}  // namespace aula::scene
