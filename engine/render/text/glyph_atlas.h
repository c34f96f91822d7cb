// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <vector>

#include "render/text/font.h"

namespace aula::render {

/// Which picture of which glyph.
struct GlyphKey {
  int font = 0;
  std::uint32_t glyph = 0;
  int size64 = 0;  ///< Pixels times 64.
  int shift4 = 0;  ///< Quarter pixels.
  bool isTurned = false;

  auto operator<=>(const GlyphKey&) const = default;
};

/// A glyph's place in the atlas, in texels.
struct AtlasGlyph {
  int x = 0, y = 0, width = 0, height = 0;
  int left = 0, top = 0;  ///< As in GlyphBitmap.
};

/// One image of coverage that holds every glyph drawn so far, packed in shelves. When it is full it doubles
/// in height; past `kMostRows` it is emptied at the next frame, so that a long video does not grow without
/// end.
class GlyphAtlas {
 public:
  static constexpr int kWidth = 1024, kMostRows = 8192;

  GlyphAtlas();

  /// Where the glyph lies; null when it must still be added.
  [[nodiscard]] const AtlasGlyph* find(const GlyphKey& key) const;
  const AtlasGlyph& add(const GlyphKey& key, const GlyphBitmap& bitmap);
  /// Between frames: empties an atlas that became too large.
  void beginFrame();

  [[nodiscard]] int height() const { return height_; }
  [[nodiscard]] const std::vector<std::uint8_t>& texels() const { return texels_; }
  /// Rises with every change.
  [[nodiscard]] std::uint64_t version() const { return version_; }

 private:
  void clear();

  std::map<GlyphKey, AtlasGlyph> glyphs_;
  std::vector<std::uint8_t> texels_;
  int height_ = 0;
  int shelfX_ = 0, shelfY_ = 0, shelfHeight_ = 0;
  std::uint64_t version_ = 0;
};

}  // namespace aula::render
