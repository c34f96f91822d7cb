// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <complex>

#include "core/io/checkpoint.h"
#include "core/units/constants.h"
#include "fdtd/instrument/common.h"

namespace aula::fdtd {

namespace {

/// Components at one point as time series, and on request their spectra.
class ProbePlan final : public InstrumentPlan {
 public:
  ProbePlan(const std::string& name, std::int64_t interval) : InstrumentPlan(name, interval) {}

  [[nodiscard]] std::vector<lab::Dataset> shapes() const override {
    std::vector<lab::Dataset> shapes;
    for (const int c : components) {
      shapes.push_back(
          {componentName(c), componentLabel(c), componentUnit(c), {{"time", "s", {}}}, {}, false});
    }
    for (const int c : components) {
      if (frequencies.hertz.empty()) break;
      shapes.push_back({std::string("spectrum_") + componentName(c),
                        componentLabel(c) + ", spectrum",
                        std::string(componentUnit(c)) + " s",
                        {frequencies.axis},
                        {},
                        false});
    }
    return shapes;
  }
  [[nodiscard]] double bytes() const override {
    return 8.0 * double(components.size() + 1) * (double(steps) / double(interval()) + 1);
  }
  [[nodiscard]] std::unique_ptr<lab::Instrument> build(const Runs& runs) const override;
  [[nodiscard]] bool canGoOnFrom(const InstrumentPlan& before) const override {
    const auto* other = dynamic_cast<const ProbePlan*>(&before);
    return other != nullptr && other->components == components && other->lattice.axes == lattice.axes;
  }

  Grid grid;
  Lattice lattice;
  std::vector<int> components;
  Frequencies frequencies;  ///< None: no spectra.
  std::int64_t steps = 0;
};

class Probe final : public lab::Instrument {
 public:
  Probe(const ProbePlan& plan, const Runs& runs)
      : plan_(plan), solver_(*runs.main), series_(plan.components.size()) {
    for (const int c : plan.components) samplers_.emplace_back(plan.grid, c, plan.lattice);
  }

  [[nodiscard]] const std::string& name() const override { return plan_.name(); }
  [[nodiscard]] std::int64_t interval() const override { return plan_.interval(); }

  void sample() override {
    for (std::size_t c = 0; c < samplers_.size(); ++c) {
      double value = 0;
      samplers_[c].read(solver_, {&value, 1});
      series_[c].push_back(value);
    }
    steps_.push_back(solver_.step());
  }

  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    std::vector<lab::Dataset> data = plan_.shapes();
    const std::size_t count = series_.size();
    for (std::size_t c = 0; c < count; ++c) {
      data[c].axes[0].values = times(plan_.components[c]);
      data[c].values = series_[c];
      if (data.size() > count) data[count + c].values = spectrum(data[c].axes[0].values, series_[c]);
    }
    return data;
  }

  void save(core::CheckpointWriter& writer) const override {
    writer.writeArray("steps", std::span<const std::int64_t>(steps_));
    for (std::size_t c = 0; c < series_.size(); ++c) {
      writer.writeArray(componentName(plan_.components[c]), std::span<const double>(series_[c]));
    }
  }
  void load(core::CheckpointReader& reader) override {
    reader.readVector("steps", steps_);
    for (std::size_t c = 0; c < series_.size(); ++c)
      reader.readVector(componentName(plan_.components[c]), series_[c]);
  }

 private:
  /// H stands half a step before E.
  [[nodiscard]] std::vector<double> times(int component) const {
    std::vector<double> times;
    for (const std::int64_t step : steps_) {
      times.push_back((double(step) - (isElectric(component) ? 0 : 0.5)) * plan_.grid.dt);
    }
    return times;
  }

  /// |integral of x(t) w(t) exp(i w t) dt| with a Hann window w over the whole series, so that a field still
  /// ringing at the end does not smear.
  [[nodiscard]] std::vector<double> spectrum(const std::vector<double>& t,
                                             const std::vector<double>& x) const {
    std::vector<double> magnitudes;
    const double span = double(plan_.interval()) * plan_.grid.dt;
    for (const double f : plan_.frequencies.hertz) {
      std::complex<double> sum = 0;
      for (std::size_t i = 0; i < t.size(); ++i) {
        const double window = 0.5 * (1 - std::cos(2 * core::kPi * (double(i) + 0.5) / double(t.size())));
        sum += window * x[i] * std::polar(1.0, 2 * core::kPi * f * t[i]);
      }
      magnitudes.push_back(std::abs(sum) * span);
    }
    return magnitudes;
  }

  const ProbePlan& plan_;
  const Solver& solver_;
  std::vector<LatticeSampler> samplers_;
  std::vector<std::int64_t> steps_;
  std::vector<std::vector<double>> series_;  ///< One a component.
};

std::unique_ptr<lab::Instrument> ProbePlan::build(const Runs& runs) const {
  return std::make_unique<Probe>(*this, runs);
}

}  // namespace

std::unique_ptr<InstrumentPlan> parseProbe(const std::string& name, const lab::Node& node,
                                           const InstrumentContext& context) {
  const Grid& grid = context.setup.grid;
  // Twice as often as sampling theory asks, and eight times a period, so that a plot joins the samples
  // smoothly.
  const double rate = std::max(2.5 * context.highestFrequency, 8 * context.carrierFrequency);
  double every = rate > 0 ? 1 / rate : grid.dt;
  if (node.has("every")) every = node.quantity("every", "s", lab::kPositive);
  auto plan = std::make_unique<ProbePlan>(
      name, std::max<std::int64_t>(1, std::int64_t(std::min(1e12, every / grid.dt * (1 + 1e-9)))));
  plan->grid = grid;
  plan->steps = context.steps;
  plan->components = parseComponents(node, grid);
  core::Vec3 point = grid.origin;
  if (node.has("at")) {
    point = parseRegion(node, context).lower;
  } else {
    node.errorAt("at", "is missing; give the point to look at");
  }
  plan->lattice = makeLattice({point, point}, grid, 0);
  if (const auto spectrum = node.optionalChild("spectrum"))
    plan->frequencies = parseFrequencies(*spectrum, context);
  return plan;
}

}  // namespace aula::fdtd
