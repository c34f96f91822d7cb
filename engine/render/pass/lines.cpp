// SPDX-License-Identifier: Apache-2.0
#include "render/pass/lines.h"

#include <array>

#include "render/vulkan/commands.h"

namespace aula::render {
namespace {

constexpr std::uint32_t kVertex[] = {
#include <shaders/lines.vert.inc>
};
constexpr std::uint32_t kFragment[] = {
#include <shaders/lines.frag.inc>
};

static_assert(sizeof(LineVertex) == 32);

vulkan::PipelineShape shapeFor(const vulkan::TargetShape& target) {
  vulkan::PipelineShape shape;
  shape.vertexShader = kVertex;
  shape.fragmentShader = kFragment;
  shape.attributes = {VK_FORMAT_R32G32B32_SFLOAT, VK_FORMAT_R32G32B32A32_SFLOAT, VK_FORMAT_R8G8B8A8_UNORM};
  shape.pushBytes = 2 * sizeof(float);
  shape.blend = vulkan::Blend::straight;
  shape.depth = target.depth == VK_FORMAT_UNDEFINED ? vulkan::Depth::none : vulkan::Depth::testAndWrite;
  shape.target = target;
  return shape;
}

}  // namespace

LinesPass::LinesPass(const vulkan::Device& device, const vulkan::TargetShape& target)
    : pipeline_(device, shapeFor(target)) {}

void LinesPass::draw(const PassContext& context, const LineMesh& mesh) const {
  if (mesh.indices.empty()) return;
  const vulkan::UploadPiece vertices = context.frame.upload(std::span(mesh.vertices));
  const vulkan::UploadPiece indices = context.frame.upload(std::span(mesh.indices));
  const std::array clipPerPixel = {2.0F / static_cast<float>(context.width),
                                   2.0F / static_cast<float>(context.height)};
  vulkan::bind(context.commands, context.frame, context.device, pipeline_, {});
  vkCmdPushConstants(context.commands, pipeline_.layout(),
                     VK_SHADER_STAGE_VERTEX_BIT | VK_SHADER_STAGE_FRAGMENT_BIT, 0, sizeof(clipPerPixel),
                     clipPerPixel.data());
  vkCmdBindVertexBuffers(context.commands, 0, 1, &vertices.buffer, &vertices.offset);
  vkCmdBindIndexBuffer(context.commands, indices.buffer, indices.offset, VK_INDEX_TYPE_UINT32);
  vkCmdDrawIndexed(context.commands, static_cast<std::uint32_t>(mesh.indices.size()), 1, 0, 0, 0);
}

}  // namespace aula::render
