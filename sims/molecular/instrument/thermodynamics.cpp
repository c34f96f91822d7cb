// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>

#include "molecular/analysis/statistics.h"
#include "molecular/instrument/instrument.h"
#include "molecular/model/constants.h"
#include "molecular/units.h"

namespace aula::molecular {

namespace {

enum Column {
  kPotential,
  kKinetic,
  kTotal,
  kConserved,
  kTemperature,
  kPressure,
  kVolume,
  kDensity,
  kColumns
};
struct ColumnText {
  const char *name, *label, *unit;
};
constexpr ColumnText kText[kColumns] = {{"potential", "Potential energy", "J/mol"},
                                        {"kinetic", "Kinetic energy", "J/mol"},
                                        {"total", "Total energy", "J/mol"},
                                        {"conserved", "Conserved energy", "J/mol"},
                                        {"temperature", "Temperature", "K"},
                                        {"pressure", "Pressure", "Pa"},
                                        {"volume", "Volume", "m3"},
                                        {"density", "Density", "kg/m3"}};

class ThermodynamicsPlan final : public InstrumentPlan {
 public:
  ThermodynamicsPlan(const std::string& name, const lab::Node& node, const InstrumentContext& context) {
    readTimes(name, node, context, 0.05);
    averagesFrom = static_cast<std::int64_t>(
        node.quantity("average_from", "s", lab::kNotNegative, 0.0) / kPicosecond / timeStep_ + 0.5);
    isPeriodic = context.system == nullptr || context.system->state.box.isPeriodic();
    sign(double(averagesFrom));
  }
  /// Without a box there is neither pressure nor volume.
  [[nodiscard]] bool has(int column) const { return isPeriodic || column < kPressure; }
  [[nodiscard]] std::vector<lab::Dataset> shapes() const override {
    std::vector<lab::Dataset> shapes;
    for (int column = 0; column < kColumns; ++column)
      if (has(column))
        shapes.push_back(timeSeries(kText[column].name, kText[column].label, kText[column].unit));
    for (int column = 0; column < kColumns; ++column) {
      if (!has(column)) continue;
      const std::string name = kText[column].name, label = kText[column].label;
      shapes.push_back(single("mean_" + name, label + ", mean", kText[column].unit));
      shapes.push_back(single(name + "_error", label + ", standard error of the mean", kText[column].unit));
    }
    shapes.push_back(single("drift", "Drift of the conserved energy, in kT an atom", "1/s"));
    if (isPeriodic) shapes.push_back(single("compressibility_factor", "p V / (N k T)", "1"));
    return shapes;
  }
  [[nodiscard]] double bytes() const override {
    return 8.0 * (kColumns + 1) * double(steps_) / double(interval_);
  }
  [[nodiscard]] std::unique_ptr<Recorder> build(Moment& moment) const override;

  std::int64_t averagesFrom = 0;
  bool isPeriodic = true;
};

class Thermodynamics final : public Recorder {
 public:
  Thermodynamics(const ThermodynamicsPlan& plan, Moment& moment)
      : Recorder(plan.name(), plan.interval(), plan.start(), moment), plan_(plan) {
    for (const double mass : moment.topology().masses) mass_ += mass;
  }

  void take() override {
    const Energies& energies = moment_.energies();
    const double volume = plan_.isPeriodic ? moment_.state().box.volume() : 0;
    const double values[kColumns] = {
        energies.potential() * kMolarEnergy,
        energies.kinetic * kMolarEnergy,
        (energies.potential() + energies.kinetic) * kMolarEnergy,
        energies.conserved * kMolarEnergy,
        energies.temperature,
        energies.scalarPressure() * kBar,
        volume * kNanometre * kNanometre * kNanometre,
        volume > 0 ? mass_ / volume * kMassUnit / (kNanometre * kNanometre * kNanometre) : 0};
    for (std::size_t column = 0; column < kColumns; ++column) columns_[column].push_back(values[column]);
    steps_.push_back(moment_.step());
  }

  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    std::vector<double> times;
    for (const std::int64_t step : steps_) times.push_back(double(step) * moment_.timeStep() * kPicosecond);
    const auto first = static_cast<std::size_t>(
        std::lower_bound(steps_.begin(), steps_.end(),
                         std::max(changeStep_, std::int64_t{0}) + plan_.averagesFrom) -
        steps_.begin());
    std::vector<lab::Dataset> data;
    for (int column = 0; column < kColumns; ++column) {
      if (!plan_.has(column)) continue;
      lab::Dataset series = timeSeries(kText[column].name, kText[column].label, kText[column].unit);
      series.axes[0].values = times;
      series.values = columns_[static_cast<std::size_t>(column)];
      data.push_back(std::move(series));
    }
    Estimate means[kColumns];
    for (int column = 0; column < kColumns; ++column) {
      if (!plan_.has(column)) continue;
      const auto& values = columns_[static_cast<std::size_t>(column)];
      means[column] = blockEstimate(std::span(values).subspan(std::min(first, values.size())));
      const std::string name = kText[column].name, label = kText[column].label;
      data.push_back(single("mean_" + name, label + ", mean", kText[column].unit));
      data.back().values = {means[column].mean};
      data.push_back(single(name + "_error", label + ", standard error of the mean", kText[column].unit));
      data.back().values = {means[column].error};
    }
    const auto& conserved = columns_[kConserved];
    const double slope = slopeOf(std::span(times).subspan(std::min(first, times.size())),
                                 std::span(conserved).subspan(std::min(first, conserved.size())));
    const double count = double(moment_.topology().masses.size());
    const double thermal = kBoltzmann * kMolarEnergy * means[kTemperature].mean;
    data.push_back(single("drift", "Drift of the conserved energy, in kT an atom", "1/s"));
    data.back().values = {thermal > 0 ? slope / thermal / count : 0};
    if (plan_.isPeriodic) {
      // Of the means: with the temperature as it was, the thermostat's slowness does not matter.
      const double ideal = double(moment_.topology().masses.size()) * kBoltzmann * means[kTemperature].mean *
                           kBarPerUnit * kBar;
      const double volume = means[kVolume].mean / (kNanometre * kNanometre * kNanometre);
      data.push_back(single("compressibility_factor", "p V / (N k T)", "1"));
      data.back().values = {ideal > 0 ? means[kPressure].mean * volume / ideal : 0};
    }
    return data;
  }

  [[nodiscard]] bool isAccumulating() const override { return true; }
  /// The course over time goes on; means begin anew.
  void clear() override { changeStep_ = moment_.step(); }
  void archive(Archive& archive) override {
    archive.vector("steps", steps_);
    archive.value("change", changeStep_);
    for (int column = 0; column < kColumns; ++column)
      archive.vector(kText[column].name, columns_[static_cast<std::size_t>(column)]);
  }

 private:
  const ThermodynamicsPlan& plan_;
  double mass_ = 0;  ///< u
  std::int64_t changeStep_ = 0;
  std::vector<std::int64_t> steps_;
  std::vector<double> columns_[kColumns];
};

std::unique_ptr<Recorder> ThermodynamicsPlan::build(Moment& moment) const {
  return std::make_unique<Thermodynamics>(*this, moment);
}

}  // namespace

PlanPointer parseThermodynamics(const std::string& name, const lab::Node& node,
                                const InstrumentContext& context) {
  return std::make_unique<ThermodynamicsPlan>(name, node, context);
}

}  // namespace aula::molecular
