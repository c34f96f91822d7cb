// SPDX-License-Identifier: Apache-2.0
#include "render/vulkan/resource_state.h"

namespace aula::render::vulkan {
namespace {

constexpr VkAccessFlags2 kWrites =
    VK_ACCESS_2_SHADER_WRITE_BIT | VK_ACCESS_2_SHADER_STORAGE_WRITE_BIT |
    VK_ACCESS_2_COLOR_ATTACHMENT_WRITE_BIT | VK_ACCESS_2_DEPTH_STENCIL_ATTACHMENT_WRITE_BIT |
    VK_ACCESS_2_TRANSFER_WRITE_BIT | VK_ACCESS_2_HOST_WRITE_BIT | VK_ACCESS_2_MEMORY_WRITE_BIT |
    VK_ACCESS_2_ACCELERATION_STRUCTURE_WRITE_BIT_KHR;

}  // namespace

bool isWrite(VkAccessFlags2 access) {
  return (access & kWrites) != 0;
}

Dependency ResourceState::advance(const ResourceUse& use, bool isKept) {
  Dependency dependency;
  dependency.fromLayout = isKept ? layout : VK_IMAGE_LAYOUT_UNDEFINED;
  dependency.toLayout = use.layout;
  dependency.toStages = use.stages;
  dependency.toAccess = use.access;
  const bool isMoved = layout != use.layout;
  if (isMoved || isWrite(use.access)) {
    // Every reader must be done (nothing of theirs need be made visible), and the writer's bytes be out.
    dependency.fromStages = writeStages | readStages;
    dependency.fromAccess = writeAccess;
    dependency.isNeeded = isMoved || dependency.fromStages != VK_PIPELINE_STAGE_2_NONE;
    // A change of layout is a write that is finished where this barrier ends.
    writeStages = use.stages;
    writeAccess = use.access & kWrites;
    const bool isRead = writeAccess == VK_ACCESS_2_NONE;
    readStages = isRead ? use.stages : VK_PIPELINE_STAGE_2_NONE;
    readAccess = isRead ? use.access : VK_ACCESS_2_NONE;
    layout = use.layout;
    return dependency;
  }
  // A read of what was written: once for each new kind of reader.
  dependency.fromStages = writeStages;
  dependency.fromAccess = writeAccess;
  dependency.isNeeded = writeStages != VK_PIPELINE_STAGE_2_NONE &&
                        ((use.stages & ~readStages) != 0 || (use.access & ~readAccess) != VK_ACCESS_2_NONE);
  readStages |= use.stages;
  readAccess |= use.access;
  return dependency;
}

VkImageMemoryBarrier2 imageBarrier(const Dependency& dependency, VkImage image, VkImageAspectFlags aspect) {
  VkImageMemoryBarrier2 barrier{};
  barrier.sType = VK_STRUCTURE_TYPE_IMAGE_MEMORY_BARRIER_2;
  barrier.srcStageMask = dependency.fromStages;
  barrier.srcAccessMask = dependency.fromAccess;
  barrier.dstStageMask = dependency.toStages;
  barrier.dstAccessMask = dependency.toAccess;
  barrier.oldLayout = dependency.fromLayout;
  barrier.newLayout = dependency.toLayout;
  barrier.srcQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED;
  barrier.dstQueueFamilyIndex = VK_QUEUE_FAMILY_IGNORED;
  barrier.image = image;
  barrier.subresourceRange = {aspect, 0, VK_REMAINING_MIP_LEVELS, 0, VK_REMAINING_ARRAY_LAYERS};
  return barrier;
}

}  // namespace aula::render::vulkan
