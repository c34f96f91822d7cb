// SPDX-License-Identifier: Apache-2.0
#include "render/particle/device_arrays.h"

#include <algorithm>
#include <cstring>

#include "render/vulkan/device.h"

namespace aula::render::stage {
namespace {

constexpr vulkan::FrameCommands::Ticket kFramesKept = 3;
constexpr std::size_t kMostSpares = 8;

}  // namespace

void DeviceArrays::beginFrame(vulkan::FrameCommands& uploads) {
  bytesWritten_ = 0;
  for (auto it = known_.begin(); it != known_.end();) {
    Entry& entry = it->second;
    if (entry.last + kFramesKept >= uploads.ticket()) {
      ++it;
      continue;
    }
    if (entry.mapped) spares_.push_back({std::move(entry.mapped), entry.last});
    if (entry.resident) uploads.keep(std::shared_ptr<vulkan::Buffer>(std::move(entry.resident)));
    it = known_.erase(it);
  }
  while (spares_.size() > kMostSpares) {
    uploads.keep(std::shared_ptr<vulkan::Buffer>(std::move(spares_.front().buffer)));
    spares_.erase(spares_.begin());
  }
}

std::unique_ptr<vulkan::Buffer> DeviceArrays::mappedBuffer(std::size_t bytes,
                                                           vulkan::FrameCommands& uploads) {
  for (auto it = spares_.begin(); it != spares_.end(); ++it) {
    if (it->buffer->size() < bytes || it->buffer->size() > 2 * bytes + 4096 || !uploads.isDone(it->last))
      continue;
    std::unique_ptr<vulkan::Buffer> found = std::move(it->buffer);
    spares_.erase(it);
    return found;
  }
  return std::make_unique<vulkan::Buffer>(
      device_, std::max<std::size_t>(bytes, 16),
      VK_BUFFER_USAGE_STORAGE_BUFFER_BIT | VK_BUFFER_USAGE_TRANSFER_SRC_BIT, vulkan::MemoryUse::upload);
}

VkBuffer DeviceArrays::take(std::shared_ptr<const void> owner, std::span<const std::byte> bytes,
                            vulkan::FrameCommands& uploads) {
  const auto [place, isNew] = known_.try_emplace(owner.get());
  Entry& entry = place->second;
  if (isNew) {
    try {
      entry.mapped = mappedBuffer(bytes.size(), uploads);
    } catch (...) {
      known_.erase(place);
      throw;
    }
    std::memcpy(entry.mapped->mapped(), bytes.data(), bytes.size());
    bytesWritten_ += bytes.size();
    entry.owner = std::move(owner);
    entry.first = uploads.ticket();
  } else if (!entry.resident && entry.first < uploads.ticket() && device_.report().kind != GpuKind::cpu) {
    // Seen again: worth a place in the device's own memory. A software device has only one kind.
    entry.resident = std::make_unique<vulkan::Buffer>(
        device_, entry.mapped->size(), VK_BUFFER_USAGE_STORAGE_BUFFER_BIT | VK_BUFFER_USAGE_TRANSFER_DST_BIT,
        vulkan::MemoryUse::device);
    const VkBufferCopy region{0, 0, bytes.size()};
    vkCmdCopyBuffer(uploads.commands(), entry.mapped->handle(), entry.resident->handle(), 1, &region);
    VkMemoryBarrier2 barrier{};
    barrier.sType = VK_STRUCTURE_TYPE_MEMORY_BARRIER_2;
    barrier.srcStageMask = VK_PIPELINE_STAGE_2_COPY_BIT;
    barrier.srcAccessMask = VK_ACCESS_2_TRANSFER_WRITE_BIT;
    barrier.dstStageMask = VK_PIPELINE_STAGE_2_VERTEX_SHADER_BIT;
    barrier.dstAccessMask = VK_ACCESS_2_SHADER_STORAGE_READ_BIT;
    VkDependencyInfo dependency{};
    dependency.sType = VK_STRUCTURE_TYPE_DEPENDENCY_INFO;
    dependency.memoryBarrierCount = 1;
    dependency.pMemoryBarriers = &barrier;
    vkCmdPipelineBarrier2(uploads.commands(), &dependency);
    spares_.push_back({std::move(entry.mapped), uploads.ticket()});
  }
  entry.last = uploads.ticket();
  return entry.resident ? entry.resident->handle() : entry.mapped->handle();
}

}  // namespace aula::render::stage
