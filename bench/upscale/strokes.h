// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "scene/mesh/triangle_mesh.h"

namespace aula::bench {

/// Points of one stroke in the plane.
using Stroke = std::vector<std::array<double, 2>>;

/// Flat bands along strokes, as one mesh in the plane z = 0, seen from above.
class Strokes {
 public:
  void add(const Stroke& stroke, double width, scene::Colour colour);
  /// Letters of straight strokes, `height` tall from the base line at (x, y): capitals, digits, a few signs.
  /// What it has no strokes for is a space.
  void addText(const std::string& text, double x, double y, double height, double width,
               scene::Colour colour);
  [[nodiscard]] std::shared_ptr<const scene::TriangleMesh> mesh() const;

 private:
  scene::TriangleMesh mesh_;
};

}  // namespace aula::bench
