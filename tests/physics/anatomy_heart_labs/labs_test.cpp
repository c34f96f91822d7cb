// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>

#include "anatomy/kind/kinds.h"
#include "lab/lab.h"
#include "lab/session/checked_lab.h"
#include "lab/session/session.h"

namespace aula::tests {
namespace {

lab::RunRecord runHeart(const std::string& name,
                        const std::vector<std::pair<std::string, std::string>>& knobs = {},
                        double until = 0) {
  lab::Registry registry;
  registry.add(anatomy::makeHeartKind());
  const std::string file = std::string(AULA_SOURCE_DIR) + "/labs/anatomy/" + name + ".lab.json";
  lab::SessionOptions options;
  options.device.kind = compute::DeviceKind::cpu;
  options.frames = 0;
  options.until = until;
  lab::Session session(lab::checkLab(lab::Lab::read(file, knobs), registry), options);
  return session.run();
}

const lab::MeasurementResult& resultOf(const lab::RunRecord& record, const std::string& name) {
  for (const lab::MeasurementResult& result : record.results)
    if (result.name == name) return result;
  ADD_FAILURE() << name;
  return record.results.front();
}

void expectMeasurementsHold(const lab::RunRecord& record) {
  for (const lab::MeasurementResult& result : record.results) {
    EXPECT_EQ(result.problem, "") << result.name;
    if (!result.expected || result.values.empty()) continue;
    EXPECT_TRUE(result.isMet().value_or(false))
        << result.name << ": measured " << result.values.front() << " " << result.unit << ", expected "
        << result.expected->front();
  }
}

TEST(HeartLabs, HaveTheirLessonsInFourLanguages) {
  for (const char* name : {"ventricular-activation", "re-entry-and-defibrillation"})
    for (const char* language : {"en", "zh", "fr", "es"})
      EXPECT_TRUE(std::filesystem::exists(std::string(AULA_SOURCE_DIR) + "/labs/anatomy/" + name + "." +
                                          language + ".md"));
}

TEST(HeartLabs, ASecondStimulusAtTheRightTimeGoesRound) {
  // The lab's first 900 ms: the first wave has died at about 600, the second goes on.
  const lab::RunRecord record = runHeart("re-entry-and-defibrillation", {}, 0.9);
  std::size_t looked = 0;
  for (const auto& [name, datasets] : record.data)
    for (const lab::Dataset& dataset : datasets) {
      if (name != "wall" || dataset.name != "excited") continue;
      for (std::size_t i = 0; i < dataset.values.size(); ++i) {
        if (dataset.axes[0].values[i] < 0.68) continue;
        ++looked;
        EXPECT_GT(dataset.values[i], 0.01) << dataset.axes[0].values[i];
      }
    }
  EXPECT_GT(looked, 50U);
}

TEST(LongHeartLabs, VentricularActivationHoldsWhatItPromises) {
  expectMeasurementsHold(runHeart("ventricular-activation"));
  expectMeasurementsHold(runHeart("ventricular-activation", {{"left_branch_blocked", "1"}}));
  expectMeasurementsHold(runHeart("ventricular-activation", {{"right_branch_blocked", "1"}}));
  expectMeasurementsHold(runHeart("ventricular-activation", {{"left_anterior_blocked", "1"}}));
}

TEST(LongHeartLabs, ReEntryPersistsAndAShockEndsIt) {
  expectMeasurementsHold(runHeart("re-entry-and-defibrillation"));
  // Without a shock it goes on to the end.
  const lab::RunRecord unshocked = runHeart("re-entry-and-defibrillation", {{"shock_strength", "0 V/s"}});
  EXPECT_GT(resultOf(unshocked, "last_excited").values.front(), 2390);
  // A stimulus when all has recovered makes no re-entry.
  const lab::RunRecord late =
      runHeart("re-entry-and-defibrillation", {{"s2_time", "700 ms"}, {"shock_strength", "0 V/s"}});
  EXPECT_LT(resultOf(late, "last_excited").values.front(), 1500);
}

}  // namespace
}  // namespace aula::tests
