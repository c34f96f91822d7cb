// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "lab/lab.h"
#include "lab/session/simulation.h"

namespace aula::lab {

/// Knobs that were turned since the beginning of a run: what a simulation keeps of them. One thread.
class TurnedKnobs {
 public:
  [[nodiscard]] const KnobValues& values() const { return values_; }
  [[nodiscard]] bool isEmpty() const { return values_.empty(); }
  /// As they would stand after the command: what Lab::withKnobs takes.
  [[nodiscard]] KnobValues after(const Command& command) const;
  void set(KnobValues values) { values_ = std::move(values); }

  /// Blocks "turned.knobs" (places in the lab's list) and "turned.values".
  void save(core::CheckpointWriter& writer, const Lab& lab) const;
  void load(core::CheckpointReader& reader, const Lab& lab);

 private:
  KnobValues values_;
};

/// Is there such a knob, and may it be turned while the simulation runs?
[[nodiscard]] bool isLiveKnob(const Lab& lab, const std::string& name);

}  // namespace aula::lab
