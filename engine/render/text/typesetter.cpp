// SPDX-License-Identifier: Apache-2.0
#include "render/text/typesetter.h"

#include <algorithm>
#include <cmath>

namespace aula::render {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

/// Chinese, Japanese and Korean text may be broken between any two of its characters.
bool isIdeograph(char32_t c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFF00 && c <= 0xFFEF) || c >= 0x20000;
}
/// What must not begin a line.
bool isClosing(char32_t c) {
  constexpr char32_t kClosing[] = {U'，', U'。', U'、', U'：', U'；', U'！', U'？', U'）',
                                   U'》', U'”',  U'’',  U',',  U'.',  U')',  U':',  U';'};
  return std::find(std::begin(kClosing), std::end(kClosing), c) != std::end(kClosing);
}

std::u32string trimmed(const std::u32string& text) {
  const std::size_t begin = text.find_first_not_of(U' ');
  if (begin == std::u32string::npos) return {};
  return text.substr(begin, text.find_last_not_of(U' ') - begin + 1);
}

}  // namespace

std::u32string decodeUtf8(const std::string& text) {
  std::u32string characters;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80       ? 1
                               : lead >> 5 == 6  ? 2
                               : lead >> 4 == 14 ? 3
                               : lead >> 3 == 30 ? 4
                                                 : 0;
    char32_t c = length == 1 ? lead : length == 0 ? 0 : lead & (0x7FU >> length);
    std::size_t good = length > 0 ? 1 : 0;
    while (good > 0 && good < length && i + good < text.size() &&
           (static_cast<unsigned char>(text[i + good]) & 0xC0) == 0x80) {
      c = c << 6 | (static_cast<unsigned char>(text[i + good]) & 0x3FU);
      ++good;
    }
    // Truncated, overlong, a surrogate or beyond Unicode: one mark for the first byte, then on.
    constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
    if (length == 0 || good != length || c < kLeast[length] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
      characters += kReplacement;
      ++i;
      continue;
    }
    characters += c < U' ' || c == 0x7F ? U' ' : c;
    i += length;
  }
  return characters;
}

std::string encodeUtf8(const std::u32string& text) {
  std::string bytes;
  for (const char32_t c : text) {
    if (c < 0x80) {
      bytes += static_cast<char>(c);
      continue;
    }
    const int rest = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    constexpr char32_t kLead[] = {0, 0xC0, 0xE0, 0xF0};
    bytes += static_cast<char>(kLead[rest] | c >> (6 * rest));
    for (int k = rest - 1; k >= 0; --k) bytes += static_cast<char>(0x80U | (c >> (6 * k) & 0x3FU));
  }
  return bytes;
}

Typesetter::Typesetter() {
  const FontFiles files = findFontFiles(fontFolders());
  for (const FontFile& file : files.regular) fonts_.emplace_back(file);
  for (const FontFile& file : files.bold) fonts_.emplace_back(file);
}

std::vector<Typesetter::Run> Typesetter::runs(const std::u32string& text, Weight weight) const {
  const int half = static_cast<int>(fonts_.size()) / 2;
  const int first = weight == Weight::bold ? half : 0;
  std::vector<Run> runs;
  for (const char32_t c : text) {
    int font = first;
    for (int k = first; k < first + half; ++k) {
      if (fonts_[static_cast<std::size_t>(k)].has(c)) {
        font = k;
        break;
      }
    }
    if (runs.empty() || runs.back().font != font) runs.push_back({font, {}});
    runs.back().text += c;
  }
  return runs;
}

std::u32string Typesetter::missing(const std::string& text) const {
  std::u32string lacking;
  for (const char32_t c : decodeUtf8(text)) {
    if (std::none_of(fonts_.begin(), fonts_.end(), [c](const Font& f) { return f.has(c); })) lacking += c;
  }
  return lacking;
}

double Typesetter::width(const std::u32string& text, const TextStyle& style) {
  double sum = 0;
  for (const Run& run : runs(text, style.weight))
    sum += fonts_[static_cast<std::size_t>(run.font)].shape(run.text, style.size).advance;
  return sum;
}

double Typesetter::width(const std::string& text, const TextStyle& style) {
  return width(decodeUtf8(text), style);
}

std::vector<PlacedGlyph> Typesetter::place(const std::string& text, const TextStyle& style, double x,
                                           double y, bool isTurned) {
  std::vector<PlacedGlyph> placed;
  double pen = 0;
  for (const Run& run : runs(decodeUtf8(text), style.weight)) {
    Font& font = fonts_[static_cast<std::size_t>(run.font)];
    const ShapedRun shaped = font.shape(run.text, style.size);
    for (const ShapedGlyph& glyph : shaped.glyphs) {
      // Along the line to a quarter pixel, across it to a whole one.
      const double along = pen + glyph.x;
      const double penX = isTurned ? x - glyph.y : x + along;
      const double penY = isTurned ? y - along : y - glyph.y;
      const double fine = isTurned ? -penY : penX;
      const double whole = std::floor(fine + 0.125);
      const int quarter = std::clamp(static_cast<int>(std::floor((fine + 0.125 - whole) * 4)), 0, 3);
      const GlyphKey key{run.font, glyph.glyph, static_cast<int>(std::lround(style.size * 64)), quarter,
                         isTurned};
      const AtlasGlyph* picture = atlas_.find(key);
      if (picture == nullptr)
        picture = &atlas_.add(key, font.rasterise(glyph.glyph, style.size, quarter / 4.0, isTurned));
      if (picture->width == 0) continue;
      const int originX = isTurned ? static_cast<int>(std::lround(penX)) : static_cast<int>(whole);
      const int originY = isTurned ? static_cast<int>(-whole) : static_cast<int>(std::lround(penY));
      placed.push_back({*picture, originX + picture->left, originY - picture->top});
    }
    pen += shaped.advance;
  }
  return placed;
}

std::vector<PlacedField> Typesetter::placeField(const std::string& text, const TextStyle& style, double x,
                                                double y) {
  std::vector<PlacedField> placed;
  const double scale = style.size / Font::kFieldSize;
  double pen = x;
  for (const Run& run : runs(decodeUtf8(text), style.weight)) {
    Font& font = fonts_[static_cast<std::size_t>(run.font)];
    // Shaped at the field's size: advances then scale exactly.
    const ShapedRun shaped = font.shape(run.text, Font::kFieldSize);
    for (const ShapedGlyph& glyph : shaped.glyphs) {
      const GlyphKey key{run.font, glyph.glyph, 64 * Font::kFieldSize, 0, false};
      const AtlasGlyph* field = fields_.find(key);
      if (field == nullptr) field = &fields_.add(key, font.distanceField(glyph.glyph));
      if (field->width == 0) continue;
      placed.push_back({*field, pen + scale * (glyph.x + field->left), y - scale * (glyph.y + field->top),
                        scale * field->width, scale * field->height});
    }
    pen += scale * shaped.advance;
  }
  return placed;
}

std::vector<std::string> Typesetter::wrap(const std::string& text, const TextStyle& style, double limit,
                                          std::size_t most) {
  std::u32string rest = trimmed(decodeUtf8(text));
  std::vector<std::string> lines;
  while (!rest.empty() && lines.size() < most) {
    // The longest beginning that fits, cut back to where a break is allowed.
    std::size_t fits = rest.size();
    if (width(rest, style) > limit) {
      std::size_t low = 0, high = rest.size();
      while (high - low > 1) {
        const std::size_t middle = (low + high) / 2;
        (width(rest.substr(0, middle), style) <= limit ? low : high) = middle;
      }
      fits = std::max<std::size_t>(low, 1);
      const bool isLast = lines.size() + 1 == most;
      if (isLast) {
        std::u32string cut = rest.substr(0, fits);
        while (!cut.empty() && width(cut + U"…", style) > limit) cut.pop_back();
        lines.push_back(encodeUtf8(trimmed(cut) + U"…"));
        return lines;
      }
      std::size_t at = fits;
      while (at > 0 && !(rest[at] == U' ' || rest[at - 1] == U' ' ||
                         ((isIdeograph(rest[at]) || isIdeograph(rest[at - 1])) && !isClosing(rest[at])))) {
        --at;
      }
      if (at > 0) fits = at;
    }
    lines.push_back(encodeUtf8(trimmed(rest.substr(0, fits))));
    rest = trimmed(rest.substr(fits));
  }
  return lines;
}

}  // namespace aula::render
