// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vulkan/vulkan.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace aula::render::vulkan {

class Device;
class DeviceImage;
class FrameCommands;
struct UploadPiece;

enum class Blend {
  none,
  straight,
  premultiplied,
  add  ///< Sum of everything drawn: order does not matter.
};
/// `testAndWrite` and `test` keep what is nearer by the depth's direction (TargetShape::isReversed).
enum class Depth { none, test, testAndWrite };
enum class Cull { none, back, front };

/// What a pass draws into: one to five colours, or none with a depth (a shadow map).
struct TargetShape {
  VkFormat colour = VK_FORMAT_R8G8B8A8_UNORM;  ///< VK_FORMAT_UNDEFINED: no colour at all.
  VkFormat depth = VK_FORMAT_UNDEFINED;
  VkSampleCountFlagBits samples = VK_SAMPLE_COUNT_1_BIT;
  std::array<VkFormat, 4> moreColours{};  ///< VK_FORMAT_UNDEFINED ends the list.
  std::uint32_t viewMask = 0;             ///< Bits of the layers drawn at once (multiview); 0: one layer.
  bool isReversed =
      false;  ///< Depth 1 is near, 0 far: the scene's convention. False: the flat pictures' old one.
};

struct PipelineShape {
  std::span<const std::uint32_t> vertexShader,
      fragmentShader;  ///< SPIR-V with the entry point main; no fragment: depth only.
  std::vector<VkFormat>
      attributes;  ///< Of one interleaved vertex, at locations 0, 1, ...; packed without gaps.
  std::uint32_t stride =
      0;  ///< Bytes from vertex to vertex, where there is more than the attributes; 0: packed.
  std::vector<VkDescriptorType> bindings;  ///< Of set 0, at 0, 1, ...; seen by both stages.
  std::uint32_t pushBytes = 0;             ///< At most 128; seen by both stages.
  VkPrimitiveTopology topology = VK_PRIMITIVE_TOPOLOGY_TRIANGLE_LIST;
  Blend blend = Blend::none;
  std::array<Blend, 4> moreBlends{};  ///< Of the second colour on.
  Depth depth = Depth::none;
  Cull cull = Cull::none;
  std::vector<std::uint32_t> constants;  ///< Specialisation constants 0, 1, ..., of both stages.
  TargetShape target;
};

/// What a pipeline is made of anew when a shader's file changes.
template <typename Shape>
struct ReloadSource;

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
  /// Takes up shaders whose files have changed (ShaderReload); bind() calls it. The old pipeline lives as
  /// long as the frame.
  void refresh(FrameCommands& frame) const;

 private:
  void makeLayouts(const PipelineShape& shape);
  [[nodiscard]] VkPipeline makePipeline(const PipelineShape& shape) const;
  void destroy() noexcept;

  const Device& device_;
  VkDescriptorSetLayout setLayout_ = VK_NULL_HANDLE;
  VkPipelineLayout layout_ = VK_NULL_HANDLE;
  mutable VkPipeline pipeline_ = VK_NULL_HANDLE;
  std::unique_ptr<ReloadSource<PipelineShape>> source_;  ///< Null: shaders stay as they were built.
};

struct ComputeShape {
  std::span<const std::uint32_t> shader;
  std::vector<VkDescriptorType> bindings;  ///< Of set 0, at 0, 1, ...
  std::uint32_t pushBytes = 0;
  std::vector<std::uint32_t> constants;
};

/// A compute pipeline with its layouts.
class ComputePipeline {
 public:
  ComputePipeline(const Device& device, const ComputeShape& shape);
  ~ComputePipeline();
  ComputePipeline(const ComputePipeline&) = delete;
  ComputePipeline& operator=(const ComputePipeline&) = delete;

  [[nodiscard]] VkPipeline handle() const { return pipeline_; }
  [[nodiscard]] VkPipelineLayout layout() const { return layout_; }
  [[nodiscard]] VkDescriptorSetLayout setLayout() const { return setLayout_; }
  /// As Pipeline's.
  void refresh(FrameCommands& frame) const;

 private:
  [[nodiscard]] VkPipeline makePipeline(const ComputeShape& shape) const;
  void destroy() noexcept;

  const Device& device_;
  VkDescriptorSetLayout setLayout_ = VK_NULL_HANDLE;
  VkPipelineLayout layout_ = VK_NULL_HANDLE;
  mutable VkPipeline pipeline_ = VK_NULL_HANDLE;
  std::unique_ptr<ReloadSource<ComputeShape>> source_;
};

struct SamplerShape {
  VkFilter filter = VK_FILTER_LINEAR;
  VkSamplerAddressMode edges = VK_SAMPLER_ADDRESS_MODE_CLAMP_TO_EDGE;
  bool hasLevels = false;  ///< Between levels of detail, too (linear where the filter is).
  float anisotropy = 1;    ///< More where the device can, up to its limit.
  /// Compares instead of reading: what `textureProj` and the like of a sampler2DShadow give. With reversed
  /// depth VK_COMPARE_OP_GREATER_OR_EQUAL: lit where the point is at least as near as what the lamp saw.
  std::optional<VkCompareOp> compare;
  /// Minimum or maximum of the texels instead of their mean; only where the device has samplerMinMax.
  VkSamplerReductionMode reduction = VK_SAMPLER_REDUCTION_MODE_WEIGHTED_AVERAGE;
  /// Seen beyond edges with VK_SAMPLER_ADDRESS_MODE_CLAMP_TO_BORDER.
  VkBorderColor border = VK_BORDER_COLOR_FLOAT_TRANSPARENT_BLACK;
};

/// How shaders read images; by default clamped at the edges, of one level.
class Sampler {
 public:
  Sampler(const Device& device, VkFilter filter);
  Sampler(const Device& device, const SamplerShape& shape);
  ~Sampler();
  Sampler(const Sampler&) = delete;
  Sampler& operator=(const Sampler&) = delete;
  [[nodiscard]] VkSampler handle() const { return sampler_; }

 private:
  const Device& device_;
  VkSampler sampler_ = VK_NULL_HANDLE;
};

/// What fills one binding, by the pipeline's type for it.
struct Binding {
  const UploadPiece* uniforms = nullptr;
  VkDeviceSize uniformBytes = 0;
  const DeviceImage* image = nullptr;
  VkSampler sampler = VK_NULL_HANDLE;
  VkImageView view =
      VK_NULL_HANDLE;  ///< Instead of `image`; sampled with `sampler`, or as a storage image without one.
  VkImageLayout layout =
      VK_IMAGE_LAYOUT_UNDEFINED;     ///< Undefined: read-only where sampled, general where storage.
  VkBuffer buffer = VK_NULL_HANDLE;  ///< A storage buffer, or uniforms that outlive the frame.
  VkDeviceSize offset = 0, bytes = VK_WHOLE_SIZE;
  VkAccelerationStructureKHR acceleration = VK_NULL_HANDLE;

  static Binding of(const UploadPiece& piece, VkDeviceSize size) {
    return {.uniforms = &piece, .uniformBytes = size};
  }
  static Binding of(VkImageView view, VkSampler sampler) { return {.sampler = sampler, .view = view}; }
  static Binding storage(VkImageView view) { return {.view = view}; }
  static Binding storage(VkBuffer buffer, VkDeviceSize offset = 0, VkDeviceSize bytes = VK_WHOLE_SIZE) {
    return {.buffer = buffer, .offset = offset, .bytes = bytes};
  }
};

/// A descriptor set for this frame, its bindings filled in order, bound for the pipeline.
void bind(VkCommandBuffer commands, FrameCommands& frame, const Device& device, const Pipeline& pipeline,
          std::span<const Binding> bindings);
void bind(VkCommandBuffer commands, FrameCommands& frame, const Device& device,
          const ComputePipeline& pipeline, std::span<const Binding> bindings);

}  // namespace aula::render::vulkan
