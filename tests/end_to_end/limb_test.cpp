// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "end_to_end/process.h"

using namespace aula::test;
using testing::HasSubstr;

namespace {

TEST(LimbLab, RunsFromTheProgramsOwnLabsAndMeetsItsMeasurements) {
  TemporaryFolder folder;
  const Outcome outcome =
      runAula({"run", "elbow-flexion", "--no-picture", "--no-report", "--out", "arm"}, {folder.path(), {}});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const auto summary = nlohmann::json::parse(readText(folder / "arm" / "summary.json"));
  EXPECT_EQ(summary.at("lab"), "elbow-flexion");
  for (const auto& [name, result] : summary.at("results").items()) {
    if (!result.contains("expected")) continue;
    EXPECT_NEAR(result.at("value").get<double>(), result.at("expected").get<double>(),
                result.at("tolerance").get<double>())
        << name;
  }
}

TEST(LimbLab, AnUnknownMuscleEndsWithTwoAndItsPlace) {
  TemporaryFolder folder;
  std::ofstream(folder / "arm.lab.json")
      << R"({"aula": 1, "title": "Arm", "simulation": {"kind": "limb", "excitation": {"bicep_brachii": 1}}, "run": {"duration": "1 s"}})";
  const Outcome outcome = runAula({"check", "arm.lab.json"}, {folder.path(), {}});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err,
              HasSubstr("simulation.excitation.bicep_brachii: is no muscle of this arm; did you mean "
                        "\"biceps_brachii\"?"));
}

}  // namespace
