// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/vec3.h"
#include "fdtd/model/setup.h"

namespace aula::fdtd {

/// The incident wave of a total-field/scattered-field box on a one-dimensional grid along its direction
/// (Taflove and Hagness 2005, section 5.6). Its cell is chosen so that a wave of the carrier's frequency has
/// on it the same phase velocity as in its direction on the Yee grid (there eqs. 5.65 to 5.68), and its field
/// vectors are those of the Yee grid's own plane wave.
class IncidentWave {
 public:
  IncidentWave(const Grid& grid, const PlaneWave& wave);

  /// The box in nodes.
  [[nodiscard]] const std::array<int, 3>& lower() const { return lower_; }
  [[nodiscard]] const std::array<int, 3>& upper() const { return upper_; }

  /// Where a position falls on the grid, for E (nodes) or H (half cells): weights of values first .. first
  /// + 3.
  struct Reading {
    int first = 0;
    std::array<double, 4> weight{};
  };
  [[nodiscard]] Reading reading(core::Vec3 position, bool isElectric) const;
  /// Of E, and of eta0 H, for a unit value on the grid, V/m.
  [[nodiscard]] core::Vec3 electric() const { return electric_; }
  [[nodiscard]] core::Vec3 magnetic() const { return magnetic_; }

  [[nodiscard]] int size() const { return static_cast<int>(e_.size()); }
  [[nodiscard]] const std::vector<double>& e() const { return e_; }
  [[nodiscard]] const std::vector<double>& h() const { return h_; }
  /// H from n - 1/2 to n + 1/2, then E from n to n + 1.
  void advanceMagnetic();
  void advanceElectric(std::int64_t step);

  /// Changes the waveform after `step` steps.
  void drive(const Drive& drive, std::int64_t step);
  [[nodiscard]] Waveform& waveform() { return waveform_; }
  [[nodiscard]] const Waveform& waveform() const { return waveform_; }
  void restore(std::vector<double> e, std::vector<double> h);

 private:
  Waveform waveform_;
  double dt_ = 0;
  core::Vec3 direction_, start_, electric_, magnetic_;
  double cell_ = 0;     ///< m
  int lead_ = 0;        ///< Nodes before the box's first corner.
  double courant_ = 0;  ///< c0 dt / cell
  std::array<int, 3> lower_{}, upper_{};
  std::vector<double> e_, h_;
  std::vector<double> electricLoss_, magneticLoss_;  ///< sigma dt / (2 eps0) in the absorbing end.
};

}  // namespace aula::fdtd
