// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "fdtd/model/setup.h"
#include "fdtd/reference/field.h"

namespace aula::fdtd::reference {

/// Impressed currents: curl H = eps dE/dt + J. A dipole is a current density over one cell, a sheet over one
/// cell's thickness (Taflove and Hagness 2005, section 5.2), shared among the nearest points by linear
/// weights.
class Currents {
 public:
  explicit Currents(const Setup& setup);

  /// Subtracts eta0 J(t) from the electric components of `curl`, which hold curl(eta0 H).
  void subtractFrom(FieldSet& curl, double t) const;

  /// Waveforms of the dipoles and sheets, in the setup's order.
  [[nodiscard]] Waveform& waveform(std::size_t number) { return driven_.at(number).waveform; }
  [[nodiscard]] const Waveform& waveform(std::size_t number) const { return driven_.at(number).waveform; }

 private:
  struct Point {
    int component;
    std::size_t index;
    double density;  ///< eta0 J at waveform 1, V/m^2.
  };
  struct Driven {
    Waveform waveform;
    std::vector<Point> points;
  };
  static std::vector<Point> spread(const Setup& setup, const PointDipole& dipole);
  static std::vector<Point> spread(const Setup& setup, const SheetCurrent& sheet);

  std::vector<Driven> driven_;
};

}  // namespace aula::fdtd::reference
