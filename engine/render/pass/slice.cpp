// SPDX-License-Identifier: Apache-2.0
#include "render/pass/slice.h"

#include <array>

#include "core/error.h"
#include "render/pass/shader_structs.h"
#include "render/vulkan/device.h"

namespace aula::render {
namespace {

constexpr std::uint32_t kVertex[] = {
#include <shaders/slice.vert.inc>
};
constexpr std::uint32_t kFragment[] = {
#include <shaders/slice.frag.inc>
};

vulkan::PipelineShape shapeFor(const vulkan::TargetShape& target) {
  vulkan::PipelineShape shape;
  shape.vertexShader = kVertex;
  shape.fragmentShader = kFragment;
  shape.bindings = {VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER, VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER,
                    VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER};
  shape.topology = VK_PRIMITIVE_TOPOLOGY_TRIANGLE_STRIP;
  shape.depth = target.depth == VK_FORMAT_UNDEFINED ? vulkan::Depth::none : vulkan::Depth::testAndWrite;
  shape.target = target;
  return shape;
}

shader::SliceUniforms uniformsFor(const SliceItem& item) {
  shader::SliceUniforms u{};
  u.clipFromNode = item.clipFromNode;
  u.nodeRange = {item.nodeRange[0], item.nodeRange[1], item.nodeRange[2], item.nodeRange[3]};
  u.limits = {item.limits.lower, 1 / (item.limits.upper - item.limits.lower), 1, 0};
  u.options = {item.columns, item.rows, item.filtering == Filtering::nearest ? 1 : 0, 0};
  return u;
}

}  // namespace

SlicePass::SlicePass(const vulkan::Device& device, const vulkan::TargetShape& target)
    : pipeline_(device, shapeFor(target)), sampler_(device, VK_FILTER_NEAREST) {}

void SlicePass::prepare(const PassContext& context, const std::vector<SliceItem>& items,
                        ColourMapTextures& maps) {
  prepared_.clear();
  if (values_.size() < items.size()) values_.resize(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    const SliceItem& item = items[i];
    const int most = static_cast<int>(context.device.limits().maxImageDimension2D);
    if (item.columns > most || item.rows > most) {
      throw core::inputError("A slice of " + std::to_string(item.columns) + "x" + std::to_string(item.rows) +
                             " nodes is too large to draw: " + context.device.report().name + " allows " +
                             std::to_string(most) + " along a side.");
    }
    vulkan::ImageShape shape;
    shape.format = VK_FORMAT_R32_SFLOAT;
    shape.width = static_cast<std::uint32_t>(item.columns);
    shape.height = static_cast<std::uint32_t>(item.rows);
    shape.usage = VK_IMAGE_USAGE_SAMPLED_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT;
    vulkan::DeviceImage& image = ensureShape(context.device, values_[i], shape);
    uploadTexture(context, image, std::as_bytes(std::span(*item.values)));
    const shader::SliceUniforms uniforms = uniformsFor(item);
    prepared_.push_back(
        {&image, &maps.get(context, *item.map), context.frame.upload(std::span(&uniforms, 1))});
  }
}

void SlicePass::draw(const PassContext& context) const {
  for (const Prepared& item : prepared_) {
    const std::array bindings = {
        vulkan::Binding{&item.uniforms, sizeof(shader::SliceUniforms), nullptr, VK_NULL_HANDLE},
        vulkan::Binding{nullptr, 0, item.values, sampler_.handle()},
        vulkan::Binding{nullptr, 0, item.map, sampler_.handle()}};
    vulkan::bind(context.commands, context.frame, context.device, pipeline_, bindings);
    vkCmdDraw(context.commands, 4, 1, 0, 0);
  }
}

}  // namespace aula::render
