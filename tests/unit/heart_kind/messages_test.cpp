// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "core/error.h"
#include "lab/session/running_lab.h"
#include "unit/heart_kind/small_heart.h"

namespace aula::tests {
namespace {

/// What is said of a lab, without the file's name; "" when nothing is wrong.
std::string complaint(const std::string& simulation, const std::string& rest = "") {
  try {
    (void)checkedHeart(smallHeart(simulation, rest));
  } catch (const core::Error& error) {
    EXPECT_EQ(error.fault(), core::Fault::input);
    std::string text = error.what();
    const std::string name = "small.lab.json: ";
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name))
      text.erase(at, name.size());
    return text;
  }
  return "";
}

struct Case {
  const char *simulation, *rest, *message;
};

class HeartMessages : public testing::TestWithParam<Case> {};

TEST_P(HeartMessages, SayWhatWhereAndWhatIsAllowed) {
  EXPECT_EQ(complaint(GetParam().simulation, GetParam().rest), GetParam().message);
}

const Case kCases[] = {
    // 1-5: cells and lattice
    {R"("cell": "alievpanfilov")", "",
     "simulation.cell: \"alievpanfilov\" is not known here; did you mean \"aliev_panfilov\"? "
     "\"aliev_panfilov\" or \"ten_tusscher_panfilov\" is needed"},
    {R"("cell": 3)", "",
     "simulation.cell: the number 3 stands where \"aliev_panfilov\" or \"ten_tusscher_panfilov\" is needed"},
    {R"("time_step": "2 ms")", "", "simulation.time_step: \"2 ms\" is outside the range from 1 us to 1 ms"},
    {R"("excitability": 9)", "", "simulation.excitability: 9 is outside the range from 0.05 to 4"},
    {R"("conductivity": {"along": "1 S/m", "across": "2 S/m"})", "",
     "simulation.conductivity.across: is more than along fibres; currents go more easily along them"},
    // 6-10: beats
    {R"("rate": "2000 1/min")", "",
     "simulation.rate: \"2000 1/min\" is outside the range from 0 Hz to 10 Hz"},
    {R"("rate": "1 s")", "",
     "simulation.rate: \"1 s\" is a time, a frequency is needed, for example \"500 THz\""},
    {R"("first_beat": "-1 s")", "", "simulation.first_beat: \"-1 s\" must not be less than 0 s"},
    {R"("blocks": {"left": 2})", "", "simulation.blocks.left: 2 is outside the range from 0 to 1"},
    {R"("blocks": {"leftt": 1})", "", "simulation.blocks.leftt: unknown key; did you mean \"left\"?"},
    // 11-18: stimuli
    {R"("stimuli": {"s1": {"where": "ball", "at": [0, 0, 0]}})", "",
     "simulation.stimuli.s1: never comes: give \"start\", or a \"trigger\" for a knob to set it off"},
    {R"("stimuli": {"s1": {"at": [0, 0, 0], "start": 0}})", "",
     "simulation.stimuli.s1.where: missing; \"ball\", \"half\" or \"everywhere\" is needed"},
    {R"("stimuli": {"s1": {"where": "half", "at": [0, 0, 0], "normal": [0, 0, 0], "start": 0}})", "",
     "simulation.stimuli.s1.normal: is [0, 0, 0]; give the direction into the half that is stimulated"},
    {R"("stimuli": {"s1": {"where": "everywhere", "start": 0, "interval": "1 s"}})", "",
     "simulation.stimuli.s1.interval: needs a \"count\" above 1"},
    {R"("stimuli": {"s1": {"where": "everywhere", "trigger": 0, "count": 3}})", "",
     "simulation.stimuli.s1.count: needs \"start\": say when the first of them "
     "comes\nsimulation.stimuli.s1.interval: missing; a time is needed, for example \"20 fs\""},
    {R"("stimuli": {"s1": {"where": "ball", "at": ["1 m", 0, 0], "start": 0}})", "",
     "simulation.stimuli.s1.at[0]: \"1 m\" is outside the range from -300 mm to 300 mm"},
    {R"("stimuli": {"s1": {"where": "everywhere", "start": 0, "strength": "9000 V/s"}})", "",
     "simulation.stimuli.s1.strength: \"9000 V/s\" is outside the range from -5 kV/s to 5 kV/s"},
    {R"("stimuli": {"s1": {"where": "everywhere", "start": 0, "duration": "1 s"}})", "",
     "simulation.stimuli.s1.duration: \"1 s\" is outside the range from 10 us to 100 ms"},
    // 19-23: instruments and scene
    {"", R"("instruments": {"x": {"kind": "egc"}})",
     "instruments.x.kind: \"egc\" is not known here; did you mean \"ecg\"? \"ecg\", \"qrs\", \"activation\", "
     "\"potential\" or \"rate\" is needed"},
    {"", R"("instruments": {"x": {"kind": "potential"}})",
     "instruments.x.at: missing; three values are needed, [x, y, z]; for each a length is needed, for "
     "example \"20 nm\""},
    {"", R"("instruments": {"x": {"kind": "ecg", "every": "2 s"}})",
     "instruments.x.every: \"2 s\" is outside the range from 10 us to 1 s"},
    {"", R"("instruments": {"x": {"kind": "qrs", "threshold": 0.9}})",
     "instruments.x.threshold: 0.9 is outside the range from 0.005 to 0.5"},
    {"", R"("scene": {"vessel": false})", "scene.vessel: unknown key; did you mean \"vessels\"?"},
    // 24-26: knobs
    {R"("spacing2": 1)", "", "simulation.spacing2: unknown key; did you mean \"spacing\"?"},
    {R"("action_potential": "length")",
     R"("knobs": {"length": {"default": 1, "unit": "1", "range": [0.5, 2], "live": true, "label": "L"}})",
     "knobs.length.live: the knob changes the length of action potentials (simulation.action_potential), "
     "which cannot change while the simulation runs; leave \"live\" out, or make it depend on other knobs "
     "only"},
    {R"("rate": "rate")",
     R"("knobs": {"rate": {"default": "1 Hz", "unit": "Hz", "range": ["1 Hz", "20 Hz"], "live": true, "label": "R"}})",
     "knobs.rate.live: the lab does not hold over the knob's whole range; at 20 Hz:\n    simulation.rate: "
     "\"rate\" is outside the range from 0 Hz to 10 Hz"},
    {R"("cell": "ten_tusscher_panfilov", "action_potential": 0.5)", "",
     "simulation.action_potential: stretches Aliev and Panfilov's cells only; ten Tusscher and Panfilov's "
     "have their own"},
};

INSTANTIATE_TEST_SUITE_P(All, HeartMessages, testing::ValuesIn(kCases));

TEST(HeartMessages, ASoundLabHasNone) {
  EXPECT_EQ(complaint(""), "");
}

TEST(HeartMessages, APlaceWithoutMuscleIsToldWhenTheLabIsBuilt) {
  const lab::CheckedLab checked =
      checkedHeart(smallHeart("", R"("instruments": {"far": {"kind": "potential", "at": ["20 cm", 0, 0]}})"));
  compute::DeviceChoice device;
  device.kind = compute::DeviceKind::cpu;
  device.threads = 1;
  try {
    (void)checked.plan->build(device);
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_STREQ(
        error.what(),
        "instruments.far.at: there is no muscle within 20 mm of this place; a place on the left ventricle's "
        "front is [\"-20 mm\", \"40 mm\", \"-10 mm\"]");
  }
}

}  // namespace
}  // namespace aula::tests
