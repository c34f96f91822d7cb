// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "render/text/font_files.h"

namespace aula::render {

/// A glyph's picture: coverage 0 to 255, rows from the top.
struct GlyphBitmap {
  int width = 0, height = 0;
  int left = 0,
      top = 0;  ///< From the pen's point on the baseline to the upper left corner; `top` counts upwards.
  std::vector<std::uint8_t> coverage;
};

/// One glyph of a shaped run, in pixels from the run's start; y counts upwards.
struct ShapedGlyph {
  std::uint32_t glyph = 0;
  double x = 0, y = 0;
};

struct ShapedRun {
  std::vector<ShapedGlyph> glyphs;
  double advance = 0;
};

/// One face of one file, unhinted so that widths grow in proportion with the size. One thread.
class Font {
 public:
  /// Throws core::Error with the path when the file is not a font.
  explicit Font(const FontFile& file);
  ~Font();
  Font(Font&&) noexcept;
  Font& operator=(Font&&) noexcept;

  [[nodiscard]] bool has(char32_t character) const;
  [[nodiscard]] int index() const;  ///< Of the face in its collection; 0 in a file of one.
  /// HarfBuzz's shaping of text of one direction, left to right.
  [[nodiscard]] ShapedRun shape(const std::u32string& text, double size);
  /// The glyph at `shift` (0 to 1) pixels to the right of its pen point (upwards, when turned to read
  /// upwards).
  [[nodiscard]] GlyphBitmap rasterise(std::uint32_t glyph, double size, double shift, bool isTurned);
  /// The glyph as distances to its outline, drawn kFieldSize pixels large: coverage 128 on the outline,
  /// rising inwards, 0 kFieldSpread pixels outside. Sharp at any size and under any small movement (C. Green,
  /// "Improved alpha-tested magnification for vector textures and special effects", 2007).
  [[nodiscard]] GlyphBitmap distanceField(std::uint32_t glyph);
  static constexpr int kFieldSize = 56, kFieldSpread = 8;
  /// Height above the baseline, and depth below it, for a size of one pixel.
  [[nodiscard]] double ascent() const;
  [[nodiscard]] double descent() const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace aula::render
