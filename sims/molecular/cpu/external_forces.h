// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "molecular/cpu/particles.h"
#include "molecular/model/engine.h"

namespace aula::molecular::cpu {

/// What acts from outside: springs of hands, the field, restraints of positions. None of it enters the
/// virial.
class ExternalForces {
 public:
  explicit ExternalForces(const Topology& topology, const std::vector<double>& masses);

  /// Throws core::Error (input) when a pull names no atoms or atoms that there are not, or a number makes no
  /// sense.
  void set(const External& external);
  [[nodiscard]] const External& external() const { return external_; }
  [[nodiscard]] bool isEmpty() const;
  void addForces(const Particles& particles, const Box& box, std::vector<float>& forces) const;
  void addEnergies(const Particles& particles, const Box& box, Energies& energies) const;
  [[nodiscard]] std::vector<Vec3> pullForces(const Particles& particles, const Box& box) const;

 private:
  struct Spring {
    Vec3 force;
    double energy;
  };
  [[nodiscard]] Spring spring(const Pull& pull, const Particles& particles, const Box& box) const;

  External external_;
  std::vector<PositionRestraint> restraints_;
  std::vector<double> masses_, charges_;
  std::vector<float> fieldForces_;  ///< Three an atom; empty without a field.
};

}  // namespace aula::molecular::cpu
