// SPDX-License-Identifier: Apache-2.0
#include "anatomy/heart/model/coupling.h"

#include <algorithm>
#include <cmath>

namespace aula::anatomy::heart {

namespace {

/// Where nodes stand and what joins them.
class Tissue {
 public:
  Tissue(const Lattice& lattice, const std::vector<float>& conduction)
      : lattice_(lattice), conduction_(conduction) {}

  [[nodiscard]] bool conducts(int i, int j, int k) const {
    if (i < 0 || j < 0 || k < 0 || i >= lattice_.nx || j >= lattice_.ny || k >= lattice_.nz) return false;
    return lattice_.isTissue[lattice_.index(i, j, k)] != 0 && factor(lattice_.index(i, j, k)) > 0;
  }
  [[nodiscard]] double factor(std::size_t node) const {
    return conduction_.empty() ? 1.0 : static_cast<double>(conduction_[node]);
  }

 private:
  const Lattice& lattice_;
  const std::vector<float>& conduction_;
};

/// Leaves axis `a` out of a symmetric tensor: what is left when no current may leave along it.
void closeAxis(double (&m)[3][3], int a) {
  for (int b = 0; b < 3; ++b)
    for (int c = 0; c < 3; ++c)
      if (b != a && c != a) m[b][c] -= m[b][a] * m[a][c] / m[a][a];
  for (int b = 0; b < 3; ++b) m[a][b] = m[b][a] = 0;
}

}  // namespace

Couplings makeCouplings(const Lattice& lattice, const Settings& settings,
                        const std::vector<float>& conduction) {
  const Tissue tissue(lattice, conduction);
  Couplings couplings;
  for (auto& values : couplings) values.assign(lattice.size(), 0.0);
  const double scale =
      1 / (settings.surfaceToVolume * settings.capacitance * lattice.spacing * lattice.spacing);
  const double across = settings.across * scale, extra = (settings.along - settings.across) * scale;

  // The coupling between the neighbours p + a and p + b of the node p (one of the two may be p itself).
  const auto add = [&](const std::array<int, 3>& p, const std::array<int, 3>& a, const std::array<int, 3>& b,
                       double value) {
    std::array<int, 3> offset{b[0] - a[0], b[1] - a[1], b[2] - a[2]};
    std::array<int, 3> from{p[0] + a[0], p[1] + a[1], p[2] + a[2]};
    auto found = std::find(kForwardOffsets.begin(), kForwardOffsets.end(), offset);
    if (found == kForwardOffsets.end()) {
      from = {p[0] + b[0], p[1] + b[1], p[2] + b[2]};
      for (int& n : offset) n = -n;
      found = std::find(kForwardOffsets.begin(), kForwardOffsets.end(), offset);
    }
    couplings[static_cast<std::size_t>(found - kForwardOffsets.begin())]
             [lattice.index(from[0], from[1], from[2])] += value;
  };

  for (int k = 0; k < lattice.nz; ++k)
    for (int j = 0; j < lattice.ny; ++j)
      for (int i = 0; i < lattice.nx; ++i) {
        if (!tissue.conducts(i, j, k)) continue;
        const std::array<int, 3> p{i, j, k};
        const std::size_t node = lattice.index(i, j, k);
        const scene::Float3 fibre = lattice.fibres[node];
        const double f[3] = {fibre.x, fibre.y, fibre.z};
        // What joins the node to its six neighbours: the harmonic mean of both factors, two resistors in a
        // row.
        double link[3][2];
        for (int axis = 0; axis < 3; ++axis)
          for (int side = 0; side < 2; ++side) {
            std::array<int, 3> q = p;
            q[static_cast<std::size_t>(axis)] += side == 0 ? -1 : 1;
            link[axis][side] = 0;
            if (!tissue.conducts(q[0], q[1], q[2])) continue;
            const double here = tissue.factor(node), there = tissue.factor(lattice.index(q[0], q[1], q[2]));
            link[axis][side] = 2 * here * there / (here + there);
          }
        // Each octant of the cube has a gradient of its own, from the three neighbours it looks to.
        for (int octant = 0; octant < 8; ++octant) {
          const int side[3] = {octant & 1, octant >> 1 & 1, octant >> 2};
          double m[3][3];
          for (int a = 0; a < 3; ++a)
            for (int b = 0; b < 3; ++b) m[a][b] = (a == b ? across : 0) + extra * f[a] * f[b];
          for (int a = 0; a < 3; ++a)
            if (link[a][side[a]] == 0) closeAxis(m, a);
          std::array<std::array<int, 3>, 3> to{};
          for (int a = 0; a < 3; ++a) {
            to[static_cast<std::size_t>(a)][static_cast<std::size_t>(a)] = side[a] == 0 ? -1 : 1;
            for (int b = 0; b < 3; ++b)
              m[a][b] *=
                  std::sqrt(link[a][side[a]] * link[b][side[b]]) * (side[a] == side[b] ? 0.125 : -0.125);
          }
          // sum m_ab d_a d_b as a sum of squares of differences, for d_a d_b = (d_a^2 + d_b^2 - (d_a -
          // d_b)^2) / 2.
          for (int a = 0; a < 3; ++a) {
            if (link[a][side[a]] == 0) continue;
            const auto ta = static_cast<std::size_t>(a);
            add(p, {0, 0, 0}, to[ta], m[a][0] + m[a][1] + m[a][2]);
            for (int b = a + 1; b < 3; ++b)
              if (link[b][side[b]] != 0) add(p, to[ta], to[static_cast<std::size_t>(b)], -m[a][b]);
          }
        }
      }
  return couplings;
}

double usualRate(const Settings& settings, double spacing) {
  const double scale = 1 / (settings.surfaceToVolume * settings.capacitance * spacing * spacing);
  const double extra = settings.along - settings.across;
  return scale * (extra > 0 ? 4.5 * extra + 12 * settings.across : 12 * settings.across);
}

double largestRate(const Lattice& lattice, const Settings& settings, const Couplings& couplings,
                   const std::vector<float>& conduction) {
  // A row has sum of c on its diagonal and -c beside it: Gershgorin's circle ends at sum of (c + |c|).
  std::vector<double> row(lattice.size(), 0.0);
  for (int n = 0; n < kForward; ++n) {
    const auto& offset = kForwardOffsets[static_cast<std::size_t>(n)];
    const auto& values = couplings[static_cast<std::size_t>(n)];
    const std::ptrdiff_t step =
        offset[0] + std::ptrdiff_t{lattice.nx} * (offset[1] + std::ptrdiff_t{lattice.ny} * offset[2]);
    for (std::size_t p = 0; p < values.size(); ++p) {
      if (values[p] <= 0) continue;
      row[p] += 2 * values[p];
      row[static_cast<std::size_t>(static_cast<std::ptrdiff_t>(p) + step)] += 2 * values[p];
    }
  }
  const double gershgorin = *std::max_element(row.begin(), row.end());
  double factor = conduction.empty() ? 1 : 0;
  for (const float one : conduction) factor = std::max(factor, static_cast<double>(one));
  return std::min(gershgorin, factor * usualRate(settings, lattice.spacing));
}

}  // namespace aula::anatomy::heart
