// SPDX-License-Identifier: Apache-2.0
#include "fdtd/instrument/lattice.h"

#include <algorithm>
#include <cmath>

#include "core/assert.h"
#include "core/units/constants.h"

namespace aula::fdtd {

LatticeSampler::LatticeSampler(const Grid& grid, int component, const Lattice& lattice)
    : component_(component) {
  for (int axis = 0; axis < 3; ++axis) {
    const auto a = std::size_t(axis);
    AULA_ASSERT(!lattice.axes[a].empty());
    const int count = grid.count(component, axis);
    const double offset = count == 1 ? 0 : Grid::offset(component, axis);
    int lowest = count - 1;
    int highest = 0;
    for (const double position : lattice.axes[a]) {
      const double u = count == 1 ? 0 : (position - grid.origin[axis]) / grid.spacing(axis) - offset;
      int lower = std::clamp(int(std::floor(u)), 0, count - 1);
      double weight = std::clamp(u - lower, 0.0, 1.0);
      // On a place of the component but for rounding: no neighbour is needed.
      if (weight > 1 - 1e-6) {
        lower = std::min(lower + 1, count - 1);
        weight = 0;
      }
      if (weight < 1e-6 || lower == count - 1) weight = 0;
      index_[a].push_back(lower);
      weight_[a].push_back(weight);
      lowest = std::min(lowest, lower);
      highest = std::max(highest, lower + (weight > 0 ? 1 : 0));
    }
    box_.lower[a] = lowest;
    box_.upper[a] = highest + 1;
    for (int& index : index_[a]) index -= lowest;
  }
}

void LatticeSampler::read(const Solver& solver, std::span<double> out) const {
  AULA_ASSERT(out.size() == index_[0].size() * index_[1].size() * index_[2].size());
  buffer_.resize(box_.size());
  solver.read(component_, box_, std::span<double>(buffer_));
  // Solvers hold eta0 H.
  const double scale = isElectric(component_) ? 1.0 : 1 / core::kVacuumImpedance;
  const auto rowLength = std::size_t(box_.extent(0));
  const std::size_t planeLength = rowLength * std::size_t(box_.extent(1));
  std::size_t n = 0;
  for (std::size_t k = 0; k < index_[2].size(); ++k) {
    for (std::size_t j = 0; j < index_[1].size(); ++j) {
      const double wz = weight_[2][k];
      const double wy = weight_[1][j];
      const double* row =
          buffer_.data() + std::size_t(index_[2][k]) * planeLength + std::size_t(index_[1][j]) * rowLength;
      // Up to four rows of the component meet in one row of points.
      struct Row {
        const double* values;
        double weight;
      };
      std::array<Row, 4> rows{};
      std::size_t rowCount = 0;
      for (std::size_t dk = 0; dk < (wz > 0 ? 2 : 1); ++dk) {
        for (std::size_t dj = 0; dj < (wy > 0 ? 2 : 1); ++dj) {
          rows[rowCount++] = {row + dk * planeLength + dj * rowLength,
                              scale * (dk ? wz : 1 - wz) * (dj ? wy : 1 - wy)};
        }
      }
      for (std::size_t i = 0; i < index_[0].size(); ++i, ++n) {
        const double wx = weight_[0][i];
        const auto x = std::size_t(index_[0][i]);
        double value = 0;
        for (std::size_t r = 0; r < rowCount; ++r) {
          const double* v = rows[r].values + x;
          value += rows[r].weight * (wx > 0 ? (1 - wx) * v[0] + wx * v[1] : v[0]);
        }
        out[n] = value;
      }
    }
  }
}

}  // namespace aula::fdtd
