// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vulkan/vulkan.h>

#include <cstring>
#include <memory>
#include <span>
#include <vector>

#include "render/vulkan/buffer.h"

namespace aula::render::vulkan {

class Device;
class DeviceImage;

/// A piece of a host-visible buffer, valid until its frame is done on the device. Can be bound as vertices,
/// indices, uniforms, storage or indirect arguments, and copied from.
struct UploadPiece {
  VkBuffer buffer = VK_NULL_HANDLE;
  VkDeviceSize offset = 0;
  std::byte* mapped = nullptr;
};

/// What frames need while they are recorded and drawn: command buffers, and the vertices, uniforms and
/// descriptor sets that die with each frame. Two frames may be on their way at once. One thread.
class FrameCommands {
 public:
  /// A frame's number, rising from 1.
  using Ticket = std::uint64_t;
  static constexpr std::size_t kFramesInFlight = 2;

  explicit FrameCommands(const Device& device);
  /// Waits for the frames on their way.
  ~FrameCommands();
  FrameCommands(const FrameCommands&) = delete;
  FrameCommands& operator=(const FrameCommands&) = delete;

  /// Waits for the frame before the last, forgets it, and starts recording. A frame that was begun and never
  /// submitted (something threw in between) is sent off first, as far as it was recorded: what was uploaded
  /// in it, and the layouts that were left, count.
  VkCommandBuffer begin();
  /// Ends recording and sends it off. Throws DeviceLost.
  Ticket submit();
  /// Until the frame is done on the device. Throws DeviceLost.
  void wait(Ticket ticket);
  [[nodiscard]] bool isDone(Ticket ticket) const;
  void submitAndWait() { wait(submit()); }

  /// Of the frame being recorded.
  [[nodiscard]] VkCommandBuffer commands() const { return slot().commands; }
  [[nodiscard]] Ticket ticket() const { return ticket_; }
  /// The frame's work from `stages` on waits for the semaphore (`value`: of a timeline).
  void waitFor(VkSemaphore semaphore, VkPipelineStageFlags2 stages, std::uint64_t value = 0);
  /// Signalled when all of the frame's work is done.
  void signal(VkSemaphore semaphore, std::uint64_t value = 0);
  /// Kept alive until the frame is done on the device: what is replaced while frames are on their way.
  void keep(std::shared_ptr<const void> thing);

  [[nodiscard]] UploadPiece upload(VkDeviceSize size);
  template <typename T>
  [[nodiscard]] UploadPiece upload(std::span<const T> data) {
    const UploadPiece piece = upload(data.size_bytes());
    std::memcpy(piece.mapped, data.data(), data.size_bytes());
    return piece;
  }
  /// Record copies into a buffer or the whole of an image's first level (all layers), outside of a rendering,
  /// with the barriers before; through several staging buffers where much is copied.
  void uploadTo(Buffer& buffer, std::span<const std::byte> bytes, VkDeviceSize offset = 0);
  void uploadTo(DeviceImage& image, std::span<const std::byte> texels);

  [[nodiscard]] VkDescriptorSet descriptorSet(VkDescriptorSetLayout layout);

 private:
  struct Slot {
    VkCommandPool pool = VK_NULL_HANDLE;
    VkCommandBuffer commands = VK_NULL_HANDLE;
    std::vector<VkDescriptorPool> descriptors;
    std::size_t descriptorPool = 0;
    std::uint32_t sets = 0;  ///< Taken from that pool.
    std::vector<std::unique_ptr<Buffer>> chunks;
    std::size_t chunk = 0;
    VkDeviceSize used = 0;
    std::vector<std::shared_ptr<const void>> kept;
    std::vector<VkSemaphoreSubmitInfo> waits, signals;
    Ticket submitted = 0;  ///< 0: never.
  };

  [[nodiscard]] const Slot& slot() const { return slots_[ticket_ % kFramesInFlight]; }
  [[nodiscard]] Slot& slot() { return slots_[ticket_ % kFramesInFlight]; }
  void makeSlot(Slot& slot) const;
  [[nodiscard]] VkDescriptorPool makeDescriptorPool() const;
  void destroy() noexcept;

  const Device& device_;
  VkSemaphore timeline_ = VK_NULL_HANDLE;  ///< Reaches each ticket when its frame is done.
  Ticket ticket_ = 1;
  bool isRecording_ = false;
  Slot slots_[kFramesInFlight];
};

}  // namespace aula::render::vulkan
