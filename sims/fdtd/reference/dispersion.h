// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "fdtd/model/medium.h"
#include "fdtd/reference/field.h"

namespace aula::core {
class CheckpointReader;
class CheckpointWriter;
}  // namespace aula::core

namespace aula::fdtd::reference {

/// Polarisation of Drude, Lorentz and Debye materials by auxiliary differential equations (Taflove and
/// Hagness 2005, section 9.4), P and its current J beside E at the same instants, all discretised by the
/// trapezoidal rule:
///
///   Lorentz   dP/dt = J,   dJ/dt + g J + w0^2 P = eps0 d w0^2 E            Drude: w0^2 P absent, d w0^2 =
///   w_p^2
///     (P' - P)/dt = (J' + J)/2
///     (J' - J)/dt = -g (J' + J)/2 - w0^2 (P' + P)/2 + eps0 d w0^2 (E' + E)/2
///   Debye     tau dP/dt + P = eps0 d E
///     tau (P' - P)/dt = -(P' + P)/2 + eps0 d (E' + E)/2
///   and the field, with the curl of H between the two instants
///     eps0 eps_inf (E' - E)/dt = curl H - sum (P' - P)/dt - sigma (E' + E)/2 ,
///
/// the primed values one step later. (Taflove's Drude form, eq. 9.58 and 9.60, is this one; for the others
/// the trapezoidal rule is that of Pereda et al., IEEE Trans. Microw. Theory Tech. 49, 377 (2001), who show
/// that it keeps the vacuum's Courant limit.) A pole's permittivity on the grid is the continuous one at
/// (2/dt) tan(w dt/2).
///
/// The equations are linear in E' + E: every P' - P = known + gain (E' + E), with which E' follows in one
/// division.
class Dispersion {
 public:
  Dispersion(const Setup& setup, const Medium& medium);

  /// Sum of `gain` over the poles of a material, for the coefficient of E' + E.
  [[nodiscard]] double gainOf(int material) const;
  /// Remembers E and subtracts from dt c0 curl(eta0 H) the polarisation steps as far as they are known.
  void subtractKnown(const FieldSet& fields, FieldSet& rightHandSide);
  /// Advances P and J once E' is known.
  void advance(const FieldSet& fields);

  void save(core::CheckpointWriter& writer) const;
  void load(core::CheckpointReader& reader);
  [[nodiscard]] double bytes() const;

 private:
  /// P' - P = fromCurrent (dt J) + fromPolarisation P + gain (E' + E), everything over eps0.
  struct PoleStep {
    double fromCurrent = 0, fromPolarisation = 0, gain = 0;
  };
  struct PoleState {
    double polarisation = 0;  ///< P/eps0, V/m
    double current = 0;       ///< dt J/eps0, V/m
  };
  struct Point {
    int component, material;
    std::size_t index, firstState;
    double previousE = 0;
  };
  static PoleStep makeStep(const Pole& pole, double dt);

  std::vector<std::vector<PoleStep>> steps_;  ///< [material][pole]
  std::vector<Point> points_;
  std::vector<PoleState> states_;
};

}  // namespace aula::fdtd::reference
