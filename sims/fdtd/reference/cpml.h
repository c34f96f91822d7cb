// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "fdtd/reference/curl.h"

namespace aula::core {
class CheckpointReader;
class CheckpointWriter;
}  // namespace aula::core

namespace aula::fdtd::reference {

/// The convolutional perfectly matched layer of Roden and Gedney, Microw. Opt. Technol. Lett. 27, 334 (2000).
///
/// In the layer each derivative along the layer's axis is stretched, in the frequency domain
///   d/dx -> 1/s d/dx,  s = kappa + sigma / (alpha + i w eps0)                          (their eq. 2)
/// whose inverse transform is 1/kappa plus a decaying exponential, so that in the time domain
///   d/dx F -> 1/kappa d/dx F + psi,   psi^n = b psi^(n-1) + c (d/dx F)^n               (their eq. 17, 20 to
///   27) b = exp(-(sigma/kappa + alpha) dt/eps0),  c = sigma (b - 1) / (sigma kappa + kappa^2 alpha).
/// sigma, kappa and alpha are graded by a polynomial of the depth and taken at the very point where the
/// difference stands.
///
/// Written as a correction: the curl is first computed as in vacuum, then (1/kappa - 1) d/dx F + psi is added
/// in the layer.
class Cpml {
 public:
  explicit Cpml(const Setup& setup);

  void correctCurlOfE(const Differences& differences, const FieldSet& fields, FieldSet& curl);
  void correctCurlOfH(const Differences& differences, const FieldSet& fields, FieldSet& curl);

  void save(core::CheckpointWriter& writer) const;
  void load(core::CheckpointReader& reader);
  [[nodiscard]] double bytes() const;

 private:
  /// One plane of points in a layer: its index along the axis and the constants there.
  struct Plane {
    int index = 0;
    double inverseKappa = 1, b = 0, c = 0;
    std::vector<double> psi;
  };
  /// One difference of one curl, with the planes where it is stretched.
  struct Stretched {
    CurlTerm term;
    std::vector<Plane> planes;
  };
  static std::vector<Stretched> makeStretched(const Setup& setup, const std::vector<CurlTerm>& terms,
                                              double offset);

  std::vector<Stretched> ofE_, ofH_;
};

}  // namespace aula::fdtd::reference
