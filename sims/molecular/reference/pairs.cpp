// SPDX-License-Identifier: Apache-2.0
#include "molecular/reference/pairs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <set>
#include <vector>

#include "core/error.h"

namespace aula::molecular::reference {

namespace {

using Visit = std::function<void(int, int, Vec3)>;

/// Atoms sorted into cells that are at least `cutoff` thick: partners are in the same or a neighbouring cell.
class Cells {
 public:
  Cells(double cutoff, std::span<const Vec3> positions, const Box& box) {
    const double volume = box.volume();
    const double heights[] = {volume / core::length(cross(box.b, box.c)),
                              volume / core::length(cross(box.c, box.a)),
                              volume / core::length(cross(box.a, box.b))};
    // Not more cells than atoms: a thin gas needs no thousand empty ones.
    const int most = std::max(1, static_cast<int>(std::cbrt(static_cast<double>(positions.size()))));
    for (std::size_t axis = 0; axis < 3; ++axis)
      count_[axis] = std::clamp(static_cast<int>(heights[axis] / cutoff), 1, most);
    atoms_.resize(static_cast<std::size_t>(count_[0] * count_[1] * count_[2]));
    for (std::size_t n = 0; n < positions.size(); ++n) {
      const Vec3 r = box.wrapped(positions[n]);
      // Fractional coordinates, c first: the edges are a triangular matrix.
      const double z = r.z / box.c.z;
      const double y = (r.y - z * box.c.y) / box.b.y;
      const double x = (r.x - y * box.b.x - z * box.c.x) / box.a.x;
      atoms_[index(cell(x, 0), cell(y, 1), cell(z, 2))].push_back(static_cast<int>(n));
    }
  }

  void forEachPair(const std::function<void(int, int)>& visit) const {
    for (int x = 0; x < count_[0]; ++x)
      for (int y = 0; y < count_[1]; ++y)
        for (int z = 0; z < count_[2]; ++z) {
          const std::size_t home = index(x, y, z);
          // A set: with fewer than three cells along an axis neighbours coincide.
          std::set<std::size_t> around;
          for (int dx = -1; dx <= 1; ++dx)
            for (int dy = -1; dy <= 1; ++dy)
              for (int dz = -1; dz <= 1; ++dz)
                around.insert(index(around3(x + dx, 0), around3(y + dy, 1), around3(z + dz, 2)));
          for (const std::size_t other : around) {
            if (other < home) continue;  // Seen from there.
            for (const int i : atoms_[home])
              for (const int j : atoms_[other])
                if (other != home || i < j) visit(i, j);
          }
        }
  }

 private:
  [[nodiscard]] int cell(double fraction, std::size_t axis) const {
    return std::clamp(static_cast<int>(fraction * count_[axis]), 0, count_[axis] - 1);
  }
  [[nodiscard]] int around3(int at, std::size_t axis) const { return (at + count_[axis]) % count_[axis]; }
  [[nodiscard]] std::size_t index(int x, int y, int z) const {
    return static_cast<std::size_t>((x * count_[1] + y) * count_[2] + z);
  }

  std::array<int, 3> count_{};
  std::vector<std::vector<int>> atoms_;
};

}  // namespace

void checkCutoff(double cutoff, const Box& box) {
  if (cutoff <= box.longestCutoff()) return;
  char text[200];
  std::snprintf(text, sizeof text,
                "the cut-off of %g nm is more than half the box's smallest height (%g nm): an atom would "
                "see two images of another; take a larger box or a cut-off of at most %g nm",
                cutoff, 2 * box.longestCutoff(), box.longestCutoff());
  throw core::inputError(text);
}

void forEachPairWithin(double cutoff, std::span<const Vec3> positions, const Box& box, const Visit& visit) {
  const auto consider = [&](int i, int j) {
    const Vec3 apart =
        box.nearest(positions[static_cast<std::size_t>(i)] - positions[static_cast<std::size_t>(j)]);
    if (dot(apart, apart) <= cutoff * cutoff) visit(i, j, apart);
  };
  if (box.isPeriodic()) {
    checkCutoff(cutoff, box);
    Cells(cutoff, positions, box).forEachPair(consider);
    return;
  }
  for (int i = 0; i < static_cast<int>(positions.size()); ++i)
    for (int j = i + 1; j < static_cast<int>(positions.size()); ++j) consider(i, j);
}

bool isExcluded(const Topology& topology, int i, int j) {
  const auto at = static_cast<std::size_t>(i);
  const auto first = topology.exclusions.begin() + topology.exclusionStart[at];
  const auto last = topology.exclusions.begin() + topology.exclusionStart[at + 1];
  return std::binary_search(first, last, j);
}

}  // namespace aula::molecular::reference
