// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>

#include "core/io/checkpoint.h"
#include "fdtd/fdtd.h"
#include "lab/lab.h"
#include "unit/fdtd/lab_text.h"

namespace aula::tests {
namespace {

const char* const kInstruments =
    R"("probe": {"kind": "probe", "at": ["0.42 um", "0.13 um"], "components": ["ez", "hx"]},
  "film": {"kind": "slice", "quantity": "poynting", "snapshots": 5},
  "line": {"kind": "spectrum", "from": ["0.5 um", "-0.4 um"], "to": ["0.5 um", "0.4 um"]},
  "power": {"kind": "flux", "box": {"low": ["-0.9 um", "-0.4 um"], "high": ["-0.1 um", "0.4 um"]}})";

struct Running {
  std::shared_ptr<const lab::Lab> lab;
  std::unique_ptr<lab::SimulationPlan> plan;
  std::unique_ptr<lab::Simulation> simulation;

  explicit Running(const std::string& simulationText = "",
                   compute::DeviceKind device = compute::DeviceKind::reference)
      : lab(lab::Lab::readText(labText(simulationText, kInstruments), "test")),
        plan(fdtd::makeFdtdKind()->plan(*lab)) {
    lab->diagnostics().throwIfErrors();
    simulation = plan->build({device, 1});
  }
  /// Steps singly and samples whatever is due, as a session does.
  void advance(int steps) {
    for (int n = 0; n < steps; ++n) {
      for (lab::Instrument* instrument : simulation->instruments()) {
        if (simulation->step() % instrument->interval() == 0) instrument->sample();
      }
      simulation->advance(1);
    }
  }
};

TEST(FdtdSimulation, DataHaveTheShapesThatThePlanAnnounced) {
  Running running;
  running.advance(60);
  const auto outlines = running.plan->instruments();
  const auto instruments = running.simulation->instruments();
  ASSERT_EQ(outlines.size(), instruments.size());
  for (std::size_t i = 0; i < outlines.size(); ++i) {
    EXPECT_EQ(outlines[i].name, instruments[i]->name());
    const auto data = instruments[i]->data();
    ASSERT_EQ(outlines[i].datasets.size(), data.size());
    for (std::size_t d = 0; d < data.size(); ++d) {
      EXPECT_EQ(outlines[i].datasets[d].name, data[d].name);
      EXPECT_EQ(outlines[i].datasets[d].unit, data[d].unit);
      ASSERT_EQ(outlines[i].datasets[d].axes.size(), data[d].axes.size());
      std::size_t size = 1;
      for (const lab::Axis& axis : data[d].axes) size *= axis.values.size();
      EXPECT_EQ(size, data[d].values.size()) << data[d].name;
      EXPECT_GT(size, 0U) << data[d].name;
    }
  }
}

TEST(FdtdSimulation, SavedAndLoadedGoesOnWithTheSameBits) {
  Running whole(R"(, "reference": {"without": []})");
  whole.advance(90);
  Running first(R"(, "reference": {"without": []})");
  first.advance(47);
  const std::filesystem::path file =
      std::filesystem::path(testing::TempDir()) / "aula_fdtd_simulation_test.checkpoint";
  {
    core::CheckpointWriter writer(file);
    for (lab::Instrument* instrument : first.simulation->instruments()) {
      writer.setPrefix(instrument->name() + "/");
      instrument->save(writer);
    }
    writer.setPrefix("simulation/");
    first.simulation->save(writer);
    writer.commit();
  }
  Running second(R"(, "reference": {"without": []})");
  {
    core::CheckpointReader reader(file);
    for (lab::Instrument* instrument : second.simulation->instruments()) {
      reader.setPrefix(instrument->name() + "/");
      instrument->load(reader);
    }
    reader.setPrefix("simulation/");
    second.simulation->load(reader);
  }
  std::filesystem::remove(file);
  ASSERT_EQ(second.simulation->step(), 47);
  second.advance(43);
  const auto expected = whole.simulation->instruments();
  const auto found = second.simulation->instruments();
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const auto a = expected[i]->data();
    const auto b = found[i]->data();
    for (std::size_t d = 0; d < a.size(); ++d) {
      EXPECT_EQ(a[d].values, b[d].values) << expected[i]->name() << "/" << a[d].name;
    }
  }
}

TEST(FdtdSimulation, PublishesItsFirstDrawableInstrument) {
  Running running;
  running.advance(5);
  scene::Frame frame;
  running.simulation->publish(frame);
  ASSERT_EQ(frame.views.size(), 1U);
  const auto& view = std::get<scene::VolumeView>(frame.views[0]);
  EXPECT_EQ(view.name, "film");
  EXPECT_EQ(view.values->size(), std::size_t(view.nx) * std::size_t(view.ny) * std::size_t(view.nz));
  EXPECT_EQ(view.scale, scene::ColourScale::sequential);
}

TEST(FdtdSimulation, AMarkedLineIsDrawnDashedAsFarAsThePictureReaches) {
  std::string text = labText(
      "",
      R"("film": {"kind": "slice", "quantity": "ez", "from": ["-1 um", "-0.5 um"], "to": ["1 um", "0.5 um"]},
      "line": {"kind": "spectrum", "from": ["0.5 um", "-0.8 um"], "to": ["0.5 um", "0.2 um"]},
      "beyond": {"kind": "spectrum", "from": ["1.5 um", "-0.4 um"], "to": ["1.5 um", "0.4 um"]})");
  text.replace(text.find(R"("run")"), 0, R"("scene": {"view": "film", "marks": ["line", "beyond"]}, )");
  const auto lab = lab::Lab::readText(text, "test");
  const auto plan = fdtd::makeFdtdKind()->plan(*lab);
  ASSERT_NE(plan, nullptr);
  const auto simulation = plan->build({compute::DeviceKind::cpu, 1});
  scene::Frame frame;
  simulation->publish(frame);
  ASSERT_EQ(frame.views.size(), 2U);
  const auto& mark = std::get<scene::LinesView>(frame.views[1]);
  EXPECT_EQ(mark.name, "line");
  EXPECT_TRUE(mark.isDashed);
  ASSERT_EQ(mark.polylines.size(), 1U);
  ASSERT_EQ(mark.polylines[0].size(), 2U);
  EXPECT_NEAR(mark.polylines[0][0].x, 0.5e-6, 1e-15);
  EXPECT_NEAR(mark.polylines[0][0].y, -0.5e-6, 1e-15);
  EXPECT_NEAR(mark.polylines[0][1].y, 0.2e-6, 1e-15);
}

TEST(FdtdSimulation, TheEstimateNamesItsParts) {
  const Running running;
  const lab::Estimate estimate = running.plan->estimate({compute::DeviceKind::cpu, 1});
  EXPECT_EQ(estimate.steps, 200);
  EXPECT_EQ(estimate.cells, 1200);
  double sum = 0;
  for (const auto& part : estimate.parts) sum += part.bytes;
  EXPECT_DOUBLE_EQ(estimate.bytes, sum);
  // Three float components of 1200 cells are the least.
  EXPECT_GT(estimate.bytes, 3 * 4 * 1200);
}

}  // namespace
}  // namespace aula::tests
