// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scene/mesh/triangle_mesh.h"

namespace aula::scene {

/// Points origin + (i, j, k) * spacing, x fastest.
struct Lattice {
  int nx = 1, ny = 1, nz = 1;
  core::Vec3 origin;            ///< m, of point (0, 0, 0).
  core::Vec3 spacing{1, 1, 1};  ///< m, positive.

  [[nodiscard]] std::size_t count() const { return std::size_t(nx) * std::size_t(ny) * std::size_t(nz); }
  [[nodiscard]] std::size_t index(int i, int j, int k) const {
    return (std::size_t(k) * std::size_t(ny) + std::size_t(j)) * std::size_t(nx) + std::size_t(i);
  }
};

/// Which points of a lattice lie inside.
struct Occupancy {
  Lattice lattice;
  std::vector<std::uint8_t> isInside;  ///< 1 or 0, one a point.
};

/// Inside means wound around at least once (the sum of crossings, with their sign, of a line along x): bodies
/// that overlap are one, a shell within a shell turned inwards is a hollow. A point exactly on the surface
/// belongs to one side, always the same; bodies that share a face leave no point out and take none twice.
/// Refuses meshes that are not closed: core::Error (input) with `name`, the number of open edges and the
/// place of one. Points that a file holds several times are joined first (mesh/weld.h). Cost: triangles times
/// the lines each crosses, plus the points; on all threads.
[[nodiscard]] Occupancy voxelise(const TriangleMesh& mesh, const Lattice& lattice, const std::string& name);

/// The share of each cell that is inside, 0 to 1: cells of the lattice's spacing around its points, each
/// sampled at `samples` points an axis (1 to 16), evenly.
[[nodiscard]] std::vector<float> fillFractions(const TriangleMesh& mesh, const Lattice& lattice, int samples,
                                               const std::string& name);

}  // namespace aula::scene
