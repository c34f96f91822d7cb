// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "physics/labs/lab_run.h"

namespace aula::tests {
namespace {

/// Every measurement with an expectation must meet it within the tolerance that the lab file states.
void expectMeasurementsHold(const lab::RunRecord& record, std::size_t atLeast) {
  std::size_t checked = 0;
  for (const lab::MeasurementResult& result : record.results) {
    EXPECT_EQ(result.problem, "") << result.name;
    if (!result.expected) continue;
    ++checked;
    ASSERT_FALSE(result.values.empty()) << result.name;
    EXPECT_TRUE(result.isMet().value_or(false))
        << result.name << ": measured " << result.values.front() << " " << result.unit << ", expected "
        << result.expected->front();
  }
  EXPECT_GE(checked, atLeast);
}

TEST(MolecularLabs, ArgonGasHoldsWhatItPromises) {
  expectMeasurementsHold(runLab("molecular/argon-gas"), 2);
}

// A minute together on two cores.

TEST(LongMolecularLabs, ArgonMeltsAsRahmanFound) {
  expectMeasurementsHold(runLab("molecular/argon-liquid"), 3);
}

TEST(LongMolecularLabs, WaterHoldsWhatItPromises) {
  expectMeasurementsHold(runLab("molecular/water"), 3);
}

TEST(LongMolecularLabs, AlanineDipeptideHoldsWhatItPromises) {
  expectMeasurementsHold(runLab("molecular/alanine-dipeptide"), 1);
}

TEST(LongMolecularLabs, SaltHoldsWhatItPromises) {
  expectMeasurementsHold(runLab("molecular/salt"), 2);
}

TEST(LongMolecularLabs, HelixHoldsWhatItPromises) {
  expectMeasurementsHold(runLab("molecular/helix"), 2);
}

TEST(LongMolecularLabs, GasOfOtherAtomsNumberAndTemperatureFollowsTheVirialToo) {
  expectMeasurementsHold(runLab("molecular/argon-gas", {{"temperature", "500 K"}, {"atoms", "128"}}), 3);
}

}  // namespace
}  // namespace aula::tests
