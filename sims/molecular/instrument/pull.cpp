// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "molecular/instrument/instrument.h"
#include "molecular/units.h"

namespace aula::molecular {

namespace {

/// Of one pull: the lab file's, or the hand's that comes after them.
class PullPlan final : public InstrumentPlan {
 public:
  PullPlan(const std::string& name, const lab::Node& node, const InstrumentContext& context) {
    readTimes(name, node, context, 0.02);
    number = static_cast<int>(node.integer("number", 1, 100, 1));
    sign(double(number));
  }
  [[nodiscard]] std::vector<lab::Dataset> shapes() const override {
    return {timeSeries("force", "Force of the pull", "N"),
            timeSeries("distance", "Distance to the spring's end", "m"),
            timeSeries("travel", "Way of the spring's end", "m"),
            timeSeries("work", "Work done by the pull", "J")};
  }
  [[nodiscard]] std::unique_ptr<Recorder> build(Moment& moment) const override;
  int number = 1;
};

/// Work is the sum of force times the way of the spring's end, the force taken as the mean of two samples:
/// what a hand puts in (Jarzynski 1997, eq. 3, for a spring that is moved).
class PullRecorder final : public Recorder {
 public:
  PullRecorder(const PullPlan& plan, Moment& moment)
      : Recorder(plan.name(), plan.interval(), plan.start(), moment), plan_(plan) {}
  void take() override {
    steps_.push_back(moment_.step());
    const auto index = static_cast<std::size_t>(plan_.number - 1);
    Vec3 force, target = target_;
    double distance = 0;
    const bool isThere = index < moment_.pulls().size();
    if (isThere) {
      const Pull& pull = moment_.pulls()[index];
      force = moment_.engine().pullForces().at(index);
      target = pull.target;
      Vec3 centre;
      double mass = 0;
      for (const int atom : pull.atoms) {
        const auto n = static_cast<std::size_t>(atom);
        centre = centre + moment_.topology().masses[n] * moment_.wholePositions()[n];
        mass += moment_.topology().masses[n];
      }
      distance = core::length(moment_.state().box.nearest(target - centre / mass));
    }
    // A hand that takes hold anew begins where it is.
    if (isThere && wasThere_ != 0) {
      work_ += core::dot(0.5 * (force + force_), target - target_);
      travel_ += core::length(target - target_);
    }
    force_ = force;
    target_ = target;
    wasThere_ = isThere ? 1 : 0;
    columns_[0].push_back(core::length(force) * kForce);
    columns_[1].push_back(distance * kNanometre);
    columns_[2].push_back(travel_ * kNanometre);
    columns_[3].push_back(work_ * kForce * kNanometre);
  }
  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    std::vector<lab::Dataset> data = plan_.shapes();
    for (std::size_t column = 0; column < 4; ++column) {
      for (const std::int64_t step : steps_)
        data[column].axes[0].values.push_back(double(step) * moment_.timeStep() * kPicosecond);
      data[column].values = columns_[column];
    }
    return data;
  }
  void archive(Archive& archive) override {
    archive.vector("steps", steps_);
    for (std::size_t column = 0; column < 4; ++column)
      archive.vector("column" + std::to_string(column), columns_[column]);
    archive.value("force", force_);
    archive.value("target", target_);
    archive.value("there", wasThere_);
    archive.value("work", work_);
    archive.value("travel", travel_);
  }

 private:
  const PullPlan& plan_;
  std::vector<std::int64_t> steps_;
  std::vector<double> columns_[4];
  Vec3 force_, target_;
  int wasThere_ = 0;
  double work_ = 0, travel_ = 0;
};

std::unique_ptr<Recorder> PullPlan::build(Moment& moment) const {
  return std::make_unique<PullRecorder>(*this, moment);
}

}  // namespace

PlanPointer parsePull(const std::string& name, const lab::Node& node, const InstrumentContext& context) {
  return std::make_unique<PullPlan>(name, node, context);
}

}  // namespace aula::molecular
