// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <glm/mat4x4.hpp>
#include <memory>
#include <string>
#include <vector>

#include "render/colour/colour_limits.h"
#include "render/colour/colour_map.h"
#include "render/layout/theme.h"
#include "render/text/typesetter.h"

namespace aula::render {

/// A rectangle in pixels from the picture's upper left corner.
struct Rectangle {
  double left = 0, top = 0, width = 0, height = 0;

  [[nodiscard]] double right() const { return left + width; }
  [[nodiscard]] double bottom() const { return top + height; }
};

/// A point of a line: pixels, and depth 0 (near) to 1 (far).
struct PixelPoint {
  double x = 0, y = 0, depth = 0;
};

/// As the lines pass reads it.
struct LineVertex {
  float x, y, depth;
  float side, halfWidth, along, dash;
  Rgba colour;
};

/// As the text pass reads it.
struct TextVertex {
  float x, y;
  float texelX, texelY;
  Rgba colour;
};

/// As the field text pass reads it.
struct FieldVertex {
  float x, y;
  float texelX, texelY;
  float texelsPerPixel;
  Rgba colour, halo;
};

/// Triangles for lines of constant width in pixels.
struct LineMesh {
  std::vector<LineVertex> vertices;
  std::vector<std::uint32_t> indices;

  /// Joins with mitres; a polyline that ends where it began is closed. `dash`: length of a dash in pixels, 0:
  /// solid.
  void add(const std::vector<PixelPoint>& points, double width, Rgba colour, double dash = 0);
};

/// A regular lattice of columns x rows, coloured: a slice of a field or the ramp of a colour bar.
struct SliceItem {
  std::shared_ptr<const std::vector<float>> values;  ///< columns*rows, columns fastest.
  int columns = 1, rows = 1;
  glm::mat4 clipFromNode{1};           ///< (column, row, 0, 1) to clip space.
  double nodeRange[4] = {0, 0, 0, 0};  ///< First column, first row, last column, last row.
  const ColourMap* map = nullptr;
  Limits limits;
  Filtering filtering = Filtering::linear;
};

enum class Align { start, middle, end };

/// Text set into triangles.
class TextMesh {
 public:
  explicit TextMesh(Typesetter& typesetter) : typesetter_(&typesetter) {}

  /// Places text with its baseline through y (x, when turned to read upwards).
  void add(const std::string& text, const TextStyle& style, double x, double y, Rgba colour,
           Align align = Align::start, bool isTurned = false);

  /// The same from distance fields, with a halo that keeps it legible on anything (alpha 0: none).
  void addField(const std::string& text, const TextStyle& style, double x, double y, Rgba colour, Rgba halo,
                Align align = Align::start);

  std::vector<TextVertex> vertices;  ///< Six a glyph.
  std::vector<FieldVertex> fieldVertices;

 private:
  Typesetter* typesetter_;
};

}  // namespace aula::render
