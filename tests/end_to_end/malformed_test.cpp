// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <sstream>

#include "end_to_end/process.h"

// What somebody gets for a lab file with a mistake, from the program itself: the files and messages are those
// of tests/unit/lab_file/malformed, whose test explains them.
using namespace aula::test;
namespace fs = std::filesystem;

namespace {

/// A copy of the malformed labs to work in, so that a file written beside them is seen.
class Malformed : public testing::Test {
 protected:
  Malformed() {
    fs::copy(fs::path(AULA_SOURCE_DIR) / "tests/unit/lab_file/malformed", folder_.path(),
             fs::copy_options::recursive);
    for (const std::string& file : listFolder(folder_.path())) {
      if (file.ends_with(kEnding)) names_.push_back(file.substr(0, file.size() - kEnding.size()));
    }
    before_ = listFolder(folder_.path());
  }

  /// `aula WORD NAME.lab.json --set ... MORE...` where the file lies.
  [[nodiscard]] std::vector<std::string> words(const std::string& word, const std::string& name,
                                               const std::vector<std::string>& more = {}) const {
    std::vector<std::string> all{programPath(), word, name + kEnding};
    std::istringstream settings(readText(folder_ / (name + ".set")));
    for (std::string line; std::getline(settings, line);) all.insert(all.end(), {"--set", line});
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  [[nodiscard]] Start here() const { return {folder_.path(), {}, 20}; }
  void expectMessage(const std::string& name, const Outcome& outcome) const {
    EXPECT_EQ(outcome.code, 2) << name;
    EXPECT_EQ(outcome.out, "") << name;
    EXPECT_EQ(outcome.err, "error: " + readText(folder_ / (name + ".expected"))) << name;
  }
  void expectNothingWritten() const { EXPECT_EQ(listFolder(folder_.path()), before_); }

  const std::string kEnding = ".lab.json";
  TemporaryFolder folder_;
  std::vector<std::string> names_, before_;
};

TEST_F(Malformed, CheckSaysWhatIsWrongInEveryFileAndWritesNothing) {
  ASSERT_GE(names_.size(), 150U);
  // A few at a time: most of each start is waiting for the loader.
  constexpr std::size_t kAtATime = 4;
  for (std::size_t first = 0; first < names_.size(); first += kAtATime) {
    const std::size_t end = std::min(names_.size(), first + kAtATime);
    std::vector<std::unique_ptr<Process>> processes;
    for (std::size_t i = first; i < end; ++i)
      processes.push_back(std::make_unique<Process>(words("check", names_[i]), here()));
    for (std::size_t i = first; i < end; ++i) expectMessage(names_[i], processes[i - first]->wait());
  }
  expectNothingWritten();
}

TEST_F(Malformed, RunSaysTheSameBeforeAnythingIsWritten) {
  for (const char* name :
       {"cell-is-time", "courant-too-large", "empty", "expression-power-tower", "measurement-of-nothing",
        "more-than-listed", "not-json", "png-file", "set-out-of-range", "set-unknown-knob"}) {
    expectMessage(name, runProgram(words("run", name, {"--out", "out"}), here()));
  }
  expectNothingWritten();
}

struct Mistake {
  std::vector<std::string> words;  ///< After `aula check` and after `aula run ... --out out`.
  const char* message;
};

TEST_F(Malformed, WordsOfTheCommandLineThatCannotBeMeant) {
  fs::copy(fs::path(AULA_SOURCE_DIR) / "tests/unit/lab_file/right.lab.json", folder_ / "right.lab.json");
  fs::create_directory(folder_ / "folder");
  before_ = listFolder(folder_.path());
  const Mistake mistakes[] = {
      {{"right.lab.json", "--set", "gap"},
       "--set \"gap\" is not NAME=VALUE, for example --set wavelength=\"650 nm\""},
      {{"right.lab.json", "--set", "=1 um"},
       "--set \"=1 um\" is not NAME=VALUE, for example --set wavelength=\"650 nm\""},
      {{"right.lab.json", "--set", "gap="}, "right.lab.json: --set gap: \"\": there is no value"},
      {{"right.lab.json", "--set", "gap=1 umm"},
       "right.lab.json: --set gap: \"umm\" is no unit we know; did you mean \"um\"?"},
      {{"right.lab.json", "--set", "gap=\"1 um\""}, "right.lab.json: --set gap: "},
      {{"right.lab.json", "--set", "gap=1e999 um"}, "right.lab.json: --set gap: "},
      {{"right.lab.json", "--set", "gap=" + std::string(100000, '9') + " um"}, "right.lab.json: --set gap: "},
      {{"folder"}, "\"folder\" is a folder; name a lab file in it"},
      {{"folder/right.lab.json"}, "there is no file \"folder/right.lab.json\""},
      {{"nothing-of-this-name"}, "there is no lab and no file \"nothing-of-this-name\""},
      {{""}, "there is no lab and no file \"\""},
  };
  for (const Mistake& mistake : mistakes) {
    for (const char* word : {"check", "run"}) {
      std::vector<std::string> all{programPath(), word};
      all.insert(all.end(), mistake.words.begin(), mistake.words.end());
      if (std::string(word) == "run") all.insert(all.end(), {"--out", "out"});
      const Outcome outcome = runProgram(all, here());
      EXPECT_EQ(outcome.code, 2) << testing::PrintToString(mistake.words);
      EXPECT_EQ(outcome.out, "");
      EXPECT_TRUE(outcome.err.starts_with("error: " + std::string(mistake.message))) << outcome.err;
      EXPECT_LT(outcome.err.size(), 1000U) << "more than anybody reads";
    }
  }
  expectNothingWritten();
}

}  // namespace
