// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "core/io/checkpoint.h"
#include "lab/session/catalogue.h"
#include "lab/session/running_lab.h"
#include "unit/anatomy_airways/small_lab.h"

namespace aula::tests {
namespace {

const char* kRest =
    R"("knobs": {"slack": {"default": 0, "unit": "1", "range": [0, 1], "live": true},
                 "open": {"default": 1, "unit": "1", "range": [0, 1], "live": true},
                 "share": {"default": 0.005, "unit": "1", "range": [0.002, 0.01]}},
       "instruments": {"breath": {"kind": "spirometer", "every": "40 ms"}, "blow": {"kind": "spirometry"},
                       "lobes": {"kind": "ventilation"}, "pipes": {"kind": "airways"}},
       "scene": {"colour_by": "ventilation", "generations": 6, "pleura": true})";

std::string labText() {
  return smallBreath(
      R"("terminal_share": "share", "emphysema": "slack", "bronchi": {"lobar_bronchus_right_inferior": "open"},
         "pattern": {"forced": {"start": "1 s", "inspiration": "1.5 s", "expiration": "3 s"}})",
      kRest);
}

compute::DeviceChoice cpu() {
  compute::DeviceChoice device;
  device.kind = compute::DeviceKind::cpu;
  device.threads = 1;
  return device;
}

void advance(lab::RunningLab& running, std::int64_t steps) {
  const std::int64_t end = running.step() + steps;
  while (running.step() < end) {
    running.simulation().advance(running.nextSample(end) - running.step());
    running.sample();
  }
}

std::vector<double> allNumbers(const lab::RunningLab& running) {
  std::vector<double> all;
  for (const auto& [name, datasets] : running.data())
    for (const auto& dataset : datasets) all.insert(all.end(), dataset.values.begin(), dataset.values.end());
  return all;
}

const lab::Dataset& dataOf(const lab::InstrumentData& data, const std::string& instrument,
                           const std::string& dataset) {
  for (const auto& [name, datasets] : data)
    for (const lab::Dataset& candidate : datasets)
      if (name == instrument && candidate.name == dataset) return candidate;
  throw std::runtime_error("no dataset " + instrument + "/" + dataset);
}

TEST(BreathingRun, InstrumentsKeepTheirShapesAndUnits) {
  const lab::CheckedLab checked = checkedBreath(labText());
  lab::RunningLab running(checked, cpu());
  running.sample();
  for (const int steps : {0, 300}) {
    advance(running, steps);
    const auto outlines = checked.plan->instruments();
    const auto data = running.data();
    ASSERT_EQ(outlines.size(), data.size());
    for (std::size_t i = 0; i < data.size(); ++i) {
      ASSERT_EQ(outlines[i].datasets.size(), data[i].second.size()) << data[i].first;
      for (std::size_t d = 0; d < data[i].second.size(); ++d) {
        const lab::Dataset& dataset = data[i].second[d];
        EXPECT_EQ(outlines[i].datasets[d].name, dataset.name);
        EXPECT_EQ(outlines[i].datasets[d].unit, dataset.unit);
        std::size_t size = 1;
        for (const lab::Axis& axis : dataset.axes) {
          size *= axis.values.size();
          EXPECT_TRUE(std::is_sorted(axis.values.begin(), axis.values.end())) << dataset.name;
        }
        EXPECT_EQ(dataset.values.size(), size) << data[i].first << "/" << dataset.name;
      }
    }
  }
  // Every 40 ms over 3 s, both ends included.
  EXPECT_EQ(dataOf(running.data(), "breath", "flow").values.size(), 76U);
}

TEST(BreathingRun, VolumeIsTheSumOfFlowAndOfLobes) {
  const lab::CheckedLab checked = checkedBreath(labText());
  lab::RunningLab running(checked, cpu());
  running.sample();
  advance(running, 400);
  const auto data = running.data();
  const auto& volume = dataOf(data, "breath", "volume").values;
  double lobes = 0;
  for (const char* lobe :
       {"right_superior", "right_middle", "right_inferior", "left_superior", "left_inferior"})
    lobes += dataOf(data, "lobes", std::string("volume_") + lobe).values.back();
  EXPECT_NEAR(lobes, volume.back(), 1e-15);
  EXPECT_GT(dataOf(data, "blow", "fvc").values[0], 2e-3);
}

TEST(BreathingRun, GoesOnFromACheckpointWithTheSameBits) {
  const lab::CheckedLab checked = checkedBreath(labText());
  lab::RunningLab whole(checked, cpu());
  whole.sample();
  advance(whole, 90);
  EXPECT_EQ(whole.apply({90, "slack", 0.4}), "");
  EXPECT_EQ(whole.apply({90, "open", 0.2}), "");
  advance(whole, 60);
  core::MemoryCheckpoint checkpoint;
  {
    core::CheckpointWriter writer(checkpoint);
    whole.save(writer);
  }
  advance(whole, 300);
  lab::RunningLab resumed(checked, cpu());
  core::CheckpointReader reader(checkpoint);
  resumed.load(reader);
  EXPECT_EQ(resumed.step(), 150);
  advance(resumed, 300);
  EXPECT_EQ(allNumbers(resumed), allNumbers(whole));
}

TEST(BreathingRun, KnobsActWhileItRuns) {
  const lab::CheckedLab checked = checkedBreath(labText());
  lab::RunningLab running(checked, cpu());
  running.sample();
  advance(running, 20);
  const double before = dataOf(running.data(), "pipes", "total_resistance").values[0];
  EXPECT_EQ(running.apply({20, "open", 0.0}), "");
  // A quarter of the lungs is shut off: the air's other ways resist more, the mouth's third of all stays.
  const double after = dataOf(running.data(), "pipes", "total_resistance").values[0];
  EXPECT_GT(after, 1.05 * before);
  EXPECT_LT(after, 1.5 * before);
  advance(running, 60);
  // The blocked lobe gets nothing from now on.
  EXPECT_LT(dataOf(running.data(), "lobes", "share_right_inferior").values[0], 1e-6);
  EXPECT_EQ(running.apply({80, "share", 0.004}),
            "\"share\" cannot be changed while this lab runs; the change asked for at step 80 was left out");
}

TEST(BreathingRun, ViewsBearTheCataloguesIds) {
  const lab::CheckedLab checked = checkedBreath(labText());
  lab::RunningLab running(checked, cpu());
  const auto catalogue = checked.plan->catalogue();
  ASSERT_NE(catalogue, nullptr);
  std::set<std::string> seen, labelled;
  double top = 0;
  for (const scene::View& view : running.publish("en").views) {
    if (const auto* mesh = std::get_if<scene::MeshView>(&view)) {
      EXPECT_NE(catalogue->find(mesh->name), nullptr) << mesh->name;
      seen.insert(mesh->name);
    }
    if (const auto* label = std::get_if<scene::LabelView>(&view)) {
      EXPECT_TRUE(label->hasLeader);
      EXPECT_NE(catalogue->find(label->structure), nullptr);
      EXPECT_NE(label->text, label->structure);  // The session put the name in.
      labelled.insert(label->structure);
      top = std::max(top, label->position.z);
    }
  }
  for (const lab::Structure& structure : catalogue->all())
    EXPECT_EQ(seen.contains(structure.id), structure.isDrawn) << structure.id;
  EXPECT_GT(labelled.size(), 8U);
  EXPECT_LT(top, 0.2);
}

TEST(BreathingRun, TheDiaphragmDescendsAsLungsFill) {
  const lab::CheckedLab checked = checkedBreath(labText());
  lab::RunningLab running(checked, cpu());
  const auto low = [&] {
    for (const scene::View& view : running.publish("en").views)
      if (const auto* mesh = std::get_if<scene::MeshView>(&view);
          mesh != nullptr && mesh->name == "diaphragm")
        return mesh->instances.at(0).point({0.05, 0.02, -0.105}).z;
    return 0.0;
  };
  const double atRest = low();
  // At 2.5 s the lungs are full.
  advance(running, 250);
  // Radiography finds 5 to 10 cm between the ends, from rest to full some two thirds of that (Kantarci and
  // others 2004: 5 cm).
  EXPECT_LT(low(), atRest - 0.03);
  EXPECT_GT(low(), atRest - 0.09);
}

}  // namespace
}  // namespace aula::tests
