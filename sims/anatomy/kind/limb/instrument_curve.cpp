// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/limb/instrument.h"
#include "anatomy/muscle/instruments.h"
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

/// Every 2.5 degrees of 130.
constexpr int kAngles = 53;

/// Puts a curve into a dataset of one axis.
void put(lab::Dataset& set, const std::vector<CurvePoint>& curve) {
  for (const CurvePoint point : curve) {
    set.axes[0].values.push_back(point.x);
    set.values.push_back(point.y);
  }
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
    const Pose pose = source_.dynamics().pose();
    put(sets[0], momentArmCurve(upperLimb(), settings_.spec(), pose, kAngles));
    put(sets[1], lengthCurve(upperLimb(), settings_.spec(), pose, kAngles));
    return sets;
  }

 private:
  Settings settings_;
};

struct NoSettings {
  [[nodiscard]] std::string text() const { return {}; }
};

/// All flexors, or all extensors, fully active while the elbow is held: what a dynamometer finds.
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
    const Pose pose = source_.dynamics().pose();
    put(sets[0], maximumTorqueCurve(upperLimb(), Action::flexion, pose, kAngles));
    put(sets[1], maximumTorqueCurve(upperLimb(), Action::extension, pose, kAngles));
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
    std::vector<lab::Dataset> sets = shapes(settings_);
    const ForceLength curve = forceLengthCurve(settings_.spec(), 1, kPoints);
    put(sets[0], curve.active);
    put(sets[1], curve.passive);
    put(sets[2], curve.total);
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
    const lab::Axis velocity{"shortening_velocity", "m/s", {}};
    return {{"force", "Force at the optimal length, fully active", "N", {velocity}, {}},
            {"power", "Power", "W", {velocity}, {}}};
  }
  ForceVelocity(const std::string& name, Source& source, Settings settings)
      : Curve(name, source), settings_(settings) {}
  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    std::vector<lab::Dataset> sets = shapes(settings_);
    for (const CurvePoint point : forceVelocityCurve(settings_.spec(), 1, kPoints)) {
      for (lab::Dataset& set : sets) set.axes[0].values.push_back(point.x);
      sets[0].values.push_back(point.y);
      sets[1].values.push_back(point.x * point.y);
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
