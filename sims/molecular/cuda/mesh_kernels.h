// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compute/kernel.h"
#include "molecular/cuda/fourier_kernels.h"
#include "molecular/model/formula/spline.h"

/// Smooth particle mesh Ewald (Essmann et al. 1995): charges to the mesh, the influence function in between
/// two transforms, forces from the potential's slope.
namespace aula::molecular::cuda {

struct Mesh {
  int size[3];
  int order;
  AULA_HD int halfZ() const { return size[2] / 2 + 1; }
};

/// Where an atom stands on the mesh: its first node and the weights of the nodes that follow, along each
/// axis.
struct MeshPlace {
  int first[3];
  float weight[3][kMostSplineOrder], slope[3][kMostSplineOrder];
};
AULA_HD MeshPlace placeOnMesh(const Mesh& mesh, const DeviceCell& box, const PointCharge& p) {
  // Fractions of a lower triangular box, from c backwards.
  const float c = p.z / box.cz, b = (p.y - c * box.cy) / box.by, a = (p.x - c * box.cx - b * box.bx) / box.ax;
  const float fraction[3] = {a, b, c};
  MeshPlace place;
  for (int axis = 0; axis < 3; ++axis) {
    const auto size = static_cast<float>(mesh.size[axis]);
    const float u = (fraction[axis] - floorf(fraction[axis])) * size, node = floorf(u);
    place.first[axis] = static_cast<int>(node) % mesh.size[axis];
    splineWeights(u - node, mesh.order, place.weight[axis], place.slope[axis]);
  }
  return place;
}
AULA_HD int nodeAfter(int first, int n, int size) {
  const int node = first + n;
  return node >= size ? node - size : node;
}

struct SpreadChargesBody {
  static constexpr const char* kName = "spread charges";
  Mesh mesh;
  const DeviceCell* cell;
  const PointCharge* points;  ///< In slots, where neighbours in space are neighbours in memory.
  unsigned long long* charges;

  AULA_HD void operator()(long slot) const {
    const PointCharge p = points[slot];
    if (p.charge == 0) return;
    const MeshPlace at = placeOnMesh(mesh, *cell, p);
    for (int i = 0; i < mesh.order; ++i) {
      const int x = nodeAfter(at.first[0], i, mesh.size[0]);
      for (int j = 0; j < mesh.order; ++j) {
        const long row =
            (static_cast<long>(x) * mesh.size[1] + nodeAfter(at.first[1], j, mesh.size[1])) * mesh.size[2];
        const float share = p.charge * at.weight[0][i] * at.weight[1][j];
        for (int k = 0; k < mesh.order; ++k) {
          const float value = share * at.weight[2][k] * kChargeUnits;
          addTo(&charges[row + nodeAfter(at.first[2], k, mesh.size[2])],
                static_cast<unsigned long long>(static_cast<long long>(value)));
        }
      }
    }
  }
};
using SpreadCharges = compute::ForEach<SpreadChargesBody>;

/// Sums of one kernel, in double: a block's in one place each, added up by the host or by a later kernel.
inline constexpr int kMeshSums = 7;  ///< Energy; xx, yy, zz, xy, xz, yz of the virial.

/// Times the influence function (Essmann 1995, eqs. 2.5 and 4.7; virial eq. 2.7). One thread a node of half
/// the spectrum.
template <bool kWantsEnergy>
struct SolveMesh {
  static constexpr const char* kName = kWantsEnergy ? "solve mesh, energy" : "solve mesh";
  static constexpr int kThreads = 128;
  struct Shared {
    double sums[kWantsEnergy ? kThreads * kMeshSums : 1];
  };
  struct Registers {};

  Mesh mesh;
  const DeviceCell* cell;
  float beta, coulomb;
  const float* moduli[3];  ///< 1 / |b|^2 of each node along each axis.
  Complex* spectrum;
  double* blockSums;

  [[nodiscard]] long count() const {
    return static_cast<long>(mesh.size[0]) * mesh.size[1] * (mesh.size[2] / 2 + 1);
  }
  [[nodiscard]] compute::LaunchShape shape() const {
    return {{static_cast<int>((count() + kThreads - 1) / kThreads), 1, 1}, {kThreads, 1, 1}};
  }

  template <class Block>
  AULA_HD void operator()(Block& block, Shared& shared) const {
    const int half = mesh.halfZ();
    const long all = static_cast<long>(mesh.size[0]) * mesh.size[1] * half;
    const long start = static_cast<long>(block.index().x) * kThreads;
    block.phase([&](compute::ThreadIndex thread, Registers&) {
      double* sums = shared.sums + (kWantsEnergy ? thread.x * kMeshSums : 0);
      if (kWantsEnergy)
        for (int n = 0; n < kMeshSums; ++n) sums[n] = 0;
      const long at = start + thread.x;
      if (at >= all) return;
      const int z = static_cast<int>(at % half);
      const int y = static_cast<int>(at / half % mesh.size[1]),
                x = static_cast<int>(at / half / mesh.size[1]);
      if (x == 0 && y == 0 && z == 0) {
        spectrum[at] = {0, 0};
        return;
      }
      // The wave vector over 2 pi: integers times the reciprocal edges of a lower triangular box.
      const auto p = static_cast<float>(2 * x > mesh.size[0] ? x - mesh.size[0] : x);
      const auto q = static_cast<float>(2 * y > mesh.size[1] ? y - mesh.size[1] : y);
      const auto r = static_cast<float>(z);
      const DeviceCell box = *cell;
      const float mx = p / box.ax;
      const float my = (q - mx * box.bx) / box.by;
      const float mz = (r - mx * box.cx - my * box.cy) / box.cz;
      const float square = mx * mx + my * my + mz * mz;
      constexpr float kPi = 3.14159265358979F;
      const float exponent = kPi * kPi * square / (beta * beta);
      const float influence = coulomb / (kPi * volume(box)) * expf(-exponent) / square * moduli[0][x] *
                              moduli[1][y] * moduli[2][z];
      const Complex before = spectrum[at];
      spectrum[at] = {influence * before.re, influence * before.im};
      if (!kWantsEnergy) return;
      const bool isAlone = z == 0 || 2 * z == mesh.size[2];
      const double energy =
          (isAlone ? 0.5 : 1.0) * static_cast<double>(influence) *
          (static_cast<double>(before.re) * before.re + static_cast<double>(before.im) * before.im);
      const double factor = 2 * (1 + static_cast<double>(exponent)) / square;
      sums[0] = energy;
      sums[1] = -0.5 * energy * (1 - factor * mx * mx);
      sums[2] = -0.5 * energy * (1 - factor * my * my);
      sums[3] = -0.5 * energy * (1 - factor * mz * mz);
      sums[4] = 0.5 * energy * factor * mx * my;
      sums[5] = 0.5 * energy * factor * mx * mz;
      sums[6] = 0.5 * energy * factor * my * mz;
    });
    if (!kWantsEnergy) return;
    block.phase([&](compute::ThreadIndex thread, Registers&) {
      if (thread.x >= kMeshSums) return;
      double sum = 0;
      for (int n = 0; n < kThreads; ++n) sum += shared.sums[n * kMeshSums + thread.x];
      blockSums[static_cast<long>(block.index().x) * kMeshSums + thread.x] = sum;
    });
  }
};

/// Forces from the potential on the mesh (Essmann 1995, eq. 4.9), added to what the pairs gave.
struct GatherForcesBody {
  static constexpr const char* kName = "gather mesh forces";
  Mesh mesh;
  const DeviceCell* cell;
  const PointCharge* points;
  const int* atomAt;
  const float* potential;
  Vec3f* forces;  ///< By atom.

  AULA_HD void operator()(long slot) const {
    const PointCharge p = points[slot];
    if (p.charge == 0) return;
    const MeshPlace at = placeOnMesh(mesh, *cell, p);
    float slope[3] = {0, 0, 0};
    for (int i = 0; i < mesh.order; ++i) {
      const int x = nodeAfter(at.first[0], i, mesh.size[0]);
      for (int j = 0; j < mesh.order; ++j) {
        const long row =
            (static_cast<long>(x) * mesh.size[1] + nodeAfter(at.first[1], j, mesh.size[1])) * mesh.size[2];
        float value = 0, slopeZ = 0;
        for (int k = 0; k < mesh.order; ++k) {
          const float node = potential[row + nodeAfter(at.first[2], k, mesh.size[2])];
          value += at.weight[2][k] * node;
          slopeZ += at.slope[2][k] * node;
        }
        slope[0] += at.slope[0][i] * at.weight[1][j] * value;
        slope[1] += at.weight[0][i] * at.slope[1][j] * value;
        slope[2] += at.weight[0][i] * at.weight[1][j] * slopeZ;
      }
    }
    // From mesh steps to nm: the rows of the inverse of a lower triangular box.
    const DeviceCell box = *cell;
    const float a = slope[0] * static_cast<float>(mesh.size[0]),
                b = slope[1] * static_cast<float>(mesh.size[1]),
                c = slope[2] * static_cast<float>(mesh.size[2]);
    const float fx = a / box.ax;
    const float fy = (b - fx * box.bx) / box.by;
    const float fz = (c - fx * box.cx - fy * box.cy) / box.cz;
    const int atom = atomAt[slot] - 1;
    forces[atom] = forces[atom] - p.charge * Vec3f{fx, fy, fz};
  }
};
using GatherForces = compute::ForEach<GatherForcesBody>;

}  // namespace aula::molecular::cuda
