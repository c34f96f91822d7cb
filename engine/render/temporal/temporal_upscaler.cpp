// SPDX-License-Identifier: Apache-2.0
#include "render/temporal/temporal_upscaler.h"

#include <array>
#include <cmath>
#include <span>
#include <vector>

#include "core/assert.h"
#include "render/stage/stage_pass.h"
#include "render/temporal/shader_structs.h"
#include "render/vulkan/commands.h"
#include "render/vulkan/device.h"
#include "render/vulkan/pipeline.h"

namespace aula::render::temporal {
namespace {

constexpr std::uint32_t kClear[] = {
#include <shaders/temporal_clear.comp.inc>
};
constexpr std::uint32_t kDilate[] = {
#include <shaders/temporal_dilate.comp.inc>
};
constexpr std::uint32_t kJudge[] = {
#include <shaders/temporal_judge.comp.inc>
};
constexpr std::uint32_t kAccumulate[] = {
#include <shaders/temporal_accumulate.comp.inc>
};
constexpr std::uint32_t kSharpen[] = {
#include <shaders/temporal_sharpen.comp.inc>
};

constexpr VkFormat kHistoryFormat = VK_FORMAT_R16G16B16A16_SFLOAT;
constexpr VkFormat kStateFormat = VK_FORMAT_R16G16B16A16_SFLOAT;
constexpr int kGroup = 8;  ///< Of every shader, both ways.

/// The uniforms where anything is read, then images read, then images written.
vulkan::ComputeShape shapeFor(std::span<const std::uint32_t> shader, std::size_t reads, std::size_t writes,
                              std::vector<std::uint32_t> constants = {}) {
  vulkan::ComputeShape shape;
  shape.shader = shader;
  if (reads > 0) shape.bindings.push_back(VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER);
  shape.bindings.insert(shape.bindings.end(), reads, VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER);
  shape.bindings.insert(shape.bindings.end(), writes, VK_DESCRIPTOR_TYPE_STORAGE_IMAGE);
  shape.constants = std::move(constants);
  return shape;
}

vulkan::ImageShape shapeOf(VkFormat format, std::uint32_t width, std::uint32_t height) {
  vulkan::ImageShape shape;
  shape.format = format;
  shape.width = width;
  shape.height = height;
  return shape;
}

/// An eye's memory: what it has gathered, in turns.
struct History {
  std::array<std::unique_ptr<vulkan::DeviceImage>, 2> colour, state, origin;
  int latest = 0;
  bool isValid = false;
};

}  // namespace

struct TemporalUpscaler::Implementation {
  explicit Implementation(const vulkan::Device& d)
      : device(d),
        clear(d, shapeFor(kClear, 0, 1)),
        dilate(d, shapeFor(kDilate, 4, 4)),
        judge(d, shapeFor(kJudge, 4, 2)),
        judgeWithoutReactive(d, shapeFor(kJudge, 4, 2, {0})),
        accumulate(d, shapeFor(kAccumulate, 9, 3)),
        sharpen(d, shapeFor(kSharpen, 1, 1)),
        nearest(d, VK_FILTER_NEAREST),
        linear(d, VK_FILTER_LINEAR) {}

  History& historyOf(const UpscaleSettings& settings);

  const vulkan::Device& device;
  vulkan::ComputePipeline clear, dilate, judge, judgeWithoutReactive, accumulate, sharpen;
  vulkan::Sampler nearest, linear;
  std::array<History, 2> eyes;
};

namespace {

/// Samples a history counts for at most, at rest and on the move: there its light is soon too old, and a few
/// new samples tell more (bench/README.md). A frame brings one for ratio² pixels.
constexpr float kMostAtRest = 24, kMostMoving = 3;
/// A lock that nothing vouches for lasts about three samples.
constexpr float kLockLoss = 0.34F;
/// Distances in front, in pixels' sizes beyond what its slope explains, that make another surface.
constexpr float kSeparation = 0.5F;

shader::TemporalUniforms uniformsFor(const UpscaleSettings& settings, const History& history,
                                     glm::vec2 input) {
  shader::TemporalUniforms u{};
  const glm::vec2 output(settings.outputWidth, settings.outputHeight);
  u.inputSize = glm::vec4(input, 1.0F / input);
  u.outputSize = glm::vec4(output, 1.0F / output);
  const float ratio = output.y / input.y;
  u.jitter = glm::vec4(settings.jitter, ratio, 0);
  // depth = (a z + b) / (c z + d) solved for the distance -z.
  const glm::mat4& clip = settings.clipFromView;
  const float a = clip[2][2], b = clip[3][2], c = clip[2][3], d = clip[3][3];
  u.depth = {-d, b, -c, a};
  u.light = {settings.exposure, 0, settings.sharpness, history.isValid ? 1.0F : 0.0F};
  const float share = 1 / (ratio * ratio);
  u.weights = {kMostAtRest, kMostMoving, kLockLoss * share, kSeparation};
  const float pixel = 2 / (clip[1][1] == 0 ? 1 : std::abs(clip[1][1])) / input.y;
  u.background = glm::vec4(settings.background, c != 0 ? pixel : -pixel);
  return u;
}

void dispatch(const graph::PassResources& resources, int width, int height) {
  const auto groups = [](int size) { return static_cast<std::uint32_t>((size + kGroup - 1) / kGroup); };
  vkCmdDispatch(resources.commands(), groups(width), groups(height), 1);
}

}  // namespace

TemporalUpscaler::TemporalUpscaler(const vulkan::Device& device)
    : implementation_(std::make_unique<Implementation>(device)) {}
TemporalUpscaler::~TemporalUpscaler() = default;

void TemporalUpscaler::forget() {
  for (History& history : implementation_->eyes) history = {};
}

History& TemporalUpscaler::Implementation::historyOf(const UpscaleSettings& settings) {
  AULA_ASSERT(settings.eye == 0 || settings.eye == 1);
  AULA_ASSERT(settings.inputWidth > 0 && settings.inputHeight > 0 && settings.exposure > 0);
  AULA_ASSERT(settings.outputWidth >= settings.inputWidth && settings.outputHeight >= settings.inputHeight);
  History& history = eyes[static_cast<std::size_t>(settings.eye)];
  const auto width = static_cast<std::uint32_t>(settings.outputWidth),
             height = static_cast<std::uint32_t>(settings.outputHeight);
  if (!history.colour[0] || history.colour[0]->shape().width != width ||
      history.colour[0]->shape().height != height) {
    history = {};
    for (std::size_t i = 0; i < 2; ++i) {
      vulkan::ImageShape shape = shapeOf(kHistoryFormat, width, height);
      shape.usage = VK_IMAGE_USAGE_SAMPLED_BIT | VK_IMAGE_USAGE_STORAGE_BIT;
      history.colour[i] = std::make_unique<vulkan::DeviceImage>(device, shape);
      shape.format = kStateFormat;
      history.state[i] = std::make_unique<vulkan::DeviceImage>(device, shape);
      history.origin[i] = std::make_unique<vulkan::DeviceImage>(device, shape);
    }
  }
  if (settings.isReset) history.isValid = false;
  return history;
}

graph::ImageId TemporalUpscaler::add(graph::FrameGraph& graph, const UpscaleInputs& inputs,
                                     const UpscaleSettings& settings) {
  using graph::Use;
  Implementation& self = *implementation_;
  History& history = self.historyOf(settings);
  const int width = settings.inputWidth, height = settings.inputHeight;
  const shader::TemporalUniforms uniforms = uniformsFor(settings, history, glm::vec2(width, height));
  const auto old = static_cast<std::size_t>(history.latest), now = 1 - old;
  // A first frame reads no history; something must be bound all the same.
  const graph::ImageId oldColour =
      history.isValid ? graph.import("temporal history", *history.colour[old]) : inputs.radiance;
  const graph::ImageId oldState =
      history.isValid ? graph.import("temporal state", *history.state[old]) : inputs.radiance;
  const graph::ImageId oldOrigin =
      history.isValid ? graph.import("temporal origin", *history.origin[old]) : inputs.radiance;
  const graph::ImageId origin = graph.import("temporal origin now", *history.origin[now]);
  const graph::ImageId colour = graph.import("temporal history now", *history.colour[now]),
                       state = graph.import("temporal state now", *history.state[now]);
  const auto image = [&](const char* name, VkFormat format) {
    return graph.image(
        name, shapeOf(format, static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height)));
  };
  const graph::ImageId before = image("nearest before", VK_FORMAT_R32_UINT),
                       moved = image("moved", VK_FORMAT_R16G16B16A16_SFLOAT),
                       depths = image("depths", VK_FORMAT_R32G32_SFLOAT),
                       surprise = image("surprise", VK_FORMAT_R16G16B16A16_SFLOAT),
                       drift = image("drift", VK_FORMAT_R32_SFLOAT),
                       verdict = image("verdict", VK_FORMAT_R8G8B8A8_UNORM);
  const graph::ImageId picture = graph.image(
      "upscaled", shapeOf(stage::kRadianceFormat, static_cast<std::uint32_t>(settings.outputWidth),
                          static_cast<std::uint32_t>(settings.outputHeight)));

  // Every pass: the uniforms, what it reads, what it writes.
  const auto add = [&](const char* name, const vulkan::ComputePipeline& pipeline,
                       std::vector<graph::ImageId> reads, std::vector<graph::ImageId> writes, int across,
                       int down) -> graph::PassBuilder& {
    graph::PassBuilder& pass = graph.pass(name, [&self, &pipeline, uniforms, reads, writes, across,
                                                 down](const graph::PassResources& resources) {
      const vulkan::UploadPiece piece = resources.frame().upload(std::span(&uniforms, 1));
      std::vector<vulkan::Binding> bindings;
      if (!reads.empty()) bindings.push_back(vulkan::Binding::of(piece, sizeof(uniforms)));
      for (const graph::ImageId id : reads) {
        // Whole numbers and depths have no linear filter on every device.
        const VkFormat format = resources.shape(id).format;
        const bool isSmooth =
            format == kHistoryFormat || format == kStateFormat || format == VK_FORMAT_R8G8B8A8_UNORM;
        bindings.push_back(
            vulkan::Binding::of(resources.view(id), isSmooth ? self.linear.handle() : self.nearest.handle()));
      }
      for (const graph::ImageId id : writes) bindings.push_back(vulkan::Binding::storage(resources.view(id)));
      vulkan::bind(resources.commands(), resources.frame(), resources.device(), pipeline, bindings);
      dispatch(resources, across, down);
    });
    for (const graph::ImageId id : reads) pass.uses(id, Use::sampledCompute);
    for (const graph::ImageId id : writes)
      pass.uses(id, id.index == before.index && !reads.empty() ? Use::storageReadWrite : Use::storageWrite);
    return pass;
  };
  add("temporal: clear", self.clear, {}, {before}, width, height);
  add("temporal: dilate", self.dilate, {inputs.radiance, inputs.depth, inputs.motion, oldColour},
      {moved, depths, before, surprise}, width, height);
  const bool hasReactive = inputs.reactive.isValid();
  add("temporal: judge", hasReactive ? self.judge : self.judgeWithoutReactive,
      {moved, depths, before, hasReactive ? inputs.reactive : depths}, {verdict, drift}, width, height);
  add("temporal: accumulate", self.accumulate,
      {inputs.radiance, moved, depths, verdict, surprise, drift, oldColour, oldState, oldOrigin},
      {colour, state, origin}, settings.outputWidth, settings.outputHeight)
      .keeps();
  add("temporal: sharpen", self.sharpen, {colour}, {picture}, settings.outputWidth, settings.outputHeight);

  history.latest = static_cast<int>(now);
  history.isValid = true;
  return picture;
}

}  // namespace aula::render::temporal
