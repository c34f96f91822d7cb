// SPDX-License-Identifier: Apache-2.0
#include "rig.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstring>
#include <glm/gtc/matrix_inverse.hpp>
#include <glm/gtc/packing.hpp>
#include <glm/packing.hpp>
#include <numbers>

#include "render/vulkan/buffer.h"
#include "render/vulkan/device.h"
#include "render/vulkan/device_image.h"

namespace aula::render {
namespace {

struct Axes {
  glm::dvec3 right, up, forward, eye;
};

Axes axesOf(const Shot& shot, const scene::Camera& camera) {
  const core::Vec3 forward = core::normalised(camera.target - camera.eye);
  const core::Vec3 right = core::normalised(core::cross(forward, camera.up));
  const core::Vec3 up = core::cross(right, forward);
  const core::Vec3 eye = shot.space.scale * (camera.eye - shot.space.centre);
  const auto glmOf = [](core::Vec3 v) { return glm::dvec3(v.x, v.y, v.z); };
  return {glmOf(right), glmOf(up), glmOf(forward), glmOf(eye)};
}

double halfHeight(const scene::Camera& camera) {
  return std::tan(camera.fieldOfView * std::numbers::pi / 360);
}

}  // namespace

/// An image of the stage, and memory to read it from.
struct Rig::Target {
  Target(const vulkan::Device& device, VkFormat format, int width, int height)
      : image(device, {format, static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height), 1,
                       VK_SAMPLE_COUNT_1_BIT,
                       VK_IMAGE_USAGE_TRANSFER_SRC_BIT |
                           VkImageUsageFlags(format == stage::kDepthFormat
                                                 ? VK_IMAGE_USAGE_DEPTH_STENCIL_ATTACHMENT_BIT
                                                 : VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT)}),
        // Eight bytes are enough for a texel of any of them.
        host(device, 8 * static_cast<std::size_t>(width) * static_cast<std::size_t>(height),
             VK_BUFFER_USAGE_TRANSFER_DST_BIT, vulkan::MemoryUse::readback) {}
  vulkan::DeviceImage image;
  vulkan::Buffer host;
};

namespace {

/// Copies an image of the graph into the target's host memory.
void readBack(const graph::PassResources& resources, graph::ImageId id, const auto& target) {
  VkBufferImageCopy region{};
  region.imageSubresource = {target.image.aspect(), 0, 0, 1};
  region.imageExtent = target.image.extent();
  vkCmdCopyImageToBuffer(resources.commands(), resources.image(id), VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL,
                         target.host.handle(), 1, &region);
}

template <typename T>
T texel(const auto& target, std::size_t i) {
  T value;
  std::memcpy(&value, target.host.mapped() + i * sizeof(T), sizeof(T));
  return value;
}

float linear(float v) {
  return v <= 0.04045F ? v / 12.92F : std::pow((v + 0.055F) / 1.055F, 2.4F);
}

/// shaders/include/gbuffer.glsl's decodeNormal().
glm::vec3 decoded(glm::vec2 e) {
  glm::vec3 n(e, 1 - std::abs(e.x) - std::abs(e.y));
  if (n.z < 0) {
    const glm::vec2 folded =
        (1.0F - glm::abs(glm::vec2(n.y, n.x))) * glm::vec2(n.x >= 0 ? 1 : -1, n.y >= 0 ? 1 : -1);
    n.x = folded.x;
    n.y = folded.y;
  }
  return glm::normalize(n);
}

}  // namespace

std::size_t Drawn::coveredPixels() const {
  std::size_t n = 0;
  for (const glm::vec4& r : radiance) n += r.a > 0.5F;
  return n;
}

glm::mat4 clipFromStage(const Shot& shot, const scene::Camera& camera) {
  const Axes axes = axesOf(shot, camera);
  const double f = 1 / halfHeight(camera), aspect = double(shot.width) / shot.height;
  const double n = shot.nearest, F = shot.farthest;
  glm::dvec4 rows[4];
  const auto row = [&](glm::dvec3 direction, double scale, double offset) {
    return glm::dvec4(scale * direction, -scale * glm::dot(direction, axes.eye) + offset);
  };
  if (camera.isOrthographic) {
    const double s = f / (shot.space.scale * core::length(camera.target - camera.eye));
    rows[0] = row(axes.right, s / aspect, 0);
    rows[1] = row(axes.up, -s, 0);
    rows[2] = row(axes.forward, -1 / (F - n), F / (F - n));
    rows[3] = {0, 0, 0, 1};
  } else {
    rows[0] = row(axes.right, f / aspect, 0);
    rows[1] = row(axes.up, -f, 0);
    rows[2] = row(axes.forward, -n / (F - n), n * F / (F - n));
    rows[3] = row(axes.forward, 1, 0);
  }
  glm::mat4 matrix;
  for (int column = 0; column < 4; ++column)
    for (int r = 0; r < 4; ++r) matrix[column][r] = static_cast<float>(rows[r][column]);
  return matrix;
}

shader::StageUniforms uniformsOf(const Shot& shot) {
  shader::StageUniforms u{};
  u.clipFromStage = u.steadyClipFromStage = clipFromStage(shot, shot.camera);
  u.stageFromClip = glm::inverse(u.clipFromStage);
  u.previousSteadyClipFromStage =
      clipFromStage(shot, shot.previousCamera != nullptr ? *shot.previousCamera : shot.camera);
  u.previousStageFromStage = glm::mat4(1);
  const Axes axes = axesOf(shot, shot.camera);
  u.viewFromStage = glm::mat4(1);
  u.eye = glm::vec4(axes.eye, shot.camera.isOrthographic ? 0 : 1);
  const double distance =
      shot.camera.isOrthographic ? shot.space.scale * core::length(shot.camera.target - shot.camera.eye) : 1;
  u.forward = glm::vec4(axes.forward, 2 * halfHeight(shot.camera) * distance / shot.height);
  u.size = {shot.width, shot.height, 1.0F / static_cast<float>(shot.width),
            1.0F / static_cast<float>(shot.height)};
  u.ambient = {1, 1, 0.1, 1};
  u.counts = {static_cast<int>(shot.frame.clips.size()), 0, 0, 0};
  for (std::size_t i = 0; i < shot.frame.clips.size(); ++i) {
    const scene::ClipPlane& plane = shot.frame.clips[i];
    // dot(n, lab) - offset, lab = centre + stage / scale; times scale.
    u.clips[i] = glm::vec4(plane.normal.x, plane.normal.y, plane.normal.z,
                           shot.space.scale * (core::dot(plane.normal, shot.space.centre) - plane.offset));
  }
  return u;
}

glm::vec3 pixelOf(const glm::mat4& clip, glm::dvec3 point, int width, int height) {
  const glm::dvec4 p = glm::dmat4(clip) * glm::dvec4(point, 1);
  return {(0.5 * p.x / p.w + 0.5) * width, (0.5 * p.y / p.w + 0.5) * height, p.z / p.w};
}

Rig::Rig() {
  GpuOptions options;
  options.validation = Validation::on;
  options.device = "llvmpipe";
  gpu_ = Gpu::make(options);
  commands_ = std::make_unique<vulkan::FrameCommands>(gpu_->device());
  graph_ = std::make_unique<graph::FrameGraph>(gpu_->device());
}

Rig::~Rig() {
  graph_.reset();
  commands_.reset();
  EXPECT_TRUE(gpu_->validationMessages().empty()) << gpu_->validationMessages().front();
}

Drawn Rig::draw(stage::StagePass& pass, const Shot& shot) {
  Target base(device(), stage::kBaseFormat, shot.width, shot.height);
  Target normal(device(), stage::kNormalFormat, shot.width, shot.height);
  Target material(device(), stage::kMaterialFormat, shot.width, shot.height);
  Target motion(device(), stage::kMotionFormat, shot.width, shot.height);
  Target radiance(device(), stage::kRadianceFormat, shot.width, shot.height);
  Target depth(device(), stage::kDepthFormat, shot.width, shot.height);
  const std::array<Target*, 5> colours = {&base, &normal, &material, &motion, &radiance};
  run(
      shot, colours, depth,
      [&](const stage::StageFrame& frame, VkCommandBuffer commands) {
        pass.prepare(frame, commands, *commands_);
      },
      [&](const stage::StageDraw& draw) { pass.drawOpaque(draw); });

  Drawn drawn;
  drawn.width = shot.width;
  drawn.height = shot.height;
  const std::size_t n = static_cast<std::size_t>(shot.width) * static_cast<std::size_t>(shot.height);
  for (std::size_t i = 0; i < n; ++i) {
    const glm::vec4 b = glm::unpackUnorm4x8(texel<std::uint32_t>(base, i));
    drawn.base.emplace_back(linear(b.x), linear(b.y), linear(b.z));
    drawn.normal.push_back(decoded(glm::unpackSnorm2x16(texel<std::uint32_t>(normal, i))));
    drawn.motion.push_back(glm::unpackHalf2x16(texel<std::uint32_t>(motion, i)));
    drawn.radiance.push_back(glm::unpackHalf4x16(texel<std::uint64_t>(radiance, i)));
    drawn.depth.push_back(texel<float>(depth, i));
  }
  return drawn;
}

std::vector<float> Rig::drawShadow(stage::StagePass& pass, const Shot& shot) {
  Target depth(device(), stage::kDepthFormat, shot.width, shot.height);
  run(
      shot, {}, depth,
      [&](const stage::StageFrame& frame, VkCommandBuffer commands) {
        pass.prepare(frame, commands, *commands_);
      },
      [&](const stage::StageDraw& draw) { pass.drawShadow(draw); });
  std::vector<float> depths;
  const std::size_t n = static_cast<std::size_t>(shot.width) * static_cast<std::size_t>(shot.height);
  for (std::size_t i = 0; i < n; ++i) depths.push_back(texel<float>(depth, i));
  return depths;
}

void Rig::run(const Shot& shot, std::span<Target* const> colours, Target& depth,
              const std::function<void(const stage::StageFrame&, VkCommandBuffer)>& prepare,
              const std::function<void(const stage::StageDraw&)>& draw) {
  const VkCommandBuffer commands = commands_->begin();
  const shader::StageUniforms uniforms = uniformsOf(shot);
  const vulkan::UploadPiece piece = commands_->upload(std::span(&uniforms, 1));
  const stage::StageFrame frame{shot.frame, shot.previous, shot.camera, shot.style,
                                shot.space, shot.width,    shot.height, uniforms.clipFromStage};
  prepare(frame, commands);
  graph_->begin();
  std::vector<std::pair<graph::ImageId, const Target*>> targets;
  graph::PassBuilder& drawing = graph_->pass("drawing", [&](const graph::PassResources& resources) {
    draw(stage::StageDraw{frame, resources, piece, sizeof uniforms});
  });
  for (Target* colour : colours) {
    targets.emplace_back(graph_->import("colour", colour->image), colour);
    drawing.colour(targets.back().first, graph::Load::clear);
  }
  targets.emplace_back(graph_->import("depth", depth.image), &depth);
  drawing.depth(targets.back().first, graph::Load::clear);
  graph::PassBuilder& reading = graph_->pass("reading back", [&](const graph::PassResources& resources) {
    for (const auto& [id, target] : targets) readBack(resources, id, *target);
  });
  for (const auto& [id, target] : targets) reading.uses(id, graph::Use::copySource);
  reading.keeps();
  graph_->execute(*commands_);
  commands_->submitAndWait();
}

}  // namespace aula::render
