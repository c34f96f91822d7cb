// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "molecular/analysis/whole.h"
#include "molecular/model/engine.h"

namespace aula::molecular {

/// What instruments and views read of an engine, fetched once a step however many look. One thread.
class Moment {
 public:
  /// `firstStep` is the engine's step at which the lab's clock shows zero.
  Moment(Engine& engine, std::int64_t firstStep)
      : engine_(engine), firstStep_(firstStep), whole_(engine.topology()) {}

  [[nodiscard]] const Topology& topology() const { return engine_.topology(); }
  [[nodiscard]] Engine& engine() { return engine_; }
  [[nodiscard]] std::int64_t step() const { return engine_.step() - firstStep_; }
  [[nodiscard]] double timeStep() const { return engine_.settings().dynamics.timeStep; }  ///< ps
  [[nodiscard]] double time() const { return double(step()) * timeStep(); }               ///< ps

  const State& state();
  const Energies& energies();
  const std::vector<Vec3>& wholePositions();  ///< Molecules put together, nm.
  void forget() { step_ = -1; }               ///< Something was changed between two steps.

  [[nodiscard]] const std::vector<Pull>& pulls() const { return pulls_; }  ///< That act now.
  void setPulls(std::vector<Pull> pulls) { pulls_ = std::move(pulls); }

 private:
  void refresh();

  Engine& engine_;
  std::int64_t firstStep_;
  WholeMolecules whole_;
  std::int64_t step_ = -1;  ///< Of what is kept.
  std::vector<Pull> pulls_;
  std::optional<State> state_;
  std::optional<Energies> energies_;
  std::optional<std::vector<Vec3>> positions_;
};

}  // namespace aula::molecular
