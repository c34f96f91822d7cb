// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "compute/device.h"
#include "lab/session/hand.h"
#include "lab/session/simulation.h"
#include "molecular/instrument/moment.h"
#include "molecular/live/hands.h"
#include "molecular/spec.h"
#include "molecular/view/painter.h"

namespace aula::molecular {

/// One engine with the lab file's instruments, views and hands.
class MolecularSimulation final : public lab::Simulation, public lab::hand::Graspable {
 public:
  MolecularSimulation(std::shared_ptr<const SimulationSpec> spec, const compute::DeviceChoice& device);

  [[nodiscard]] std::int64_t step() const override { return engine_->step() - firstStep_; }
  [[nodiscard]] double timeStep() const override;
  [[nodiscard]] std::int64_t plannedSteps() const override { return spec_->steps; }
  void advance(std::int64_t steps) override;
  void checkState() const override;
  [[nodiscard]] std::vector<lab::Instrument*> instruments() override;
  void publish(scene::Frame& frame) const override;
  bool apply(const lab::Command& command) override;
  void save(core::CheckpointWriter& writer) const override;
  void load(core::CheckpointReader& reader) override;
  [[nodiscard]] double workPerStep() const override;
  [[nodiscard]] std::string speedUnit() const override { return "ns/day"; }
  [[nodiscard]] std::vector<std::string> warnings() const override;

 private:
  /// Temperature of the heating and places of travelling pulls at the present step.
  void steer();
  void setExternal();
  /// Temperature, pressure, field, pulls and scene as the knobs stand.
  void follow(std::shared_ptr<const SimulationSpec> spec);

  std::shared_ptr<const SimulationSpec> first_;  ///< With no knob turned.
  std::shared_ptr<const SimulationSpec> spec_;   ///< As the knobs stand.
  lab::KnobValues turned_;
  std::unique_ptr<Engine> engine_;
  std::int64_t firstStep_ = 0;  ///< The engine's, after equilibration.
  mutable std::unique_ptr<Moment> moment_;
  Hands hands_;
  External external_;  ///< What the engine was told last.
  std::vector<std::unique_ptr<Recorder>> recorders_;
  std::unique_ptr<Painter> painter_;
};

}  // namespace aula::molecular
