// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "render/text/font.h"
#include "render/text/glyph_atlas.h"

namespace aula::render {

enum class Weight { regular, bold };

/// Size in pixels (the em) and weight.
struct TextStyle {
  double size = 14;
  Weight weight = Weight::regular;
};

/// A glyph's quad: `atlas` tells its texels, `x` and `y` its upper left corner in whole pixels, y downwards.
struct PlacedGlyph {
  AtlasGlyph atlas;
  int x = 0, y = 0;
};

/// A glyph of the fields' atlas and its quad in pixels, y downwards.
struct PlacedField {
  AtlasGlyph atlas;
  double left = 0, top = 0, width = 0, height = 0;
};

/// UTF-8 into characters; each byte that does not belong becomes U+FFFD, line breaks and tabs become blanks.
[[nodiscard]] std::u32string decodeUtf8(const std::string& text);
[[nodiscard]] std::string encodeUtf8(const std::u32string& text);

/// Turns text into glyphs of the fonts found, taking each character from the first font that has it. One
/// thread.
class Typesetter {
 public:
  /// Throws core::Error when no font is found.
  Typesetter();

  /// The pen's way along the text, pixels.
  [[nodiscard]] double width(const std::string& text, const TextStyle& style);
  /// Places text whose baseline starts at (x, y), in pixels, y downwards. Turned text reads upwards.
  [[nodiscard]] std::vector<PlacedGlyph> place(const std::string& text, const TextStyle& style, double x,
                                               double y, bool isTurned);
  /// The same from distance fields, to fractions of a pixel: for text that moves or changes its size. Never
  /// turned.
  [[nodiscard]] std::vector<PlacedField> placeField(const std::string& text, const TextStyle& style, double x,
                                                    double y);
  /// The text's characters for which no font has a glyph.
  [[nodiscard]] std::u32string missing(const std::string& text) const;

  /// Lines of at most `width` pixels, broken at blanks and between Chinese characters, at most `most` of
  /// them; what does not fit in the last ends in an ellipsis.
  [[nodiscard]] std::vector<std::string> wrap(const std::string& text, const TextStyle& style, double width,
                                              std::size_t most);

  /// Of capital letters, the height above the baseline for a size of one pixel: for centring.
  static constexpr double kCapHeight = 0.733;

  [[nodiscard]] GlyphAtlas& atlas() { return atlas_; }
  /// Distances to outlines, see Font::distanceField.
  [[nodiscard]] GlyphAtlas& fields() { return fields_; }

 private:
  struct Run {
    int font;
    std::u32string text;
  };
  [[nodiscard]] std::vector<Run> runs(const std::u32string& text, Weight weight) const;
  [[nodiscard]] double width(const std::u32string& text, const TextStyle& style);

  std::vector<Font> fonts_;  ///< All regular ones, then as many bold ones.
  GlyphAtlas atlas_, fields_;
};

}  // namespace aula::render
