// SPDX-License-Identifier: Apache-2.0
#include "render/light/occlusion.h"

#include <array>

namespace aula::render::light {
namespace {

constexpr std::uint32_t kLook[] = {
#include <shaders/occlusion.frag.inc>
};
constexpr std::uint32_t kSmooth[] = {
#include <shaders/occlusion_smooth.frag.inc>
};
constexpr VkFormat kVisibilityFormat = VK_FORMAT_R8_UNORM;

vulkan::PipelineShape shapeOf(std::span<const std::uint32_t> shader, std::size_t images) {
  vulkan::PipelineShape shape;
  shape.fragmentShader = shader;
  shape.bindings = imageBindings(true, images);
  shape.target.colour = kVisibilityFormat;
  return shape;
}

}  // namespace

Occlusion::Occlusion(const vulkan::Device& device)
    : nearest_(device, VK_FILTER_NEAREST),
      look_(device, shapeOf(kLook, 2)),
      smooth_(device, shapeOf(kSmooth, 3)) {}

graph::ImageId Occlusion::add(graph::FrameGraph& graph, const stage::StageFrame& frame,
                              const stage::StageImages& images, const vulkan::UploadPiece& uniforms,
                              VkDeviceSize uniformBytes) {
  vulkan::ImageShape shape;
  shape.format = kVisibilityFormat;
  shape.width = static_cast<std::uint32_t>(frame.width + 1) / 2;
  shape.height = static_cast<std::uint32_t>(frame.height + 1) / 2;
  const graph::ImageId rough = graph.image("visibility, rough", shape),
                       smooth = graph.image("visibility", shape);
  graph
      .pass("ambient occlusion",
            [this, &uniforms, uniformBytes, images](const graph::PassResources& r) {
              look_.draw(r, std::array{vulkan::Binding::of(uniforms, uniformBytes),
                                       vulkan::Binding::of(r.view(images.depth), nearest_.handle()),
                                       vulkan::Binding::of(r.view(images.normal), nearest_.handle())});
            })
      .colour(rough, graph::Load::discard)
      .uses(images.depth, graph::Use::sampledFragment)
      .uses(images.normal, graph::Use::sampledFragment);
  graph
      .pass("occlusion smoothed",
            [this, &uniforms, uniformBytes, images, rough](const graph::PassResources& r) {
              smooth_.draw(r, std::array{vulkan::Binding::of(uniforms, uniformBytes),
                                         vulkan::Binding::of(r.view(rough), nearest_.handle()),
                                         vulkan::Binding::of(r.view(images.depth), nearest_.handle()),
                                         vulkan::Binding::of(r.view(images.normal), nearest_.handle())});
            })
      .colour(smooth, graph::Load::discard)
      .uses(rough, graph::Use::sampledFragment)
      .uses(images.depth, graph::Use::sampledFragment)
      .uses(images.normal, graph::Use::sampledFragment);
  return smooth;
}

}  // namespace aula::render::light
