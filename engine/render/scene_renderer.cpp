// SPDX-License-Identifier: Apache-2.0
#include "render/scene_renderer.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/error.h"
#include "render/graph/frame_graph.h"
#include "render/light/develop.h"
#include "render/light/lamps.h"
#include "render/light/lighting.h"
#include "render/light/occlusion.h"
#include "render/stage/frame_images.h"
#include "render/stage/materials.h"
#include "render/stage/mesh_views.h"
#include "render/stage/passes.h"
#include "render/stage/sample_pattern.h"
#include "render/stage/stage_camera.h"
#include "render/stage/stage_uniforms.h"
#include "render/temporal/jitter.h"
#include "render/temporal/temporal_upscaler.h"
#include "render/vulkan/device.h"
#include "scene/view/bounds.h"

namespace aula::render {
namespace {

constexpr int kLeastSide = 16, kMostSide = 16384;
constexpr int kMostSamples = 65536;

int drawnSide(int shown, double ratio) {
  return std::max(1, static_cast<int>(std::ceil(shown / ratio)));
}

std::unique_ptr<vulkan::DeviceImage> makeTarget(const vulkan::Device& device, VkFormat format, int width,
                                                int height) {
  vulkan::ImageShape shape;
  shape.format = format;
  shape.width = static_cast<std::uint32_t>(width);
  shape.height = static_cast<std::uint32_t>(height);
  shape.usage =
      VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT | VK_IMAGE_USAGE_SAMPLED_BIT | VK_IMAGE_USAGE_TRANSFER_SRC_BIT;
  return std::make_unique<vulkan::DeviceImage>(device, shape);
}

/// Which picture a frame is drawn for.
struct Shot {
  int width = 0, height = 0;  ///< Drawn.
  glm::vec2 jitter{0};
  int number = 0;        ///< Turns the noise.
  bool isLive = true;    ///< One of a row of frames; else a sample of a still.
  bool isFirst = false;  ///< Of a still's samples,
  bool isLast = false;
  int samples = 1;
};

}  // namespace

struct SceneRenderer::Implementation {
  std::shared_ptr<Gpu> gpu;
  const vulkan::Device& device;
  SceneRendererOptions options;
  double ratio = 1;  ///< Shown pixels a side for each that is drawn.
  vulkan::FrameCommands commands;
  graph::FrameGraph graph;
  std::vector<std::unique_ptr<stage::StagePass>> passes;
  light::Lighting lighting;
  light::Occlusion occlusion;
  light::Develop develop;
  temporal::TemporalUpscaler upscaler;
  stage::Readback readback;
  stage::MeshViews meshViews;
  std::unique_ptr<vulkan::DeviceImage> picture, radiance, sum;
  /// What radiance() reads, and by what it is to be divided.
  vulkan::DeviceImage* light = nullptr;
  float lightDivisor = 1;
  FrameStatistics statistics;

  /// Of the frame before.
  std::optional<scene::Frame> previous;
  std::optional<stage::StageSpace> space;
  glm::mat4 previousClip{1};
  glm::vec2 previousJitter{0};
  int number = 0;
  bool isCut = true;

  Implementation(std::shared_ptr<Gpu> shared, const SceneRendererOptions& wanted)
      : gpu(std::move(shared)),
        device(gpu->device()),
        commands(device),
        graph(device),
        passes(stage::makePasses(device)),
        lighting(device),
        occlusion(device),
        develop(device),
        upscaler(device),
        readback(device) {
    configure(wanted);
  }
  ~Implementation() { device.waitIdle(); }

  void configure(const SceneRendererOptions& wanted);
  void drawFrame(const scene::Frame& frame, const scene::Camera& camera, const SceneStyle& style,
                 const Shot& shot);
  stage::StageImages addStage(const stage::StageFrame& stage, const shader::StageUniforms& uniforms,
                              const vulkan::UploadPiece& piece, light::Lamps& lamps);
  void finish(const stage::StageImages& images, const SceneStyle& style, const stage::StageCamera& camera,
              const Shot& shot);
  void gatherStatistics();
};

void SceneRenderer::Implementation::configure(const SceneRendererOptions& wanted) {
  const int most = std::min(kMostSide, static_cast<int>(device.limits().maxImageDimension2D));
  if (wanted.width < kLeastSide || wanted.height < kLeastSide || wanted.width > most ||
      wanted.height > most) {
    throw core::inputError("A scene of " + std::to_string(wanted.width) + "x" +
                           std::to_string(wanted.height) + " pixels cannot be drawn: each side must be " +
                           std::to_string(kLeastSide) + " to " + std::to_string(most) + ".");
  }
  if (picture) device.waitIdle();
  options = wanted;
  ratio = upscaleRatio(wanted.upscale);
  picture = makeTarget(device, light::kPictureFormat, wanted.width, wanted.height);
  radiance = makeTarget(device, stage::kRadianceFormat, wanted.width, wanted.height);
  sum.reset();
  light = radiance.get();
  lightDivisor = 1;
  isCut = true;
  upscaler.forget();
}

void SceneRenderer::Implementation::drawFrame(const scene::Frame& published, const scene::Camera& camera,
                                              const SceneStyle& style, const Shot& shot) {
  const bool hasPast = shot.isLive && !isCut && previous;
  const scene::Frame frame = meshViews.of(published, style);
  const scene::Bounds bounds = scene::boundsOf(frame);
  const stage::StageSpace before = space.value_or(stage::StageSpace{});
  const stage::StageSpace now = stage::chooseSpace(bounds, space ? &*space : nullptr);
  const stage::StageBox box = stage::stageBox(bounds, now);
  const stage::StageCamera view = stage::stageCamera(camera, now, box, shot.width, shot.height);
  light::Lamps lamps(style, view, box, light::shadowTexels(shot.height));

  shader::StageUniforms uniforms{};
  const glm::mat4 steady = view.clipFromStage();
  stage::setCamera(uniforms, view, stage::jittered(steady, shot.jitter, shot.width, shot.height), shot.width,
                   shot.height);
  uniforms.previousSteadyClipFromStage = hasPast ? previousClip : steady;
  uniforms.previousStageFromStage = hasPast ? stage::changeOfSpace(before, now) : glm::mat4(1);
  uniforms.jitter = {shot.jitter, hasPast ? previousJitter : shot.jitter};
  stage::setClips(uniforms, frame, now);
  stage::setStyle(uniforms, style);
  lamps.describe(uniforms);
  uniforms.counts.z = shot.number;
  uniforms.room.y = style.hasAmbientOcclusion ? 1 : 0;
  uniforms.ambient.z = static_cast<float>(style.occlusionRadius) * std::max(box.radius(), 1e-3F);
  const stage::SceneSubsurface subsurface =
      style.hasSubsurface ? stage::subsurfaceOf(frame) : stage::SceneSubsurface{};
  uniforms.subsurface = {now.length(subsurface.radius) * subsurface.tint, subsurface.radius > 0 ? 1 : 0};

  const stage::StageFrame stageFrame{frame,
                                     hasPast ? &*previous : nullptr,
                                     camera,
                                     style,
                                     now,
                                     shot.width,
                                     shot.height,
                                     steady,
                                     subsurface.radius};
  try {
    VkCommandBuffer recorded = commands.begin();
    for (const auto& pass : passes) pass->prepare(stageFrame, recorded, commands);
    graph.begin();
    const vulkan::UploadPiece piece = commands.upload(std::span<const shader::StageUniforms>(&uniforms, 1));
    const stage::StageImages images = addStage(stageFrame, uniforms, piece, lamps);
    finish(images, style, view, shot);
    graph.execute(commands);
    commands.submit();
  } catch (...) {
    // What was uploaded before still runs with the next frame; of the picture nothing was drawn.
    isCut = true;
    throw;
  }

  // Only what was really drawn is the past of what comes next.
  previous = frame;
  space = now;
  previousClip = steady;
  previousJitter = shot.jitter;
  isCut = !shot.isLive;
  gatherStatistics();
}

stage::StageImages SceneRenderer::Implementation::addStage(const stage::StageFrame& stage,
                                                           const shader::StageUniforms& uniforms,
                                                           const vulkan::UploadPiece& piece,
                                                           light::Lamps& lamps) {
  constexpr VkDeviceSize kBytes = sizeof(shader::StageUniforms);
  const auto make = [&](const char* name, VkFormat format) {
    vulkan::ImageShape shape;
    shape.format = format;
    shape.width = static_cast<std::uint32_t>(stage.width);
    shape.height = static_cast<std::uint32_t>(stage.height);
    return graph.image(name, shape);
  };
  stage::StageImages images;
  images.base = make("base", stage::kBaseFormat);
  images.normal = make("normal", stage::kNormalFormat);
  images.material = make("material", stage::kMaterialFormat);
  images.motion = make("motion", stage::kMotionFormat);
  images.radiance = make("radiance", stage::kRadianceFormat);
  images.depth = make("depth", stage::kDepthFormat);
  images.reactive = make("reactive", stage::kReactiveFormat);

  light::LightingImages more;
  more.shadowMaps = lamps.addPass(graph, stage, uniforms, passes);
  std::vector<graph::ImageId> sampled;
  for (const auto& pass : passes) {
    const std::vector<graph::ImageId> own = pass->addEarlyPasses(stage, graph, piece, kBytes);
    sampled.insert(sampled.end(), own.begin(), own.end());
  }
  graph::PassBuilder& opaque =
      graph.pass("opaque", [this, &stage, &piece](const graph::PassResources& resources) {
        const stage::StageDraw draw{stage, resources, piece, kBytes};
        for (const auto& pass : passes) pass->drawOpaque(draw);
      });
  opaque.colour(images.base, graph::Load::clear)
      .colour(images.normal, graph::Load::clear)
      .colour(images.material, graph::Load::clear)
      .colour(images.motion, graph::Load::clear)
      .colour(images.radiance, graph::Load::clear)
      .depth(images.depth, graph::Load::clear);
  for (const graph::ImageId image : sampled) opaque.uses(image, graph::Use::sampledFragment);

  if (stage.style.hasAmbientOcclusion) more.visibility = occlusion.add(graph, stage, images, piece, kBytes);
  lighting.addLight(graph, stage, images, more, piece, kBytes, uniforms.subsurface.w > 0);
  lighting.addTransparent(graph, stage, images, more, piece, kBytes, passes);
  for (const auto& pass : passes) pass->addPasses(stage, graph, images, piece, kBytes);
  return images;
}

void SceneRenderer::Implementation::finish(const stage::StageImages& images, const SceneStyle& style,
                                           const stage::StageCamera& camera, const Shot& shot) {
  const graph::ImageId shown = graph.import("picture", *picture), kept = graph.import("light", *radiance);
  if (!shot.isLive) {
    const graph::ImageId total = graph.import("sum", *sum);
    develop.addSum(graph, images.radiance, total, shot.isFirst);
    if (shot.isLast) develop.add(graph, total, static_cast<float>(shot.samples), shown, kept, style);
    return;
  }
  graph::ImageId result = images.radiance;
  if (options.antialiasing == Antialiasing::temporal) {
    temporal::UpscaleSettings settings;
    settings.inputWidth = shot.width;
    settings.inputHeight = shot.height;
    settings.outputWidth = options.width;
    settings.outputHeight = options.height;
    settings.jitter = shot.jitter;
    settings.clipFromView = camera.clipFromView;
    settings.isReset = isCut;
    settings.exposure = static_cast<float>(std::exp2(style.exposure));
    settings.background = {style.background.red, style.background.green, style.background.blue};
    settings.sharpness = static_cast<float>(style.sharpness);
    result = upscaler.add(graph, {images.radiance, images.depth, images.motion, images.reactive}, settings);
  }
  develop.add(graph, result, 1, shown, kept, style);
}

void SceneRenderer::Implementation::gatherStatistics() {
  statistics = {};
  for (const graph::PassTime& time : graph.times()) {
    statistics.passes.push_back({time.name, time.milliseconds});
    statistics.milliseconds += time.milliseconds;
  }
  for (const auto& pass : passes) pass->count(statistics);
  statistics.imageBytes = graph.transientBytes();
}

SceneRenderer::SceneRenderer(std::shared_ptr<Gpu> gpu, const SceneRendererOptions& options)
    : implementation_(std::make_unique<Implementation>(std::move(gpu), options)) {}
SceneRenderer::~SceneRenderer() = default;

void SceneRenderer::configure(const SceneRendererOptions& options) {
  implementation_->configure(options);
}

void SceneRenderer::setRatio(double ratio) {
  if (!(ratio >= 1 && ratio <= 3))
    throw core::inputError("A ratio of " + std::to_string(ratio) + " cannot be drawn; allowed are 1 to 3.");
  implementation_->ratio = ratio;
}

const SceneRendererOptions& SceneRenderer::options() const {
  return implementation_->options;
}

void SceneRenderer::draw(const scene::Frame& frame, const scene::Camera& camera, const SceneStyle& style) {
  Implementation& self = *implementation_;
  const double ratio = self.ratio;
  Shot shot;
  shot.width = drawnSide(self.options.width, ratio);
  shot.height = drawnSide(self.options.height, ratio);
  if (self.options.antialiasing == Antialiasing::temporal) {
    shot.jitter = temporal::jitterAt(self.number, ratio);
    shot.number = self.number++;
  }
  self.drawFrame(frame, camera, style, shot);
  self.light = self.radiance.get();
  self.lightDivisor = 1;
}

void SceneRenderer::cut() {
  implementation_->isCut = true;
}

Image SceneRenderer::still(const scene::Frame& frame, const scene::Camera& camera, const SceneStyle& style,
                           int samples) {
  if (samples < 1 || samples > kMostSamples) {
    throw core::inputError("A still of " + std::to_string(samples) +
                           " samples a pixel cannot be drawn; allowed are 1 to " +
                           std::to_string(kMostSamples) + ".");
  }
  Implementation& self = *implementation_;
  if (!self.sum)
    self.sum = makeTarget(self.device, light::kSumFormat, self.options.width, self.options.height);
  // Nothing of what was drawn before may show: the same still again is the same picture.
  self.space.reset();
  for (int i = 0; i < samples; ++i) {
    Shot shot;
    shot.width = self.options.width;
    shot.height = self.options.height;
    shot.jitter = stage::sampleAt(i, samples);
    shot.number = i;
    shot.isLive = false;
    shot.isFirst = i == 0;
    shot.isLast = i == samples - 1;
    shot.samples = samples;
    self.drawFrame(frame, camera, style, shot);
  }
  self.light = self.sum.get();
  self.lightDivisor = static_cast<float>(samples);
  return image();
}

Image SceneRenderer::image() {
  return implementation_->readback.picture(implementation_->commands, *implementation_->picture);
}

HdrImage SceneRenderer::radiance() {
  Implementation& self = *implementation_;
  return self.readback.radiance(self.commands, *self.light, self.lightDivisor);
}

vulkan::DeviceImage& SceneRenderer::output() {
  return *implementation_->picture;
}

const FrameStatistics& SceneRenderer::statistics() const {
  implementation_->gatherStatistics();
  return implementation_->statistics;
}

std::string SceneRenderer::graphPicture() const {
  return implementation_->graph.svg();
}

}  // namespace aula::render
