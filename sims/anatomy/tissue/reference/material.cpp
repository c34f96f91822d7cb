// SPDX-License-Identifier: Apache-2.0
#include "anatomy/tissue/reference/material.h"

#include <algorithm>
#include <cmath>

namespace aula::anatomy::tissue::reference {

namespace {

constexpr double kForceLengthWidth = 0.56;  // van Soest and Bobbert 1993
constexpr double kLambdaPerShear = 2;       // tissue/README.md, "Volume"

/// The Levi-Civita symbol.
int permutation(int i, int j, int k) {
  return (i - j) * (j - k) * (k - i) / 2;
}

/// Smith, de Goes and Kim 2018, section 3.4: their constants from Lame's.
double smithMu(const Law& law) {
  return 4.0 / 3 * law.shear;
}
double smithLambda(const Law& law) {
  return law.ownLambda + 5.0 / 6 * law.shear;
}
double squaredNorm(const Matrix3& f) {
  double sum = 0;
  for (const auto& row : f)
    for (const double value : row) sum += value * value;
  return sum;
}

struct Stretched {
  double stretch = 0;
  Vec3 along;  ///< Unit.
};
Stretched stretched(const Matrix3& f, const Vec3& fibre) {
  Vec3 image;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) image[i] += f[std::size_t(i)][std::size_t(j)] * fibre[j];
  Stretched s{length(image), {}};
  if (s.stretch > 1e-6) s.along = image / s.stretch;
  return s;
}
/// How far a fibre is below its optimal length, no further than where it has no force.
double shortening(double stretch) {
  return std::clamp(1 - stretch, 0.0, kForceLengthWidth);
}
double fibreTension(const Law& law, double stretch, double activation) {
  const double x = shortening(stretch) / kForceLengthWidth;
  return activation * law.fibreStress * (1 - x * x) + law.fibreStiffness * std::max(stretch - 1, 0.0);
}
double fibreTensionSlope(const Law& law, double stretch, double activation) {
  if (stretch > 1) return law.fibreStiffness;
  if (stretch <= 1 - kForceLengthWidth) return 0;
  return activation * law.fibreStress * 2 * shortening(stretch) / (kForceLengthWidth * kForceLengthWidth);
}
/// The tension's integral from stretch 1.
double fibreEnergy(const Law& law, double stretch, double activation) {
  const double rise = std::max(stretch - 1, 0.0), x = shortening(stretch);
  return activation * law.fibreStress * (rise - x + x * x * x / (3 * kForceLengthWidth * kForceLengthWidth)) +
         law.fibreStiffness * rise * rise / 2;
}

/// 2 E = F^T F - 1 less the same at the step's beginning.
Matrix3 strainChange(const Matrix3& f, const Matrix3& before) {
  Matrix3 change{};
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j)
      for (std::size_t k = 0; k < 3; ++k)
        change[i][j] += 0.5 * (f[k][i] * f[k][j] - before[k][i] * before[k][j]);
  return change;
}
double trace(const Matrix3& m) {
  return m[0][0] + m[1][1] + m[2][2];
}
Matrix3 dampingSecondStress(const Law& law, const Matrix3& strain, double timeStep) {
  Matrix3 s{};
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j)
      s[i][j] = law.damping / timeStep *
                (2 * law.shear * strain[i][j] + (i == j ? law.ownLambda * trace(strain) : 0));
  return s;
}

}  // namespace

Law lawOf(const Matter& matter) {
  Law law;
  law.shear = matter.shear;
  law.ownLambda = std::min(matter.bulk, kLambdaPerShear * matter.shear);
  law.pointsLambda = matter.bulk - law.ownLambda;
  law.density = matter.density;
  law.damping = matter.damping;
  law.fibreStress = matter.fibreStress;
  law.fibreStiffness = matter.fibreStiffness;
  return law;
}

double determinant(const Matrix3& f) {
  double sum = 0;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j)
      for (int k = 0; k < 3; ++k)
        sum += permutation(i, j, k) * f[0][std::size_t(i)] * f[1][std::size_t(j)] * f[2][std::size_t(k)];
  return sum;
}

Matrix3 cofactors(const Matrix3& f) {
  // dJ/dF_ij = 1/2 e_ikm e_jln F_kl F_mn
  Matrix3 c{};
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j)
      for (int k = 0; k < 3; ++k)
        for (int l = 0; l < 3; ++l)
          for (int m = 0; m < 3; ++m)
            for (int n = 0; n < 3; ++n)
              c[std::size_t(i)][std::size_t(j)] += 0.5 * permutation(i, k, m) * permutation(j, l, n) *
                                                   f[std::size_t(k)][std::size_t(l)] *
                                                   f[std::size_t(m)][std::size_t(n)];
  return c;
}

double energy(const Law& law, const Matrix3& f, const Vec3& fibre, double activation) {
  // Smith, de Goes and Kim 2018, eq. 14, less its value at rest.
  const double mu = smithMu(law), lambda = smithLambda(law), ic = squaredNorm(f), j = determinant(f);
  const double alpha = 1 + 0.75 * mu / lambda;
  double w = mu / 2 * (ic - 3) + lambda / 2 * ((j - alpha) * (j - alpha) - (1 - alpha) * (1 - alpha)) -
             mu / 2 * std::log((ic + 1) / 4);
  if (length(fibre) > 0) w += fibreEnergy(law, stretched(f, fibre).stretch, activation);
  return w;
}

Matrix3 stress(const Law& law, const Matrix3& f, const Vec3& fibre, double activation) {
  // Eq. 18: P = mu (1 - 1/(I_C + 1)) F + lambda (J - alpha) dJ/dF
  const double mu = smithMu(law), lambda = smithLambda(law);
  const double alpha = 1 + 0.75 * mu / lambda;
  const Matrix3 c = cofactors(f);
  const double ofF = mu * (1 - 1 / (squaredNorm(f) + 1)), ofC = lambda * (determinant(f) - alpha);
  Matrix3 p{};
  const Stretched fibreState = stretched(f, fibre);
  const double tension = length(fibre) > 0 ? fibreTension(law, fibreState.stretch, activation) : 0;
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j)
      p[i][j] = ofF * f[i][j] + ofC * c[i][j] + tension * fibreState.along[int(i)] * fibre[int(j)];
  return p;
}

Matrix9 tangent(const Law& law, const Matrix3& f, const Vec3& fibre, double activation) {
  const double mu = smithMu(law), lambda = smithLambda(law);
  const double alpha = 1 + 0.75 * mu / lambda;
  const Matrix3 c = cofactors(f);
  const double ic = squaredNorm(f), ofF = mu * (1 - 1 / (ic + 1)), ofFF = 2 * mu / ((ic + 1) * (ic + 1));
  const double ofC = lambda * (determinant(f) - alpha);
  const Stretched s = stretched(f, fibre);
  const bool hasFibre = length(fibre) > 0 && s.stretch > 1e-6;
  const double across = hasFibre ? fibreTension(law, s.stretch, activation) / s.stretch : 0;
  const double slope = hasFibre ? fibreTensionSlope(law, s.stretch, activation) : 0;
  Matrix9 h{};
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j)
      for (int k = 0; k < 3; ++k)
        for (int l = 0; l < 3; ++l) {
          const auto I = std::size_t(i), J = std::size_t(j), K = std::size_t(k), L = std::size_t(l);
          double value = ofFF * f[I][J] * f[K][L] + lambda * c[I][J] * c[K][L];
          if (i == k && j == l) value += ofF;
          // d2J/dF_ij dF_kl = e_ikm e_jln F_mn
          for (int m = 0; m < 3; ++m)
            for (int n = 0; n < 3; ++n)
              value += ofC * permutation(i, k, m) * permutation(j, l, n) * f[std::size_t(m)][std::size_t(n)];
          const double nn = s.along[i] * s.along[k];
          value += fibre[j] * fibre[l] * (slope * nn + across * ((i == k ? 1 : 0) - nn));
          h[3 * I + J][3 * K + L] = value;
        }
  return h;
}

double dampingEnergy(const Law& law, const Matrix3& f, const Matrix3& before, double timeStep) {
  const Matrix3 e = strainChange(f, before);
  return law.damping / (2 * timeStep) *
         (2 * law.shear * squaredNorm(e) + law.ownLambda * trace(e) * trace(e));
}

Matrix3 dampingStress(const Law& law, const Matrix3& f, const Matrix3& before, double timeStep) {
  const Matrix3 s = dampingSecondStress(law, strainChange(f, before), timeStep);
  Matrix3 p{};
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j)
      for (std::size_t k = 0; k < 3; ++k) p[i][j] += f[i][k] * s[k][j];
  return p;
}

Matrix9 dampingTangent(const Law& law, const Matrix3& f, const Matrix3& before, double timeStep) {
  // P_ij = F_im S_mj; dP_ij/dF_kl = delta_ik S_lj + F_im dS_mj/dF_kl,
  // dE_mn/dF_kl = 1/2 (delta_ml F_kn + F_km delta_nl).
  const Matrix3 s = dampingSecondStress(law, strainChange(f, before), timeStep);
  Matrix9 h{};
  for (std::size_t k = 0; k < 3; ++k)
    for (std::size_t l = 0; l < 3; ++l) {
      Matrix3 strain{};
      for (std::size_t m = 0; m < 3; ++m)
        for (std::size_t n = 0; n < 3; ++n)
          strain[m][n] = 0.5 * ((m == l ? f[k][n] : 0) + (n == l ? f[k][m] : 0));
      const Matrix3 ds = dampingSecondStress(law, strain, timeStep);
      for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j) {
          double value = i == k ? s[l][j] : 0;
          for (std::size_t m = 0; m < 3; ++m) value += f[i][m] * ds[m][j];
          h[3 * i + j][3 * k + l] = value;
        }
    }
  return h;
}

double volumeFactor(const Law& law, const Matrix3& f) {
  return smithLambda(law) * (determinant(f) - 1) - 0.75 * smithMu(law);
}

double safeVolumeFactor(const Law& law, const Matrix3& f) {
  // The largest eigenvalue of F^T F by Gershgorin.
  double bound = 1e-12;
  for (std::size_t i = 0; i < 3; ++i) {
    double row = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      double product = 0;
      for (std::size_t k = 0; k < 3; ++k) product += f[k][i] * f[k][j];
      row += std::abs(product);
    }
    bound = std::max(bound, row);
  }
  return smithMu(law) * (1 - 1 / (squaredNorm(f) + 1)) / std::sqrt(bound);
}

Matrix3 blockRepair(const Law& law, const Matrix3& f, const Vec3& fibre, double activation,
                    const Matrix3& before, double timeStep, const Vec3& b) {
  Matrix3 repair{};
  const Stretched s = stretched(f, fibre);
  if (length(fibre) > 0 && s.stretch > 1e-6) {
    const double softening = -std::min(fibreTensionSlope(law, s.stretch, activation), 0.0);
    const double ab = dot(fibre, b);
    for (std::size_t i = 0; i < 3; ++i)
      for (std::size_t k = 0; k < 3; ++k)
        repair[i][k] = ab * ab * softening * s.along[int(i)] * s.along[int(k)];
  }
  if (law.damping > 0) {
    const Matrix3 second = dampingSecondStress(law, strainChange(f, before), timeStep);
    double pushed = 0;
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j) pushed -= b[i] * second[std::size_t(i)][std::size_t(j)] * b[j];
    for (std::size_t i = 0; i < 3; ++i) repair[i][i] += std::max(pushed, 0.0);
  }
  return repair;
}

}  // namespace aula::anatomy::tissue::reference
