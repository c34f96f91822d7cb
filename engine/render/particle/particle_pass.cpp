// SPDX-License-Identifier: Apache-2.0
#include "render/particle/particle_pass.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

#include "compute/shared_array.h"
#include "core/error.h"
#include "core/text.h"
#include "render/interop/shared_pool.h"
#include "render/particle/hidden_balls.h"
#include "render/stage/shader_structs.h"
#include "render/vulkan/device.h"

namespace aula::render::stage {
namespace {

constexpr std::uint32_t kBallVertex[] = {
#include <shaders/sphere.vert.inc>
};
constexpr std::uint32_t kBallFragment[] = {
#include <shaders/sphere.frag.inc>
};
constexpr std::uint32_t kBallShadow[] = {
#include <shaders/sphere_shadow.frag.inc>
};
constexpr std::uint32_t kBallTransparent[] = {
#include <shaders/sphere_transparent.frag.inc>
};
constexpr std::uint32_t kRodVertex[] = {
#include <shaders/rod.vert.inc>
};
constexpr std::uint32_t kRodFragment[] = {
#include <shaders/rod.frag.inc>
};
constexpr std::uint32_t kRodShadow[] = {
#include <shaders/rod_shadow.frag.inc>
};
constexpr std::uint32_t kRodTransparent[] = {
#include <shaders/rod_transparent.frag.inc>
};

enum class Kind { opaque, shadow, transparent };

vulkan::PipelineShape shapeFor(std::span<const std::uint32_t> vertex, std::span<const std::uint32_t> fragment,
                               Kind kind) {
  vulkan::PipelineShape shape;
  shape.vertexShader = vertex;
  shape.fragmentShader = fragment;
  shape.bindings = {VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER};
  shape.bindings.resize(6, VK_DESCRIPTOR_TYPE_STORAGE_BUFFER);
  shape.pushBytes = sizeof(shader::ParticlePush);
  shape.depth = kind == Kind::transparent ? vulkan::Depth::test : vulkan::Depth::testAndWrite;
  shape.target = kind == Kind::opaque   ? opaqueTarget()
                 : kind == Kind::shadow ? shadowTarget()
                                        : transparentTarget();
  if (kind == Kind::transparent) {
    shape.bindings.push_back(VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER);  // The lamps' shadow maps.
    setTransparent(shape);
  }
  return shape;
}

/// Below this, finding what is hidden costs more than drawing it.
constexpr std::uint32_t kFewestToCull = 2000;

/// More balls than this are drawn in several calls: vertex numbers have 32 bits, and devices promise arrays
/// of 128 MiB in one binding.
constexpr std::uint32_t kMostInADraw = 1U << 23;

BallArray ballsOf(const scene::ParticlesView& view, const shader::ParticlePush& push) {
  return {*view.positions, *view.radii, push.place};
}

}  // namespace

ParticlePass::ParticlePass(const vulkan::Device& device, Culling culling)
    : device_(device),
      culling_(culling == Culling::automatic
                   ? (device.report().kind == GpuKind::cpu ? Culling::always : Culling::never)
                   : culling),
      opaque_{{device, shapeFor(kBallVertex, kBallFragment, Kind::opaque)},
              {device, shapeFor(kRodVertex, kRodFragment, Kind::opaque)}},
      shadow_{{device, shapeFor(kBallVertex, kBallShadow, Kind::shadow)},
              {device, shapeFor(kRodVertex, kRodShadow, Kind::shadow)}},
      transparent_{{device, shapeFor(kBallVertex, kBallTransparent, Kind::transparent)},
                   {device, shapeFor(kRodVertex, kRodTransparent, Kind::transparent)}},
      arrays_(device) {}

void ParticlePass::check(const scene::ParticlesView& view, const Points& points) const {
  const auto refuse = [&](const std::string& what) {
    throw core::inputError("The particles " + core::quoted(view.name) + " cannot be drawn: " + what);
  };
  const std::size_t n = points.count;
  if (n > UINT32_MAX / 3) refuse("there are " + std::to_string(n) + " of them, more than 1,431,655,765.");
  if (!view.radii || view.radii->empty()) refuse("they have no radius.");
  if (view.radii->size() != 1 && view.radii->size() != n)
    refuse("there are " + std::to_string(n) + " positions but " + std::to_string(view.radii->size()) +
           " radii; one each, or a single one for all, is needed.");
  if (view.colours && view.colours->size() != 1 && view.colours->size() != n)
    refuse("there are " + std::to_string(n) + " positions but " + std::to_string(view.colours->size()) +
           " colours; one each, a single one or none is needed.");
  const std::size_t largest = device_.limits().maxStorageBufferRange;
  const std::size_t bytes = n * sizeof(float) * static_cast<std::size_t>(points.stride);
  if (bytes > largest)
    refuse(std::to_string(n) + " positions take " + std::to_string(bytes >> 20) +
           " MiB; this device reads at most " + std::to_string(largest >> 20) + " MiB at once.");
  if (!view.bonds || !arrays_.isNew(view.bonds.get())) return;
  for (std::size_t i = 0; i < view.bonds->size(); ++i) {
    for (const std::uint32_t end : (*view.bonds)[i]) {
      if (end >= n)
        refuse("bond " + std::to_string(i) + " leads to particle " + std::to_string(end) +
               ", but they are numbered 0 to " + std::to_string(n - 1) + ".");
    }
  }
}

ParticlePass::Points ParticlePass::pointsOf(const scene::ParticlesView& view,
                                            vulkan::FrameCommands& uploads) {
  if (view.positions) return {arrays_.of(view.positions, uploads), view.positions->size(), 3};
  if (!view.sharedPositions) return {};
  const std::size_t bytes = view.sharedPositions->bytes();
  constexpr std::size_t kBytesEach = 4 * sizeof(float);
  if (const auto shared = interop::readShared(uploads, device_, view.sharedPositions))
    return {shared->buffer, bytes / kBytesEach, 4};
  // Another device's memory: by way of the host.
  auto copy = std::make_shared<std::vector<float>>(bytes / sizeof(float));
  view.sharedPositions->copyToHost(copy->data());
  const std::shared_ptr<const std::vector<float>> kept = std::move(copy);
  return {arrays_.of(kept, uploads), bytes / kBytesEach, 4};
}

ParticlePass::Group ParticlePass::groupOf(const scene::ParticlesView& view, const StageFrame& stage,
                                          vulkan::FrameCommands& uploads) {
  const Points points = pointsOf(view, uploads);
  check(view, points);
  Group group;
  group.view = &view;
  group.count = static_cast<std::uint32_t>(points.count);
  group.positions = points.buffer;
  group.previous = group.positions;
  group.radii = arrays_.of(view.radii, uploads);
  std::shared_ptr<const std::vector<scene::Colour>> colours = view.colours;
  if (!colours || colours->empty()) {
    const scene::Colour& c = view.material.baseColour;
    auto& plain = plainColours_[{c.red, c.green, c.blue}];
    if (!plain) plain = std::make_shared<const std::vector<scene::Colour>>(1, c);
    colours = plain;
  }
  group.colours = arrays_.of(colours, uploads);
  if (view.bonds && !view.bonds->empty() && view.bondRadius > 0) {
    group.bonds = arrays_.of(view.bonds, uploads);
    group.bondCount = static_cast<std::uint32_t>(view.bonds->size());
  }
  shader::ParticlePush& push = group.push;
  const glm::vec3 offset = stage.space.point({0, 0, 0});
  push.place = {offset, static_cast<float>(stage.space.scale)};
  const scene::Material& m = view.material;
  push.surface = {m.opacity, m.metallic, m.roughness, m.clearCoat};
  push.emission = {m.emission.red, m.emission.green, m.emission.blue, m.clearCoatRoughness};
  push.bond = {stage.space.length(view.bondRadius), 0, 0, 0};
  push.strides = {points.stride, points.stride, view.radii->size() == 1 ? 0 : 1,
                  colours->size() == 1 ? 0 : 3};
  push.options = {0, 0, m.isUnlit ? 1 : 0, 0};
  // The same thing a frame ago: same name, as many.
  if (stage.previous != nullptr) {
    for (const scene::View& other : stage.previous->views) {
      const auto* before = std::get_if<scene::ParticlesView>(&other);
      if (before == nullptr || before->name != view.name ||
          (before->positions == view.positions && before->sharedPositions == view.sharedPositions))
        continue;
      const Points past = pointsOf(*before, uploads);
      if (past.count != points.count) continue;
      group.previous = past.buffer;
      push.strides.y = past.stride;
      push.options.w = 1;
    }
  }
  return group;
}

void ParticlePass::prepare(const StageFrame& stage, VkCommandBuffer, vulkan::FrameCommands& uploads) {
  arrays_.beginFrame(uploads);
  groups_.clear();
  drawnOpaque_ = drawnShadow_ = 0;
  for (const scene::View& view : stage.frame.views) {
    const auto* particles = std::get_if<scene::ParticlesView>(&view);
    if (particles == nullptr) continue;
    Group group = groupOf(*particles, stage, uploads);
    if (group.count > 0) groups_.push_back(group);
  }
}

std::size_t ParticlePass::draw(const StageDraw& draw, const Pipelines& pipelines, bool isTransparent) const {
  const VkCommandBuffer commands = draw.resources.commands();
  vulkan::FrameCommands& frame = draw.resources.frame();
  // The uniforms say what is drawn: the camera's picture or a lamp's.
  shader::StageUniforms seen{};
  std::memcpy(&seen, draw.uniforms.mapped, sizeof seen);
  std::size_t most = 0, drawn = 0;
  for (const Group& group : groups_) most += group.count;
  const bool isCulled = !isTransparent && culling_ == Culling::always && most >= kFewestToCull;
  HiddenBalls hidden;
  if (isCulled) {
    hidden.begin(seen.clipFromStage, static_cast<int>(seen.size.x), static_cast<int>(seen.size.y),
                 std::span(seen.clips, static_cast<std::size_t>(seen.counts.x)));
    for (const Group& group : groups_) {
      if (group.view->material.opacity >= 1 && group.view->positions)
        hidden.hideBehind(ballsOf(*group.view, group.push));
    }
  }
  const auto record = [&](const Group& group, const vulkan::Pipeline& pipeline, std::uint32_t count,
                          std::uint32_t verticesEach, const vulkan::Binding& order, bool isOrdered) {
    const std::array bindings = {vulkan::Binding::of(draw.uniforms, draw.uniformBytes),
                                 vulkan::Binding::storage(group.positions),
                                 vulkan::Binding::storage(group.previous),
                                 vulkan::Binding::storage(group.radii),
                                 vulkan::Binding::storage(group.colours),
                                 order,
                                 draw.shadowMaps};
    vulkan::bind(commands, frame, device_, pipeline, std::span(bindings).first(isTransparent ? 7 : 6));
    shader::ParticlePush push = group.push;
    push.options.y = isOrdered ? 1 : 0;
    for (std::uint32_t first = 0; first < count; first += kMostInADraw) {
      push.options.x = static_cast<int>(first);
      vkCmdPushConstants(commands, pipeline.layout(),
                         VK_SHADER_STAGE_VERTEX_BIT | VK_SHADER_STAGE_FRAGMENT_BIT, 0, sizeof push, &push);
      vkCmdDraw(commands, verticesEach * std::min(kMostInADraw, count - first), 1, 0, 0);
    }
    drawn += count;
  };
  for (const Group& group : groups_) {
    if ((group.view->material.opacity < 1) != isTransparent) continue;
    if (!isCulled || !group.view->positions) {
      record(group, pipelines.balls, group.count, 3, vulkan::Binding::storage(group.positions), false);
      if (group.bondCount > 0)
        record(group, pipelines.rods, group.bondCount, 6, vulkan::Binding::storage(group.bonds), false);
      continue;
    }
    const BallArray balls = ballsOf(*group.view, group.push);
    const auto listed = [&](const auto& list, const vulkan::Pipeline& pipeline, std::uint32_t verticesEach) {
      if (list.empty()) return;
      const std::span bytes = std::as_bytes(std::span(list));
      const vulkan::UploadPiece piece = frame.upload(bytes);
      record(group, pipeline, static_cast<std::uint32_t>(list.size()), verticesEach,
             vulkan::Binding::storage(piece.buffer, piece.offset, bytes.size()), true);
    };
    listed(hidden.seen(balls), pipelines.balls, 3);
    if (group.bondCount > 0)
      listed(hidden.seen(balls, *group.view->bonds, group.view->bondRadius), pipelines.rods, 6);
  }
  return drawn;
}

void ParticlePass::drawOpaque(const StageDraw& draw) const {
  if (!groups_.empty()) drawnOpaque_ = this->draw(draw, opaque_, false);
}

void ParticlePass::drawShadow(const StageDraw& draw) const {
  if (!groups_.empty()) drawnShadow_ = this->draw(draw, shadow_, false);
}

bool ParticlePass::hasTransparent() const {
  return std::any_of(groups_.begin(), groups_.end(),
                     [](const Group& group) { return group.view->material.opacity < 1; });
}

void ParticlePass::drawTransparent(const StageDraw& draw) const {
  if (hasTransparent()) (void)this->draw(draw, transparent_, true);
}

void ParticlePass::count(FrameStatistics& statistics) const {
  for (const Group& group : groups_) statistics.particles += group.count;
  statistics.uploadedBytes += arrays_.bytesWritten();
}

}  // namespace aula::render::stage
