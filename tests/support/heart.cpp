// SPDX-License-Identifier: Apache-2.0
#include "support/heart.h"

#include <algorithm>
#include <cmath>

namespace aula::test {

using namespace heart;

Lattice makeSlab(int nx, int ny, int nz, double spacing, scene::Float3 fibre) {
  Lattice lattice;
  lattice.nx = nx;
  lattice.ny = ny;
  lattice.nz = nz;
  lattice.spacing = spacing;
  lattice.isTissue.assign(lattice.size(), 1);
  lattice.fibres.assign(lattice.size(), fibre);
  return lattice;
}

Lattice makeShell(int nx, int ny, int nz, double spacing) {
  Lattice lattice = makeSlab(nx, ny, nz, spacing);
  lattice.layers.assign(lattice.size(), Layer::epicardial);
  lattice.conduction.assign(lattice.size(), 1.0F);
  lattice.durations.assign(lattice.size(), 1.0F);
  for (int k = 0; k < nz; ++k)
    for (int j = 0; j < ny; ++j)
      for (int i = 0; i < nx; ++i) {
        // The shell stands on its point; depth runs from 0 inside to 1 outside.
        const double x = (i + 0.5 - 0.5 * nx) / (0.5 * nx), y = (j + 0.5 - 0.5 * ny) / (0.5 * ny),
                     z = (k + 0.5 - 0.8 * nz) / (0.8 * nz);
        const double radius = std::sqrt(x * x + y * y + z * z), depth = (radius - 0.6) / 0.4;
        const bool isHole = x > 0.5 && std::abs(y) < 0.2 && std::abs(z + 0.2) < 0.15;
        const std::size_t node = lattice.index(i, j, k);
        lattice.isTissue[node] = depth >= 0 && depth <= 1 && !isHole ? 1 : 0;
        const double around = std::hypot(x, y), angle = (1 - 2 * depth) * M_PI / 3;
        if (around > 1e-6)
          lattice.fibres[node] = {static_cast<float>(-std::cos(angle) * y / around),
                                  static_cast<float>(std::cos(angle) * x / around),
                                  static_cast<float>(std::sin(angle))};
        lattice.layers[node] = depth < 0.3   ? Layer::endocardial
                               : depth < 0.7 ? Layer::middle
                                             : Layer::epicardial;
        lattice.durations[node] = static_cast<float>(1.2 - 0.4 * std::clamp(depth, 0.0, 1.0));
        if (y > 0.6) lattice.conduction[node] = 0.3F;
        if (y < -0.7) lattice.conduction[node] = 0;
      }
  return lattice;
}

std::vector<std::uint32_t> nodesWhere(const Lattice& lattice,
                                      const std::function<bool(int, int, int)>& predicate) {
  std::vector<std::uint32_t> nodes;
  for (int k = 0; k < lattice.nz; ++k)
    for (int j = 0; j < lattice.ny; ++j)
      for (int i = 0; i < lattice.nx; ++i)
        if (lattice.isTissue[lattice.index(i, j, k)] != 0 && predicate(i, j, k))
          nodes.push_back(static_cast<std::uint32_t>(lattice.index(i, j, k)));
  return nodes;
}

Stimulus kick(const Settings& settings, std::vector<std::uint32_t> nodes, double rise, double start,
              double duration) {
  Stimulus stimulus;
  stimulus.start = start;
  stimulus.duration = duration;
  stimulus.current = rise / duration * settings.surfaceToVolume * settings.capacitance;
  stimulus.nodes = std::move(nodes);
  return stimulus;
}

void advanceTo(Solver& solver, double time) {
  const auto target = static_cast<std::int64_t>(std::llround(time / solver.timeStep()));
  solver.advance(std::max<std::int64_t>(0, target - solver.step()));
}

double frontVelocity(const Lattice& lattice, const std::vector<float>& activation, core::Vec3 direction,
                     const std::function<bool(int, int, int)>& isUsed) {
  // Slope of arrival over distance; its inverse is the velocity.
  double n = 0, sx = 0, st = 0, sxx = 0, sxt = 0;
  for (const std::uint32_t node : nodesWhere(lattice, isUsed)) {
    if (activation[node] < 0) continue;
    const auto nx = static_cast<std::uint32_t>(lattice.nx), ny = static_cast<std::uint32_t>(lattice.ny);
    const double x = lattice.spacing * core::dot(direction, {static_cast<double>(node % nx),
                                                             static_cast<double>(node / nx % ny),
                                                             static_cast<double>(node / nx / ny)});
    const auto t = static_cast<double>(activation[node]);
    n += 1;
    sx += x;
    st += t;
    sxx += x * x;
    sxt += x * t;
  }
  return (n * sxx - sx * sx) / (n * sxt - sx * st);
}

}  // namespace aula::test
