// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "render/colour/colour_limits.h"
#include "render/colour/colour_map.h"
#include "render/stage/stage_pass.h"
#include "render/volume/volume_texture.h"

namespace aula::render::stage {

/// What a volume's values look like, on the device.
struct VolumeLook {
  Limits limits;
  double density = 0, diagonal = 0;
  std::string map;
  std::vector<scene::OpacityPoint> points;
  std::shared_ptr<const void> source;  ///< Whose clear bricks `clearance` tells.
  std::shared_ptr<vulkan::DeviceImage> clearance, tables;
};

/// Volumes many nodes thick, by ray marching: emission and absorption, lit by the gradient where a view asks
/// for it; behind and in front of solid things, cut by the clip planes. Volumes that overlap are drawn one
/// after the other, the farther first.
class VolumePass final : public StagePass {
 public:
  /// `textures` and `limits` are shared with whoever else draws volumes.
  VolumePass(const vulkan::Device& device, std::shared_ptr<VolumeTextures> textures,
             std::shared_ptr<ColourLimits> limits);
  ~VolumePass() override;

  void prepare(const StageFrame& stage, VkCommandBuffer commands, vulkan::FrameCommands& uploads) override;
  void addPasses(const StageFrame& stage, graph::FrameGraph& graph, const StageImages& images,
                 const vulkan::UploadPiece& uniforms, VkDeviceSize uniformBytes) override;
  void count(FrameStatistics& statistics) const override;

 private:
  struct Drawn {
    const VolumeTexture* texture;
    const VolumeLook* look;
    vulkan::UploadPiece uniforms;
    double distance;  ///< Of its middle from the eye; for the order.
  };
  void prepareOne(const StageFrame& stage, const scene::VolumeView& view, const PassContext& context);

  const vulkan::Device& device_;
  vulkan::Pipeline pipeline_;
  vulkan::Sampler linear_, nearest_;
  std::shared_ptr<VolumeTextures> textures_;
  std::shared_ptr<ColourLimits> limits_;
  std::map<std::string, VolumeLook> looks_;
  std::vector<Drawn> drawn_;
  std::size_t voxels_ = 0;
};

/// The colour map a view is drawn with: its own, the style's, or the usual one of its scale. Throws
/// core::Error (input).
[[nodiscard]] const ColourMap& colourMapOf(const scene::VolumeView& view, const SceneStyle& style);

}  // namespace aula::render::stage
