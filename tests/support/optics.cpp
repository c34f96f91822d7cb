// SPDX-License-Identifier: Apache-2.0
#include "support/optics.h"

#include <cmath>
#include <vector>

#include "core/units/constants.h"

namespace aula::test {

using Complex = std::complex<double>;

MieEfficiencies mieEfficiencies(double x, Complex m) {
  // Terms needed: x + 4 x^(1/3) + 2; the logarithmic derivative D_n(mx) by downward recurrence from well
  // above.
  const int terms = int(x + 4 * std::cbrt(x) + 2);
  const Complex mx = m * x;
  const int start = std::max(terms, int(std::abs(mx))) + 16;
  std::vector<Complex> derivative(std::size_t(start) + 1);
  for (int n = start; n > 0; --n) {
    const Complex ratio = double(n) / mx;
    derivative[std::size_t(n) - 1] = ratio - 1.0 / (derivative[std::size_t(n)] + ratio);
  }
  // Riccati-Bessel functions psi_n = x j_n and chi_n = -x y_n by upward recurrence; xi_n = psi_n - i chi_n.
  double psiBefore = std::cos(x);
  double psi = std::sin(x);
  double chiBefore = -std::sin(x);
  double chi = std::cos(x);
  MieEfficiencies q;
  for (int n = 1; n <= terms; ++n) {
    const double psiNext = (2 * n - 1) / x * psi - psiBefore;
    const double chiNext = (2 * n - 1) / x * chi - chiBefore;
    const Complex xiNext(psiNext, -chiNext);
    const Complex xi(psi, -chi);
    const Complex d = derivative[std::size_t(n)];
    const Complex electric = d / m + double(n) / x;
    const Complex magnetic = d * m + double(n) / x;
    const Complex a = (electric * psiNext - psi) / (electric * xiNext - xi);
    const Complex b = (magnetic * psiNext - psi) / (magnetic * xiNext - xi);
    q.extinction += (2 * n + 1) * (a + b).real();
    q.scattering += (2 * n + 1) * (std::norm(a) + std::norm(b));
    psiBefore = psi, psi = psiNext, chiBefore = chi, chi = chiNext;
  }
  q.extinction *= 2 / (x * x);
  q.scattering *= 2 / (x * x);
  return q;
}

SlabPowers slabPowers(Complex n, double d, double angularFrequency) {
  const Complex r = (1.0 - n) / (1.0 + n);
  const Complex round = std::exp(Complex(0, 2) * n * (angularFrequency / core::kSpeedOfLight * d));
  const Complex reflected = r * (1.0 - round) / (1.0 - r * r * round);
  const Complex transmitted = (1.0 - r * r) * std::sqrt(round) / (1.0 - r * r * round);
  return {std::norm(reflected), std::norm(transmitted)};
}

Complex permittivity(const fdtd::Material& material, double w) {
  const Complex i(0, 1);
  Complex eps = material.permittivity + i * material.conductivity / (core::kVacuumPermittivity * w);
  for (const fdtd::Pole& pole : material.poles) {
    const double w0 = pole.frequency;
    switch (pole.kind) {
      case fdtd::Pole::Kind::drude:
        eps -= w0 * w0 / (w * w + i * pole.damping * w);
        break;
      case fdtd::Pole::Kind::lorentz:
        eps += pole.strength * w0 * w0 / (w0 * w0 - w * w - i * pole.damping * w);
        break;
      case fdtd::Pole::Kind::debye:
        eps += pole.strength / (1.0 - i * w * pole.relaxation);
        break;
    }
  }
  return eps;
}

double halfSpaceReflectance(const fdtd::Material& material, double w) {
  const Complex n = std::sqrt(permittivity(material, w) * material.permeability);
  const Complex admittance = n / material.permeability;
  return std::norm((1.0 - admittance) / (1.0 + admittance));
}

}  // namespace aula::test
