// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fdtd/cuda/device_grid.h"
#include "fdtd/model/cpml.h"
#include "fdtd/model/yee.h"

/// One component of one cell, half a step on: the shared formulas of model/ with this folder's arrays around
/// them.
namespace aula::fdtd::cuda {

struct UpdateTables {
  ComponentCoefficients coefficients[6];
  const LayerCoefficients* layers[2][3];  ///< [half][axis], by index; null where the axis has no layers.
};

/// The bracket of yee.h for component X of its field, O the other field: (D_c O_b) a_c - (D_b O_c) a_b with
/// (X, b, c) in cyclic order; where HasLayers, with CPML's a and psi. `in` is read, and `out`, where it is
/// not null, written.
template <int X, bool HasLayers>
AULA_HD float curlAt(const DeviceGrid& grid, const UpdateTables& tables, Half half, int i, int j, int k,
                     float dbOc, float dcOb, const LayerMemory& in, const LayerMemory* out) {
  constexpr int B = (X + 1) % 3, C = (X + 2) % 3;
  if (!HasLayers) return curlTerm(dcOb, grid.courant[C], dbOc, grid.courant[B]);

  const int indexB = B == 0 ? i : B == 1 ? j : k;
  const int indexC = C == 0 ? i : C == 1 ? j : k;
  const int slabB = grid.slab(B, indexB), slabC = grid.slab(C, indexC);
  // The layer's inner node has no memory, but a kappa of 1 all the same.
  const float aB = slabB < 0 ? grid.courant[B] : tables.layers[half][B][indexB].a;
  const float aC = slabC < 0 ? grid.courant[C] : tables.layers[half][C][indexC].a;
  float curl = curlTerm(dcOb, aC, dbOc, aB);
  if (slabB >= 0) {
    const LayerCoefficients& layer = tables.layers[half][B][indexB];
    const long at = grid.slabOffset<B>(slabB, i, j, k);
    const float psi = cpmlAccumulate(in.psi[B][0][at], layer.b, layer.c, dbOc);
    if (out != nullptr) out->psi[B][0][at] = psi;
    curl -= psi;
  }
  if (slabC >= 0) {
    const LayerCoefficients& layer = tables.layers[half][C][indexC];
    const long at = grid.slabOffset<C>(slabC, i, j, k);
    const float psi = cpmlAccumulate(in.psi[C][1][at], layer.b, layer.c, dcOb);
    if (out != nullptr) out->psi[C][1][at] = psi;
    curl += psi;
  }
  return curl;
}

AULA_HD float advanced(const ComponentCoefficients& coefficients, long at, float field, float curl) {
  const float cb = coefficients.cb != nullptr ? coefficients.cb[at] : coefficients.uniform;
  if (coefficients.loss == nullptr) return yeeLossless(field, cb, curl);
  return yeeLossy(field, coefficients.loss[at], cb, curl);
}

}  // namespace aula::fdtd::cuda
