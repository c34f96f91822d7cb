// SPDX-License-Identifier: Apache-2.0
// Not to be compiled alone: its functions have internal linkage, one copy for each instruction set that uses
// them.
#pragma once

#include <cstdint>
#include <type_traits>

#include "molecular/cpu/lanes.h"
#include "molecular/cpu/pair_kernels.h"

/// Charges onto the mesh and forces from it (Essmann et al. 1995, doi:10.1063/1.470117): cardinal B-splines
/// of order 4 or 5, all weights of an axis at once as one polynomial in the place behind the node.
namespace aula::molecular::cpu {
namespace {

typedef float Eight __attribute__((vector_size(32)));
typedef float EightAnywhere __attribute__((vector_size(32), aligned(4), may_alias));

/// Weights of nodes n, n + 1, ... for a place w behind node n: M(w + order - 1 - k) for node n + k. Column p
/// holds the factors of w^p.
template <int order>
struct Spline;
template <>
struct Spline<4> {
  using Weights = Four;
  static constexpr float power[4][4] = {{1.0F / 6, 4.0F / 6, 1.0F / 6, 0},
                                        {-0.5F, 0, 0.5F, 0},
                                        {0.5F, -1, 0.5F, 0},
                                        {-1.0F / 6, 0.5F, -0.5F, 1.0F / 6}};
};
template <>
struct Spline<5> {
  using Weights = Eight;
  static constexpr float power[5][8] = {{1.0F / 24, 11.0F / 24, 11.0F / 24, 1.0F / 24, 0, 0, 0, 0},
                                        {-4.0F / 24, -12.0F / 24, 12.0F / 24, 4.0F / 24, 0, 0, 0, 0},
                                        {6.0F / 24, -6.0F / 24, -6.0F / 24, 6.0F / 24, 0, 0, 0, 0},
                                        {-4.0F / 24, 12.0F / 24, -12.0F / 24, 4.0F / 24, 0, 0, 0, 0},
                                        {1.0F / 24, -4.0F / 24, 6.0F / 24, -4.0F / 24, 1.0F / 24, 0, 0, 0}};
};

template <class Weights>
AULA_HD Weights loadWeights(const float* from) {
  if constexpr (std::is_same_v<Weights, Four>)
    return loadFour(from);
  else
    return *reinterpret_cast<const EightAnywhere*>(from);
}
AULA_HD void storeWeights(float* to, Four value) {
  storeFour(to, value);
}
AULA_HD void storeWeights(float* to, Eight value) {
  *reinterpret_cast<EightAnywhere*>(to) = value;
}

template <int order>
AULA_HD typename Spline<order>::Weights weightsAt(float w) {
  using Weights = typename Spline<order>::Weights;
  Weights sum = loadWeights<Weights>(Spline<order>::power[order - 1]);
  for (int p = order - 2; p >= 0; --p) sum = sum * w + loadWeights<Weights>(Spline<order>::power[p]);
  return sum;
}
template <int order>
AULA_HD typename Spline<order>::Weights slopesAt(float w) {
  using Weights = typename Spline<order>::Weights;
  Weights sum = loadWeights<Weights>(Spline<order>::power[order - 1]) * static_cast<float>(order - 1);
  for (int p = order - 2; p >= 1; --p)
    sum = sum * w + loadWeights<Weights>(Spline<order>::power[p]) * static_cast<float>(p);
  return sum;
}

/// Node below and place behind it, along each axis.
struct MeshPlace {
  std::int32_t node[3];
  float behind[3];
};
AULA_HD MeshPlace placeOf(const MeshShape& shape, float x, float y, float z) {
  const float u[3] = {shape.inverse[0][0] * x + shape.inverse[0][1] * y + shape.inverse[0][2] * z,
                      shape.inverse[1][1] * y + shape.inverse[1][2] * z, shape.inverse[2][2] * z};
  const std::int32_t size[3] = {shape.nx, shape.ny, shape.nz};
  MeshPlace place;
  for (int axis = 0; axis < 3; ++axis) {
    auto node = static_cast<std::int32_t>(u[axis]);
    node -= u[axis] < static_cast<float>(node) ? 1 : 0;
    place.behind[axis] = u[axis] - static_cast<float>(node);
    // Positions lie in the brick of the cell's edges; where that is skewed, up to two cells from the first.
    node += node < 0 ? size[axis] : 0;
    node += node < 0 ? size[axis] : 0;
    node -= node >= size[axis] ? size[axis] : 0;
    node -= node >= size[axis] ? size[axis] : 0;
    place.node[axis] = node;
  }
  return place;
}

template <int order>
void spreadCharges(const SpreadTask& task) {
  using Weights = typename Spline<order>::Weights;
  const MeshShape shape = task.shape;
  for (std::int32_t n = 0; n < task.count; ++n) {
    const std::int32_t slot = task.slots[n];
    const float* atom = task.xyzq + 16 * static_cast<std::ptrdiff_t>(slot >> 2) + (slot & 3);
    const MeshPlace place = placeOf(shape, atom[0], atom[4], atom[8]);
    alignas(32) float wx[8], wy[8];
    storeWeights(wx, weightsAt<order>(place.behind[0]) * atom[12]);
    storeWeights(wy, weightsAt<order>(place.behind[1]));
    const Weights wz = weightsAt<order>(place.behind[2]);
    std::ptrdiff_t rows[order];
    for (int k = 0; k < order; ++k) {
      const std::int32_t y = place.node[1] + k;
      rows[k] = static_cast<std::ptrdiff_t>(y >= shape.ny ? y - shape.ny : y) * shape.rowStep + place.node[2];
    }
    for (int i = 0; i < order; ++i) {
      const std::int32_t x = place.node[0] + i;
      float* plane = task.mesh + static_cast<std::ptrdiff_t>(x >= shape.nx ? x - shape.nx : x) * shape.ny *
                                     static_cast<std::ptrdiff_t>(shape.rowStep);
      for (int k = 0; k < order; ++k) {
        float* row = plane + rows[k];
        storeWeights(row, loadWeights<Weights>(row) + wz * (wx[i] * wy[k]));
      }
    }
  }
}

template <class Weights>
AULA_HD float sumOf(Weights w) {
  if constexpr (std::is_same_v<Weights, Four>)
    return (w[0] + w[2]) + (w[1] + w[3]);
  else
    return ((w[0] + w[4]) + (w[2] + w[6])) + ((w[1] + w[5]) + (w[3] + w[7]));
}

template <int order>
void gatherForces(const GatherTask& task) {
  using Weights = typename Spline<order>::Weights;
  const MeshShape shape = task.shape;
  for (std::int32_t cluster = task.firstCluster; cluster < task.lastCluster; ++cluster) {
    const float* from = task.xyzq + 16 * static_cast<std::ptrdiff_t>(cluster);
    float* to = task.forces + 12 * static_cast<std::ptrdiff_t>(cluster - task.firstCluster);
    for (int lane = 0; lane < kCluster; ++lane) {
      const float* atom = from + lane;
      // No charge, no force: and places that fill a cluster up lie far outside.
      if (atom[12] == 0) continue;
      const MeshPlace place = placeOf(shape, atom[0], atom[4], atom[8]);
      alignas(32) float wx[8], wy[8], sx[8], sy[8];
      storeWeights(wx, weightsAt<order>(place.behind[0]));
      storeWeights(sx, slopesAt<order>(place.behind[0]));
      storeWeights(wy, weightsAt<order>(place.behind[1]));
      storeWeights(sy, slopesAt<order>(place.behind[1]));
      const Weights wz = weightsAt<order>(place.behind[2]), sz = slopesAt<order>(place.behind[2]);
      std::ptrdiff_t rows[order];
      for (int k = 0; k < order; ++k) {
        const std::int32_t y = place.node[1] + k;
        rows[k] =
            static_cast<std::ptrdiff_t>(y >= shape.ny ? y - shape.ny : y) * shape.rowStep + place.node[2];
      }
      Weights value[order] = {}, slope[order] = {};  // Summed over x with its weights and its slopes.
      for (int i = 0; i < order; ++i) {
        const std::int32_t x = place.node[0] + i;
        const float* plane = task.mesh + static_cast<std::ptrdiff_t>(x >= shape.nx ? x - shape.nx : x) *
                                             shape.ny * static_cast<std::ptrdiff_t>(shape.rowStep);
        for (int k = 0; k < order; ++k) {
          const Weights row = loadWeights<Weights>(plane + rows[k]);
          value[k] += row * wx[i];
          slope[k] += row * sx[i];
        }
      }
      Weights alongX = slope[0] * wy[0], alongY = value[0] * sy[0], alongZ = value[0] * wy[0];
      for (int k = 1; k < order; ++k) {
        alongX += slope[k] * wy[k];
        alongY += value[k] * sy[k];
        alongZ += value[k] * wy[k];
      }
      const float u = sumOf<Weights>(alongX * wz), v = sumOf<Weights>(alongY * wz),
                  w = sumOf<Weights>(alongZ * sz);
      // The chain rule from mesh coordinates to nm.
      to[lane] -= atom[12] * (shape.inverse[0][0] * u);
      to[4 + lane] -= atom[12] * (shape.inverse[0][1] * u + shape.inverse[1][1] * v);
      to[8 + lane] -=
          atom[12] * (shape.inverse[0][2] * u + shape.inverse[1][2] * v + shape.inverse[2][2] * w);
    }
  }
}

}  // namespace
}  // namespace aula::molecular::cpu
