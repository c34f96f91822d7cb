// SPDX-License-Identifier: Apache-2.0
#include "desktop/ui/font_set.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "core/error.h"
#include "desktop/words.h"
#include "render/text/font.h"
#include "render/text/font_files.h"

namespace aula::desktop {
namespace {

/// Of the body text, in units; everything else is in proportion.
constexpr float kBody = 16;

void addRange(std::set<ImWchar>& characters, unsigned from, unsigned to) {
  for (unsigned c = from; c <= to; ++c) characters.insert(static_cast<ImWchar>(c));
}

/// The characters of the Basic Multilingual Plane in UTF-8 text; what is broken is passed over.
std::vector<ImWchar> charactersOf(const std::string& text) {
  std::vector<ImWchar> characters;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    unsigned code = length == 1 ? lead : lead & (0xffU >> (length + 1));
    for (std::size_t k = 1; k < length && i + k < text.size(); ++k)
      code = (code << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3fU);
    if (code >= 0x20 && code <= 0xffff) characters.push_back(static_cast<ImWchar>(code));
    i += length;
  }
  return characters;
}

std::vector<unsigned char> bytesOf(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary | std::ios::ate);
  std::vector<unsigned char> bytes(stream ? static_cast<std::size_t>(stream.tellg()) : 0);
  stream.seekg(0);
  stream.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  if (!stream || bytes.empty())
    throw core::Error("Cannot read the font " + file.string() +
                      ". Reinstall it, or set AULA_FONT_DIR to a folder with another.");
  return bytes;
}

}  // namespace

FontSet::FontSet() {
  // Two faces are enough: one that sets the text and one that lends what it lacks.
  const render::FontFiles files = render::findFontFiles(render::fontFolders());
  const auto load = [](const std::vector<render::FontFile>& all, std::vector<Face>& faces) {
    for (std::size_t i = 0; i < std::min<std::size_t>(all.size(), 2); ++i)
      faces.push_back({bytesOf(all[i].path), render::Font(all[i]).index()});
  };
  load(files.regular, regular_);
  load(files.bold, bold_);
  addRange(characters_, 0x20, 0x7e);
  addRange(characters_, 0xa0, 0x17f);
  addRange(characters_, 0x391, 0x3c9);
  want(allWords());
  want("–—‘’“”…•·×÷±≈≠≤≥→←↑↓√∞∂∇∫∑°′″⁰¹²³⁴⁵⁶⁷⁸⁹⁻₀₁₂₃₄₅₆₇₈₉−µΩ‰ℏ，。：；？！（）、《》“”");
}

FontSet::~FontSet() = default;

bool FontSet::want(const std::string& text) {
  const std::size_t before = characters_.size();
  for (const ImWchar c : charactersOf(text)) characters_.insert(c);
  isStale_ = isStale_ || characters_.size() != before;
  return isStale_;
}

Fonts FontSet::build(float scale) {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.Clear();
  atlas.Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
  ranges_.clear();
  // The largest size writes titles and numbers for a projector: Latin and the words are enough.
  Fonts fonts;
  fonts.body = add(regular_, kBody * scale, characters_);
  fonts.small = add(regular_, 13.5F * scale, characters_);
  fonts.bold = add(bold_, kBody * scale, characters_);
  fonts.title = add(bold_, 20 * scale, characters_);
  fonts.huge = add(bold_, 34 * scale, characters_);
  ImGui::GetIO().FontDefault = fonts.body;
  atlas.Build();
  isStale_ = false;
  return fonts;
}

ImFont* FontSet::add(const std::vector<Face>& faces, float pixels, const std::set<ImWchar>& characters) {
  std::vector<ImWchar>& ranges = ranges_.emplace_back();
  for (auto c = characters.begin(); c != characters.end();) {
    const ImWchar from = *c;
    ImWchar to = from;
    while (++c != characters.end() && *c == to + 1) to = *c;
    ranges.push_back(from);
    ranges.push_back(to);
  }
  ranges.push_back(0);
  ImFont* font = nullptr;
  for (const Face& face : faces) {
    ImFontConfig config;
    config.FontNo = face.index;
    config.FontDataOwnedByAtlas = false;
    config.MergeMode = font != nullptr;
    // The largest sizes need no finer grid; small ones gain from it.
    config.OversampleH = pixels < 24 ? 2 : 1;
    config.OversampleV = 1;
    config.PixelSnapH = false;
    // The pointer is only read from; the interface predates const.
    font = ImGui::GetIO().Fonts->AddFontFromMemoryTTF(const_cast<unsigned char*>(face.bytes.data()),
                                                      static_cast<int>(face.bytes.size()), std::round(pixels),
                                                      &config, ranges.data());
  }
  return font;
}

}  // namespace aula::desktop
