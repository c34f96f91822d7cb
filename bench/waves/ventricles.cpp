// SPDX-License-Identifier: Apache-2.0
#include "waves/ventricles.h"

#include <cmath>

namespace aula::bench {

using namespace anatomy::heart;

namespace {

/// Depth in a wall between two ellipsoids around `x0`: 0 at the inner, 1 at the outer one.
struct Wall {
  double x0, y0;
  double inner[3], outer[3];

  [[nodiscard]] double level(const double (&axes)[3], double x, double y, double z) const {
    const double a = (x - x0) / axes[0], b = (y - y0) / axes[1], c = z / axes[2];
    return std::sqrt(a * a + b * b + c * c);
  }
  [[nodiscard]] double depth(double x, double y, double z) const {
    const double inside = level(inner, x, y, z) - 1, outside = 1 - level(outer, x, y, z);
    if (inside < 0) return -1;
    if (outside < 0) return 2;
    return inside / (inside + outside);
  }
};

Lattice makeLattice(int nx, int ny, int nz, double spacing) {
  Lattice lattice;
  lattice.nx = nx;
  lattice.ny = ny;
  lattice.nz = nz;
  lattice.spacing = spacing;
  lattice.isTissue.assign(lattice.size(), 0);
  lattice.fibres.assign(lattice.size(), {1, 0, 0});
  lattice.layers.assign(lattice.size(), Layer::epicardial);
  return lattice;
}

void putFibre(Lattice& lattice, std::size_t node, double depth, double east, double north) {
  const double angle = (1 - 2 * depth) * M_PI / 3;
  lattice.fibres[node] = {static_cast<float>(std::cos(angle) * east),
                          static_cast<float>(std::cos(angle) * north), static_cast<float>(std::sin(angle))};
  lattice.layers[node] = depth < 0.3 ? Layer::endocardial : depth < 0.7 ? Layer::middle : Layer::epicardial;
}

}  // namespace

Lattice makeVentricles(double spacing) {
  // mm
  const Wall left{0, 0, {24, 24, 65}, {34, 34, 75}};
  const Wall right{-22, 0, {38, 36, 61}, {42, 40, 65}};
  const double h = spacing * 1e3;
  const auto nodes = [&](double length) { return static_cast<int>(std::ceil(length / h)); };
  Lattice lattice = makeLattice(nodes(104), nodes(86), nodes(94), spacing);
  for (int k = 0; k < lattice.nz; ++k)
    for (int j = 0; j < lattice.ny; ++j)
      for (int i = 0; i < lattice.nx; ++i) {
        const double x = (i + 0.5) * h - 67, y = (j + 0.5) * h - 43, z = (k + 0.5) * h - 77;
        if (z > 15) continue;
        double depth = left.depth(x, y, z);
        double x0 = 0;
        if (depth > 1) {
          depth = right.depth(x, y, z);
          x0 = -22;
        }
        if (depth < 0 || depth > 1) continue;
        const std::size_t node = lattice.index(i, j, k);
        lattice.isTissue[node] = 1;
        const double around = std::max(1e-9, std::hypot(x - x0, y));
        putFibre(lattice, node, depth, -y / around, (x - x0) / around);
      }
  return lattice;
}

Lattice makeBlock(int nodesAlong, double spacing) {
  const int n = nodesAlong;
  Lattice lattice = makeLattice(n, n, n, spacing);
  for (int k = 0; k < n; ++k)
    for (int j = 0; j < n; ++j)
      for (int i = 0; i < n; ++i) {
        const std::size_t node = lattice.index(i, j, k);
        lattice.isTissue[node] = 1;
        putFibre(lattice, node, (j + 0.5) / n, 1, 0);
      }
  return lattice;
}

}  // namespace aula::bench
