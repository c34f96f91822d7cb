// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "core/error.h"
#include "core/io/checkpoint.h"
#include "core/units/constants.h"
#include "fdtd/fdtd.h"
#include "fdtd/model/setup.h"
#include "lab/lab.h"
#include "unit/fdtd/live_lab.h"

namespace aula::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> problemsOf(const std::string& text) {
  const auto lab = lab::Lab::readText(text, "test");
  (void)fdtd::makeFdtdKind()->plan(*lab);
  return lab->diagnostics().errors();
}

/// A lab of 40 x 30 cells with one live knob k, from 1 to 2 and at 1, and what hangs on it.
std::string withKnob(const std::string& simulation, const std::string& instruments = "") {
  return R"({"aula": 1, "title": "Test",
    "knobs": {"k": {"default": 1, "unit": "1", "range": [1, 2], "live": true, "label": "k"}},
    "simulation": {"kind": "fdtd", "dimensions": "tm")" +
         simulation + R"(}, "instruments": {)" + instruments + R"(}, "run": {"steps": 200}})";
}
const std::string kGrid = R"(, "grid": {"size": ["4 um", "3 um"], "cell": "100 nm"})";
const std::string kSource = R"(, "sources": [{"kind": "dipole", "position": ["-0.5 um", 0],
  "waveform": {"kind": "continuous", "wavelength": "1 um"}}])";

TEST(LiveKnob, thatChangesTheGridIsRefused) {
  EXPECT_THAT(problemsOf(withKnob(R"(, "grid": {"size": ["4 um * k", "3 um"], "cell": "100 nm"})" + kSource)),
              ElementsAre(HasSubstr("knobs.k.live: the knob changes the grid (simulation.grid), which cannot "
                                    "change while the simulation runs; leave \"live\" out, or make it depend "
                                    "on other knobs only")));
}

TEST(LiveKnob, thatChangesTheTimeStepIsRefused) {
  EXPECT_THAT(problemsOf(withKnob(kGrid + R"(, "courant": "0.9 / k")" + kSource)),
              ElementsAre(HasSubstr("the time step (simulation.courant or simulation.time_step)")));
}

TEST(LiveKnob, thatMovesASourceIsRefused) {
  EXPECT_THAT(problemsOf(withKnob(kGrid + R"(, "sources": [{"kind": "dipole", "position": ["-0.5 um * k", 0],
                "waveform": {"kind": "continuous", "wavelength": "1 um"}}])")),
              ElementsAre(HasSubstr("where the source simulation.sources[0] stands and points")));
}

TEST(LiveKnob, thatChangesAPulseIsRefused) {
  EXPECT_THAT(problemsOf(withKnob(kGrid + R"(, "sources": [{"kind": "dipole", "position": [0, 0],
                "waveform": {"kind": "pulse", "wavelength": "1 um * k", "width": "5 fs"}}])")),
              ElementsAre(HasSubstr("the pulse of simulation.sources[0]")));
}

TEST(LiveKnob, thatMovesDispersiveMatterIsRefused) {
  EXPECT_THAT(problemsOf(withKnob(kGrid + kSource + R"(, "materials": {"gold": {"poles": [
        {"kind": "drude", "frequency": "1e16 rad/s", "damping": "1e14 s-1"}]}},
        "objects": [{"name": "ball", "shape": "sphere", "centre": ["0.5 um * k", 0], "radius": "0.3 um",
                     "material": "gold"}])")),
              ElementsAre(HasSubstr("beside a dispersive one")));
}

TEST(LiveKnob, thatMovesAProbeIsRefused) {
  EXPECT_THAT(problemsOf(withKnob(kGrid + kSource, R"("p": {"kind": "probe", "at": ["0.5 um * k", 0]})")),
              ElementsAre(HasSubstr("what instruments.p records")));
}

TEST(LiveKnob, mustHoldOverItsWholeRange) {
  const std::string source = R"json(, "sources": [{"kind": "dipole", "position": [0, 0],
                "waveform": {"kind": "continuous", "wavelength": "1 um * (1.5 - k)"}}])json";
  EXPECT_THAT(problemsOf(withKnob(kGrid + source)),
              ElementsAre(::testing::AllOf(
                  HasSubstr("knobs.k.live: the lab does not hold over the knob's whole range; at 2"),
                  HasSubstr("simulation.sources[0].waveform.wavelength"))));
}

TEST(LiveKnob, mayChangeSourcesObjectsAndWhereSumsAreTaken) {
  const auto lab = lab::Lab::readText(liveLabText(), "test");
  (void)fdtd::makeFdtdKind()->plan(*lab);
  lab->reportUnusedKeys();
  EXPECT_THAT(lab->diagnostics().errors(), ElementsAre());
}

// ---- Waveforms

TEST(Redirect, keepsThePhaseWhenTheFrequencyChanges) {
  fdtd::Waveform before;
  before.kind = fdtd::Waveform::Kind::continuous;
  before.frequency = 5e14;
  before.ramp = 10e-15;
  before.phase = 0.7;
  fdtd::Waveform after = before;
  const double t = 37.3e-15;
  after.redirect({1, 6.1e14, 0, 0}, t);
  // The phase is 2 pi f t = 117 rad: rounding leaves 117 * 2^-53 of it, a few 1e-14.
  EXPECT_NEAR(after.value(t), before.value(t), 1e-12);
  // And it runs at the new rate: a quarter of a period later it is a quarter of a turn on.
  const double phase = 2 * core::kPi * 5e14 * t + 0.7;
  EXPECT_NEAR(after.value(t + 0.25 / 6.1e14), std::sin(phase + core::kPi / 2), 1e-12);
}

TEST(Redirect, glidesToAnotherStrengthAndPhase) {
  fdtd::Waveform wave;
  wave.kind = fdtd::Waveform::Kind::continuous;
  wave.frequency = 5e14;
  const fdtd::Waveform before = wave;
  const double t = 20e-15, glide = 4e-15;
  wave.redirect({0.5, 5e14, 1.0, glide}, t);
  EXPECT_NEAR(wave.value(t), before.value(t), 1e-12);
  // Half way by sin^2, then all the way.
  const auto expected = [](double time, double gain, double shift) {
    return gain * std::sin(2 * core::kPi * 5e14 * time + shift);
  };
  EXPECT_NEAR(wave.value(t + glide / 2), expected(t + glide / 2, 0.75, 0.5), 1e-12);
  EXPECT_NEAR(wave.value(t + 2 * glide), expected(t + 2 * glide, 0.5, 1.0), 1e-12);
  // A change on the way goes on from where it is.
  fdtd::Waveform again = wave;
  again.redirect({0, 5e14, 0, glide}, t + glide / 2);
  EXPECT_NEAR(again.value(t + glide / 2), wave.value(t + glide / 2), 1e-12);
  EXPECT_EQ(again.value(t + 3 * glide), 0);
  // What is stored is all there is to it.
  fdtd::Waveform restored = before;
  restored.restore(again.state());
  EXPECT_EQ(restored.value(t + 0.6 * glide), again.value(t + 0.6 * glide));
}

// ---- The simulation

TEST(LiveSimulation, otherKnobsAreNotTaken) {
  LiveRun run(compute::DeviceKind::reference);
  EXPECT_FALSE(run.simulation->apply({0, "cell", 1e-7}));
  EXPECT_FALSE(run.simulation->apply({0, "nonsense", 1}));
}

TEST(LiveSimulation, valueThatDoesNotFitChangesNothing) {
  LiveRun run(compute::DeviceKind::reference), untouched(compute::DeviceKind::reference);
  run.advance(20);
  untouched.advance(20);
  // At -20 um the line leaves the domain.
  EXPECT_THROW((void)run.simulation->apply({20, "place", -20e-6}), core::Error);
  run.advance(30);
  untouched.advance(30);
  EXPECT_EQ(run.values(), untouched.values());
}

TEST(LiveSimulation, sumsBeginAnewAndRecordsGoOn) {
  LiveRun run(compute::DeviceKind::reference);
  run.advance(60);
  const std::size_t before = run.data("probe")[0].values.size();
  ASSERT_TRUE(run.simulation->apply({60, "strength", 2}));
  EXPECT_EQ(run.data("probe")[0].values.size(), before);
  const lab::Dataset sums = run.data("line")[0];
  EXPECT_FALSE(sums.values.empty());
  for (const double value : sums.values) EXPECT_EQ(value, 0);
  EXPECT_THAT(run.simulation->warnings(),
              ::testing::Contains(HasSubstr("line began anew when a knob was turned at step 60")));
}

class LiveBits : public ::testing::TestWithParam<compute::DeviceKind> {};

TEST_P(LiveBits, savedAfterChangesAndLoadedGoesOnTheSame) {
  // Everything that can change does, and the checkpoint falls into the glide of the last change.
  const std::vector<lab::Command> commands{{31, "gap", 0.55e-6},
                                           {40, "wavelength", 0.83e-6},
                                           {52, "index", 1.8},
                                           {60, "strength", 0},
                                           {63, "strength", 1.7}};
  LiveRun straight(GetParam());
  straight.advance(70, commands);
  core::MemoryCheckpoint memory;
  {
    core::CheckpointWriter writer(memory);
    straight.save(writer);
  }
  straight.advance(50, {{90, "gap", 0.8e-6}});

  LiveRun fresh(GetParam());
  {
    core::CheckpointReader reader(memory);
    fresh.load(reader);
  }
  fresh.advance(50, {{90, "gap", 0.8e-6}});
  EXPECT_EQ(fresh.values(), straight.values());
  // One that has gone elsewhere meanwhile comes back as well.
  LiveRun other(GetParam());
  other.advance(33, {{5, "gap", 0.3e-6}, {8, "wavelength", 1.3e-6}});
  {
    core::CheckpointReader reader(memory);
    other.load(reader);
  }
  other.advance(50, {{90, "gap", 0.8e-6}});
  EXPECT_EQ(other.values(), straight.values());
}

TEST_P(LiveBits, knobTurnedBackAndForthWithinAStepLeavesTheFields) {
  LiveRun turned(GetParam()), untouched(GetParam());
  turned.advance(50);
  untouched.advance(50);
  ASSERT_TRUE(turned.simulation->apply({50, "index", 2}));
  ASSERT_TRUE(turned.simulation->apply({50, "index", 1.5}));
  turned.advance(40);
  untouched.advance(40);
  EXPECT_EQ(turned.data("probe")[0].values, untouched.data("probe")[0].values);
}

INSTANTIATE_TEST_SUITE_P(Fdtd, LiveBits,
                         ::testing::Values(compute::DeviceKind::reference, compute::DeviceKind::cpu,
                                           compute::DeviceKind::check),
                         [](const auto& one) { return std::string(compute::deviceName(one.param)); });

}  // namespace
}  // namespace aula::tests
