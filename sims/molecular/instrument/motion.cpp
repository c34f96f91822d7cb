// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "molecular/analysis/correlation.h"
#include "molecular/instrument/instrument.h"
#include "molecular/units.h"

namespace aula::molecular {

namespace {

constexpr double kDiffusionUnit = kNanometre * kNanometre / kPicosecond;  // m2/s

/// A correlation over time of some atoms.
class CorrelationPlan : public InstrumentPlan {
 public:
  CorrelationPlan(const std::string& name, const lab::Node& node, const InstrumentContext& context,
                  double every, double usualSpan) {
    readTimes(name, node, context, every);
    selected = readSelection(node, "selection", context.system, "all");
    const double step = double(interval_) * timeStep_;
    const double span = node.quantity("span", "s", lab::kPositive, usualSpan * kPicosecond) / kPicosecond;
    lags = static_cast<int>(std::clamp(std::round(span / step), 2.0, 20000.0));
    if (span / step > 20000) node.errorAt("span", "is more than 20000 samples long; enlarge every");
    sign(selected.text);
    sign(double(lags));
  }
  [[nodiscard]] double bytes() const override { return 24.0 * double(selected.atoms.size()) * (lags + 3.0); }
  /// ps
  [[nodiscard]] double sampleTime() const { return double(interval_) * timeStep_; }
  [[nodiscard]] int blockLength() const {
    // Ten blocks over the run, and none shorter than what is looked at.
    return std::max<int>(lags, static_cast<int>(std::max<std::int64_t>(0, steps_ - start_) / interval_ / 10));
  }

  SelectedAtoms selected;
  int lags = 100;
};

void archiveCorrelation(Archive& archive, TimeCorrelation& correlation) {
  archive.value("moments", correlation.moments_);
  archive.value("points", correlation.points_);
  archive.vector("ring", correlation.ring_);
  archive.vector("sums", correlation.sums_);
  archive.vector("pairs", correlation.pairs_);
}

class DisplacementPlan final : public CorrelationPlan {
 public:
  DisplacementPlan(const std::string& name, const lab::Node& node, const InstrumentContext& context)
      : CorrelationPlan(name, node, context, 0.1, 5) {
    const double from =
        node.quantity("fit_from", "s", lab::kNotNegative, 0.2 * lags * sampleTime() * kPicosecond);
    const double to = node.quantity("fit_to", "s", lab::kPositive, 0.8 * lags * sampleTime() * kPicosecond);
    firstLag = static_cast<int>(std::lround(from / kPicosecond / sampleTime()));
    lastLag = std::min(lags, static_cast<int>(std::lround(to / kPicosecond / sampleTime())));
    if (lastLag <= firstLag) node.errorAt("fit_to", "must be later than fit_from, and not beyond span");
    sign(double(firstLag));
    sign(double(lastLag));
  }
  [[nodiscard]] std::vector<lab::Dataset> shapes() const override {
    return {{"msd", "Mean squared displacement", "m2", {{"lag", "s", {}}}, {}},
            single("diffusion", "Diffusion coefficient", "m2/s"),
            single("diffusion_error", "Diffusion coefficient, standard error", "m2/s")};
  }
  [[nodiscard]] std::unique_ptr<Recorder> build(Moment& moment) const override;
  int firstLag = 0, lastLag = 1;
};

/// Positions less the drift of the whole selection's centre would hide a flow: they are taken as they are.
class Displacement final : public Recorder {
 public:
  Displacement(const DisplacementPlan& plan, Moment& moment)
      : Recorder(plan.name(), plan.interval(), plan.start(), moment),
        plan_(plan),
        correlation_(TimeCorrelation::Kind::squaredDisplacement, plan.lags, plan.blockLength()) {}
  void take() override {
    const State& state = moment_.state();
    std::vector<Vec3> positions;
    positions.reserve(plan_.selected.atoms.size());
    for (const int atom : plan_.selected.atoms)
      positions.push_back(state.positions[static_cast<std::size_t>(atom)]);
    correlation_.add(unwrapper_.follow(positions, state.box));
  }
  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    std::vector<lab::Dataset> data = plan_.shapes();
    const std::vector<double> mean = correlation_.mean();
    for (std::size_t lag = 0; lag < mean.size(); ++lag) {
      data[0].axes[0].values.push_back(double(lag) * plan_.sampleTime() * kPicosecond);
      data[0].values.push_back(mean[lag] * kNanometre * kNanometre);
    }
    const Diffusion diffusion = diffusionOf(correlation_, plan_.sampleTime(), plan_.firstLag, plan_.lastLag);
    data[1].values = {diffusion.value * kDiffusionUnit};
    data[2].values = {diffusion.error * kDiffusionUnit};
    return data;
  }
  [[nodiscard]] bool isAccumulating() const override { return true; }
  void clear() override {
    correlation_.reset();
    unwrapper_.reset();
  }
  void archive(Archive& archive) override {
    archiveCorrelation(archive, correlation_);
    archive.vector("last", unwrapper_.last());
    archive.vector("unwrapped", unwrapper_.values());
  }

 private:
  const DisplacementPlan& plan_;
  TimeCorrelation correlation_;
  Unwrapper unwrapper_;
};

std::unique_ptr<Recorder> DisplacementPlan::build(Moment& moment) const {
  return std::make_unique<Displacement>(*this, moment);
}

class VelocityPlan final : public CorrelationPlan {
 public:
  VelocityPlan(const std::string& name, const lab::Node& node, const InstrumentContext& context)
      : CorrelationPlan(name, node, context, 0.01, 2) {}
  [[nodiscard]] std::vector<lab::Dataset> shapes() const override {
    return {{"correlation", "Velocity autocorrelation", "1", {{"lag", "s", {}}}, {}},
            {"spectrum", "Vibrational spectrum", "s", {{"frequency", "Hz", {}}}, {}},
            single("diffusion", "Diffusion coefficient, Green and Kubo", "m2/s")};
  }
  [[nodiscard]] std::unique_ptr<Recorder> build(Moment& moment) const override;
};

class VelocityCorrelation final : public Recorder {
 public:
  VelocityCorrelation(const VelocityPlan& plan, Moment& moment)
      : Recorder(plan.name(), plan.interval(), plan.start(), moment),
        plan_(plan),
        correlation_(TimeCorrelation::Kind::product, plan.lags, plan.blockLength()) {}
  void take() override {
    const State& state = moment_.state();
    std::vector<Vec3> velocities;
    velocities.reserve(plan_.selected.atoms.size());
    for (const int atom : plan_.selected.atoms)
      velocities.push_back(state.velocities.empty() ? Vec3{}
                                                    : state.velocities[static_cast<std::size_t>(atom)]);
    correlation_.add(velocities);
  }
  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    std::vector<lab::Dataset> data = plan_.shapes();
    std::vector<double> mean = correlation_.mean();
    double integral = 0;
    for (std::size_t lag = 0; lag < mean.size(); ++lag)
      integral += (lag == 0 || lag + 1 == mean.size() ? 0.5 : 1) * mean[lag] * plan_.sampleTime();
    const double first = mean.empty() || mean.front() <= 0 ? 1 : mean.front();
    for (std::size_t lag = 0; lag < mean.size(); ++lag) {
      mean[lag] /= first;
      data[0].axes[0].values.push_back(double(lag) * plan_.sampleTime() * kPicosecond);
      data[0].values.push_back(mean[lag]);
    }
    // Up to Nyquist's frequency, twice as fine as the span resolves.
    std::vector<double> frequencies;
    for (int n = 0; n <= plan_.lags; ++n) frequencies.push_back(n / (2.0 * plan_.lags * plan_.sampleTime()));
    const std::vector<double> spectrum = spectrumOf(mean, plan_.sampleTime(), frequencies);
    for (std::size_t n = 0; n < frequencies.size(); ++n) {
      data[1].axes[0].values.push_back(frequencies[n] / kPicosecond);
      data[1].values.push_back(spectrum[n] * kPicosecond);
    }
    data[2].values = {integral / 3 * kDiffusionUnit};
    return data;
  }
  [[nodiscard]] bool isAccumulating() const override { return true; }
  void clear() override { correlation_.reset(); }
  void archive(Archive& archive) override { archiveCorrelation(archive, correlation_); }

 private:
  const VelocityPlan& plan_;
  TimeCorrelation correlation_;
};

std::unique_ptr<Recorder> VelocityPlan::build(Moment& moment) const {
  return std::make_unique<VelocityCorrelation>(*this, moment);
}

}  // namespace

PlanPointer parseDisplacement(const std::string& name, const lab::Node& node,
                              const InstrumentContext& context) {
  return std::make_unique<DisplacementPlan>(name, node, context);
}

PlanPointer parseVelocityCorrelation(const std::string& name, const lab::Node& node,
                                     const InstrumentContext& context) {
  return std::make_unique<VelocityPlan>(name, node, context);
}

}  // namespace aula::molecular
