// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vulkan/vulkan.h>

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "render/vulkan/buffer.h"
#include "render/vulkan/commands.h"

namespace aula::render::path {

/// A tree that rays walk, with its memory.
class Acceleration {
 public:
  Acceleration(const vulkan::Device& device, VkAccelerationStructureTypeKHR type, VkDeviceSize bytes);
  ~Acceleration();
  Acceleration(const Acceleration&) = delete;
  Acceleration& operator=(const Acceleration&) = delete;

  [[nodiscard]] VkAccelerationStructureKHR handle() const { return handle_; }
  [[nodiscard]] VkDeviceAddress address() const;
  [[nodiscard]] VkDeviceSize bytes() const { return memory_.size(); }

 private:
  const vulkan::Device& device_;
  vulkan::Buffer memory_;
  VkAccelerationStructureKHR handle_ = VK_NULL_HANDLE;
};

/// An object's place in the scene's tree.
struct TreeInstance {
  std::array<std::array<float, 4>, 3> stageFromObject{};
  const Acceleration* tree = nullptr;
  std::uint32_t index = 0;  ///< Of its record.
  std::uint32_t mask = 0xff;
  bool isShape = false;  ///< Boxes with exact shapes inside, not triangles.
  bool isTwoSided = false;
};

/// Makes trees on the device, one after the other, waiting for each. One thread.
class AccelerationBuilder {
 public:
  AccelerationBuilder(const vulkan::Device& device, vulkan::FrameCommands& frame)
      : device_(device), frame_(frame) {}

  /// Corners of three packed floats, three 32-bit indices a triangle. All of it lies on the device.
  [[nodiscard]] std::unique_ptr<Acceleration> triangles(VkDeviceAddress corners, std::uint32_t cornerCount,
                                                        VkDeviceAddress indices, std::uint32_t count);
  /// Six floats a box: lowest, highest.
  [[nodiscard]] std::unique_ptr<Acceleration> boxes(VkDeviceAddress boxes, std::uint32_t count);
  [[nodiscard]] std::unique_ptr<Acceleration> scene(std::span<const TreeInstance> instances);

 private:
  [[nodiscard]] std::unique_ptr<Acceleration> build(VkAccelerationStructureTypeKHR type,
                                                    const VkAccelerationStructureGeometryKHR& geometry,
                                                    std::uint32_t count);
  const vulkan::Device& device_;
  vulkan::FrameCommands& frame_;
};

/// What copies, builds and rays have written is seen by all of them and by the host; for commands that are
/// not in a frame graph.
void barrierForRays(const vulkan::Device& device, VkCommandBuffer commands);

}  // namespace aula::render::path
