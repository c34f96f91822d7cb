// SPDX-License-Identifier: Apache-2.0
#include "scene/voxel/voxelise.h"

#include <algorithm>
#include <cmath>

#include "core/assert.h"
#include "core/error.h"
#include "scene/mesh/check.h"
#include "scene/mesh/topology.h"
#include "scene/mesh/weld.h"

namespace aula::scene {

namespace {

/// Where a line along x enters (+1) or leaves (-1) a body.
struct Crossing {
  double x;
  int sign;
};

/// Triangles by the lines (j, k) of the lattice that may cross them.
class LineCrossings {
 public:
  LineCrossings(const TriangleMesh& mesh, const Lattice& lattice) : mesh_(mesh), lattice_(lattice) {
    const std::size_t layers = std::size_t(lattice.nz);
    byLayer_.resize(layers);
    for (std::uint32_t t = 0; t < mesh.triangleCount(); ++t) {
      double low = corner(t, 0).z, high = low;
      for (std::size_t c = 1; c < 3; ++c) {
        low = std::min(low, corner(t, c).z);
        high = std::max(high, corner(t, c).z);
      }
      const auto [from, to] = range(low, high, lattice.origin.z, lattice.spacing.z, lattice.nz);
      for (int k = from; k < to; ++k) byLayer_[std::size_t(k)].push_back(t);
    }
  }

  /// Crossings of all lines of layer k, by line.
  void find(int k, std::vector<std::vector<Crossing>>& lines) const {
    for (auto& line : lines) line.clear();
    const double z = lattice_.origin.z + k * lattice_.spacing.z;
    for (const std::uint32_t t : byLayer_[std::size_t(k)]) {
      const core::Vec3 a = corner(t, 0), b = corner(t, 1), c = corner(t, 2);
      const auto [from, to] = range(std::min({a.y, b.y, c.y}), std::max({a.y, b.y, c.y}), lattice_.origin.y,
                                    lattice_.spacing.y, lattice_.ny);
      for (int j = from; j < to; ++j) {
        const double y = lattice_.origin.y + j * lattice_.spacing.y;
        // Seen along x, the line is a point and the triangle lies around it on the left of all its sides.
        const int ab = side(a, b, y, z), bc = side(b, c, y, z), ca = side(c, a, y, z);
        if (ab == 0 || ab != bc || bc != ca) continue;
        const core::Vec3 normal = cross(b - a, c - a);
        // Never 0 with such sides, but for rounding: then the triangle's own x, all but equal, do.
        const double x = normal.x != 0 ? a.x - (normal.y * (y - a.y) + normal.z * (z - a.z)) / normal.x
                                       : std::min({a.x, b.x, c.x});
        const double within = std::clamp(x, std::min({a.x, b.x, c.x}), std::max({a.x, b.x, c.x}));
        // A face that looks against the line is where it enters.
        lines[std::size_t(j)].push_back({within, ab > 0 ? -1 : 1});
      }
    }
    for (auto& line : lines)
      std::sort(line.begin(), line.end(), [](const Crossing& p, const Crossing& q) {
        return p.x != q.x ? p.x < q.x : p.sign > q.sign;
      });
  }

 private:
  [[nodiscard]] core::Vec3 corner(std::uint32_t t, std::size_t c) const {
    return toVec3(mesh_.positions[mesh_.triangles[3 * std::size_t(t) + c]]);
  }

  /// Lattice numbers from the one at or below `low` to past the one at or above `high`.
  static std::pair<int, int> range(double low, double high, double origin, double step, int count) {
    const double from = std::floor((low - origin) / step), to = std::ceil((high - origin) / step) + 1;
    return {int(std::clamp(from, 0.0, double(count))), int(std::clamp(to, 0.0, double(count)))};
  }

  /// On which side of the edge p to q the point (y, z) lies: +1 left, -1 right. Never on it: the point counts
  /// as moved by a hair in z and by far less in y (Edelsbrunner and Mücke 1990), in the same way for every
  /// edge, so that lines through edges and corners cross exactly one of the triangles there. The edge is
  /// always taken from its lesser to its greater end: both its triangles get the same bits.
  static int side(core::Vec3 p, core::Vec3 q, double y, double z) {
    const bool isTurned = p.y != q.y ? p.y > q.y : p.z > q.z;
    if (isTurned) std::swap(p, q);
    const double area = (q.y - p.y) * (z - p.z) - (q.z - p.z) * (y - p.y);
    // d(area)/dz = q.y - p.y, d(area)/dy = -(q.z - p.z).
    int sign = area > 0 ? 1 : area < 0 ? -1 : q.y > p.y ? 1 : q.z > p.z ? -1 : 0;
    // 0: an edge that looks like a point from here, which only triangles seen edge-on have.
    return isTurned ? -sign : sign;
  }

  const TriangleMesh& mesh_;
  const Lattice& lattice_;
  std::vector<std::vector<std::uint32_t>> byLayer_;
};

TriangleMesh closedOrRefused(const TriangleMesh& mesh, const std::string& name) {
  checkMesh(mesh, name);
  TriangleMesh closed = weld(mesh);
  const EdgeReport edges = examineEdges(closed);
  if (!edges.isWatertight())
    throw core::inputError("The mesh \"" + name + "\" has no inside: it is not closed. " + describe(edges) +
                           " Close the holes in a modelling program, or fill it there as a solid.");
  return closed;
}

/// Calls use(j, spans) for the stretches of each line of layer k that lie inside.
template <class Use>
void forSpans(std::vector<std::vector<Crossing>>& lines, const Use& use) {
  for (std::size_t j = 0; j < lines.size(); ++j) {
    int wound = 0;
    double from = 0;
    for (const Crossing& crossing : lines[j]) {
      const bool wasInside = wound > 0;
      wound += crossing.sign;
      if (!wasInside && wound > 0) from = crossing.x;
      if (wasInside && wound <= 0) use(j, from, crossing.x);
    }
  }
}

Occupancy sample(const TriangleMesh& closed, const Lattice& lattice) {
  AULA_ASSERT(lattice.nx >= 1 && lattice.ny >= 1 && lattice.nz >= 1);
  AULA_ASSERT(lattice.spacing.x > 0 && lattice.spacing.y > 0 && lattice.spacing.z > 0);
  Occupancy result{lattice, std::vector<std::uint8_t>(lattice.count())};
  const LineCrossings crossings(closed, lattice);
#pragma omp parallel
  {
    std::vector<std::vector<Crossing>> lines(std::size_t(lattice.ny));
#pragma omp for schedule(dynamic)
    for (int k = 0; k < lattice.nz; ++k) {
      crossings.find(k, lines);
      forSpans(lines, [&](std::size_t j, double from, double to) {
        // from <= x < to: bodies that share a face share no point.
        const auto first = std::ceil((from - lattice.origin.x) / lattice.spacing.x),
                   last = std::ceil((to - lattice.origin.x) / lattice.spacing.x);
        const int begin = int(std::clamp(first, 0.0, double(lattice.nx))),
                  end = int(std::clamp(last, 0.0, double(lattice.nx)));
        std::uint8_t* row = &result.isInside[lattice.index(0, int(j), k)];
        std::fill(row + begin, row + std::max(begin, end), std::uint8_t(1));
      });
    }
  }
  return result;
}

}  // namespace

Occupancy voxelise(const TriangleMesh& mesh, const Lattice& lattice, const std::string& name) {
  return sample(closedOrRefused(mesh, name), lattice);
}

std::vector<float> fillFractions(const TriangleMesh& mesh, const Lattice& lattice, int samples,
                                 const std::string& name) {
  AULA_ASSERT(samples >= 1 && samples <= 16);
  const TriangleMesh closed = closedOrRefused(mesh, name);
  std::vector<float> shares(lattice.count());
  // One slab of cells at a time, finer by `samples` along each axis.
  Lattice fine = lattice;
  fine.nx *= samples;
  fine.ny *= samples;
  fine.nz = samples;
  fine.spacing = lattice.spacing / samples;
  const core::Vec3 first = lattice.origin - 0.5 * (lattice.spacing - fine.spacing);
  for (int k = 0; k < lattice.nz; ++k) {
    fine.origin = first;
    fine.origin.z += k * lattice.spacing.z;
    const Occupancy slab = sample(closed, fine);
#pragma omp parallel for schedule(static)
    for (int j = 0; j < lattice.ny; ++j)
      for (int i = 0; i < lattice.nx; ++i) {
        int inside = 0;
        for (int c = 0; c < samples; ++c)
          for (int b = 0; b < samples; ++b)
            for (int a = 0; a < samples; ++a)
              inside += slab.isInside[fine.index(i * samples + a, j * samples + b, c)];
        shares[lattice.index(i, j, k)] = float(inside) / float(samples * samples * samples);
      }
  }
  return shares;
}

}  // namespace aula::scene
