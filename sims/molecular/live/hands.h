// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "molecular/instrument/archive.h"
#include "molecular/instrument/moment.h"
#include "molecular/spec.h"
#include "molecular/view/painter.h"

namespace aula::molecular {

/// All that acts on the atoms from outside: what the lab file has, and what a hand does (lab/session/hand.h).
class Hands {
 public:
  /// Targets that the lab file leaves out are where the atoms stand at `step` 0.
  void begin(const SimulationSpec& spec, Moment& moment);
  /// The lab file's part as a turned knob has it now.
  void follow(const SimulationSpec& spec);

  /// False for a command that is none of a hand's. Throws core::Error (input) when it cannot be, with nothing
  /// changed.
  bool apply(const std::string& name, double value, Moment& moment, const Painter& painter);

  /// What the engine gets at a step: travelling targets are where they are by then.
  [[nodiscard]] External at(std::int64_t step, double timeStep) const;
  /// Whether at() changes by itself.
  [[nodiscard]] bool isMoving() const;

  void archive(Archive& archive);

 private:
  Vec3 field_;
  std::vector<PullSpec> pulls_;
  std::vector<HeatRegion> regions_;

  // The hand's own: one spring, one ball.
  std::vector<int> held_;
  Vec3 target_;
  double stiffness_ = 1000, limit_ = 6022;  ///< As in Pull.
  HeatRegion ball_{{}, 0, 300, 0.1};
};

}  // namespace aula::molecular
