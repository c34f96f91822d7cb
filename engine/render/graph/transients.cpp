// SPDX-License-Identifier: Apache-2.0
#include "render/graph/transients.h"

#include <algorithm>
#include <map>
#include <utility>

#include "render/vulkan/device.h"

namespace aula::render::graph {
namespace {

VkBufferUsageFlags bufferUsage(const vulkan::Features& features) {
  return VK_BUFFER_USAGE_STORAGE_BUFFER_BIT | VK_BUFFER_USAGE_INDIRECT_BUFFER_BIT |
         VK_BUFFER_USAGE_VERTEX_BUFFER_BIT | VK_BUFFER_USAGE_INDEX_BUFFER_BIT |
         VK_BUFFER_USAGE_UNIFORM_BUFFER_BIT | VK_BUFFER_USAGE_TRANSFER_SRC_BIT |
         VK_BUFFER_USAGE_TRANSFER_DST_BIT |
         (features.bufferDeviceAddress
              ? static_cast<VkBufferUsageFlags>(VK_BUFFER_USAGE_SHADER_DEVICE_ADDRESS_BIT)
              : 0);
}

template <typename Handle>
std::uint64_t asNumber(Handle handle) {
  return reinterpret_cast<std::uint64_t>(handle);
}

}  // namespace

TransientSet::TransientSet(const vulkan::Device& device, std::vector<TransientRequest> requests)
    : requests_(std::move(requests)), things_(requests_.size()) {
  // Things that can lie in the same type of memory share a block.
  std::map<std::uint32_t, std::vector<std::size_t>> types;
  std::vector<VkMemoryRequirements> needs(requests_.size());
  for (std::size_t i = 0; i < requests_.size(); ++i) {
    const TransientRequest& request = requests_[i];
    Thing& thing = things_[i];
    if (request.bufferBytes > 0) {
      thing.buffer = std::make_unique<vulkan::Buffer>(
          device, request.bufferBytes, bufferUsage(device.features()), vulkan::Buffer::Unbound{});
      needs[i] = thing.buffer->memoryNeeds();
      device.nameObject(VK_OBJECT_TYPE_BUFFER, asNumber(thing.buffer->handle()), request.name);
    } else {
      thing.image =
          std::make_unique<vulkan::DeviceImage>(device, request.shape, vulkan::DeviceImage::Unbound{});
      needs[i] = thing.image->memoryNeeds();
      device.nameObject(VK_OBJECT_TYPE_IMAGE, asNumber(thing.image->handle()), request.name);
    }
    types[device.memory().typeFor(needs[i].memoryTypeBits, vulkan::MemoryUse::device)].push_back(i);
  }
  const auto granularity = static_cast<std::size_t>(device.limits().bufferImageGranularity);
  for (const auto& [type, members] : types) {
    std::vector<PlacementRequest> wishes;
    VkMemoryRequirements whole{0, 1, 1U << type};
    for (const std::size_t i : members) {
      const auto alignment = std::max(static_cast<std::size_t>(needs[i].alignment), granularity);
      // Whole granules, so that a buffer never lies in an image's last one.
      const std::size_t size =
          (static_cast<std::size_t>(needs[i].size) + granularity - 1) / granularity * granularity;
      wishes.push_back({size, alignment, requests_[i].life});
      whole.alignment = std::max<VkDeviceSize>(whole.alignment, alignment);
      unsharedBytes_ += size;
    }
    const Placement placement = place(wishes);
    const auto sharing = graph::sharers(wishes, placement.offsets);
    whole.size = placement.bytes;
    bytes_ += placement.bytes;
    memory_.push_back(device.memory().allocate(whole, vulkan::MemoryUse::device));
    for (std::size_t k = 0; k < members.size(); ++k) {
      Thing& thing = things_[members[k]];
      thing.offset = placement.offsets[k];
      thing.bytes = wishes[k].size;
      thing.block = static_cast<int>(memory_.size()) - 1;
      for (const std::size_t other : sharing[k]) thing.sharers.push_back(members[other]);
      const VkDeviceSize offset = memory_.back().offset() + thing.offset;
      if (thing.image) thing.image->bindMemory(memory_.back().memory(), offset);
      if (thing.buffer) thing.buffer->bindMemory(memory_.back().memory(), offset);
    }
  }
}

vulkan::ResourceState& TransientSet::state(std::size_t i) const {
  return things_[i].image ? things_[i].image->state() : things_[i].buffer->state();
}

void TransientSet::takeOver(std::size_t i) {
  vulkan::ResourceState all;
  for (const std::size_t other : things_[i].sharers) {
    const vulkan::ResourceState& state = this->state(other);
    all.writeStages |= state.writeStages | state.readStages;
    all.writeAccess |= state.writeAccess;
  }
  state(i) = all;
}

std::shared_ptr<TransientSet> TransientCache::get(const vulkan::Device& device,
                                                  std::vector<TransientRequest> requests) {
  const auto found =
      std::find_if(sets_.begin(), sets_.end(), [&](const auto& set) { return set->requests() == requests; });
  if (found != sets_.end()) {
    std::rotate(sets_.begin(), found, found + 1);
    return sets_.front();
  }
  // Frames on their way hold the set they use; the oldest goes before the new one is made, so that there is
  // memory for it.
  if (sets_.size() == kSets) sets_.pop_back();
  sets_.insert(sets_.begin(), std::make_shared<TransientSet>(device, std::move(requests)));
  ++made_;
  return sets_.front();
}

}  // namespace aula::render::graph
