// SPDX-License-Identifier: Apache-2.0
#include "fdtd/cpu/cpu_solver.h"

#include <cstring>
#include <span>

#include "core/units/constants.h"
#include "fdtd/model/yee.h"

namespace aula::fdtd::cpu {

// What is done at a row in a half step.

void CpuSolver::runRow(int h, int j, int k, const float* table, float* scratch) {
  Half& half = halves_[size(h)];
  const RowCoefficients& coefficients = h == 1 ? electricRows_ : magneticRows_;
  const std::size_t r = layout_.row(j, k);
  const RowCoefficients::Row& row = coefficients.row(r);
  if (row.isIdle) return;

  float* const base = fields_.data() + layout_.rowBase(j, k);
  const std::size_t lanes = size(layout_.blocks) * kBlock;
  RowTask task;
  for (std::size_t n = 0; n < 3; ++n) {
    task.own[n] = half.own[n] < 0 ? nullptr : base + half.own[n];
    task.other[n] = half.other[n] < 0 ? nullptr : base + half.other[n];
  }
  // In a closing magnetic wall the row holds images as well, which other rows write: keep off them.
  if (hasImages_ && h == 0)
    for (int n = 0; n < 3; ++n)
      if (!updated_.contains(n + 3, j, k)) task.own[n] = scratch + size(n) * lanes;
  task.neighbourY = h == 1 ? -layout_.rowStep : layout_.rowStep;
  task.neighbourZ = h == 1 ? -layout_.planeStep : layout_.planeStep;
  task.ay = half.ay[size(j)];
  task.az = half.az[size(k)];

  const int layerY = half.layerY[size(j)], layerZ = half.layerZ[size(k)];
  if (layerY >= 0) {
    task.by = half.by[size(j)];
    task.cy = half.cy[size(j)];
    task.psiY[0] = half.psiY.data() + (size(k) * size(half.layersY) + size(layerY)) * 2 * lanes;
    task.psiY[1] = task.psiY[0] + lanes;
  }
  if (layerZ >= 0) {
    task.bz = half.bz[size(k)];
    task.cz = half.cz[size(k)];
    task.psiZ[0] = half.psiZ.data() + (size(layerZ) * size(layout_.ny + 1) + size(j)) * 2 * lanes;
    task.psiZ[1] = task.psiZ[0] + lanes;
  }
  const RowShape& shape = half.shape;
  const std::size_t edges = size(shape.lowEdge + shape.blocks - shape.highEdge);
  // Without layers along x, b and c are zero there and so stays psi: any zeroed memory of this thread serves.
  task.psiX = half.hasLayerX ? half.psiX.data() + r * edges * 2 * kBlock : scratch + 3 * lanes;

  if (row.material == RowMaterial::uniform || row.material == RowMaterial::uniformLossy) {
    const RowCoefficients::Uniform& uniform = coefficients.uniform(row);
    for (std::size_t n = 0; n < 3; ++n) {
      task.cb[n] = uniform.cb[n];
      task.loss[n] = uniform.loss[n];
    }
  } else {
    for (int n = 0; n < 3; ++n) {
      task.cbRow[n] = coefficients.cbRow(row, n);
      if (row.material == RowMaterial::lossy) task.lossRow[n] = coefficients.lossRow(row, n);
    }
  }

  // Poles need the field before and after.
  const bool hasPoles = h == 1 && !firstPole_.empty() && firstPole_[r] != firstPole_[r + 1];
  if (hasPoles)
    for (std::size_t n = 0; n < 3; ++n)
      if (task.own[n] != nullptr) std::memcpy(scratch + n * lanes, task.own[n], lanes * sizeof(float));

  const auto components = layout_.is3d                                             ? RowComponents::all
                          : (setup_.grid.dimensions == Dimensions::tm) == (h == 1) ? RowComponents::normal
                                                                                   : RowComponents::inPlane;
  const int variant = rowVariant(components, row.material, layerY >= 0, layerZ >= 0);
  (h == 1 ? kernels_->electric : kernels_->magnetic)[variant](shape, task);

  if (hasPoles)
    for (std::int32_t n = firstPole_[r]; n < firstPole_[r + 1]; ++n) {
      const Pole& pole = poles_[size(n)];
      kernels_->poleLag(pole.run, task.own[pole.component] + pole.first,
                        coefficients.cbRow(row, pole.component) + pole.first);
    }
  if (h == 1 && !couplings_.empty()) coupleRow(j, k);
  if (!half.firstInjection.empty()) injectRow(half, r, j, k, table);
  if (hasPoles)
    for (std::int32_t n = firstPole_[r]; n < firstPole_[r + 1]; ++n) {
      const Pole& pole = poles_[size(n)];
      kernels_->poleStep(pole.run, task.own[pole.component] + pole.first,
                         scratch + size(pole.component) * lanes + pole.first);
    }

  if (h == 0) {
    if (hasImages_) imageRow(j, k);
  } else if (updated_.isPeriodic(0)) {
    for (std::size_t n = 1; n < 3; ++n)
      if (task.own[n] != nullptr) task.own[n][layout_.nx] = task.own[n][0];
  }
}

void CpuSolver::injectRow(const Half& half, std::size_t r, int j, int k, const float* table) {
  float* const base = fields_.data();
  for (std::int32_t n = half.firstInjection[r]; n < half.firstInjection[r + 1]; ++n) {
    const Injection& entry = half.injections[size(n)];
    const float* values = table + entry.slot;
    float sum = entry.weight[0] * values[0];
    for (std::size_t m = 1; m < 4; ++m) sum = multiplyAdd(entry.weight[m], values[m], sum);
    base[layout_.at(entry.component, j, k) + entry.i] += sum;
  }
}

void CpuSolver::coupleRow(int j, int k) {
  // medium.h: dE_a += xi_ab / 4 (C_b on both sides of the node) at each of the two E_a beside it; C is this
  // half step's right-hand side.
  const float ax = halves_[1].shape.ax;
  const float ay = static_cast<float>(core::kSpeedOfLight * setup_.grid.dt / setup_.grid.dy);
  const float az = static_cast<float>(core::kSpeedOfLight * setup_.grid.dt / setup_.grid.dz);
  float* const base = fields_.data();
  const bool is3d = layout_.is3d;
  const auto h = [&](int component, int i, int jj, int kk) {
    return base[layout_.at(component, jj, kk) + i];
  };
  const auto curlX = [&](int i, int jj, int kk) {
    float value = ay * (h(kHz, i, jj, kk) - h(kHz, i, jj - 1, kk));
    if (is3d) value -= az * (h(kHy, i, jj, kk) - h(kHy, i, jj, kk - 1));
    return value;
  };
  const auto curlY = [&](int i, int jj, int kk) {
    float value = -ax * (h(kHz, i, jj, kk) - h(kHz, i - 1, jj, kk));
    if (is3d) value += az * (h(kHx, i, jj, kk) - h(kHx, i, jj, kk - 1));
    return value;
  };
  const auto curlZ = [&](int i, int jj, int kk) {
    return ax * (h(kHy, i, jj, kk) - h(kHy, i - 1, jj, kk)) -
           ay * (h(kHx, i, jj, kk) - h(kHx, i, jj - 1, kk));
  };
  // What a node adds to each of the two edges beside it, by direction.
  const auto alongX = [&](const Medium::Coupling& n) {
    float sum = n.xy * (curlY(n.i, n.j, n.k) + curlY(n.i, n.j - 1, n.k));
    if (is3d) sum += n.xz * (curlZ(n.i, n.j, n.k) + curlZ(n.i, n.j, n.k - 1));
    return 0.25F * sum;
  };
  const auto alongY = [&](const Medium::Coupling& n) {
    float sum = n.xy * (curlX(n.i, n.j, n.k) + curlX(n.i - 1, n.j, n.k));
    if (is3d) sum += n.yz * (curlZ(n.i, n.j, n.k) + curlZ(n.i, n.j, n.k - 1));
    return 0.25F * sum;
  };
  const auto alongZ = [&](const Medium::Coupling& n) {
    return 0.25F * (n.xz * (curlX(n.i, n.j, n.k) + curlX(n.i - 1, n.j, n.k)) +
                    n.yz * (curlY(n.i, n.j, n.k) + curlY(n.i, n.j - 1, n.k)));
  };
  const auto nodesOf = [&](int jj, int kk) {
    if (jj > layout_.ny || (is3d ? kk > layout_.nz : kk > 0)) return std::span<const Medium::Coupling>();
    const std::size_t r = layout_.row(jj, kk);
    return std::span<const Medium::Coupling>(couplings_)
        .subspan(size(firstCoupling_[r]), size(firstCoupling_[r + 1] - firstCoupling_[r]));
  };
  for (const Medium::Coupling& node : nodesOf(j, k)) {
    const float x = alongX(node);
    float* const ex = base + layout_.at(kEx, j, k) + node.i;
    ex[-1] += x;
    ex[0] += x;
    base[layout_.at(kEy, j, k) + node.i] += alongY(node);
    if (is3d) base[layout_.at(kEz, j, k) + node.i] += alongZ(node);
  }
  for (const Medium::Coupling& node : nodesOf(j + 1, k)) base[layout_.at(kEy, j, k) + node.i] += alongY(node);
  if (is3d)
    for (const Medium::Coupling& node : nodesOf(j, k + 1))
      base[layout_.at(kEz, j, k) + node.i] += alongZ(node);
}

void CpuSolver::imageRow(int j, int k) {
  // Tangential H just outside a magnetic wall is minus that inside; across a periodic face it is that at the
  // other end.
  float* const base = fields_.data();
  const int nx = layout_.nx;
  // Only what this row computes itself: the rest of it holds images that other rows write.
  const auto isOwn = [&](int component) {
    return layout_.slot[size(component)] >= 0 && updated_.contains(component, j, k);
  };
  for (const int component : {int{kHy}, int{kHz}}) {
    if (!isOwn(component)) continue;
    float* const lanes = base + layout_.at(component, j, k);
    if (updated_.isPeriodic(0)) lanes[-1] = lanes[nx - 1];
    if (updated_.isMagneticWall(0, 0)) lanes[-1] = -lanes[0];
    if (updated_.isMagneticWall(0, 1)) lanes[nx] = -lanes[nx - 1];
  }
  const auto mirror = [&](int component, int toJ, int toK) {
    if (!isOwn(component)) return;
    const float* const from = base + layout_.at(component, j, k);
    float* const to = base + layout_.at(component, toJ, toK);
    for (int i = 0; i <= nx; ++i) to[i] = -from[i];
  };
  if (updated_.isMagneticWall(1, 0) && j == 0)
    for (const int component : {int{kHx}, int{kHz}}) mirror(component, -1, k);
  if (updated_.isMagneticWall(1, 1) && j == layout_.ny - 1)
    for (const int component : {int{kHx}, int{kHz}}) mirror(component, layout_.ny, k);
  if (updated_.isMagneticWall(2, 0) && k == 0)
    for (const int component : {int{kHx}, int{kHy}}) mirror(component, j, -1);
  if (updated_.isMagneticWall(2, 1) && k == layout_.nz - 1)
    for (const int component : {int{kHx}, int{kHy}}) mirror(component, j, layout_.nz);
}

void CpuSolver::copyPeriodicLine(int h, int axis, int line) {
  // Whole rows: E(n) = E(0); H(-1) = H(n - 1), and the H normal to the face at n as at 0.
  float* const base = fields_.data();
  const int ny = layout_.ny, nz = layout_.nz;
  const auto copy = [&](int component, int toJ, int toK, int fromJ, int fromK) {
    if (layout_.slot[size(component)] < 0) return;
    std::memcpy(base + layout_.at(component, toJ, toK) - 1, base + layout_.at(component, fromJ, fromK) - 1,
                size(layout_.nx + 2) * sizeof(float));
  };
  const int first = h == 1 ? 0 : 3;
  for (int n = 0; n < 3; ++n) {
    const int component = first + n;
    const bool isAlong = n == axis;
    if (axis == 1) {
      if (h == 1 ? !isAlong : isAlong) copy(component, ny, line, 0, line);
      if (h == 0 && !isAlong) copy(component, -1, line, ny - 1, line);
    } else {
      if (h == 1 ? !isAlong : isAlong) copy(component, line, nz, line, 0);
      if (h == 0 && !isAlong) copy(component, line, -1, line, nz - 1);
    }
  }
}

void CpuSolver::copyPeriodic(int h) {
  const int planes = layout_.is3d ? layout_.nz + 1 : 1;
  if (updated_.isPeriodic(1))
#pragma omp for schedule(static)
    for (int k = 0; k < planes; ++k) copyPeriodicLine(h, 1, k);
  if (updated_.isPeriodic(2))
#pragma omp for schedule(static)
    for (int j = 0; j <= layout_.ny; ++j) copyPeriodicLine(h, 2, j);
}

void CpuSolver::refreshWalls() {
  for (int k = 0; k < updated_.rows(2); ++k)
    for (int j = 0; j < updated_.rows(1); ++j) imageRow(j, k);
  if (updated_.isPeriodic(0)) {
    const int planes = layout_.is3d ? layout_.nz + 1 : 1;
    for (const int component : {int{kEy}, int{kEz}, int{kHx}}) {
      if (layout_.slot[size(component)] < 0) continue;
      for (int k = 0; k < planes; ++k)
        for (int j = 0; j <= layout_.ny; ++j) {
          float* const lanes = fields_.data() + layout_.at(component, j, k);
          lanes[layout_.nx] = lanes[0];
        }
    }
  }
  copyPeriodic(0);
  copyPeriodic(1);
}

}  // namespace aula::fdtd::cpu
