// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "render/graph/compile.h"
#include "render/graph/frame_graph.h"
#include "render/graph/transients.h"
#include "render/graph/usage.h"

namespace aula::render::graph {

/// An image or a buffer as it was declared for a frame.
struct ResourceNode {
  std::string name;
  bool isImage = true;
  vulkan::ImageShape shape;
  VkDeviceSize bytes = 0;
  vulkan::DeviceImage* importedImage = nullptr;
  vulkan::Buffer* importedBuffer = nullptr;
  Lifetime life;
  int transient = -1;  ///< Its number in the frame's set; -1: imported, or touched by no living pass.

  [[nodiscard]] bool isImported() const { return importedImage != nullptr || importedBuffer != nullptr; }
};

struct Attachment {
  int resource = -1;
  Load load = Load::clear;
  VkClearValue clear{};
  bool isWritten = true;
};

/// All that one pass does to one resource.
struct ResourceTouch {
  Touch touch;
  vulkan::ResourceUse use;
};

struct PassNode final : PassBuilder {
  PassBuilder& colour(ImageId image, Load load, VkClearColorValue clear) override;
  PassBuilder& depth(ImageId image, Load load, float clear, bool isWritten) override;
  PassBuilder& part(std::uint32_t itsLevel, std::uint32_t itsLayer) override;
  PassBuilder& uses(ImageId image, Use use) override;
  PassBuilder& uses(BufferId buffer, Use use) override;
  PassBuilder& keeps() override;

  /// Adds what a pass does to what it does already. Throws core::Error where both cannot be.
  void add(const ResourceTouch& more, const char* what);
  [[nodiscard]] const ResourceTouch* find(int resource) const;
  [[nodiscard]] bool isDrawing() const { return !colours.empty() || depthAttachment.has_value(); }

  std::string name;
  std::function<void(const PassResources&)> record;
  std::vector<ResourceNode>* resources = nullptr;
  VkPipelineStageFlags2 computeStages = 0;
  std::vector<Attachment> colours;
  std::optional<Attachment> depthAttachment;
  std::uint32_t level = 0, layer = 0;
  std::vector<ResourceTouch> touches;
  bool isKept = false, isLiving = false;
  std::size_t barriers = 0;  ///< Placed before it, for the picture.
};

/// What a picture of a frame is drawn from.
struct FrameNodes {
  std::vector<ResourceNode> resources;
  std::vector<std::unique_ptr<PassNode>> passes;
  std::shared_ptr<TransientSet> transients;
};

[[nodiscard]] std::string drawDot(const FrameNodes& frame, const std::vector<PassTime>& times);
[[nodiscard]] std::string drawSvg(const FrameNodes& frame, const std::vector<PassTime>& times);
/// "512x288 R16G16B16A16_SFLOAT, 3 levels", "4.00 MiB".
[[nodiscard]] std::string describe(const ResourceNode& resource);

}  // namespace aula::render::graph
