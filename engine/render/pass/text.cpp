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

constexpr std::uint32_t kFieldVertex[] = {
#include <shaders/field_text.vert.inc>
};
constexpr std::uint32_t kFieldFragment[] = {
#include <shaders/field_text.frag.inc>
};

static_assert(sizeof(TextVertex) == 20);
static_assert(sizeof(FieldVertex) == 28);

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

vulkan::PipelineShape fieldShape() {
  vulkan::PipelineShape shape = textShape();
  shape.vertexShader = kFieldVertex;
  shape.fragmentShader = kFieldFragment;
  shape.attributes = {VK_FORMAT_R32G32_SFLOAT, VK_FORMAT_R32G32_SFLOAT, VK_FORMAT_R32_SFLOAT,
                      VK_FORMAT_R8G8B8A8_UNORM, VK_FORMAT_R8G8B8A8_UNORM};
  shape.blend = vulkan::Blend::premultiplied;
  return shape;
}

template <class Vertex>
void drawGlyphs(const PassContext& context, const vulkan::Pipeline& pipeline,
                const vulkan::DeviceImage& atlas, const vulkan::Sampler& sampler,
                const std::vector<Vertex>& glyphs) {
  const vulkan::UploadPiece vertices = context.frame.upload(std::span(glyphs));
  const std::array clipPerPixel = {2.0F / static_cast<float>(context.width),
                                   2.0F / static_cast<float>(context.height)};
  const std::array bindings = {vulkan::Binding::of(atlas.view(), sampler.handle())};
  vulkan::bind(context.commands, context.frame, context.device, pipeline, bindings);
  vkCmdPushConstants(context.commands, pipeline.layout(),
                     VK_SHADER_STAGE_VERTEX_BIT | VK_SHADER_STAGE_FRAGMENT_BIT, 0, sizeof(clipPerPixel),
                     clipPerPixel.data());
  vkCmdBindVertexBuffers(context.commands, 0, 1, &vertices.buffer, &vertices.offset);
  vkCmdDraw(context.commands, static_cast<std::uint32_t>(glyphs.size()), 1, 0, 0);
}

}  // namespace

TextPass::TextPass(const vulkan::Device& device)
    : pipeline_(device, textShape()),
      fieldPipeline_(device, fieldShape()),
      sampler_(device, VK_FILTER_NEAREST),
      linear_(device, VK_FILTER_LINEAR) {}

void TextPass::Atlas::update(const PassContext& context, const GlyphAtlas& glyphs) {
  if (image && version == glyphs.version()) return;
  vulkan::ImageShape shape;
  shape.format = VK_FORMAT_R8_UNORM;
  shape.width = GlyphAtlas::kWidth;
  shape.height = static_cast<std::uint32_t>(glyphs.height());
  shape.usage = VK_IMAGE_USAGE_SAMPLED_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT;
  uploadTexture(context, ensureShape(context.device, image, shape),
                std::as_bytes(std::span(glyphs.texels())));
  version = glyphs.version();
}

void TextPass::prepare(const PassContext& context, const GlyphAtlas& atlas, const GlyphAtlas& fields) {
  atlas_.update(context, atlas);
  fields_.update(context, fields);
}

void TextPass::draw(const PassContext& context, const TextMesh& mesh) const {
  if (!mesh.fieldVertices.empty())
    drawGlyphs(context, fieldPipeline_, *fields_.image, linear_, mesh.fieldVertices);
  if (!mesh.vertices.empty()) drawGlyphs(context, pipeline_, *atlas_.image, sampler_, mesh.vertices);
}

}  // namespace aula::render
