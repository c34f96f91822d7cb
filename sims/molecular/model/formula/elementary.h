// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>

#include "molecular/model/formula/vector.h"
#include "molecular/model/host_device.h"

/// Functions that compilers cannot put into vectors from the C library: without branches, tables or calls, in
/// single precision good to about two units in the last place. The series are Cephes' (Moshier 1989, atanf,
/// logf, sinf, cosf). The double versions are the C library's.
namespace aula::molecular {

/// a where the condition holds, else b: for numbers, and overloaded for vectors of them.
AULA_HD float choose(bool condition, float a, float b) {
  return condition ? a : b;
}

/// The angle of the point (x, y) for y >= 0: 0..pi; 0 for the origin. For single precision, or vectors of it.
template <class Real>
AULA_HD Real angleBySeries(Real x, Real y) {
  const auto isLeft = x < Real(0.0F);
  const Real across = choose(isLeft, -x, x);
  const auto isSteep = y > across;
  // atan of a ratio t in 0..1, brought below tan(pi/8) by atan t = pi/4 + atan((t - 1)/(t + 1)).
  const Real small = choose(isSteep, across, y), large = choose(isSteep, y, across);
  const auto isHalved = small > Real(0.41421356F) * large;
  const Real top = choose(isHalved, small - large, small), bottom = choose(isHalved, small + large, large);
  const Real t = top / larger(bottom, Real(1e-37F)), s = t * t;
  const Real series =
      (((Real(8.05374449538e-2F) * s - Real(1.38776856032e-1F)) * s + Real(1.99777106478e-1F)) * s -
       Real(3.33329491539e-1F)) *
          s * t +
      t;
  const Real low = choose(isHalved, Real(0.785398163397448F) + series, series);
  const Real acute = choose(isSteep, Real(1.57079632679490F) - low, low);
  return choose(isLeft, Real(3.14159265358979F) - acute, acute);
}
AULA_HD float angleOfPoint(float x, float y) {
  return angleBySeries(x, y);
}
AULA_HD double angleOfPoint(double x, double y) {
  return std::atan2(y, x);
}

/// ln a for a normal number a > 0.
AULA_HD float logarithm(float a) {
  const auto bits = __builtin_bit_cast(std::int32_t, a);
  // a = m 2^e with m in sqrt(1/2)..sqrt(2).
  const std::int32_t shifted = bits - 0x3F3504F3;
  const std::int32_t exponent = shifted >> 23;
  const float e = static_cast<float>(exponent);
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

/// cos and sin of a whole turn's fraction u in 0..1.
AULA_HD void cosineSineOfTurn(float u, float& cosine, float& sine) {
  // The nearest quarter, and what is left: -1/8..1/8 of a turn.
  const float quarter = nearestInteger(4.0F * u);
  const float a = 6.28318530717959F * (u - 0.25F * quarter), s = a * a;
  const float sinA = ((-1.9515295891e-4F * s + 8.3321608736e-3F) * s - 1.6666654611e-1F) * s * a + a;
  const float cosA =
      ((2.443315711809948e-5F * s - 1.388731625493765e-3F) * s + 4.166664568298827e-2F) * s * s - 0.5F * s +
      1.0F;
  const auto n = static_cast<std::int32_t>(quarter);
  const bool isOdd = (n & 1) != 0;
  const float c = isOdd ? sinA : cosA, d = isOdd ? cosA : sinA;
  cosine = ((n + 1) & 2) != 0 ? -c : c;
  sine = (n & 2) != 0 ? -d : d;
}
AULA_HD void cosineSineOfTurn(double u, double& cosine, double& sine) {
  cosine = std::cos(6.283185307179586477 * u);
  sine = std::sin(6.283185307179586477 * u);
}

AULA_HD float squareRoot(float a) {
  return __builtin_sqrtf(a);
}
AULA_HD double squareRoot(double a) {
  return __builtin_sqrt(a);
}

}  // namespace aula::molecular
