// SPDX-License-Identifier: Apache-2.0
#include "render/vulkan/commands.h"

#include <algorithm>
#include <utility>

#include "core/assert.h"
#include "render/vulkan/check.h"
#include "render/vulkan/device.h"
#include "render/vulkan/device_image.h"

namespace aula::render::vulkan {
namespace {

constexpr VkDeviceSize kChunkBytes = VkDeviceSize{1} << 20;
/// Larger ones are given back after their frame.
constexpr VkDeviceSize kKeptChunkBytes = VkDeviceSize{16} << 20;
/// Much data is copied in steps of at most this.
constexpr VkDeviceSize kStagingBytes = VkDeviceSize{32} << 20;
/// Multiples that suit every use of a piece: offsets of uniforms and storage are at most 256 apart (Vulkan's
/// required limits).
constexpr VkDeviceSize kPieceAlignment = 256;
constexpr std::uint32_t kSetsPerPool = 256;

VkBufferUsageFlags chunkUsage(const Features& features) {
  VkBufferUsageFlags usage = VK_BUFFER_USAGE_VERTEX_BUFFER_BIT | VK_BUFFER_USAGE_INDEX_BUFFER_BIT |
                             VK_BUFFER_USAGE_UNIFORM_BUFFER_BIT | VK_BUFFER_USAGE_STORAGE_BUFFER_BIT |
                             VK_BUFFER_USAGE_INDIRECT_BUFFER_BIT | VK_BUFFER_USAGE_TRANSFER_SRC_BIT;
  if (features.bufferDeviceAddress) usage |= VK_BUFFER_USAGE_SHADER_DEVICE_ADDRESS_BIT;
  if (features.accelerationStructures)
    usage |= VK_BUFFER_USAGE_ACCELERATION_STRUCTURE_BUILD_INPUT_READ_ONLY_BIT_KHR;
  return usage;
}

}  // namespace

FrameCommands::FrameCommands(const Device& device) : device_(device) {
  try {
    VkSemaphoreTypeCreateInfo type{};
    type.sType = VK_STRUCTURE_TYPE_SEMAPHORE_TYPE_CREATE_INFO;
    type.semaphoreType = VK_SEMAPHORE_TYPE_TIMELINE;
    VkSemaphoreCreateInfo semaphore{};
    semaphore.sType = VK_STRUCTURE_TYPE_SEMAPHORE_CREATE_INFO;
    semaphore.pNext = &type;
    AULA_VK(vkCreateSemaphore(device.handle(), &semaphore, nullptr, &timeline_));
    for (Slot& slot : slots_) makeSlot(slot);
  } catch (...) {
    destroy();
    throw;
  }
}

void FrameCommands::makeSlot(Slot& slot) const {
  VkCommandPoolCreateInfo pool{};
  pool.sType = VK_STRUCTURE_TYPE_COMMAND_POOL_CREATE_INFO;
  pool.flags = VK_COMMAND_POOL_CREATE_TRANSIENT_BIT;
  pool.queueFamilyIndex = device_.queueFamily();
  AULA_VK(vkCreateCommandPool(device_.handle(), &pool, nullptr, &slot.pool));
  VkCommandBufferAllocateInfo buffer{};
  buffer.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_ALLOCATE_INFO;
  buffer.commandPool = slot.pool;
  buffer.level = VK_COMMAND_BUFFER_LEVEL_PRIMARY;
  buffer.commandBufferCount = 1;
  AULA_VK(vkAllocateCommandBuffers(device_.handle(), &buffer, &slot.commands));
  slot.descriptors.push_back(makeDescriptorPool());
}

VkDescriptorPool FrameCommands::makeDescriptorPool() const {
  std::vector<VkDescriptorPoolSize> sizes = {
      VkDescriptorPoolSize{VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER, kSetsPerPool},
      VkDescriptorPoolSize{VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER, 4 * kSetsPerPool},
      VkDescriptorPoolSize{VK_DESCRIPTOR_TYPE_STORAGE_BUFFER, 4 * kSetsPerPool},
      VkDescriptorPoolSize{VK_DESCRIPTOR_TYPE_STORAGE_IMAGE, 2 * kSetsPerPool}};
  if (device_.features().accelerationStructures)
    sizes.push_back({VK_DESCRIPTOR_TYPE_ACCELERATION_STRUCTURE_KHR, 16});
  VkDescriptorPoolCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_POOL_CREATE_INFO;
  info.maxSets = kSetsPerPool;
  info.poolSizeCount = static_cast<std::uint32_t>(sizes.size());
  info.pPoolSizes = sizes.data();
  VkDescriptorPool pool = VK_NULL_HANDLE;
  AULA_VK(vkCreateDescriptorPool(device_.handle(), &info, nullptr, &pool));
  return pool;
}

FrameCommands::~FrameCommands() {
  destroy();
}

void FrameCommands::destroy() noexcept {
  // What the device still reads must not be freed under it. A lost device reads nothing.
  device_.waitIdle();
  for (Slot& slot : slots_) {
    for (VkDescriptorPool pool : slot.descriptors) vkDestroyDescriptorPool(device_.handle(), pool, nullptr);
    vkDestroyCommandPool(device_.handle(), slot.pool, nullptr);
  }
  vkDestroySemaphore(device_.handle(), timeline_, nullptr);
}

VkCommandBuffer FrameCommands::begin() {
  if (isRecording_) submit();
  Slot& slot = this->slot();
  if (slot.submitted != 0) wait(slot.submitted);
  slot.submitted = 0;
  slot.kept.clear();
  slot.waits.clear();
  slot.signals.clear();
  std::erase_if(slot.chunks, [](const auto& chunk) { return chunk->size() > kKeptChunkBytes; });
  AULA_VK(vkResetCommandPool(device_.handle(), slot.pool, 0));
  for (VkDescriptorPool pool : slot.descriptors) AULA_VK(vkResetDescriptorPool(device_.handle(), pool, 0));
  slot.descriptorPool = 0;
  slot.sets = 0;
  slot.chunk = 0;
  slot.used = 0;
  VkCommandBufferBeginInfo info{};
  info.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO;
  info.flags = VK_COMMAND_BUFFER_USAGE_ONE_TIME_SUBMIT_BIT;
  AULA_VK(vkBeginCommandBuffer(slot.commands, &info));
  isRecording_ = true;
  return slot.commands;
}

FrameCommands::Ticket FrameCommands::submit() {
  Slot& slot = this->slot();
  isRecording_ = false;
  AULA_VK(vkEndCommandBuffer(slot.commands));
  signal(timeline_, ticket_);
  VkCommandBufferSubmitInfo buffer{};
  buffer.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_SUBMIT_INFO;
  buffer.commandBuffer = slot.commands;
  VkSubmitInfo2 submit{};
  submit.sType = VK_STRUCTURE_TYPE_SUBMIT_INFO_2;
  submit.waitSemaphoreInfoCount = static_cast<std::uint32_t>(slot.waits.size());
  submit.pWaitSemaphoreInfos = slot.waits.data();
  submit.commandBufferInfoCount = 1;
  submit.pCommandBufferInfos = &buffer;
  submit.signalSemaphoreInfoCount = static_cast<std::uint32_t>(slot.signals.size());
  submit.pSignalSemaphoreInfos = slot.signals.data();
  device_.submit(submit);
  slot.submitted = ticket_;
  return ticket_++;
}

void FrameCommands::wait(Ticket ticket) {
  device_.wait(timeline_, ticket);
  for (Slot& slot : slots_) {
    if (slot.submitted != 0 && slot.submitted <= ticket) slot.kept.clear();
  }
}

bool FrameCommands::isDone(Ticket ticket) const {
  std::uint64_t reached = 0;
  AULA_VK(vkGetSemaphoreCounterValue(device_.handle(), timeline_, &reached));
  return reached >= ticket;
}

void FrameCommands::waitFor(VkSemaphore semaphore, VkPipelineStageFlags2 stages, std::uint64_t value) {
  VkSemaphoreSubmitInfo info{};
  info.sType = VK_STRUCTURE_TYPE_SEMAPHORE_SUBMIT_INFO;
  info.semaphore = semaphore;
  info.value = value;
  info.stageMask = stages;
  slot().waits.push_back(info);
}

void FrameCommands::signal(VkSemaphore semaphore, std::uint64_t value) {
  VkSemaphoreSubmitInfo info{};
  info.sType = VK_STRUCTURE_TYPE_SEMAPHORE_SUBMIT_INFO;
  info.semaphore = semaphore;
  info.value = value;
  info.stageMask = VK_PIPELINE_STAGE_2_ALL_COMMANDS_BIT;
  slot().signals.push_back(info);
}

void FrameCommands::keep(std::shared_ptr<const void> thing) {
  slot().kept.push_back(std::move(thing));
}

UploadPiece FrameCommands::upload(VkDeviceSize size) {
  Slot& slot = this->slot();
  const VkDeviceSize wanted =
      (std::max<VkDeviceSize>(size, 1) + kPieceAlignment - 1) / kPieceAlignment * kPieceAlignment;
  while (slot.chunk < slot.chunks.size() && slot.used + wanted > slot.chunks[slot.chunk]->size()) {
    ++slot.chunk;
    slot.used = 0;
  }
  if (slot.chunk == slot.chunks.size()) {
    slot.chunks.push_back(std::make_unique<Buffer>(device_, std::max(wanted, kChunkBytes),
                                                   chunkUsage(device_.features()), MemoryUse::upload));
  }
  const Buffer& chunk = *slot.chunks[slot.chunk];
  const UploadPiece piece{chunk.handle(), slot.used, chunk.mapped() + slot.used};
  slot.used += wanted;
  return piece;
}

void FrameCommands::uploadTo(Buffer& buffer, std::span<const std::byte> bytes, VkDeviceSize offset) {
  AULA_ASSERT(offset + bytes.size() <= buffer.size());
  const Dependency needed =
      buffer.state().advance({VK_PIPELINE_STAGE_2_COPY_BIT, VK_ACCESS_2_TRANSFER_WRITE_BIT}, true);
  if (needed.isNeeded) {
    VkMemoryBarrier2 barrier{};
    barrier.sType = VK_STRUCTURE_TYPE_MEMORY_BARRIER_2;
    barrier.srcStageMask = needed.fromStages;
    barrier.srcAccessMask = needed.fromAccess;
    barrier.dstStageMask = needed.toStages;
    barrier.dstAccessMask = needed.toAccess;
    VkDependencyInfo dependency{};
    dependency.sType = VK_STRUCTURE_TYPE_DEPENDENCY_INFO;
    dependency.memoryBarrierCount = 1;
    dependency.pMemoryBarriers = &barrier;
    vkCmdPipelineBarrier2(commands(), &dependency);
  }
  for (std::size_t done = 0; done < bytes.size();) {
    const std::size_t step = std::min<std::size_t>(bytes.size() - done, kStagingBytes);
    const UploadPiece piece = upload(bytes.subspan(done, step));
    const VkBufferCopy region{piece.offset, offset + done, step};
    vkCmdCopyBuffer(commands(), piece.buffer, buffer.handle(), 1, &region);
    done += step;
  }
}

void FrameCommands::uploadTo(DeviceImage& image, std::span<const std::byte> texels) {
  const ImageShape& shape = image.shape();
  const std::size_t row = std::size_t{shape.width} * bytesOfTexel(shape.format);
  // A volume's slices and an array's layers lie one after the other alike.
  const std::uint32_t slices = shape.isVolume() ? shape.depth : shape.layers;
  AULA_ASSERT(texels.size() == row * shape.height * slices);
  image.transition(commands(), VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL, VK_PIPELINE_STAGE_2_COPY_BIT,
                   VK_ACCESS_2_TRANSFER_WRITE_BIT, false);
  const auto rowsPerStep = static_cast<std::uint32_t>(std::max<std::size_t>(kStagingBytes / row, 1));
  const std::size_t slice = row * shape.height;
  const auto slicesPerStep = static_cast<std::uint32_t>(std::max<std::size_t>(kStagingBytes / slice, 1));
  const auto copy = [&](std::uint32_t z, std::uint32_t nz, std::uint32_t y, std::uint32_t ny) {
    const UploadPiece piece = upload(texels.subspan(z * slice + y * row, (nz - 1) * slice + ny * row));
    VkBufferImageCopy region{};
    region.bufferOffset = piece.offset;
    region.imageSubresource = {image.aspect(), 0, shape.isVolume() ? 0 : z, shape.isVolume() ? 1 : nz};
    region.imageOffset = {0, static_cast<std::int32_t>(y),
                          shape.isVolume() ? static_cast<std::int32_t>(z) : 0};
    region.imageExtent = {shape.width, ny, shape.isVolume() ? nz : 1};
    vkCmdCopyBufferToImage(commands(), piece.buffer, image.handle(), VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL, 1,
                           &region);
  };
  if (slice <= kStagingBytes) {
    for (std::uint32_t z = 0; z < slices; z += slicesPerStep)
      copy(z, std::min(slicesPerStep, slices - z), 0, shape.height);
    return;
  }
  for (std::uint32_t z = 0; z < slices; ++z) {
    for (std::uint32_t y = 0; y < shape.height; y += rowsPerStep)
      copy(z, 1, y, std::min(rowsPerStep, shape.height - y));
  }
}

VkDescriptorSet FrameCommands::descriptorSet(VkDescriptorSetLayout layout) {
  Slot& slot = this->slot();
  VkDescriptorSetAllocateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_ALLOCATE_INFO;
  info.descriptorSetCount = 1;
  info.pSetLayouts = &layout;
  VkDescriptorSet set = VK_NULL_HANDLE;
  // A pool that is used up, by sets or by what they hold, is followed by another.
  for (;; ++slot.descriptorPool, slot.sets = 0) {
    const bool isNew = slot.descriptorPool == slot.descriptors.size();
    if (isNew) slot.descriptors.push_back(makeDescriptorPool());
    if (slot.sets == kSetsPerPool) continue;
    info.descriptorPool = slot.descriptors[slot.descriptorPool];
    const VkResult result = vkAllocateDescriptorSets(device_.handle(), &info, &set);
    const bool isFull = result == VK_ERROR_OUT_OF_POOL_MEMORY || result == VK_ERROR_FRAGMENTED_POOL;
    if (isFull && !isNew) continue;
    AULA_VK(result);
    ++slot.sets;
    return set;
  }
}

}  // namespace aula::render::vulkan
