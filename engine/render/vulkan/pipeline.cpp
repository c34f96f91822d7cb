// SPDX-License-Identifier: Apache-2.0
#include "render/vulkan/pipeline.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "core/assert.h"
#include "core/error.h"
#include "core/log.h"
#include "render/vulkan/check.h"
#include "render/vulkan/commands.h"
#include "render/vulkan/device.h"
#include "render/vulkan/device_image.h"
#include "render/vulkan/shader_reload.h"

namespace aula::render::vulkan {
namespace {

constexpr VkShaderStageFlags kBothStages = VK_SHADER_STAGE_VERTEX_BIT | VK_SHADER_STAGE_FRAGMENT_BIT;

/// Lives until the pipeline is made.
class ShaderModule {
 public:
  ShaderModule(const Device& device, std::span<const std::uint32_t> code) : device_(device) {
    VkShaderModuleCreateInfo info{};
    info.sType = VK_STRUCTURE_TYPE_SHADER_MODULE_CREATE_INFO;
    info.codeSize = code.size_bytes();
    info.pCode = code.data();
    AULA_VK(vkCreateShaderModule(device.handle(), &info, nullptr, &module_));
  }
  ~ShaderModule() { vkDestroyShaderModule(device_.handle(), module_, nullptr); }
  ShaderModule(const ShaderModule&) = delete;
  ShaderModule& operator=(const ShaderModule&) = delete;

  [[nodiscard]] VkPipelineShaderStageCreateInfo stage(VkShaderStageFlagBits which,
                                                      const VkSpecializationInfo& constants) const {
    VkPipelineShaderStageCreateInfo info{};
    info.sType = VK_STRUCTURE_TYPE_PIPELINE_SHADER_STAGE_CREATE_INFO;
    info.stage = which;
    info.module = module_;
    info.pName = "main";
    info.pSpecializationInfo = constants.mapEntryCount > 0 ? &constants : nullptr;
    return info;
  }

 private:
  const Device& device_;
  VkShaderModule module_ = VK_NULL_HANDLE;
};

/// Specialisation constants 0, 1, ... of 32 bits each; must outlive the pipeline's making.
struct Constants {
  explicit Constants(const std::vector<std::uint32_t>& values) {
    for (std::uint32_t i = 0; i < values.size(); ++i) entries.push_back({i, 4 * i, 4});
    info.mapEntryCount = static_cast<std::uint32_t>(entries.size());
    info.pMapEntries = entries.data();
    info.dataSize = 4 * values.size();
    info.pData = values.data();
  }
  std::vector<VkSpecializationMapEntry> entries;
  VkSpecializationInfo info{};
};

VkDescriptorSetLayout makeSetLayout(const Device& device, std::span<const VkDescriptorType> types,
                                    VkShaderStageFlags stages) {
  std::vector<VkDescriptorSetLayoutBinding> bindings;
  for (const VkDescriptorType type : types) {
    bindings.push_back({static_cast<std::uint32_t>(bindings.size()), type, 1, stages, nullptr});
  }
  VkDescriptorSetLayoutCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_LAYOUT_CREATE_INFO;
  info.bindingCount = static_cast<std::uint32_t>(bindings.size());
  info.pBindings = bindings.data();
  VkDescriptorSetLayout layout = VK_NULL_HANDLE;
  AULA_VK(vkCreateDescriptorSetLayout(device.handle(), &info, nullptr, &layout));
  return layout;
}

VkPipelineLayout makePipelineLayout(const Device& device, VkDescriptorSetLayout set, std::uint32_t pushBytes,
                                    VkShaderStageFlags stages) {
  const VkPushConstantRange push{stages, 0, pushBytes};
  VkPipelineLayoutCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_PIPELINE_LAYOUT_CREATE_INFO;
  info.setLayoutCount = 1;
  info.pSetLayouts = &set;
  info.pushConstantRangeCount = pushBytes > 0 ? 1 : 0;
  info.pPushConstantRanges = &push;
  VkPipelineLayout layout = VK_NULL_HANDLE;
  AULA_VK(vkCreatePipelineLayout(device.handle(), &info, nullptr, &layout));
  return layout;
}

std::uint32_t bytesOf(VkFormat format) {
  switch (format) {
    case VK_FORMAT_R8G8B8A8_UNORM:
    case VK_FORMAT_R32_SFLOAT:
      return 4;
    case VK_FORMAT_R32G32_SFLOAT:
      return 8;
    case VK_FORMAT_R32G32B32_SFLOAT:
      return 12;
    case VK_FORMAT_R32G32B32A32_SFLOAT:
      return 16;
    default:
      AULA_ASSERT(false && "a vertex attribute of a format not foreseen");
      return 0;
  }
}

VkPipelineColorBlendAttachmentState blendState(Blend blend) {
  VkPipelineColorBlendAttachmentState state{};
  state.colorWriteMask = VK_COLOR_COMPONENT_R_BIT | VK_COLOR_COMPONENT_G_BIT | VK_COLOR_COMPONENT_B_BIT |
                         VK_COLOR_COMPONENT_A_BIT;
  if (blend == Blend::none) return state;
  state.blendEnable = VK_TRUE;
  state.colorBlendOp = VK_BLEND_OP_ADD;
  state.alphaBlendOp = VK_BLEND_OP_ADD;
  if (blend == Blend::add) {
    state.srcColorBlendFactor = state.dstColorBlendFactor = VK_BLEND_FACTOR_ONE;
    state.srcAlphaBlendFactor = state.dstAlphaBlendFactor = VK_BLEND_FACTOR_ONE;
    return state;
  }
  state.srcColorBlendFactor = blend == Blend::straight ? VK_BLEND_FACTOR_SRC_ALPHA : VK_BLEND_FACTOR_ONE;
  state.dstColorBlendFactor = VK_BLEND_FACTOR_ONE_MINUS_SRC_ALPHA;
  state.srcAlphaBlendFactor = VK_BLEND_FACTOR_ONE;
  state.dstAlphaBlendFactor = VK_BLEND_FACTOR_ONE_MINUS_SRC_ALPHA;
  return state;
}

}  // namespace

template <typename Shape>
struct ReloadSource {
  struct Shader {
    std::span<const std::uint32_t> Shape::*words;
    std::string name;
    std::shared_ptr<const ShaderWords> newest;
  };
  Shape shape;
  std::vector<Shader> shaders;
  std::uint64_t generation = 0;
};

namespace {

std::vector<std::span<const std::uint32_t> PipelineShape::*> shadersOf(const PipelineShape& /*shape*/) {
  return {&PipelineShape::vertexShader, &PipelineShape::fragmentShader};
}
std::vector<std::span<const std::uint32_t> ComputeShape::*> shadersOf(const ComputeShape& /*shape*/) {
  return {&ComputeShape::shader};
}

/// Null where shaders stay as they were built. Shaders that had changed before are taken up at the first use.
template <typename Shape>
std::unique_ptr<ReloadSource<Shape>> watch(const Device& device, const Shape& shape) {
  if (device.shaderReload() == nullptr) return nullptr;
  auto source = std::make_unique<ReloadSource<Shape>>();
  source->shape = shape;
  for (const auto member : shadersOf(shape)) {
    const std::string name = device.shaderReload()->nameOf(shape.*member);
    if (!name.empty()) source->shaders.push_back({member, name, nullptr});
  }
  return source;
}

template <typename Any, typename Shape>
void reload(const Any& pipeline, ReloadSource<Shape>& source, const Device& device, FrameCommands& frame,
            VkPipeline& handle, VkPipeline (Any::*make)(const Shape&) const) {
  ShaderReload& shaders = *device.shaderReload();
  const std::uint64_t generation = shaders.generation();
  if (generation == source.generation) return;
  source.generation = generation;
  bool isChanged = false;
  for (auto& shader : source.shaders) {
    auto newest = shaders.words(shader.name);
    if (newest == shader.newest) continue;
    shader.newest = std::move(newest);
    source.shape.*shader.words = *shader.newest;
    isChanged = true;
  }
  if (!isChanged) return;
  try {
    VkPipeline made = (pipeline.*make)(source.shape);
    VkDevice owner = device.handle();
    frame.keep(std::shared_ptr<const void>(std::exchange(handle, made), [owner](const void* old) {
      vkDestroyPipeline(owner, static_cast<VkPipeline>(const_cast<void*>(old)), nullptr);
    }));
  } catch (const core::Error& error) {
    core::log::warning(std::string("A changed shader was not taken up: ") + error.what());
  }
}

}  // namespace

Pipeline::Pipeline(const Device& device, const PipelineShape& shape) : device_(device) {
  try {
    makeLayouts(shape);
    pipeline_ = makePipeline(shape);
    source_ = watch(device, shape);
  } catch (...) {
    destroy();
    throw;
  }
}

Pipeline::~Pipeline() {
  destroy();
}

void Pipeline::destroy() noexcept {
  vkDestroyPipeline(device_.handle(), pipeline_, nullptr);
  vkDestroyPipelineLayout(device_.handle(), layout_, nullptr);
  vkDestroyDescriptorSetLayout(device_.handle(), setLayout_, nullptr);
}

void Pipeline::makeLayouts(const PipelineShape& shape) {
  setLayout_ = makeSetLayout(device_, shape.bindings, kBothStages);
  layout_ = makePipelineLayout(device_, setLayout_, shape.pushBytes, kBothStages);
}

void Pipeline::refresh(FrameCommands& frame) const {
  if (source_) reload(*this, *source_, device_, frame, pipeline_, &Pipeline::makePipeline);
}

VkPipeline Pipeline::makePipeline(const PipelineShape& shape) const {
  const Constants constants(shape.constants);
  const ShaderModule vertex(device_, shape.vertexShader);
  std::optional<ShaderModule> fragment;
  std::vector stages = {vertex.stage(VK_SHADER_STAGE_VERTEX_BIT, constants.info)};
  if (!shape.fragmentShader.empty()) {
    fragment.emplace(device_, shape.fragmentShader);
    stages.push_back(fragment->stage(VK_SHADER_STAGE_FRAGMENT_BIT, constants.info));
  }

  VkVertexInputBindingDescription binding{0, 0, VK_VERTEX_INPUT_RATE_VERTEX};
  std::vector<VkVertexInputAttributeDescription> attributes;
  for (const VkFormat format : shape.attributes) {
    attributes.push_back({static_cast<std::uint32_t>(attributes.size()), 0, format, binding.stride});
    binding.stride += bytesOf(format);
  }
  if (shape.stride > 0) binding.stride = shape.stride;
  VkPipelineVertexInputStateCreateInfo input{};
  input.sType = VK_STRUCTURE_TYPE_PIPELINE_VERTEX_INPUT_STATE_CREATE_INFO;
  input.vertexBindingDescriptionCount = attributes.empty() ? 0 : 1;
  input.pVertexBindingDescriptions = &binding;
  input.vertexAttributeDescriptionCount = static_cast<std::uint32_t>(attributes.size());
  input.pVertexAttributeDescriptions = attributes.data();

  VkPipelineInputAssemblyStateCreateInfo assembly{};
  assembly.sType = VK_STRUCTURE_TYPE_PIPELINE_INPUT_ASSEMBLY_STATE_CREATE_INFO;
  assembly.topology = shape.topology;
  VkPipelineViewportStateCreateInfo viewport{};
  viewport.sType = VK_STRUCTURE_TYPE_PIPELINE_VIEWPORT_STATE_CREATE_INFO;
  viewport.viewportCount = 1;
  viewport.scissorCount = 1;
  VkPipelineRasterizationStateCreateInfo raster{};
  raster.sType = VK_STRUCTURE_TYPE_PIPELINE_RASTERIZATION_STATE_CREATE_INFO;
  raster.polygonMode = VK_POLYGON_MODE_FILL;
  raster.cullMode = shape.cull == Cull::none   ? VK_CULL_MODE_NONE
                    : shape.cull == Cull::back ? VK_CULL_MODE_BACK_BIT
                                               : VK_CULL_MODE_FRONT_BIT;
  raster.frontFace = VK_FRONT_FACE_COUNTER_CLOCKWISE;
  raster.lineWidth = 1;
  VkPipelineMultisampleStateCreateInfo multisample{};
  multisample.sType = VK_STRUCTURE_TYPE_PIPELINE_MULTISAMPLE_STATE_CREATE_INFO;
  multisample.rasterizationSamples = shape.target.samples;
  VkPipelineDepthStencilStateCreateInfo depth{};
  depth.sType = VK_STRUCTURE_TYPE_PIPELINE_DEPTH_STENCIL_STATE_CREATE_INFO;
  depth.depthTestEnable = shape.depth == Depth::none ? VK_FALSE : VK_TRUE;
  depth.depthWriteEnable = shape.depth == Depth::testAndWrite ? VK_TRUE : VK_FALSE;
  depth.depthCompareOp =
      shape.target.isReversed ? VK_COMPARE_OP_GREATER_OR_EQUAL : VK_COMPARE_OP_LESS_OR_EQUAL;
  std::vector<VkFormat> colours;
  std::vector<VkPipelineColorBlendAttachmentState> attachments;
  if (shape.target.colour != VK_FORMAT_UNDEFINED) {
    colours.push_back(shape.target.colour);
    attachments.push_back(blendState(shape.blend));
    for (std::size_t i = 0; i < shape.target.moreColours.size(); ++i) {
      if (shape.target.moreColours[i] == VK_FORMAT_UNDEFINED) break;
      colours.push_back(shape.target.moreColours[i]);
      attachments.push_back(blendState(shape.moreBlends[i]));
    }
  }
  VkPipelineColorBlendStateCreateInfo blend{};
  blend.sType = VK_STRUCTURE_TYPE_PIPELINE_COLOR_BLEND_STATE_CREATE_INFO;
  blend.attachmentCount = static_cast<std::uint32_t>(attachments.size());
  blend.pAttachments = attachments.data();
  const std::array dynamics = {VK_DYNAMIC_STATE_VIEWPORT, VK_DYNAMIC_STATE_SCISSOR};
  VkPipelineDynamicStateCreateInfo dynamic{};
  dynamic.sType = VK_STRUCTURE_TYPE_PIPELINE_DYNAMIC_STATE_CREATE_INFO;
  dynamic.dynamicStateCount = static_cast<std::uint32_t>(dynamics.size());
  dynamic.pDynamicStates = dynamics.data();
  VkPipelineRenderingCreateInfo rendering{};
  rendering.sType = VK_STRUCTURE_TYPE_PIPELINE_RENDERING_CREATE_INFO;
  rendering.viewMask = shape.target.viewMask;
  rendering.colorAttachmentCount = static_cast<std::uint32_t>(colours.size());
  rendering.pColorAttachmentFormats = colours.data();
  rendering.depthAttachmentFormat = shape.target.depth;

  VkGraphicsPipelineCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_GRAPHICS_PIPELINE_CREATE_INFO;
  info.pNext = &rendering;
  info.stageCount = static_cast<std::uint32_t>(stages.size());
  info.pStages = stages.data();
  info.pVertexInputState = &input;
  info.pInputAssemblyState = &assembly;
  info.pViewportState = &viewport;
  info.pRasterizationState = &raster;
  info.pMultisampleState = &multisample;
  info.pDepthStencilState = &depth;
  info.pColorBlendState = &blend;
  info.pDynamicState = &dynamic;
  info.layout = layout_;
  VkPipeline pipeline = VK_NULL_HANDLE;
  AULA_VK(vkCreateGraphicsPipelines(device_.handle(), device_.pipelineCache(), 1, &info, nullptr, &pipeline));
  return pipeline;
}

ComputePipeline::ComputePipeline(const Device& device, const ComputeShape& shape) : device_(device) {
  try {
    setLayout_ = makeSetLayout(device, shape.bindings, VK_SHADER_STAGE_COMPUTE_BIT);
    layout_ = makePipelineLayout(device, setLayout_, shape.pushBytes, VK_SHADER_STAGE_COMPUTE_BIT);
    pipeline_ = makePipeline(shape);
    source_ = watch(device, shape);
  } catch (...) {
    destroy();
    throw;
  }
}

VkPipeline ComputePipeline::makePipeline(const ComputeShape& shape) const {
  const Constants constants(shape.constants);
  const ShaderModule shader(device_, shape.shader);
  VkComputePipelineCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_COMPUTE_PIPELINE_CREATE_INFO;
  info.stage = shader.stage(VK_SHADER_STAGE_COMPUTE_BIT, constants.info);
  info.layout = layout_;
  VkPipeline pipeline = VK_NULL_HANDLE;
  AULA_VK(vkCreateComputePipelines(device_.handle(), device_.pipelineCache(), 1, &info, nullptr, &pipeline));
  return pipeline;
}

void ComputePipeline::refresh(FrameCommands& frame) const {
  if (source_) reload(*this, *source_, device_, frame, pipeline_, &ComputePipeline::makePipeline);
}

ComputePipeline::~ComputePipeline() {
  destroy();
}

void ComputePipeline::destroy() noexcept {
  vkDestroyPipeline(device_.handle(), pipeline_, nullptr);
  vkDestroyPipelineLayout(device_.handle(), layout_, nullptr);
  vkDestroyDescriptorSetLayout(device_.handle(), setLayout_, nullptr);
}

Sampler::Sampler(const Device& device, VkFilter filter)
    : Sampler(device, [filter] {
        SamplerShape shape;
        shape.filter = filter;
        return shape;
      }()) {}

Sampler::Sampler(const Device& device, const SamplerShape& shape) : device_(device) {
  VkSamplerReductionModeCreateInfo reduction{};
  reduction.sType = VK_STRUCTURE_TYPE_SAMPLER_REDUCTION_MODE_CREATE_INFO;
  reduction.reductionMode = shape.reduction;
  VkSamplerCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_SAMPLER_CREATE_INFO;
  if (shape.reduction != VK_SAMPLER_REDUCTION_MODE_WEIGHTED_AVERAGE) info.pNext = &reduction;
  info.magFilter = shape.filter;
  info.minFilter = shape.filter;
  info.addressModeU = shape.edges;
  info.addressModeV = shape.edges;
  info.addressModeW = shape.edges;
  info.borderColor = shape.border;
  if (shape.hasLevels) {
    info.mipmapMode =
        shape.filter == VK_FILTER_LINEAR ? VK_SAMPLER_MIPMAP_MODE_LINEAR : VK_SAMPLER_MIPMAP_MODE_NEAREST;
    info.maxLod = VK_LOD_CLAMP_NONE;
  }
  if (shape.anisotropy > 1 && device.features().samplerAnisotropy) {
    info.anisotropyEnable = VK_TRUE;
    info.maxAnisotropy = std::min(shape.anisotropy, device.limits().maxSamplerAnisotropy);
  }
  if (shape.compare) {
    info.compareEnable = VK_TRUE;
    info.compareOp = *shape.compare;
  }
  AULA_VK(vkCreateSampler(device.handle(), &info, nullptr, &sampler_));
}

Sampler::~Sampler() {
  vkDestroySampler(device_.handle(), sampler_, nullptr);
}

namespace {

/// What a binding's fields say it is.
VkDescriptorType typeOf(const Binding& binding) {
  if (binding.uniforms != nullptr) return VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER;
  if (binding.acceleration != VK_NULL_HANDLE) return VK_DESCRIPTOR_TYPE_ACCELERATION_STRUCTURE_KHR;
  if (binding.buffer != VK_NULL_HANDLE) return VK_DESCRIPTOR_TYPE_STORAGE_BUFFER;
  return binding.sampler != VK_NULL_HANDLE ? VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER
                                           : VK_DESCRIPTOR_TYPE_STORAGE_IMAGE;
}

void bindSet(VkCommandBuffer commands, FrameCommands& frame, const Device& device, VkPipelineBindPoint point,
             VkPipelineLayout layout, VkDescriptorSetLayout setLayout, std::span<const Binding> bindings) {
  if (bindings.empty()) return;
  VkDescriptorSet set = frame.descriptorSet(setLayout);
  std::vector<VkDescriptorBufferInfo> buffers(bindings.size());
  std::vector<VkDescriptorImageInfo> images(bindings.size());
  std::vector<VkWriteDescriptorSetAccelerationStructureKHR> accelerations(bindings.size());
  std::vector<VkWriteDescriptorSet> writes(bindings.size());
  for (std::size_t i = 0; i < bindings.size(); ++i) {
    const Binding& binding = bindings[i];
    VkWriteDescriptorSet& write = writes[i];
    write.sType = VK_STRUCTURE_TYPE_WRITE_DESCRIPTOR_SET;
    write.dstSet = set;
    write.dstBinding = static_cast<std::uint32_t>(i);
    write.descriptorCount = 1;
    write.descriptorType = typeOf(binding);
    switch (write.descriptorType) {
      case VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER:
        buffers[i] = {binding.uniforms->buffer, binding.uniforms->offset, binding.uniformBytes};
        write.pBufferInfo = &buffers[i];
        break;
      case VK_DESCRIPTOR_TYPE_STORAGE_BUFFER:
        buffers[i] = {binding.buffer, binding.offset, binding.bytes};
        write.pBufferInfo = &buffers[i];
        break;
      case VK_DESCRIPTOR_TYPE_ACCELERATION_STRUCTURE_KHR:
        accelerations[i].sType = VK_STRUCTURE_TYPE_WRITE_DESCRIPTOR_SET_ACCELERATION_STRUCTURE_KHR;
        accelerations[i].accelerationStructureCount = 1;
        accelerations[i].pAccelerationStructures = &binding.acceleration;
        write.pNext = &accelerations[i];
        break;
      default: {
        const bool isStorage = write.descriptorType == VK_DESCRIPTOR_TYPE_STORAGE_IMAGE;
        const VkImageLayout usual =
            isStorage ? VK_IMAGE_LAYOUT_GENERAL : VK_IMAGE_LAYOUT_SHADER_READ_ONLY_OPTIMAL;
        images[i] = {binding.sampler, binding.image != nullptr ? binding.image->view() : binding.view,
                     binding.layout == VK_IMAGE_LAYOUT_UNDEFINED ? usual : binding.layout};
        write.pImageInfo = &images[i];
      }
    }
  }
  vkUpdateDescriptorSets(device.handle(), static_cast<std::uint32_t>(writes.size()), writes.data(), 0,
                         nullptr);
  vkCmdBindDescriptorSets(commands, point, layout, 0, 1, &set, 0, nullptr);
}

}  // namespace

void bind(VkCommandBuffer commands, FrameCommands& frame, const Device& device, const Pipeline& pipeline,
          std::span<const Binding> bindings) {
  pipeline.refresh(frame);
  vkCmdBindPipeline(commands, VK_PIPELINE_BIND_POINT_GRAPHICS, pipeline.handle());
  bindSet(commands, frame, device, VK_PIPELINE_BIND_POINT_GRAPHICS, pipeline.layout(), pipeline.setLayout(),
          bindings);
}

void bind(VkCommandBuffer commands, FrameCommands& frame, const Device& device,
          const ComputePipeline& pipeline, std::span<const Binding> bindings) {
  pipeline.refresh(frame);
  vkCmdBindPipeline(commands, VK_PIPELINE_BIND_POINT_COMPUTE, pipeline.handle());
  bindSet(commands, frame, device, VK_PIPELINE_BIND_POINT_COMPUTE, pipeline.layout(), pipeline.setLayout(),
          bindings);
}

}  // namespace aula::render::vulkan
