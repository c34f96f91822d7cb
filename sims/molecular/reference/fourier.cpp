// SPDX-License-Identifier: Apache-2.0
#include "molecular/reference/fourier.h"

#include <cmath>

namespace aula::molecular::reference {

namespace {

constexpr double kPi = 3.14159265358979323846;

/// Without the tests for infinities that the standard's product makes.
Complex times(Complex a, Complex b) {
  return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
}

int smallestFactor(int n) {
  for (int p = 2; p * p <= n; ++p)
    if (n % p == 0) return p;
  return n;
}

/// One row of n numbers by the recursion of Cooley and Tukey (1965): with n = p m, p transforms of every p-th
/// number, then
///   X[k + m q] = sum over r < p of w^(r (k + m q)) X_r[k],  w = exp(sign 2 pi i / n).
class Row {
 public:
  Row(int n, int sign) : roots_(static_cast<std::size_t>(n)), n_(n) {
    for (int k = 0; k < n; ++k) roots_[static_cast<std::size_t>(k)] = std::polar(1.0, sign * 2 * kPi * k / n);
  }

  void transform(const Complex* in, Complex* out) const { part(n_, in, 1, out); }

 private:
  /// `step` is n_ / n: the roots of unity of n are every step-th of those of n_.
  void part(int n, const Complex* in, int step, Complex* out) const {
    if (n == 1) {
      out[0] = in[0];
      return;
    }
    const int p = smallestFactor(n), m = n / p;
    for (int r = 0; r < p; ++r) part(m, in + r * step, step * p, out + r * m);
    std::vector<Complex> values(static_cast<std::size_t>(p));
    for (int k = 0; k < m; ++k) {
      for (int r = 0; r < p; ++r) values[static_cast<std::size_t>(r)] = out[r * m + k];
      for (int q = 0; q < p; ++q) {
        Complex sum = values[0];
        for (int r = 1; r < p; ++r) {
          const int exponent = static_cast<int>((static_cast<long long>(r) * (k + m * q)) % n);
          sum +=
              times(roots_[static_cast<std::size_t>(exponent * step)], values[static_cast<std::size_t>(r)]);
        }
        out[q * m + k] = sum;
      }
    }
  }

  std::vector<Complex> roots_;
  int n_;
};

}  // namespace

void transform(Mesh& mesh, int sign) {
  for (int axis = 0; axis < 3; ++axis) {
    const int n = mesh.size[static_cast<std::size_t>(axis)];
    const Row row(n, sign);
    std::vector<Complex> in(static_cast<std::size_t>(n)), out(in);
    const int other0 = mesh.size[axis == 0 ? 1 : 0], other1 = mesh.size[axis == 2 ? 1 : 2];
    for (int a = 0; a < other0; ++a)
      for (int b = 0; b < other1; ++b) {
        const auto at = [&](int x) -> Complex& {
          return mesh.values[axis == 0   ? mesh.index(x, a, b)
                             : axis == 1 ? mesh.index(a, x, b)
                                         : mesh.index(a, b, x)];
        };
        for (int x = 0; x < n; ++x) in[static_cast<std::size_t>(x)] = at(x);
        row.transform(in.data(), out.data());
        for (int x = 0; x < n; ++x) at(x) = out[static_cast<std::size_t>(x)];
      }
  }
}

}  // namespace aula::molecular::reference
