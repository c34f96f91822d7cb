// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scene/camera/projection.h"

/// What hands do to a camera. Plain numbers in, a camera out: no clock, no inertia, no device; movements in
/// pixels are those of the pointer since the last call (y down). z is up; none of them ever rolls or flips.
namespace aula::scene {

/// Around a point: for looking at things.
class OrbitController {
 public:
  OrbitController() { setCamera({}); }
  /// Starts from there; roll is taken out.
  void setCamera(const Camera& camera);
  [[nodiscard]] const Camera& camera() const { return camera_; }

  /// Turns as if the pointer held the front of what is looked at; a drag over the picture's height is half a
  /// turn. Straight above and below is as far as it goes.
  void drag(double dx, double dy, const Viewport& viewport);
  /// Nearer by a tenth a step (negative: away); what lies under the pointer in the target's depth stays
  /// there.
  void zoom(double steps, double x, double y, const Viewport& viewport);
  /// Moves so that what lies under the pointer in the target's depth follows it.
  void pan(double dx, double dy, const Viewport& viewport);
  /// Around another point from now on, without moving the picture's direction or distance.
  void lookAt(core::Vec3 target);
  /// Zooming ends there, m.
  void setDistances(double nearest, double farthest);

 private:
  void update();

  Camera camera_;
  double azimuth_ = 0, elevation_ = 0;  ///< Radians, of the eye seen from the target; from +x towards +y.
  double distance_ = 1, nearest_ = 1e-12, farthest_ = 1e12;
};

/// Through the air: for getting inside.
class FlyController {
 public:
  FlyController() { setCamera({}); }
  void setCamera(const Camera& camera);
  [[nodiscard]] const Camera& camera() const { return camera_; }

  /// Turns the head: a drag over the picture's height turns by the field of view.
  void look(double dx, double dy, const Viewport& viewport);
  /// Metres along the view, to the right and upwards of the picture.
  void move(double forward, double right, double up);

 protected:
  void update();

  Camera camera_;
  double azimuth_ = 0, elevation_ = 0;  ///< Radians, of the view.
  double distance_ = 1;                 ///< m to the target, kept.
};

/// On a level floor, eyes at a height: for walking around.
class WalkController : private FlyController {
 public:
  /// `floor`: z of the floor, m.
  explicit WalkController(double floor = 0, double eyeHeight = 1.65);
  /// Stands where the camera is and looks where it looks, eyes at their own height.
  void setCamera(const Camera& camera);
  using FlyController::camera;
  using FlyController::look;
  /// Metres where one looks, and to the right; level, however far up or down one looks.
  void move(double forward, double right);
  void setFloor(double floor);

 private:
  double floor_, eyeHeight_;
};

}  // namespace aula::scene
