// SPDX-License-Identifier: Apache-2.0
#include "render/pass/text.h"

#include <array>

#include "render/vulkan/commands.h"

namespace aula::render {
namespace {

constexpr std::uint32_t kVertex[] = {
#include <shaders/text.vert.inc>
};
constexpr std::uint32_t kFragment[] = {
#include <shaders/text.frag.inc>
};

static_assert(sizeof(TextVertex) == 20);

vulkan::PipelineShape textShape() {
  vulkan::PipelineShape shape;
  shape.vertexShader = kVertex;
  shape.fragmentShader = kFragment;
  shape.attributes = {VK_FORMAT_R32G32_SFLOAT, VK_FORMAT_R32G32_SFLOAT, VK_FORMAT_R8G8B8A8_UNORM};
  shape.bindings = {VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER};
  shape.pushBytes = 2 * sizeof(float);
  shape.blend = vulkan::Blend::straight;
  shape.target = kFlatTarget;
  return shape;
}

}  // namespace

TextPass::TextPass(const vulkan::Device& device)
    : pipeline_(device, textShape()), sampler_(device, VK_FILTER_NEAREST) {}

void TextPass::prepare(const PassContext& context, const GlyphAtlas& atlas) {
  if (atlas_ && version_ == atlas.version()) return;
  vulkan::ImageShape shape;
  shape.format = VK_FORMAT_R8_UNORM;
  shape.width = GlyphAtlas::kWidth;
  shape.height = static_cast<std::uint32_t>(atlas.height());
  shape.usage = VK_IMAGE_USAGE_SAMPLED_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT;
  uploadTexture(context, ensureShape(context.device, atlas_, shape),
                std::as_bytes(std::span(atlas.texels())));
  version_ = atlas.version();
}

void TextPass::draw(const PassContext& context, const TextMesh& mesh) const {
  if (mesh.vertices.empty()) return;
  const vulkan::UploadPiece vertices = context.frame.upload(std::span(mesh.vertices));
  const std::array clipPerPixel = {2.0F / static_cast<float>(context.width),
                                   2.0F / static_cast<float>(context.height)};
  const std::array bindings = {vulkan::Binding{nullptr, 0, atlas_.get(), sampler_.handle()}};
  vulkan::bind(context.commands, context.frame, context.device, pipeline_, bindings);
  vkCmdPushConstants(context.commands, pipeline_.layout(),
                     VK_SHADER_STAGE_VERTEX_BIT | VK_SHADER_STAGE_FRAGMENT_BIT, 0, sizeof(clipPerPixel),
                     clipPerPixel.data());
  vkCmdBindVertexBuffers(context.commands, 0, 1, &vertices.buffer, &vertices.offset);
  vkCmdDraw(context.commands, static_cast<std::uint32_t>(mesh.vertices.size()), 1, 0, 0);
}

}  // namespace aula::render
