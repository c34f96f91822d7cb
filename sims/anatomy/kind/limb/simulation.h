// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "anatomy/kind/limb/painter.h"
#include "anatomy/kind/limb/spec.h"
#include "anatomy/muscle/dynamics.h"
#include "lab/session/simulation.h"

namespace aula::anatomy::limb {

/// One arm with the lab file's instruments and views.
class LimbSimulation final : public lab::Simulation, public Source {
 public:
  explicit LimbSimulation(std::shared_ptr<const LimbSpec> spec);

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
  [[nodiscard]] double workPerStep() const override { return spec_->timeStep; }
  [[nodiscard]] std::string speedUnit() const override { return "s/s"; }
  [[nodiscard]] std::vector<std::string> warnings() const override;

  [[nodiscard]] double time() const override { return double(step_) * spec_->timeStep; }
  [[nodiscard]] const LimbDynamics& dynamics() const override { return dynamics_; }

 private:
  /// Puts the arm as the lab file has it.
  void begin();
  /// Excitations, weight, pose and speed as the knobs stand.
  void follow(std::shared_ptr<const LimbSpec> spec);
  void excite();

  std::shared_ptr<const LimbSpec> first_;  ///< With no knob turned.
  std::shared_ptr<const LimbSpec> spec_;   ///< As the knobs stand.
  lab::KnobValues turned_;
  LimbDynamics dynamics_;
  std::int64_t step_ = 0;
  std::vector<std::uint8_t> strained_;  ///< Muscles whose fibres were beyond the model's range so far.
  std::vector<std::unique_ptr<lab::Instrument>> recorders_;
  mutable Painter painter_;
};

}  // namespace aula::anatomy::limb
