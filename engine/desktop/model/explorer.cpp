// SPDX-License-Identifier: Apache-2.0
#include "desktop/model/explorer.h"

#include <algorithm>
#include <cmath>

namespace aula::desktop {
namespace {

/// Kept free around what is seen, in sizes of the numbers that stand there.
constexpr double kMargin = 8;
/// The scene's diagonals a second; a wheel's step goes as far as a quarter of a second.
constexpr double kSpeed = 0.3, kFastFactor = 3, kSecondsAStep = 0.25;
/// m, and heights of scenes in which a person of that size can stand; in others eyes are at this share.
constexpr double kEyeHeight = 1.65, kLowestRoom = 2, kHighestRoom = 200, kEyeShare = 0.45;

}  // namespace

void Explorer::look(const scene::Camera& along, const scene::Bounds& bounds, const scene::Viewport& viewport,
                    double barShare, double textSize, bool isSmooth) {
  bounds_ = bounds;
  const double share = std::clamp(barShare, 0.0, 0.5);
  scene::Camera to = along;
  const scene::Viewport room{viewport.width * (1 - share), viewport.height};
  to =
      scene::fitted(to, bounds, room, std::min(0.15, kMargin * textSize / std::min(room.width, room.height)));
  // In the middle of what the bar leaves.
  to.shiftX = -share;
  to.shiftY = 0;
  if (mode_ == CameraMode::walk) mode_ = CameraMode::orbit;  // A viewpoint may hang in the air.
  if (!isSmooth) {
    isMoving_ = false;
    setCamera(to);
    return;
  }
  transition_.from = camera();
  transition_.from.shiftX = to.shiftX;
  transition_.to = to;
  elapsed_ = 0;
  isMoving_ = true;
}

void Explorer::approach(const scene::Bounds& bounds, const scene::Viewport& viewport, double air) {
  if (bounds.isEmpty()) return;
  if (mode_ == CameraMode::walk) mode_ = CameraMode::orbit;
  scene::Camera to = camera();
  const core::Vec3 forward = scene::axesOf(to).forward;
  to.target = bounds.centre();
  to.eye = to.target - forward;
  transition_.from = camera();
  transition_.to = scene::fitted(to, bounds.grown(air * bounds.diagonal()), viewport);
  transition_.to.shiftX = transition_.from.shiftX;
  elapsed_ = 0;
  isMoving_ = true;
}

void Explorer::setMode(CameraMode mode) {
  const scene::Camera now = camera();
  isMoving_ = false;
  mode_ = mode;
  if (mode == CameraMode::walk) {
    const double height = bounds_.isEmpty() ? 0 : bounds_.size().z;
    const bool isRoom = height >= kLowestRoom && height <= kHighestRoom;
    walk_ = scene::WalkController(bounds_.isEmpty() ? 0 : bounds_.lower.z, isRoom       ? kEyeHeight
                                                                           : height > 0 ? kEyeShare * height
                                                                                        : kEyeHeight);
  }
  scene::Camera start = now;
  // Looking on around a point: the middle of the scene, where that lies ahead.
  if (mode == CameraMode::orbit && !bounds_.isEmpty()) {
    const core::Vec3 ahead = scene::axesOf(now).forward;
    const double depth = core::dot(bounds_.centre() - now.eye, ahead);
    if (depth > 0) start.target = now.eye + depth * ahead;
  }
  setCamera(start);
}

const scene::Camera& Explorer::camera() const {
  switch (mode_) {
    case CameraMode::fly:
      return fly_.camera();
    case CameraMode::walk:
      return walk_.camera();
    case CameraMode::orbit:
      break;
  }
  return orbit_.camera();
}

void Explorer::setCamera(const scene::Camera& camera) {
  switch (mode_) {
    case CameraMode::fly:
      fly_.setCamera(camera);
      break;
    case CameraMode::walk:
      walk_.setCamera(camera);
      break;
    case CameraMode::orbit:
      orbit_.setCamera(camera);
      break;
  }
}

double Explorer::metresPerSecond() const {
  return kSpeed * (bounds_.isEmpty() || bounds_.diagonal() == 0 ? 1 : bounds_.diagonal());
}

void Explorer::advance(double seconds, const Steering& steering) {
  if (isMoving_) {
    elapsed_ += seconds;
    setCamera(transition_.at(elapsed_));
    isMoving_ = !transition_.isOver(elapsed_);
  }
  if (mode_ == CameraMode::orbit || !steering.isAny()) return;
  isMoving_ = false;
  const double way = metresPerSecond() * seconds * (steering.isFast ? kFastFactor : 1);
  if (mode_ == CameraMode::fly)
    fly_.move(way * steering.forward, way * steering.right, way * steering.up);
  else
    walk_.move(way * steering.forward, way * steering.right);
}

void Explorer::drag(double dx, double dy, bool isPanning, const scene::Viewport& viewport) {
  if (dx == 0 && dy == 0) return;
  isMoving_ = false;
  if (mode_ == CameraMode::orbit) {
    isPanning ? orbit_.pan(dx, dy, viewport) : orbit_.drag(dx, dy, viewport);
  } else if (mode_ == CameraMode::fly) {
    // Sideways by as much as what is at the target's depth follows the pointer.
    const double perPixel = 2 * scene::halfHeightAtTarget(fly_.camera()) / viewport.height;
    isPanning ? fly_.move(0, -perPixel * dx, perPixel * dy) : fly_.look(dx, dy, viewport);
  } else {
    walk_.look(dx, dy, viewport);
  }
}

void Explorer::zoom(double steps, double x, double y, const scene::Viewport& viewport) {
  isMoving_ = false;
  const double way = steps * metresPerSecond() * kSecondsAStep;
  if (mode_ == CameraMode::orbit)
    orbit_.zoom(steps, x, y, viewport);
  else if (mode_ == CameraMode::fly)
    fly_.move(way, 0, 0);
  else
    walk_.move(way, 0);
}

void Explorer::lookAt(core::Vec3 point) {
  if (mode_ == CameraMode::orbit) orbit_.lookAt(point);
}

}  // namespace aula::desktop
