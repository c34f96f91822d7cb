// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "core/io/checkpoint.h"
#include "lab/session/hand.h"
#include "lab/session/running_lab.h"
#include "unit/molecular_lab/small_lab.h"

namespace aula::tests {
namespace {

namespace hand = lab::hand;

const char* kInstruments =
    R"("knobs": {"warmth": {"default": "200 K", "unit": "K", "range": ["50 K", "600 K"], "live": true}},
       "instruments": {
         "energy": {"kind": "thermodynamics", "every": "40 fs"},
         "speeds": {"kind": "speeds", "every": "40 fs"},
         "g": {"kind": "radial_distribution", "every": "40 fs"},
         "msd": {"kind": "displacement", "every": "40 fs", "span": "0.2 ps", "fit_from": "0 ps", "fit_to": "0.2 ps"},
         "v": {"kind": "velocity_correlation", "every": "8 fs", "span": "0.08 ps"},
         "pull": {"kind": "pull", "every": "20 fs"},
         "far": {"kind": "geometry", "every": "40 fs", "points": ["index 1", "index 2"]}},
       "scene": {"measures": [{"points": ["index 1", "index 2"]}]})";

std::string labText() {
  return smallLab(
      R"("system": {"gas": {"species": "argon", "count": 32, "box": ["3 nm", "3 nm", "3 nm"]}},
         "dynamics": {"time_step": "4 fs", "integrator": "velocity_verlet", "temperature": "warmth", "temperature_coupling": "0.5 ps"})",
      kInstruments);
}

compute::DeviceChoice reference() {
  compute::DeviceChoice device;
  device.kind = compute::DeviceKind::reference;
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

TEST(MolecularRun, InstrumentsKeepTheirShapesAndUnits) {
  const lab::CheckedLab checked = checkedLab(labText());
  lab::RunningLab running(checked, reference());
  running.sample();
  advance(running, 60);
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
  // In SI: 32 argon atoms of 39.948 u in 27 nm^3.
  EXPECT_NEAR(dataOf(data, "energy", "density").values.front(), 32 * 39.948 * 1.66053906660e-27 / 27e-27,
              1e-6);
  EXPECT_NEAR(dataOf(data, "energy", "volume").values.front(), 27e-27, 1e-35);
  EXPECT_EQ(dataOf(data, "energy", "temperature").axes[0].values.at(1), 40e-15);
  // Kinetic energy and temperature tell the same: 3 N - 3 degrees of freedom.
  EXPECT_NEAR(dataOf(data, "energy", "kinetic").values.front(),
              0.5 * 93 * 8.31446261815324 * dataOf(data, "energy", "temperature").values.front(), 1e-6);
}

TEST(MolecularRun, ViewsAreInMetres) {
  const lab::CheckedLab checked = checkedLab(labText());
  lab::RunningLab running(checked, reference());
  const scene::Frame frame = running.publish("en");
  bool hasAtoms = false, hasBox = false, hasRuler = false;
  for (const scene::View& view : frame.views) {
    if (const auto* atoms = std::get_if<scene::ParticlesView>(&view)) {
      hasAtoms = true;
      ASSERT_EQ(atoms->positions->size(), 32U);
      for (const scene::Float3& p : *atoms->positions) {
        EXPECT_GE(p.x, 0);
        EXPECT_LE(p.x, 3.0001e-9F);
      }
      // Bondi's radius of argon.
      EXPECT_NEAR(atoms->radii->front(), 0.188e-9F, 1e-14F);
    }
    hasBox = hasBox || (std::get_if<scene::LinesView>(&view) != nullptr && scene::nameOf(view) == "box");
    hasRuler = hasRuler || std::get_if<scene::RulerView>(&view) != nullptr;
  }
  EXPECT_TRUE(hasAtoms && hasBox && hasRuler);
}

TEST(MolecularRun, GoesOnFromACheckpointWithTheSameBits) {
  const lab::CheckedLab checked = checkedLab(labText());
  lab::RunningLab whole(checked, reference());
  whole.sample();
  advance(whole, 20);
  EXPECT_EQ(whole.apply({20, "warmth", 400}), "");
  EXPECT_EQ(whole.apply({20, hand::kTakeParticle, 3}), "");
  EXPECT_EQ(whole.apply({20, hand::kX, 2e-9}), "");
  advance(whole, 10);
  core::MemoryCheckpoint checkpoint;
  {
    core::CheckpointWriter writer(checkpoint);
    whole.save(writer);
  }
  advance(whole, 30);
  lab::RunningLab resumed(checked, reference());
  core::CheckpointReader reader(checkpoint);
  resumed.load(reader);
  EXPECT_EQ(resumed.step(), 30);
  advance(resumed, 30);
  EXPECT_EQ(allNumbers(resumed), allNumbers(whole));
  // The pull is still there and has done work.
  EXPECT_GT(dataOf(resumed.data(), "pull", "force").values.back(), 0);
}

TEST(MolecularRun, ADragIsShownMeasuredAndLetGo) {
  const lab::CheckedLab checked = checkedLab(labText());
  lab::RunningLab running(checked, reference());
  running.sample();
  advance(running, 10);
  EXPECT_EQ(running.apply({10, hand::kTakeParticle, 0}), "");
  EXPECT_EQ(running.apply({10, hand::kStiffness, 1.0}), "");
  EXPECT_EQ(running.apply({10, hand::kZ, 2.5e-9}), "");
  bool hasArrow = false, hasLabel = false;
  for (const scene::View& view : running.publish("en").views) {
    hasArrow = hasArrow || std::get_if<scene::GlyphsView>(&view) != nullptr;
    if (const auto* label = std::get_if<scene::LabelView>(&view))
      hasLabel = hasLabel || label->text.find(" pN") != std::string::npos;
  }
  EXPECT_TRUE(hasArrow && hasLabel);
  advance(running, 20);
  const auto data = running.data();
  const double force = dataOf(data, "pull", "force").values.back(),
               distance = dataOf(data, "pull", "distance").values.back();
  // Hooke's law in SI: 1 N/m times nanometres is nanonewtons; at most the usual limit of 10 nN.
  EXPECT_NEAR(force, std::min(1.0 * distance, 6022 * 1.66053906717e-12), 1e-3 * force);
  EXPECT_EQ(running.apply({30, hand::kLetGo, 0}), "");
  advance(running, 10);
  EXPECT_EQ(dataOf(running.data(), "pull", "force").values.back(), 0);
}

TEST(MolecularRun, AHandIsAnsweredWhenItCannotBe) {
  const lab::CheckedLab checked = checkedLab(labText());
  lab::RunningLab running(checked, reference());
  EXPECT_EQ(running.apply({0, hand::kTakeParticle, 32}),
            "\"pull.particle\" cannot be changed so: pull.particle takes the number of a particle that the "
            "picture shows, "
            "from 0; the change asked for at step 0 was left out");
  EXPECT_EQ(
      running.apply({0, "pull.nonsense", 1}),
      "\"pull.nonsense\" cannot be changed while this lab runs; the change asked for at step 0 was left out");
  EXPECT_NE(running.apply({0, hand::kStiffness, -1}).find("takes a value above 0"), std::string::npos);
}

TEST(MolecularRun, AKnobLetsAveragesBeginAnew) {
  const lab::CheckedLab checked = checkedLab(labText());
  lab::RunningLab running(checked, reference());
  running.sample();
  advance(running, 30);
  const auto before = dataOf(running.data(), "msd", "msd").values.size();
  EXPECT_GT(before, 1U);
  EXPECT_EQ(running.apply({30, "warmth", 300}), "");
  EXPECT_TRUE(dataOf(running.data(), "msd", "msd").values.empty());
  // A course over time goes on.
  EXPECT_EQ(dataOf(running.data(), "energy", "temperature").values.size(), 4U);
}

}  // namespace
}  // namespace aula::tests
