// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "render/layout/picture.h"
#include "render/pass/texture.h"
#include "render/vulkan/commands.h"
#include "render/vulkan/pipeline.h"

namespace aula::render {

/// Marches rays through volumes, front to back, into the flat target; what the depth image holds ends a ray.
class VolumePass {
 public:
  explicit VolumePass(const vulkan::Device& device);

  /// Uploads the volumes, at most 512 nodes along an axis: larger ones are sampled down. Outside of a
  /// rendering.
  void prepare(const PassContext& context, const std::vector<FogItem>& fogs, ColourMapTextures& maps);
  void draw(const PassContext& context, const vulkan::DeviceImage& depth) const;

 private:
  struct Prepared {
    const vulkan::DeviceImage* values;
    const vulkan::DeviceImage* map;
    vulkan::UploadPiece uniforms;
  };

  vulkan::Pipeline pipeline_;
  vulkan::Sampler linear_, nearest_;
  std::vector<std::unique_ptr<vulkan::DeviceImage>> values_;
  std::vector<Prepared> prepared_;
};

}  // namespace aula::render
