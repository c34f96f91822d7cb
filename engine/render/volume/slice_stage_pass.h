// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "render/colour/colour_limits.h"
#include "render/stage/stage_pass.h"
#include "render/volume/volume_texture.h"

namespace aula::render::stage {

/// Planes of values in the scene: volumes one node thick, and planes cut any way through thick ones. Their
/// colours are exactly the map's, whatever the light; what is not a number is grey.
class SliceStagePass final : public StagePass {
 public:
  SliceStagePass(const vulkan::Device& device, std::shared_ptr<VolumeTextures> textures,
                 std::shared_ptr<ColourLimits> limits);
  ~SliceStagePass() override;

  void prepare(const StageFrame& stage, VkCommandBuffer commands, vulkan::FrameCommands& uploads) override;
  void drawOpaque(const StageDraw& draw) const override;

 private:
  struct Drawn {
    VkImageView flat, solid, map;
    vulkan::UploadPiece uniforms;
  };
  /// A plane of its own: values as they are, in a 2-D image.
  struct Plane {
    std::shared_ptr<const std::vector<float>> source;
    std::shared_ptr<vulkan::DeviceImage> values;
  };
  void addPlane(const StageFrame& stage, const scene::VolumeView& view, const PassContext& context);
  void addCut(const StageFrame& stage, const scene::SliceView& view, const PassContext& context);

  const vulkan::Device& device_;
  vulkan::Pipeline pipeline_;
  vulkan::Sampler linear_, nearest_;
  std::shared_ptr<VolumeTextures> textures_;
  std::shared_ptr<ColourLimits> limits_;
  ColourMapTextures maps_;
  std::map<std::string, Plane> planes_;
  std::map<std::string, std::shared_ptr<const void>> cuts_;  ///< Whose values the limits have seen.
  std::shared_ptr<vulkan::DeviceImage> noPlane_,
      noVolume_;  ///< Stand in for the image a slice does not read.
  std::vector<Drawn> drawn_;
};

}  // namespace aula::render::stage
