// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "desktop/model/markdown.h"

namespace {

using namespace aula::desktop;
using Kind = TextBlock::Kind;

std::string plain(const TextBlock& block) {
  std::string text;
  for (const TextRun& run : block.runs) text += run.text;
  return text;
}

TEST(DesktopLesson, BlocksOfEveryKind) {
  const auto blocks = parseMarkdown(
      "# Title\n\nFirst line\nsecond line.\n\n- one\n- two\n  - deeper\n3. three\n\n---\n```\na  b\n```\n");
  ASSERT_EQ(blocks.size(), 8U);
  EXPECT_EQ(blocks[0].kind, Kind::heading);
  EXPECT_EQ(blocks[0].level, 1);
  EXPECT_EQ(plain(blocks[1]), "First line second line.");
  EXPECT_EQ(blocks[2].kind, Kind::item);
  EXPECT_EQ(blocks[4].level, 1);
  EXPECT_EQ(blocks[5].kind, Kind::numberedItem);
  EXPECT_EQ(blocks[5].number, 3);
  EXPECT_EQ(blocks[6].kind, Kind::rule);
  EXPECT_EQ(blocks[7].kind, Kind::code);
  EXPECT_EQ(plain(blocks[7]), "a  b");
}

TEST(DesktopLesson, EmphasisLinksAndWhatIsNeither) {
  const auto runs =
      parseMarkdown("**Idea.** an *easy* `x*y` [page](https://a.b) and 2 * 3 * 4, snake_case_name")
          .at(0)
          .runs;
  ASSERT_GE(runs.size(), 7U);
  EXPECT_TRUE(runs[0].isBold);
  EXPECT_EQ(runs[0].text, "Idea.");
  EXPECT_TRUE(runs[2].isItalic);
  EXPECT_TRUE(runs[4].isCode);
  EXPECT_EQ(runs[4].text, "x*y");
  EXPECT_EQ(runs[6].link, "https://a.b");
  EXPECT_EQ(runs[7].text, " and 2 * 3 * 4, snake_case_name");
}

TEST(DesktopLesson, ChineseLinesJoinWithoutASpace) {
  EXPECT_EQ(plain(parseMarkdown("光的\n干涉").at(0)), "光的干涉");
  EXPECT_EQ(plain(parseMarkdown("light\nwave").at(0)), "light wave");
}

TEST(DesktopLesson, EveryShippedLessonReadsWithoutMarksLeftOver) {
  int count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(AULA_SOURCE_DIR "/labs")) {
    if (entry.path().extension() != ".md") continue;
    ++count;
    std::ifstream file(entry.path());
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    for (const TextBlock& block : parseMarkdown(text))
      EXPECT_EQ(plain(block).find("**"), std::string::npos) << entry.path() << ": " << plain(block);
  }
  EXPECT_GE(count, 20);
}

TEST(DesktopLesson, AnyBytesAreRead) {
  std::mt19937 random(1);
  const std::string alphabet = "*_`[]()#-1. \n\\a光";
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (unsigned i = 0; i < random() % 60; ++i) text += alphabet[random() % alphabet.size()];
    (void)parseMarkdown(text);
  }
}

}  // namespace
