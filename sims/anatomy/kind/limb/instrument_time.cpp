// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/limb/instrument.h"

/// What changes with time: the joint, a muscle, the balance of energy.
namespace aula::anatomy::limb {

namespace {

struct Column {
  const char *name, *label, *unit;
};

constexpr double kEvery = 0.01;  ///< s

template <std::size_t N>
std::vector<lab::Dataset> shapesOf(const Column (&columns)[N]) {
  std::vector<lab::Dataset> shapes;
  for (const Column& column : columns) shapes.push_back(timeSeries(column.name, column.label, column.unit));
  return shapes;
}

constexpr Column kJoint[] = {{"angle", "Flexion of the elbow", "rad"},
                             {"velocity", "Angular velocity", "rad/s"},
                             {"muscle_torque", "Torque of the muscles", "N m"},
                             {"passive_torque", "Torque of ligaments and capsule", "N m"},
                             {"load_torque", "Torque of the weights", "N m"},
                             {"held_torque", "Torque that what holds the elbow bears", "N m"}};

class Joint final : public Recorder {
 public:
  using Recorder::Recorder;
  [[nodiscard]] std::vector<lab::Dataset> shapes() const override { return shapesOf(kJoint); }
  void take(std::vector<double>& values) override {
    const LimbDynamics& arm = source_.dynamics();
    values.insert(values.end(), {arm.angle(), arm.velocity(), arm.muscleTorque(), arm.stopTorque(),
                                 arm.gravityTorque(), arm.heldTorque()});
  }
};

class JointPlan final : public InstrumentPlan {
 public:
  using InstrumentPlan::InstrumentPlan;
  [[nodiscard]] std::vector<lab::Dataset> shapes() const override { return shapesOf(kJoint); }
  [[nodiscard]] std::unique_ptr<lab::Instrument> build(Source& source) const override {
    return std::make_unique<Joint>(name_, interval_, source);
  }
};

constexpr Column kMuscle[] = {{"length", "Length of the muscle with its tendon", "m"},
                              {"fibre_length", "Length of the fibres", "m"},
                              {"fibre_velocity", "Lengthening of the fibres", "m/s"},
                              {"excitation", "Excitation", "1"},
                              {"activation", "Activation", "1"},
                              {"force", "Force", "N"},
                              {"moment_arm", "Moment arm", "m"},
                              {"torque", "Torque", "N m"}};

class Muscle final : public Recorder {
 public:
  Muscle(const std::string& name, std::int64_t interval, Source& source, std::size_t muscle)
      : Recorder(name, interval, source), muscle_(muscle) {}
  [[nodiscard]] std::vector<lab::Dataset> shapes() const override { return shapesOf(kMuscle); }
  void take(std::vector<double>& values) override {
    const LimbDynamics& arm = source_.dynamics();
    const MuscleReading m = arm.muscle(arm.indexOf(upperLimb().muscles[muscle_].id));
    values.insert(values.end(),
                  {m.length, m.moment.fibreLength, m.moment.fibreVelocity, m.excitation, m.activation,
                   m.moment.tension, m.momentArm, m.moment.tension * m.momentArm});
  }

 private:
  std::size_t muscle_;
};

class MusclePlan final : public InstrumentPlan {
 public:
  MusclePlan(const std::string& name, const lab::Node& node, const InstrumentContext& context)
      : InstrumentPlan(name, node, context, kEvery), muscle_(readMuscle(node)) {
    sign(std::to_string(muscle_));
  }
  [[nodiscard]] std::vector<lab::Dataset> shapes() const override { return shapesOf(kMuscle); }
  [[nodiscard]] std::unique_ptr<lab::Instrument> build(Source& source) const override {
    return std::make_unique<Muscle>(name_, interval_, source, muscle_);
  }

 private:
  std::size_t muscle_;
};

constexpr Column kEnergy[] = {{"kinetic", "Energy of motion", "J"},
                              {"weight", "Energy of height", "J"},
                              {"stored", "All energy stored", "J"},
                              {"contractile", "Work of the active fibres", "J"},
                              {"muscles", "Work of the tendons on the bones", "J"},
                              {"motor", "Work of what holds or turns the elbow", "J"},
                              {"outside", "Work of posing and loading", "J"},
                              {"loss", "Heat in fibres and joint", "J"},
                              {"error", "What the account lacks", "J"}};

class Energy final : public Recorder {
 public:
  using Recorder::Recorder;
  [[nodiscard]] std::vector<lab::Dataset> shapes() const override { return shapesOf(kEnergy); }
  void take(std::vector<double>& values) override {
    const EnergyAccount e = source_.dynamics().energy();
    values.insert(values.end(), {e.kinetic, e.weight, e.stored() - e.storedAtStart, e.contractile, e.muscles,
                                 e.motor, e.outside, e.fibreLoss + e.jointLoss, e.error()});
  }
};

class EnergyPlan final : public InstrumentPlan {
 public:
  using InstrumentPlan::InstrumentPlan;
  [[nodiscard]] std::vector<lab::Dataset> shapes() const override { return shapesOf(kEnergy); }
  [[nodiscard]] std::unique_ptr<lab::Instrument> build(Source& source) const override {
    return std::make_unique<Energy>(name_, interval_, source);
  }
};

}  // namespace

PlanPointer parseJoint(const std::string& name, const lab::Node& node, const InstrumentContext& context) {
  return std::make_unique<JointPlan>(name, node, context, kEvery);
}

PlanPointer parseMuscle(const std::string& name, const lab::Node& node, const InstrumentContext& context) {
  return std::make_unique<MusclePlan>(name, node, context);
}

PlanPointer parseEnergy(const std::string& name, const lab::Node& node, const InstrumentContext& context) {
  return std::make_unique<EnergyPlan>(name, node, context, kEvery);
}

}  // namespace aula::anatomy::limb
