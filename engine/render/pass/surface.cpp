// SPDX-License-Identifier: Apache-2.0
#include "render/pass/surface.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/error.h"
#include "render/pass/surface_instances.h"
#include "render/stage/materials.h"
#include "render/vulkan/device.h"

namespace aula::render::stage {
namespace {

constexpr std::uint32_t kVertex[] = {
#include <shaders/surface.vert.inc>
};
constexpr std::uint32_t kFragment[] = {
#include <shaders/surface.frag.inc>
};
constexpr std::uint32_t kTransparentFragment[] = {
#include <shaders/surface_transparent.frag.inc>
};
constexpr std::uint32_t kDepthVertex[] = {
#include <shaders/surface_depth.vert.inc>
};
constexpr std::uint32_t kDepthFragment[] = {
#include <shaders/surface_depth.frag.inc>
};
constexpr std::uint32_t kCountFragment[] = {
#include <shaders/cap_count.frag.inc>
};
constexpr std::uint32_t kFullVertex[] = {
#include <shaders/full.vert.inc>
};
constexpr std::uint32_t kCapFragment[] = {
#include <shaders/cap.frag.inc>
};

constexpr VkFormat kCountFormat = VK_FORMAT_R16G16B16A16_SFLOAT;
constexpr std::size_t kCapsPerImage = 4;

vulkan::SamplerShape repeatedShape() {
  vulkan::SamplerShape shape;
  shape.edges = VK_SAMPLER_ADDRESS_MODE_REPEAT;
  shape.hasLevels = true;
  shape.anisotropy = 8;
  return shape;
}

glm::vec4 rgb(const scene::Colour& c, float a) {
  return {c.red, c.green, c.blue, a};
}

}  // namespace

struct SurfacePass::Item {
  std::shared_ptr<const DeviceMesh> mesh, before;
  std::array<std::shared_ptr<const vulkan::DeviceImage>, 4> textures;
  vulkan::UploadPiece uniforms, instances;
  InstanceCounts counts;
  bool isTransparent = false, isTwoSided = false, isClipped = false, isTextured = false, isCapped = false;
  int cap = 0;  ///< Its number among the capped.
  double volume = 0;
};

SurfacePass::SurfacePass(const vulkan::Device& device)
    : device_(device),
      repeated_(device, repeatedShape()),
      nearest_(device, VK_FILTER_NEAREST),
      meshes_(device),
      textures_(device) {}
SurfacePass::~SurfacePass() = default;

SurfacePass::Item SurfacePass::makeItem(const scene::MeshView& view, const StageFrame& stage,
                                        vulkan::FrameCommands& uploads) {
  const scene::Material& material = view.material;
  if (!view.tints.empty() && view.tints.size() != std::max<std::size_t>(view.instances.size(), 1)) {
    throw core::inputError("The view \"" + view.name + "\" has " + std::to_string(view.tints.size()) +
                           " tints for " + std::to_string(std::max<std::size_t>(view.instances.size(), 1)) +
                           " instances; there must be none, or one for each.");
  }
  Item item;
  item.mesh = meshes_.get(view.mesh, view.name, uploads);
  uploads.keep(item.mesh);
  item.before = item.mesh;
  const scene::MeshView* previous = previousOf(view, stage.previous);
  if (previous != nullptr && previous->mesh && previous->mesh != view.mesh &&
      previous->mesh->positions.size() == view.mesh->positions.size()) {
    item.before = meshes_.get(previous->mesh, view.name, uploads);
    uploads.keep(item.before);
  }
  item.isTransparent = material.opacity < 1;
  item.isClipped = view.isClipped && !stage.frame.clips.empty();
  item.isCapped = item.isClipped && !item.isTransparent && item.mesh->isClosed;
  // What is cut open and not closed shows its inner side.
  item.isTwoSided = material.isTwoSided || (item.isClipped && !item.isCapped);

  int flags = item.isTwoSided ? shader::kMeshTwoSided : 0;
  if (!item.mesh->hasNormals) flags |= shader::kMeshFlat;
  if (material.isUnlit) flags |= shader::kMeshUnlit;
  if (item.mesh->hasColours) flags |= shader::kMeshColoured;
  if (item.before != item.mesh) flags |= shader::kMeshDeforms;
  const std::array textures = {material.baseColourTexture, material.normalTexture,
                               material.metallicRoughnessTexture, material.emissionTexture};
  for (std::size_t i = 0; i < textures.size(); ++i) {
    item.textures[i] = textures_.get(textures[i], view.name, uploads);
    uploads.keep(item.textures[i]);
    if (!textures[i]) continue;
    item.isTextured = true;
    flags |= shader::kMeshHasBaseTexture << i;
  }

  shader::MeshUniforms uniforms{};
  uniforms.base = rgb(material.baseColour, material.opacity);
  uniforms.surface = {material.metallic, material.roughness, material.clearCoat, material.clearCoatRoughness};
  uniforms.emission = rgb(material.emission, subsurfaceShare(material, stage));
  uniforms.flags = {flags, 0, static_cast<int>(caps_ % kCapsPerImage), 0};
  item.uniforms = uploads.upload(std::span<const shader::MeshUniforms>(&uniforms, 1));
  const std::vector<shader::MeshInstance> instances =
      placeInstances(view, previous, stage.space, item.counts);
  item.instances = uploads.upload(std::span(instances));
  item.volume = item.mesh->volume * item.counts.largestScale;
  if (item.isCapped) item.cap = static_cast<int>(caps_++);
  return item;
}

void SurfacePass::prepare(const StageFrame& stage, VkCommandBuffer commands, vulkan::FrameCommands& uploads) {
  items_.clear();
  counts_.clear();
  caps_ = 0;
  meshes_.forgetGone();
  textures_.forgetGone();
  for (const scene::View& any : stage.frame.views) {
    const auto* view = std::get_if<scene::MeshView>(&any);
    if (view == nullptr || !view->mesh || view->mesh->triangles.empty()) continue;
    if (view->material.opacity <= 0) continue;
    items_.push_back(makeItem(*view, stage, uploads));
  }
  meshes_.barrier(commands);
}

const vulkan::Pipeline& SurfacePass::pipeline(const Variant& variant) const {
  std::unique_ptr<vulkan::Pipeline>& made = pipelines_[variant];
  if (made) return *made;
  vulkan::PipelineShape shape;
  shape.attributes = {VK_FORMAT_R32G32B32_SFLOAT, VK_FORMAT_R32G32B32_SFLOAT, VK_FORMAT_R32G32_SFLOAT,
                      VK_FORMAT_R8G8B8A8_UNORM};
  shape.bindings = {VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER, VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER,
                    VK_DESCRIPTOR_TYPE_STORAGE_BUFFER, VK_DESCRIPTOR_TYPE_STORAGE_BUFFER};
  shape.cull = variant.cull;
  shape.constants = {variant.isClipped ? 1U : 0U, variant.isTextured ? 1U : 0U};
  if (variant.kind == Kind::opaque || variant.kind == Kind::transparent) {
    shape.vertexShader = kVertex;
    shape.bindings.insert(shape.bindings.end(), 4, VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER);
    shape.fragmentShader = kFragment;
    shape.depth = vulkan::Depth::testAndWrite;
    shape.target = opaqueTarget();
    if (variant.kind == Kind::transparent) {
      shape.bindings.push_back(VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER);
      shape.fragmentShader = kTransparentFragment;
      setTransparent(shape);
    }
  } else {
    shape.vertexShader = kDepthVertex;
    shape.attributes.resize(1);
    shape.stride = 4 * kMeshVertexWords;
    if (variant.kind == Kind::count) {
      shape.fragmentShader = kCountFragment;
      shape.blend = vulkan::Blend::add;
      shape.target.colour = kCountFormat;
      shape.target.isReversed = true;
    } else {
      if (variant.isClipped) shape.fragmentShader = kDepthFragment;
      shape.depth = vulkan::Depth::testAndWrite;
      shape.target = shadowTarget();
    }
  }
  made = std::make_unique<vulkan::Pipeline>(device_, shape);
  return *made;
}

void SurfacePass::draw(const StageDraw& draw, const Item& item, Kind kind) const {
  if (item.counts.total() == 0) return;
  VkCommandBuffer commands = draw.resources.commands();
  std::vector<vulkan::Binding> bindings = {
      vulkan::Binding::of(draw.uniforms, draw.uniformBytes),
      vulkan::Binding::of(item.uniforms, sizeof(shader::MeshUniforms)),
      vulkan::Binding::storage(item.instances.buffer, item.instances.offset,
                               item.counts.total() * sizeof(shader::MeshInstance)),
      vulkan::Binding::storage(item.before->vertices->handle())};
  if (kind == Kind::opaque || kind == Kind::transparent) {
    for (const auto& texture : item.textures)
      bindings.push_back(vulkan::Binding::of(texture->view(), repeated_.handle()));
    if (kind == Kind::transparent) bindings.push_back(draw.shadowMaps);
  }
  const VkDeviceSize start = 0;
  VkBuffer vertices = item.mesh->vertices->handle();
  vkCmdBindVertexBuffers(commands, 0, 1, &vertices, &start);
  vkCmdBindIndexBuffer(commands, item.mesh->indices->handle(), 0, VK_INDEX_TYPE_UINT32);
  // Thin things cast shadows from both sides; counting needs both sides, too.
  const bool isBothSides = item.isTwoSided || kind == Kind::depth || kind == Kind::count;
  const auto drawSome = [&](std::uint32_t first, std::uint32_t count, vulkan::Cull cull) {
    if (count == 0) return;
    const bool isShaded = kind == Kind::opaque || kind == Kind::transparent;
    const vulkan::Pipeline& chosen =
        pipeline({kind, cull, item.isClipped && kind != Kind::count, isShaded && item.isTextured});
    vulkan::bind(commands, draw.resources.frame(), device_, chosen, bindings);
    vkCmdDrawIndexed(commands, item.mesh->indexCount, count, 0, 0, first);
  };
  if (isBothSides) {
    drawSome(0, item.counts.total(), vulkan::Cull::none);
    return;
  }
  drawSome(0, item.counts.upright, vulkan::Cull::back);
  drawSome(item.counts.upright, item.counts.mirrored, vulkan::Cull::front);
}

void SurfacePass::drawOpaque(const StageDraw& draw) const {
  for (const Item& item : items_) {
    if (!item.isTransparent) this->draw(draw, item, Kind::opaque);
  }
  drawCaps(draw);
}

void SurfacePass::drawShadow(const StageDraw& draw) const {
  for (const Item& item : items_) {
    if (!item.isTransparent) this->draw(draw, item, Kind::depth);
  }
}

bool SurfacePass::hasTransparent() const {
  return std::any_of(items_.begin(), items_.end(), [](const Item& item) { return item.isTransparent; });
}

void SurfacePass::drawTransparent(const StageDraw& draw) const {
  for (const Item& item : items_) {
    if (item.isTransparent) this->draw(draw, item, Kind::transparent);
  }
}

std::vector<graph::ImageId> SurfacePass::addEarlyPasses(const StageFrame& stage, graph::FrameGraph& graph,
                                                        const vulkan::UploadPiece& uniforms,
                                                        VkDeviceSize uniformBytes) {
  for (std::size_t first = 0; first < caps_; first += kCapsPerImage) {
    vulkan::ImageShape shape;
    shape.format = kCountFormat;
    shape.width = static_cast<std::uint32_t>(stage.width);
    shape.height = static_cast<std::uint32_t>(stage.height);
    const graph::ImageId image = graph.image("cut count " + std::to_string(first / kCapsPerImage), shape);
    counts_.push_back(image);
    graph
        .pass("cuts counted",
              [this, &stage, &uniforms, uniformBytes, first](const graph::PassResources& resources) {
                const StageDraw draw{stage, resources, uniforms, uniformBytes};
                for (const Item& item : items_) {
                  const auto cap = static_cast<std::size_t>(item.cap);
                  if (item.isCapped && cap >= first && cap < first + kCapsPerImage)
                    this->draw(draw, item, Kind::count);
                }
              })
        .colour(image, graph::Load::clear);
  }
  return counts_;
}

void SurfacePass::drawCaps(const StageDraw& draw) const {
  if (caps_ == 0) return;
  if (!cap_) {
    vulkan::PipelineShape shape;
    shape.vertexShader = kFullVertex;
    shape.fragmentShader = kCapFragment;
    shape.bindings = {VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER, VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER,
                      VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER};
    shape.depth = vulkan::Depth::testAndWrite;
    shape.target = opaqueTarget();
    cap_ = std::make_unique<vulkan::Pipeline>(device_, shape);
  }
  // Cuts through several bodies lie at one depth: the last drawn is seen, so the smallest, which lies within
  // the others, comes last.
  std::vector<const Item*> capped;
  for (const Item& item : items_) {
    if (item.isCapped) capped.push_back(&item);
  }
  std::stable_sort(capped.begin(), capped.end(),
                   [](const Item* a, const Item* b) { return a->volume > b->volume; });
  for (const Item* item : capped) {
    const graph::ImageId count = counts_[static_cast<std::size_t>(item->cap) / kCapsPerImage];
    const std::array bindings = {vulkan::Binding::of(draw.uniforms, draw.uniformBytes),
                                 vulkan::Binding::of(item->uniforms, sizeof(shader::MeshUniforms)),
                                 vulkan::Binding::of(draw.resources.view(count), nearest_.handle())};
    vulkan::bind(draw.resources.commands(), draw.resources.frame(), device_, *cap_, bindings);
    vkCmdDraw(draw.resources.commands(), 3, 1, 0, 0);
  }
}

void SurfacePass::count(FrameStatistics& statistics) const {
  for (const Item& item : items_)
    statistics.triangles += std::size_t{item.mesh->indexCount} / 3 * item.counts.total();
}

}  // namespace aula::render::stage
