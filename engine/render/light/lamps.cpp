// SPDX-License-Identifier: Apache-2.0
#include "render/light/lamps.h"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>
#include <numbers>

#include "core/error.h"
#include "render/vulkan/commands.h"

namespace aula::render::light {
namespace {

constexpr std::size_t kMostLamps = 4;

}  // namespace

int shadowTexels(int height) {
  return std::clamp((height * 3 / 2 + 127) / 128 * 128, 512, 2048);
}

Lamps::Lamps(const SceneStyle& style, const stage::StageCamera& camera, const stage::StageBox& box,
             int texels)
    : texels_(texels) {
  if (style.lights.size() > kMostLamps) {
    throw core::inputError("A scene has " + std::to_string(style.lights.size()) + " lamps; at most " +
                           std::to_string(kMostLamps) + " are allowed.");
  }
  for (const Light& light : style.lights) {
    const double length = core::length(light.towards);
    if (!(length > 0) || !std::isfinite(length))
      throw core::inputError("A lamp's direction has no length; it must point from the scene to the lamp.");
    const core::Vec3 t = (1 / length) * light.towards;
    Lamp lamp;
    lamp.towards = {t.x, t.y, t.z};
    if (light.followsCamera) lamp.towards = glm::transpose(glm::mat3(camera.viewFromStage)) * lamp.towards;
    lamp.illuminance = static_cast<float>(light.illuminance) *
                       glm::vec3(light.colour.red, light.colour.green, light.colour.blue);
    lamp.tangent =
        static_cast<float>(std::tan(std::clamp(light.angularDiameter, 0.0, 60.0) * std::numbers::pi / 360));
    if (light.hasShadow && style.hasShadows) {
      lamp.map = static_cast<int>(cameras_.size());
      cameras_.push_back(stage::lampCamera(lamp.towards, box, texels));
    }
    lamps_.push_back(lamp);
  }
}

void Lamps::describe(shader::StageUniforms& uniforms) const {
  uniforms.counts.y = static_cast<int>(lamps_.size());
  uniforms.room.w = static_cast<int>(cameras_.size());
  for (std::size_t i = 0; i < lamps_.size(); ++i) {
    const Lamp& lamp = lamps_[i];
    uniforms.lightDirection[i] = {lamp.towards, static_cast<float>(lamp.map)};
    uniforms.lightColour[i] = {lamp.illuminance, lamp.tangent};
    if (lamp.map < 0) continue;
    // From clip space into this lamp's tile of the image.
    const auto maps = static_cast<float>(cameras_.size());
    const glm::mat4 tile = {{0.5F / maps, 0, 0, 0},
                            {0, 0.5F, 0, 0},
                            {0, 0, 1, 0},
                            {(static_cast<float>(lamp.map) + 0.5F) / maps, 0.5F, 0, 1}};
    uniforms.shadowFromStage[i] = tile * cameras_[static_cast<std::size_t>(lamp.map)].clipFromStage();
  }
}

graph::ImageId Lamps::addPass(graph::FrameGraph& graph, const stage::StageFrame& frame,
                              const shader::StageUniforms& uniforms,
                              const std::vector<std::unique_ptr<stage::StagePass>>& passes) {
  if (cameras_.empty()) return {};
  vulkan::ImageShape shape;
  shape.format = stage::kDepthFormat;
  shape.width = static_cast<std::uint32_t>(texels_) * static_cast<std::uint32_t>(cameras_.size());
  shape.height = static_cast<std::uint32_t>(texels_);
  const graph::ImageId maps = graph.image("shadow maps", shape);
  graph
      .pass("shadows",
            [this, &frame, &uniforms, &passes](const graph::PassResources& resources) {
              for (std::size_t i = 0; i < cameras_.size(); ++i) {
                const auto size = static_cast<float>(texels_);
                const VkViewport view{static_cast<float>(i) * size, 0, size, size, 0, 1};
                const VkRect2D scissor{
                    {static_cast<std::int32_t>(i) * texels_, 0},
                    {static_cast<std::uint32_t>(texels_), static_cast<std::uint32_t>(texels_)}};
                vkCmdSetViewport(resources.commands(), 0, 1, &view);
                vkCmdSetScissor(resources.commands(), 0, 1, &scissor);
                shader::StageUniforms own = uniforms;
                stage::setCamera(own, cameras_[i], cameras_[i].clipFromStage(), texels_, texels_);
                const vulkan::UploadPiece piece =
                    resources.frame().upload(std::span<const shader::StageUniforms>(&own, 1));
                const stage::StageDraw draw{frame, resources, piece, sizeof(own)};
                for (const auto& pass : passes) pass->drawShadow(draw);
              }
            })
      .depth(maps, graph::Load::clear);
  return maps;
}

}  // namespace aula::render::light
