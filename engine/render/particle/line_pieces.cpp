// SPDX-License-Identifier: Apache-2.0
#include "render/particle/line_pieces.h"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>

namespace aula::render::stage {
namespace {

/// The part of a piece that is kept, as shares of its length.
struct Part {
  double from = 0, to = 1;
  /// Keeps where a value that runs linearly from `first` to `last` is not below 0.
  void keep(double first, double last) {
    if (first < 0 && last < 0) {
      to = from - 1;
    } else if (first < 0) {
      from = std::max(from, first / (first - last));
    } else if (last < 0) {
      to = std::min(to, first / (first - last));
    }
  }
  [[nodiscard]] bool isEmpty() const { return !(from < to); }
};

core::Vec3 between(core::Vec3 a, core::Vec3 b, double share) {
  return a + share * (b - a);
}

}  // namespace

std::vector<shader::LinePiece> linePieces(const scene::LinesView& view, const scene::LinesView* before,
                                          const StageFrame& stage) {
  std::vector<shader::LinePiece> pieces;
  const auto clipped = [&](glm::vec3 p) { return stage.clipFromStage * glm::vec4(p, 1); };
  const auto pixels = [&](const glm::vec4& clip) {
    return glm::vec2(clip) / clip.w * 0.5F *
           glm::vec2(static_cast<float>(stage.width), static_cast<float>(stage.height));
  };
  for (std::size_t k = 0; k < view.polylines.size(); ++k) {
    const std::vector<core::Vec3>& points = view.polylines[k];
    const std::vector<core::Vec3>& past = before != nullptr ? before->polylines[k] : points;
    double travelled = 0;
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
      Part part;
      // In front of the near plane, where the reversed depth z / w is 1. A hundredth of a per cent farther,
      // so that the end does not lie on it.
      const glm::vec4 first = clipped(stage.space.point(points[i]));
      const glm::vec4 last = clipped(stage.space.point(points[i + 1]));
      part.keep(0.9999 * first.w - first.z, 0.9999 * last.w - last.z);
      if (view.isClipped) {
        for (const scene::ClipPlane& plane : stage.frame.clips) {
          part.keep(core::dot(plane.normal, points[i]) - plane.offset,
                    core::dot(plane.normal, points[i + 1]) - plane.offset);
        }
      }
      if (part.isEmpty()) continue;
      shader::LinePiece piece{};
      const glm::vec3 from = stage.space.point(between(points[i], points[i + 1], part.from));
      const glm::vec3 to = stage.space.point(between(points[i], points[i + 1], part.to));
      piece.from = glm::vec4(from, static_cast<float>(travelled));
      if (view.isDashed) travelled += glm::distance(pixels(clipped(from)), pixels(clipped(to)));
      piece.to = glm::vec4(to, static_cast<float>(travelled));
      piece.previousFrom = glm::vec4(stage.space.point(between(past[i], past[i + 1], part.from)), 0);
      piece.previousTo = glm::vec4(stage.space.point(between(past[i], past[i + 1], part.to)), 0);
      pieces.push_back(piece);
    }
  }
  return pieces;
}

}  // namespace aula::render::stage
