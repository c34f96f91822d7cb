// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "fdtd/model/medium.h"
#include "fdtd/reference/dispersion.h"
#include "fdtd/reference/field.h"

namespace aula::fdtd::reference {

/// The constitutive half of a step: from the curl at an instant to the field half a step later.
///
/// With conductivity averaged between the two instants (Taflove and Hagness 2005, eq. 3.27 to 3.31) and the
/// trapezoidal polarisation of Dispersion,
///   eps_inf (E' - E) + (sigma dt/(2 eps0) + gain) (E' + E) = R,   R = c0 dt curl(eta0 H) - ... at the
///   instant between, mu_r (H' - H) + sigma_m dt/(2 mu0) (H' + H) = -c0 dt curl E    for eta0 H.
/// At oblique dielectric interfaces the inverse permittivity is a tensor; its off-diagonal parts join the
/// right-hand sides of neighbouring components (see Medium::Coupling).
class Materials {
 public:
  Materials(const Setup& setup, const Medium& medium, const Dispersion& dispersion);

  /// `rightHandSide` holds c0 dt curl E at the H points.
  void advanceH(const FieldSet& rightHandSide, FieldSet& fields) const;
  /// `rightHandSide` holds R at the E points.
  void advanceE(const FieldSet& rightHandSide, FieldSet& fields) const;
  /// Sets E to zero inside perfect conductors.
  void clearConductors(FieldSet& fields) const;
  [[nodiscard]] double bytes() const;

 private:
  /// field' = keep field + gain R, per point, or the same everywhere when empty.
  struct Update {
    double uniformGain = 1;
    std::vector<double> keep, gain;
  };
  static void apply(const Update& update, double sign, const Field& rightHandSide, Field& field);
  void applyCouplings(const FieldSet& rightHandSide, FieldSet& fields) const;
  static void couple(double xi, const Field& from, int fromAxis, Field& to, int toAxis, const int (&node)[3]);

  std::array<Update, 6> updates_;
  std::vector<Medium::Coupling> couplings_;
  std::array<std::vector<std::size_t>, 3> conductors_;
};

}  // namespace aula::fdtd::reference
