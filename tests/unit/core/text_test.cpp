// SPDX-License-Identifier: Apache-2.0
#include "core/text.h"

#include <gtest/gtest.h>

namespace aula::core {
namespace {

TEST(Text, FindsWhereUtf8Breaks) {
  EXPECT_FALSE(invalidUtf8At("plain").has_value());
  EXPECT_FALSE(invalidUtf8At("\xE5\x8F\x8C\xE7\xBC\x9D \xC3\xA9 \xF0\x9F\x94\xAC").has_value());
  EXPECT_EQ(invalidUtf8At("ab\xFF"), 2U);
  EXPECT_EQ(invalidUtf8At("a\x80"), 1U);             // A tail without a lead.
  EXPECT_EQ(invalidUtf8At("\xC3"), 0U);              // Cut short.
  EXPECT_EQ(invalidUtf8At("\xC0\xAF"), 0U);          // Overlong slash.
  EXPECT_EQ(invalidUtf8At("\xE0\x80\xAF"), 0U);      // The same in three bytes.
  EXPECT_EQ(invalidUtf8At("\xED\xA0\x80"), 0U);      // A surrogate.
  EXPECT_EQ(invalidUtf8At("\xF4\x90\x80\x80"), 0U);  // Above U+10FFFF.
  EXPECT_EQ(invalidUtf8At("\xF0\x8F\xBF\xBF"), 0U);  // Overlong in four bytes.
}

TEST(Text, IsShownWithoutActing) {
  EXPECT_EQ(quoted("20 nm"), "\"20 nm\"");
  EXPECT_EQ(quoted("\x1B[31mred\n"), "\"\\x1B[31mred\\x0A\"");
  EXPECT_EQ(quoted("\xC2\x9B"), "\"\\xC2\\x9B\"");  // A C1 control: some terminals obey it.
  EXPECT_EQ(quoted("a\xFF"), "\"a\\xFF\"");
  EXPECT_EQ(quoted("\xC3\xA9"), "\"\xC3\xA9\"");
  EXPECT_EQ(quoted("abcdef", 3), "\"abc...\"");
}

TEST(Text, SuggestsTheNearestWord) {
  const std::vector<std::string> words = {"permittivity", "permeability", "conductivity", "name"};
  EXPECT_EQ(nearestWord("permitivity", words), "permittivity");
  EXPECT_EQ(nearestWord("Permeability", words), "permeability");
  EXPECT_EQ(nearestWord("naem", words), "name");  // Neighbours swapped count once.
  EXPECT_FALSE(nearestWord("colour", words).has_value());
  EXPECT_FALSE(nearestWord("x", {"y"}).has_value());
  EXPECT_FALSE(nearestWord("anything", {}).has_value());
}

TEST(Text, CountsEdits) {
  EXPECT_EQ(editDistance("abc", "abc"), 0);
  EXPECT_EQ(editDistance("abc", "acb"), 1);
  EXPECT_EQ(editDistance("abc", "ABC"), 1.5);
  EXPECT_EQ(editDistance("", "abc"), 3);
  EXPECT_EQ(editDistance("kitten", "sitting"), 3);
}

TEST(Text, ListsWords) {
  EXPECT_EQ(listed({}), "");
  EXPECT_EQ(listed({"a"}), "a");
  EXPECT_EQ(listed({"a", "b", "c"}), "a, b or c");
  EXPECT_EQ(listed({"a", "b"}, "and"), "a and b");
}

}  // namespace
}  // namespace aula::core
