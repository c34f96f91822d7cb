// SPDX-License-Identifier: Apache-2.0
#include "scene/camera/controllers.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace aula::scene {

namespace {

constexpr double kQuarter = std::numbers::pi / 2;

core::Vec3 direction(double azimuth, double elevation) {
  return {std::cos(elevation) * std::cos(azimuth), std::cos(elevation) * std::sin(azimuth),
          std::sin(elevation)};
}

/// Square to direction(), towards +z; well defined straight up and down too, which is why nothing flips
/// there.
core::Vec3 upwards(double azimuth, double elevation) {
  return {-std::sin(elevation) * std::cos(azimuth), -std::sin(elevation) * std::sin(azimuth),
          std::cos(elevation)};
}

void anglesOf(core::Vec3 d, core::Vec3 up, double& azimuth, double& elevation) {
  const double level = std::hypot(d.x, d.y);
  elevation = std::atan2(d.z, level);
  // Straight up or down the picture's upper edge tells where one faces.
  if (level > 1e-9 * length(d))
    azimuth = std::atan2(d.y, d.x);
  else if (std::hypot(up.x, up.y) > 0)
    azimuth = d.z > 0 ? std::atan2(-up.y, -up.x) : std::atan2(up.y, up.x);
}

}  // namespace

void OrbitController::setCamera(const Camera& camera) {
  camera_ = camera;
  const core::Vec3 back = camera.eye - camera.target;
  distance_ = length(back);
  if (!(distance_ > 0)) distance_ = 1;
  if (length(back) > 0) anglesOf(back, camera.up, azimuth_, elevation_);
  update();
}

void OrbitController::update() {
  camera_.eye = camera_.target + distance_ * direction(azimuth_, elevation_);
  camera_.up = upwards(azimuth_, elevation_);
}

void OrbitController::drag(double dx, double dy, const Viewport& viewport) {
  azimuth_ = std::remainder(azimuth_ - 2 * kQuarter * dx / viewport.height, 4 * kQuarter);
  elevation_ = std::clamp(elevation_ + 2 * kQuarter * dy / viewport.height, -kQuarter, kQuarter);
  update();
}

void OrbitController::zoom(double steps, double x, double y, const Viewport& viewport) {
  const double wanted = std::clamp(distance_ * std::pow(0.9, steps), nearest_, farthest_);
  const double factor = wanted / distance_;
  // Drawn towards the point under the pointer, everything keeps its direction from there.
  const core::Vec3 fixed = pointAtTarget(camera_, viewport, x, y);
  camera_.target = fixed + factor * (camera_.target - fixed);
  distance_ = wanted;
  update();
}

void OrbitController::pan(double dx, double dy, const Viewport& viewport) {
  const CameraAxes axes = axesOf(camera_);
  const double perPixel = 2 * halfHeightAtTarget(camera_) / viewport.height;
  camera_.target = camera_.target + perPixel * (dy * axes.up - dx * axes.right);
  update();
}

void OrbitController::lookAt(core::Vec3 target) {
  camera_.target = target;
  update();
}

void OrbitController::setDistances(double nearest, double farthest) {
  nearest_ = nearest;
  farthest_ = farthest;
  distance_ = std::clamp(distance_, nearest_, farthest_);
  update();
}

void FlyController::setCamera(const Camera& camera) {
  camera_ = camera;
  const core::Vec3 view = camera.target - camera.eye;
  distance_ = length(view) > 0 ? length(view) : 1;
  if (length(view) > 0) anglesOf(view, camera.up, azimuth_, elevation_);
  update();
}

void FlyController::update() {
  camera_.target = camera_.eye + distance_ * direction(azimuth_, elevation_);
  camera_.up = upwards(azimuth_, elevation_);
}

void FlyController::look(double dx, double dy, const Viewport& viewport) {
  const double perPixel = camera_.fieldOfView * std::numbers::pi / 180 / viewport.height;
  azimuth_ = std::remainder(azimuth_ - perPixel * dx, 4 * kQuarter);
  elevation_ = std::clamp(elevation_ - perPixel * dy, -kQuarter, kQuarter);
  update();
}

void FlyController::move(double forward, double right, double up) {
  const CameraAxes axes = axesOf(camera_);
  camera_.eye = camera_.eye + forward * axes.forward + right * axes.right + up * axes.up;
  update();
}

WalkController::WalkController(double floor, double eyeHeight) : floor_(floor), eyeHeight_(eyeHeight) {
  setCamera(camera_);
}

void WalkController::setCamera(const Camera& camera) {
  FlyController::setCamera(camera);
  setFloor(floor_);
}

void WalkController::setFloor(double floor) {
  floor_ = floor;
  camera_.eye.z = floor_ + eyeHeight_;
  update();
}

void WalkController::move(double forward, double right) {
  const core::Vec3 ahead = direction(azimuth_, 0), aside{ahead.y, -ahead.x, 0};
  camera_.eye = camera_.eye + forward * ahead + right * aside;
  update();
}

}  // namespace aula::scene
