// SPDX-License-Identifier: Apache-2.0
#include "lab/record/complex_matrix.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/assert.h"
#include "core/error.h"

namespace aula::lab {

namespace {

using Complex = std::complex<double>;
constexpr double kEpsilon = std::numeric_limits<double>::epsilon();

// The rotation of rows p and q that makes the pair (a, b) into (r, 0): [c, s; -conj(s), c].
struct Rotation {
  double c = 1;
  Complex s = 0;
};

Rotation rotationFor(Complex a, Complex b) {
  const double lengthA = std::abs(a), length = std::hypot(lengthA, std::abs(b));
  if (length == 0 || std::abs(b) == 0) return {};
  if (lengthA == 0) return {0, std::conj(b) / std::abs(b)};
  return {lengthA / length, (a / lengthA) * std::conj(b) / length};
}

}  // namespace

HermitianEigen hermitianEigen(ComplexMatrix matrix) {
  const std::size_t n = matrix.rows();
  AULA_ASSERT(n == matrix.columns());
  ComplexMatrix vectors(n, n);
  for (std::size_t i = 0; i < n; ++i) vectors(i, i) = 1;
  double scale = 0;
  for (std::size_t i = 0; i < n; ++i) scale = std::max(scale, std::abs(matrix(i, i)));
  // Quadratic convergence: a dozen sweeps are many.
  for (int sweep = 0; sweep < 40; ++sweep) {
    double largest = 0;
    for (std::size_t p = 0; p < n; ++p)
      for (std::size_t q = p + 1; q < n; ++q) {
        const Complex offDiagonal = matrix(p, q);
        const double size = std::abs(offDiagonal);
        largest = std::max(largest, size);
        if (size <= kEpsilon * 1e-2 * scale) continue;
        // Turn the phase of the entry away, then rotate as for a real matrix.
        const Complex phase = offDiagonal / size;
        const double theta = (matrix(q, q).real() - matrix(p, p).real()) / (2 * size);
        const double t = (theta >= 0 ? 1.0 : -1.0) / (std::abs(theta) + std::sqrt(theta * theta + 1));
        const double c = 1 / std::sqrt(t * t + 1), s = t * c;
        for (std::size_t k = 0; k < n; ++k) {
          const Complex kp = matrix(k, p), kq = matrix(k, q);
          matrix(k, p) = c * kp - s * std::conj(phase) * kq;
          matrix(k, q) = s * phase * kp + c * kq;
          const Complex vp = vectors(k, p), vq = vectors(k, q);
          vectors(k, p) = c * vp - s * std::conj(phase) * vq;
          vectors(k, q) = s * phase * vp + c * vq;
        }
        for (std::size_t k = 0; k < n; ++k) {
          const Complex pk = matrix(p, k), qk = matrix(q, k);
          matrix(p, k) = c * pk - s * phase * qk;
          matrix(q, k) = s * std::conj(phase) * pk + c * qk;
        }
      }
    if (largest <= kEpsilon * scale) break;
  }
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return matrix(a, a).real() > matrix(b, b).real(); });
  HermitianEigen result{{}, ComplexMatrix(n, n)};
  for (std::size_t k = 0; k < n; ++k) {
    result.values.push_back(matrix(order[k], order[k]).real());
    for (std::size_t i = 0; i < n; ++i) result.vectors(i, k) = vectors(i, order[k]);
  }
  return result;
}

ComplexMatrix leastSquares(ComplexMatrix a, ComplexMatrix b) {
  const std::size_t rows = a.rows(), columns = a.columns();
  AULA_ASSERT(rows >= columns && b.rows() == rows);
  std::vector<Complex> reflector(rows);
  for (std::size_t k = 0; k < columns; ++k) {
    double norm = 0;
    for (std::size_t i = k; i < rows; ++i) norm += std::norm(a(i, k));
    norm = std::sqrt(norm);
    if (norm == 0) continue;
    const Complex phase = std::abs(a(k, k)) > 0 ? a(k, k) / std::abs(a(k, k)) : Complex(1);
    double square = 0;
    for (std::size_t i = k; i < rows; ++i) {
      reflector[i] = a(i, k) + (i == k ? phase * norm : Complex(0));
      square += std::norm(reflector[i]);
    }
    const auto reflect = [&](ComplexMatrix& m, std::size_t column) {
      Complex product = 0;
      for (std::size_t i = k; i < rows; ++i) product += std::conj(reflector[i]) * m(i, column);
      product *= 2 / square;
      for (std::size_t i = k; i < rows; ++i) m(i, column) -= product * reflector[i];
    };
    for (std::size_t j = k; j < columns; ++j) reflect(a, j);
    for (std::size_t j = 0; j < b.columns(); ++j) reflect(b, j);
  }
  ComplexMatrix x(columns, b.columns());
  for (std::size_t j = 0; j < b.columns(); ++j)
    for (std::size_t i = columns; i-- > 0;) {
      Complex sum = b(i, j);
      for (std::size_t k = i + 1; k < columns; ++k) sum -= a(i, k) * x(k, j);
      x(i, j) = std::abs(a(i, i)) > 0 ? sum / a(i, i) : Complex(0);
    }
  return x;
}

std::vector<Complex> eigenvalues(ComplexMatrix matrix) {
  const std::size_t n = matrix.rows();
  AULA_ASSERT(n == matrix.columns());
  const auto rotateRows = [&](std::size_t p, std::size_t q, const Rotation& g, std::size_t from) {
    for (std::size_t k = from; k < n; ++k) {
      const Complex pk = matrix(p, k), qk = matrix(q, k);
      matrix(p, k) = g.c * pk + g.s * qk;
      matrix(q, k) = -std::conj(g.s) * pk + g.c * qk;
    }
  };
  const auto rotateColumns = [&](std::size_t p, std::size_t q, const Rotation& g, std::size_t to) {
    for (std::size_t k = 0; k < to; ++k) {
      const Complex kp = matrix(k, p), kq = matrix(k, q);
      matrix(k, p) = g.c * kp + std::conj(g.s) * kq;
      matrix(k, q) = -g.s * kp + g.c * kq;
    }
  };
  // Hessenberg form: zeros below the first subdiagonal.
  for (std::size_t column = 0; column + 2 < n; ++column)
    for (std::size_t row = n; row-- > column + 2;) {
      const Rotation g = rotationFor(matrix(row - 1, column), matrix(row, column));
      rotateRows(row - 1, row, g, 0);
      rotateColumns(row - 1, row, g, n);
    }

  std::vector<Complex> values(n);
  std::size_t end = n;
  int attempts = 0;
  while (end > 0) {
    std::size_t begin = end - 1;
    while (begin > 0 &&
           std::abs(matrix(begin, begin - 1)) >
               kEpsilon * (std::abs(matrix(begin, begin)) + std::abs(matrix(begin - 1, begin - 1))))
      --begin;
    if (begin + 1 == end) {
      values[end - 1] = matrix(end - 1, end - 1);
      --end;
      attempts = 0;
      continue;
    }
    if (++attempts > 200) throw core::Error("the resonances could not be told apart (no convergence)");
    // Wilkinson's shift: the eigenvalue of the last 2 x 2 block nearest its corner; now and then another,
    // against cycles.
    const Complex a = matrix(end - 2, end - 2), b = matrix(end - 2, end - 1), c = matrix(end - 1, end - 2),
                  d = matrix(end - 1, end - 1);
    const Complex half = 0.5 * (a + d), root = std::sqrt(0.25 * (a - d) * (a - d) + b * c);
    Complex shift = std::abs(half + root - d) < std::abs(half - root - d) ? half + root : half - root;
    if (attempts % 12 == 0) shift = d + std::abs(c);
    for (std::size_t i = begin; i < end; ++i) matrix(i, i) -= shift;
    std::vector<Rotation> rotations;
    for (std::size_t i = begin; i + 1 < end; ++i) {
      rotations.push_back(rotationFor(matrix(i, i), matrix(i + 1, i)));
      rotateRows(i, i + 1, rotations.back(), i);
    }
    for (std::size_t i = begin; i + 1 < end; ++i)
      rotateColumns(i, i + 1, rotations[i - begin], std::min(i + 2, end));
    for (std::size_t i = begin; i < end; ++i) matrix(i, i) += shift;
  }
  return values;
}

}  // namespace aula::lab
