// SPDX-License-Identifier: Apache-2.0
#include "render/text/glyph_atlas.h"

#include <algorithm>
#include <cstring>

namespace aula::render {

GlyphAtlas::GlyphAtlas() {
  clear();
}

void GlyphAtlas::clear() {
  glyphs_.clear();
  height_ = 256;
  texels_.assign(static_cast<std::size_t>(kWidth) * static_cast<std::size_t>(height_), 0);
  shelfX_ = shelfY_ = shelfHeight_ = 0;
  ++version_;
}

void GlyphAtlas::beginFrame() {
  if (height_ > kMostRows) clear();
}

const AtlasGlyph* GlyphAtlas::find(const GlyphKey& key) const {
  const auto found = glyphs_.find(key);
  return found == glyphs_.end() ? nullptr : &found->second;
}

const AtlasGlyph& GlyphAtlas::add(const GlyphKey& key, const GlyphBitmap& bitmap) {
  // A new shelf where the current one has no room left; more rows where there is no shelf left.
  const int width = std::min(bitmap.width, kWidth);
  if (shelfX_ + width > kWidth) {
    shelfY_ += shelfHeight_ + 1;
    shelfX_ = shelfHeight_ = 0;
  }
  while (shelfY_ + bitmap.height > height_) {
    height_ *= 2;
    texels_.resize(static_cast<std::size_t>(kWidth) * static_cast<std::size_t>(height_), 0);
  }
  for (int row = 0; row < bitmap.height; ++row) {
    std::memcpy(texels_.data() + static_cast<std::ptrdiff_t>(shelfY_ + row) * kWidth + shelfX_,
                bitmap.coverage.data() + static_cast<std::ptrdiff_t>(row) * bitmap.width,
                static_cast<std::size_t>(width));
  }
  const AtlasGlyph glyph{shelfX_, shelfY_, width, bitmap.height, bitmap.left, bitmap.top};
  shelfX_ += width + 1;
  shelfHeight_ = std::max(shelfHeight_, bitmap.height);
  ++version_;
  return glyphs_.insert_or_assign(key, glyph).first->second;
}

}  // namespace aula::render
