// SPDX-License-Identifier: Apache-2.0
#include "render/path/ray_pipeline.h"

#include <array>
#include <cstring>
#include <span>
#include <vector>

#include "render/path/shader_structs.h"
#include "render/vulkan/check.h"
#include "render/vulkan/device.h"

namespace aula::render::path {
namespace {

constexpr std::uint32_t kGeneration[] = {
#include <shaders/path.rgen.inc>
};
constexpr std::uint32_t kMiss[] = {
#include <shaders/path.rmiss.inc>
};
constexpr std::uint32_t kTriangle[] = {
#include <shaders/path_triangle.rchit.inc>
};
constexpr std::uint32_t kShape[] = {
#include <shaders/path_shape.rchit.inc>
};
constexpr std::uint32_t kMeet[] = {
#include <shaders/path_shape.rint.inc>
};

constexpr VkShaderStageFlags kStages = VK_SHADER_STAGE_RAYGEN_BIT_KHR | VK_SHADER_STAGE_INTERSECTION_BIT_KHR;
/// Ray generation, miss, triangles, shapes.
constexpr std::uint32_t kGroups = 4;

VkRayTracingShaderGroupCreateInfoKHR group(VkRayTracingShaderGroupTypeKHR type) {
  VkRayTracingShaderGroupCreateInfoKHR info{};
  info.sType = VK_STRUCTURE_TYPE_RAY_TRACING_SHADER_GROUP_CREATE_INFO_KHR;
  info.type = type;
  info.generalShader = info.closestHitShader = info.anyHitShader = info.intersectionShader =
      VK_SHADER_UNUSED_KHR;
  return info;
}

}  // namespace

RayPipeline::RayPipeline(const vulkan::Device& device) : device_(device) {
  try {
    make();
  } catch (...) {
    destroy();
    throw;
  }
}

RayPipeline::~RayPipeline() {
  destroy();
}

void RayPipeline::destroy() noexcept {
  vkDestroyPipeline(device_.handle(), pipeline_, nullptr);
  vkDestroyPipelineLayout(device_.handle(), layout_, nullptr);
  vkDestroyDescriptorSetLayout(device_.handle(), setLayout_, nullptr);
}

void RayPipeline::make() {
  const std::array<VkDescriptorSetLayoutBinding, 2> bindings = {
      VkDescriptorSetLayoutBinding{0, VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER, 1, kStages, nullptr},
      VkDescriptorSetLayoutBinding{1, VK_DESCRIPTOR_TYPE_ACCELERATION_STRUCTURE_KHR, 1, kStages, nullptr}};
  VkDescriptorSetLayoutCreateInfo set{};
  set.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_LAYOUT_CREATE_INFO;
  set.bindingCount = static_cast<std::uint32_t>(bindings.size());
  set.pBindings = bindings.data();
  AULA_VK(vkCreateDescriptorSetLayout(device_.handle(), &set, nullptr, &setLayout_));
  const VkPushConstantRange push{VK_SHADER_STAGE_RAYGEN_BIT_KHR, 0, sizeof(shader::PathPush)};
  VkPipelineLayoutCreateInfo layout{};
  layout.sType = VK_STRUCTURE_TYPE_PIPELINE_LAYOUT_CREATE_INFO;
  layout.setLayoutCount = 1;
  layout.pSetLayouts = &setLayout_;
  layout.pushConstantRangeCount = 1;
  layout.pPushConstantRanges = &push;
  AULA_VK(vkCreatePipelineLayout(device_.handle(), &layout, nullptr, &layout_));

  struct Stage {
    VkShaderStageFlagBits which;
    std::span<const std::uint32_t> code;
  };
  const std::array<Stage, 5> wanted = {
      Stage{VK_SHADER_STAGE_RAYGEN_BIT_KHR, kGeneration}, Stage{VK_SHADER_STAGE_MISS_BIT_KHR, kMiss},
      Stage{VK_SHADER_STAGE_CLOSEST_HIT_BIT_KHR, kTriangle},
      Stage{VK_SHADER_STAGE_CLOSEST_HIT_BIT_KHR, kShape}, Stage{VK_SHADER_STAGE_INTERSECTION_BIT_KHR, kMeet}};
  // Modules live until the pipeline is made.
  struct Modules {
    const vulkan::Device& device;
    std::vector<VkShaderModule> all;
    ~Modules() {
      for (VkShaderModule module : all) vkDestroyShaderModule(device.handle(), module, nullptr);
    }
  } modules{device_, {}};
  std::vector<VkPipelineShaderStageCreateInfo> stages;
  for (const Stage& stage : wanted) {
    VkShaderModuleCreateInfo info{};
    info.sType = VK_STRUCTURE_TYPE_SHADER_MODULE_CREATE_INFO;
    info.codeSize = stage.code.size_bytes();
    info.pCode = stage.code.data();
    VkShaderModule module = VK_NULL_HANDLE;
    AULA_VK(vkCreateShaderModule(device_.handle(), &info, nullptr, &module));
    modules.all.push_back(module);
    VkPipelineShaderStageCreateInfo made{};
    made.sType = VK_STRUCTURE_TYPE_PIPELINE_SHADER_STAGE_CREATE_INFO;
    made.stage = stage.which;
    made.module = module;
    made.pName = "main";
    stages.push_back(made);
  }
  std::array<VkRayTracingShaderGroupCreateInfoKHR, kGroups> groups = {
      group(VK_RAY_TRACING_SHADER_GROUP_TYPE_GENERAL_KHR),
      group(VK_RAY_TRACING_SHADER_GROUP_TYPE_GENERAL_KHR),
      group(VK_RAY_TRACING_SHADER_GROUP_TYPE_TRIANGLES_HIT_GROUP_KHR),
      group(VK_RAY_TRACING_SHADER_GROUP_TYPE_PROCEDURAL_HIT_GROUP_KHR)};
  groups[0].generalShader = 0;
  groups[1].generalShader = 1;
  groups[2].closestHitShader = 2;
  groups[3].closestHitShader = 3;
  groups[3].intersectionShader = 4;
  VkRayTracingPipelineCreateInfoKHR info{};
  info.sType = VK_STRUCTURE_TYPE_RAY_TRACING_PIPELINE_CREATE_INFO_KHR;
  info.stageCount = static_cast<std::uint32_t>(stages.size());
  info.pStages = stages.data();
  info.groupCount = kGroups;
  info.pGroups = groups.data();
  info.maxPipelineRayRecursionDepth = 1;
  info.layout = layout_;
  const auto create = device_.load<PFN_vkCreateRayTracingPipelinesKHR>("vkCreateRayTracingPipelinesKHR");
  AULA_VK(create(device_.handle(), VK_NULL_HANDLE, device_.pipelineCache(), 1, &info, nullptr, &pipeline_));

  VkPhysicalDeviceRayTracingPipelinePropertiesKHR properties{};
  properties.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_RAY_TRACING_PIPELINE_PROPERTIES_KHR;
  VkPhysicalDeviceProperties2 all{};
  all.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2;
  all.pNext = &properties;
  vkGetPhysicalDeviceProperties2(device_.physical(), &all);
  const VkDeviceSize base = properties.shaderGroupBaseAlignment, size = properties.shaderGroupHandleSize;
  makeTable(size, (size + base - 1) / base * base);
}

// Each record at a multiple of the base alignment: more than hit records need, but simple.
void RayPipeline::makeTable(VkDeviceSize handleSize, VkDeviceSize stride) {
  std::vector<std::byte> handles(kGroups * handleSize);
  const auto get =
      device_.load<PFN_vkGetRayTracingShaderGroupHandlesKHR>("vkGetRayTracingShaderGroupHandlesKHR");
  AULA_VK(get(device_.handle(), pipeline_, 0, kGroups, handles.size(), handles.data()));
  table_ = std::make_unique<vulkan::Buffer>(
      device_, (kGroups + 1) * stride,
      VK_BUFFER_USAGE_SHADER_BINDING_TABLE_BIT_KHR | VK_BUFFER_USAGE_SHADER_DEVICE_ADDRESS_BIT,
      vulkan::MemoryUse::upload);
  const VkDeviceAddress start = (table_->address() + stride - 1) / stride * stride;
  for (std::uint32_t i = 0; i < kGroups; ++i)
    std::memcpy(table_->mapped() + (start - table_->address()) + i * stride, &handles[i * handleSize],
                handleSize);
  generation_ = {start, stride, stride};
  miss_ = {start + stride, stride, stride};
  hits_ = {start + 2 * stride, stride, 2 * stride};
}

void RayPipeline::bind(VkCommandBuffer commands) const {
  vkCmdBindPipeline(commands, VK_PIPELINE_BIND_POINT_RAY_TRACING_KHR, pipeline_);
}

void RayPipeline::trace(VkCommandBuffer commands, std::uint32_t width, std::uint32_t height) const {
  const VkStridedDeviceAddressRegionKHR none{};
  device_.load<PFN_vkCmdTraceRaysKHR>("vkCmdTraceRaysKHR")(commands, &generation_, &miss_, &hits_, &none,
                                                           width, height, 1);
}

}  // namespace aula::render::path
