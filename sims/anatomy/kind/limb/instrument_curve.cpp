// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "anatomy/kind/limb/instrument.h"
#include "anatomy/muscle/hill.h"
#include "core/io/checkpoint.h"

/// What does not change with time but with how the arm stands: lever arms and the strongest torque by angle,
/// a fibre's force by its length and by its speed. Computed when asked for.
namespace aula::anatomy::limb {

namespace {

/// Samples nothing: its data are a function of the pose as it stands.
class Curve : public lab::Instrument {
 public:
  Curve(std::string name, Source& source) : source_(source), name_(std::move(name)) {}
  [[nodiscard]] const std::string& name() const final { return name_; }
  [[nodiscard]] std::int64_t interval() const final { return 1'000'000'000; }
  void sample() final {}
  void save(core::CheckpointWriter& writer) const final { writer.writeValue("curve", std::int32_t{1}); }
  void load(core::CheckpointReader& reader) final { (void)reader.readValue<std::int32_t>("curve"); }

 protected:
  Source& source_;

 private:
  std::string name_;
};

/// A plan whose instrument is made of itself and a source.
template <class Instrument>
class CurvePlan final : public InstrumentPlan {
 public:
  CurvePlan(const std::string& name, const lab::Node& node, const InstrumentContext& context)
      : InstrumentPlan(name, node, context, context.timeStep), settings_(Instrument::read(node)) {
    sign(settings_.text());
  }
  [[nodiscard]] std::vector<lab::Dataset> shapes() const override { return Instrument::shapes(settings_); }
  [[nodiscard]] std::unique_ptr<lab::Instrument> build(Source& source) const override {
    return std::make_unique<Instrument>(name_, source, settings_);
  }

 private:
  typename Instrument::Settings settings_;
};

struct OneMuscle {
  std::size_t muscle = 0;
  [[nodiscard]] std::string text() const { return std::to_string(muscle); }
  [[nodiscard]] const MuscleSpec& spec() const { return upperLimb().muscles[muscle]; }
};

/// The elbow's angles at which curves are taken: every 2.5 degrees or a little less, both ends among them.
std::vector<double> angles() {
  const double from = upperLimb().flexionLimit[0], to = upperLimb().flexionLimit[1];
  const int count = std::max(2, int(std::ceil((to - from) / (2.5 * std::numbers::pi / 180))) + 1);
  std::vector<double> all;
  for (int i = 0; i < count; ++i) all.push_back(from + (to - from) * i / (count - 1));
  return all;
}

lab::Axis angleAxis() {
  return {"angle", "rad", {}};
}

class MomentArm final : public Curve {
 public:
  using Settings = OneMuscle;
  static Settings read(const lab::Node& node) { return {readMuscle(node)}; }
  static std::vector<lab::Dataset> shapes(const Settings& /*settings*/) {
    return {{"moment_arm", "Moment arm", "m", {angleAxis()}, {}},
            {"length", "Length of the muscle with its tendon", "m", {angleAxis()}, {}}};
  }
  MomentArm(const std::string& name, Source& source, Settings settings)
      : Curve(name, source), settings_(settings) {}
  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    std::vector<lab::Dataset> sets = shapes(settings_);
    Pose pose = source_.dynamics().pose();
    for (lab::Dataset& set : sets) set.axes[0].values = angles();
    for (const double angle : angles()) {
      pose.elbowFlexion = angle;
      const PathMeasure measure = measurePath(upperLimb(), settings_.spec(), pose);
      sets[0].values.push_back(measure.momentArm);
      sets[1].values.push_back(measure.length);
    }
    return sets;
  }

 private:
  Settings settings_;
};

struct NoSettings {
  [[nodiscard]] std::string text() const { return {}; }
};

/// All flexors, or all extensors, fully active while the elbow is held: what a dynamometer finds when nobody
/// pulls against them but what relaxed muscles resist. Which are flexors depends on the angle.
class TorqueCurve final : public Curve {
 public:
  using Settings = NoSettings;
  static Settings read(const lab::Node& /*node*/) { return {}; }
  static std::vector<lab::Dataset> shapes(const Settings& /*settings*/) {
    return {{"flexion", "Strongest flexion", "N m", {angleAxis()}, {}},
            {"extension", "Strongest extension", "N m", {angleAxis()}, {}}};
  }
  TorqueCurve(const std::string& name, Source& source, Settings settings)
      : Curve(name, source), settings_(settings) {}
  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    std::vector<lab::Dataset> sets = shapes(settings_);
    for (lab::Dataset& set : sets) {
      set.axes[0].values = angles();
      set.values.assign(set.axes[0].values.size(), 0.0);
    }
    // An arm of its own, so that nothing happens to the one that moves.
    LimbDynamics arm(upperLimb(), source_.dynamics().settings());
    arm.poseShoulder(source_.dynamics().pose());
    for (std::size_t i = 0; i < sets[0].values.size(); ++i)
      for (const double sign : {1.0, -1.0}) {
        arm.relax();
        arm.place(sets[0].axes[0].values[i]);
        arm.clamp();
        for (std::size_t m = 0; m < arm.muscles().size(); ++m)
          if (sign * arm.muscle(m).momentArm > 0) arm.excite(m, 1);
        arm.settle();
        sets[sign > 0 ? 0 : 1].values[i] = std::max(0.0, sign * arm.muscleTorque());
      }
    return sets;
  }

 private:
  Settings settings_;
};

constexpr int kPoints = 101;

class LengthTension final : public Curve {
 public:
  using Settings = OneMuscle;
  static Settings read(const lab::Node& node) { return {readMuscle(node)}; }
  static std::vector<lab::Dataset> shapes(const Settings& /*settings*/) {
    const lab::Axis length{"fibre_length", "m", {}};
    return {{"active", "Active force", "N", {length}, {}},
            {"passive", "Passive force", "N", {length}, {}},
            {"total", "Force", "N", {length}, {}}};
  }
  LengthTension(const std::string& name, Source& source, Settings settings)
      : Curve(name, source), settings_(settings) {}
  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    const HillConstants constants;
    const MuscleSpec& spec = settings_.spec();
    std::vector<lab::Dataset> sets = shapes(settings_);
    for (int i = 0; i < kPoints; ++i) {
      const double relative = 0.4 + 1.2 * i / (kPoints - 1);
      const double active = spec.maximumForce * activeForceLength(constants, relative);
      const double passive = spec.maximumForce * passiveForce(constants, relative);
      for (lab::Dataset& set : sets) set.axes[0].values.push_back(relative * spec.optimalLength);
      sets[0].values.push_back(active);
      sets[1].values.push_back(passive);
      sets[2].values.push_back(active + passive);
    }
    return sets;
  }

 private:
  Settings settings_;
};

class ForceVelocity final : public Curve {
 public:
  using Settings = OneMuscle;
  static Settings read(const lab::Node& node) { return {readMuscle(node)}; }
  static std::vector<lab::Dataset> shapes(const Settings& /*settings*/) {
    const lab::Axis velocity{"fibre_velocity", "m/s", {}};
    return {{"force", "Force at the optimal length, fully active", "N", {velocity}, {}},
            {"power", "Power while shortening", "W", {velocity}, {}}};
  }
  ForceVelocity(const std::string& name, Source& source, Settings settings)
      : Curve(name, source), settings_(settings) {}
  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    const HillConstants constants;
    const MuscleSpec& spec = settings_.spec();
    std::vector<lab::Dataset> sets = shapes(settings_);
    for (int i = 0; i < kPoints; ++i) {
      // From the fastest shortening to half as fast a lengthening.
      const double relative = constants.maximumVelocity * (-1 + 1.5 * i / (kPoints - 1));
      const double velocity = relative * spec.optimalLength;
      const double force = spec.maximumForce * forceVelocity(constants, 1, relative);
      for (lab::Dataset& set : sets) set.axes[0].values.push_back(velocity);
      sets[0].values.push_back(force);
      sets[1].values.push_back(-force * velocity);
    }
    return sets;
  }

 private:
  Settings settings_;
};

}  // namespace

PlanPointer parseMomentArm(const std::string& name, const lab::Node& node, const InstrumentContext& context) {
  return std::make_unique<CurvePlan<MomentArm>>(name, node, context);
}

PlanPointer parseTorqueCurve(const std::string& name, const lab::Node& node,
                             const InstrumentContext& context) {
  return std::make_unique<CurvePlan<TorqueCurve>>(name, node, context);
}

PlanPointer parseLengthTension(const std::string& name, const lab::Node& node,
                               const InstrumentContext& context) {
  return std::make_unique<CurvePlan<LengthTension>>(name, node, context);
}

PlanPointer parseForceVelocity(const std::string& name, const lab::Node& node,
                               const InstrumentContext& context) {
  return std::make_unique<CurvePlan<ForceVelocity>>(name, node, context);
}

}  // namespace aula::anatomy::limb
