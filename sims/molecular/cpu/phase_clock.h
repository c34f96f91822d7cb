// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <vector>

#include "molecular/model/engine.h"

namespace aula::molecular::cpu {

enum class Phase { nonbonded, bonded, external, update, constraints, coupling, energies };

/// Sums wall time by phase: two readings of the clock (about 50 ns) each time.
class PhaseClock {
 public:
  /// Counts from construction to destruction.
  class Lap {
   public:
    Lap(PhaseClock& clock, Phase phase) : clock_(clock), phase_(phase), begin_(Clock::now()) {}
    ~Lap() {
      clock_.seconds_[static_cast<std::size_t>(phase_)] +=
          std::chrono::duration<double>(Clock::now() - begin_).count();
    }
    Lap(const Lap&) = delete;
    Lap& operator=(const Lap&) = delete;

   private:
    PhaseClock& clock_;
    Phase phase_;
    std::chrono::steady_clock::time_point begin_;
  };

  [[nodiscard]] std::vector<PhaseTime> times() const {
    constexpr const char* kNames[kCount] = {"nonbonded",   "bonded",   "external", "update",
                                            "constraints", "coupling", "energies"};
    std::vector<PhaseTime> all;
    for (std::size_t n = 0; n < kCount; ++n) all.push_back({kNames[n], seconds_[n]});
    return all;
  }
  void reset() { seconds_ = {}; }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::size_t kCount = 7;
  std::array<double, kCount> seconds_{};
};

}  // namespace aula::molecular::cpu
