// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>

#include "anatomy/heart/model/host_device.h"

/// Functions that compilers cannot put into vectors from the C library: without branches, tables or calls. In
/// single precision good to about two units in the last place; the series of exp and ln are Cephes' (Moshier
/// 1989, expf and logf). The double versions are the C library's.
namespace aula::anatomy::heart {

AULA_HD float squareRoot(float a) {
  return __builtin_sqrtf(a);
}
AULA_HD double squareRoot(double a) {
  return __builtin_sqrt(a);
}

/// a where the condition holds, else b.
template <class Real>
AULA_HD Real choose(bool condition, Real a, Real b) {
  return condition ? a : b;
}
template <class Real>
AULA_HD Real smaller(Real a, Real b) {
  return a < b ? a : b;
}
template <class Real>
AULA_HD Real larger(Real a, Real b) {
  return a > b ? a : b;
}

/// e^x, x taken between -80 and 80: no rate of a membrane asks for more.
AULA_HD float exponential(float x) {
  x = smaller(larger(x, -80.0F), 80.0F);
  // x = n ln 2 + r; adding and taking away 1.5 2^23 rounds to the nearest integer.
  const float shifted = x * 1.44269504088896F + 12582912.0F;
  const float n = shifted - 12582912.0F;
  const float r = (x - n * 0.693359375F) + n * 2.12194440e-4F;
  float p = 1.9875691500e-4F;
  p = p * r + 1.3981999507e-3F;
  p = p * r + 8.3334519073e-3F;
  p = p * r + 4.1665795894e-2F;
  p = p * r + 1.6666665459e-1F;
  p = p * r + 5.0000001201e-1F;
  const float y = p * r * r + r + 1.0F;
  const auto power = static_cast<std::int32_t>(n) * 0x800000 + 0x3F800000;
  return y * __builtin_bit_cast(float, power);
}
AULA_HD double exponential(double x) {
  return std::exp(smaller(larger(x, -80.0), 80.0));
}

/// ln a for a normal number a > 0.
AULA_HD float logarithm(float a) {
  const auto bits = __builtin_bit_cast(std::int32_t, a);
  // a = m 2^e with m in sqrt(1/2)..sqrt(2).
  const std::int32_t shifted = bits - 0x3F3504F3;
  const std::int32_t exponent = shifted >> 23;
  const auto e = static_cast<float>(exponent);
  const float m = __builtin_bit_cast(float, bits - exponent * 0x800000) - 1.0F;
  const float z = m * m;
  float p = 7.0376836292e-2F;
  p = p * m - 1.1514610310e-1F;
  p = p * m + 1.1676998740e-1F;
  p = p * m - 1.2420140846e-1F;
  p = p * m + 1.4249322787e-1F;
  p = p * m - 1.6668057665e-1F;
  p = p * m + 2.0000714765e-1F;
  p = p * m - 2.4999993993e-1F;
  p = p * m + 3.3333331174e-1F;
  float y = p * m * z;
  y += -2.12194440e-4F * e;
  y -= 0.5F * z;
  return (m + y) + 0.693359375F * e;
}
AULA_HD double logarithm(double a) {
  return std::log(a);
}

/// 1 - e^-z for z >= 0 without losing what is small.
template <class Real>
AULA_HD Real decayed(Real z) {
  const Real t = smaller(z, Real(0.5));
  // The series to t^7: 1e-7 of the value is left out at t = 1/2.
  Real p = Real(1.0 / 5040);
  p = Real(-1.0 / 720) + t * p;
  p = Real(1.0 / 120) + t * p;
  p = Real(-1.0 / 24) + t * p;
  p = Real(1.0 / 6) + t * p;
  p = Real(-1.0 / 2) + t * p;
  p = (Real(1) + t * p) * t;
  return choose(z < Real(0.5), p, Real(1) - exponential(-z));
}

}  // namespace aula::anatomy::heart
