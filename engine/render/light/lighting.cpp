// SPDX-License-Identifier: Apache-2.0
#include "render/light/lighting.h"

#include <array>

namespace aula::render::light {
namespace {

constexpr std::uint32_t kPlain[] = {
#include <shaders/lighting.frag.inc>
};
constexpr std::uint32_t kScattering[] = {
#include <shaders/lighting_subsurface.frag.inc>
};
constexpr std::uint32_t kSpread[] = {
#include <shaders/subsurface.frag.inc>
};
constexpr std::uint32_t kResolve[] = {
#include <shaders/resolve_transparent.frag.inc>
};

vulkan::PipelineShape lightingShape(std::span<const std::uint32_t> shader, bool isScattering) {
  vulkan::PipelineShape shape;
  shape.fragmentShader = shader;
  shape.bindings = imageBindings(true, 6);
  shape.blend = vulkan::Blend::add;
  shape.target.colour = stage::kRadianceFormat;
  if (isScattering) shape.target.moreColours = {stage::kRadianceFormat};
  return shape;
}

/// `isLast`: the second of the two passes, added to the scene's light.
vulkan::PipelineShape spreadShape(bool isLast) {
  vulkan::PipelineShape shape;
  shape.fragmentShader = kSpread;
  shape.bindings = imageBindings(true, 3);
  shape.constants = {isLast ? 1U : 0U};
  shape.blend = isLast ? vulkan::Blend::add : vulkan::Blend::none;
  shape.target.colour = stage::kRadianceFormat;
  return shape;
}

vulkan::PipelineShape resolveShape() {
  vulkan::PipelineShape shape;
  shape.fragmentShader = kResolve;
  shape.bindings = imageBindings(false, 2);
  shape.blend = vulkan::Blend::premultiplied;
  shape.target.colour = stage::kRadianceFormat;
  return shape;
}

graph::ImageId imageLike(graph::FrameGraph& graph, const char* name, VkFormat format,
                         const stage::StageFrame& frame) {
  vulkan::ImageShape shape;
  shape.format = format;
  shape.width = static_cast<std::uint32_t>(frame.width);
  shape.height = static_cast<std::uint32_t>(frame.height);
  return graph.image(name, shape);
}

}  // namespace

Lighting::Lighting(const vulkan::Device& device)
    : nearest_(device, VK_FILTER_NEAREST),
      plain_(device, lightingShape(kPlain, false)),
      scattering_(device, lightingShape(kScattering, true)),
      spreadAcross_(device, spreadShape(false)),
      spreadDown_(device, spreadShape(true)),
      resolve_(device, resolveShape()) {}

void Lighting::addLight(graph::FrameGraph& graph, const stage::StageFrame& frame,
                        const stage::StageImages& images, const LightingImages& more,
                        const vulkan::UploadPiece& uniforms, VkDeviceSize uniformBytes, bool hasSubsurface) {
  const graph::ImageId visibility = more.visibility.isValid() ? more.visibility : images.depth;
  const graph::ImageId shadows = more.shadowMaps.isValid() ? more.shadowMaps : images.depth;
  const std::array sampled = {images.base, images.normal, images.material, images.depth, visibility, shadows};
  const graph::ImageId scattered =
      hasSubsurface ? imageLike(graph, "scattered light", stage::kRadianceFormat, frame) : graph::ImageId{};
  const FullPass& lighting = hasSubsurface ? scattering_ : plain_;
  graph::PassBuilder& pass = graph.pass(
      "lighting", [this, &lighting, &uniforms, uniformBytes, sampled](const graph::PassResources& r) {
        std::vector bindings = {vulkan::Binding::of(uniforms, uniformBytes)};
        for (const graph::ImageId image : sampled)
          bindings.push_back(vulkan::Binding::of(r.view(image), nearest_.handle()));
        lighting.draw(r, bindings);
      });
  pass.colour(images.radiance, graph::Load::keep);
  for (const graph::ImageId image : sampled) pass.uses(image, graph::Use::sampledFragment);
  if (!hasSubsurface) return;
  pass.colour(scattered, graph::Load::clear);

  const graph::ImageId across = imageLike(graph, "scattered across", stage::kRadianceFormat, frame);
  const auto spread = [&](const char* name, const FullPass& full, graph::ImageId from, graph::ImageId to,
                          graph::Load load) {
    graph
        .pass(name,
              [this, &full, &uniforms, uniformBytes, from, images](const graph::PassResources& r) {
                full.draw(r, std::array{vulkan::Binding::of(uniforms, uniformBytes),
                                        vulkan::Binding::of(r.view(from), nearest_.handle()),
                                        vulkan::Binding::of(r.view(images.depth), nearest_.handle()),
                                        vulkan::Binding::of(r.view(images.base), nearest_.handle())});
              })
        .colour(to, load)
        .uses(from, graph::Use::sampledFragment)
        .uses(images.depth, graph::Use::sampledFragment)
        .uses(images.base, graph::Use::sampledFragment);
  };
  spread("subsurface across", spreadAcross_, scattered, across, graph::Load::clear);
  spread("subsurface down", spreadDown_, across, images.radiance, graph::Load::keep);
}

void Lighting::addTransparent(graph::FrameGraph& graph, const stage::StageFrame& frame,
                              const stage::StageImages& images, const LightingImages& more,
                              const vulkan::UploadPiece& uniforms, VkDeviceSize uniformBytes,
                              const std::vector<std::unique_ptr<stage::StagePass>>& passes) {
  bool isAny = false;
  for (const auto& pass : passes) isAny = isAny || pass->hasTransparent();
  if (!isAny) {
    // Volumes may add to it; whoever reads it finds zeros.
    graph.pass("nothing see-through", [](const graph::PassResources&) {})
        .colour(images.reactive, graph::Load::clear);
    return;
  }
  const graph::ImageId sum = imageLike(graph, "see-through sum", stage::kRadianceFormat, frame);
  const graph::ImageId opticalDepth = imageLike(graph, "optical depth", stage::kOpticalDepthFormat, frame);
  const graph::ImageId shadows = more.shadowMaps.isValid() ? more.shadowMaps : images.depth;
  graph
      .pass("see-through",
            [this, &frame, &uniforms, uniformBytes, &passes, shadows](const graph::PassResources& r) {
              stage::StageDraw draw{frame, r, uniforms, uniformBytes};
              draw.shadowMaps = vulkan::Binding::of(r.view(shadows), nearest_.handle());
              draw.shadowMaps.layout = r.layout(shadows);
              for (const auto& pass : passes) {
                if (pass->hasTransparent()) pass->drawTransparent(draw);
              }
            })
      .colour(sum, graph::Load::clear)
      .colour(opticalDepth, graph::Load::clear)
      .colour(images.reactive, graph::Load::clear)
      .depth(images.depth, graph::Load::keep, 0, false)
      .uses(shadows, graph::Use::sampledFragment);
  graph
      .pass("see-through laid over",
            [this, sum, opticalDepth](const graph::PassResources& r) {
              resolve_.draw(r, std::array{vulkan::Binding::of(r.view(sum), nearest_.handle()),
                                          vulkan::Binding::of(r.view(opticalDepth), nearest_.handle())});
            })
      .colour(images.radiance, graph::Load::keep)
      .uses(sum, graph::Use::sampledFragment)
      .uses(opticalDepth, graph::Use::sampledFragment);
}

}  // namespace aula::render::light
