// SPDX-License-Identifier: Apache-2.0
#include "render/pass/volume.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <glm/gtc/packing.hpp>

#include "render/pass/shader_structs.h"
#include "render/vulkan/device.h"

namespace aula::render {
namespace {

constexpr std::uint32_t kVertex[] = {
#include <shaders/volume.vert.inc>
};
constexpr std::uint32_t kFragment[] = {
#include <shaders/volume.frag.inc>
};

constexpr int kMostNodes = 512;
/// Absorption along the domain's longest side at full strength: what is strong for a twentieth of it hides
/// what is behind.
constexpr double kAbsorption = 40;
constexpr double kStepsPerNode = 1;

vulkan::PipelineShape volumeShape() {
  vulkan::PipelineShape shape;
  shape.vertexShader = kVertex;
  shape.fragmentShader = kFragment;
  shape.bindings = {VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER, VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER,
                    VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER, VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER};
  shape.blend = vulkan::Blend::premultiplied;
  shape.target = kFlatTarget;
  return shape;
}

/// One axis sampled down: which two nodes make a sample, and how.
struct Tap {
  int low, high;
  float share;
};
std::vector<Tap> tapsFor(int nodes, int samples) {
  std::vector<Tap> taps;
  for (int i = 0; i < samples; ++i) {
    const double at = static_cast<double>(i) * (nodes - 1) / (samples - 1);
    const int low = std::min(static_cast<int>(at), nodes - 2);
    taps.push_back({low, low + 1, static_cast<float>(at - low)});
  }
  return taps;
}

/// Values between the limits as half-precision numbers: -1 to 1 where the map diverges, else 0 to 1. What is
/// not a number is nothing.
std::vector<std::uint16_t> normalised(const FogItem& fog, const std::array<int, 3>& samples) {
  const scene::VolumeView& view = *fog.view;
  const bool isDiverging = fog.map->isDiverging();
  const double start = isDiverging ? (fog.limits.lower + fog.limits.upper) / 2 : fog.limits.lower;
  const auto scale = static_cast<float>((isDiverging ? 2 : 1) / (fog.limits.upper - fog.limits.lower));
  const auto offset = static_cast<float>(-start) * scale;
  const auto pack = [&](float v) {
    const float x = v * scale + offset;
    return glm::packHalf1x16(std::isfinite(x) ? std::clamp(x, -1.0F, 1.0F) : 0.0F);
  };
  std::vector<std::uint16_t> halves;
  const std::vector<float>& values = *view.values;
  if (samples == std::array{view.nx, view.ny, view.nz}) {
    halves.resize(values.size());
    std::transform(values.begin(), values.end(), halves.begin(), pack);
    return halves;
  }
  const std::vector<Tap> x = tapsFor(view.nx, samples[0]), y = tapsFor(view.ny, samples[1]),
                         z = tapsFor(view.nz, samples[2]);
  const auto at = [&](int i, int j, int k) {
    return values[static_cast<std::size_t>(i) +
                  static_cast<std::size_t>(view.nx) *
                      (static_cast<std::size_t>(j) +
                       static_cast<std::size_t>(view.ny) * static_cast<std::size_t>(k))];
  };
  halves.reserve(x.size() * y.size() * z.size());
  for (const Tap& c : z) {
    for (const Tap& b : y) {
      for (const Tap& a : x) {
        const auto row = [&](int j, int k) { return std::lerp(at(a.low, j, k), at(a.high, j, k), a.share); };
        const auto sheet = [&](int k) { return std::lerp(row(b.low, k), row(b.high, k), b.share); };
        halves.push_back(pack(std::lerp(sheet(c.low), sheet(c.high), c.share)));
      }
    }
  }
  return halves;
}

shader::VolumeUniforms uniformsFor(const FogItem& fog, const std::array<int, 3>& samples,
                                   const PassContext& context) {
  const scene::VolumeView& view = *fog.view;
  const core::Vec3 size{(view.nx - 1) * view.spacing.x, (view.ny - 1) * view.spacing.y,
                        (view.nz - 1) * view.spacing.z};
  const double longest = std::max({size.x, size.y, size.z});
  shader::VolumeUniforms u{};
  u.unitFromClip = fog.unitFromClip;
  u.viewport = {0, 0, context.width, context.height};
  u.nodes = {samples[0], samples[1], samples[2], kAbsorption * fog.opacity};
  u.size = {size.x / longest, size.y / longest, size.z / longest, kStepsPerNode};
  u.options = {fog.map->isDiverging() ? 1 : 0, fog.isCutAway ? 1 : 0, fog.towardsCamera, 0};
  return u;
}

}  // namespace

VolumePass::VolumePass(const vulkan::Device& device)
    : pipeline_(device, volumeShape()),
      linear_(device, VK_FILTER_LINEAR),
      nearest_(device, VK_FILTER_NEAREST) {}

void VolumePass::prepare(const PassContext& context, const std::vector<FogItem>& fogs,
                         ColourMapTextures& maps) {
  prepared_.clear();
  if (values_.size() < fogs.size()) values_.resize(fogs.size());
  const int most = std::min(kMostNodes, static_cast<int>(context.device.limits().maxImageDimension3D));
  for (std::size_t i = 0; i < fogs.size(); ++i) {
    const FogItem& fog = fogs[i];
    const std::array samples = {std::min(fog.view->nx, most), std::min(fog.view->ny, most),
                                std::min(fog.view->nz, most)};
    vulkan::ImageShape shape;
    shape.format = VK_FORMAT_R16_SFLOAT;
    shape.width = static_cast<std::uint32_t>(samples[0]);
    shape.height = static_cast<std::uint32_t>(samples[1]);
    shape.depth = static_cast<std::uint32_t>(samples[2]);
    shape.usage = VK_IMAGE_USAGE_SAMPLED_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT;
    vulkan::DeviceImage& image = ensureShape(context.device, values_[i], shape);
    const std::vector<std::uint16_t> halves = normalised(fog, samples);
    uploadTexture(context, image, std::as_bytes(std::span(halves)));
    const shader::VolumeUniforms uniforms = uniformsFor(fog, samples, context);
    prepared_.push_back(
        {&image, &maps.get(context, *fog.map), context.frame.upload(std::span(&uniforms, 1))});
  }
}

void VolumePass::draw(const PassContext& context, const vulkan::DeviceImage& depth) const {
  for (const Prepared& item : prepared_) {
    const std::array bindings = {
        vulkan::Binding{&item.uniforms, sizeof(shader::VolumeUniforms), nullptr, VK_NULL_HANDLE},
        vulkan::Binding{nullptr, 0, item.values, linear_.handle()},
        vulkan::Binding{nullptr, 0, item.map, nearest_.handle()},
        vulkan::Binding{nullptr, 0, &depth, nearest_.handle()}};
    vulkan::bind(context.commands, context.frame, context.device, pipeline_, bindings);
    vkCmdDraw(context.commands, 3, 1, 0, 0);
  }
}

}  // namespace aula::render
