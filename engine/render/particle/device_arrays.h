// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vulkan/vulkan.h>

#include <map>
#include <memory>
#include <span>
#include <vector>

#include "render/vulkan/buffer.h"
#include "render/vulkan/commands.h"

namespace aula::render::stage {

/// Published arrays on the device, known by their address (a published array never changes; it is kept alive
/// while it is known here, so that its address is not given to another). What is seen for the first time is
/// written into mapped memory that the device reads directly: that is all a moving array ever needs. What is
/// seen in a second frame is taken to be static and moves into the device's own memory. What three frames
/// have not asked for is forgotten, its memory used again. One thread.
class DeviceArrays {
 public:
  explicit DeviceArrays(const vulkan::Device& device) : device_(device) {}

  /// At the start of each frame.
  void beginFrame(vulkan::FrameCommands& uploads);

  /// A storage buffer with the array's bytes; valid during this frame. Outside of a rendering.
  template <typename T>
  [[nodiscard]] VkBuffer of(const std::shared_ptr<const std::vector<T>>& array,
                            vulkan::FrameCommands& uploads) {
    return take(array, std::as_bytes(std::span(*array)), uploads);
  }
  /// True when of() has never seen the array: the moment to check what is in it.
  [[nodiscard]] bool isNew(const void* array) const { return !known_.contains(array); }
  /// Bytes written for the frame being prepared.
  [[nodiscard]] std::size_t bytesWritten() const { return bytesWritten_; }

 private:
  struct Entry {
    std::shared_ptr<const void> owner;
    std::unique_ptr<vulkan::Buffer> mapped, resident;
    vulkan::FrameCommands::Ticket first = 0, last = 0;
  };
  struct Spare {
    std::unique_ptr<vulkan::Buffer> buffer;
    vulkan::FrameCommands::Ticket last = 0;
  };

  VkBuffer take(std::shared_ptr<const void> owner, std::span<const std::byte> bytes,
                vulkan::FrameCommands& uploads);
  std::unique_ptr<vulkan::Buffer> mappedBuffer(std::size_t bytes, vulkan::FrameCommands& uploads);

  const vulkan::Device& device_;
  std::map<const void*, Entry> known_;
  std::vector<Spare> spares_;
  std::size_t bytesWritten_ = 0;
};

}  // namespace aula::render::stage
