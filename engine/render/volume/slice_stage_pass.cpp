// SPDX-License-Identifier: Apache-2.0
#include "render/volume/slice_stage_pass.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>

#include "core/error.h"
#include "render/stage/shader_structs.h"
#include "render/volume/volume_pass.h"
#include "render/vulkan/device.h"
#include "render/vulkan/device_image.h"

namespace aula::render::stage {
namespace {

constexpr std::uint32_t kVertex[] = {
#include <shaders/stage_slice.vert.inc>
};
constexpr std::uint32_t kFragment[] = {
#include <shaders/stage_slice.frag.inc>
};

vulkan::PipelineShape shapeOfPipeline() {
  vulkan::PipelineShape shape;
  shape.vertexShader = kVertex;
  shape.fragmentShader = kFragment;
  shape.bindings = {VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER, VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER,
                    VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER, VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER,
                    VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER};
  shape.topology = VK_PRIMITIVE_TOPOLOGY_TRIANGLE_STRIP;
  shape.depth = vulkan::Depth::testAndWrite;
  shape.target = opaqueTarget();
  return shape;
}

glm::vec4 direction(const StageSpace& space, core::Vec3 lab) {
  const core::Vec3 v = space.scale * lab;
  return {v.x, v.y, v.z, 0};
}

/// A point or a direction of the lab in nodes of the volume.
glm::vec4 inNodes(const scene::VolumeView& view, core::Vec3 v) {
  return {v.x / view.spacing.x, v.y / view.spacing.y, v.z / view.spacing.z, 0};
}

void setLimits(const Limits& limits, double unit, const SceneStyle& style, shader::StageSliceUniforms& u) {
  const double width = limits.upper - limits.lower;
  u.limits = {unit / width, -limits.lower / width, style.filtering == Filtering::nearest ? 1 : 0, 0};
}

}  // namespace

SliceStagePass::SliceStagePass(const vulkan::Device& device, std::shared_ptr<VolumeTextures> textures,
                               std::shared_ptr<ColourLimits> limits)
    : device_(device),
      pipeline_(device, shapeOfPipeline()),
      linear_(device, VK_FILTER_LINEAR),
      nearest_(device, VK_FILTER_NEAREST),
      textures_(std::move(textures)),
      limits_(std::move(limits)) {}

SliceStagePass::~SliceStagePass() = default;

void SliceStagePass::addPlane(const StageFrame& stage, const scene::VolumeView& view,
                              const PassContext& context) {
  const std::array nodes = {view.nx, view.ny, view.nz};
  const int normal = view.nz == 1 ? 2 : view.ny == 1 ? 1 : 0;
  const int s = normal == 0 ? 1 : 0, t = normal == 2 ? 1 : 2;
  const int columns = nodes[static_cast<std::size_t>(s)], rows = nodes[static_cast<std::size_t>(t)];
  const auto most = static_cast<int>(device_.limits().maxImageDimension2D);
  if (columns > most || rows > most) {
    throw core::inputError("A slice of " + std::to_string(columns) + "x" + std::to_string(rows) +
                           " nodes is too large to draw: " + device_.report().name + " allows " +
                           std::to_string(most) + " along a side.");
  }
  Plane& plane = planes_[view.name];
  if (plane.source != view.values) {
    uploadTexture(context,
                  ensureShape(context, plane.values, textureShape(VK_FORMAT_R32_SFLOAT, {columns, rows, 1})),
                  std::as_bytes(std::span(*view.values)));
    plane.source = view.values;
    limits_->observe(view);
  }
  shader::StageSliceUniforms u{};
  core::Vec3 across, up;
  across[s] = (columns - 1) * view.spacing[s];
  up[t] = (rows - 1) * view.spacing[t];
  u.corner = glm::vec4(stage.space.point(view.origin), 1);
  u.across = direction(stage.space, across);
  u.up = direction(stage.space, up);
  u.node = {0, 0, 0, 0};
  u.nodeAcross = {columns - 1, 0, 0, 0};
  u.nodeUp = {0, rows - 1, 0, 0};
  u.nodes = {columns, rows, 1, 1};
  setLimits(limits_->of(view), 1, stage.style, u);
  drawn_.push_back({plane.values->view(), noVolume_->view(),
                    maps_.get(context, colourMapOf(view, stage.style)).view(),
                    context.frame.upload(std::span<const shader::StageSliceUniforms>(&u, 1))});
}

void SliceStagePass::addCut(const StageFrame& stage, const scene::SliceView& view,
                            const PassContext& context) {
  const VolumeTexture& texture = textures_->get(context, view.volume);
  if (std::exchange(cuts_[view.name], view.volume.values) != view.volume.values)
    limits_->observe(view.volume);
  shader::StageSliceUniforms u{};
  u.corner = glm::vec4(stage.space.point(view.corner), 1);
  u.across = direction(stage.space, view.u);
  u.up = direction(stage.space, view.v);
  u.node = inNodes(view.volume, view.corner - view.volume.origin);
  u.nodeAcross = inNodes(view.volume, view.u);
  u.nodeUp = inNodes(view.volume, view.v);
  u.nodes = {view.volume.nx, view.volume.ny, view.volume.nz, 0};
  setLimits(limits_->of(view.volume), texture.unit, stage.style, u);
  drawn_.push_back({noPlane_->view(), texture.values->view(),
                    maps_.get(context, colourMapOf(view.volume, stage.style)).view(),
                    context.frame.upload(std::span<const shader::StageSliceUniforms>(&u, 1))});
}

void SliceStagePass::prepare(const StageFrame& stage, VkCommandBuffer commands,
                             vulkan::FrameCommands& uploads) {
  drawn_.clear();
  const PassContext context{commands, uploads, device_, stage.width, stage.height};
  if (!noPlane_) {
    const std::array<std::uint16_t, 8> zeros{};
    uploadTexture(context, ensureShape(context, noPlane_, textureShape(VK_FORMAT_R16_SFLOAT, {1, 1, 1})),
                  std::as_bytes(std::span(zeros)).first(2));
    uploadTexture(context, ensureShape(context, noVolume_, textureShape(VK_FORMAT_R16_SFLOAT, {2, 2, 2})),
                  std::as_bytes(std::span(zeros)));
  }
  std::set<std::string> seen;
  for (const scene::View& any : stage.frame.views) {
    if (const auto* plane = std::get_if<scene::VolumeView>(&any)) {
      const bool isPlane = std::min({plane->nx, plane->ny, plane->nz}) == 1 && plane->values;
      if (isPlane && seen.insert(plane->name).second) addPlane(stage, *plane, context);
    } else if (const auto* cut = std::get_if<scene::SliceView>(&any)) {
      if (valuesOf(cut->volume) && seen.insert(cut->name).second) addCut(stage, *cut, context);
    }
  }
  std::erase_if(cuts_, [&](const auto& entry) { return seen.count(entry.first) == 0; });
  std::erase_if(planes_, [&](const auto& entry) {
    if (seen.count(entry.first) != 0) return false;
    uploads.keep(entry.second.values);
    return true;
  });
}

void SliceStagePass::drawOpaque(const StageDraw& draw) const {
  for (const Drawn& slice : drawn_) {
    const std::array bindings = {vulkan::Binding::of(draw.uniforms, draw.uniformBytes),
                                 vulkan::Binding::of(slice.uniforms, sizeof(shader::StageSliceUniforms)),
                                 vulkan::Binding::of(slice.flat, nearest_.handle()),
                                 vulkan::Binding::of(slice.solid, linear_.handle()),
                                 vulkan::Binding::of(slice.map, nearest_.handle())};
    vulkan::bind(draw.resources.commands(), draw.resources.frame(), draw.resources.device(), pipeline_,
                 bindings);
    vkCmdDraw(draw.resources.commands(), 4, 1, 0, 0);
  }
}

}  // namespace aula::render::stage
