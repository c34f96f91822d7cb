// SPDX-License-Identifier: Apache-2.0
#include "molecular/reference/particle_mesh_ewald.h"

#include <cmath>
#include <vector>

#include "molecular/model/constants.h"
#include "molecular/reference/fourier.h"

namespace aula::molecular::reference {

namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr int kLargestOrder = 8;

/// Cardinal B-spline of order n at u (Essmann 1995, eq. 4.1): piecewise of degree n - 1 on 0..n.
double spline(int n, double u) {
  if (u <= 0 || u >= n) return 0;
  if (n == 2) return 1 - std::abs(u - 1);
  return u / (n - 1) * spline(n - 1, u) + (n - u) / (n - 1) * spline(n - 1, u - 1);
}

/// What a charge at mesh coordinate u gives to the `order` points below it (eq. 4.6): M_n(u - k) for
/// k = first, first - 1, ...; and the derivative M_n'(u) = M_(n-1)(u) - M_(n-1)(u - 1) (eq. 4.2).
struct Spread {
  int first = 0;
  std::array<double, kLargestOrder> weights{}, slopes{};

  Spread(double u, int order) : first(static_cast<int>(std::floor(u))) {
    for (int n = 0; n < order; ++n) {
      const double at = u - first + n;
      weights[static_cast<std::size_t>(n)] = spline(order, at);
      slopes[static_cast<std::size_t>(n)] = spline(order - 1, at) - spline(order - 1, at - 1);
    }
  }
};

/// |b(m)|^2 (eq. 4.4): undoes the splines' blur in Fourier space. For odd orders and m = K/2 the sum is
/// nothing; the authors' advice there is b = 0.
std::vector<double> splineModuli(int points, int order) {
  std::vector<double> moduli(static_cast<std::size_t>(points));
  for (int m = 0; m < points; ++m) {
    Complex sum = 0;
    for (int k = 0; k <= order - 2; ++k)
      sum += spline(order, k + 1) * std::polar(1.0, 2 * kPi * m * k / points);
    const double square = std::norm(sum);
    moduli[static_cast<std::size_t>(m)] = square > 1e-10 ? 1 / square : 0.0;
  }
  return moduli;
}

/// Rows a*, b*, c* with a* . a = 1 and a* . b = 0: of a position its fractional coordinates, of a wave
/// (m0, m1, m2) the vector m0 a* + m1 b* + m2 c*.
Matrix3 reciprocalVectors(const Box& box) {
  const double volume = box.volume();
  return {cross(box.b, box.c) / volume, cross(box.c, box.a) / volume, cross(box.a, box.b) / volume};
}

int wrap(int at, int points) {
  return (at % points + points) % points;
}

}  // namespace

void addReciprocal(std::span<const double> charges, std::span<const Vec3> positions, const Box& box,
                   double beta, std::array<int, 3> points, int order, Sums& sums) {
  const Matrix3 reciprocal = reciprocalVectors(box);
  const auto spreadOf = [&](std::size_t atom, std::size_t axis) {
    return Spread(points[axis] * dot(reciprocal[axis], positions[atom]), order);
  };
  const auto forEachPoint = [&](const Spread& x, const Spread& y, const Spread& z, const auto& visit) {
    for (int i = 0; i < order; ++i)
      for (int j = 0; j < order; ++j)
        for (int k = 0; k < order; ++k)
          visit(wrap(x.first - i, points[0]), wrap(y.first - j, points[1]), wrap(z.first - k, points[2]),
                static_cast<std::size_t>(i), static_cast<std::size_t>(j), static_cast<std::size_t>(k));
  };

  // Charges onto the mesh (eq. 4.6).
  Mesh mesh(points);
  for (std::size_t n = 0; n < charges.size(); ++n) {
    if (charges[n] == 0) continue;
    const Spread x = spreadOf(n, 0), y = spreadOf(n, 1), z = spreadOf(n, 2);
    forEachPoint(x, y, z, [&](int i, int j, int k, std::size_t a, std::size_t b, std::size_t c) {
      mesh.values[mesh.index(i, j, k)] += charges[n] * x.weights[a] * y.weights[b] * z.weights[c];
    });
  }

  // E = 1/2 sum over m of G(m) |S(m)|^2 with G = exp(-pi^2 m^2 / beta^2) / (pi V m^2) |b0 b1 b2|^2 (eq. 4.7),
  // and virial -1/2 (delta - 2 (1 + pi^2 m^2 / beta^2) / m^2 m (x) m) of each wave's energy (eq. 2.7).
  // The mesh becomes G S, whose transform back is the potential at the points.
  transform(mesh, -1);
  const std::array<std::vector<double>, 3> moduli{
      splineModuli(points[0], order), splineModuli(points[1], order), splineModuli(points[2], order)};
  const double volume = box.volume();
  double energy = 0;
  Matrix3 virial{};
  for (int i = 0; i < points[0]; ++i)
    for (int j = 0; j < points[1]; ++j)
      for (int k = 0; k < points[2]; ++k) {
        Complex& value = mesh.values[mesh.index(i, j, k)];
        if (i == 0 && j == 0 && k == 0) {
          value = 0;
          continue;
        }
        // Waves above half the mesh are the negative ones.
        const auto signedWave = [](int at, int size) { return at > size / 2 ? at - size : at; };
        const Vec3 m = signedWave(i, points[0]) * reciprocal[0] + signedWave(j, points[1]) * reciprocal[1] +
                       signedWave(k, points[2]) * reciprocal[2];
        const double m2 = dot(m, m), exponent = kPi * kPi * m2 / (beta * beta);
        const double green = kCoulomb * std::exp(-exponent) / (kPi * volume * m2) *
                             moduli[0][static_cast<std::size_t>(i)] * moduli[1][static_cast<std::size_t>(j)] *
                             moduli[2][static_cast<std::size_t>(k)];
        const double ofWave = 0.5 * green * std::norm(value);
        energy += ofWave;
        for (int axis = 0; axis < 3; ++axis) virial[static_cast<std::size_t>(axis)][axis] -= 0.5 * ofWave;
        addDyad(virial, ofWave * (1 + exponent) / m2, m, m);
        value *= green;
      }
  sums.add(Term::coulombReciprocal, energy);
  for (std::size_t row = 0; row < 3; ++row)
    sums.energies.virial[row] = sums.energies.virial[row] + virial[row];

  // Forces: the gradient of the weights times the potential (eq. 4.9).
  transform(mesh, +1);
  for (std::size_t n = 0; n < charges.size(); ++n) {
    if (charges[n] == 0) continue;
    const Spread x = spreadOf(n, 0), y = spreadOf(n, 1), z = spreadOf(n, 2);
    Vec3 slope;  // Along the mesh's axes.
    forEachPoint(x, y, z, [&](int i, int j, int k, std::size_t a, std::size_t b, std::size_t c) {
      const double potential = mesh.values[mesh.index(i, j, k)].real();
      slope.x += points[0] * x.slopes[a] * y.weights[b] * z.weights[c] * potential;
      slope.y += points[1] * x.weights[a] * y.slopes[b] * z.weights[c] * potential;
      slope.z += points[2] * x.weights[a] * y.weights[b] * z.slopes[c] * potential;
    });
    sums.addForce(static_cast<int>(n), -charges[n] * (slope.x * reciprocal[0] + slope.y * reciprocal[1] +
                                                      slope.z * reciprocal[2]));
  }
}

void addSelfAndBackground(std::span<const double> charges, const Box& box, double beta, Sums& sums) {
  double total = 0, squares = 0;
  for (const double charge : charges) {
    total += charge;
    squares += charge * charge;
  }
  const double background = -kCoulomb * kPi * total * total / (2 * box.volume() * beta * beta);
  sums.add(Term::coulombReal, -kCoulomb * beta / std::sqrt(kPi) * squares + background);
  // The background's energy goes as 1/V, so its pressure is E/V.
  for (int axis = 0; axis < 3; ++axis)
    sums.energies.virial[static_cast<std::size_t>(axis)][axis] -= 0.5 * background;
}

}  // namespace aula::molecular::reference
