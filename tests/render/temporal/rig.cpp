// SPDX-License-Identifier: Apache-2.0
#include "rig.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <glm/gtc/packing.hpp>

#include "render/stage/sample_pattern.h"
#include "render/stage/stage_pass.h"
#include "render/temporal/jitter.h"

namespace aula::render {
namespace {

vulkan::ImageShape inputShape(VkFormat format, int width, int height) {
  vulkan::ImageShape shape;
  shape.format = format;
  shape.width = static_cast<std::uint32_t>(width);
  shape.height = static_cast<std::uint32_t>(height);
  shape.usage = VK_IMAGE_USAGE_SAMPLED_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT;
  return shape;
}

std::uint8_t shown(float linear) {
  const float v = std::clamp(linear, 0.0F, 1.0F);
  const float code = v <= 0.0031308F ? 12.92F * v : 1.055F * std::pow(v, 1 / 2.4F) - 0.055F;
  return static_cast<std::uint8_t>(std::lround(255 * code));
}

int scaled(int size, double ratio) {
  return static_cast<int>(std::lround(size / ratio));
}

}  // namespace

Rig::Rig(std::shared_ptr<Gpu> gpu, int width, int height, double ratio)
    : upscaler(gpu->device()),
      gpu_(std::move(gpu)),
      width_(width),
      height_(height),
      inputWidth_(scaled(width, ratio)),
      inputHeight_(scaled(height, ratio)),
      frames_(gpu_->device()),
      graph_(gpu_->device()),
      radiance_(gpu_->device(), inputShape(stage::kRadianceFormat, inputWidth_, inputHeight_)),
      depth_(gpu_->device(), inputShape(stage::kDepthFormat, inputWidth_, inputHeight_)),
      motion_(gpu_->device(), inputShape(stage::kMotionFormat, inputWidth_, inputHeight_)),
      reactive_(gpu_->device(), inputShape(stage::kReactiveFormat, inputWidth_, inputHeight_)),
      readback_(gpu_->device(), static_cast<VkDeviceSize>(width) * static_cast<VkDeviceSize>(height) * 8,
                VK_BUFFER_USAGE_TRANSFER_DST_BIT, vulkan::MemoryUse::readback) {}

Image Rig::draw(const PaintedScene& scene, int frame, bool isReset) {
  const double ratio = static_cast<double>(height_) / inputHeight_;
  const glm::vec2 jitter = temporal::jitterAt(index_++, ratio);
  std::vector<std::uint64_t> light;
  std::vector<float> depth;
  std::vector<glm::vec<2, std::uint16_t>> motion;
  std::vector<std::uint8_t> reactive;
  for (int y = 0; y < inputHeight_; ++y) {
    for (int x = 0; x < inputWidth_; ++x) {
      // The sample in a pixel's middle shows what stands a jitter before it.
      const glm::vec2 at((static_cast<float>(x) + 0.5F - jitter.x) / static_cast<float>(inputWidth_),
                         (static_cast<float>(y) + 0.5F - jitter.y) / static_cast<float>(inputHeight_));
      const Paint paint = scene(at, frame);
      light.push_back(glm::packHalf4x16(glm::vec4(paint.light * paint.alpha, paint.alpha)));
      depth.push_back(paint.depth);
      motion.push_back(glm::packHalf(paint.motion));
      reactive.push_back(static_cast<std::uint8_t>(std::lround(255 * paint.reactive)));
    }
  }
  frames_.begin();
  frames_.uploadTo(radiance_, std::as_bytes(std::span(light)));
  frames_.uploadTo(depth_, std::as_bytes(std::span(depth)));
  frames_.uploadTo(motion_, std::as_bytes(std::span(motion)));
  frames_.uploadTo(reactive_, std::as_bytes(std::span(reactive)));
  graph_.begin();
  temporal::UpscaleInputs inputs{graph_.import("radiance", radiance_),
                                 graph_.import("depth", depth_),
                                 graph_.import("motion", motion_),
                                 {}};
  if (hasReactive) inputs.reactive = graph_.import("reactive", reactive_);
  temporal::UpscaleSettings settings;
  settings.inputWidth = inputWidth_;
  settings.inputHeight = inputHeight_;
  settings.outputWidth = width_;
  settings.outputHeight = height_;
  settings.jitter = jitter;
  // depth = 1 / distance: the near plane at 1, none far away.
  settings.clipFromView = glm::mat4(0);
  settings.clipFromView[0][0] = settings.clipFromView[1][1] = 2;
  settings.clipFromView[2][3] = -1;
  settings.clipFromView[3][2] = 1;
  settings.isReset = isReset;
  settings.sharpness = sharpness;
  settings.eye = eye;
  const graph::ImageId picture = upscaler.add(graph_, inputs, settings);
  graph_
      .pass(
          "read back",
          [&](const graph::PassResources& resources) {
            VkBufferImageCopy region{};
            region.imageSubresource = {VK_IMAGE_ASPECT_COLOR_BIT, 0, 0, 1};
            region.imageExtent = {static_cast<std::uint32_t>(width_), static_cast<std::uint32_t>(height_), 1};
            vkCmdCopyImageToBuffer(resources.commands(), resources.image(picture),
                                   VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL, readback_.handle(), 1, &region);
          })
      .uses(picture, graph::Use::copySource)
      .uses(graph_.import("read back", readback_), graph::Use::copyTarget)
      .keeps();
  graph_.execute(frames_);
  frames_.submitAndWait();

  const auto pixels = static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_);
  Image image{width_, height_, {}};
  light_.clear();
  for (std::size_t i = 0; i < pixels; ++i) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, readback_.mapped() + 8 * i, 8);
    const glm::vec4 v = glm::unpackHalf4x16(bits);
    for (int c = 0; c < 4; ++c) light_.push_back(v[c]);
    for (int c = 0; c < 3; ++c) image.pixels.push_back(shown(v[c]));
    image.pixels.push_back(255);
  }
  return image;
}

Image painted(const PaintedScene& scene, int frame, int width, int height) {
  constexpr int kSamples = 64;
  Image image{width, height, {}};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      glm::vec3 sum(0);
      for (int k = 0; k < kSamples; ++k) {
        const glm::vec2 at = glm::vec2(x, y) + 0.5F - stage::sampleAt(k, kSamples);
        const Paint paint = scene(at / glm::vec2(width, height), frame);
        sum += paint.light * paint.alpha;
      }
      for (int c = 0; c < 3; ++c) image.pixels.push_back(shown(sum[c] / kSamples));
      image.pixels.push_back(255);
    }
  }
  return image;
}

}  // namespace aula::render
