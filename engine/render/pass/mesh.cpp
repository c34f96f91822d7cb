// SPDX-License-Identifier: Apache-2.0
#include "render/pass/mesh.h"

#include <cstring>

#include "render/vulkan/commands.h"

namespace aula::render {
namespace {

constexpr std::uint32_t kVertex[] = {
#include <shaders/mesh.vert.inc>
};
constexpr std::uint32_t kFragment[] = {
#include <shaders/mesh.frag.inc>
};

/// As in mesh.vert.
struct Push {
  glm::mat4 clipFromWorld;
  float colour[4];
  float eye[4];
};
static_assert(sizeof(Push) == 96);

vulkan::PipelineShape meshShape(bool isOpaque) {
  vulkan::PipelineShape shape;
  shape.vertexShader = kVertex;
  shape.fragmentShader = kFragment;
  shape.attributes = {VK_FORMAT_R32G32B32_SFLOAT, VK_FORMAT_R32G32B32_SFLOAT};
  shape.pushBytes = sizeof(Push);
  shape.blend = isOpaque ? vulkan::Blend::none : vulkan::Blend::straight;
  shape.depth = isOpaque ? vulkan::Depth::testAndWrite : vulkan::Depth::test;
  shape.target = kSpaceTarget;
  return shape;
}

}  // namespace

MeshPass::MeshPass(const vulkan::Device& device)
    : opaque_(device, meshShape(true)), transparent_(device, meshShape(false)) {}

void MeshPass::draw(const PassContext& context, const Space& space) const {
  for (const MeshItem& mesh : space.meshes) {
    if (mesh.indices.empty()) continue;
    const vulkan::Pipeline& pipeline = mesh.colour[3] >= 1 ? opaque_ : transparent_;
    const vulkan::UploadPiece vertices = context.frame.upload(std::span(mesh.vertices));
    const vulkan::UploadPiece indices = context.frame.upload(std::span(mesh.indices));
    Push push{};
    push.clipFromWorld = space.clipFromWorld;
    std::memcpy(push.colour, mesh.colour, sizeof(push.colour));
    std::memcpy(push.eye, space.eye, sizeof(push.eye));
    vulkan::bind(context.commands, context.frame, context.device, pipeline, {});
    vkCmdPushConstants(context.commands, pipeline.layout(),
                       VK_SHADER_STAGE_VERTEX_BIT | VK_SHADER_STAGE_FRAGMENT_BIT, 0, sizeof(push), &push);
    vkCmdBindVertexBuffers(context.commands, 0, 1, &vertices.buffer, &vertices.offset);
    vkCmdBindIndexBuffer(context.commands, indices.buffer, indices.offset, VK_INDEX_TYPE_UINT32);
    vkCmdDrawIndexed(context.commands, static_cast<std::uint32_t>(mesh.indices.size()), 1, 0, 0, 0);
  }
}

}  // namespace aula::render
