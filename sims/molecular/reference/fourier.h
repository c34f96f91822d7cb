// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <complex>
#include <vector>

namespace aula::molecular::reference {

using Complex = std::complex<double>;

/// A mesh of n0 x n1 x n2 numbers, the last index fastest.
struct Mesh {
  std::array<int, 3> size{};
  std::vector<Complex> values;

  explicit Mesh(std::array<int, 3> points)
      : size(points),
        values(static_cast<std::size_t>(points[0]) * static_cast<std::size_t>(points[1]) *
               static_cast<std::size_t>(points[2])) {}
  [[nodiscard]] std::size_t index(int i, int j, int k) const {
    return (static_cast<std::size_t>(i) * static_cast<std::size_t>(size[1]) + static_cast<std::size_t>(j)) *
               static_cast<std::size_t>(size[2]) +
           static_cast<std::size_t>(k);
  }
};

/// In place, X[m] = sum over x of mesh[x] exp(sign 2 pi i m x / n) along each axis; sign is -1 or +1, nothing
/// is divided. Any size; fast when its prime factors are small.
void transform(Mesh& mesh, int sign);

}  // namespace aula::molecular::reference
