// SPDX-License-Identifier: Apache-2.0
#include "fdtd/cpu/row_coefficients.h"

#include <algorithm>
#include <map>
#include <span>

#include "core/units/constants.h"
#include "fdtd/model/ade.h"
#include "fdtd/model/yee.h"

namespace aula::fdtd::cpu {

namespace {

/// Coefficients at any place of one half step's three components.
class Source {
 public:
  Source(const Setup& setup, const Medium& medium, bool isElectric)
      : medium_(medium), grid_(setup.grid), isElectric_(isElectric) {
    lossFactor_ = setup.grid.dt / (2 * (isElectric ? core::kVacuumPermittivity : core::kVacuumPermeability));
    for (const Material& material : setup.materials) {
      double sum = 0;
      for (const Pole& pole : material.poles) sum += poleCoefficients(pole, setup.grid.dt).G;
      poleLoss_.push_back(sum);
    }
  }

  [[nodiscard]] int component(int n) const { return isElectric_ ? n : n + 3; }

  /// True when this component is one value all along x, whatever (j, k).
  [[nodiscard]] bool isBackground(int n) const {
    const auto c = static_cast<std::size_t>(n);
    return isElectric_ ? medium_.inverseEpsilon[c].empty() && medium_.conductivity[c].empty() &&
                             medium_.dispersion[c].empty()
                       : medium_.inverseMu[c].empty() && medium_.magneticConductivity[c].empty();
  }

  [[nodiscard]] YeeCoefficients at(int n, int i, int j, int k) const {
    const auto c = static_cast<std::size_t>(n);
    const int nx = grid_.count(component(n), 0), ny = grid_.count(component(n), 1);
    const auto place =
        (static_cast<std::size_t>(k) * static_cast<std::size_t>(ny) + static_cast<std::size_t>(j)) *
            static_cast<std::size_t>(nx) +
        static_cast<std::size_t>(i);
    const auto& inverses = isElectric_ ? medium_.inverseEpsilon[c] : medium_.inverseMu[c];
    const auto& losses = isElectric_ ? medium_.conductivity[c] : medium_.magneticConductivity[c];
    double inverse = isElectric_ ? medium_.background : medium_.backgroundMu;
    if (!inverses.empty()) inverse = static_cast<double>(inverses[place]);
    double halfLoss = 0;
    if (!losses.empty()) halfLoss = static_cast<double>(losses[place]) * lossFactor_;
    if (isElectric_ && !medium_.dispersion[c].empty()) halfLoss += poleLoss_[medium_.dispersion[c][place]];
    return yeeCoefficients(inverse, halfLoss);
  }

 private:
  const Medium& medium_;
  Grid grid_;
  bool isElectric_;
  double lossFactor_ = 0;
  std::vector<double> poleLoss_;
};

}  // namespace

RowCoefficients::RowCoefficients(const Setup& setup, const Medium& medium, const Layout& layout,
                                 const Updated& updated, bool isElectric, int threads)
    : updated_(updated), layout_(layout), lanes_(layout.blocks * kBlock), rows_(layout.rows()) {
  const Source source(setup, medium, isElectric);
  const int planes = layout.is3d ? layout.nz + 1 : 1;
  std::vector<Uniform> found(rows_.size());

  // First look: what each row is made of.
#pragma omp parallel for num_threads(threads) schedule(dynamic, 4)
  for (int k = 0; k < planes; ++k)
    for (int j = 0; j <= layout.ny; ++j) {
      Row& row = rows_[layout.row(j, k)];
      Uniform& uniform = found[layout.row(j, k)];
      bool isUniform = true, isLossy = false, isIdle = true;
      for (int n = 0; n < 3; ++n) {
        const int component = source.component(n);
        if (!setup.grid.computes(component) || !updated.contains(component, j, k)) continue;
        const int first = updated.begin(component, 0), last = updated.end(component, 0);
        if (first >= last) continue;
        const YeeCoefficients start = source.at(n, first, j, k);
        uniform.cb[static_cast<std::size_t>(n)] = static_cast<float>(start.cb);
        uniform.loss[static_cast<std::size_t>(n)] = static_cast<float>(start.loss);
        isIdle = isIdle && start.cb == 0;
        isLossy = isLossy || start.loss != 0;
        if (source.isBackground(n)) continue;
        for (int i = first + 1; i < last; ++i) {
          const YeeCoefficients here = source.at(n, i, j, k);
          isUniform = isUniform && here.cb == start.cb && here.loss == start.loss;
          isLossy = isLossy || here.loss != 0;
          isIdle = isIdle && here.cb == 0;
        }
        // A pole needs its cb as a row.
        if (isElectric && !medium.dispersion[static_cast<std::size_t>(n)].empty())
          isUniform = isUniform && start.loss == 0;
      }
      row.isIdle = isIdle;
      row.material = isUniform ? (isLossy ? RowMaterial::uniformLossy : RowMaterial::uniform)
                               : (isLossy ? RowMaterial::lossy : RowMaterial::dielectric);
    }

  // Uniform rows share a palette; the others get their place in the arena, counted in blocks.
  std::map<std::pair<std::array<float, 3>, std::array<float, 3>>, std::int32_t> palette;
  std::int64_t blocks = 0;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    Row& row = rows_[r];
    if (row.isIdle) continue;
    if (row.material == RowMaterial::uniform || row.material == RowMaterial::uniformLossy) {
      const auto [entry, isNew] =
          palette.try_emplace({found[r].cb, found[r].loss}, static_cast<std::int32_t>(uniforms_.size()));
      if (isNew) uniforms_.push_back(found[r]);
      row.index = entry->second;
    } else {
      row.index = static_cast<std::int32_t>(blocks);
      blocks += std::int64_t{layout.blocks} * (row.material == RowMaterial::lossy ? 6 : 3);
    }
  }
  values_ = Arena(static_cast<std::size_t>(blocks) * static_cast<std::size_t>(kBlock), threads);

#pragma omp parallel for num_threads(threads) schedule(dynamic, 4)
  for (int k = 0; k < planes; ++k)
    for (int j = 0; j <= layout.ny; ++j) {
      const Row& row = rows_[layout.row(j, k)];
      const bool isLossy = row.material == RowMaterial::lossy;
      if (row.isIdle || (row.material != RowMaterial::dielectric && !isLossy)) continue;
      for (int n = 0; n < 3; ++n) {
        const int component = source.component(n);
        if (!setup.grid.computes(component) || !updated.contains(component, j, k)) continue;
        for (int i = updated.begin(component, 0); i < updated.end(component, 0); ++i) {
          const YeeCoefficients here = source.at(n, i, j, k);
          values_.data()[offset(row, n, 0) + static_cast<std::size_t>(i)] = static_cast<float>(here.cb);
          if (isLossy)
            values_.data()[offset(row, n, 1) + static_cast<std::size_t>(i)] = static_cast<float>(here.loss);
        }
      }
    }
}

float RowCoefficients::cb(int component, int i, int j, int k) const {
  if (!updated_.contains(component, j, k) || i < updated_.begin(component, 0) ||
      i >= updated_.end(component, 0))
    return 0;
  const Row& row = rows_[layout_.row(j, k)];
  const auto n = static_cast<std::size_t>(axisOf(component));
  if (row.isIdle) return 0;
  if (row.material == RowMaterial::uniform || row.material == RowMaterial::uniformLossy)
    return uniform(row).cb[n];
  return cbRow(row, static_cast<int>(n))[i];
}

}  // namespace aula::fdtd::cpu
