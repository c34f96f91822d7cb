// SPDX-License-Identifier: Apache-2.0
#include "render/layout/camera.h"

#include <algorithm>
#include <cmath>
#include <glm/common.hpp>
#include <glm/geometric.hpp>
#include <glm/gtc/matrix_transform.hpp>
#include <limits>
#include <numbers>

#include "scene/camera/projection.h"

namespace aula::render {

namespace {

/// Of what a free camera sees, in half sides of the box.
constexpr double kNearest = 1e-3, kFarthest = 1e3;

double longestSide(const scene::Bounds& box) {
  const core::Vec3 size = box.size();
  return std::max({size.x, size.y, size.z});
}

}  // namespace

SpaceCamera::SpaceCamera(const Camera& camera, const scene::Bounds& box, const Rectangle& area, int width,
                         int height)
    : isPerspective_(camera.projection == Projection::perspective), width_(width), height_(height) {
  const core::Vec3 middle = 0.5 * (box.lower + box.upper);
  const double scale = 2 / longestSide(box);
  worldFromMetres_ = glm::scale(glm::dmat4(1), glm::dvec3(scale));
  worldFromMetres_ = glm::translate(worldFromMetres_, glm::dvec3(-middle.x, -middle.y, -middle.z));

  const double azimuth = camera.azimuth * std::numbers::pi / 180,
               elevation = camera.elevation * std::numbers::pi / 180;
  const glm::dvec3 outwards(std::cos(elevation) * std::cos(azimuth), std::cos(elevation) * std::sin(azimuth),
                            std::sin(elevation));
  // The tangent upwards: it exists also where one looks straight down.
  const glm::dvec3 up(-std::sin(elevation) * std::cos(azimuth), -std::sin(elevation) * std::sin(azimuth),
                      std::cos(elevation));
  const double radius = 0.5 * scale * core::length(box.upper - box.lower);
  const double angle = std::clamp(camera.fieldOfView, 1.0, 120.0) * std::numbers::pi / 180;
  const double distance = isPerspective_ ? radius / std::sin(angle / 2) : 2 * radius;
  const glm::dmat4 view = glm::lookAtRH(distance * outwards, glm::dvec3(0), up);
  const double near = distance - 1.05 * radius, far = distance + 1.05 * radius;
  const glm::dmat4 projection = isPerspective_ ? glm::perspectiveRH_ZO(angle, 1.0, near, far)
                                               : glm::orthoRH_ZO(-1.0, 1.0, -1.0, 1.0, near, far);
  eye_ = isPerspective_ ? distance * outwards : outwards;

  // Shift and enlarge what was projected until the box's corners just touch the rectangle.
  const glm::dmat4 projected = projection * view;
  double left = 1e300, right = -1e300, bottom = 1e300, top = -1e300;
  for (int i = 0; i < 8; ++i) {
    const glm::dvec4 clip = projected * glm::dvec4(worldFromMetres(box.corner(i)), 1);
    left = std::min(left, clip.x / clip.w);
    right = std::max(right, clip.x / clip.w);
    bottom = std::min(bottom, clip.y / clip.w);
    top = std::max(top, clip.y / clip.w);
  }
  const double pixelsPerUnit = std::min(area.width / (right - left), area.height / (top - bottom));
  const double scaleX = 2 * pixelsPerUnit / width,
               scaleY = -2 * pixelsPerUnit / height;  // Vulkan's y points down.
  const double middleX = 2 * (area.left + area.width / 2) / width - 1,
               middleY = 2 * (area.top + area.height / 2) / height - 1;
  glm::dmat4 fit(1);
  fit[0][0] = scaleX;
  fit[1][1] = scaleY;
  fit[3][0] = middleX - scaleX * (left + right) / 2;
  fit[3][1] = middleY - scaleY * (top + bottom) / 2;
  clipFromWorld_ = fit * projected;

  const core::Vec3 metres = (distance / scale) * core::Vec3{outwards.x, outwards.y, outwards.z};
  sceneCamera_.eye = middle + metres;
  sceneCamera_.target = middle;
  sceneCamera_.up = {up.x, up.y, up.z};
  sceneCamera_.isOrthographic = !isPerspective_;
  // Half the picture's height over the distance of what is seen in it.
  const double slope = isPerspective_ ? std::tan(angle / 2) / -scaleY : 1 / (-scaleY * distance);
  sceneCamera_.fieldOfView = 2 * std::atan(slope) * 180 / std::numbers::pi;
  sceneCamera_.shiftX = fit[3][0];
  sceneCamera_.shiftY = fit[3][1];
}

SpaceCamera::SpaceCamera(const scene::Camera& camera, const scene::Bounds& box, int width, int height)
    : isPerspective_(!camera.isOrthographic), width_(width), height_(height), sceneCamera_(camera) {
  const core::Vec3 middle = 0.5 * (box.lower + box.upper);
  const double scale = 2 / longestSide(box);
  worldFromMetres_ = glm::scale(glm::dmat4(1), glm::dvec3(scale));
  worldFromMetres_ = glm::translate(worldFromMetres_, glm::dvec3(-middle.x, -middle.y, -middle.z));
  const scene::CameraAxes axes = scene::axesOf(camera);
  const auto vector = [](const core::Vec3& v) { return glm::dvec3(v.x, v.y, v.z); };
  const glm::dvec3 eye = worldFromMetres(camera.eye);
  const glm::dmat4 view = glm::lookAtRH(eye, eye + vector(axes.forward), vector(axes.up));
  const double half = scene::halfHeightAtTarget(camera) * scale;
  const double distance = core::length(camera.target - camera.eye) * scale;
  const double aspect = static_cast<double>(width) / height;
  glm::dmat4 fit(1);
  fit[1][1] = -1;  // Vulkan's y points down.
  fit[3][0] = camera.shiftX;
  fit[3][1] = camera.shiftY;
  clipFromWorld_ =
      fit *
      (isPerspective_ ? glm::perspectiveRH_ZO(2 * std::atan2(half, distance), aspect, kNearest, kFarthest)
                      : glm::orthoRH_ZO(-half * aspect, half * aspect, -half, half, -kFarthest, kFarthest)) *
      view;
  eye_ = isPerspective_ ? eye : -vector(axes.forward);
}

glm::dvec3 SpaceCamera::worldFromMetres(const core::Vec3& point) const {
  return glm::dvec3(worldFromMetres_ * glm::dvec4(point.x, point.y, point.z, 1));
}

std::optional<PixelPoint> SpaceCamera::project(const core::Vec3& point) const {
  const glm::dvec4 clip = clipFromWorld_ * glm::dvec4(worldFromMetres(point), 1);
  if (clip.w <= 0) return std::nullopt;
  return pixelOf(clip);
}

PixelPoint SpaceCamera::pixelOf(const glm::dvec4& clip) const {
  return {(clip.x / clip.w + 1) / 2 * width_, (clip.y / clip.w + 1) / 2 * height_, clip.z / clip.w};
}

std::optional<std::array<PixelPoint, 2>> SpaceCamera::projectLine(const core::Vec3& a,
                                                                  const core::Vec3& b) const {
  glm::dvec4 p = clipFromWorld_ * glm::dvec4(worldFromMetres(a), 1),
             q = clipFromWorld_ * glm::dvec4(worldFromMetres(b), 1);
  if (p.w < kNearest && q.w < kNearest) return std::nullopt;
  // Projection is linear before the division: the end behind the camera moves up to where it begins to see.
  if (p.w < kNearest) p = glm::mix(p, q, (kNearest - p.w) / (q.w - p.w));
  if (q.w < kNearest) q = glm::mix(q, p, (kNearest - q.w) / (p.w - q.w));
  return std::array{pixelOf(p), pixelOf(q)};
}

glm::dvec3 SpaceCamera::towardsViewer(const glm::dvec3& point) const {
  return isPerspective_ ? eye_ - point : eye_;
}

}  // namespace aula::render
