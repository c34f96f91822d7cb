// SPDX-License-Identifier: Apache-2.0
#include "render/text/font.h"

#include <ft2build.h>
#include <hb-ft.h>
#include <hb.h>

#include <cmath>
#include <cstring>

#include "core/error.h"
#include FT_FREETYPE_H
#include FT_MODULE_H
#include FT_OUTLINE_H

namespace aula::render {
namespace {

void checkFreeType(FT_Error error, const char* call, const std::string& what) {
  if (error == 0) return;
  throw core::Error("Cannot use the font " + what + ": FreeType's " + call + " gave error " +
                    std::to_string(error) +
                    ". Reinstall the font, or set AULA_FONT_DIR to a folder with another.");
}

GlyphBitmap bitmapOf(FT_GlyphSlot slot) {
  GlyphBitmap bitmap;
  bitmap.width = static_cast<int>(slot->bitmap.width);
  bitmap.height = static_cast<int>(slot->bitmap.rows);
  bitmap.left = slot->bitmap_left;
  bitmap.top = slot->bitmap_top;
  const auto width = static_cast<std::size_t>(bitmap.width);
  bitmap.coverage.resize(width * static_cast<std::size_t>(bitmap.height));
  for (int row = 0; row < bitmap.height; ++row) {
    std::memcpy(bitmap.coverage.data() + width * static_cast<std::size_t>(row),
                slot->bitmap.buffer + row * slot->bitmap.pitch, width);
  }
  return bitmap;
}

}  // namespace

struct Font::Implementation {
  std::string path;
  FT_Library library = nullptr;
  FT_Face face = nullptr;
  hb_font_t* shaper = nullptr;
  double size = 0;

  ~Implementation() {
    hb_font_destroy(shaper);
    if (face != nullptr) FT_Done_Face(face);
    if (library != nullptr) FT_Done_FreeType(library);
  }

  void setSize(double pixels) {
    if (pixels == size) return;
    // At 72 dots an inch a point is a pixel; sizes are in 64ths.
    checkFreeType(FT_Set_Char_Size(face, 0, std::lround(64 * pixels), 72, 72), "FT_Set_Char_Size", path);
    hb_ft_font_changed(shaper);
    size = pixels;
  }
};

Font::Font(const FontFile& file) : implementation_(std::make_unique<Implementation>()) {
  Implementation& self = *implementation_;
  self.path = file.path.string();
  checkFreeType(FT_Init_FreeType(&self.library), "FT_Init_FreeType", self.path);
  FT_Int spread = kFieldSpread;
  for (const char* module : {"sdf", "bsdf"})
    checkFreeType(FT_Property_Set(self.library, module, "spread", &spread), "FT_Property_Set", self.path);
  checkFreeType(FT_New_Face(self.library, self.path.c_str(), 0, &self.face), "FT_New_Face", self.path);
  // In a collection, the face of the family asked for.
  const FT_Long count = self.face->num_faces;
  for (FT_Long i = 1; i < count && !file.family.empty() && file.family != self.face->family_name; ++i) {
    FT_Done_Face(self.face);
    self.face = nullptr;
    checkFreeType(FT_New_Face(self.library, self.path.c_str(), i, &self.face), "FT_New_Face", self.path);
  }
  self.shaper = hb_ft_font_create(self.face, nullptr);
  hb_ft_font_set_load_flags(self.shaper, FT_LOAD_NO_HINTING);
}

Font::~Font() = default;
Font::Font(Font&&) noexcept = default;
Font& Font::operator=(Font&&) noexcept = default;

bool Font::has(char32_t character) const {
  return FT_Get_Char_Index(implementation_->face, character) != 0;
}

int Font::index() const {
  return static_cast<int>(implementation_->face->face_index & 0xffff);
}

ShapedRun Font::shape(const std::u32string& text, double size) {
  implementation_->setSize(size);
  hb_buffer_t* buffer = hb_buffer_create();
  static_assert(sizeof(char32_t) == sizeof(std::uint32_t));
  std::vector<std::uint32_t> characters(text.begin(), text.end());
  hb_buffer_add_utf32(buffer, characters.data(), static_cast<int>(characters.size()), 0,
                      static_cast<int>(characters.size()));
  hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
  hb_buffer_guess_segment_properties(buffer);
  hb_shape(implementation_->shaper, buffer, nullptr, 0);

  unsigned count = 0;
  const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer, &count);
  const hb_glyph_position_t* positions = hb_buffer_get_glyph_positions(buffer, &count);
  ShapedRun run;
  for (unsigned i = 0; i < count; ++i) {
    run.glyphs.push_back(
        {infos[i].codepoint, run.advance + positions[i].x_offset / 64.0, positions[i].y_offset / 64.0});
    run.advance += positions[i].x_advance / 64.0;
  }
  hb_buffer_destroy(buffer);
  return run;
}

GlyphBitmap Font::rasterise(std::uint32_t glyph, double size, double shift, bool isTurned) {
  Implementation& self = *implementation_;
  self.setSize(size);
  checkFreeType(FT_Load_Glyph(self.face, glyph, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP), "FT_Load_Glyph",
                self.path);
  FT_GlyphSlot slot = self.face->glyph;
  if (slot->format == FT_GLYPH_FORMAT_OUTLINE) {
    if (isTurned) {
      FT_Matrix quarter{0, -0x10000, 0x10000, 0};
      FT_Outline_Transform(&slot->outline, &quarter);
    }
    const auto by = static_cast<FT_Pos>(std::lround(64 * shift));
    FT_Outline_Translate(&slot->outline, isTurned ? 0 : by, isTurned ? by : 0);
  }
  checkFreeType(FT_Render_Glyph(slot, FT_RENDER_MODE_NORMAL), "FT_Render_Glyph", self.path);

  return bitmapOf(slot);
}

GlyphBitmap Font::distanceField(std::uint32_t glyph) {
  Implementation& self = *implementation_;
  self.setSize(kFieldSize);
  checkFreeType(FT_Load_Glyph(self.face, glyph, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP), "FT_Load_Glyph",
                self.path);
  FT_GlyphSlot slot = self.face->glyph;
  // By way of a bitmap: strokes of many fonts overlap, and distances to hidden pieces of outline would show.
  checkFreeType(FT_Render_Glyph(slot, FT_RENDER_MODE_NORMAL), "FT_Render_Glyph", self.path);
  if (slot->bitmap.width == 0 || slot->bitmap.rows == 0) return {};
  checkFreeType(FT_Render_Glyph(slot, FT_RENDER_MODE_SDF), "FT_Render_Glyph (distance field)", self.path);
  return bitmapOf(slot);
}

double Font::ascent() const {
  return static_cast<double>(implementation_->face->ascender) / implementation_->face->units_per_EM;
}
double Font::descent() const {
  return -static_cast<double>(implementation_->face->descender) / implementation_->face->units_per_EM;
}

}  // namespace aula::render
