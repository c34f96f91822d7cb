// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "end_to_end/process.h"

using aula::test::Outcome;
using aula::test::runAula;
using aula::test::runProgram;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

namespace {

const std::vector<std::string> kCommands{"run",   "view",   "render",     "check",  "labs",
                                         "bench", "doctor", "completion", "version"};

TEST(Usage, WithoutWordsHelpIsShown) {
  const Outcome outcome = runAula({});
  EXPECT_EQ(outcome.code, 0);
  for (const std::string& command : kCommands) EXPECT_THAT(outcome.out, HasSubstr("\n  " + command));
  EXPECT_EQ(outcome.err, "");
}

TEST(Usage, EveryCommandTeachesByExamples) {
  for (const std::string& command : kCommands) {
    const Outcome outcome = runAula({command, "--help"});
    EXPECT_EQ(outcome.code, 0) << command;
    EXPECT_THAT(outcome.out, HasSubstr("Examples:\n  ")) << command;
    EXPECT_THAT(outcome.out, HasSubstr("aula " + command)) << command;
    EXPECT_EQ(outcome.err, "") << command;
  }
}

TEST(Usage, MisspeltCommandIsAnsweredWithTheNearest) {
  const Outcome outcome = runAula({"rum", "double-slit"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(
      outcome.err,
      HasSubstr(
          "\"rum\" is not a command; there are run, view, render, check, labs, bench, doctor, completion and "
          "version. Did you mean \"run\"?\n"));
}

TEST(Usage, MisspeltOptionIsAnsweredWithTheNearest) {
  const Outcome outcome = runAula({"run", "double-slit", "--thread", "2"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(
      outcome.err,
      HasSubstr(
          "option \"--thread\" is not known; did you mean \"--threads\"? (aula run --help lists them)\n"));
}

TEST(Usage, UnknownOptionWithoutANeighbour) {
  const Outcome outcome = runAula({"labs", "--frobnicate"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("option \"--frobnicate\" is not known (aula labs --help lists them)\n"));
}

TEST(Usage, OneWordTooMany) {
  const Outcome outcome = runAula({"run", "double-slit", "cavity"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err,
              HasSubstr("\"cavity\" is one word too many (aula run --help shows what is expected)\n"));
}

TEST(Usage, MissingLab) {
  for (const std::string command : {"run", "check"}) {
    const Outcome outcome = runAula({command});
    EXPECT_EQ(outcome.code, 2) << command;
    EXPECT_THAT(outcome.err, HasSubstr("LAB is required (aula " + command + " --help)\n"));
  }
}

TEST(Usage, ControlCharactersOfAMisspeltWordDoNotReachTheTerminal) {
  const Outcome outcome = runAula({"\x1b[31mred"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, testing::Not(HasSubstr("\x1b[31m")));
}

TEST(Version, ForPeopleAndForPrograms) {
  const Outcome people = runAula({"version"});
  EXPECT_EQ(people.code, 0);
  EXPECT_THAT(people.out, StartsWith("aula "));
  const Outcome programs = runAula({"version", "--json"});
  EXPECT_EQ(programs.code, 0);
  const auto json = nlohmann::json::parse(programs.out);
  EXPECT_THAT(people.out, HasSubstr(json.at("version").get<std::string>()));
  EXPECT_THAT(json.at("simulations").get<std::vector<std::string>>(), testing::Contains("fdtd"));
  EXPECT_EQ(runAula({"--version"}).out, "aula " + json.at("version").get<std::string>() + "\n");
}

TEST(Completion, BashCompletesCommandsOptionsAndValues) {
  const Outcome script = runAula({"completion", "bash"});
  ASSERT_EQ(script.code, 0);
  const auto complete = [&](const std::string& line, int index) {
    return runProgram({"bash", "-c",
                       script.out + "\nCOMP_WORDS=(" + line + "); COMP_CWORD=" + std::to_string(index) +
                           "; _aula; printf '%s\\n' \"${COMPREPLY[@]}\""})
        .out;
  };
  EXPECT_EQ(complete("aula ver", 1), "version\n");
  EXPECT_EQ(complete("aula run --thr", 2), "--threads\n");
  EXPECT_EQ(complete("aula run --device ref", 3), "reference\n");
  EXPECT_EQ(complete("aula labs --lang z", 3), "zh\n");
}

TEST(Completion, EveryShellsScriptNamesEveryCommand) {
  for (const std::string shell : {"bash", "zsh", "fish"}) {
    const Outcome outcome = runAula({"completion", shell});
    EXPECT_EQ(outcome.code, 0);
    for (const std::string& command : kCommands) EXPECT_THAT(outcome.out, HasSubstr(command)) << shell;
  }
}

TEST(Completion, UnknownShell) {
  const Outcome outcome = runAula({"completion", "tcsh"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("completion for \"tcsh\" is not there; there are bash, zsh and fish\n"));
}

TEST(Output, AFullDiskBehindStandardOutputIsAFailure) {
  const Outcome outcome = runProgram({"bash", "-c", aula::test::programPath() + " version > /dev/full"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("cannot write to standard output\n"));
}

}  // namespace
