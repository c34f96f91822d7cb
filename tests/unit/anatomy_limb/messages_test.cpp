// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "core/error.h"
#include "unit/anatomy_limb/arm_lab.h"

namespace aula::tests {
namespace {

struct Case {
  const char* name;
  const char* simulation;  ///< Beside the kind.
  const char* rest;        ///< Other sections.
  const char* message;     ///< A part of what is said.
};

std::ostream& operator<<(std::ostream& stream, const Case& one) {
  return stream << one.name;
}

class LimbMessage : public testing::TestWithParam<Case> {};

TEST_P(LimbMessage, SaysWhatIsWrongAndWhere) {
  const Case& one = GetParam();
  try {
    (void)checkedArm(armLab(one.simulation, one.rest));
    FAIL() << "nothing was wrong";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.fault(), core::Fault::input);
    EXPECT_NE(std::string(error.what()).find(one.message), std::string::npos) << error.what();
  }
}

const Case kCases[] = {
    {"StepTooLong", R"("time_step": "5 ms")", "",
     "simulation.time_step: \"5 ms\" is outside the range from 100 us to 1 ms"},
    {"StepOfNoTime", R"("time_step": "5 mm")", "", "\"5 mm\" is a length, a time is needed"},
    {"ModeMisspelt", R"("mode": "isometrik")", "",
     "simulation.mode: \"isometrik\" is not known here; did you mean \"isometric\"? \"free\", \"isometric\" "
     "or \"isokinetic\" is needed"},
    {"NoSpeed", R"("mode": "isokinetic")", "",
     "simulation.velocity: missing; mode \"isokinetic\" needs an angular velocity, for example \"60 deg/s\""},
    {"SpeedInFreeMode", R"("velocity": "60 deg/s")", "",
     "simulation.velocity: is read in mode \"isokinetic\" alone; leave it out or change mode"},
    {"ElbowTooFar", R"("pose": {"elbow_flexion": "150 deg"})", "",
     "simulation.pose.elbow_flexion: is 150 deg; from 0 to 130 deg can be posed"},
    {"ShoulderTooFar", R"("pose": {"shoulder_abduction": "120 deg"})", "",
     "simulation.pose.shoulder_abduction: is 120 deg; from -5 to 90 deg can be posed"},
    {"AngleOfNoAngle", R"("pose": {"elbow_flexion": "3 kg"})", "", "simulation.pose.elbow_flexion: \"3 kg\""},
    {"PoseMisspelt", R"("pose": {"elbow": "30 deg"})", "",
     "simulation.pose.elbow: unknown key; known here: elbow_flexion, shoulder_abduction, shoulder_flexion "
     "and shoulder_rotation"},
    {"WeightTooHeavy", R"("weight": "80 kg")", "",
     "simulation.weight: \"80 kg\" is outside the range from 0 kg to 30 kg"},
    {"WeightInNewton", R"("weight": "20 N")", "", "simulation.weight: \"20 N\" is a force, a mass is needed"},
    {"ExcitedTooMuch", R"("excitation": {"brachialis": 1.4})", "",
     "simulation.excitation.brachialis: 1.4 is outside the range from 0 to 1"},
    {"NoSuchMuscle", R"("excitation": {"brachials": 0.4})", "",
     "simulation.excitation.brachials: is no muscle of this arm; did you mean \"brachialis\"?"},
    {"NotOfTheElbow", R"("excitation": {"deltoid": 0.4})", "",
     "simulation.excitation.deltoid: does not cross the elbow, and the shoulder is posed, not moved by "
     "muscles; "
     "leave it out"},
    {"UnknownKey", R"("muscles": {})", "",
     "simulation.muscles: unknown key; known here: excitation, kind, mode, pose, time_step, velocity and "
     "weight"},
    {"NoInstrument", "", R"("instruments": {"a": {"kind": "joints"}})",
     "instruments.a.kind: \"joints\" is not known here; did you mean \"joint\"? \"joint\", \"muscle\", "
     "\"muscle_energy\", \"moment_arm\", \"torque_curve\", \"length_tension\" or \"force_velocity\" is "
     "needed"},
    {"InstrumentOfSeveral", "", R"("instruments": {"a": {"kind": "muscle", "muscle": "biceps_brachii"}})",
     "instruments.a.muscle: \"biceps_brachii\" is several; give one of biceps_brachii_long_head or "
     "biceps_brachii_short_head"},
    {"InstrumentOfNobody", "", R"("instruments": {"a": {"kind": "muscle", "muscle": "brachialiss"}})",
     "instruments.a.muscle: \"brachialiss\" is no muscle of this arm; did you mean \"brachialis\"?"},
    {"InstrumentOfTheShoulder", "", R"("instruments": {"a": {"kind": "moment_arm", "muscle": "deltoid"}})",
     "instruments.a.muscle: \"deltoid\" does not cross the elbow; give one of "},
    {"SampledNever", "", R"("instruments": {"a": {"kind": "joint", "every": "0 s"}})",
     "instruments.a.every: \"0 s\" must be greater than 0 s"},
    {"HiddenMisspelt", "", R"("scene": {"hidden": ["humeruss"]})",
     "scene.hidden: \"humeruss\" is no structure of the arm; did you mean \"humerus\"?"},
    {"PeeledTooFar", "", R"("scene": {"peel": 7})", "scene.peel: 7 is outside the range from 0 to 4"},
    {"ColouredByNothing", "", R"("scene": {"muscle_colour": "blood"})",
     "scene.muscle_colour: \"blood\" is not known here; \"tissue\", \"activation\" or \"force\" is needed"},
    {"LiveStep", R"("time_step": "step")",
     R"("knobs": {"step": {"default": "1 ms", "unit": "ms", "range": ["0.5 ms", "1 ms"], "live": true}})",
     "knobs.step.live: the knob changes the time step (simulation.time_step), which cannot change while the "
     "simulation runs"},
    {"LiveBeginning", R"("pose": {"elbow_flexion": "angle"})",
     R"("knobs": {"angle": {"default": "10 deg", "unit": "deg", "range": ["0 deg", "90 deg"], "live": true}})",
     "knobs.angle.live: the knob changes where the elbow begins (simulation.pose.elbow_flexion)"},
    {"LiveBeyond", R"("weight": "load")",
     R"("knobs": {"load": {"default": "1 kg", "unit": "kg", "range": ["0 kg", "50 kg"], "live": true}})",
     "knobs.load.live: the lab does not hold over the knob's whole range; at 50 kg"},
};

INSTANTIATE_TEST_SUITE_P(All, LimbMessage, testing::ValuesIn(kCases),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(LimbMessages, ASoundLabHasNone) {
  EXPECT_NO_THROW((void)checkedArm(armLab("")));
}

TEST(LimbMessages, SeveralAtOnce) {
  try {
    (void)checkedArm(armLab(R"("weight": "80 kg", "excitation": {"brachials": 0.4})"));
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_NE(std::string(error.what()).find("simulation.weight"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("brachials"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace aula::tests
