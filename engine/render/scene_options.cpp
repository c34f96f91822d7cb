// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "render/scene_renderer.h"
#include "scene/view/bounds.h"

namespace aula::render {

double upscaleRatio(UpscaleMode mode) {
  switch (mode) {
    case UpscaleMode::native:
      return 1;
    case UpscaleMode::quality:
      return 1.5;
    case UpscaleMode::balanced:
      return 1.7;
    case UpscaleMode::performance:
      return 2;
    case UpscaleMode::ultraPerformance:
      return 3;
  }
  return 1;
}

const char* upscaleModeName(UpscaleMode mode) {
  switch (mode) {
    case UpscaleMode::native:
      return "native";
    case UpscaleMode::quality:
      return "quality";
    case UpscaleMode::balanced:
      return "balanced";
    case UpscaleMode::performance:
      return "performance";
    case UpscaleMode::ultraPerformance:
      return "ultra-performance";
  }
  return "native";
}

scene::Camera cameraFor(const scene::Frame& frame) {
  return cameraFor(frame, frame.stance.azimuth, frame.stance.elevation);
}

scene::Camera cameraFor(const scene::Frame& frame, double azimuth, double elevation, double fieldOfView) {
  constexpr double kDegree = 3.14159265358979323846 / 180;
  /// Sides of the narrowest picture that everything fits into, and the air left around.
  constexpr double kAspect = 1.5, kAir = 1.06;
  scene::Bounds bounds = scene::boundsOf(frame);
  if (bounds.isEmpty()) bounds = {{-1, -1, -1}, {1, 1, 1}};
  if (bounds.diagonal() == 0) bounds = bounds.grown(1e-9);
  const double a = azimuth * kDegree, e = elevation * kDegree;
  const core::Vec3 outwards{std::cos(e) * std::cos(a), std::cos(e) * std::sin(a), std::sin(e)};
  scene::Camera camera;
  camera.fieldOfView = fieldOfView;
  camera.target = bounds.centre();
  // Square to the view, so that it exists also straight from above.
  camera.up = {-std::sin(e) * std::cos(a), -std::sin(e) * std::sin(a), std::cos(e)};
  const core::Vec3 right = core::cross(camera.up, outwards);
  const double tangent = std::tan(fieldOfView * kDegree / 2);
  // As near as all corners of the box allow.
  double distance = 0;
  for (int i = 0; i < 8; ++i) {
    const core::Vec3 p = bounds.corner(i) - camera.target;
    const double aside = std::max(std::abs(core::dot(p, camera.up)), std::abs(core::dot(p, right)) / kAspect);
    distance = std::max(distance, core::dot(p, outwards) + kAir * aside / tangent);
  }
  camera.eye = camera.target + distance * outwards;
  return camera;
}

}  // namespace aula::render
