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

TEST(Labs, DoubleSlitHoldsWhatItPromises) {
  expectMeasurementsHold(runLab("double-slit"), 2);
}

TEST(Labs, DipoleRadiationHoldsWhatItPromises) {
  expectMeasurementsHold(runLab("dipole-radiation"), 2);
}

TEST(Labs, SlabHoldsWhatItPromises) {
  expectMeasurementsHold(runLab("slab"), 3);
}

TEST(Labs, SlabFollowsItsKnobs) {
  expectMeasurementsHold(
      runLab("slab", {{"thickness", "220 nm"}, {"refractive_index", "1.5"}, {"wavelength", "500 nm"}}), 3);
}

TEST(Labs, CavityHoldsWhatItPromises) {
  expectMeasurementsHold(runLab("cavity"), 1);
}

TEST(Labs, WaveguideHoldsAboveItsCutoff) {
  expectMeasurementsHold(runLab("waveguide-cutoff"), 1);
}

TEST(Labs, WaveguideHoldsBelowItsCutoff) {
  const lab::RunRecord record = runLab("waveguide-cutoff", {{"frequency", "0.8 GHz"}});
  expectMeasurementsHold(record, 1);
  // Nothing travels: the field decays by more than it turns.
  const double attenuation = dataOf(record, "axis", "attenuation").values.at(0);
  const double wavenumber = dataOf(record, "axis", "wavenumber").values.at(0);
  EXPECT_GT(attenuation, 10 * wavenumber);
}

}  // namespace
}  // namespace aula::tests
