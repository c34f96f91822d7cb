// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "core/error.h"
#include "unit/anatomy_airways/small_lab.h"

namespace aula::tests {
namespace {

std::string complaint(const std::string& simulation, const std::string& rest = "") {
  try {
    (void)checkedBreath(smallBreath(simulation, rest));
  } catch (const core::Error& error) {
    EXPECT_EQ(error.fault(), core::Fault::input);
    return error.what();
  }
  return "nothing was wrong";
}

/// What follows the file's name.
void expectMessage(const std::string& found, const std::string& message) {
  EXPECT_EQ(found, "small.lab.json: " + message);
}

TEST(BreathingMessages, ASoundLabHasNone) {
  EXPECT_EQ(complaint(""), "nothing was wrong");
}

TEST(BreathingMessages, OfNumbers) {
  expectMessage(complaint(R"("time_step": "1 s")"),
                R"(simulation.time_step: "1 s" is outside the range from 100 us to 100 ms)");
  expectMessage(complaint(R"("time_step": "1 mm")"),
                R"(simulation.time_step: "1 mm" is a length, a time is needed, for example "20 fs")");
  expectMessage(complaint(R"("terminal_share": 0.5)"),
                "simulation.terminal_share: 0.5 is outside the range from 1e-5 to 0.01");
  expectMessage(complaint(R"("emphysema": 2)"), "simulation.emphysema: 2 is outside the range from 0 to 1");
  expectMessage(complaint(R"("fibrosis": -0.5)"),
                "simulation.fibrosis: -0.5 is outside the range from 0 to 1");
  expectMessage(
      complaint(R"("pleural_gradient": "5 cmH2O")"),
      R"(simulation.pleural_gradient: "5 cmH2O" is a pressure, a quantity in kg m-2 s-2 is needed, for example "1 kg m-2 s-2")");
}

TEST(BreathingMessages, OfWords) {
  expectMessage(
      complaint(R"("posture": "uprigth")"),
      R"(simulation.posture: "uprigth" is not known here; did you mean "upright"? "upright", "supine", "prone", "on_right_side" or "on_left_side" is needed)");
  expectMessage(complaint(R"("asthma": 1)"),
                "simulation.asthma: unknown key; known here: bronchi, emphysema, fibrosis, kind, narrowing, "
                "pattern, pleural_gradient, posture, terminal_share and time_step");
  expectMessage(
      complaint("", R"("scene": {"colour_by": "lobes"})"),
      R"(scene.colour_by: "lobes" is not known here; did you mean "lobe"? "lobe", "generation", "ventilation", "flow" or "resistance" is needed)");
  expectMessage(complaint("", R"("scene": {"generations": 40})"),
                "scene.generations: 40 is outside the range from 2 to 24");
}

TEST(BreathingMessages, OfTheMuscles) {
  expectMessage(complaint(R"("pattern": {"rate": "15 s"})"),
                R"(simulation.pattern.rate: "15 s" is a time, a frequency is needed, for example "500 THz")");
  expectMessage(complaint(R"("pattern": {"rate": "500 1/min"})"),
                R"(simulation.pattern.rate: "500 1/min" is outside the range from 0.01667 1/s to 2 1/s)");
  expectMessage(complaint(R"("pattern": {"effort": "-1 cmH2O"})"),
                R"(simulation.pattern.effort: "-1 cmH2O" is outside the range from 0 Pa to 5.884 kPa)");
  expectMessage(complaint(R"("pattern": {"forced": {"start": "1 s", "every": "2 s"}})"),
                "simulation.pattern.forced.every: is 2 s, shorter than one forced breath of 8.5 s");
  expectMessage(complaint(R"("pattern": {"forced": {"starts": "1 s"}})"),
                R"(simulation.pattern.forced.starts: unknown key; did you mean "start"?)");
}

TEST(BreathingMessages, OfAirways) {
  expectMessage(complaint(R"("narrowing": [{"generations": [3, 16]}])"),
                "simulation.narrowing[0].diameter: missing; a pure number is needed, for example 1.5");
  expectMessage(complaint(R"("narrowing": [{"generations": [16, 3], "diameter": 0.5}])"),
                "simulation.narrowing[0].generations: give the first and the last generation, two whole "
                "numbers, for example [3, 16]");
  expectMessage(complaint(R"("narrowing": [{"generations": [3, 16], "diameter": 0}])"),
                "simulation.narrowing[0].diameter: 0 is outside the range from 0.05 to 2");
  expectMessage(
      complaint(R"("bronchi": {"main_bronchus_rigth": 0.5})"),
      R"(simulation.bronchi.main_bronchus_rigth: is no bronchus that can be narrowed; did you mean "main_bronchus_right"?)");
  expectMessage(complaint(R"("bronchi": {"trachea": 3})"),
                "simulation.bronchi.trachea: 3 is outside the range from 0 to 1");
}

TEST(BreathingMessages, OfInstruments) {
  expectMessage(
      complaint("", R"("instruments": {"s": {"kind": "spirometr"}})"),
      R"(instruments.s.kind: "spirometr" is not known here; did you mean "spirometer"? "spirometer", "spirometry", "ventilation" or "airways" is needed)");
  expectMessage(complaint("", R"("instruments": {"s": {"kind": "spirometer", "every": "0 s"}})"),
                R"(instruments.s.every: "0 s" must be greater than 0 s)");
  expectMessage(
      complaint("", R"("instruments": {"a": {"kind": "airways", "flow": "1 L"}})"),
      R"(instruments.a.flow: "1 L" is a volume, a quantity in m3 s-1 is needed, for example "1 m3 s-1")");
}

TEST(BreathingMessages, OfKnobs) {
  expectMessage(
      complaint(
          R"("time_step": "pace")",
          R"("knobs": {"pace": {"default": "10 ms", "unit": "ms", "range": ["5 ms", "20 ms"], "live": true}})"),
      R"(knobs.pace.live: the knob changes the time step (simulation.time_step), which cannot change while the simulation runs; leave "live" out)");
  expectMessage(
      complaint(R"("emphysema": "slack")",
                R"("knobs": {"slack": {"default": 0, "unit": "1", "range": [0, 2], "live": true}})"),
      "knobs.slack.live: the lab does not hold over the knob's whole range; at 2:\n    small.lab.json: "
      "simulation.emphysema: \"slack\" is outside the range from 0 to 1");
}

TEST(BreathingMessages, OfTheRun) {
  expectMessage(complaint("", R"("run": {"duration": "1000 years"})"),
                "simulation: the run would take more than 1e9 steps; shorten run.duration or lengthen "
                "simulation.time_step");
}

}  // namespace
}  // namespace aula::tests
