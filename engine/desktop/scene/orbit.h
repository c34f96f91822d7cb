// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scene/camera/camera.h"
#include "scene/view/view.h"

namespace aula::desktop {

/// A camera that turns about a point: what a mouse does to a scene. Angles in degrees, z is up.
class Orbit {
 public:
  /// Everything in the frame in sight.
  void fit(const scene::Frame& frame);
  void turn(double azimuth, double elevation);
  /// By shares of the picture's height.
  void pan(double right, double up);
  void zoom(double factor);  ///< Below 1: closer.
  void setDirection(double azimuth, double elevation);
  [[nodiscard]] scene::Camera camera() const;
  [[nodiscard]] bool isFitted() const { return radius_ > 0; }
  [[nodiscard]] double azimuth() const { return azimuth_; }
  [[nodiscard]] double elevation() const { return elevation_; }

 private:
  core::Vec3 target_{};
  double radius_ = 0;  ///< Of the scene, m.
  double azimuth_ = -60, elevation_ = 24, distance_ = 1;
};

}  // namespace aula::desktop
