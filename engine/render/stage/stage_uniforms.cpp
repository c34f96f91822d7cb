// SPDX-License-Identifier: Apache-2.0
#include "render/stage/stage_uniforms.h"

#include <cmath>
#include <glm/matrix.hpp>

#include "core/error.h"

namespace aula::render::stage {
namespace {

constexpr std::size_t kMostClips = 6;

}  // namespace

void setCamera(shader::StageUniforms& u, const StageCamera& camera, const glm::mat4& drawn, int width,
               int height) {
  u.clipFromStage = drawn;
  u.stageFromClip = glm::mat4(glm::inverse(glm::dmat4(drawn)));
  u.steadyClipFromStage = camera.clipFromStage();
  u.viewFromStage = camera.viewFromStage;
  u.eye = {camera.eye, camera.isPerspective ? 1 : 0};
  u.forward = {camera.forward, camera.pixelSize};
  u.size = {width, height, 1.0F / static_cast<float>(width), 1.0F / static_cast<float>(height)};
}

void setClips(shader::StageUniforms& u, const scene::Frame& frame, const StageSpace& space) {
  if (frame.clips.size() > kMostClips) {
    throw core::inputError("A frame has " + std::to_string(frame.clips.size()) + " clip planes; at most " +
                           std::to_string(kMostClips) + " are allowed.");
  }
  u.counts.x = static_cast<int>(frame.clips.size());
  for (std::size_t i = 0; i < frame.clips.size(); ++i) {
    const scene::ClipPlane& plane = frame.clips[i];
    const double length = core::length(plane.normal);
    if (!(length > 0) || !std::isfinite(length) || !std::isfinite(plane.offset))
      throw core::inputError("A clip plane's normal has no length, or its offset is no number.");
    const core::Vec3 n = (1 / length) * plane.normal;
    // n . (p / s + c) >= offset
    u.clips[i] = {n.x, n.y, n.z, space.scale * (core::dot(n, space.centre) - plane.offset / length)};
  }
}

void setStyle(shader::StageUniforms& u, const SceneStyle& style) {
  u.ambient = {style.environment, std::exp2(style.exposure), style.occlusionRadius, style.volumeDensity};
  u.counts.w = style.toneMapping == ToneMapping::filmic ? 0 : 1;
  u.room.x = style.surroundings == Surroundings::studio ? 0 : 1;
}

}  // namespace aula::render::stage
