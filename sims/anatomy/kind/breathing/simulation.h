// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "anatomy/airways/breathing.h"
#include "anatomy/kind/breathing/instrument.h"
#include "anatomy/kind/breathing/painter.h"
#include "anatomy/kind/breathing/spec.h"
#include "lab/session/simulation.h"

namespace aula::anatomy::respiration {

/// A breathing person with the lab file's instruments and views.
class BreathingSimulation final : public lab::Simulation {
 public:
  explicit BreathingSimulation(std::shared_ptr<const BreathingSpec> spec);

  [[nodiscard]] std::int64_t step() const override { return step_; }
  [[nodiscard]] double timeStep() const override { return spec_->timeStep; }
  [[nodiscard]] std::int64_t plannedSteps() const override { return spec_->steps; }
  void advance(std::int64_t steps) override;
  void checkState() const override;
  [[nodiscard]] std::vector<lab::Instrument*> instruments() override;
  void publish(scene::Frame& frame) const override;
  bool apply(const lab::Command& command) override;
  void save(core::CheckpointWriter& writer) const override;
  void load(core::CheckpointReader& reader) override;
  [[nodiscard]] double workPerStep() const override;
  [[nodiscard]] std::string speedUnit() const override { return "Mbranch/s"; }
  [[nodiscard]] std::vector<std::string> warnings() const override { return {}; }

 private:
  void follow(std::shared_ptr<const BreathingSpec> spec);

  std::shared_ptr<const BreathingSpec> first_;  ///< With no knob turned.
  std::shared_ptr<const BreathingSpec> spec_;   ///< As the knobs stand.
  lab::KnobValues turned_;
  std::unique_ptr<Breathing> breathing_;
  std::int64_t step_ = 0;
  /// m^3 each branch let in during this breath, and during the last whole one: what "ventilation" shows.
  std::vector<double> inspiring_, inspired_;
  std::vector<std::unique_ptr<Recorder>> recorders_;
  mutable Painter painter_;
};

}  // namespace aula::anatomy::respiration
