// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "molecular/cpu/bonded.h"
#include "molecular/cpu/constraints.h"
#include "molecular/cpu/external_forces.h"
#include "molecular/cpu/nonbonded.h"
#include "molecular/cpu/particles.h"
#include "molecular/cpu/phase_clock.h"
#include "molecular/model/engine.h"

namespace aula::molecular::cpu {

/// Steps as sims/molecular/README.md says them, in single precision with threads and vectors.
class CpuEngine final : public Engine {
 public:
  /// `nonbonded` null: nothing acts between atoms that are not bonded.
  CpuEngine(const System& system, const Settings& settings, const Tuning& tuning,
            std::unique_ptr<Nonbonded> nonbonded);

  [[nodiscard]] const Topology& topology() const override { return topology_; }
  [[nodiscard]] const Settings& settings() const override { return settings_; }
  [[nodiscard]] std::int64_t step() const override { return step_; }
  void advance(std::int64_t steps) override;
  [[nodiscard]] State state() const override;
  void positions(std::span<float> xyz) const override;
  void setState(const State& state) override;
  [[nodiscard]] Energies energies() override;
  [[nodiscard]] std::vector<Vec3> forces() override;
  void setExternal(const External& external) override;
  [[nodiscard]] std::vector<Vec3> pullForces() const override;
  void setTemperature(double kelvin) override;
  void setPressure(double bar) override;
  double minimise(double force, std::int64_t steps) override;
  void drawVelocities(double kelvin, std::uint64_t seed) override;
  [[nodiscard]] std::int64_t recoveries() const override { return recoveries_; }
  void save(core::CheckpointWriter& writer) const override;
  void load(core::CheckpointReader& reader) override;
  [[nodiscard]] double bytes() const override;
  [[nodiscard]] std::string description() const override;
  [[nodiscard]] std::vector<PhaseTime> phaseTimes() const override;

  /// The largest relative error of a constrained length.
  [[nodiscard]] double largestConstraintError() const { return constraints_.largestError(placesView()); }
  [[nodiscard]] const RigidPlan& plan() const { return plan_; }

 private:
  friend class Minimiser;

  void leapFrogStep();
  void velocityVerletStep();
  void langevinStep();
  /// What follows once the new positions and velocities stand: drift, heat, thermostat, barostat with the
  /// energies at the step's beginning.
  void finishStep(const Energies& before);
  void removeDrift();
  void heatRegions();
  void rescaleVelocities();
  void rescaleCell(const Energies& before);

  [[nodiscard]] bool isCouplingStep(std::int64_t arriving) const;
  [[nodiscard]] bool isBarostatStep() const;
  /// Forces at the present positions into particles_.f; with `energies`, these too (terms and virial, without
  /// constraints).
  void computeForces(std::int64_t step, Energies* energies);
  void addAllForces(std::int64_t step, std::vector<float>& f, Energies* energies);
  /// Adds what only a step shows: kinetic energy, constraints' virial, pressure, conserved quantity.
  void completeEnergies(const std::vector<float>& f, Energies& energies);
  /// Kick, constraints, largest move: next and move are the step's outcome. Returns whether it is within
  /// reason.
  bool tryKick(float time, float moveTime);
  bool tryLangevin(double& heat);
  void commit();
  void mend(double time, double moveTime);
  [[nodiscard]] double kinetic(const std::vector<float>& v);
  void projectVelocities(std::vector<float>& v);
  [[nodiscard]] double reach() const;
  /// Lengths that are off by more than kBroken are put right without giving velocities anything.
  void mendLengths();
  void makeWhole();
  void wrap();
  [[nodiscard]] PlacesView placesView() const { return {particles_.x.data(), particles_.rest.data(), cell_}; }
  [[nodiscard]] bool isHalfStepBehind() const {
    return settings_.dynamics.integrator != Integrator::velocityVerlet;
  }

  Topology topology_;
  Settings settings_;
  RigidPlan plan_;
  int threads_;
  const MotionKernels* kernels_;
  Bonded bonded_;
  ConstraintSolver constraints_;
  ExternalForces external_;
  std::unique_ptr<Nonbonded> nonbonded_;
  Particles particles_;
  Box box_;
  Cell<float> cell_{};
  std::vector<int> firstOfWhole_, wholeOf_;  ///< Atoms that wrap together: the first of each set.
  std::vector<std::array<int, 2>> links_;    ///< In an order in which the first of a pair is known already.
  std::vector<ConstraintSums> sums_;

  std::int64_t step_ = 0;
  double heat_ = 0;         ///< kJ/mol, what baths brought in.
  bool hasForces_ = false;  ///< Velocity Verlet: f is that of the present positions.
  bool isFresh_ = true;     ///< No step yet since the state was set.
  std::int64_t recoveries_ = 0, mendedInARow_ = 0;
  std::vector<std::uint8_t> frozen_;
  mutable PhaseClock clock_;
};

}  // namespace aula::molecular::cpu
