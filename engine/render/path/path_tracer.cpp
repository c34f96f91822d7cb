// SPDX-License-Identifier: Apache-2.0
#include "render/path/path_tracer.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>
#include <optional>

#include "core/error.h"
#include "render/colour/colour_limits.h"
#include "render/path/path_scene.h"
#include "render/path/ray_pipeline.h"
#include "render/path/shader_text.h"
#include "render/vulkan/check.h"
#include "render/vulkan/device.h"
#include "render/vulkan/pipeline.h"

namespace aula::render {

using path::wordsOf;
namespace shader = path::shader;

namespace {

constexpr std::uint32_t kQueryShader[] = {
#include <shaders/path_query.comp.inc>
};
/// As in path_query.comp.
constexpr std::uint32_t kGroupWidth = 8, kGroupHeight = 4;
/// Of a dispatch: short enough to be interrupted and not to be taken for a hanging driver, long enough that
/// its start does not count.
constexpr double kPortionSeconds = 0.4;
/// Rays of a dispatch are counted in 32 bits; a path of more is not known.
constexpr double kMostRays = 4e9, kMostRaysAPath = 200;

struct Counters {
  std::uint32_t rays = 0, faults = 0;
};

void checkOptions(const PathTracerOptions& options) {
  if (options.width < 1 || options.height < 1 || options.width > 1 << 20 || options.height > 1 << 20)
    throw core::inputError("A picture of " + std::to_string(options.width) + "x" +
                           std::to_string(options.height) +
                           " pixels cannot be traced: each side must be 1 to 1048576.");
  if (options.depth < 0 || options.depth > 100000)
    throw core::inputError("Paths of at most " + std::to_string(options.depth) +
                           " scatterings cannot be traced: 0 to 100000.");
}

}  // namespace

struct PathTracer::Implementation {
  std::shared_ptr<Gpu> gpu;
  PathTracerOptions options;
  const vulkan::Device& device;
  vulkan::FrameCommands frame;
  std::unique_ptr<vulkan::ComputePipeline> queries;
  std::unique_ptr<path::RayPipeline> pipeline;
  path::PathScene scene;
  ColourLimits limits;
  bool hasScene = false;
  std::unique_ptr<vulkan::Buffer> sums, counters;
  PathStatistics statistics;
  double samplesPerSecond = 0;

  Implementation(std::shared_ptr<Gpu> shared, const PathTracerOptions& wanted)
      : gpu(std::move(shared)), options(wanted), device(gpu->device()), frame(device), scene(device, frame) {
    const bool useQueries =
        options.core == RayCore::queries || (options.core == RayCore::automatic && device.hasRayQuery());
    if (useQueries) {
      vulkan::ComputeShape shape;
      shape.shader = kQueryShader;
      shape.bindings = {VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER, VK_DESCRIPTOR_TYPE_ACCELERATION_STRUCTURE_KHR};
      shape.pushBytes = sizeof(shader::PathPush);
      queries = std::make_unique<vulkan::ComputePipeline>(device, shape);
    } else {
      pipeline = std::make_unique<path::RayPipeline>(device);
    }
    counters = hostBuffer(sizeof(Counters));
  }

  [[nodiscard]] std::unique_ptr<vulkan::Buffer> hostBuffer(VkDeviceSize bytes) const {
    return std::make_unique<vulkan::Buffer>(
        device, bytes, VK_BUFFER_USAGE_STORAGE_BUFFER_BIT | VK_BUFFER_USAGE_SHADER_DEVICE_ADDRESS_BIT,
        vulkan::MemoryUse::readback);
  }
  void dispatch(const PictureTile& tile, int first, int count);
  void record(VkCommandBuffer commands, const shader::PathPush& push, const PictureTile& tile);
};

std::string PathTracer::whyNot(const Gpu& gpu) {
  const vulkan::Device& device = gpu.device();
  if (device.hasRayQuery() || device.hasRayTracingPipeline()) return {};
  return "the graphics device " + device.report().name +
         " cannot trace rays: it has neither ray queries nor ray-tracing pipelines; Mesa's software device "
         "has "
         "both (AULA_VULKAN_DEVICE=llvmpipe)";
}

PathTracer::PathTracer(std::shared_ptr<Gpu> gpu, const PathTracerOptions& options) {
  if (const std::string reason = whyNot(*gpu); !reason.empty())
    throw core::Error("No path tracing: " + reason + ".");
  const vulkan::Device& device = gpu->device();
  if (options.core == RayCore::queries && !device.hasRayQuery())
    throw core::Error("The graphics device " + device.report().name +
                      " has no ray queries; its ray-tracing pipelines would do.");
  if (options.core == RayCore::pipeline && !device.hasRayTracingPipeline())
    throw core::Error("The graphics device " + device.report().name +
                      " has no ray-tracing pipelines; its ray queries would do.");
  checkOptions(options);
  implementation_ = std::make_unique<Implementation>(std::move(gpu), options);
}

PathTracer::~PathTracer() = default;

void PathTracer::configure(const PathTracerOptions& options) {
  checkOptions(options);
  implementation_->options = options;
  implementation_->hasScene = false;
}

const PathTracerOptions& PathTracer::options() const {
  return implementation_->options;
}
RayCore PathTracer::core() const {
  return implementation_->queries ? RayCore::queries : RayCore::pipeline;
}
const PathStatistics& PathTracer::statistics() const {
  return implementation_->statistics;
}

void PathTracer::observe(const scene::Frame& frame) {
  for (const scene::View& any : frame.views) {
    if (const auto* volume = std::get_if<scene::VolumeView>(&any); volume && volume->values)
      implementation_->limits.observe(*volume);
    if (const auto* slice = std::get_if<scene::SliceView>(&any); slice && slice->volume.values)
      implementation_->limits.observe(slice->volume);
  }
}

void PathTracer::setScene(const scene::Frame& frame, const scene::Camera& camera, const SceneStyle& style) {
  Implementation& self = *implementation_;
  self.hasScene = false;
  observe(frame);
  self.scene.set({frame, camera, style, self.limits, self.options.width, self.options.height,
                  self.options.seed, self.options.depth, self.options.isCutAway});
  self.hasScene = true;
  self.statistics.triangles = self.scene.triangleCount();
  self.statistics.shapes = self.scene.shapeCount();
  self.statistics.bytes = self.scene.bytes();
}

void PathTracer::Implementation::record(VkCommandBuffer commands, const shader::PathPush& push,
                                        const PictureTile& tile) {
  const shader::PathUniforms& uniforms = scene.uniforms();
  const vulkan::UploadPiece piece = frame.upload(std::span<const shader::PathUniforms>(&uniforms, 1));
  const auto width = static_cast<std::uint32_t>(tile.width), height = static_cast<std::uint32_t>(tile.height);
  if (queries) {
    vulkan::Binding tree;
    tree.acceleration = scene.tree();
    const std::array bindings = {vulkan::Binding::of(piece, sizeof(uniforms)), tree};
    vulkan::bind(commands, frame, device, *queries, bindings);
    vkCmdPushConstants(commands, queries->layout(), VK_SHADER_STAGE_COMPUTE_BIT, 0, sizeof(push), &push);
    vkCmdDispatch(commands, (width + kGroupWidth - 1) / kGroupWidth,
                  (height + kGroupHeight - 1) / kGroupHeight, 1);
    return;
  }
  VkDescriptorSet set = frame.descriptorSet(pipeline->setLayout());
  const VkDescriptorBufferInfo buffer{piece.buffer, piece.offset, sizeof(uniforms)};
  VkAccelerationStructureKHR tree = scene.tree();
  VkWriteDescriptorSetAccelerationStructureKHR trees{};
  trees.sType = VK_STRUCTURE_TYPE_WRITE_DESCRIPTOR_SET_ACCELERATION_STRUCTURE_KHR;
  trees.accelerationStructureCount = 1;
  trees.pAccelerationStructures = &tree;
  std::array<VkWriteDescriptorSet, 2> writes{};
  for (std::uint32_t i = 0; i < 2; ++i) {
    writes[i].sType = VK_STRUCTURE_TYPE_WRITE_DESCRIPTOR_SET;
    writes[i].dstSet = set;
    writes[i].dstBinding = i;
    writes[i].descriptorCount = 1;
  }
  writes[0].descriptorType = VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER;
  writes[0].pBufferInfo = &buffer;
  writes[1].descriptorType = VK_DESCRIPTOR_TYPE_ACCELERATION_STRUCTURE_KHR;
  writes[1].pNext = &trees;
  vkUpdateDescriptorSets(device.handle(), 2, writes.data(), 0, nullptr);
  pipeline->bind(commands);
  vkCmdBindDescriptorSets(commands, VK_PIPELINE_BIND_POINT_RAY_TRACING_KHR, pipeline->layout(), 0, 1, &set, 0,
                          nullptr);
  vkCmdPushConstants(commands, pipeline->layout(), VK_SHADER_STAGE_RAYGEN_BIT_KHR, 0, sizeof(push), &push);
  pipeline->trace(commands, width, height);
}

void PathTracer::Implementation::dispatch(const PictureTile& tile, int first, int count) {
  const Counters none;
  std::memcpy(counters->mapped(), &none, sizeof(none));
  shader::PathPush push{};
  push.tile = glm::ivec4(tile.left, tile.top, tile.width, tile.height);
  push.samples = glm::ivec4(first, count, 0, 0);
  push.sums = glm::uvec4(wordsOf(sums->address()), wordsOf(counters->address()));
  VkCommandBuffer commands = frame.begin();
  path::barrierForRays(device, commands);
  record(commands, push, tile);
  path::barrierForRays(device, commands);
  const auto start = std::chrono::steady_clock::now();
  frame.submitAndWait();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  Counters found;
  std::memcpy(&found, counters->mapped(), sizeof(found));
  const std::uint64_t samples = static_cast<std::uint64_t>(tile.width) *
                                static_cast<std::uint64_t>(tile.height) * static_cast<std::uint64_t>(count);
  statistics.rays += found.rays;
  statistics.faults += found.faults;
  statistics.samples += samples;
  statistics.seconds += seconds;
  samplesPerSecond = static_cast<double>(samples) / std::max(seconds, 1e-4);
}

int PathTracer::accumulate(const PictureTile& tile, int first, int count, std::span<float> sums,
                           const std::function<bool()>& shouldStop) {
  Implementation& self = *implementation_;
  const PathTracerOptions& picture = self.options;
  if (!self.hasScene) throw core::Error("There is no scene to trace: setScene() comes first.");
  const std::size_t pixels =
      static_cast<std::size_t>(std::max(tile.width, 0)) * static_cast<std::size_t>(std::max(tile.height, 0));
  if (tile.left < 0 || tile.top < 0 || tile.width < 1 || tile.height < 1 ||
      tile.left + tile.width > picture.width || tile.top + tile.height > picture.height ||
      sums.size() != 4 * pixels || first < 0 || count < 0)
    throw core::inputError("A tile of " + std::to_string(tile.width) + "x" + std::to_string(tile.height) +
                           " pixels at (" + std::to_string(tile.left) + ", " + std::to_string(tile.top) +
                           ") does not lie in a picture of " + std::to_string(picture.width) + "x" +
                           std::to_string(picture.height) + ", or its sums have another size.");
  if (!self.sums || self.sums->size() < sums.size_bytes()) self.sums = self.hostBuffer(sums.size_bytes());
  std::memcpy(self.sums->mapped(), sums.data(), sums.size_bytes());
  int done = 0;
  while (done < count) {
    // The first portion is a guess; from then on what the device has shown.
    double portion =
        self.samplesPerSecond > 0 ? kPortionSeconds * self.samplesPerSecond / static_cast<double>(pixels) : 1;
    portion = std::min(portion, kMostRays / kMostRaysAPath / static_cast<double>(pixels));
    const int now = std::clamp(static_cast<int>(portion), 1, count - done);
    self.dispatch(tile, first + done, now);
    done += now;
    if (shouldStop && shouldStop()) break;
  }
  std::memcpy(sums.data(), self.sums->mapped(), sums.size_bytes());
  return done;
}

HdrImage PathTracer::trace(int samples) {
  HdrImage image;
  image.width = implementation_->options.width;
  image.height = implementation_->options.height;
  image.pixels.assign(
      std::size_t{4} * static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height), 0.0F);
  accumulate({0, 0, image.width, image.height}, 0, samples, image.pixels);
  for (float& value : image.pixels) value /= static_cast<float>(samples);
  return image;
}

void develop(std::span<const float> light, const SceneStyle& style, std::span<std::uint8_t> pixels) {
  namespace glsl = path::glsl;
  const auto exposure = static_cast<float>(std::exp2(style.exposure));
  const int mapping = style.toneMapping == ToneMapping::filmic ? 0 : 1;
  const glm::vec3 behind(style.background.red, style.background.green, style.background.blue);
  const auto opacity = static_cast<float>(style.backgroundOpacity);
  const auto byteOf = [](float v) {
    return static_cast<std::uint8_t>(std::lround(255 * std::clamp(v, 0.0F, 1.0F)));
  };
  for (std::size_t i = 0; i + 3 < light.size(); i += 4) {
    const float coverage = std::clamp(light[i + 3], 0.0F, 1.0F);
    glm::vec3 shown(0);
    if (coverage > 0)
      shown = glsl::developed(glm::vec3(light[i], light[i + 1], light[i + 2]) / coverage, exposure, mapping);
    const float alpha = coverage + (1 - coverage) * opacity;
    glm::vec3 colour = coverage * shown + (1 - coverage) * opacity * behind;
    if (alpha > 0) colour /= alpha;
    colour = glsl::encodeSrgb(glm::clamp(colour, 0.0F, 1.0F));
    pixels[i] = byteOf(colour.x);
    pixels[i + 1] = byteOf(colour.y);
    pixels[i + 2] = byteOf(colour.z);
    pixels[i + 3] = byteOf(alpha);
  }
}

Image develop(const HdrImage& image, const SceneStyle& style) {
  Image shown;
  shown.width = image.width;
  shown.height = image.height;
  shown.pixels.resize(image.pixels.size());
  develop(image.pixels, style, shown.pixels);
  return shown;
}

}  // namespace aula::render
