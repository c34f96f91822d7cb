// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "molecular/model/engine.h"
#include "molecular/model/rigid.h"
#include "molecular/reference/constraints.h"
#include "molecular/reference/force_field.h"

namespace aula::molecular::reference {

/// What moves: the order of things in a step is the folder's README ("What every engine does in a step").
class ReferenceEngine final : public Engine {
 public:
  ReferenceEngine(const System& system, const Settings& settings);

  [[nodiscard]] const Topology& topology() const override { return topology_; }
  [[nodiscard]] const Settings& settings() const override { return settings_; }
  [[nodiscard]] std::int64_t step() const override { return step_; }
  void advance(std::int64_t steps) override;

  [[nodiscard]] State state() const override { return {positions_, velocities_, box_}; }
  void positions(std::span<float> xyz) const override;
  void setState(const State& state) override;

  [[nodiscard]] Energies energies() override;
  [[nodiscard]] std::vector<Vec3> forces() override { return sums().forces; }

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

 private:
  using Vectors = std::vector<Vec3>;

  void rebuild();              ///< The force field, for the box as it is.
  [[nodiscard]] Sums& sums();  ///< Of the present positions; computed once.
  void forget() { sums_.reset(); }
  [[nodiscard]] std::size_t count() const { return positions_.size(); }

  // integrate.cpp: one step over `dt`; each leaves the new positions and velocities.
  void integrate(double dt);
  void stepLeapFrog(double dt);
  void stepVelocityVerlet(double dt);
  void stepLangevinMiddle(double dt);
  void kick(Vectors& velocities, double dt);
  /// Constrains positions_ along `before` and gives the velocities what the positions got.
  void constrain(const Vectors& before, double dt);

  // engine_baths.cpp: what follows in a step.
  void removeDrift();
  void heatRegions();
  void rescaleVelocities();
  void rescaleCell(double pressure);

  // measure.cpp
  [[nodiscard]] Matrix3 kineticTensor(const Vectors& velocities) const;
  [[nodiscard]] double kinetic(const Vectors& velocities) const;

  // recover.cpp
  [[nodiscard]] std::string whatIsWrong(const Vectors& before) const;  ///< Empty: all is well.
  void cool();
  void mendLengths();
  void recover(const Vectors& positions, const Vectors& velocities, std::string problem);

  Topology topology_;
  Settings settings_;
  RigidPlan plan_;
  ConstraintSolver constraints_;
  Box meshBox_;  ///< From which the mesh was made: kept when the box breathes.
  std::unique_ptr<ForceField> field_;

  std::int64_t step_ = 0;
  Vectors positions_, velocities_;
  Box box_;
  External external_;
  double broughtIn_ = 0;  ///< Energy from thermostat, barostat, friction and noise, kJ/mol.
  std::int64_t recoveries_ = 0;
  bool isFresh_ = true;  ///< No step since the state was set.
  std::optional<Sums> sums_;
};

}  // namespace aula::molecular::reference
