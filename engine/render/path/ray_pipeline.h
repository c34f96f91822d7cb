// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vulkan/vulkan.h>

#include <memory>

#include "render/vulkan/buffer.h"

namespace aula::render::path {

/// The tracer's ray-tracing pipeline and its table of shaders, for devices without ray queries. Bindings:
/// 0 uniforms, 1 the scene's tree.
class RayPipeline {
 public:
  explicit RayPipeline(const vulkan::Device& device);
  ~RayPipeline();
  RayPipeline(const RayPipeline&) = delete;
  RayPipeline& operator=(const RayPipeline&) = delete;

  [[nodiscard]] VkPipelineLayout layout() const { return layout_; }
  [[nodiscard]] VkDescriptorSetLayout setLayout() const { return setLayout_; }
  /// Binds and runs it; the descriptor set and the push constants are told before.
  void bind(VkCommandBuffer commands) const;
  void trace(VkCommandBuffer commands, std::uint32_t width, std::uint32_t height) const;

 private:
  void make();
  void makeTable(VkDeviceSize handleSize, VkDeviceSize stride);
  void destroy() noexcept;

  const vulkan::Device& device_;
  VkDescriptorSetLayout setLayout_ = VK_NULL_HANDLE;
  VkPipelineLayout layout_ = VK_NULL_HANDLE;
  VkPipeline pipeline_ = VK_NULL_HANDLE;
  std::unique_ptr<vulkan::Buffer> table_;
  VkStridedDeviceAddressRegionKHR generation_{}, miss_{}, hits_{};
};

}  // namespace aula::render::path
