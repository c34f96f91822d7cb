// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <glm/vec2.hpp>
#include <glm/vec3.hpp>
#include <memory>
#include <vector>

#include "render/gpu.h"
#include "render/graph/frame_graph.h"
#include "render/image.h"
#include "render/temporal/temporal_upscaler.h"
#include "render/vulkan/commands.h"
#include "render/vulkan/device_image.h"

namespace aula::render {

/// What is seen at a point of a painted scene.
struct Paint {
  glm::vec3 light{0};
  float alpha = 1;
  float depth =
      0.1F;  ///< As stored: reversed, of a projection with its near plane at 1 and no far one: 1 / distance.
  glm::vec2 motion{0};  ///< Since the frame before, in the whole picture's size.
  float reactive = 0;
};
/// By the place in the picture, 0 to 1 with y down, and the frame's number.
using PaintedScene = std::function<Paint(glm::vec2, int)>;

/// Runs the upscaler on scenes painted by functions: point samples in, pictures out, so that a test knows
/// exactly what should come out.
class Rig {
 public:
  Rig(std::shared_ptr<Gpu> gpu, int width, int height, double ratio);

  /// The next frame of the scene.
  Image draw(const PaintedScene& scene, int frame, bool isReset = false);
  /// Linear light of the last one, four numbers a pixel.
  [[nodiscard]] const std::vector<float>& light() const { return light_; }
  [[nodiscard]] std::vector<graph::PassTime> times() const { return graph_.times(); }

  float sharpness = 0.5F;
  bool hasReactive = true;
  int eye = 0;
  temporal::TemporalUpscaler upscaler;

 private:
  std::shared_ptr<Gpu> gpu_;
  int width_, height_, inputWidth_, inputHeight_;
  vulkan::FrameCommands frames_;
  graph::FrameGraph graph_;
  vulkan::DeviceImage radiance_, depth_, motion_, reactive_;
  vulkan::Buffer readback_;
  std::vector<float> light_;
  int index_ = 0;
};

/// The scene as it should be: 64 samples a pixel, spread as a still's are.
[[nodiscard]] Image painted(const PaintedScene& scene, int frame, int width, int height);

}  // namespace aula::render
