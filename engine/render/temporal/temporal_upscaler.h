// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <glm/mat4x4.hpp>
#include <glm/vec2.hpp>
#include <glm/vec3.hpp>
#include <memory>

#include "render/graph/frame_graph.h"

namespace aula::render::temporal {

/// What one frame offers, all of one size: the size things were drawn at.
struct UpscaleInputs {
  graph::ImageId radiance;  ///< stage::kRadianceFormat: linear, premultiplied, alpha is coverage.
  graph::ImageId depth;     ///< stage::kDepthFormat, reversed; 0: nothing there.
  graph::ImageId motion;    ///< stage::kMotionFormat: uv now - uv before, without jitter, v downwards.
  graph::ImageId
      reactive;  ///< stage::kReactiveFormat: 1 trusts no history. May be left invalid: 0 everywhere.
};

struct UpscaleSettings {
  int inputWidth = 0, inputHeight = 0;  ///< Of every input; at most the output's.
  int outputWidth = 0, outputHeight = 0;
  /// jitterAt() that this frame was drawn with: a thing at pixel p is found at p + jitter.
  glm::vec2 jitter{0};
  /// The projection without jitter (view: z towards the viewer): makes distances of depths.
  glm::mat4 clipFromView{1};
  bool isReset = false;         ///< A cut: nothing of the frames before is used.
  float exposure = 1;           ///< Radiance times this is 1 where the picture will be white.
  glm::vec3 background{0.93F};  ///< Linear, as seen where alpha is 0: decides how visible an edge is.
  float sharpness = 0.5F;       ///< 0 to 1.
  int eye = 0;                  ///< 0 or 1: each has its own history.
};

/// Temporal anti-aliasing and upscaling in one: jittered frames of any size up to the output's are gathered,
/// each sample where it belongs in the output, into a history that follows what moves. After the published
/// outline of FSR 2 (AMD 2022); see README.md for the filter. At a ratio of 1 it is the native temporal
/// anti-aliasing. Keeps two histories of the output's size for each eye in use. One thread.
class TemporalUpscaler {
 public:
  explicit TemporalUpscaler(const vulkan::Device& device);
  ~TemporalUpscaler();
  TemporalUpscaler(const TemporalUpscaler&) = delete;
  TemporalUpscaler& operator=(const TemporalUpscaler&) = delete;

  /// Adds the passes of this frame ("temporal: ..."); call once a frame and eye, with every frame in order. A
  /// changed size of output or eye's first frame resets by itself; a changed size of inputs keeps the
  /// history. Gives an image of the output's size, in the inputs' radiance format and scale (premultiplied),
  /// valid as any of the graph's images are.
  [[nodiscard]] graph::ImageId add(graph::FrameGraph& graph, const UpscaleInputs& inputs,
                                   const UpscaleSettings& settings);

  /// Forgets every eye's history and gives back its memory.
  void forget();

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace aula::render::temporal
