// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vulkan/vulkan.h>

#include <glm/mat4x4.hpp>
#include <glm/vec3.hpp>
#include <vector>

#include "render/graph/frame_graph.h"
#include "render/scene_renderer.h"
#include "render/vulkan/commands.h"
#include "render/vulkan/pipeline.h"

namespace aula::render {

class ColourMapTextures;

namespace stage {

/// The scene in the renderer's own frame: centred and scaled so that everything lies within a ball of radius
/// about 1, since a lab may be a micrometre or a mile wide and shaders compute in floats. Kept over frames
/// while the scene stays about that size.
struct StageSpace {
  core::Vec3 centre;  ///< m
  double scale = 1;   ///< 1/m

  [[nodiscard]] glm::vec3 point(core::Vec3 lab) const {
    const core::Vec3 p = scale * (lab - centre);
    return {p.x, p.y, p.z};
  }
  [[nodiscard]] float length(double metres) const { return static_cast<float>(scale * metres); }
  /// stage = matrix * lab, for arrays that are uploaded as they are (metres).
  [[nodiscard]] glm::mat4 stageFromLab() const;
  bool operator==(const StageSpace&) const = default;
};

/// Formats of what opaque things are drawn into. Depth is reversed (1 near, 0 far). See
/// shaders/include/gbuffer.glsl for what each holds and for the functions that write it.
inline constexpr VkFormat kBaseFormat = VK_FORMAT_R8G8B8A8_SRGB;
inline constexpr VkFormat kNormalFormat = VK_FORMAT_R16G16_SNORM;
inline constexpr VkFormat kMaterialFormat = VK_FORMAT_R8G8B8A8_UNORM;
inline constexpr VkFormat kMotionFormat = VK_FORMAT_R16G16_SFLOAT;
inline constexpr VkFormat kRadianceFormat = VK_FORMAT_R16G16B16A16_SFLOAT;
inline constexpr VkFormat kDepthFormat = VK_FORMAT_D32_SFLOAT;
inline constexpr VkFormat kReactiveFormat = VK_FORMAT_R8_UNORM;
inline constexpr VkFormat kOpticalDepthFormat = VK_FORMAT_R16_SFLOAT;

/// For pipelines of drawOpaque(): base, normal, material, motion, radiance (emission and unlit colours).
[[nodiscard]] vulkan::TargetShape opaqueTarget();
/// For drawShadow(): depth alone.
[[nodiscard]] vulkan::TargetShape shadowTarget();
/// For drawTransparent(): weighted sum, optical depth, reactive, all added up; depth tested, not written (McGuire and Bavoil
/// 2013).
[[nodiscard]] vulkan::TargetShape transparentTarget();
/// Target, blending and depth of a pipeline of drawTransparent(); its fragment shader ends in
/// shaders/include/transparent_out.glsl.
void setTransparent(vulkan::PipelineShape& shape);

/// Images of a frame as far as they have been made.
struct StageImages {
  graph::ImageId base, normal, material, motion, depth;
  graph::ImageId radiance;  ///< Lit scene, premultiplied where see-through; what volumes add to.
  graph::ImageId reactive;  ///< 0 to 1: how little a pixel's history is worth (see-through things, volumes).
};

/// What a frame's passes know.
struct StageFrame {
  const scene::Frame& frame;
  const scene::Frame* previous = nullptr;  ///< The frame drawn before; null after a cut.
  const scene::Camera& camera;
  const SceneStyle& style;
  StageSpace space;
  int width = 0, height = 0;   ///< Of the images drawn into.
  glm::mat4 clipFromStage;     ///< Without jitter.
  float subsurfaceRadius = 0;  ///< m; the largest of any material's that scatters (stage/materials.h).
};

/// While commands are recorded within a rendering.
struct StageDraw {
  const StageFrame& stage;
  const graph::PassResources& resources;
  /// shaders/include/stage_uniforms.h; for a shadow map with its matrix in place of the camera's. Bind at
  /// binding 0.
  const vulkan::UploadPiece& uniforms;
  VkDeviceSize uniformBytes = 0;
  /// In drawTransparent(): the lamps' depths, for lampSeen() and shade() (shaders/include/shading.glsl).
  vulkan::Binding shadowMaps{};
};

/// One kind of thing in a scene. A pass that has nothing to draw returns at once. One thread.
class StagePass {
 public:
  virtual ~StagePass() = default;
  /// Uploads what is new and forgets what is gone; before the graph runs, outside any rendering.
  virtual void prepare(const StageFrame& stage, VkCommandBuffer commands, vulkan::FrameCommands& uploads) = 0;
  /// Passes of its own before anything is drawn. Gives the images that drawOpaque() will sample.
  virtual std::vector<graph::ImageId> addEarlyPasses(const StageFrame&, graph::FrameGraph&,
                                                     const vulkan::UploadPiece& /*uniforms*/,
                                                     VkDeviceSize /*uniformBytes*/) {
    return {};
  }
  /// Within the rendering to opaqueTarget().
  virtual void drawOpaque(const StageDraw&) const {}
  /// Within the rendering of a lamp's depth.
  virtual void drawShadow(const StageDraw&) const {}
  [[nodiscard]] virtual bool hasTransparent() const { return false; }
  /// Within the rendering to transparentTarget().
  virtual void drawTransparent(const StageDraw&) const {}
  /// Passes of its own after the scene is lit, onto `images.radiance` (volumes).
  virtual void addPasses(const StageFrame&, graph::FrameGraph&, const StageImages&,
                         const vulkan::UploadPiece& /*uniforms*/, VkDeviceSize /*uniformBytes*/) {}
  /// Adds what it drew.
  virtual void count(FrameStatistics&) const {}
};

}  // namespace stage
}  // namespace aula::render
