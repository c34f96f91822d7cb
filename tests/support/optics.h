// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <complex>

#include "fdtd/model/setup.h"

/// Closed forms of electromagnetics that the physics tests compare with. Time dependence exp(-i w t).
namespace aula::test {

/// Extinction and scattering efficiencies of a sphere in vacuum: Bohren and Huffman, "Absorption and
/// Scattering of Light by Small Particles", Wiley 1983, eq. 4.53, 4.61, 4.62 and appendix A. x = 2 pi radius
/// / wavelength, m = refractive index.
struct MieEfficiencies {
  double extinction = 0, scattering = 0;
};
[[nodiscard]] MieEfficiencies mieEfficiencies(double x, std::complex<double> m);

/// Power reflected and transmitted by a slab of index n and thickness d in vacuum at normal incidence: Born
/// and Wolf, "Principles of Optics", 7th edition, section 1.6.4, eq. 58 and 59.
struct SlabPowers {
  double reflected = 0, transmitted = 0;
};
[[nodiscard]] SlabPowers slabPowers(std::complex<double> n, double d, double angularFrequency);

/// Relative permittivity of a material at an angular frequency, poles and conductivity included.
[[nodiscard]] std::complex<double> permittivity(const fdtd::Material& material, double angularFrequency);

/// |r|^2 of a half space at normal incidence from vacuum (Fresnel).
[[nodiscard]] double halfSpaceReflectance(const fdtd::Material& material, double angularFrequency);

}  // namespace aula::test
