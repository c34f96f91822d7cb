// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <glm/mat4x4.hpp>
#include <glm/vec2.hpp>
#include <glm/vec3.hpp>
#include <glm/vec4.hpp>
#include <memory>
#include <span>
#include <vector>

#include "render/gpu.h"
#include "render/stage/shader_structs.h"
#include "render/stage/stage_pass.h"

/// Draws one pass alone, without light, and reads back what it left in the stage's images: so that depths,
/// normals and motions can be compared with closed forms.
namespace aula::render {

/// What a pass left, a pixel an entry, rows from the top.
struct Drawn {
  int width = 0, height = 0;
  std::vector<glm::vec3> base;  ///< Linear.
  std::vector<glm::vec3> normal;
  std::vector<glm::vec2> motion;
  std::vector<glm::vec4> radiance;  ///< alpha: 1 where there is something.
  std::vector<float> depth;         ///< 1 near, 0 far, 0 where there is nothing.

  [[nodiscard]] std::size_t at(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x);
  }
  [[nodiscard]] bool covers(int x, int y) const { return radiance[at(x, y)].a > 0.5F; }
  [[nodiscard]] std::size_t coveredPixels() const;
};

/// The camera and the frame as the passes get them. The stage's frame is the lab's: centre 0, scale 1 unless
/// `space` says otherwise.
struct Shot {
  scene::Frame frame;
  const scene::Frame* previous = nullptr;
  scene::Camera camera;
  const scene::Camera* previousCamera = nullptr;
  SceneStyle style;
  stage::StageSpace space;
  int width = 128, height = 96;
  double nearest = 0.1, farthest = 20;  ///< Stage.
};

/// Reversed depth, y down.
[[nodiscard]] glm::mat4 clipFromStage(const Shot& shot, const scene::Camera& camera);
[[nodiscard]] shader::StageUniforms uniformsOf(const Shot& shot);
/// A stage point in pixels, and its depth.
[[nodiscard]] glm::vec3 pixelOf(const glm::mat4& clip, glm::dvec3 point, int width, int height);

class Rig {
 public:
  Rig();
  ~Rig();

  [[nodiscard]] const vulkan::Device& device() const { return gpu_->device(); }
  [[nodiscard]] Gpu& gpu() { return *gpu_; }

  [[nodiscard]] Drawn draw(stage::StagePass& pass, const Shot& shot);
  /// The depths that a lamp sees whose camera is the shot's.
  [[nodiscard]] std::vector<float> drawShadow(stage::StagePass& pass, const Shot& shot);

 private:
  struct Target;
  void run(const Shot& shot, std::span<Target* const> colours, Target& depth,
           const std::function<void(const stage::StageFrame&, VkCommandBuffer)>& prepare,
           const std::function<void(const stage::StageDraw&)>& draw);

  std::shared_ptr<Gpu> gpu_;
  std::unique_ptr<vulkan::FrameCommands> commands_;
  std::unique_ptr<graph::FrameGraph> graph_;
};

}  // namespace aula::render
