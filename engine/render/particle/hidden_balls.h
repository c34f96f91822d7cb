// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <glm/mat4x4.hpp>
#include <glm/vec4.hpp>
#include <span>
#include <vector>

#include "scene/float3.h"

namespace aula::render::stage {

/// Balls as they lie in a published array.
struct BallArray {
  std::span<const scene::Float3> positions;  ///< m
  std::span<const float> radii;              ///< m; one a ball, or one for all.
  glm::vec4 place{0, 0, 0, 1};               ///< stage = place.w * position + place.xyz
};

/// Finds opaque balls that cannot be seen, before anything is drawn: for a device that does not reject hidden
/// fragments early (lavapipe tests the depth of anything that computes its own depth only after shading),
/// this is what makes a dense ball of atoms cost its surface and not its inside. It changes no pixel: a ball
/// hides another only where a flat disc inside the first covers every pixel centre that the second could
/// touch.
class HiddenBalls {
 public:
  /// For one picture of so many pixels; what was known before is forgotten. Depth is reversed.
  void begin(const glm::mat4& clipFromStage, int width, int height, std::span<const glm::vec4> clips);
  /// All that hides; before the first question. Balls cut by a clip plane hide nothing.
  void hideBehind(const BallArray& balls);
  /// Indices of the balls that may be seen, in their order.
  [[nodiscard]] std::vector<std::uint32_t> seen(const BallArray& balls);
  /// Pairs of the rods that may be seen.
  [[nodiscard]] std::vector<std::array<std::uint32_t, 2>> seen(
      const BallArray& balls, std::span<const std::array<std::uint32_t, 2>> rods, float rodRadius);

 private:
  /// Where a ball can be seen at most: pixels, and its nearest depth.
  struct Reach {
    float left, top, right, bottom, depth;
  };
  void summarise();
  [[nodiscard]] bool isCutAway(glm::vec3 centre, float radius) const;
  [[nodiscard]] Reach reachOf(glm::vec3 centre, float radius) const;
  [[nodiscard]] bool isHidden(const Reach& reach) const;

  glm::mat4 clip_{1};
  std::vector<glm::vec4> clips_;
  int width_ = 0, height_ = 0, tilesAcross_ = 0, tilesDown_ = 0;
  float pixelsX_ = 0, pixelsY_ = 0;    ///< Of a length 1 square to the view where w is 1.
  float shiftX_ = 0, shiftY_ = 0;      ///< What is added to x / w and y / w.
  float depthAhead_ = 0, wAhead_ = 0;  ///< How z and w of clip space change one unit towards the viewer.
  bool isSummarised_ = false;
  std::vector<float> depth_;  ///< A pixel: nothing behind this is seen. Padded to whole tiles.
  std::vector<float> tiles_;  ///< The farthest of each tile's pixels.
  std::size_t filled_ = 0;    ///< Pixels written so far.
};

}  // namespace aula::render::stage
