// SPDX-License-Identifier: Apache-2.0
#include "render/volume/volume_pass.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <glm/glm.hpp>
#include <glm/gtc/matrix_transform.hpp>
#include <set>
#include <span>

#include "core/error.h"
#include "render/stage/shader_structs.h"
#include "render/vulkan/device.h"
#include "render/vulkan/device_image.h"

namespace aula::render::stage {
namespace {

constexpr std::uint32_t kVertex[] = {
#include <shaders/stage_volume.vert.inc>
};
constexpr std::uint32_t kFragment[] = {
#include <shaders/stage_volume.frag.inc>
};

/// One look at each cell; pre-integration finds what lies between two looks.
constexpr float kStepsPerNode = 1;

vulkan::PipelineShape shapeOfPipeline() {
  vulkan::PipelineShape shape;
  shape.vertexShader = kVertex;
  shape.fragmentShader = kFragment;
  shape.bindings = {VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER,         VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER,
                    VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER, VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER,
                    VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER, VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER,
                    VK_DESCRIPTOR_TYPE_STORAGE_IMAGE};
  shape.blend = vulkan::Blend::straight;
  // The same for both: some software devices blend all colours as the first.
  shape.moreBlends[0] = vulkan::Blend::straight;
  shape.target = {.colour = kMotionFormat,
                  .moreColours = {kReactiveFormat, VK_FORMAT_UNDEFINED, VK_FORMAT_UNDEFINED}};
  return shape;
}

/// A 3-D image of one layer would be a 2-D one, which no sampler3D reads.
std::array<int, 3> twoDeep(std::array<int, 3> size) {
  return {size[0], size[1], std::max(size[2], 2)};
}

/// `bricks` null: nothing is known to be clear.
void uploadLook(const PassContext& context, const TransferFunction& function, const BrickMap* bricks,
                VolumeLook& look) {
  std::vector<std::array<float, 4>> rows = function.entries();
  rows.insert(rows.end(), function.integrals().begin(), function.integrals().end());
  uploadTexture(context,
                ensureShape(context, look.tables,
                            textureShape(VK_FORMAT_R32G32B32A32_SFLOAT, {TransferFunction::kSize, 2, 1})),
                std::as_bytes(std::span(rows)));
  const std::array<int, 3> size = twoDeep(bricks != nullptr ? bricks->count() : std::array<int, 3>{1, 1, 1});
  std::vector<std::uint8_t> clearance;
  if (bricks != nullptr) clearance = bricks->distances(function);
  clearance.resize(static_cast<std::size_t>(size[0]) * static_cast<std::size_t>(size[1]) *
                   static_cast<std::size_t>(size[2]));
  uploadTexture(context, ensureShape(context, look.clearance, textureShape(VK_FORMAT_R8_UNORM, size)),
                std::as_bytes(std::span(clearance)));
}

}  // namespace

const ColourMap& colourMapOf(const scene::VolumeView& view, const SceneStyle& style) {
  if (!view.colourMap.empty()) return ColourMap::named(view.colourMap);
  if (view.scale == scene::ColourScale::diverging)
    return ColourMap::named(style.divergingMap.empty() ? "tide" : style.divergingMap);
  return ColourMap::named(style.sequentialMap.empty() ? "dusk" : style.sequentialMap);
}

VolumePass::VolumePass(const vulkan::Device& device, std::shared_ptr<VolumeTextures> textures,
                       std::shared_ptr<ColourLimits> limits)
    : device_(device),
      pipeline_(device, shapeOfPipeline()),
      linear_(device, VK_FILTER_LINEAR),
      nearest_(device, VK_FILTER_NEAREST),
      textures_(std::move(textures)),
      limits_(std::move(limits)) {}

VolumePass::~VolumePass() = default;

void VolumePass::prepareOne(const StageFrame& stage, const scene::VolumeView& view,
                            const PassContext& context) {
  const VolumeTexture& texture = textures_->get(context, view);
  VolumeLook& look = looks_[view.name];
  if (look.source != texture.source && view.values) limits_->observe(view);
  const Limits limits = limits_->of(view);
  const ColourMap& map = colourMapOf(view, stage.style);
  const core::Vec3 size{(view.nx - 1) * view.spacing.x, (view.ny - 1) * view.spacing.y,
                        (view.nz - 1) * view.spacing.z};
  const double diagonal = stage.space.length(core::length(size));
  const auto same = [](const scene::OpacityPoint& a, const scene::OpacityPoint& b) {
    return a.value == b.value && a.opacity == b.opacity;
  };
  if (look.source != texture.source || look.limits.lower != limits.lower ||
      look.limits.upper != limits.upper || look.density != stage.style.volumeDensity ||
      look.diagonal != diagonal || look.map != map.name() ||
      !std::equal(view.opacity.begin(), view.opacity.end(), look.points.begin(), look.points.end(), same)) {
    uploadLook(context, TransferFunction(view, limits, map, diagonal, stage.style.volumeDensity),
               texture.bricks.get(), look);
    look.source = texture.source;
    look.limits = limits;
    look.density = stage.style.volumeDensity;
    look.diagonal = diagonal;
    look.map = map.name();
    look.points = view.opacity;
  }

  shader::StageVolumeUniforms u{};
  const glm::vec3 first = stage.space.point(view.origin);
  const glm::vec3 extent(stage.space.length(size.x), stage.space.length(size.y), stage.space.length(size.z));
  u.stageFromUnit = glm::scale(glm::translate(glm::mat4(1), first), extent);
  u.unitFromStage = glm::inverse(u.stageFromUnit);
  u.nodes = {view.nx, view.ny, view.nz, kStepsPerNode};
  const float side = BrickMap::kSide;
  u.bricks = texture.bricks
                 ? glm::vec4(static_cast<float>(view.nx - 1) / side, static_cast<float>(view.ny - 1) / side,
                             static_cast<float>(view.nz - 1) / side, side)
                 : glm::vec4(1, 1, 1, 0);
  const double width = limits.upper - limits.lower;
  u.table = {texture.unit / width, -limits.lower / width, TransferFunction::kSize, 0};
  const core::Vec3 middle = view.origin + 0.5 * size;
  const core::Vec3 towards =
      stage.camera.isOrthographic ? stage.camera.eye - stage.camera.target : stage.camera.eye - middle;
  int corner = 0;
  for (int axis = 0; axis < 3; ++axis) corner |= towards[axis] > 0 ? 1 << axis : 0;
  u.options = {view.shading == scene::VolumeShading::surface ? 1 : 0, stage.style.isCutAway ? 1 : 0, corner,
               0};
  drawn_.push_back({&texture, &look,
                    context.frame.upload(std::span<const shader::StageVolumeUniforms>(&u, 1)),
                    core::length(middle - stage.camera.eye)});
  voxels_ += static_cast<std::size_t>(view.nx) * static_cast<std::size_t>(view.ny) *
             static_cast<std::size_t>(view.nz);
}

void VolumePass::prepare(const StageFrame& stage, VkCommandBuffer commands, vulkan::FrameCommands& uploads) {
  drawn_.clear();
  voxels_ = 0;
  const PassContext context{commands, uploads, device_, stage.width, stage.height};
  std::set<std::string> seen;
  for (const scene::View& any : stage.frame.views) {
    const auto* view = std::get_if<scene::VolumeView>(&any);
    if (view == nullptr || !valuesOf(*view) || std::min({view->nx, view->ny, view->nz}) < 2) continue;
    if (seen.insert(view->name).second) prepareOne(stage, *view, context);
  }
  std::erase_if(looks_, [&](const auto& entry) {
    if (seen.count(entry.first) != 0) return false;
    uploads.keep(entry.second.clearance);
    uploads.keep(entry.second.tables);
    return true;
  });
  // The last of those that share the textures: what nobody asked for goes.
  textures_->endFrame(uploads);
  std::stable_sort(drawn_.begin(), drawn_.end(),
                   [](const Drawn& a, const Drawn& b) { return a.distance > b.distance; });
}

void VolumePass::addPasses(const StageFrame&, graph::FrameGraph& graph, const StageImages& images,
                           const vulkan::UploadPiece& uniforms, VkDeviceSize uniformBytes) {
  // A pass each: the next one reads what this one left in the picture.
  for (const Drawn& volume : drawn_) {
    graph
        .pass("volume",
              [this, &volume, images, uniforms, uniformBytes](const graph::PassResources& resources) {
                const std::array bindings = {
                    vulkan::Binding::of(uniforms, uniformBytes),
                    vulkan::Binding::of(volume.uniforms, sizeof(shader::StageVolumeUniforms)),
                    vulkan::Binding::of(volume.texture->values->view(), linear_.handle()),
                    vulkan::Binding::of(volume.look->clearance->view(), nearest_.handle()),
                    vulkan::Binding::of(volume.look->tables->view(), nearest_.handle()),
                    vulkan::Binding::of(resources.view(images.depth), nearest_.handle()),
                    vulkan::Binding::storage(resources.view(images.radiance))};
                vulkan::bind(resources.commands(), resources.frame(), resources.device(), pipeline_,
                             bindings);
                vkCmdDraw(resources.commands(), 3, 1, 0, 0);
              })
        .colour(images.motion, graph::Load::keep)
        .colour(images.reactive, graph::Load::keep)
        .uses(images.radiance, graph::Use::storageFragment)
        .uses(images.depth, graph::Use::sampledFragment);
  }
}

void VolumePass::count(FrameStatistics& statistics) const {
  statistics.voxels += voxels_;
}

}  // namespace aula::render::stage
