// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <glm/mat4x4.hpp>
#include <glm/vec3.hpp>
#include <optional>

#include "core/vec3.h"
#include "render/layout/drawing.h"
#include "scene/bounds.h"
#include "scene/camera/camera.h"

namespace aula::render {

/// A camera that looks at the middle of a box and shows all of it in a rectangle of the picture, as large as
/// fits. Inside, lengths are normalised: the box's longest side is 2 and its middle the origin, so that
/// single precision does for metres as for nanometres.
class SpaceCamera {
 public:
  SpaceCamera(const Camera& camera, const scene::Bounds& box, const Rectangle& area, int width, int height);
  /// Any camera, whose viewport is the whole picture. What lies behind it is not projected.
  SpaceCamera(const scene::Camera& camera, const scene::Bounds& box, int width, int height);

  [[nodiscard]] glm::dvec3 worldFromMetres(const core::Vec3& point) const;
  /// From metres: translation and scaling.
  [[nodiscard]] const glm::dmat4& worldFromMetres() const { return worldFromMetres_; }
  [[nodiscard]] const glm::dmat4& clipFromWorld() const { return clipFromWorld_; }
  /// The same for the scene renderer: its picture of the whole width and height fits this one's.
  [[nodiscard]] const scene::Camera& sceneCamera() const { return sceneCamera_; }
  /// In pixels, with the depth that a depth buffer holds. Nothing for a point behind the camera.
  [[nodiscard]] std::optional<PixelPoint> project(const core::Vec3& point) const;
  /// Both ends of the part of a line that lies before the camera; nothing where there is none.
  [[nodiscard]] std::optional<std::array<PixelPoint, 2>> projectLine(const core::Vec3& a,
                                                                     const core::Vec3& b) const;
  /// From a point (normalised) towards the viewer; not of unit length.
  [[nodiscard]] glm::dvec3 towardsViewer(const glm::dvec3& point) const;
  [[nodiscard]] bool isPerspective() const { return isPerspective_; }
  /// The viewer's place, or the direction towards the viewer.
  [[nodiscard]] const glm::dvec3& eye() const { return eye_; }

 private:
  [[nodiscard]] PixelPoint pixelOf(const glm::dvec4& clip) const;
  bool isPerspective_;
  int width_, height_;
  glm::dmat4 worldFromMetres_{1}, clipFromWorld_{1};
  glm::dvec3 eye_{0, 0, 1};
  scene::Camera sceneCamera_;
};

}  // namespace aula::render
