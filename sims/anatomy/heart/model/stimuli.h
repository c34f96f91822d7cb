// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "anatomy/heart/model/solver.h"

namespace aula::core {
class CheckpointReader;
class CheckpointWriter;
}  // namespace aula::core

namespace aula::anatomy::heart {

/// The stimuli of a solver that are not over yet, in the order they came.
class Stimuli {
 public:
  explicit Stimuli(const Lattice& lattice, const Settings& settings);
  /// Throws core::Error (input): nodes beyond the lattice, times or currents that are not finite.
  void add(Stimulus stimulus, double now);
  void forgetOver(double now);
  [[nodiscard]] const std::vector<Stimulus>& list() const { return list_; }
  /// Changes with every stimulus that comes or goes: what was derived from list() is old then.
  [[nodiscard]] std::int64_t version() const { return version_; }
  /// V that the stimulus adds to the potential of its nodes in the step from `time` on.
  [[nodiscard]] double rise(const Stimulus& stimulus, double time, double timeStep) const;
  /// Whether any has a part in the step.
  [[nodiscard]] bool anyIn(double time, double timeStep) const;
  void save(core::CheckpointWriter& writer) const;
  void load(core::CheckpointReader& reader);

 private:
  std::size_t nodes_;
  double inverseCapacity_;  ///< 1 / (chi Cm), m^3 V / (A s)
  std::vector<Stimulus> list_;
  std::int64_t version_ = 0;
};

}  // namespace aula::anatomy::heart
