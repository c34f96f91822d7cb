// SPDX-License-Identifier: Apache-2.0
#include "render/renderer.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <span>
#include <utility>

#include "core/error.h"
#include "render/colour/colour_limits.h"
#include "render/layout/label_layout.h"
#include "render/layout/picture.h"
#include "render/pass/lines.h"
#include "render/pass/slice.h"
#include "render/pass/text.h"
#include "render/text/typesetter.h"
#include "render/vulkan/buffer.h"
#include "render/vulkan/commands.h"
#include "render/vulkan/device.h"
#include "render/vulkan/device_image.h"

namespace aula::render {
namespace {

constexpr int kLeastSide = 64, kMostSide = 16384;

GpuOptions gpuOptions(const RendererOptions& options) {
  GpuOptions wanted;
  wanted.validation = options.validation;
  wanted.device = options.device;
  return wanted;
}

void checkSize(int width, int height, const vulkan::Device& device) {
  const int most = std::min(kMostSide, static_cast<int>(device.limits().maxImageDimension2D));
  if (width >= kLeastSide && height >= kLeastSide && width <= most && height <= most) return;
  throw core::inputError("A picture of " + std::to_string(width) + "x" + std::to_string(height) +
                         " pixels cannot be drawn: each side must be " + std::to_string(kLeastSide) + " to " +
                         std::to_string(most) + ".");
}

void checkView(const scene::VolumeView& view) {
  const double wanted = static_cast<double>(view.nx) * view.ny * view.nz;
  if (view.nx < 1 || view.ny < 1 || view.nz < 1 || !view.values ||
      static_cast<double>(view.values->size()) != wanted) {
    throw core::inputError("The view \"" + view.name + "\" has " +
                           std::to_string(view.values ? view.values->size() : 0) +
                           " values, but its shape is " + std::to_string(view.nx) + "x" +
                           std::to_string(view.ny) + "x" + std::to_string(view.nz) + ".");
  }
  for (int axis = 0; axis < 3; ++axis) {
    if (!(view.spacing[axis] > 0)) {
      throw core::inputError("The view \"" + view.name + "\" has nodes " +
                             std::to_string(view.spacing[axis]) + " m apart along " + "xyz"[axis] +
                             "; the distance must be positive.");
    }
  }
}

void checkMesh(const scene::MeshView& view) {
  if (!view.mesh) return;
  const scene::TriangleMesh& mesh = *view.mesh;
  const auto isOutside = [&](std::uint32_t index) { return index >= mesh.positions.size(); };
  if (mesh.triangles.size() % 3 == 0 &&
      std::none_of(mesh.triangles.begin(), mesh.triangles.end(), isOutside) &&
      (mesh.normals.empty() || mesh.normals.size() == mesh.positions.size())) {
    return;
  }
  throw core::inputError(
      "The view \"" + view.name + "\" is a mesh of " + std::to_string(mesh.positions.size()) +
      " positions, " + std::to_string(mesh.normals.size()) + " normals and " +
      std::to_string(mesh.triangles.size()) +
      " indices; indices must come in threes and name a position, normals be none or one each.");
}

/// The view that the style asks for; the first where it asks for none; null when there is no volume view at
/// all.
const scene::VolumeView* chosenView(const scene::Frame& frame, const std::string& name) {
  const scene::VolumeView* first = nullptr;
  std::string names;
  for (const scene::View& any : frame.views) {
    const auto* view = std::get_if<scene::VolumeView>(&any);
    if (view == nullptr) continue;
    if (view->name == name) return view;
    if (first == nullptr) first = view;
    names += (names.empty() ? "" : ", ") + view->name;
  }
  if (name.empty()) return first;
  throw core::inputError("There is no view \"" + name + "\" to draw" +
                         (names.empty() ? "." : ". Found: " + names + "."));
}

/// A plane where there is one to show, a space for everything that has depth.
bool isSpace(const scene::Frame& frame, const scene::VolumeView* view, const PictureStyle& style) {
  if (style.kind != PictureKind::automatic) return style.kind == PictureKind::space;
  if (view != nullptr) return view->nx > 1 && view->ny > 1 && view->nz > 1;
  return !frame.views.empty();
}

}  // namespace

struct Renderer::Implementation {
  RendererOptions options;
  std::shared_ptr<Gpu> gpu;
  const vulkan::Device& device;
  Typesetter typesetter;
  ColourLimits limits;
  vulkan::FrameCommands frame;
  vulkan::DeviceImage target;
  vulkan::Buffer readback;
  ColourMapTextures maps;
  SlicePass slices;
  LinesPass lines;
  TextPass text;
  LabelLayout labels;
  /// Draws what lies behind the axes of a space; made at the first of them.
  std::unique_ptr<SceneRenderer> scene;

  Implementation(std::shared_ptr<Gpu> shared, const RendererOptions& wanted);
  /// `isLive`: a space gathers its samples over pictures instead of taking all of them now.
  void draw(const Picture& picture, const Theme& theme, const PictureStyle& style, bool isLive);
  void placeBackdrop(const PassContext& context, const Image& still);
  void placeBackdrop(const PassContext& context, vulkan::DeviceImage& live);
  [[nodiscard]] Picture layOut(const scene::Frame& frame, const PictureStyle& style, const Theme& theme);
  void drawFlat(const PassContext& context, const Picture& picture, const Theme& theme);
  [[nodiscard]] Image read() const;
};

namespace {

vulkan::ImageShape targetShape(const RendererOptions& options, const vulkan::Device& device) {
  checkSize(options.width, options.height, device);
  vulkan::ImageShape shape;
  shape.format = kFlatTarget.colour;
  shape.width = static_cast<std::uint32_t>(options.width);
  shape.height = static_cast<std::uint32_t>(options.height);
  shape.usage = VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT | VK_IMAGE_USAGE_SAMPLED_BIT |
                VK_IMAGE_USAGE_TRANSFER_SRC_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT;
  return shape;
}

VkClearColorValue clearColour(const Theme& theme) {
  return {{static_cast<float>(theme.background.red) / 255, static_cast<float>(theme.background.green) / 255,
           static_cast<float>(theme.background.blue) / 255, 1.0F}};
}

void setView(VkCommandBuffer commands, const Rectangle& scissor, int width, int height) {
  const VkViewport viewport{0, 0, static_cast<float>(width), static_cast<float>(height), 0, 1};
  vkCmdSetViewport(commands, 0, 1, &viewport);
  const int left = std::clamp(static_cast<int>(scissor.left), 0, width);
  const int top = std::clamp(static_cast<int>(scissor.top), 0, height);
  const int right = std::clamp(static_cast<int>(scissor.right()), left, width);
  const int bottom = std::clamp(static_cast<int>(scissor.bottom()), top, height);
  const VkRect2D rectangle{
      {left, top}, {static_cast<std::uint32_t>(right - left), static_cast<std::uint32_t>(bottom - top)}};
  vkCmdSetScissor(commands, 0, 1, &rectangle);
}

}  // namespace

Renderer::Implementation::Implementation(std::shared_ptr<Gpu> shared, const RendererOptions& wanted)
    : options(wanted),
      gpu(std::move(shared)),
      device(gpu->device()),
      frame(device),
      target(device, targetShape(wanted, device)),
      readback(device, VkDeviceSize{4} * target.shape().width * target.shape().height,
               VK_BUFFER_USAGE_TRANSFER_DST_BIT, vulkan::MemoryUse::readback),
      slices(device, kFlatTarget),
      lines(device, kFlatTarget),
      text(device) {}

void Renderer::Implementation::placeBackdrop(const PassContext& context, const Image& still) {
  const vulkan::UploadPiece piece = context.frame.upload(std::span(still.pixels));
  target.transition(context.commands, VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL, VK_PIPELINE_STAGE_2_COPY_BIT,
                    VK_ACCESS_2_TRANSFER_WRITE_BIT, false);
  VkBufferImageCopy region{};
  region.bufferOffset = piece.offset;
  region.imageSubresource = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 0, 1};
  region.imageExtent = target.extent();
  vkCmdCopyBufferToImage(context.commands, piece.buffer, target.handle(),
                         VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL, 1, &region);
}

void Renderer::Implementation::placeBackdrop(const PassContext& context, vulkan::DeviceImage& live) {
  live.transition(context.commands, VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL, VK_PIPELINE_STAGE_2_COPY_BIT,
                  VK_ACCESS_2_TRANSFER_READ_BIT, true);
  target.transition(context.commands, VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL, VK_PIPELINE_STAGE_2_COPY_BIT,
                    VK_ACCESS_2_TRANSFER_WRITE_BIT, false);
  VkImageCopy region{};
  region.srcSubresource = region.dstSubresource = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 0, 1};
  region.extent = target.extent();
  vkCmdCopyImage(context.commands, live.handle(), VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL, target.handle(),
                 VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL, 1, &region);
}

void Renderer::Implementation::drawFlat(const PassContext& context, const Picture& picture,
                                        const Theme& theme) {
  target.transition(context.commands, VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL,
                    VK_PIPELINE_STAGE_2_COLOR_ATTACHMENT_OUTPUT_BIT,
                    VK_ACCESS_2_COLOR_ATTACHMENT_WRITE_BIT | VK_ACCESS_2_COLOR_ATTACHMENT_READ_BIT,
                    picture.space.has_value());
  VkRenderingAttachmentInfo colour{};
  colour.sType = VK_STRUCTURE_TYPE_RENDERING_ATTACHMENT_INFO;
  colour.imageView = target.view();
  colour.imageLayout = VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL;
  colour.loadOp = picture.space ? VK_ATTACHMENT_LOAD_OP_LOAD : VK_ATTACHMENT_LOAD_OP_CLEAR;
  colour.storeOp = VK_ATTACHMENT_STORE_OP_STORE;
  colour.clearValue.color = clearColour(theme);
  VkRenderingInfo rendering{};
  rendering.sType = VK_STRUCTURE_TYPE_RENDERING_INFO;
  rendering.renderArea = {{0, 0}, {target.shape().width, target.shape().height}};
  rendering.layerCount = 1;
  rendering.colorAttachmentCount = 1;
  rendering.pColorAttachments = &colour;
  vkCmdBeginRendering(context.commands, &rendering);
  const Rectangle whole{0, 0, static_cast<double>(options.width), static_cast<double>(options.height)};
  setView(context.commands, whole, options.width, options.height);
  lines.draw(context, picture.backLines);
  slices.draw(context);
  setView(context.commands, picture.plot, options.width, options.height);
  lines.draw(context, picture.plotLines);
  setView(context.commands, whole, options.width, options.height);
  lines.draw(context, picture.frameLines);
  text.draw(context, picture.text);
  vkCmdEndRendering(context.commands);
}

void Renderer::Implementation::draw(const Picture& picture, const Theme& theme, const PictureStyle& style,
                                    bool isLive) {
  std::optional<Image> still;
  if (picture.space) {
    const Space& space = *picture.space;
    if (!scene)
      scene = std::make_unique<SceneRenderer>(gpu, SceneRendererOptions{options.width, options.height});
    if (isLive) {
      scene->setRatio(style.ratio);
      scene->draw(space.frame, space.camera, space.style);
    } else {
      still = scene->still(space.frame, space.camera, space.style, std::max(1, style.samples));
    }
  }
  VkCommandBuffer commands = frame.begin();
  const PassContext context{commands, frame, device, options.width, options.height};
  slices.prepare(context, picture.slices, maps);
  text.prepare(context, typesetter.atlas(), typesetter.fields());
  if (still) {
    placeBackdrop(context, *still);
  } else if (picture.space) {
    placeBackdrop(context, scene->output());
  }
  drawFlat(context, picture, theme);

  target.transition(commands, VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL, VK_PIPELINE_STAGE_2_COPY_BIT,
                    VK_ACCESS_2_TRANSFER_READ_BIT, true);
  VkBufferImageCopy region{};
  region.imageSubresource = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 0, 1};
  region.imageExtent = target.extent();
  vkCmdCopyImageToBuffer(commands, target.handle(), VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL, readback.handle(),
                         1, &region);
  // The copy must be visible to the host, not only finished.
  VkMemoryBarrier2 barrier{};
  barrier.sType = VK_STRUCTURE_TYPE_MEMORY_BARRIER_2;
  barrier.srcStageMask = VK_PIPELINE_STAGE_2_COPY_BIT;
  barrier.srcAccessMask = VK_ACCESS_2_TRANSFER_WRITE_BIT;
  barrier.dstStageMask = VK_PIPELINE_STAGE_2_HOST_BIT;
  barrier.dstAccessMask = VK_ACCESS_2_HOST_READ_BIT;
  VkDependencyInfo dependency{};
  dependency.sType = VK_STRUCTURE_TYPE_DEPENDENCY_INFO;
  dependency.memoryBarrierCount = 1;
  dependency.pMemoryBarriers = &barrier;
  vkCmdPipelineBarrier2(commands, &dependency);
  frame.submitAndWait();
}

Image Renderer::Implementation::read() const {
  Image image;
  image.width = options.width;
  image.height = options.height;
  image.pixels.resize(static_cast<std::size_t>(readback.size()));
  std::memcpy(image.pixels.data(), readback.mapped(), image.pixels.size());
  return image;
}

Renderer::Renderer(const RendererOptions& options) : Renderer(Gpu::make(gpuOptions(options)), options) {}
Renderer::Renderer(std::shared_ptr<Gpu> gpu, const RendererOptions& options)
    : implementation_(std::make_unique<Implementation>(std::move(gpu), options)) {}
Renderer::~Renderer() = default;
Renderer::Renderer(Renderer&&) noexcept = default;
Renderer& Renderer::operator=(Renderer&&) noexcept = default;

Picture Renderer::Implementation::layOut(const scene::Frame& shown, const PictureStyle& style,
                                         const Theme& theme) {
  for (const scene::View& any : shown.views) {
    if (const auto* volume = std::get_if<scene::VolumeView>(&any)) {
      checkView(*volume);
      limits.observe(*volume);
    }
    if (const auto* mesh = std::get_if<scene::MeshView>(&any)) checkMesh(*mesh);
  }
  const scene::VolumeView* view = chosenView(shown, style.view);
  typesetter.atlas().beginFrame();
  typesetter.fields().beginFrame();
  const PictureRequest request{shown,  style, limits,        typesetter,
                               labels, theme, options.width, options.height};
  if (isSpace(shown, view, style)) return layOutSpace(request, style.view.empty() ? nullptr : view);
  if (view != nullptr) return layOutPlane(request, *view);
  Picture picture(typesetter);
  placeHeading(request, theme.margin, options.width - theme.margin, 0, picture);
  return picture;
}

Image Renderer::render(const scene::Frame& frame, const PictureStyle& style) {
  Implementation& self = *implementation_;
  const Theme theme(style, self.options.width, self.options.height);
  self.draw(self.layOut(frame, style, theme), theme, style, false);
  return self.read();
}

void Renderer::draw(const scene::Frame& frame, const PictureStyle& style) {
  Implementation& self = *implementation_;
  const Theme theme(style, self.options.width, self.options.height);
  self.draw(self.layOut(frame, style, theme), theme, style, true);
}

Image Renderer::image() const {
  return implementation_->read();
}

vulkan::DeviceImage& Renderer::output() {
  return implementation_->target;
}

void Renderer::observe(const scene::Frame& frame) {
  for (const scene::View& any : frame.views) {
    if (const auto* view = std::get_if<scene::VolumeView>(&any)) implementation_->limits.observe(*view);
  }
}

void Renderer::resetLimits() {
  implementation_->limits.clear();
  implementation_->labels.forget();
}
const DeviceReport& Renderer::device() const {
  return implementation_->device.report();
}
const RendererOptions& Renderer::options() const {
  return implementation_->options;
}
const std::vector<std::string>& Renderer::validationMessages() const {
  return implementation_->gpu->validationMessages();
}

}  // namespace aula::render
