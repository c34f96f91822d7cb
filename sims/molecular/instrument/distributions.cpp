// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "molecular/analysis/distribution.h"
#include "molecular/instrument/instrument.h"
#include "molecular/model/constants.h"
#include "molecular/units.h"

namespace aula::molecular {

namespace {

// ---- Speeds

class SpeedsPlan final : public InstrumentPlan {
 public:
  SpeedsPlan(const std::string& name, const lab::Node& node, const InstrumentContext& context) {
    readTimes(name, node, context, 0.1);
    selected = readSelection(node, "selection", context.system, "all");
    bins = static_cast<int>(node.integer("bins", 4, 10000, 60));
    // Five times the most probable speed of the lightest atom leaves 1e-10 of them out.
    double lightest = 1;
    if (context.system != nullptr && !selected.atoms.empty()) {
      lightest = 1e9;
      for (const int atom : selected.atoms)
        lightest = std::min(lightest, context.system->topology.masses[static_cast<std::size_t>(atom)]);
    }
    const double usual =
        3.2 * std::sqrt(2 * kBoltzmann * std::max(1.0, context.settings.dynamics.temperature) / lightest);
    range = node.quantity("range", "m/s", lab::kPositive, usual * kSpeed) / kSpeed;
    sign(selected.text);
    sign(double(bins));
    // The usual range hangs on the temperature, which may be live: only one that was given counts.
    if (node.has("range")) sign(range);
  }
  [[nodiscard]] std::vector<lab::Dataset> shapes() const override {
    const lab::Axis axis{"speed", "m/s", {}};
    return {{"density", "Share of the atoms per speed", "s/m", {axis}, {}},
            {"maxwell_boltzmann", "Maxwell and Boltzmann", "s/m", {axis}, {}},
            single("temperature", "Temperature of these atoms", "K"),
            single("mean_speed", "Mean speed", "m/s"),
            single("expected_mean_speed", "Mean speed, Maxwell and Boltzmann", "m/s"),
            single("distance", "Largest difference of the cumulative shares", "1")};
  }
  [[nodiscard]] std::unique_ptr<Recorder> build(Moment& moment) const override;

  SelectedAtoms selected;
  int bins = 60;
  double range = 1;  ///< nm/ps
};

class Speeds final : public Recorder {
 public:
  Speeds(const SpeedsPlan& plan, Moment& moment)
      : Recorder(plan.name(), plan.interval(), plan.start(), moment),
        plan_(plan),
        speeds_(plan.range, plan.bins) {
    for (const int atom : plan.selected.atoms)
      masses_.push_back(moment.topology().masses[static_cast<std::size_t>(atom)]);
  }
  void take() override {
    const State& state = moment_.state();
    if (!state.velocities.empty())
      speeds_.add(state.velocities, moment_.topology().masses, plan_.selected.atoms);
  }
  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    std::vector<lab::Dataset> data = plan_.shapes();
    const double temperature = speeds_.temperature();
    const std::vector<double> density = speeds_.density();
    double mean = 0;
    for (const double mass : masses_)
      mean += std::sqrt(8 * kBoltzmann * temperature / (3.14159265358979323846 * mass));
    for (std::size_t i = 0; i < density.size(); ++i) {
      const double speed = speeds_.speeds()[i];
      for (std::size_t d = 0; d < 2; ++d) data[d].axes[0].values.push_back(speed * kSpeed);
      data[0].values.push_back(density[i] / kSpeed);
      data[1].values.push_back(maxwellDensity(speed, masses_, temperature) / kSpeed);
    }
    data[2].values = {temperature};
    data[3].values = {speeds_.meanSpeed() * kSpeed};
    data[4].values = {masses_.empty() ? 0 : mean / double(masses_.size()) * kSpeed};
    data[5].values = {speeds_.distance(masses_)};
    return data;
  }
  [[nodiscard]] bool isAccumulating() const override { return true; }
  void clear() override { speeds_.reset(); }
  void archive(Archive& archive) override {
    archive.vector("counts", speeds_.counts_);
    archive.value("samples", speeds_.samples_);
    archive.value("energy", speeds_.energy_);
    archive.value("speed", speeds_.speed_);
  }

 private:
  const SpeedsPlan& plan_;
  SpeedDistribution speeds_;
  std::vector<double> masses_;
};

std::unique_ptr<Recorder> SpeedsPlan::build(Moment& moment) const {
  return std::make_unique<Speeds>(*this, moment);
}

// ---- Distances

class RadialPlan final : public InstrumentPlan {
 public:
  RadialPlan(const std::string& name, const lab::Node& node, const InstrumentContext& context) {
    readTimes(name, node, context, 0.2);
    first = readSelection(node, "from", context.system, "all");
    second = readSelection(node, "to", context.system, first.text);
    bins = static_cast<int>(node.integer("bins", 4, 10000, 100));
    isBetweenMolecules = node.boolean("between_molecules", true);
    double widest = 1.0;
    if (context.system != nullptr) {
      const Box& box = context.system->state.box;
      if (!box.isPeriodic())
        node.error("needs a periodic box: without one there is no mean density to compare with");
      // A barostat may shrink the box.
      else
        widest = box.longestCutoff() * (context.settings.dynamics.barostat == Barostat::none ? 1 : 0.9);
    }
    range = node.quantity("range", "m", lab::kPositive, std::min(1.0, widest) * kNanometre) / kNanometre;
    if (context.system != nullptr && range > widest * (1 + 1e-9))
      node.errorAt("range", "reaches further than half the box's width, " + std::to_string(widest) + " nm");
    sign(first.text);
    sign(second.text);
    sign(double(bins));
    sign(range);
  }
  [[nodiscard]] std::vector<lab::Dataset> shapes() const override {
    return {{"g", "Radial distribution g(r)", "1", {{"r", "m", {}}}, {}},
            {"coordination", "Coordination number n(r)", "1", {{"r", "m", {}}}, {}}};
  }
  [[nodiscard]] std::unique_ptr<Recorder> build(Moment& moment) const override;

  SelectedAtoms first, second;
  int bins = 100;
  bool isBetweenMolecules = true;
  double range = 1;  ///< nm
};

class Radial final : public Recorder {
 public:
  Radial(const RadialPlan& plan, Moment& moment)
      : Recorder(plan.name(), plan.interval(), plan.start(), moment),
        plan_(plan),
        distribution_(plan.range, plan.bins, plan.isBetweenMolecules) {}
  void take() override {
    distribution_.add(moment_.topology(), moment_.state(), plan_.first.atoms, plan_.second.atoms);
  }
  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    std::vector<lab::Dataset> data = plan_.shapes();
    for (const double r : distribution_.radii()) {
      data[0].axes[0].values.push_back(r * kNanometre);
      data[1].axes[0].values.push_back((r + 0.5 * distribution_.width()) * kNanometre);
    }
    data[0].values = distribution_.distribution();
    data[1].values = distribution_.coordination();
    return data;
  }
  [[nodiscard]] bool isAccumulating() const override { return true; }
  void clear() override { distribution_.reset(); }
  void archive(Archive& archive) override {
    archive.vector("counts", distribution_.counts_);
    archive.value("expected", distribution_.expected_);
    archive.value("centres", distribution_.centres_);
  }

 private:
  const RadialPlan& plan_;
  RadialDistribution distribution_;
};

std::unique_ptr<Recorder> RadialPlan::build(Moment& moment) const {
  return std::make_unique<Radial>(*this, moment);
}

}  // namespace

PlanPointer parseSpeeds(const std::string& name, const lab::Node& node, const InstrumentContext& context) {
  return std::make_unique<SpeedsPlan>(name, node, context);
}

PlanPointer parseRadialDistribution(const std::string& name, const lab::Node& node,
                                    const InstrumentContext& context) {
  return std::make_unique<RadialPlan>(name, node, context);
}

}  // namespace aula::molecular
