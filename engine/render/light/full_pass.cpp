// SPDX-License-Identifier: Apache-2.0
#include "render/light/full_pass.h"

#include "render/vulkan/device.h"

namespace aula::render::light {
namespace {

constexpr std::uint32_t kVertex[] = {
#include <shaders/full.vert.inc>
};

vulkan::PipelineShape completed(vulkan::PipelineShape shape) {
  shape.vertexShader = kVertex;
  return shape;
}

}  // namespace

FullPass::FullPass(const vulkan::Device& device, vulkan::PipelineShape shape)
    : device_(device), pipeline_(device, completed(std::move(shape))) {}

void FullPass::draw(const graph::PassResources& resources, std::span<const vulkan::Binding> bindings,
                    std::span<const std::byte> push) const {
  VkCommandBuffer commands = resources.commands();
  vulkan::bind(commands, resources.frame(), device_, pipeline_, bindings);
  if (!push.empty()) {
    vkCmdPushConstants(commands, pipeline_.layout(),
                       VK_SHADER_STAGE_VERTEX_BIT | VK_SHADER_STAGE_FRAGMENT_BIT, 0,
                       static_cast<std::uint32_t>(push.size()), push.data());
  }
  vkCmdDraw(commands, 3, 1, 0, 0);
}

std::vector<VkDescriptorType> imageBindings(bool hasStage, std::size_t images) {
  std::vector<VkDescriptorType> bindings;
  if (hasStage) bindings.push_back(VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER);
  bindings.insert(bindings.end(), images, VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER);
  return bindings;
}

}  // namespace aula::render::light
