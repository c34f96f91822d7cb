// SPDX-License-Identifier: Apache-2.0
#include "anatomy/heart/body/domain.h"

#include <algorithm>
#include <cmath>

#include "core/error.h"

namespace aula::anatomy::heart {

namespace {

/// Nearer than this a surface counts as this far, shares of the spacing: or the equations become stiff.
constexpr double kLeastReach = 0.05;

double fixedValue(const Held& held, std::int32_t link) {
  return *held.sides[static_cast<std::size_t>(-1 - link)];
}
bool isHeld(const Held& held, std::int32_t link) {
  return link < 0 && held.sides[static_cast<std::size_t>(-1 - link)].has_value();
}

/// Tissue that hangs together by faces, the largest piece; the others become empty.
void keepLargestPiece(Lattice& lattice) {
  std::vector<std::int32_t> piece(lattice.size(), -1);
  std::vector<std::uint32_t> stack;
  std::size_t largest = 0, count = 0;
  std::int32_t best = -1, pieces = 0;
  const auto nx = std::size_t(lattice.nx), ny = std::size_t(lattice.ny);
  for (std::size_t seed = 0; seed < lattice.size(); ++seed) {
    if (lattice.isTissue[seed] == 0 || piece[seed] >= 0) continue;
    count = 0;
    stack.push_back(static_cast<std::uint32_t>(seed));
    piece[seed] = pieces;
    while (!stack.empty()) {
      const std::size_t n = stack.back();
      stack.pop_back();
      ++count;
      const std::size_t i = n % nx, j = n / nx % ny, k = n / (nx * ny);
      const auto visit = [&](bool isInside, std::size_t m) {
        if (!isInside || lattice.isTissue[m] == 0 || piece[m] >= 0) return;
        piece[m] = pieces;
        stack.push_back(static_cast<std::uint32_t>(m));
      };
      visit(i > 0, n - 1);
      visit(i + 1 < nx, n + 1);
      visit(j > 0, n - nx);
      visit(j + 1 < ny, n + nx);
      visit(k > 0, n - nx * ny);
      visit(k + 1 < std::size_t(lattice.nz), n + nx * ny);
    }
    if (count > largest) largest = count, best = pieces;
    ++pieces;
  }
  for (std::size_t n = 0; n < lattice.size(); ++n)
    if (piece[n] != best) lattice.isTissue[n] = 0;
}

}  // namespace

Domain makeDomain(Lattice& lattice, const std::function<double(Vec3)>& wall,
                  const std::function<int(Vec3)>& sideOf) {
  const auto place = [&](std::size_t n) {
    const auto nx = std::size_t(lattice.nx), ny = std::size_t(lattice.ny);
    return lattice.origin +
           lattice.spacing * Vec3{double(n % nx), double(n / nx % ny), double(n / (nx * ny))};
  };
  std::vector<float> distance(lattice.size());
  lattice.isTissue.assign(lattice.size(), 0);
  for (std::size_t n = 0; n < lattice.size(); ++n) {
    distance[n] = static_cast<float>(wall(place(n)));
    lattice.isTissue[n] = distance[n] < 0;
  }
  keepLargestPiece(lattice);
  Domain domain;
  domain.spacing = lattice.spacing;
  std::vector<std::int32_t> number(lattice.size(), -1);
  for (std::size_t n = 0; n < lattice.size(); ++n) {
    if (lattice.isTissue[n] == 0) continue;
    number[n] = static_cast<std::int32_t>(domain.nodes.size());
    domain.nodes.push_back(static_cast<std::uint32_t>(n));
  }
  if (domain.nodes.empty())
    throw core::inputError("no node of the lattice lies in the heart's muscle: its spacing is too large");
  domain.links.resize(domain.nodes.size());
  domain.reach.assign(domain.nodes.size(), {1, 1, 1, 1, 1, 1});
  const std::size_t strides[3] = {1, std::size_t(lattice.nx),
                                  std::size_t(lattice.nx) * std::size_t(lattice.ny)};
  const std::size_t counts[3] = {std::size_t(lattice.nx), std::size_t(lattice.ny), std::size_t(lattice.nz)};
  for (std::size_t c = 0; c < domain.nodes.size(); ++c) {
    const std::size_t n = domain.nodes[c];
    for (std::size_t link = 0; link < 6; ++link) {
      const std::size_t axis = link / 2;
      const bool isUp = link % 2 == 1;
      const std::size_t along = n / strides[axis] % counts[axis];
      const bool isInside = isUp ? along + 1 < counts[axis] : along > 0;
      const std::size_t m = isUp ? n + strides[axis] : n - strides[axis];
      if (isInside && number[m] >= 0) {
        domain.links[c][link] = number[m];
        continue;
      }
      Vec3 beyond = place(n);
      beyond[int(axis)] += isUp ? lattice.spacing : -lattice.spacing;
      domain.links[c][link] = -1 - sideOf(beyond);
      // Where along the link the surface is: halved ten times, for edges between surfaces bend the distance.
      // A neighbour that was left out with a loose piece has muscle, and no surface before it.
      double share = 1;
      if (wall(beyond) > 0) {
        const Vec3 from = place(n), way = beyond - from;
        double inside = 0, outside = 1;
        for (int round = 0; round < 10; ++round) {
          const double middle = 0.5 * (inside + outside);
          (wall(from + middle * way) < 0 ? inside : outside) = middle;
        }
        share = 0.5 * (inside + outside);
      }
      domain.reach[c][link] = static_cast<float>(std::clamp(share, kLeastReach, 1.0));
    }
  }
  return domain;
}

std::vector<double> solveLaplace(const Domain& domain, const Held& held, std::vector<double> start) {
  const std::size_t count = domain.nodes.size();
  std::vector<double> x = std::move(start);
  x.resize(count, 0.5);
  std::vector<std::uint8_t> isFixed(count, 0);
  for (const auto& [node, value] : held.nodes) {
    isFixed[node] = 1;
    x[node] = value;
  }
  // A x = b: sums over links of weight times difference.
  std::vector<double> diagonal(count, 0.0), residual(count), direction(count), product(count);
  const auto apply = [&](const std::vector<double>& v, std::vector<double>& out, bool hasSources) {
    for (std::size_t c = 0; c < count; ++c) {
      if (isFixed[c] != 0) {
        out[c] = 0;
        continue;
      }
      double sum = 0;
      for (std::size_t link = 0; link < 6; ++link) {
        const std::int32_t other = domain.links[c][link];
        if (other >= 0)
          sum += v[c] - v[std::size_t(other)];
        else if (isHeld(held, other))
          sum += (v[c] - (hasSources ? fixedValue(held, other) : 0)) / double(domain.reach[c][link]);
      }
      out[c] = sum;
    }
  };
  for (std::size_t c = 0; c < count; ++c) {
    double sum = 0;
    for (std::size_t link = 0; link < 6; ++link) {
      const std::int32_t other = domain.links[c][link];
      if (other >= 0)
        sum += 1;
      else if (isHeld(held, other))
        sum += 1 / double(domain.reach[c][link]);
    }
    diagonal[c] = std::max(sum, 1e-12);
  }
  apply(x, residual, true);
  double rz = 0, first = 0;
  for (std::size_t c = 0; c < count; ++c) {
    residual[c] = -residual[c];
    direction[c] = residual[c] / diagonal[c];
    rz += residual[c] * direction[c];
  }
  first = rz;
  constexpr int kMost = 5000;
  for (int round = 0; round < kMost && rz > 1e-14 * first && rz > 1e-30; ++round) {
    // Directions are zero where values are fixed.
    for (std::size_t c = 0; c < count; ++c)
      if (isFixed[c] != 0) direction[c] = 0;
    apply(direction, product, false);
    double curvature = 0;
    for (std::size_t c = 0; c < count; ++c) curvature += direction[c] * product[c];
    if (!(curvature > 0)) break;
    const double step = rz / curvature;
    double next = 0;
    for (std::size_t c = 0; c < count; ++c) {
      x[c] += step * direction[c];
      residual[c] -= step * product[c];
      if (isFixed[c] == 0) next += residual[c] * residual[c] / diagonal[c];
    }
    const double share = next / rz;
    rz = next;
    for (std::size_t c = 0; c < count; ++c)
      direction[c] = isFixed[c] != 0 ? 0 : residual[c] / diagonal[c] + share * direction[c];
  }
  return x;
}

std::vector<Vec3> gradientOf(const Domain& domain, const Held& held, const std::vector<double>& values) {
  std::vector<Vec3> slopes(values.size());
  for (std::size_t c = 0; c < values.size(); ++c) {
    for (int axis = 0; axis < 3; ++axis) {
      // One-sided slopes and how far each looks; none where nothing is known.
      double slope[2] = {0, 0}, far[2] = {0, 0};
      for (std::size_t end = 0; end < 2; ++end) {
        const std::size_t link = std::size_t(2 * axis) + end;
        const std::int32_t other = domain.links[c][link];
        const double sign = end == 0 ? -1 : 1;
        if (other >= 0) {
          far[end] = domain.spacing;
          slope[end] = sign * (values[std::size_t(other)] - values[c]) / far[end];
        } else if (isHeld(held, other)) {
          far[end] = double(domain.reach[c][link]) * domain.spacing;
          slope[end] = sign * (fixedValue(held, other) - values[c]) / far[end];
        }
      }
      // The parabola through three points has its slope at the middle one weighted by the other's distance.
      if (far[0] > 0 && far[1] > 0)
        slopes[c][axis] = (slope[0] * far[1] + slope[1] * far[0]) / (far[0] + far[1]);
      else
        slopes[c][axis] = far[0] > 0 ? slope[0] : slope[1];
    }
  }
  return slopes;
}

}  // namespace aula::anatomy::heart
