// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "anatomy/heart/model/setup.h"
#include "anatomy/heart/model/stimuli.h"
#include "anatomy/heart/reference/cells.h"
#include "anatomy/heart/reference/conduction.h"

namespace aula::anatomy::heart::reference {

/// The monodomain equation in plain double precision:
///
///     dV/dt = div(D grad V) - I_ion(V, state)/Cm + I_stim/(chi Cm)
///
/// A step (Godunov splitting, first order): the stimuli's charge, diffusion in stages (see Stage), the cells'
/// reaction.
class ReferenceSolver final : public Solver {
 public:
  ReferenceSolver(Lattice lattice, const Settings& settings);

  void advance(std::int64_t steps) override;
  [[nodiscard]] std::int64_t step() const override { return step_; }
  [[nodiscard]] double timeStep() const override { return schedule_.timeStep; }
  void stimulate(Stimulus stimulus) override { stimuli_.add(std::move(stimulus), time()); }
  void setConduction(std::span<const float> factors) override;
  void setExcitability(double factor) override;
  [[nodiscard]] std::vector<float> potentials() const override;
  [[nodiscard]] std::vector<float> recovery() const override;
  [[nodiscard]] std::vector<float> activationTimes() const override;
  void save(core::CheckpointWriter& writer) const override;
  void load(core::CheckpointReader& reader) override;

 private:
  [[nodiscard]] double time() const { return static_cast<double>(step_) * schedule_.timeStep; }
  void stepOnce();
  /// Notes when a node rose through kActivation between two values of its potential.
  void noteActivation(std::size_t node, double before, double after);

  Lattice lattice_;
  Settings settings_;
  Schedule schedule_;
  Stimuli stimuli_;
  std::unique_ptr<Conduction> conduction_;
  std::unique_ptr<Cells> cells_;
  std::vector<std::size_t> tissue_;  ///< Nodes; cell n is that of tissue_[n].
  std::vector<double> potentials_, earlier_, rates_, activation_;
  std::int64_t step_ = 0;
};

}  // namespace aula::anatomy::heart::reference
