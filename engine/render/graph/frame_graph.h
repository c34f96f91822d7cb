// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vulkan/vulkan.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "render/vulkan/device_image.h"

namespace aula::render::vulkan {
class Buffer;
class Device;
class FrameCommands;
}  // namespace aula::render::vulkan

namespace aula::render::graph {

/// Handles of one frame's resources. Cheap to copy; worthless after the frame.
struct ImageId {
  int index = -1;
  [[nodiscard]] bool isValid() const { return index >= 0; }
};
struct BufferId {
  int index = -1;
  [[nodiscard]] bool isValid() const { return index >= 0; }
};

/// How a pass touches a resource; from this the graph derives stages, accesses, layouts and barriers.
enum class Use {
  sampledFragment,   ///< Read through a sampler while drawing.
  sampledCompute,    ///< Read through a sampler while computing or tracing.
  storageRead,       ///< Read as a storage image or buffer (compute, tracing).
  storageWrite,      ///< Written so; what was there is lost.
  storageReadWrite,  ///< Also sampled, if wanted.
  storageFragment,   ///< Read and written as storage while drawing.
  vertexRead,        ///< Read by vertex shaders, as vertices or indices, or as indirect arguments.
  fragmentRead,      ///< A storage buffer read while drawing.
  copySource,
  copyTarget
};

enum class Load { clear, keep, discard };

/// What a pass's commands may use while they are recorded.
class PassResources {
 public:
  virtual ~PassResources() = default;
  [[nodiscard]] virtual VkCommandBuffer commands() const = 0;
  [[nodiscard]] virtual vulkan::FrameCommands& frame()
      const = 0;  ///< Uploads and descriptor sets of this frame.
  [[nodiscard]] virtual const vulkan::Device& device() const = 0;
  [[nodiscard]] virtual VkImageView view(ImageId image) const = 0;
  /// Of one level of detail, with all layers or one: to store into, or to draw into by hand.
  [[nodiscard]] virtual VkImageView view(ImageId image, std::uint32_t level,
                                         std::optional<std::uint32_t> layer = {}) const = 0;
  /// The layout the image is in during this pass: what a binding says where it is not the usual one for its
  /// kind (a depth that is tested and sampled at once, an image that is stored and sampled).
  [[nodiscard]] virtual VkImageLayout layout(ImageId image) const = 0;
  [[nodiscard]] virtual VkImage image(ImageId image) const = 0;
  [[nodiscard]] virtual const vulkan::ImageShape& shape(ImageId image) const = 0;
  [[nodiscard]] virtual VkBuffer buffer(BufferId buffer) const = 0;
  [[nodiscard]] virtual VkDeviceSize size(BufferId buffer) const = 0;
};

/// Declares what one pass does. Every resource it touches must be named here.
class PassBuilder {
 public:
  virtual ~PassBuilder() = default;
  /// A colour attachment, at locations 0, 1, ... in the order of the calls; the pass becomes a drawing pass:
  /// rendering is begun, viewport and scissor set to the attachments' size, and ended by the graph.
  virtual PassBuilder& colour(ImageId image, Load load, VkClearColorValue clear = {}) = 0;
  /// `isWritten` false: tested only, and may be sampled by the same pass.
  virtual PassBuilder& depth(ImageId image, Load load, float clear = 0, bool isWritten = true) = 0;
  /// The attachments are this level and layer of their images, not the first: shadow cascades, chains of
  /// levels. Clearing clears that part alone.
  virtual PassBuilder& part(std::uint32_t level, std::uint32_t layer = 0) = 0;
  /// All uses of one image by a pass must agree on a layout: what it stores into it may also sample (in
  /// layout general), a depth that is only tested may be sampled.
  virtual PassBuilder& uses(ImageId image, Use use) = 0;
  virtual PassBuilder& uses(BufferId buffer, Use use) = 0;
  /// Kept although nobody reads what it writes (readbacks, histories).
  virtual PassBuilder& keeps() = 0;
};

/// How long a pass took on the device, and what it said of itself.
struct PassTime {
  std::string name;
  double milliseconds = 0;
};

/// The passes of one frame: declared in the order they run, then executed at once. Passes nobody reads are
/// left out, barriers placed, images that never live at the same time share memory. Make one, then per frame:
/// begin(), declare, execute(). One thread.
class FrameGraph {
 public:
  explicit FrameGraph(const vulkan::Device& device);
  ~FrameGraph();
  FrameGraph(const FrameGraph&) = delete;
  FrameGraph& operator=(const FrameGraph&) = delete;

  /// Forgets the frame before; its memory is used again.
  void begin();

  /// An image of this frame alone. `shape.usage` is filled in from its uses.
  ImageId image(std::string name, const vulkan::ImageShape& shape);
  /// An image that outlives the frame: history, target, texture. Its tracked layout is taken up and left
  /// correct.
  ImageId import(std::string name, vulkan::DeviceImage& image);
  BufferId buffer(std::string name, VkDeviceSize bytes);
  BufferId import(std::string name, vulkan::Buffer& buffer);

  /// `record` runs inside execute(), between barriers, within a rendering where the pass has attachments.
  PassBuilder& pass(std::string name, std::function<void(const PassResources&)> record);

  /// Records everything into the frame's command buffer (between FrameCommands::begin() and submit). Throws
  /// core::Error that names pass and resource where a pass reads what nothing has written, or uses disagree.
  /// After an exception begin() anew, as for FrameCommands: what was recorded before it still runs.
  void execute(vulkan::FrameCommands& frame);

  /// Of the last frame that has finished on the device, in order; empty where the device has no timestamps.
  [[nodiscard]] std::vector<PassTime> times() const;
  /// The last executed frame: passes as boxes, resources as ovals, barriers and shared memory told.
  /// Graphviz's language.
  [[nodiscard]] std::string dot() const;
  /// The same as a picture of its own making (SVG), no other program needed.
  [[nodiscard]] std::string svg() const;
  /// Bytes of the frame's own images: as they are, and as they would be without sharing.
  [[nodiscard]] std::size_t transientBytes() const;
  [[nodiscard]] std::size_t unsharedBytes() const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace aula::render::graph
