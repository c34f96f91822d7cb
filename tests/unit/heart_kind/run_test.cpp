// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/io/checkpoint.h"
#include "lab/session/catalogue.h"
#include "lab/session/running_lab.h"
#include "unit/heart_kind/small_heart.h"

namespace aula::tests {
namespace {

compute::DeviceChoice oneThread() {
  compute::DeviceChoice device;
  device.kind = compute::DeviceKind::cpu;
  device.threads = 1;
  return device;
}

/// Every instrument, a beat every 100 ms, knobs for what may be turned.
std::string labText() {
  return smallHeart(
      R"("rate": "rate", "blocks": {"right": "block"}, "excitability": "excitability",
         "stimuli": {"s": {"where": "ball", "at": ["-50 mm", "45 mm", "-45 mm"], "radius": "10 mm", "start": "20 ms", "count": 2, "interval": "30 ms"},
                     "now": {"where": "everywhere", "trigger": "go", "strength": "300 V/s"}})",
      R"("knobs": {"rate": {"default": "10 Hz", "unit": "Hz", "range": ["0 Hz", "10 Hz"], "live": true, "label": "R"},
                   "block": {"default": 0, "unit": "1", "range": [0, 1], "live": true, "label": "B"},
                   "excitability": {"default": 1, "unit": "1", "range": [0.5, 1.5], "live": true, "label": "E"},
                   "go": {"default": 0, "unit": "1", "range": [0, 1], "live": true, "label": "G"}},
         "instruments": {"ecg": {"kind": "ecg", "every": "4 ms"}, "qrs": {"kind": "qrs", "every": "4 ms"},
                         "when": {"kind": "activation", "every": "4 ms"},
                         "v": {"kind": "potential", "at": ["-50 mm", "45 mm", "-45 mm"], "every": "4 ms"},
                         "r": {"kind": "rate", "at": ["-50 mm", "45 mm", "-45 mm"], "every": "4 ms"}},
         "scene": {"detail": "4 mm"})");
}

void advance(lab::RunningLab& running, std::int64_t steps) {
  const std::int64_t end = running.step() + steps;
  while (running.step() < end) {
    const std::int64_t next = running.nextSample(end);
    running.simulation().advance(next - running.step());
    running.sample();
  }
}

std::vector<double> allNumbers(const lab::RunningLab& running) {
  std::vector<double> all;
  for (const auto& [name, datasets] : running.data())
    for (const lab::Dataset& dataset : datasets)
      all.insert(all.end(), dataset.values.begin(), dataset.values.end());
  return all;
}

const lab::Dataset& dataOf(const lab::InstrumentData& data, const std::string& instrument,
                           const std::string& name) {
  for (const auto& [key, datasets] : data)
    if (key == instrument)
      for (const lab::Dataset& dataset : datasets)
        if (dataset.name == name) return dataset;
  ADD_FAILURE() << instrument << "/" << name;
  static const lab::Dataset none;
  return none;
}

TEST(HeartRun, DatasetsAreAsThePlanSays) {
  const lab::CheckedLab checked = checkedHeart(labText());
  lab::RunningLab running(checked, oneThread());
  running.sample();
  advance(running, 100);
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
      for (const lab::Axis& axis : dataset.axes) size *= axis.values.size();
      EXPECT_EQ(dataset.values.size(), size) << data[i].first << "/" << dataset.name;
    }
  }
  // 40 ms, a sample every 4 ms.
  EXPECT_EQ(dataOf(data, "ecg", "v6").values.size(), 11U);
  EXPECT_NEAR(dataOf(data, "v", "potential").values.front(), -0.08, 1e-6);
  // The stimulus at 20 ms excites its place.
  EXPECT_GT(dataOf(data, "v", "potential").values.back(), -0.03);
  // Einthoven, from what was recorded.
  for (std::size_t i = 0; i < 11; ++i)
    EXPECT_NEAR(dataOf(data, "ecg", "i").values[i] + dataOf(data, "ecg", "iii").values[i],
                dataOf(data, "ecg", "ii").values[i], 1e-15);
}

TEST(HeartRun, GoesOnFromACheckpointWithTheSameBits) {
  const lab::CheckedLab checked = checkedHeart(labText());
  lab::RunningLab whole(checked, oneThread());
  whole.sample();
  advance(whole, 60);
  EXPECT_EQ(whole.apply({60, "rate", 8}), "");
  EXPECT_EQ(whole.apply({60, "block", 1}), "");
  EXPECT_EQ(whole.apply({60, "excitability", 0.9}), "");
  advance(whole, 65);
  core::MemoryCheckpoint checkpoint;
  {
    core::CheckpointWriter writer(checkpoint);
    whole.save(writer);
  }
  // Past the second stimulus and the next beat.
  advance(whole, 225);
  lab::RunningLab resumed(checked, oneThread());
  core::CheckpointReader reader(checkpoint);
  resumed.load(reader);
  EXPECT_EQ(resumed.step(), 125);
  advance(resumed, 225);
  EXPECT_EQ(allNumbers(resumed), allNumbers(whole));
  EXPECT_GT(dataOf(whole.data(), "qrs", "each").values.size() + 1, 1U);
}

TEST(HeartRun, DoesNotDependOnTheChunks) {
  const lab::CheckedLab checked = checkedHeart(labText());
  lab::RunningLab one(checked, oneThread()), other(checked, oneThread());
  one.simulation().advance(300);
  for (int i = 0; i < 300; i += 7) other.simulation().advance(std::min(7, 300 - i));
  one.sample();
  other.sample();
  EXPECT_EQ(allNumbers(one), allNumbers(other));
}

TEST(HeartRun, ASwitchThatIsTurnedOnShocksOnce) {
  const lab::CheckedLab checked = checkedHeart(labText());
  lab::RunningLab running(checked, oneThread());
  running.sample();
  EXPECT_EQ(running.apply({0, "go", 1}), "");
  advance(running, 20);
  // 300 V/s for 2 ms: all of the muscle is excited at once.
  EXPECT_GT(dataOf(running.data(), "r", "excited").values.back(), 0.999);
  lab::RunningLab quiet(checked, oneThread());
  quiet.sample();
  EXPECT_EQ(quiet.apply({0, "go", 0.4}), "");
  advance(quiet, 20);
  EXPECT_LT(dataOf(quiet.data(), "r", "excited").values.back(), 0.01);
}

TEST(HeartRun, AHandTouchesAndShocks) {
  const lab::CheckedLab checked = checkedHeart(labText());
  lab::RunningLab running(checked, oneThread());
  running.sample();
  EXPECT_EQ(running.apply({0, "touch.x", -0.05}), "");
  EXPECT_EQ(running.apply({0, "touch.y", 0.045}), "");
  EXPECT_EQ(running.apply({0, "touch.z", -0.045}), "");
  EXPECT_EQ(running.apply({0, "touch.go", 0.012}), "");
  advance(running, 20);
  const double touched = dataOf(running.data(), "r", "excited").values.back();
  EXPECT_GT(touched, 0.005);
  EXPECT_LT(touched, 0.2);
  EXPECT_EQ(running.apply({20, "shock.go", 300}), "");
  advance(running, 20);
  EXPECT_GT(dataOf(running.data(), "r", "excited").values.back(), 0.999);
  EXPECT_NE(running.apply({40, "touch.go", 1}).find("takes a radius from 0.5 mm to 100 mm"),
            std::string::npos);
  EXPECT_NE(running.apply({40, "shock.go", 1e9}).find("takes a strength from -5000 to 5000 V/s"),
            std::string::npos);
  EXPECT_NE(running.apply({40, "touch.gone", 1}).find("cannot be changed while this lab runs"),
            std::string::npos);
}

TEST(HeartRun, BeatsFollowTheRate) {
  const lab::CheckedLab checked = checkedHeart(labText());
  lab::RunningLab running(checked, oneThread());
  // Ten a second at 0.4 ms: a beat every 250 steps. Off, then on again.
  running.sample();
  advance(running, 300);
  EXPECT_EQ(running.apply({300, "rate", 0}), "");
  advance(running, 700);
  const double before = dataOf(running.data(), "when", "share").values[0];
  EXPECT_GT(before, 0);
  EXPECT_EQ(running.apply({1000, "rate", 5}), "");
  advance(running, 30);
  // It came at once; 12 ms later it is still on its way down the bundles, and what the beat before had
  // reached is forgotten.
  EXPECT_EQ(dataOf(running.data(), "when", "share").values[0], 0);
  advance(running, 170);
  EXPECT_GT(dataOf(running.data(), "when", "share").values[0], 0.05);
}

TEST(HeartRun, ViewsBearTheIdsOfTheCatalogue) {
  const lab::CheckedLab checked = checkedHeart(labText());
  lab::RunningLab running(checked, oneThread());
  const auto catalogue = checked.plan->catalogue();
  ASSERT_NE(catalogue, nullptr);
  const scene::Frame frame = running.publish("en");
  std::set<std::string> drawn;
  for (const scene::View& view : frame.views) {
    if (std::get_if<scene::LabelView>(&view) != nullptr) continue;
    drawn.insert(scene::nameOf(view));
    EXPECT_NE(catalogue->find(scene::nameOf(view)), nullptr) << scene::nameOf(view);
  }
  for (const lab::Structure& structure : catalogue->all())
    EXPECT_EQ(drawn.contains(structure.id), structure.isDrawn) << structure.id;
  EXPECT_GE(drawn.size(), 20U);
  // At rest the muscle has one colour.
  for (const scene::View& view : frame.views)
    if (const auto* mesh = std::get_if<scene::MeshView>(&view);
        mesh != nullptr && mesh->name == "left_ventricle") {
      ASSERT_FALSE(mesh->mesh->colours.empty());
      for (const scene::Colour& colour : mesh->mesh->colours) EXPECT_NEAR(colour.red, 0.30F, 0.01F);
    }
}

}  // namespace
}  // namespace aula::tests
