// SPDX-License-Identifier: Apache-2.0
#include "anatomy/heart/reference/conduction.h"

#include <cmath>
#include <utility>

namespace aula::anatomy::heart::reference {

namespace {

using Matrix = std::array<std::array<double, 3>, 3>;

/// x that solves a x = b for the listed axes alone; the others stay zero. Gauss's elimination; `a` is
/// positive definite, so no pivots are needed.
std::array<double, 3> solve(Matrix a, std::array<double, 3> b, const std::vector<std::size_t>& axes) {
  for (std::size_t m = 0; m < axes.size(); ++m)
    for (std::size_t n = m + 1; n < axes.size(); ++n) {
      const double factor = a[axes[n]][axes[m]] / a[axes[m]][axes[m]];
      for (const std::size_t c : axes) a[axes[n]][c] -= factor * a[axes[m]][c];
      b[axes[n]] -= factor * b[axes[m]];
    }
  std::array<double, 3> x{};
  for (std::size_t m = axes.size(); m-- > 0;) {
    double sum = b[axes[m]];
    for (std::size_t n = m + 1; n < axes.size(); ++n) sum -= a[axes[m]][axes[n]] * x[axes[n]];
    x[axes[m]] = sum / a[axes[m]][axes[m]];
  }
  return x;
}

/// The current that a gradient of 1 along `axis` drives when none may flow along the closed axes.
std::array<double, 3> currentOf(const Matrix& d, std::size_t axis, const std::vector<std::size_t>& closed) {
  std::array<double, 3> wanted{};
  for (const std::size_t c : closed) wanted[c] = -d[c][axis];
  std::array<double, 3> gradient = solve(d, wanted, closed);
  gradient[axis] = 1;
  std::array<double, 3> current{};
  for (std::size_t a = 0; a < 3; ++a)
    for (std::size_t b = 0; b < 3; ++b) current[a] += d[a][b] * gradient[b];
  return current;
}

}  // namespace

Conduction::Conduction(const Lattice& lattice, const Settings& settings, const std::vector<float>& factors) {
  const int extent[3] = {lattice.nx, lattice.ny, lattice.nz};
  const double h = lattice.spacing;
  const auto factorOf = [&](std::size_t node) {
    return factors.empty() ? 1.0 : static_cast<double>(factors[node]);
  };
  const auto conducts = [&](std::size_t node) { return lattice.isTissue[node] != 0 && factorOf(node) > 0; };

  for (int k = 0; k < lattice.nz; ++k)
    for (int j = 0; j < lattice.ny; ++j)
      for (int i = 0; i < lattice.nx; ++i) {
        const std::size_t node = lattice.index(i, j, k);
        if (!conducts(node)) continue;
        // D = (sigma_across 1 + (sigma_along - sigma_across) f f^T) / (chi Cm), m^2/s.
        const scene::Float3 fibre = lattice.fibres[node];
        const std::array<double, 3> f{fibre.x, fibre.y, fibre.z};
        Matrix d{};
        for (std::size_t a = 0; a < 3; ++a)
          for (std::size_t b = 0; b < 3; ++b)
            d[a][b] = ((a == b ? settings.across : 0) + (settings.along - settings.across) * f[a] * f[b]) /
                      (settings.surfaceToVolume * settings.capacitance);

        for (int octant = 0; octant < 8; ++octant) {
          Octant one;
          one.node = node;
          std::array<double, 3> sign{}, share{};
          std::vector<std::size_t> closed;
          for (std::size_t a = 0; a < 3; ++a) {
            sign[a] = (octant >> a & 1) != 0 ? 1 : -1;
            int place[3] = {i, j, k};
            place[a] += static_cast<int>(sign[a]);
            one.neighbours[a] = node;
            if (place[a] >= 0 && place[a] < extent[a]) {
              const std::size_t other = lattice.index(place[0], place[1], place[2]);
              if (conducts(other)) {
                one.neighbours[a] = other;
                // Two resistors in a row: the harmonic mean; the tensor between two axes gets the root of
                // both.
                share[a] = std::sqrt(2 / (1 / factorOf(node) + 1 / factorOf(other)));
              }
            }
            if (one.neighbours[a] == node) closed.push_back(a);
          }
          one.push = {};
          for (std::size_t b = 0; b < 3; ++b) {
            if (share[b] == 0) continue;
            const std::array<double, 3> current = currentOf(d, b, closed);
            // An eighth of the volume; the gradient is a difference over h, the divergence another.
            for (std::size_t a = 0; a < 3; ++a)
              if (share[a] != 0)
                one.push[a][b] = current[a] * sign[a] * sign[b] * share[a] * share[b] / (8 * h * h);
          }
          octants_.push_back(one);
        }
      }
}

void Conduction::apply(const std::vector<double>& potentials, std::vector<double>& rates) const {
  rates.assign(potentials.size(), 0.0);
  for (const Octant& octant : octants_) {
    std::array<double, 3> difference{};
    for (std::size_t b = 0; b < 3; ++b)
      difference[b] = potentials[octant.neighbours[b]] - potentials[octant.node];
    for (std::size_t a = 0; a < 3; ++a) {
      double moved = 0;
      for (std::size_t b = 0; b < 3; ++b) moved += octant.push[a][b] * difference[b];
      rates[octant.node] += moved;
      rates[octant.neighbours[a]] -= moved;
    }
  }
}

}  // namespace aula::anatomy::heart::reference
