// SPDX-License-Identifier: Apache-2.0
#include "render/window/presenter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <string>

#include "core/error.h"
#include "render/graph/frame_graph.h"
#include "render/vulkan/buffer.h"
#include "render/vulkan/commands.h"
#include "render/vulkan/device.h"
#include "render/vulkan/device_image.h"
#include "render/vulkan/pipeline.h"
#include "render/vulkan/swapchain.h"

namespace aula::render::window {
namespace {

constexpr std::uint32_t kVertex[] = {
#include <shaders/ui.vert.inc>
};
constexpr std::uint32_t kFragment[] = {
#include <shaders/ui.frag.inc>
};

/// As in ui.vert.
struct Push {
  float scale[2], offset[2];
  std::uint32_t isLinear;
};

vulkan::PipelineShape uiShape() {
  vulkan::PipelineShape shape;
  shape.vertexShader = kVertex;
  shape.fragmentShader = kFragment;
  shape.attributes = {VK_FORMAT_R32G32_SFLOAT, VK_FORMAT_R32G32_SFLOAT, VK_FORMAT_R8G8B8A8_UNORM};
  shape.bindings = {VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER};
  shape.pushBytes = sizeof(Push);
  shape.blend = vulkan::Blend::straight;
  return shape;
}

vulkan::ImageShape imageShape(int width, int height, VkImageUsageFlags usage) {
  vulkan::ImageShape shape;
  shape.format = VK_FORMAT_R8G8B8A8_UNORM;
  shape.width = static_cast<std::uint32_t>(width);
  shape.height = static_cast<std::uint32_t>(height);
  shape.usage = usage;
  return shape;
}

bool isDecoded(VkFormat format) {
  return format == VK_FORMAT_R8G8B8A8_SRGB || format == VK_FORMAT_B8G8R8A8_SRGB;
}

}  // namespace

struct Presenter::Implementation {
  /// Its own image, or one that somebody else draws.
  struct Texture {
    std::shared_ptr<vulkan::DeviceImage> own;
    vulkan::DeviceImage* shown = nullptr;
    std::vector<std::uint8_t> pending;  ///< To be uploaded with the next picture.
  };

  Implementation(std::shared_ptr<Gpu> itsGpu, const SurfaceMaker& maker, int itsWidth, int itsHeight,
                 Pacing itsPacing);

  Texture& texture(TextureId id);
  /// Before anything is recorded. Throws core::Error.
  void check(const UiPicture& picture);
  void makeCanvas();
  void uploadTextures();
  void drawUi(const UiPicture& picture, const float (&background)[3]);
  void recordUi(const graph::PassResources& resources, const UiPicture& picture,
                const std::map<TextureId, graph::ImageId>& images);
  void copyToWindow(const vulkan::Swapchain::Target& target);
  /// False: the window is minimised.
  bool prepareWindow();

  std::shared_ptr<Gpu> gpu;
  const vulkan::Device& device;
  std::optional<vulkan::Swapchain> swapchain;
  vulkan::FrameCommands frame;
  graph::FrameGraph graph;
  vulkan::Pipeline pipeline;
  vulkan::Sampler sampler;
  /// Pictures are drawn here and copied to the window, so that they can be read back with or without one.
  std::shared_ptr<vulkan::DeviceImage> canvas;
  std::map<TextureId, Texture> textures;
  std::uint64_t nextTexture = 1;
  int width, height;
  Pacing pacing;
  bool isStale = true;  ///< The window's images are to be made anew.
};

Presenter::Implementation::Implementation(std::shared_ptr<Gpu> itsGpu, const SurfaceMaker& maker,
                                          int itsWidth, int itsHeight, Pacing itsPacing)
    : gpu(std::move(itsGpu)),
      device(gpu->device()),
      frame(device),
      graph(device),
      pipeline(device, uiShape()),
      sampler(device, VK_FILTER_LINEAR),
      width(itsWidth),
      height(itsHeight),
      pacing(itsPacing) {
  // White, for triangles without a texture.
  textures[TextureId::none].own = std::make_shared<vulkan::DeviceImage>(
      device, imageShape(1, 1, VK_IMAGE_USAGE_SAMPLED_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT));
  textures[TextureId::none].pending.assign(4, 255);
  if (!maker) return;
  if (!gpu->instance().hasSurfaces())
    throw core::Error("The graphics device was made without the extensions that a window needs.");
  const std::uint64_t surface = maker(gpu->instance().handle());
  if (surface == 0) throw core::Error("The window gave no surface to draw on.");
  swapchain.emplace(gpu->instance(), device, reinterpret_cast<VkSurfaceKHR>(surface));
}

Presenter::Presenter(std::shared_ptr<Gpu> gpu, const SurfaceMaker& maker, int width, int height,
                     Pacing pacing)
    : implementation_(std::make_unique<Implementation>(std::move(gpu), maker, width, height, pacing)) {}

Presenter::~Presenter() {
  // Textures and canvas are used by frames on their way.
  implementation_->device.waitIdle();
}

void Presenter::resize(int width, int height) {
  Implementation& self = *implementation_;
  if (width == self.width && height == self.height) return;
  self.width = std::max(width, 0);
  self.height = std::max(height, 0);
  self.isStale = true;
}

void Presenter::setPacing(Pacing pacing) {
  implementation_->isStale = implementation_->isStale || pacing != implementation_->pacing;
  implementation_->pacing = pacing;
}

int Presenter::width() const {
  return implementation_->width;
}
int Presenter::height() const {
  return implementation_->height;
}

Presenter::Implementation::Texture& Presenter::Implementation::texture(TextureId id) {
  const auto found = id == TextureId::none ? textures.end() : textures.find(id);
  if (found == textures.end())
    throw core::Error("There is no texture " + std::to_string(static_cast<std::uint64_t>(id)) + ".");
  return found->second;
}

void Presenter::Implementation::check(const UiPicture& picture) {
  for (const UiCommand& command : picture.commands) {
    if (command.texture != TextureId::none) (void)texture(command.texture);
    const std::size_t end = std::size_t{command.firstIndex} + command.indexCount;
    if (end > picture.indices.size()) {
      throw core::Error("A command of the interface asks for " + std::to_string(end) + " indices; " +
                        std::to_string(picture.indices.size()) + " were given.");
    }
  }
}

TextureId Presenter::makeTexture(int width, int height) {
  Implementation& self = *implementation_;
  const int most = static_cast<int>(self.device.limits().maxImageDimension2D);
  if (width < 1 || height < 1 || width > most || height > most) {
    throw core::inputError("A texture of " + std::to_string(width) + "x" + std::to_string(height) +
                           " pixels cannot be made: each side must be 1 to " + std::to_string(most) + ".");
  }
  const TextureId id{self.nextTexture++};
  Implementation::Texture& texture = self.textures[id];
  texture.own = std::make_shared<vulkan::DeviceImage>(
      self.device, imageShape(width, height, VK_IMAGE_USAGE_SAMPLED_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT));
  texture.pending.assign(std::size_t{4} * static_cast<std::size_t>(width) * static_cast<std::size_t>(height),
                         0);
  return id;
}

void Presenter::update(TextureId id, std::span<const std::uint8_t> rgba) {
  Implementation::Texture& texture = implementation_->texture(id);
  const vulkan::ImageShape& shape = texture.own->shape();
  if (rgba.size() != std::size_t{4} * shape.width * shape.height) {
    throw core::inputError("A texture of " + std::to_string(shape.width) + "x" +
                           std::to_string(shape.height) + " pixels needs " +
                           std::to_string(std::size_t{4} * shape.width * shape.height) + " bytes; " +
                           std::to_string(rgba.size()) + " were given.");
  }
  texture.pending.assign(rgba.begin(), rgba.end());
  texture.shown = nullptr;
}

void Presenter::show(TextureId id, vulkan::DeviceImage& image) {
  implementation_->texture(id).shown = &image;
}

void Presenter::removeTexture(TextureId id) {
  Implementation& self = *implementation_;
  (void)self.texture(id);
  finish();
  self.textures.erase(id);
}

void Presenter::finish() {
  // Only this presenter's frames: a simulation's or another renderer's go on.
  Implementation& self = *implementation_;
  if (self.frame.ticket() > 1) self.frame.wait(self.frame.ticket() - 1);
}

bool Presenter::Implementation::prepareWindow() {
  if (width == 0 || height == 0) return false;
  if (!swapchain || !isStale) return true;
  if (!swapchain->configure(static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height),
                            pacing == Pacing::display))
    return false;
  isStale = false;
  return true;
}

void Presenter::Implementation::makeCanvas() {
  const vulkan::ImageShape wanted =
      imageShape(width, height, VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT | VK_IMAGE_USAGE_TRANSFER_SRC_BIT);
  if (canvas && canvas->shape() == wanted) return;
  // Frames on their way hold the old one.
  canvas = std::make_shared<vulkan::DeviceImage>(device, wanted);
}

void Presenter::Implementation::uploadTextures() {
  for (auto& [id, texture] : textures) {
    if (texture.pending.empty() || texture.shown != nullptr) continue;
    frame.uploadTo(*texture.own, std::as_bytes(std::span(texture.pending)));
    texture.pending.clear();
  }
}

void Presenter::Implementation::recordUi(const graph::PassResources& resources, const UiPicture& picture,
                                         const std::map<TextureId, graph::ImageId>& images) {
  if (picture.indices.empty() || !(picture.width > 0) || !(picture.height > 0)) return;
  VkCommandBuffer commands = resources.commands();
  const vulkan::UploadPiece vertices = frame.upload(std::span(picture.vertices));
  const vulkan::UploadPiece indices = frame.upload(std::span(picture.indices));
  vkCmdBindVertexBuffers(commands, 0, 1, &vertices.buffer, &vertices.offset);
  vkCmdBindIndexBuffer(commands, indices.buffer, indices.offset, VK_INDEX_TYPE_UINT16);
  Push push{};
  push.scale[0] = 2 / picture.width;
  push.scale[1] = 2 / picture.height;
  push.offset[0] = -1 - picture.left * push.scale[0];
  push.offset[1] = -1 - picture.top * push.scale[1];
  const double across = width / static_cast<double>(picture.width);
  const double down = height / static_cast<double>(picture.height);
  std::optional<TextureId> bound;
  for (const UiCommand& command : picture.commands) {
    const auto left = static_cast<std::int32_t>(
        std::clamp(std::floor((command.left - picture.left) * across), 0.0, double(width)));
    const auto top = static_cast<std::int32_t>(
        std::clamp(std::floor((command.top - picture.top) * down), 0.0, double(height)));
    const auto right = static_cast<std::int32_t>(
        std::clamp(std::ceil((command.right - picture.left) * across), 0.0, double(width)));
    const auto bottom = static_cast<std::int32_t>(
        std::clamp(std::ceil((command.bottom - picture.top) * down), 0.0, double(height)));
    if (right <= left || bottom <= top || command.indexCount == 0) continue;
    const VkRect2D scissor{
        {left, top}, {static_cast<std::uint32_t>(right - left), static_cast<std::uint32_t>(bottom - top)}};
    vkCmdSetScissor(commands, 0, 1, &scissor);
    if (bound != command.texture) {
      const graph::ImageId image = images.at(command.texture);
      const std::array bindings = {vulkan::Binding::of(resources.view(image), sampler.handle())};
      vulkan::bind(commands, frame, device, pipeline, bindings);
      push.isLinear = isDecoded(resources.shape(image).format) ? 1 : 0;
      vkCmdPushConstants(commands, pipeline.layout(),
                         VK_SHADER_STAGE_VERTEX_BIT | VK_SHADER_STAGE_FRAGMENT_BIT, 0, sizeof(push), &push);
      bound = command.texture;
    }
    vkCmdDrawIndexed(commands, command.indexCount, 1, command.firstIndex,
                     static_cast<std::int32_t>(command.vertexOffset), 0);
  }
}

void Presenter::Implementation::drawUi(const UiPicture& picture, const float (&background)[3]) {
  graph.begin();
  const graph::ImageId target = graph.import("canvas", *canvas);
  std::map<TextureId, graph::ImageId> images;
  for (const UiCommand& command : picture.commands) {
    const Texture& wanted = textures.at(command.texture);
    images[command.texture] =
        graph.import("texture " + std::to_string(static_cast<std::uint64_t>(command.texture)),
                     wanted.shown != nullptr ? *wanted.shown : *wanted.own);
  }
  graph::PassBuilder& pass = graph.pass(
      "interface", [&](const graph::PassResources& resources) { recordUi(resources, picture, images); });
  pass.colour(target, graph::Load::clear, {{background[0], background[1], background[2], 1}});
  std::vector<int> declared;
  for (const auto& [id, image] : images) {
    if (std::find(declared.begin(), declared.end(), image.index) != declared.end()) continue;
    pass.uses(image, graph::Use::sampledFragment);
    declared.push_back(image.index);
  }
  graph.execute(frame);
  frame.keep(canvas);
}

void Presenter::Implementation::copyToWindow(const vulkan::Swapchain::Target& target) {
  VkCommandBuffer commands = frame.commands();
  canvas->transition(commands, VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL, VK_PIPELINE_STAGE_2_ALL_TRANSFER_BIT,
                     VK_ACCESS_2_TRANSFER_READ_BIT, true);
  // The image is free from where the frame waits for it: in its transfers.
  vulkan::ResourceState state;
  state.writeStages = VK_PIPELINE_STAGE_2_ALL_TRANSFER_BIT;
  const auto move = [&](const vulkan::ResourceUse& use, bool isKept) {
    const vulkan::Dependency needed = state.advance(use, isKept);
    const VkImageMemoryBarrier2 barrier =
        vulkan::imageBarrier(needed, target.image, VK_IMAGE_ASPECT_COLOR_BIT);
    VkDependencyInfo dependency{};
    dependency.sType = VK_STRUCTURE_TYPE_DEPENDENCY_INFO;
    dependency.imageMemoryBarrierCount = 1;
    dependency.pImageMemoryBarriers = &barrier;
    vkCmdPipelineBarrier2(commands, &dependency);
  };
  move({VK_PIPELINE_STAGE_2_ALL_TRANSFER_BIT, VK_ACCESS_2_TRANSFER_WRITE_BIT,
        VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL},
       false);
  // Copies channels by name, and stretches for the moment in which a window already has another size.
  VkImageBlit region{};
  region.srcSubresource = region.dstSubresource = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 0, 1};
  region.srcOffsets[1] = {width, height, 1};
  region.dstOffsets[1] = {static_cast<std::int32_t>(target.extent.width),
                          static_cast<std::int32_t>(target.extent.height), 1};
  vkCmdBlitImage(commands, canvas->handle(), VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL, target.image,
                 VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL, 1, &region, VK_FILTER_LINEAR);
  move({VK_PIPELINE_STAGE_2_NONE, VK_ACCESS_2_NONE, VK_IMAGE_LAYOUT_PRESENT_SRC_KHR}, true);
}

PresentOutcome Presenter::present(const UiPicture& picture, const float (&background)[3]) {
  Implementation& self = *implementation_;
  if (self.device.isLost()) throw DeviceLost();
  self.check(picture);
  if (!self.prepareWindow()) return PresentOutcome::hidden;
  self.frame.begin();
  self.makeCanvas();
  self.uploadTextures();
  self.drawUi(picture, background);
  vulkan::Swapchain::Target target;
  if (self.swapchain) {
    // A window that is being dragged may change again and again; it settles.
    for (int attempt = 0; !self.swapchain->acquire(self.frame, target); ++attempt) {
      self.isStale = true;
      if (attempt == 8 || !self.prepareWindow()) {
        // What was drawn is kept for screenshots, and shown by the next call.
        self.frame.submit();
        return PresentOutcome::hidden;
      }
    }
    self.copyToWindow(target);
  }
  self.frame.submit();
  if (self.swapchain && !self.swapchain->show(target)) self.isStale = true;
  return PresentOutcome::shown;
}

Image Presenter::screenshot() {
  Implementation& self = *implementation_;
  if (!self.canvas) throw core::Error("There is no picture yet: nothing was presented.");
  const vulkan::ImageShape& shape = self.canvas->shape();
  vulkan::Buffer readback(self.device, VkDeviceSize{4} * shape.width * shape.height,
                          VK_BUFFER_USAGE_TRANSFER_DST_BIT, vulkan::MemoryUse::readback);
  self.frame.begin();
  self.graph.begin();
  const graph::ImageId from = self.graph.import("canvas", *self.canvas);
  const graph::BufferId to = self.graph.import("screenshot", readback);
  self.graph
      .pass("screenshot",
            [&](const graph::PassResources& r) {
              VkBufferImageCopy region{};
              region.imageSubresource = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 0, 1};
              region.imageExtent = r.shape(from).extent();
              vkCmdCopyImageToBuffer(r.commands(), r.image(from), r.layout(from), r.buffer(to), 1, &region);
            })
      .uses(from, graph::Use::copySource)
      .uses(to, graph::Use::copyTarget);
  self.graph.execute(self.frame);
  self.frame.submitAndWait();
  Image image;
  image.width = static_cast<int>(shape.width);
  image.height = static_cast<int>(shape.height);
  image.pixels.resize(static_cast<std::size_t>(readback.size()));
  std::memcpy(image.pixels.data(), readback.mapped(), image.pixels.size());
  return image;
}

}  // namespace aula::render::window
