// SPDX-License-Identifier: Apache-2.0
#include "desktop/scene/orbit.h"

#include <algorithm>
#include <cmath>

#include "scene/view/bounds.h"

namespace aula::desktop {
namespace {

constexpr double kRadian = 3.14159265358979323846 / 180;
/// Straight above, "up" would be lost.
constexpr double kSteepest = 89;
constexpr double kFieldOfView = 24;

}  // namespace

void Orbit::fit(const scene::Frame& frame) {
  const scene::Bounds bounds = scene::boundsOf(frame);
  if (bounds.isEmpty()) return;
  target_ = bounds.centre();
  radius_ = std::max(bounds.diagonal() / 2, 1e-12);
  // The ball about everything fills the picture's height.
  distance_ = 1 / std::sin(kFieldOfView / 2 * kRadian);
}

void Orbit::turn(double azimuth, double elevation) {
  azimuth_ = std::remainder(azimuth_ + azimuth, 360.0);
  elevation_ = std::clamp(elevation_ + elevation, -kSteepest, kSteepest);
}

void Orbit::setDirection(double azimuth, double elevation) {
  azimuth_ = azimuth;
  elevation_ = std::clamp(elevation, -kSteepest, kSteepest);
}

void Orbit::pan(double right, double up) {
  const double a = azimuth_ * kRadian, e = elevation_ * kRadian;
  // What is at the target moves by a share of what is seen there.
  const double reach = 2 * std::tan(kFieldOfView / 2 * kRadian) * distance_ * radius_;
  const core::Vec3 toRight{-std::sin(a), std::cos(a), 0};
  const core::Vec3 upwards{-std::sin(e) * std::cos(a), -std::sin(e) * std::sin(a), std::cos(e)};
  for (int i = 0; i < 3; ++i) target_[i] -= reach * (right * toRight[i] + up * upwards[i]);
}

void Orbit::zoom(double factor) {
  distance_ = std::clamp(distance_ * factor, 0.05, 100.0);
}

scene::Camera Orbit::camera() const {
  const double a = azimuth_ * kRadian, e = elevation_ * kRadian;
  const double d = distance_ * radius_;
  scene::Camera camera;
  camera.target = target_;
  camera.eye = {target_[0] + d * std::cos(e) * std::cos(a), target_[1] + d * std::cos(e) * std::sin(a),
                target_[2] + d * std::sin(e)};
  camera.fieldOfView = kFieldOfView;
  return camera;
}

}  // namespace aula::desktop
