// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "anatomy/kind/breathing/instrument.h"

namespace aula::anatomy::respiration {

namespace {

std::vector<lab::Dataset> shapesOf() {
  const auto over = [](const char* name, const char* label, const char* unit) {
    return lab::Dataset{name, label, unit, {{"generation", "1", {}}}, {}};
  };
  return {over("resistance", "Resistance of a generation", "Pa s/m3"),
          over("number", "Branches of a generation", "1"),
          over("diameter", "Mean diameter, as drawn", "m"),
          over("length", "Mean length, as drawn", "m"),
          single("total_resistance", "Resistance of all airways, with the mouth", "Pa s/m3"),
          single("lower_resistance", "Resistance below the larynx", "Pa s/m3"),
          single("dead_space", "Anatomical dead space", "m3"),
          single("terminals", "Terminal bronchioles", "1")};
}

class AirwaysPlan final : public InstrumentPlan {
 public:
  AirwaysPlan(const std::string& name, const lab::Node& node, double timeStep)
      : InstrumentPlan(name, node, timeStep, 0.1),
        flow(node.quantity("flow", "m3/s", {1e-6, 0.02}, 0.5e-3)) {}
  [[nodiscard]] std::vector<lab::Dataset> shapes() const override { return shapesOf(); }
  [[nodiscard]] std::unique_ptr<Recorder> build(const Breathing& breathing) const override;
  double flow;
};

/// The airways as they stand when they are asked for: nothing is kept.
class Airways final : public Recorder {
 public:
  Airways(const AirwaysPlan& plan, const Breathing& breathing)
      : Recorder(plan.name(), plan.interval(), breathing), flow_(plan.flow) {}
  void sample() override {}
  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    std::vector<lab::Dataset> data = shapesOf();
    const std::vector<BranchStatistics> generations = byGeneration(breathing_.tree());
    const std::vector<double> resistance = breathing_.resistanceByGeneration(flow_);
    double lower = 0;
    for (std::size_t g = 0; g < generations.size(); ++g) {
      for (std::size_t d = 0; d < 4; ++d) data[d].axes[0].values.push_back(double(g));
      data[0].values.push_back(resistance[g]);
      data[1].values.push_back(generations[g].number);
      data[2].values.push_back(generations[g].diameter);
      data[3].values.push_back(generations[g].length);
      lower += resistance[g];
    }
    data[4].values = {lower + resistance.back()};
    data[5].values = {lower};
    data[6].values = {breathing_.deadSpace()};
    data[7].values = {double(breathing_.tree().terminals.size())};
    return data;
  }

 private:
  void archive(Archive&) override {}
  double flow_;
};

std::unique_ptr<Recorder> AirwaysPlan::build(const Breathing& breathing) const {
  return std::make_unique<Airways>(*this, breathing);
}

}  // namespace

PlanPointer parseAirways(const std::string& name, const lab::Node& node, double timeStep) {
  return std::make_unique<AirwaysPlan>(name, node, timeStep);
}

}  // namespace aula::anatomy::respiration
