// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "molecular/cpu/cluster_grid.h"
#include "molecular/cpu/pair_kernels.h"
#include "molecular/model/engine.h"

namespace aula::molecular::cpu {

/// Smooth particle mesh Ewald's reciprocal part (Essmann et al. 1995, doi:10.1063/1.470117) in single
/// precision: charges spread onto the mesh, its potential by Fourier transforms, forces gathered from it.
///
/// Sums have one order whatever the threads: atoms are spread block by block of the mesh's xy plane, blocks
/// of one colour at a time, which never meet. An atom keeps its block while it stays within `longestWay()` of
/// where it was at setBlocks().
class ParticleMesh {
 public:
  struct Sums {
    double energy = 0;
    std::array<double, 6>
        modes{};  ///< Sum over waves of E (1 delta - 2 (1 + pi^2 m^2/beta^2) m (x) m/m^2): xx yy zz xy xz yz.
  };

  /// Throws core::Error (input) in a build without FFTW.
  ParticleMesh(const NonbondedSettings& settings, const Box& box, const PairKernels& kernels);
  ~ParticleMesh();
  ParticleMesh(const ParticleMesh&) = delete;
  ParticleMesh& operator=(const ParticleMesh&) = delete;

  void setBox(const Box& box);  ///< Before the parallel part, whenever the cell has changed.
  void setBlocks(const ClusterGrid& grid);
  [[nodiscard]] double longestWay() const;  ///< nm

  /// Charges to potential. To be called by all threads of an OpenMP team together; ends in step. `times`:
  /// seconds of spreading and of transforms, added to by the master, where not null.
  void potential(const ClusterGrid& grid, bool hasEnergies, double* times);
  /// Of the last potential() with energies.
  [[nodiscard]] Sums sums() const;
  /// Adds to forces (12 a cluster, from firstCluster on). Any thread.
  void gather(const ClusterGrid& grid, std::int32_t firstCluster, std::int32_t lastCluster,
              float* forces) const;

  [[nodiscard]] std::array<int, 3> size() const { return size_; }
  [[nodiscard]] std::size_t bytes() const;

 private:
  struct Plans;
  void solveRow(int y, bool hasEnergies);

  std::array<int, 3> size_;
  int order_;
  double beta_;
  const PairKernels& kernels_;
  Box box_;
  MeshShape shape_{};
  std::array<Vec3, 3> reciprocal_;                 ///< Rows of the inverse of the cell.
  std::array<std::vector<double>, 3> moduli_;      ///< |b(m)|^2 of the splines.
  int complexRow_ = 0;                             ///< Complex numbers between rows.
  AlignedVector<float> mesh_, waves_, influence_;  ///< influence_: [y][x][z]
  std::array<int, 2> blocks_{1, 1};
  std::array<std::vector<std::int32_t>, 4> colours_;  ///< Blocks of each.
  std::vector<std::int32_t> blockStart_, slots_;
  std::vector<Sums> rowSums_;  ///< Of each y.
  std::unique_ptr<Plans> plans_;
};

}  // namespace aula::molecular::cpu
