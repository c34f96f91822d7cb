// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vulkan/vulkan.h>

#include <cstdint>
#include <span>
#include <vector>

namespace aula::render::vulkan {

class Device;
class DeviceImage;
class FrameCommands;
struct UploadPiece;

enum class Blend { none, straight, premultiplied };
enum class Depth { none, test, testAndWrite };

/// What a pass draws into.
struct TargetShape {
  VkFormat colour = VK_FORMAT_R8G8B8A8_UNORM;
  VkFormat depth = VK_FORMAT_UNDEFINED;
  VkSampleCountFlagBits samples = VK_SAMPLE_COUNT_1_BIT;
};

struct PipelineShape {
  std::span<const std::uint32_t> vertexShader, fragmentShader;  ///< SPIR-V with the entry point main.
  std::vector<VkFormat>
      attributes;  ///< Of one interleaved vertex, at locations 0, 1, ...; packed without gaps.
  std::vector<VkDescriptorType> bindings;  ///< Of set 0, at 0, 1, ...; seen by both stages.
  std::uint32_t pushBytes = 0;             ///< At most 128; seen by both stages.
  VkPrimitiveTopology topology = VK_PRIMITIVE_TOPOLOGY_TRIANGLE_LIST;
  Blend blend = Blend::none;
  Depth depth = Depth::none;
  TargetShape target;
};

/// A graphics pipeline with its layouts; viewport and scissor are set while recording.
class Pipeline {
 public:
  Pipeline(const Device& device, const PipelineShape& shape);
  ~Pipeline();
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  [[nodiscard]] VkPipeline handle() const { return pipeline_; }
  [[nodiscard]] VkPipelineLayout layout() const { return layout_; }
  [[nodiscard]] VkDescriptorSetLayout setLayout() const { return setLayout_; }

 private:
  void makeLayouts(const PipelineShape& shape);
  void makePipeline(const PipelineShape& shape);
  void destroy() noexcept;

  const Device& device_;
  VkDescriptorSetLayout setLayout_ = VK_NULL_HANDLE;
  VkPipelineLayout layout_ = VK_NULL_HANDLE;
  VkPipeline pipeline_ = VK_NULL_HANDLE;
};

/// How shaders read images: clamped at the edges, nearest or linear.
class Sampler {
 public:
  Sampler(const Device& device, VkFilter filter);
  ~Sampler();
  Sampler(const Sampler&) = delete;
  Sampler& operator=(const Sampler&) = delete;
  [[nodiscard]] VkSampler handle() const { return sampler_; }

 private:
  const Device& device_;
  VkSampler sampler_ = VK_NULL_HANDLE;
};

/// What fills one binding: a uniform buffer's bytes or an image.
struct Binding {
  const UploadPiece* uniforms = nullptr;
  VkDeviceSize uniformBytes = 0;
  const DeviceImage* image = nullptr;
  VkSampler sampler = VK_NULL_HANDLE;
};

/// A descriptor set for this frame, its bindings filled in order, bound for the pipeline.
void bind(VkCommandBuffer commands, FrameCommands& frame, const Device& device, const Pipeline& pipeline,
          std::span<const Binding> bindings);

}  // namespace aula::render::vulkan
