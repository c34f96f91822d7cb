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

/// A piece of a host-visible buffer, valid until the frame's next begin().
struct UploadPiece {
  VkBuffer buffer = VK_NULL_HANDLE;
  VkDeviceSize offset = 0;
  std::byte* mapped = nullptr;
};

/// What one frame needs while it is recorded and drawn: its command buffer, its fence, and the vertices,
/// uniforms and descriptor sets that die with it. One thread.
class FrameCommands {
 public:
  explicit FrameCommands(const Device& device);
  ~FrameCommands();
  FrameCommands(const FrameCommands&) = delete;
  FrameCommands& operator=(const FrameCommands&) = delete;

  /// Forgets the frame before and starts recording.
  VkCommandBuffer begin();
  /// Ends recording, runs it and waits until it is done.
  void submitAndWait();

  [[nodiscard]] UploadPiece upload(VkDeviceSize size);
  template <typename T>
  [[nodiscard]] UploadPiece upload(std::span<const T> data) {
    const UploadPiece piece = upload(data.size_bytes());
    std::memcpy(piece.mapped, data.data(), data.size_bytes());
    return piece;
  }
  [[nodiscard]] VkDescriptorSet descriptorSet(VkDescriptorSetLayout layout);

 private:
  const Device& device_;
  VkCommandPool pool_ = VK_NULL_HANDLE;
  VkCommandBuffer commands_ = VK_NULL_HANDLE;
  VkFence fence_ = VK_NULL_HANDLE;
  VkDescriptorPool descriptors_ = VK_NULL_HANDLE;
  std::vector<std::unique_ptr<Buffer>> chunks_;
  std::size_t chunk_ = 0;
  VkDeviceSize used_ = 0;
};

}  // namespace aula::render::vulkan
