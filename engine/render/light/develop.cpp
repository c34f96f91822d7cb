// SPDX-License-Identifier: Apache-2.0
#include "render/light/develop.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <glm/vec4.hpp>

#include "render/stage/stage_pass.h"

namespace aula::render::light {
namespace {

constexpr std::uint32_t kDevelop[] = {
#include <shaders/develop.frag.inc>
};
constexpr std::uint32_t kAccumulate[] = {
#include <shaders/accumulate.frag.inc>
};

/// As in develop.frag.
struct Push {
  glm::vec4 background, options, empty;
};

float encoded(float linear) {
  const float v = std::clamp(linear, 0.0F, 1.0F);
  return v <= 0.0031308F ? 12.92F * v : 1.055F * std::pow(v, 1 / 2.4F) - 0.055F;
}

vulkan::PipelineShape developShape() {
  vulkan::PipelineShape shape;
  shape.fragmentShader = kDevelop;
  shape.bindings = imageBindings(false, 1);
  shape.pushBytes = sizeof(Push);
  shape.target.colour = kPictureFormat;
  shape.target.moreColours = {stage::kRadianceFormat};
  return shape;
}

vulkan::PipelineShape accumulateShape() {
  vulkan::PipelineShape shape;
  shape.fragmentShader = kAccumulate;
  shape.bindings = imageBindings(false, 1);
  shape.blend = vulkan::Blend::add;
  shape.target.colour = kSumFormat;
  return shape;
}

}  // namespace

Develop::Develop(const vulkan::Device& device)
    : linear_(device, VK_FILTER_LINEAR),
      nearest_(device, VK_FILTER_NEAREST),
      develop_(device, developShape()),
      accumulate_(device, accumulateShape()) {}

void Develop::add(graph::FrameGraph& graph, graph::ImageId radiance, float divisor, graph::ImageId picture,
                  graph::ImageId kept, const SceneStyle& style) {
  Push push{};
  push.background = {style.background.red, style.background.green, style.background.blue,
                     style.backgroundOpacity};
  push.options = {std::exp2(style.exposure), style.toneMapping == ToneMapping::filmic ? 0 : 1, divisor, 0};
  const float opacity = push.background.w;
  if (opacity > 0) {
    push.empty = {encoded(push.background.x), encoded(push.background.y), encoded(push.background.z),
                  opacity};
  }
  graph
      .pass("develop",
            [this, radiance, picture, push](const graph::PassResources& r) {
              const bool isSameSize = r.shape(radiance).width == r.shape(picture).width &&
                                      r.shape(radiance).height == r.shape(picture).height;
              const vulkan::Sampler& sampler = isSameSize ? nearest_ : linear_;
              develop_.draw(r, std::array{vulkan::Binding::of(r.view(radiance), sampler.handle())},
                            std::as_bytes(std::span(&push, 1)));
            })
      .colour(picture, graph::Load::discard)
      .colour(kept, graph::Load::discard)
      .uses(radiance, graph::Use::sampledFragment)
      .keeps();
}

void Develop::addSum(graph::FrameGraph& graph, graph::ImageId radiance, graph::ImageId sum, bool isFirst) {
  graph
      .pass("sum of samples",
            [this, radiance](const graph::PassResources& r) {
              accumulate_.draw(r, std::array{vulkan::Binding::of(r.view(radiance), nearest_.handle())});
            })
      .colour(sum, isFirst ? graph::Load::clear : graph::Load::keep)
      .uses(radiance, graph::Use::sampledFragment)
      .keeps();
}

}  // namespace aula::render::light
