// SPDX-License-Identifier: Apache-2.0
#include "render/graph/frame_graph.h"

#include <algorithm>
#include <utility>

#include "core/assert.h"
#include "core/error.h"
#include "render/graph/nodes.h"
#include "render/graph/timing.h"
#include "render/vulkan/commands.h"
#include "render/vulkan/device.h"

namespace aula::render::graph {

struct FrameGraph::Implementation {
  explicit Implementation(const vulkan::Device& itsDevice) : device(itsDevice), timer(itsDevice) {}

  void compile();
  void allocate(vulkan::FrameCommands& frame);
  void run(vulkan::FrameCommands& frame);
  void placeBarriers(VkCommandBuffer commands, PassNode& pass, int index);
  void showToHost(VkCommandBuffer commands);
  void draw(const PassResources& resources, const PassNode& pass) const;
  [[nodiscard]] VkRenderingAttachmentInfo attachment(const PassResources& resources, const PassNode& pass,
                                                     const Attachment& wanted) const;

  ResourceNode& node(int index) { return now.resources[static_cast<std::size_t>(index)]; }
  [[nodiscard]] const ResourceNode& node(int index) const {
    AULA_ASSERT(index >= 0 && static_cast<std::size_t>(index) < now.resources.size());
    return now.resources[static_cast<std::size_t>(index)];
  }
  [[nodiscard]] vulkan::DeviceImage& imageOf(const ResourceNode& resource) const {
    if (resource.importedImage != nullptr) return *resource.importedImage;
    AULA_ASSERT(resource.isImage && resource.transient >= 0);
    return *now.transients->image(static_cast<std::size_t>(resource.transient));
  }
  [[nodiscard]] vulkan::Buffer& bufferOf(const ResourceNode& resource) const {
    if (resource.importedBuffer != nullptr) return *resource.importedBuffer;
    AULA_ASSERT(!resource.isImage && resource.transient >= 0);
    return *now.transients->buffer(static_cast<std::size_t>(resource.transient));
  }
  [[nodiscard]] vulkan::ResourceState& stateOf(const ResourceNode& resource) const {
    return resource.isImage ? imageOf(resource).state() : bufferOf(resource).state();
  }

  const vulkan::Device& device;
  TransientCache cache;
  PassTimer timer;
  FrameNodes now, last;  ///< Being declared; and the last that was executed.
  bool isExecuted = false;
};

namespace {

/// A pass's view of the frame while it is recorded.
class Resources final : public PassResources {
 public:
  using Images = std::function<vulkan::DeviceImage&(int)>;
  using Buffers = std::function<vulkan::Buffer&(int)>;

  Resources(const vulkan::Device& device, vulkan::FrameCommands& frame, const PassNode& pass, Images images,
            Buffers buffers)
      : device_(device),
        frame_(frame),
        pass_(pass),
        images_(std::move(images)),
        buffers_(std::move(buffers)) {}

  [[nodiscard]] VkCommandBuffer commands() const override { return frame_.commands(); }
  [[nodiscard]] vulkan::FrameCommands& frame() const override { return frame_; }
  [[nodiscard]] const vulkan::Device& device() const override { return device_; }
  [[nodiscard]] VkImageView view(ImageId image) const override {
    return images_(declared(image.index)).view();
  }
  [[nodiscard]] VkImageView view(ImageId image, std::uint32_t level,
                                 std::optional<std::uint32_t> layer) const override {
    return images_(declared(image.index)).view(level, layer);
  }
  [[nodiscard]] VkImageLayout layout(ImageId image) const override {
    return pass_.find(declared(image.index))->use.layout;
  }
  [[nodiscard]] VkImage image(ImageId image) const override {
    return images_(declared(image.index)).handle();
  }
  [[nodiscard]] const vulkan::ImageShape& shape(ImageId image) const override {
    return images_(declared(image.index)).shape();
  }
  [[nodiscard]] VkBuffer buffer(BufferId buffer) const override {
    return buffers_(declared(buffer.index)).handle();
  }
  [[nodiscard]] VkDeviceSize size(BufferId buffer) const override {
    return buffers_(declared(buffer.index)).size();
  }

 private:
  /// Without a declaration there was no barrier either: a mistake that must not pass unseen.
  [[nodiscard]] int declared(int resource) const {
    if (pass_.find(resource) != nullptr) return resource;
    throw core::Error("The pass \"" + pass_.name + "\" uses " +
                      (resource < 0
                           ? std::string("a resource that does not exist")
                           : "\"" + (*pass_.resources)[static_cast<std::size_t>(resource)].name + "\"") +
                      " without having declared it.");
  }

  const vulkan::Device& device_;
  vulkan::FrameCommands& frame_;
  const PassNode& pass_;
  Images images_;
  Buffers buffers_;
};

}  // namespace

FrameGraph::FrameGraph(const vulkan::Device& device)
    : implementation_(std::make_unique<Implementation>(device)) {}
FrameGraph::~FrameGraph() = default;

void FrameGraph::begin() {
  Implementation& self = *implementation_;
  if (self.isExecuted) std::swap(self.last, self.now);
  self.now = {};
  self.isExecuted = false;
}

ImageId FrameGraph::image(std::string name, const vulkan::ImageShape& shape) {
  ResourceNode resource;
  resource.name = std::move(name);
  resource.shape = shape;
  implementation_->now.resources.push_back(std::move(resource));
  return {static_cast<int>(implementation_->now.resources.size()) - 1};
}

ImageId FrameGraph::import(std::string name, vulkan::DeviceImage& image) {
  // The same image twice would have two histories.
  std::vector<ResourceNode>& resources = implementation_->now.resources;
  for (std::size_t i = 0; i < resources.size(); ++i) {
    if (resources[i].importedImage == &image) return {static_cast<int>(i)};
  }
  const ImageId id = this->image(std::move(name), image.shape());
  resources.back().importedImage = &image;
  return id;
}

BufferId FrameGraph::buffer(std::string name, VkDeviceSize bytes) {
  AULA_ASSERT(bytes > 0);
  ResourceNode resource;
  resource.name = std::move(name);
  resource.isImage = false;
  resource.bytes = bytes;
  implementation_->now.resources.push_back(std::move(resource));
  return {static_cast<int>(implementation_->now.resources.size()) - 1};
}

BufferId FrameGraph::import(std::string name, vulkan::Buffer& buffer) {
  std::vector<ResourceNode>& resources = implementation_->now.resources;
  for (std::size_t i = 0; i < resources.size(); ++i) {
    if (resources[i].importedBuffer == &buffer) return {static_cast<int>(i)};
  }
  const BufferId id = this->buffer(std::move(name), buffer.size());
  resources.back().importedBuffer = &buffer;
  return id;
}

PassBuilder& FrameGraph::pass(std::string name, std::function<void(const PassResources&)> record) {
  Implementation& self = *implementation_;
  AULA_ASSERT(!self.isExecuted);
  auto pass = std::make_unique<PassNode>();
  pass->name = std::move(name);
  pass->record = std::move(record);
  pass->resources = &self.now.resources;
  pass->computeStages = self.device.computeStages();
  self.now.passes.push_back(std::move(pass));
  return *self.now.passes.back();
}

void FrameGraph::Implementation::compile() {
  std::vector<PassOutline> passes;
  for (const auto& pass : now.passes) {
    PassOutline outline;
    outline.name = pass->name;
    outline.keeps = pass->isKept;
    for (const ResourceTouch& touch : pass->touches) {
      outline.touches.push_back(touch.touch);
      // One layer of many is drawn into: the others stay as they are.
      const vulkan::ImageShape& shape = node(touch.touch.resource).shape;
      const auto isPart = [&](const Attachment& attachment) {
        return attachment.resource == touch.touch.resource && (shape.levels > 1 || shape.layers > 1);
      };
      if (std::any_of(pass->colours.begin(), pass->colours.end(), isPart) ||
          (pass->depthAttachment && isPart(*pass->depthAttachment))) {
        outline.touches.back().overwrites = false;
      }
    }
    passes.push_back(std::move(outline));
  }
  std::vector<ResourceOutline> resources;
  for (const ResourceNode& resource : now.resources)
    resources.push_back({resource.name, resource.isImported()});
  const std::vector<bool> isLiving = livingPasses(passes, resources);
  const std::vector<Lifetime> lives = lifetimes(passes, resources, isLiving);
  for (std::size_t i = 0; i < passes.size(); ++i) {
    now.passes[i]->isLiving = isLiving[i];
    for (std::size_t k = 0; k < passes[i].touches.size(); ++k)
      now.passes[i]->touches[k].touch = passes[i].touches[k];
  }
  for (std::size_t i = 0; i < lives.size(); ++i) now.resources[i].life = lives[i];
}

void FrameGraph::Implementation::allocate(vulkan::FrameCommands& frame) {
  std::vector<TransientRequest> requests;
  for (ResourceNode& resource : now.resources) {
    if (resource.isImported() || resource.life.first < 0) continue;
    resource.transient = static_cast<int>(requests.size());
    requests.push_back({resource.name, resource.shape, resource.isImage ? 0 : resource.bytes, resource.life});
  }
  now.transients = cache.get(device, std::move(requests));
  frame.keep(now.transients);
}

void FrameGraph::Implementation::placeBarriers(VkCommandBuffer commands, PassNode& pass, int index) {
  std::vector<VkImageMemoryBarrier2> images;
  VkMemoryBarrier2 memory{};
  memory.sType = VK_STRUCTURE_TYPE_MEMORY_BARRIER_2;
  bool hasMemory = false;
  const auto addMemory = [&](const vulkan::Dependency& needed) {
    memory.srcStageMask |= needed.fromStages;
    memory.srcAccessMask |= needed.fromAccess;
    memory.dstStageMask |= needed.toStages;
    memory.dstAccessMask |= needed.toAccess;
    hasMemory = true;
  };
  pass.barriers = 0;
  for (const ResourceTouch& touch : pass.touches) {
    const ResourceNode& resource = node(touch.touch.resource);
    const bool isFirst = resource.transient >= 0 && resource.life.first == index;
    if (isFirst) now.transients->takeOver(static_cast<std::size_t>(resource.transient));
    const bool isKept = !isFirst && !touch.touch.overwrites;
    const vulkan::Dependency needed = stateOf(resource).advance(touch.use, isKept);
    if (!needed.isNeeded) continue;
    ++pass.barriers;
    if (!resource.isImage) {
      addMemory(needed);
      continue;
    }
    const vulkan::DeviceImage& image = imageOf(resource);
    images.push_back(vulkan::imageBarrier(needed, image.handle(), image.aspect()));
    // The image's own barrier does not speak of what else lay in its memory.
    const bool isShared =
        isFirst && now.transients->sharers(static_cast<std::size_t>(resource.transient)).size() > 1;
    if (isShared && needed.fromStages != VK_PIPELINE_STAGE_2_NONE) addMemory(needed);
  }
  if (!hasMemory && images.empty()) return;
  VkDependencyInfo dependency{};
  dependency.sType = VK_STRUCTURE_TYPE_DEPENDENCY_INFO;
  dependency.memoryBarrierCount = hasMemory ? 1 : 0;
  dependency.pMemoryBarriers = &memory;
  dependency.imageMemoryBarrierCount = static_cast<std::uint32_t>(images.size());
  dependency.pImageMemoryBarriers = images.data();
  vkCmdPipelineBarrier2(commands, &dependency);
}

void FrameGraph::Implementation::showToHost(VkCommandBuffer commands) {
  // What was written into memory that the host sees must be visible to it, not only finished.
  VkMemoryBarrier2 memory{};
  memory.sType = VK_STRUCTURE_TYPE_MEMORY_BARRIER_2;
  memory.dstStageMask = VK_PIPELINE_STAGE_2_HOST_BIT;
  memory.dstAccessMask = VK_ACCESS_2_HOST_READ_BIT;
  for (const ResourceNode& resource : now.resources) {
    if (resource.importedBuffer == nullptr || resource.importedBuffer->mapped() == nullptr ||
        resource.life.first < 0)
      continue;
    const vulkan::ResourceState& state = resource.importedBuffer->state();
    memory.srcStageMask |= state.writeStages;
    memory.srcAccessMask |= state.writeAccess;
  }
  if (memory.srcAccessMask == VK_ACCESS_2_NONE) return;
  VkDependencyInfo dependency{};
  dependency.sType = VK_STRUCTURE_TYPE_DEPENDENCY_INFO;
  dependency.memoryBarrierCount = 1;
  dependency.pMemoryBarriers = &memory;
  vkCmdPipelineBarrier2(commands, &dependency);
}

VkRenderingAttachmentInfo FrameGraph::Implementation::attachment(const PassResources& resources,
                                                                 const PassNode& pass,
                                                                 const Attachment& wanted) const {
  const ResourceNode& resource = node(wanted.resource);
  const auto index = static_cast<int>(
      std::find_if(now.passes.begin(), now.passes.end(), [&](const auto& p) { return p.get() == &pass; }) -
      now.passes.begin());
  VkRenderingAttachmentInfo info{};
  info.sType = VK_STRUCTURE_TYPE_RENDERING_ATTACHMENT_INFO;
  info.imageView = resources.view(ImageId{wanted.resource}, pass.level, pass.layer);
  info.imageLayout = pass.find(wanted.resource)->use.layout;
  info.loadOp = wanted.load == Load::clear  ? VK_ATTACHMENT_LOAD_OP_CLEAR
                : wanted.load == Load::keep ? VK_ATTACHMENT_LOAD_OP_LOAD
                                            : VK_ATTACHMENT_LOAD_OP_DONT_CARE;
  // Nobody looks at it again: a tiled device need not write it out.
  const bool isRead = resource.isImported() || resource.life.last > index;
  info.storeOp = !wanted.isWritten ? VK_ATTACHMENT_STORE_OP_NONE
                 : isRead          ? VK_ATTACHMENT_STORE_OP_STORE
                                   : VK_ATTACHMENT_STORE_OP_DONT_CARE;
  info.clearValue = wanted.clear;
  return info;
}

void FrameGraph::Implementation::draw(const PassResources& resources, const PassNode& pass) const {
  std::vector<VkRenderingAttachmentInfo> colours;
  for (const Attachment& colour : pass.colours) colours.push_back(attachment(resources, pass, colour));
  const int sized = pass.colours.empty() ? pass.depthAttachment->resource : pass.colours[0].resource;
  const VkExtent3D extent = node(sized).shape.extent(pass.level);
  VkRenderingAttachmentInfo depth{};
  VkRenderingInfo rendering{};
  rendering.sType = VK_STRUCTURE_TYPE_RENDERING_INFO;
  rendering.renderArea = {{0, 0}, {extent.width, extent.height}};
  rendering.layerCount = 1;
  rendering.colorAttachmentCount = static_cast<std::uint32_t>(colours.size());
  rendering.pColorAttachments = colours.data();
  if (pass.depthAttachment) {
    depth = attachment(resources, pass, *pass.depthAttachment);
    rendering.pDepthAttachment = &depth;
  }
  vkCmdBeginRendering(resources.commands(), &rendering);
  const VkViewport viewport{0, 0, static_cast<float>(extent.width), static_cast<float>(extent.height), 0, 1};
  vkCmdSetViewport(resources.commands(), 0, 1, &viewport);
  vkCmdSetScissor(resources.commands(), 0, 1, &rendering.renderArea);
  // What was recorded before an exception still runs (FrameCommands::begin), so it must be whole.
  try {
    pass.record(resources);
  } catch (...) {
    vkCmdEndRendering(resources.commands());
    throw;
  }
  vkCmdEndRendering(resources.commands());
}

void FrameGraph::Implementation::run(vulkan::FrameCommands& frame) {
  VkCommandBuffer commands = frame.commands();
  timer.begin(frame, now.passes.size());
  for (std::size_t i = 0; i < now.passes.size(); ++i) {
    PassNode& pass = *now.passes[i];
    if (!pass.isLiving) continue;
    device.beginLabel(commands, pass.name.c_str());
    timer.beginPass(commands, pass.name);
    placeBarriers(commands, pass, static_cast<int>(i));
    const Resources resources(
        device, frame, pass, [&](int r) -> vulkan::DeviceImage& { return imageOf(node(r)); },
        [&](int r) -> vulkan::Buffer& { return bufferOf(node(r)); });
    if (pass.isDrawing())
      draw(resources, pass);
    else
      pass.record(resources);
    timer.endPass(commands);
    device.endLabel(commands);
  }
  showToHost(commands);
}

void FrameGraph::execute(vulkan::FrameCommands& frame) {
  Implementation& self = *implementation_;
  AULA_ASSERT(!self.isExecuted);
  self.compile();
  self.allocate(frame);
  self.run(frame);
  // The recordings may hold what should be gone before the next frame.
  for (const auto& pass : self.now.passes) pass->record = nullptr;
  self.isExecuted = true;
}

std::vector<PassTime> FrameGraph::times() const {
  return implementation_->timer.times();
}
std::string FrameGraph::dot() const {
  const Implementation& self = *implementation_;
  return drawDot(self.isExecuted ? self.now : self.last, times());
}
std::string FrameGraph::svg() const {
  const Implementation& self = *implementation_;
  return drawSvg(self.isExecuted ? self.now : self.last, times());
}
std::size_t FrameGraph::transientBytes() const {
  const Implementation& self = *implementation_;
  const auto& set = self.isExecuted ? self.now.transients : self.last.transients;
  return set ? set->bytes() : 0;
}
std::size_t FrameGraph::unsharedBytes() const {
  const Implementation& self = *implementation_;
  const auto& set = self.isExecuted ? self.now.transients : self.last.transients;
  return set ? set->unsharedBytes() : 0;
}

}  // namespace aula::render::graph
