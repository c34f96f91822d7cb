// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <complex>
#include <cstddef>
#include <vector>

/// The little dense complex algebra that fitting exponentials needs; matrices of up to a few hundred rows.
namespace aula::lab {

/// Row by row.
class ComplexMatrix {
 public:
  ComplexMatrix(std::size_t rows, std::size_t columns)
      : rows_(rows), columns_(columns), values_(rows * columns) {}
  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t columns() const { return columns_; }
  std::complex<double>& operator()(std::size_t i, std::size_t j) { return values_[i * columns_ + j]; }
  const std::complex<double>& operator()(std::size_t i, std::size_t j) const {
    return values_[i * columns_ + j];
  }

 private:
  std::size_t rows_, columns_;
  std::vector<std::complex<double>> values_;
};

struct HermitianEigen {
  std::vector<double> values;  ///< Descending.
  ComplexMatrix vectors;       ///< Columns, orthonormal.
};
/// By cyclic Jacobi rotations (Golub and Van Loan 2013, section 8.5): slow and accurate.
[[nodiscard]] HermitianEigen hermitianEigen(ComplexMatrix matrix);

/// Minimises |a x - b| by Householder reflections (their section 5.3); `a` has at least as many rows as
/// columns.
[[nodiscard]] ComplexMatrix leastSquares(ComplexMatrix a, ComplexMatrix b);

/// Of a general square matrix, by shifted QR steps on its Hessenberg form (their sections 7.4 and 7.5).
/// Throws core::Error when it does not converge.
[[nodiscard]] std::vector<std::complex<double>> eigenvalues(ComplexMatrix matrix);

}  // namespace aula::lab
