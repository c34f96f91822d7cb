// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scene/bounds.h"
#include "scene/camera/controllers.h"
#include "scene/camera/viewpoints.h"

namespace aula::desktop {

enum class CameraMode { orbit, fly, walk };

/// What is held down to move, each from -1 to 1.
struct Steering {
  double forward = 0, right = 0, up = 0;
  bool isFast = false;
  [[nodiscard]] bool isAny() const { return forward != 0 || right != 0 || up != 0; }
};

/// Where a space is looked at from: around it, through it or walking in it, and the ways between named
/// viewpoints. Pixels are those of the scene's picture. No clock of its own.
class Explorer {
 public:
  /// The way `along` looks, all of `bounds` in sight. `barShare`: part of the picture's width, at its right,
  /// that is left to the colour bar; `textSize`: of the numbers around it, pixels. `isSmooth`: on a way from
  /// where one is.
  void look(const scene::Camera& along, const scene::Bounds& bounds, const scene::Viewport& viewport,
            double barShare, double textSize, bool isSmooth);
  /// Closer, or further off, on the way from the middle of `bounds` to the camera, until they fill the view
  /// with so much air around, in their diagonals.
  void approach(const scene::Bounds& bounds, const scene::Viewport& viewport, double air);
  void setMode(CameraMode mode);
  [[nodiscard]] CameraMode mode() const { return mode_; }
  [[nodiscard]] const scene::Camera& camera() const;
  /// On the way to a viewpoint.
  [[nodiscard]] bool isMoving() const { return isMoving_; }
  /// Time has passed: goes on towards a viewpoint and where it is steered.
  void advance(double seconds, const Steering& steering);
  /// The pointer was moved with its button down: turns, or moves sideways where `isPanning`.
  void drag(double dx, double dy, bool isPanning, const scene::Viewport& viewport);
  /// Nearer, to the point of the picture given.
  void zoom(double steps, double x, double y, const scene::Viewport& viewport);
  /// Turns about this point from now on (orbit).
  void lookAt(core::Vec3 point);

 private:
  void setCamera(const scene::Camera& camera);
  [[nodiscard]] double metresPerSecond() const;

  CameraMode mode_ = CameraMode::orbit;
  scene::OrbitController orbit_;
  scene::FlyController fly_;
  scene::WalkController walk_;
  scene::Bounds bounds_;
  scene::Transition transition_;
  double elapsed_ = 0;
  bool isMoving_ = false;
};

}  // namespace aula::desktop
