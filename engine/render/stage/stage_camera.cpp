// SPDX-License-Identifier: Apache-2.0
#include "render/stage/stage_camera.h"

#include <algorithm>
#include <cmath>
#include <glm/ext/matrix_transform.hpp>
#include <glm/geometric.hpp>
#include <numbers>

#include "core/error.h"

namespace aula::render::stage {
namespace {

/// Reversed: 1 at `near`, 0 at `far`. View: z towards the viewer; clip: y down.
glm::mat4 perspective(double tangent, double aspect, double near, double far) {
  glm::mat4 m(0);
  m[0][0] = static_cast<float>(1 / (tangent * aspect));
  m[1][1] = static_cast<float>(-1 / tangent);
  m[2][2] = static_cast<float>(near / (far - near));
  m[2][3] = -1;
  m[3][2] = static_cast<float>(near * far / (far - near));
  return m;
}

glm::mat4 orthographic(double halfWidth, double halfHeight, double near, double far) {
  glm::mat4 m(0);
  m[0][0] = static_cast<float>(1 / halfWidth);
  m[1][1] = static_cast<float>(-1 / halfHeight);
  m[2][2] = static_cast<float>(1 / (far - near));
  m[3][2] = static_cast<float>(far / (far - near));
  m[3][3] = 1;
  return m;
}

/// Distances along the view between which the box lies.
struct Span {
  double nearest, farthest;
};
Span spanOf(const StageBox& box, const glm::vec3& eye, const glm::vec3& forward) {
  Span span{1e30, -1e30};
  for (int i = 0; i < 8; ++i) {
    const double d = glm::dot(box.corner(i) - eye, forward);
    span = {std::min(span.nearest, d), std::max(span.farthest, d)};
  }
  return span;
}

}  // namespace

StageCamera stageCamera(const scene::Camera& camera, const StageSpace& space, const StageBox& box, int width,
                        int height) {
  const core::Vec3 ahead = camera.target - camera.eye;
  const double distance = core::length(ahead);
  const double upLength = core::length(camera.up);
  if (!(distance > 0) || !std::isfinite(distance)) {
    throw core::inputError(
        "A camera looks at the point where it stands: its eye and its target must differ.");
  }
  if (!(camera.fieldOfView >= 0.1 && camera.fieldOfView <= 170)) {
    throw core::inputError("A camera's field of view is " + std::to_string(camera.fieldOfView) +
                           " degrees; allowed are 0.1 to 170.");
  }
  const core::Vec3 forward = (1 / distance) * ahead;
  if (!(upLength > 0) || core::length(core::cross(forward, (1 / upLength) * camera.up)) < 1e-6) {
    throw core::inputError("A camera's up direction lies along its view; it must point aside.");
  }
  StageCamera result;
  result.eye = space.point(camera.eye);
  result.forward = {forward.x, forward.y, forward.z};
  result.isPerspective = !camera.isOrthographic;
  const core::Vec3 up = (1 / upLength) * camera.up;
  result.viewFromStage = glm::lookAtRH(result.eye, result.eye + result.forward, glm::vec3(up.x, up.y, up.z));

  const double tangent = std::tan(camera.fieldOfView * std::numbers::pi / 360);
  const double aspect = static_cast<double>(width) / height;
  const Span span = spanOf(box, result.eye, result.forward);
  const double room = 0.05 * (span.farthest - span.nearest) + 0.01;
  double near = span.nearest - room, far = span.farthest + room;
  if (result.isPerspective) {
    // Floats lose nothing by a near plane close to the eye when depth is reversed.
    near = std::max(near, 1e-3 * std::clamp(space.scale * distance, 1e-3, 1.0));
    far = std::max(far, 2 * near);
  }
  if (camera.nearest > 0) near = space.scale * camera.nearest;
  if (camera.farthest > 0) far = space.scale * camera.farthest;
  if (!(far > near)) {
    throw core::inputError("A camera draws from " + std::to_string(camera.nearest) + " m to " +
                           std::to_string(camera.farthest) + " m; the first must be the smaller.");
  }
  const double halfHeight = space.scale * distance * tangent;
  result.clipFromView = result.isPerspective ? perspective(tangent, aspect, near, far)
                                             : orthographic(halfHeight * aspect, halfHeight, near, far);
  for (int column = 0; column < 4; ++column) {
    result.clipFromView[column][0] += static_cast<float>(camera.shiftX) * result.clipFromView[column][3];
    result.clipFromView[column][1] += static_cast<float>(camera.shiftY) * result.clipFromView[column][3];
  }
  result.pixelSize = static_cast<float>(2 * (result.isPerspective ? tangent : halfHeight) / height);
  return result;
}

StageCamera lampCamera(glm::vec3 towards, const StageBox& box, int texels) {
  StageCamera result;
  result.isPerspective = false;
  result.forward = -towards;
  const glm::vec3 up = std::abs(towards.z) < 0.9F ? glm::vec3(0, 0, 1) : glm::vec3(0, 1, 0);
  const glm::mat4 turned = glm::lookAtRH(glm::vec3(0), result.forward, up);
  glm::vec3 lower(1e30F), upper(-1e30F);
  for (int i = 0; i < 8; ++i) {
    const glm::vec3 p(turned * glm::vec4(box.corner(i), 1));
    lower = glm::min(lower, p);
    upper = glm::max(upper, p);
  }
  // Sides grow in steps and the middle sits on whole texels, so that a scene that breathes does not make its
  // shadows' edges crawl. A few texels are left at the sides for soft edges.
  const float side = std::ceil(1.06F * std::max(upper.x - lower.x, upper.y - lower.y) * 16 + 0.01F) / 16;
  const float texel = side / static_cast<float>(texels);
  glm::vec3 middle = 0.5F * (lower + upper);
  middle.x = texel * std::round(middle.x / texel);
  middle.y = texel * std::round(middle.y / texel);
  const float depth = 0.5F * (upper.z - lower.z) + 0.02F;
  result.viewFromStage =
      glm::translate(glm::mat4(1), -glm::vec3(middle.x, middle.y, middle.z + depth)) * turned;
  result.clipFromView = orthographic(side / 2, side / 2, 0, 2 * depth);
  result.eye = glm::vec3(glm::inverse(result.viewFromStage) * glm::vec4(0, 0, 0, 1));
  result.pixelSize = texel;
  return result;
}

glm::mat4 jittered(const glm::mat4& clipFromStage, glm::vec2 pixels, int width, int height) {
  glm::mat4 shift(1);
  shift[3][0] = 2 * pixels.x / static_cast<float>(width);
  shift[3][1] = 2 * pixels.y / static_cast<float>(height);
  return shift * clipFromStage;
}

}  // namespace aula::render::stage
