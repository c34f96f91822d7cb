// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vulkan/vulkan.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include "render/devices.h"
#include "render/vulkan/features.h"
#include "render/vulkan/instance.h"

namespace aula::render::vulkan {

class MemoryAllocator;
class PipelineCache;
class ShaderReload;

/// The device chosen, with its one graphics queue. Must outlive everything made from it.
class Device {
 public:
  /// `wanted`: part of a name, empty for the best (chooseVulkanDevice). Throws core::Error with every reason.
  Device(const Instance& instance, const std::string& wanted);
  ~Device();
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;

  [[nodiscard]] VkDevice handle() const { return device_; }
  [[nodiscard]] VkPhysicalDevice physical() const { return physical_; }
  [[nodiscard]] VkQueue queue() const { return queue_; }
  [[nodiscard]] std::uint32_t queueFamily() const { return queueFamily_; }
  [[nodiscard]] const VkPhysicalDeviceLimits& limits() const { return limits_; }
  [[nodiscard]] const DeviceReport& report() const { return report_; }
  [[nodiscard]] MemoryAllocator& memory() const { return *memory_; }

  /// What is switched on.
  [[nodiscard]] const Features& features() const { return features_; }
  [[nodiscard]] bool hasRayQuery() const { return features_.rayQuery; }
  [[nodiscard]] bool hasRayTracingPipeline() const { return features_.rayTracingPipeline; }
  /// The stages that compute and trace: what "sampledCompute" and the like stand for.
  [[nodiscard]] VkPipelineStageFlags2 computeStages() const;
  /// 16 bytes each, to find the same card in CUDA.
  [[nodiscard]] const VkPhysicalDeviceIDProperties& identity() const { return identity_; }
  /// Meaningful bits of a timestamp; 0: the queue has none.
  [[nodiscard]] std::uint32_t timestampBits() const { return timestampBits_; }
  /// Passed to every pipeline that is made.
  [[nodiscard]] VkPipelineCache pipelineCache() const;

  /// Where shaders are taken up again when their files change; null: they are not.
  [[nodiscard]] ShaderReload* shaderReload() const { return shaderReload_.get(); }

  /// A function of an extension (loaded for this device); null when the driver lacks it.
  template <typename Function>
  [[nodiscard]] Function load(const char* name) const {
    return reinterpret_cast<Function>(vkGetDeviceProcAddr(device_, name));
  }

  /// All submissions go through this: one at a time, from any thread. Throws DeviceLost.
  void submit(const VkSubmitInfo2& info, VkFence fence = VK_NULL_HANDLE) const;
  /// Waits on the host until the timeline has reached the value. Throws DeviceLost.
  void wait(VkSemaphore timeline, std::uint64_t value) const;
  /// Waits until nothing runs any more; returns at once on a lost device. Never throws.
  void waitIdle() const noexcept;
  /// Throws DeviceLost, and remembers it, where the result says so; core::Error for other failures.
  void check(VkResult result, const char* call, const char* file, int line) const;
  [[nodiscard]] bool isLost() const { return isLost_; }
  /// The next submission fails as if the device were lost.
  void loseForTest() const { isToBeLost_ = true; }
  /// Held by whoever uses the queue beside submit() (presenting).
  [[nodiscard]] std::mutex& queueMutex() const { return queueMutex_; }

  /// Names and groups that debuggers and the validation layers show; nothing without validation.
  void beginLabel(VkCommandBuffer commands, const char* name) const;
  void endLabel(VkCommandBuffer commands) const;
  void nameObject(VkObjectType type, std::uint64_t handle, const std::string& name) const;

 private:
  VkPhysicalDevice physical_ = VK_NULL_HANDLE;
  VkDevice device_ = VK_NULL_HANDLE;
  VkQueue queue_ = VK_NULL_HANDLE;
  std::uint32_t queueFamily_ = 0, timestampBits_ = 0;
  VkPhysicalDeviceLimits limits_{};
  VkPhysicalDeviceIDProperties identity_{};
  Features features_;
  DeviceReport report_;
  PFN_vkCmdBeginDebugUtilsLabelEXT beginLabel_ = nullptr;
  PFN_vkCmdEndDebugUtilsLabelEXT endLabel_ = nullptr;
  PFN_vkSetDebugUtilsObjectNameEXT nameObject_ = nullptr;
  mutable std::atomic<bool> isLost_{false}, isToBeLost_{false};
  mutable std::mutex queueMutex_;
  std::unique_ptr<MemoryAllocator> memory_;
  std::unique_ptr<PipelineCache> pipelineCache_;
  std::unique_ptr<ShaderReload> shaderReload_;
};

}  // namespace aula::render::vulkan
