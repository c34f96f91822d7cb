// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vulkan/vulkan.h>

#include <memory>
#include <optional>

#include "compute/shared_array.h"
#include "render/gpu.h"

namespace aula::render::vulkan {
class Device;
class FrameCommands;
}  // namespace aula::render::vulkan

namespace aula::render::interop {

/// The pool behind Gpu::sharedArrays(). Its arrays keep the device alive.
[[nodiscard]] std::unique_ptr<compute::SharedArrayPool> makeSharedArrayPool(
    std::shared_ptr<const vulkan::Device> device, SharedMemory kind);

/// What a frame binds as a storage buffer, or copies from.
struct SharedBuffer {
  VkBuffer buffer = VK_NULL_HANDLE;
  VkDeviceSize bytes = 0;
};

/// The array as a buffer of `device`, to be read by the frame being recorded: the frame waits for the
/// writes that were published, and holds the array until it is done. Nothing: the array is of another device
/// or pool, or was never published; then its values must come another way.
[[nodiscard]] std::optional<SharedBuffer> readShared(vulkan::FrameCommands& frame,
                                                     const vulkan::Device& device,
                                                     std::shared_ptr<const compute::SharedArray> array);

}  // namespace aula::render::interop
