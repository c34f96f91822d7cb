// SPDX-License-Identifier: Apache-2.0
#include "lab/file/document.h"

#include <gtest/gtest.h>

#include <string>

#include "lab_text.h"

namespace aula::lab {
namespace {

TEST(Document, KeepsTheFilesOrder) {
  Diagnostics diagnostics("t");
  const Value root =
      parseDocument("{\"b\": 1, \"a\": [true, null, -2.5, \"x\"], \"c\": {}}", "t", diagnostics);
  ASSERT_EQ(root.members.size(), 3U);
  EXPECT_EQ(root.members[0].key, "b");
  EXPECT_EQ(root.members[1].key, "a");
  EXPECT_EQ(root.members[2].key, "c");
  EXPECT_EQ(root.find("b")->whole, 1);
  ASSERT_EQ(root.find("a")->elements.size(), 4U);
  EXPECT_EQ(root.find("a")->elements[2].number, -2.5);
  EXPECT_EQ(root.find("none"), nullptr);
  EXPECT_FALSE(diagnostics.hasErrors());
}

TEST(Document, SaysWhereItBreaks) {
  EXPECT_EQ(problemsOf("{\n  \"aula\": 1,\n  \"title\"\n}"),
            "t: line 4, column 1: this is not valid JSON: unexpected '}'; expected ':'");
  EXPECT_EQ(problemsOf("{\"aula\": [1, 2"),
            "t: line 1, column 15: the text ends too early: unexpected end of input; expected ']'");
  EXPECT_EQ(problemsOf("aula: 1\n"),
            "t: line 1, column 1: a lab file is JSON and begins with {; \"aula: 1\" stands here");
  EXPECT_EQ(
      problemsOf("{\n  aula: 1}"),
      "t: line 2, column 3: this is not valid JSON: keys stand between double quotes, {\"key\": value}");
  EXPECT_EQ(problemsOf("{\"video\": True}"),
            "t: line 1, column 11: this is not valid JSON: True is written true in it");
  EXPECT_EQ(problemsOf("\xFF\xFE{\xC3"), "t: the text is UTF-16; save the file in UTF-8");
  EXPECT_EQ(problemsOf(std::string("{\0\n\0", 4)), "t: the text is UTF-16; save the file in UTF-8");
  EXPECT_EQ(problemsOf("\x89PNG"), "t: this is no text; a lab file is JSON in UTF-8 and begins with {");
  EXPECT_EQ(problemsOf(""), "t: the file is empty");
  EXPECT_EQ(problemsOf(" \n\t"), "t: the file is empty");
  EXPECT_EQ(problemsOf("{\"aula\": NaN}"),
            "t: line 1, column 10: this is not valid JSON: NaN is not a number a lab file may hold");
  EXPECT_EQ(problemsOf("{\"aula\": -Infinity}"),
            "t: line 1, column 11: this is not valid JSON: -Infinity is not a number a lab file may hold");
  EXPECT_EQ(problemsOf("{\"aula\": 1e999}"), "t: line 1, column 14: the number '1e999' is too large");
  // Columns count characters: the two Chinese ones are six bytes.
  EXPECT_EQ(problemsOf("{\"\xE5\x8F\x8C\xE7\xBC\x9D\": \xFF}"),
            "t: line 1, column 8: the text is not UTF-8; save the file in UTF-8");
  EXPECT_EQ(problemsOf("[1]"), "t: a lab file is an object {...}; an array stands here");
}

TEST(Document, IsBounded) {
  EXPECT_EQ(problemsOf(std::string(5 << 20, ' ')), "t: the file is larger than 4 MiB");
  EXPECT_EQ(problemsOf(std::string(100000, '[')), "t: objects and arrays are nested deeper than 64 levels");
  EXPECT_EQ(problemsOf("{\"a\": \"" + std::string(70000, 'x') + "\"}"), "t: a: a text is longer than 64 KiB");
  EXPECT_EQ(problemsOf("{\"" + std::string(300, 'k') + "\": 1}"),
            "t: the key \"" + std::string(30, 'k') + "...\" is longer than 256 bytes");

  std::string array = "{\"a\": [0";
  for (int i = 0; i < 65536; ++i) array += ",0";
  EXPECT_EQ(problemsOf(array + "]}"), "t: a[65536]: an array holds more than 65536 entries");

  std::string many = "{\"a\": [[0]";
  for (int i = 0; i < 9; ++i) {
    many += ",[0";
    for (int j = 0; j < 30000; ++j) many += ",0";
    many += "]";
  }
  EXPECT_EQ(problemsOf(many + "]}"), "t: a[7][19986]: the file holds more than 200000 values");

  std::string keys = "{\"k\": 0";
  for (int i = 0; i < 1024; ++i) keys += ", \"k" + std::to_string(i) + "\": 0";
  EXPECT_EQ(problemsOf(keys + "}"), "t: k1023: an object holds more than 1024 keys");
}

TEST(Document, RefusesAKeyTwice) {
  EXPECT_EQ(problemsOf(labText("{\"kind\": \"test\", \"kind\": \"other\"}")),
            "t: simulation.kind: this key stands twice in the same object; remove one");
}

TEST(Document, WritesPaths) {
  EXPECT_EQ(joinPath("", "a"), "a");
  EXPECT_EQ(joinPath("a", "b-c"), "a.b-c");
  EXPECT_EQ(joinPath("a", "two words"), "a[\"two words\"]");
  EXPECT_EQ(joinPath("a", "\x1B[2J"), "a[\"\\x1B[2J\"]");
}

}  // namespace
}  // namespace aula::lab
