// SPDX-License-Identifier: Apache-2.0
#include "render/path/acceleration.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "render/vulkan/check.h"
#include "render/vulkan/device.h"

namespace aula::render::path {
namespace {

template <typename Function>
Function loaded(const vulkan::Device& device, const char* name) {
  return device.load<Function>(name);
}

VkAccelerationStructureBuildGeometryInfoKHR buildInfo(VkAccelerationStructureTypeKHR type,
                                                      const VkAccelerationStructureGeometryKHR& geometry) {
  VkAccelerationStructureBuildGeometryInfoKHR info{};
  info.sType = VK_STRUCTURE_TYPE_ACCELERATION_STRUCTURE_BUILD_GEOMETRY_INFO_KHR;
  info.type = type;
  info.flags = VK_BUILD_ACCELERATION_STRUCTURE_PREFER_FAST_TRACE_BIT_KHR;
  info.mode = VK_BUILD_ACCELERATION_STRUCTURE_MODE_BUILD_KHR;
  info.geometryCount = 1;
  info.pGeometries = &geometry;
  return info;
}

VkDeviceSize scratchAlignment(const vulkan::Device& device) {
  VkPhysicalDeviceAccelerationStructurePropertiesKHR properties{};
  properties.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_ACCELERATION_STRUCTURE_PROPERTIES_KHR;
  VkPhysicalDeviceProperties2 all{};
  all.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2;
  all.pNext = &properties;
  vkGetPhysicalDeviceProperties2(device.physical(), &all);
  return std::max<VkDeviceSize>(properties.minAccelerationStructureScratchOffsetAlignment, 1);
}

VkAccelerationStructureGeometryKHR geometryOf(VkGeometryTypeKHR type) {
  VkAccelerationStructureGeometryKHR geometry{};
  geometry.sType = VK_STRUCTURE_TYPE_ACCELERATION_STRUCTURE_GEOMETRY_KHR;
  geometry.geometryType = type;
  geometry.flags = VK_GEOMETRY_OPAQUE_BIT_KHR;
  return geometry;
}

}  // namespace

void barrierForRays(const vulkan::Device& device, VkCommandBuffer commands) {
  const VkPipelineStageFlags2 stages = VK_PIPELINE_STAGE_2_COPY_BIT |
                                       VK_PIPELINE_STAGE_2_ACCELERATION_STRUCTURE_BUILD_BIT_KHR |
                                       device.computeStages();
  VkMemoryBarrier2 barrier{};
  barrier.sType = VK_STRUCTURE_TYPE_MEMORY_BARRIER_2;
  barrier.srcStageMask = stages;
  barrier.srcAccessMask = VK_ACCESS_2_MEMORY_WRITE_BIT;
  barrier.dstStageMask = stages | VK_PIPELINE_STAGE_2_HOST_BIT;
  barrier.dstAccessMask =
      VK_ACCESS_2_MEMORY_READ_BIT | VK_ACCESS_2_MEMORY_WRITE_BIT | VK_ACCESS_2_HOST_READ_BIT;
  VkDependencyInfo dependency{};
  dependency.sType = VK_STRUCTURE_TYPE_DEPENDENCY_INFO;
  dependency.memoryBarrierCount = 1;
  dependency.pMemoryBarriers = &barrier;
  vkCmdPipelineBarrier2(commands, &dependency);
}

Acceleration::Acceleration(const vulkan::Device& device, VkAccelerationStructureTypeKHR type,
                           VkDeviceSize bytes)
    : device_(device),
      memory_(
          device, bytes,
          VK_BUFFER_USAGE_ACCELERATION_STRUCTURE_STORAGE_BIT_KHR | VK_BUFFER_USAGE_SHADER_DEVICE_ADDRESS_BIT,
          vulkan::MemoryUse::device) {
  VkAccelerationStructureCreateInfoKHR info{};
  info.sType = VK_STRUCTURE_TYPE_ACCELERATION_STRUCTURE_CREATE_INFO_KHR;
  info.buffer = memory_.handle();
  info.size = bytes;
  info.type = type;
  const auto create =
      loaded<PFN_vkCreateAccelerationStructureKHR>(device, "vkCreateAccelerationStructureKHR");
  AULA_VK(create(device.handle(), &info, nullptr, &handle_));
}

Acceleration::~Acceleration() {
  loaded<PFN_vkDestroyAccelerationStructureKHR>(device_, "vkDestroyAccelerationStructureKHR")(
      device_.handle(), handle_, nullptr);
}

VkDeviceAddress Acceleration::address() const {
  VkAccelerationStructureDeviceAddressInfoKHR info{};
  info.sType = VK_STRUCTURE_TYPE_ACCELERATION_STRUCTURE_DEVICE_ADDRESS_INFO_KHR;
  info.accelerationStructure = handle_;
  return loaded<PFN_vkGetAccelerationStructureDeviceAddressKHR>(
      device_, "vkGetAccelerationStructureDeviceAddressKHR")(device_.handle(), &info);
}

std::unique_ptr<Acceleration> AccelerationBuilder::build(VkAccelerationStructureTypeKHR type,
                                                         const VkAccelerationStructureGeometryKHR& geometry,
                                                         std::uint32_t count) {
  VkAccelerationStructureBuildGeometryInfoKHR info = buildInfo(type, geometry);
  VkAccelerationStructureBuildSizesInfoKHR sizes{};
  sizes.sType = VK_STRUCTURE_TYPE_ACCELERATION_STRUCTURE_BUILD_SIZES_INFO_KHR;
  loaded<PFN_vkGetAccelerationStructureBuildSizesKHR>(device_, "vkGetAccelerationStructureBuildSizesKHR")(
      device_.handle(), VK_ACCELERATION_STRUCTURE_BUILD_TYPE_DEVICE_KHR, &info, &count, &sizes);
  auto tree = std::make_unique<Acceleration>(device_, type, sizes.accelerationStructureSize);
  const VkDeviceSize alignment = scratchAlignment(device_);
  const vulkan::Buffer scratch(device_, sizes.buildScratchSize + alignment,
                               VK_BUFFER_USAGE_STORAGE_BUFFER_BIT | VK_BUFFER_USAGE_SHADER_DEVICE_ADDRESS_BIT,
                               vulkan::MemoryUse::device);
  info.dstAccelerationStructure = tree->handle();
  info.scratchData.deviceAddress = (scratch.address() + alignment - 1) / alignment * alignment;
  VkAccelerationStructureBuildRangeInfoKHR range{};
  range.primitiveCount = count;
  const VkAccelerationStructureBuildRangeInfoKHR* ranges = &range;
  VkCommandBuffer commands = frame_.begin();
  barrierForRays(device_, commands);
  loaded<PFN_vkCmdBuildAccelerationStructuresKHR>(device_, "vkCmdBuildAccelerationStructuresKHR")(
      commands, 1, &info, &ranges);
  barrierForRays(device_, commands);
  frame_.submitAndWait();
  return tree;
}

std::unique_ptr<Acceleration> AccelerationBuilder::triangles(VkDeviceAddress corners,
                                                             std::uint32_t cornerCount,
                                                             VkDeviceAddress indices, std::uint32_t count) {
  VkAccelerationStructureGeometryKHR geometry = geometryOf(VK_GEOMETRY_TYPE_TRIANGLES_KHR);
  auto& data = geometry.geometry.triangles;
  data.sType = VK_STRUCTURE_TYPE_ACCELERATION_STRUCTURE_GEOMETRY_TRIANGLES_DATA_KHR;
  data.vertexFormat = VK_FORMAT_R32G32B32_SFLOAT;
  data.vertexData.deviceAddress = corners;
  data.vertexStride = 12;
  data.maxVertex = cornerCount - 1;
  data.indexType = VK_INDEX_TYPE_UINT32;
  data.indexData.deviceAddress = indices;
  return build(VK_ACCELERATION_STRUCTURE_TYPE_BOTTOM_LEVEL_KHR, geometry, count);
}

std::unique_ptr<Acceleration> AccelerationBuilder::boxes(VkDeviceAddress boxes, std::uint32_t count) {
  VkAccelerationStructureGeometryKHR geometry = geometryOf(VK_GEOMETRY_TYPE_AABBS_KHR);
  auto& data = geometry.geometry.aabbs;
  data.sType = VK_STRUCTURE_TYPE_ACCELERATION_STRUCTURE_GEOMETRY_AABBS_DATA_KHR;
  data.data.deviceAddress = boxes;
  data.stride = 24;
  return build(VK_ACCELERATION_STRUCTURE_TYPE_BOTTOM_LEVEL_KHR, geometry, count);
}

std::unique_ptr<Acceleration> AccelerationBuilder::scene(std::span<const TreeInstance> instances) {
  std::vector<VkAccelerationStructureInstanceKHR> records;
  for (const TreeInstance& instance : instances) {
    VkAccelerationStructureInstanceKHR record{};
    static_assert(sizeof(record.transform) == sizeof(instance.stageFromObject));
    std::memcpy(&record.transform, &instance.stageFromObject, sizeof(record.transform));
    record.instanceCustomIndex = instance.index & 0xffffffU;
    record.mask = instance.mask & 0xffU;
    record.instanceShaderBindingTableRecordOffset = instance.isShape ? 1U : 0U;
    record.flags = 0;
    if (instance.isTwoSided) record.flags = VK_GEOMETRY_INSTANCE_TRIANGLE_FACING_CULL_DISABLE_BIT_KHR & 0xffU;
    record.accelerationStructureReference = instance.tree->address();
    records.push_back(record);
  }
  const std::size_t bytes =
      std::max<std::size_t>(records.size(), 1) * sizeof(VkAccelerationStructureInstanceKHR);
  vulkan::Buffer buffer(device_, bytes,
                        VK_BUFFER_USAGE_ACCELERATION_STRUCTURE_BUILD_INPUT_READ_ONLY_BIT_KHR |
                            VK_BUFFER_USAGE_SHADER_DEVICE_ADDRESS_BIT,
                        vulkan::MemoryUse::upload);
  if (!records.empty()) std::memcpy(buffer.mapped(), records.data(), bytes);
  VkAccelerationStructureGeometryKHR geometry = geometryOf(VK_GEOMETRY_TYPE_INSTANCES_KHR);
  auto& data = geometry.geometry.instances;
  data.sType = VK_STRUCTURE_TYPE_ACCELERATION_STRUCTURE_GEOMETRY_INSTANCES_DATA_KHR;
  data.data.deviceAddress = buffer.address();
  return build(VK_ACCELERATION_STRUCTURE_TYPE_TOP_LEVEL_KHR, geometry,
               static_cast<std::uint32_t>(records.size()));
}

}  // namespace aula::render::path
