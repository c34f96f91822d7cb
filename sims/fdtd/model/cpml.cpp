// SPDX-License-Identifier: Apache-2.0
#include "fdtd/model/cpml.h"

#include <cmath>

#include "core/units/constants.h"

namespace aula::fdtd {

namespace {

/// Coefficients at relative depth rho: 0 at the layer's inner side, 1 at the wall.
CpmlCoefficients coefficientsAt(const CpmlSettings& settings, double rho, double spacing, double dt) {
  const double sigmaMaximum = settings.sigmaFactor * 0.8 * (settings.order + 1) /
                              (core::kVacuumImpedance * spacing * settings.backgroundIndex);
  const double grade = std::pow(rho, settings.order);
  const double sigma = sigmaMaximum * grade;
  const double kappa = 1 + (settings.kappaMaximum - 1) * grade;
  const double alpha = settings.alphaMaximum * std::pow(1 - rho, settings.alphaOrder);
  const double courant = core::kSpeedOfLight * dt / spacing;
  CpmlCoefficients result;
  result.a = courant / kappa;
  if (sigma > 0) {
    result.b = std::exp(-(sigma / kappa + alpha) * dt / core::kVacuumPermittivity);
    result.c = courant * sigma * (result.b - 1) / (sigma * kappa + kappa * kappa * alpha);
  }
  return result;
}

}  // namespace

bool CpmlAxis::isInLayer(bool isElectric, int index) const {
  const auto& values = isElectric ? electric : magnetic;
  return index >= 0 && index < static_cast<int>(values.size()) &&
         values[static_cast<std::size_t>(index)].c != 0;
}

CpmlAxis makeCpmlAxis(const Setup& setup, int axis) {
  const Grid& grid = setup.grid;
  const int n = grid.cells(axis);
  const double spacing = grid.spacing(axis);
  const double courant = core::kSpeedOfLight * grid.dt / spacing;
  CpmlAxis result;
  result.electric.assign(static_cast<std::size_t>(n) + 1, {courant, 0, 0});
  result.magnetic.assign(static_cast<std::size_t>(n), {courant, 0, 0});
  if (axis == 2 && grid.dimensions != Dimensions::three) return result;

  for (int side = 0; side < 2; ++side) {
    const Boundary& boundary =
        setup.boundaries[static_cast<std::size_t>(axis)][static_cast<std::size_t>(side)];
    if (boundary.kind != BoundaryKind::cpml || boundary.cpml.cells == 0) continue;
    const CpmlSettings& settings = boundary.cpml;
    (side == 0 ? result.lowCells : result.highCells) = settings.cells;
    for (int depth = 0; depth <= settings.cells; ++depth) {
      // Nodes lie at whole cells from the layer's inner side, half cells in between.
      const int node = side == 0 ? settings.cells - depth : n - settings.cells + depth;
      result.electric[static_cast<std::size_t>(node)] =
          coefficientsAt(settings, double(depth) / settings.cells, spacing, grid.dt);
      if (depth == settings.cells) break;
      const int cell = side == 0 ? settings.cells - 1 - depth : n - settings.cells + depth;
      result.magnetic[static_cast<std::size_t>(cell)] =
          coefficientsAt(settings, (depth + 0.5) / settings.cells, spacing, grid.dt);
    }
  }
  return result;
}

}  // namespace aula::fdtd
