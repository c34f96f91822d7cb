// SPDX-License-Identifier: Apache-2.0
#include "render/text/typesetter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "core/error.h"
#include "support/scratch_folder.h"

namespace aula::render {
namespace {

TEST(Utf8, ThereAndBack) {
  const std::string text = "Aé λ 双缝 𝛑";
  EXPECT_EQ(encodeUtf8(decodeUtf8(text)), text);
  EXPECT_EQ(decodeUtf8(text).size(), 9U);
}

TEST(Utf8, WhatDoesNotBelongBecomesOneMark) {
  EXPECT_EQ(decodeUtf8("a\xFF"
                       "b"),
            U"a\uFFFDb");
  EXPECT_EQ(decodeUtf8("\xC0\xAF"), U"\uFFFD\uFFFD") << "overlong";
  EXPECT_EQ(decodeUtf8("\xED\xA0\x80"), U"\uFFFD\uFFFD\uFFFD") << "a surrogate";
  EXPECT_EQ(decodeUtf8("\xE5\x8F"), U"\uFFFD\uFFFD") << "cut short";
  EXPECT_EQ(decodeUtf8("a\n\tb"), U"a  b");
}

TEST(Typesetter, KnowsChineseGreekAndAccents) {
  const Typesetter setter;
  EXPECT_EQ(setter.missing("双缝干涉 电场强度 λ = 532 nm, µ, θ, Ω, é è ñ ¿ ü ⁻⁶ ² − · … ×"), U"");
}

TEST(Typesetter, GlyphsAreNotBoxes) {
  // A missing character's box looks the same for every character; these must all differ.
  Typesetter setter;
  std::set<std::vector<std::uint8_t>> pictures;
  const std::vector<std::string> characters = {"双", "缝", "电", "场", "强", "度", "é", "µ", "\uE123"};
  for (const std::string& c : characters) {
    const auto placed = setter.place(c, {32, Weight::regular}, 0, 0, false);
    ASSERT_EQ(placed.size(), 1U) << c;
    const AtlasGlyph& g = placed[0].atlas;
    std::vector<std::uint8_t> picture;
    for (int y = 0; y < g.height; ++y) {
      for (int x = 0; x < g.width; ++x) {
        picture.push_back(
            setter.atlas().texels()[static_cast<std::size_t>((g.y + y) * GlyphAtlas::kWidth + g.x + x)]);
      }
    }
    EXPECT_TRUE(std::any_of(picture.begin(), picture.end(), [](auto v) { return v > 200; }))
        << c << " has no ink";
    pictures.insert(picture);
  }
  EXPECT_EQ(pictures.size(), characters.size());
}

TEST(Typesetter, WidthGrowsInProportion) {
  Typesetter setter;
  const std::string text = "Electric field 电场";
  const double small = setter.width(text, {16, Weight::regular}),
               large = setter.width(text, {64, Weight::regular});
  // Advances are kept to a 64th of a pixel: half of one for each of 17 characters.
  EXPECT_NEAR(large, 4 * small, 4 * 17 * 0.5 / 64);
}

TEST(Typesetter, TurnedTextStandsOnItsEnd) {
  Typesetter setter;
  const auto lying = setter.place("Long", {30, Weight::regular}, 0, 0, false);
  const auto standing = setter.place("Long", {30, Weight::regular}, 0, 0, true);
  ASSERT_EQ(lying.size(), standing.size());
  // Read upwards: the last letter is the highest.
  EXPECT_LT(standing.back().y, standing.front().y);
  EXPECT_EQ(lying.front().atlas.width, standing.front().atlas.height);
}

TEST(Typesetter, WrapBreaksWhereAReaderWould) {
  Typesetter setter;
  const TextStyle style{20, Weight::regular};
  const std::string latin = "The quick brown fox jumps over the lazy dog";
  for (const std::string& line : setter.wrap(latin, style, 200, 9)) {
    EXPECT_LE(setter.width(line, style), 200);
    EXPECT_NE(latin.find(line), std::string::npos) << "words must stay whole: " << line;
  }
  const auto chinese =
      setter.wrap("双缝干涉实验：单色光通过两条狭缝之后形成明暗相间的干涉条纹。", style, 145, 9);
  ASSERT_GT(chinese.size(), 2U);
  for (const std::string& line : chinese) {
    EXPECT_LE(setter.width(line, style), 145);
    EXPECT_NE(line.rfind("：", 0), 0U) << "no mark may begin a line";
    EXPECT_NE(line.rfind("。", 0), 0U);
  }
  const auto cut = setter.wrap(latin, style, 120, 2);
  ASSERT_EQ(cut.size(), 2U);
  EXPECT_THAT(cut[1], testing::EndsWith("…"));
  EXPECT_LE(setter.width(cut[1], style), 120);
  EXPECT_TRUE(setter.wrap("", style, 100, 2).empty());
}

TEST(FontFiles, NoneFoundSaysWhatToInstall) {
  const test::ScratchFolder folder;
  try {
    (void)findFontFiles({folder.path()});
    FAIL() << "a font in an empty folder";
  } catch (const core::Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("apt install fonts-noto-cjk"));
    EXPECT_THAT(error.what(), testing::HasSubstr(folder.path().string()));
  }
}

TEST(FontFiles, ABrokenFontIsNamed) {
  const test::ScratchFolder folder;
  std::ofstream(folder / "DejaVuSans.ttf") << "not a font";
  const FontFiles files = findFontFiles({folder.path()});
  ASSERT_EQ(files.regular.size(), 1U);
  try {
    const Font font(files.regular[0]);
    FAIL() << "text taken for a font";
  } catch (const core::Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("DejaVuSans.ttf"));
  }
}

}  // namespace
}  // namespace aula::render
