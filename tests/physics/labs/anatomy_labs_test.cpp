// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "physics/labs/lab_run.h"

namespace aula::tests {
namespace {

TEST(AnatomyLabs, ElbowFlexionHoldsWhatItPromises) {
  const lab::RunRecord record = runLab("anatomy/elbow-flexion");
  std::size_t checked = 0;
  for (const lab::MeasurementResult& result : record.results) {
    EXPECT_EQ(result.problem, "") << result.name;
    if (!result.expected) continue;
    ++checked;
    EXPECT_TRUE(result.isMet().value_or(false))
        << result.name << ": " << result.values.at(0) << " " << result.unit;
  }
  EXPECT_EQ(checked, 7U);
  EXPECT_TRUE(record.warnings.empty());
}

TEST(AnatomyLabs, TheArmComesUpAndItsBicepsShortens) {
  const lab::RunRecord record = runLab("anatomy/elbow-flexion");
  const lab::Dataset angle = dataOf(record, "elbow", "angle");
  const lab::Dataset length = dataOf(record, "biceps", "length"),
                     arm = dataOf(record, "biceps", "moment_arm");
  ASSERT_EQ(angle.values.size(), length.values.size());
  EXPECT_GT(angle.values.back(), angle.values.front() + 1);
  EXPECT_LT(length.values.back(), length.values.front() - 0.03);
  // Over the whole motion the length changes by minus the lever arm times the angle: the trapezoidal rule
  // over some 300 samples is good to a thousandth of what it sums.
  double sum = 0;
  for (std::size_t i = 1; i < angle.values.size(); ++i)
    sum -= 0.5 * (arm.values[i] + arm.values[i - 1]) * (angle.values[i] - angle.values[i - 1]);
  EXPECT_NEAR(length.values.back() - length.values.front(), sum, 1e-3 * std::abs(sum));
}

TEST(AnatomyLabs, AHeavierWeightStaysLower) {
  const auto reached = [](const char* weight) {
    return dataOf(runLab("anatomy/elbow-flexion", {{"weight", weight}}), "elbow", "angle").values.back();
  };
  EXPECT_GT(reached("1 kg"), reached("4 kg"));
}

TEST(AnatomyLabs, ARelaxedArmHangs) {
  const lab::RunRecord record = runLab(
      "anatomy/elbow-flexion",
      {{"biceps", "0"}, {"brachialis", "0"}, {"brachioradialis", "0"}, {"start", "60 deg"}}, {}, 12000);
  // Within ten degrees of straight after six seconds: passive pull and least activation keep it a little
  // bent.
  EXPECT_LT(dataOf(record, "elbow", "angle").values.back(), 0.35);
}

}  // namespace
}  // namespace aula::tests
