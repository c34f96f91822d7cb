// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <memory>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/io/checkpoint.h"
#include "lab/lab.h"
#include "lab/session/simulation.h"

/// A simulation small enough to see through: a chain of coupled pendulums in single precision, driven at one
/// end. Everything a session deals with is there: instruments, views, commands, checkpoints, an instability.
namespace aula::test {

inline constexpr const char* kPendulumLab = R"json({
  "aula": 1,
  "title": {"en": "Pendulums", "fr": "Pendules"},
  "knobs": {"drive": {"unit": "Hz", "default": "2 Hz", "range": ["0 Hz", "100 Hz"], "live": true},
            "length": {"unit": "m", "default": "1 m", "range": ["0.1 m", "2 m"]}},
  "simulation": {"kind": "pendulum", "count": 24},
  "instruments": {"probe": {"interval": 3}, "chain": {"interval": 50}},
  "run": {"steps": 2000},
  "measurements": {
    "swing": {"title": "Largest swing", "instrument": "probe", "dataset": "angle", "reduce": "maximum", "unit": "deg"},
    "ratio": {"value": "swing / (1 rad)",
                            "unit" : "1"
}
}
})json";

class PendulumChain;

class PendulumInstrument : public lab::Instrument {
 public:
  PendulumInstrument(const PendulumChain& chain, std::string name, std::int64_t interval, bool isProbe)
      : chain_(chain), name_(std::move(name)), interval_(interval), isProbe_(isProbe) {}
  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] std::int64_t interval() const override { return interval_; }
  void sample() override;
  [[nodiscard]] std::vector<lab::Dataset> data() const override;
  void save(core::CheckpointWriter& writer) const override {
    writer.writeArray<double>("times", times_);
    writer.writeArray<double>("values", values_);
  }
  void load(core::CheckpointReader& reader) override {
    reader.readVector("times", times_);
    reader.readVector("values", values_);
  }

 private:
  const PendulumChain& chain_;
  std::string name_;
  std::int64_t interval_;
  bool isProbe_;
  std::vector<double> times_, values_;
};

class PendulumChain : public lab::Simulation {
 public:
  PendulumChain(int count, double drive, const std::vector<std::pair<std::string, std::int64_t>>& instruments)
      : drive_(drive), angle_(static_cast<std::size_t>(count)), rate_(static_cast<std::size_t>(count)) {
    for (const auto& [name, interval] : instruments)
      instruments_.push_back(std::make_unique<PendulumInstrument>(*this, name, interval, name == "probe"));
  }

  [[nodiscard]] std::int64_t step() const override { return step_; }
  [[nodiscard]] double timeStep() const override { return 0.01; }
  void advance(std::int64_t steps) override {
    for (std::int64_t i = 0; i < steps; ++i) {
      if (onStep) onStep(step_);
      const std::size_t n = angle_.size();
      for (std::size_t j = 0; j < n; ++j) {
        const float left =
            j > 0 ? angle_[j - 1] : std::sin(static_cast<float>(6.2831853 * drive_ * 0.01 * double(step_)));
        const float right = j + 1 < n ? angle_[j + 1] : 0.0F;
        rate_[j] += 0.01F * (-9.81F * std::sin(angle_[j]) + 400.0F * (left + right - 2 * angle_[j]));
      }
      for (std::size_t j = 0; j < n; ++j) angle_[j] += 0.01F * rate_[j];
      ++step_;
      if (step_ == breaksAt) angle_[0] = std::nanf("");
    }
  }
  void checkState() const override {
    for (const float angle : angle_)
      if (!std::isfinite(angle))
        throw core::Error("unstable: a pendulum's angle is not finite at step " + std::to_string(step_));
  }
  [[nodiscard]] std::vector<lab::Instrument*> instruments() override {
    std::vector<lab::Instrument*> all;
    for (const auto& instrument : instruments_) all.push_back(instrument.get());
    return all;
  }
  void publish(scene::Frame& frame) const override {
    scene::VolumeView view;
    view.name = "angle";
    view.nx = static_cast<int>(angle_.size());
    view.values = std::make_shared<const std::vector<float>>(angle_);
    frame.views.emplace_back(view);
  }
  bool apply(const lab::Command& command) override {
    if (command.name != "drive") return false;
    drive_ = command.value;
    return true;
  }
  void save(core::CheckpointWriter& writer) const override {
    writer.writeValue<std::int64_t>("step", step_);
    writer.writeValue<double>("drive", drive_);
    writer.writeArray<float>("angle", angle_);
    writer.writeArray<float>("rate", rate_);
  }
  void load(core::CheckpointReader& reader) override {
    step_ = reader.readValue<std::int64_t>("step");
    drive_ = reader.readValue<double>("drive");
    reader.readArray<float>("angle", angle_);
    reader.readArray<float>("rate", rate_);
  }
  [[nodiscard]] double workPerStep() const override { return 1e-6 * static_cast<double>(angle_.size()); }
  [[nodiscard]] std::string speedUnit() const override { return "Mpendulum/s"; }
  [[nodiscard]] std::vector<std::string> warnings() const override { return {}; }
  [[nodiscard]] const std::vector<float>& angles() const { return angle_; }

  std::function<void(std::int64_t)> onStep;  ///< Called before each step.
  std::int64_t breaksAt = -1;                ///< At that step an angle becomes NaN.

 private:
  double drive_;
  std::int64_t step_ = 0;
  std::vector<float> angle_, rate_;
  std::vector<std::unique_ptr<PendulumInstrument>> instruments_;
};

inline void PendulumInstrument::sample() {
  times_.push_back(chain_.timeStep() * static_cast<double>(chain_.step()));
  if (isProbe_) {
    values_.push_back(chain_.angles()[0]);
  } else {
    values_.insert(values_.end(), chain_.angles().begin(), chain_.angles().end());
  }
}

inline std::vector<lab::Dataset> PendulumInstrument::data() const {
  lab::Dataset dataset{"angle", "Angle", "rad", {{"time", "s", times_}}, values_, true};
  if (!isProbe_) {
    std::vector<double> x(chain_.angles().size());
    std::iota(x.begin(), x.end(), 0.0);
    dataset.axes.push_back({"x", "m", x});
  }
  return {dataset};
}

/// What tests change about it.
struct PendulumOptions {
  std::function<void(std::int64_t)> onStep;
  std::int64_t breaksAt = -1;
  double bytes = 1e4;
};

class PendulumPlan : public lab::SimulationPlan {
 public:
  PendulumPlan(int count, double drive, std::int64_t steps,
               std::vector<std::pair<std::string, std::int64_t>> instruments, PendulumOptions options)
      : count_(count),
        drive_(drive),
        steps_(steps),
        instruments_(std::move(instruments)),
        options_(std::move(options)) {}
  [[nodiscard]] lab::Estimate estimate(const compute::DeviceChoice&) const override {
    lab::Estimate estimate;
    estimate.bytes = options_.bytes;
    estimate.steps = steps_;
    estimate.timeStep = 0.01;
    estimate.cells = count_;
    estimate.measure = "pendulums";
    estimate.parts = {{"angles", 0.9 * options_.bytes}, {"rates", 0.1 * options_.bytes}};
    return estimate;
  }
  [[nodiscard]] std::unique_ptr<lab::Simulation> build(const compute::DeviceChoice&) const override {
    auto chain = std::make_unique<PendulumChain>(count_, drive_, instruments_);
    chain->onStep = options_.onStep;
    chain->breaksAt = options_.breaksAt;
    return chain;
  }
  [[nodiscard]] std::vector<lab::InstrumentOutline> instruments() const override {
    std::vector<lab::InstrumentOutline> outlines;
    for (const auto& entry : instruments_) {
      const bool isProbe = entry.first == "probe";
      lab::DatasetOutline dataset{"angle", "rad", {"time"}, {"s"}};
      if (!isProbe) {
        dataset.axes.emplace_back("x");
        dataset.axisUnits.emplace_back("m");
      }
      outlines.push_back({entry.first, {dataset}});
    }
    return outlines;
  }

 private:
  int count_;
  double drive_;
  std::int64_t steps_;
  std::vector<std::pair<std::string, std::int64_t>> instruments_;
  PendulumOptions options_;
};

class PendulumKind : public lab::SimulationKind {
 public:
  explicit PendulumKind(PendulumOptions options = {}) : options_(std::move(options)) {}
  [[nodiscard]] std::string name() const override { return "pendulum"; }
  [[nodiscard]] std::unique_ptr<lab::SimulationPlan> plan(const lab::Lab& lab) const override {
    const lab::Node node = lab.simulation();
    static_cast<void>(node.text("kind"));
    const int count = static_cast<int>(node.integer("count", 1, 100000));
    std::vector<std::pair<std::string, std::int64_t>> instruments;
    for (const auto& [name, instrument] : lab.instruments())
      instruments.emplace_back(name, instrument.integer("interval", 1, 1000000));
    if (lab.diagnostics().hasErrors()) return nullptr;
    double drive = 0;
    for (const lab::Knob& knob : lab.knobs())
      if (knob.name == "drive") drive = knob.value;
    return std::make_unique<PendulumPlan>(count, drive, lab.run().steps, instruments, options_);
  }

 private:
  PendulumOptions options_;
};

[[nodiscard]] inline lab::Registry pendulumRegistry(PendulumOptions options = {}) {
  lab::Registry registry;
  registry.add(std::make_unique<PendulumKind>(std::move(options)));
  return registry;
}

}  // namespace aula::test
