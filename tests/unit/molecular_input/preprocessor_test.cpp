// SPDX-License-Identifier: Apache-2.0
#include "molecular/input/preprocessor.h"

#include <gtest/gtest.h>

#include "unit/molecular_input/files.h"

using namespace aula;
using namespace aula::molecular;
using test::Files;

namespace {

std::string joined(const Preprocessed& source) {
  std::string text;
  for (const SourceLine& line : source.lines) text += source.place(line) + " " + line.text + "\n";
  return text;
}

std::string processed(const Files& files) {
  return joined(preprocess("top", test::optionsOf(files)));
}

TEST(Preprocessor, DropsCommentsAndJoinsContinuedLines) {
  EXPECT_EQ(processed({{"top", "; all of it\n a b ; rest\r\n\n c \\ ; more\n d\\\n  e\nf"}}),
            "top:2 a b\ntop:4 c  d e\ntop:7 f\n");
}

TEST(Preprocessor, ReplacesWholeWordsAlsoWithinWhatTheyStandFor) {
  EXPECT_EQ(
      processed(
          {{"top", "#define k 5.0 two\n#define two 2\n#define flag\nk k2 (k) two-x flag\n#undef two\nk"}}),
      "top:4 5.0 2 k2 (5.0 2) 2-x flag\ntop:6 5.0 two\n");
}

TEST(Preprocessor, TakesBranches) {
  EXPECT_EQ(
      processed({{"top",
                  "#define A\n#ifdef A\n1\n#ifdef B\n2\n#else\n3\n#endif\n#else\n4\n#ifndef B\n5\n#endif\n"
                  "#endif\n#ifndef A\n6\n#include \"absent\"\n#endif\n7"}}),
      "top:3 1\ntop:7 3\ntop:19 7\n");
}

TEST(Preprocessor, IncludesBesideTheFileThenFromFolders) {
  Files files{{"dir/top", "#include \"a\"\n#include <a>\n#include \"b\"\nend"},
              {"dir/a", "beside"},
              {"lib/a", "library"},
              {"lib/b", "#include \"sub/c\"\nN"},
              {"lib/sub/c", "#define N 3\n#include \"d\""},
              {"lib/sub/d", "deep"}};
  PreprocessorOptions options = test::optionsOf(files);
  options.includeFolders = {"lib"};
  EXPECT_EQ(joined(preprocess("dir/top", options)),
            "dir/a:1 beside\nlib/a:1 library\nlib/sub/d:1 deep\nlib/b:2 3\ndir/top:4 end\n");
}

TEST(Preprocessor, KnowsWhatIsDefinedFromOutside) {
  PreprocessorOptions options = test::optionsOf({{"top", "#ifdef FLEXIBLE\nyes K\n#endif"}});
  options.defines = {{"FLEXIBLE", ""}, {"K", "1000"}};
  const Preprocessed source = preprocess("top", options);
  EXPECT_EQ(joined(source), "top:2 yes 1000\n");
  EXPECT_EQ(source.defines.at("K"), "1000");
}

TEST(Preprocessor, SaysWhatIsWrongAndWhere) {
  const auto message = [](const Files& files) { return test::messageOf([&] { (void)processed(files); }); };
  EXPECT_EQ(message({}), "top: there is no such file");
  EXPECT_EQ(message({{"top", "a\n#include \"x.itp\""}}),
            "top:2: the included file \"x.itp\" was not found in .");
  EXPECT_EQ(message({{"top", "#include x.itp"}}),
            "top:1: #include needs a file name in \"...\" or <...>; found \"x.itp\"");
  EXPECT_EQ(message({{"top", "#include \"a\""}, {"a", "\n#include \"./top\""}}),
            "a:2: #include of ./top goes in a circle: that file is being read already");
  EXPECT_EQ(message({{"top", "#ifdef A\n#else\n#else\n#endif"}}),
            "top:3: a second #else for the condition opened at top:1");
  EXPECT_EQ(message({{"top", "#endif"}}), "top:1: #endif without an #ifdef or #ifndef before it");
  EXPECT_EQ(message({{"top", "#ifdef A\n#include \"a\"\n#ifndef B"}}),
            "top: ends before the #endif of the condition opened at top:3");
  EXPECT_EQ(message({{"top", "#ifndef A\n#include \"a\"\n#endif"}, {"a", "#endif"}}),
            "a:1: #endif without an #ifdef or #ifndef before it");
  EXPECT_EQ(
      message({{"top", "#if 1"}}),
      "top:1: #if is not known; allowed are #include, #define, #undef, #ifdef, #ifndef, #else and #endif");
  EXPECT_EQ(message({{"top", "#define"}}), "top:1: #define needs a name");
  EXPECT_EQ(message({{"top", "#define a b\n#define b a\na"}}),
            "top:3: the macro \"a\" is defined by itself, in a circle");
  EXPECT_EQ(message({{"top", std::string("\xFF\xFE[\0", 4)}}),
            "top: is UTF-16 text; save it as UTF-8 or plain ASCII");
  EXPECT_EQ(message({{"top", std::string("a\0b", 3)}}),
            "top: is not text: byte 2 is zero (a binary file, or UTF-16)");
}

TEST(Preprocessor, BoundsWhatFewLinesCanAskFor) {
  // Each macro twice the one before: 2^40 bytes from 41 lines.
  std::string laughs = "#define m0 ha\n";
  for (int n = 1; n <= 14; ++n)
    laughs += "#define m" + std::to_string(n) + " m" + std::to_string(n - 1) + " m" + std::to_string(n - 1) +
              " m" + std::to_string(n - 1) + "\n";
  EXPECT_EQ(test::messageOf([&] {
              (void)processed({{"top", laughs + "m14"}});
            }),
            "top:16: the line is longer than 65536 bytes");
  Files files;
  for (int n = 0; n < 40; ++n)
    files[n == 0 ? "top" : "f" + std::to_string(n)] =
        "#include \"f" + std::to_string(n + 1) + "\"\n#include \"f" + std::to_string(n + 1) + "\"";
  files["f40"] = "end";
  EXPECT_EQ(test::messageOf([&] { (void)processed(files); }), "f32:1: includes nest more than 32 deep");
}

}  // namespace
