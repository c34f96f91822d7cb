// SPDX-License-Identifier: Apache-2.0
#include "lab/session/checked_lab.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.h"
#include "support/pendulum.h"

namespace aula::lab {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string replaced(const std::string& from, const std::string& to) {
  std::string text = test::kPendulumLab;
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string problemsOf(const std::string& json) {
  try {
    static_cast<void>(checkLab(Lab::readText(json, "p.lab.json"), test::pendulumRegistry()));
  } catch (const core::Error& error) {
    EXPECT_EQ(error.fault(), core::Fault::input);
    return error.what();
  }
  return "none";
}

TEST(CheckLab, acceptsTheSample) {
  EXPECT_EQ(problemsOf(test::kPendulumLab), "none");
}

TEST(CheckLab, namesAnUnknownKindAndDoesNotBlameItsKeys) {
  const std::string problems = problemsOf(replaced("\"pendulum\"", "\"pendolum\""));
  EXPECT_THAT(problems, AllOf(HasSubstr("simulation.kind"), HasSubstr("did you mean \"pendulum\"?"),
                              Not(HasSubstr("count"))));
}

TEST(CheckLab, namesWhatAMeasurementCannotFind) {
  EXPECT_THAT(problemsOf(replaced("\"instrument\": \"probe\"", "\"instrument\": \"prope\"")),
              AllOf(HasSubstr("measurements.swing.instrument"), HasSubstr("did you mean \"probe\"?"),
                    HasSubstr("there are probe and chain"), Not(HasSubstr("unknown key"))));
  EXPECT_THAT(problemsOf(replaced("\"dataset\": \"angle\"", "\"dataset\": \"speed\"")),
              AllOf(HasSubstr("measurements.swing.dataset"), HasSubstr("there are angle")));
  EXPECT_THAT(problemsOf(replaced("\"unit\": \"deg\"", "\"unit\": \"nm\"")),
              AllOf(HasSubstr("measurements.swing.unit"), HasSubstr("is a unit of a length")));
  EXPECT_THAT(problemsOf(replaced("\"reduce\": \"maximum\"", "\"reduce\": \"maximun\"")),
              HasSubstr("maximum"));
  EXPECT_THAT(problemsOf(replaced("swing / (1 rad)", "swings / (1 rad)")),
              HasSubstr("measurements.ratio.value"));
  EXPECT_THAT(problemsOf(replaced("\"unit\": \"deg\"",
                                  "\"unit\": \"deg\", \"expected\": \"1 m\", \"tolerance\": \"2 %\"")),
              HasSubstr("measurements.swing.expected"));
  EXPECT_THAT(problemsOf(replaced("\"unit\": \"deg\"", "\"unit\": \"deg\", \"expected\": \"10 deg\"")),
              HasSubstr("an expected value needs one"));
  EXPECT_THAT(problemsOf(replaced("\"unit\": \"deg\"", "\"unit\": \"deg\", \"reduces\": 1")),
              HasSubstr("measurements.swing.reduces"));
}

TEST(CheckLab, asksWhichAxisToGoAlong) {
  const std::string chain = replaced("\"instrument\": \"probe\"", "\"instrument\": \"chain\"");
  EXPECT_THAT(problemsOf(chain),
              AllOf(HasSubstr("measurements.swing.along"), HasSubstr("has the axes time and x")));
}

TEST(CheckLab, namesAStructureThatIsNotThere) {
  const std::string lab =
      replaced("\"title\":", R"("activities": [{"id": "q", "kind": "question", "text": "?",
      "answer": {"kind": "structure", "structure": "ulna"}}], "title":)");
  EXPECT_THAT(problemsOf(lab),
              AllOf(HasSubstr("activities[0].answer.structure: \"ulna\" is no structure of this lab"),
                    HasSubstr("simulations of kind \"pendulum\" have none")));
}

TEST(CheckLab, tellsSeveralProblemsAtOnce) {
  std::string json = replaced("\"count\": 24", "\"count\": 0");
  json.replace(json.find("\"interval\": 3"), 13, "\"interval\": -3");
  EXPECT_THAT(problemsOf(json),
              AllOf(HasSubstr("simulation.count"), HasSubstr("instruments.probe.interval")));
}

}  // namespace
}  // namespace aula::lab
