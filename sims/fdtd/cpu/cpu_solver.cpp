// SPDX-License-Identifier: Apache-2.0
#include "fdtd/cpu/cpu_solver.h"

#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "core/assert.h"
#include "core/error.h"
#include "core/io/checkpoint.h"
#include "core/units/constants.h"
#include "fdtd/model/ade.h"
#include "fdtd/model/yee.h"

namespace aula::fdtd::cpu {

namespace {

/// Steps whose injected values are worked out ahead.
constexpr std::int64_t kWindow = 64;

std::size_t size(std::int64_t n) {
  return static_cast<std::size_t>(n);
}

std::int64_t cacheBytes() {
#if defined(_SC_LEVEL2_CACHE_SIZE)
  const long bytes = sysconf(_SC_LEVEL2_CACHE_SIZE);
  if (bytes > 0) return bytes;
#endif
  return std::int64_t{1} << 20;
}

int threadsFor(const Tuning& tuning) {
  return compute::resolveDevice({compute::DeviceKind::cpu, tuning.threads}).threads;
}

}  // namespace

const RowKernels& chooseKernels(const char* instructionSet) {
  const std::string asked = instructionSet == nullptr ? "" : instructionSet;
  if (asked != "" && asked != "avx512" && asked != "avx2" && asked != "baseline")
    throw core::inputError("instruction set \"" + asked + "\" is not known; use avx512, avx2 or baseline");
#if defined(__x86_64__)
  const bool hasAvx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
  const bool hasAvx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if ((asked == "avx512" && !hasAvx512) || (asked == "avx2" && !hasAvx2))
    throw core::inputError("this processor does not have the instruction set \"" + asked + "\"");
  if (asked == "avx512" || (asked.empty() && hasAvx512)) return kRowKernelsAvx512;
  if (asked == "avx2" || (asked.empty() && hasAvx2)) return kRowKernelsAvx2;
#else
  if (asked == "avx512" || asked == "avx2")
    throw core::inputError("this processor does not have the instruction set \"" + asked + "\"");
#endif
  return kRowKernelsBaseline;
}

CpuSolver::CpuSolver(const Setup& setup, const Medium& medium, const Tuning& tuning)
    : setup_(setup),
      threads_(threadsFor(tuning)),
      kernels_(&chooseKernels(tuning.instructionSet)),
      layout_(setup.grid),
      updated_(setup),
      cpml_{makeCpmlAxis(setup, 0), makeCpmlAxis(setup, 1), makeCpmlAxis(setup, 2)},
      magneticRows_(setup, medium, layout_, updated_, false, threads_),
      electricRows_(setup, medium, layout_, updated_, true, threads_),
      fields_(layout_.floats, threads_),
      tables_(setup) {
  makeHalf(0);
  makeHalf(1);
  for (int axis = 0; axis < 3; ++axis)
    for (int side = 0; side < 2; ++side) hasImages_ = hasImages_ || updated_.isMagneticWall(axis, side);
  hasImages_ = hasImages_ || updated_.isPeriodic(0);
  InjectionPlan plan = makeInjectionPlan(setup, medium);
  slots_ = plan.slots;
  for (std::size_t h = 0; h < 2; ++h) {
    Half& half = halves_[h];
    half.injections = std::move(plan.entries[h]);
    if (half.injections.empty()) continue;
    half.firstInjection.assign(layout_.rows() + 1, 0);
    for (const Injection& entry : half.injections) ++half.firstInjection[layout_.row(entry.j, entry.k) + 1];
    for (std::size_t r = 1; r < half.firstInjection.size(); ++r)
      half.firstInjection[r] += half.firstInjection[r - 1];
  }
  makePoles(medium);
  makeCouplings(medium);
  chooseTiles(tuning.stepsPerSweep);
}

void CpuSolver::makeHalf(int h) {
  Half& half = halves_[size(h)];
  const bool isElectricHalf = h == 1;
  const auto& x = isElectricHalf ? cpml_[0].electric : cpml_[0].magnetic;
  const int lanes = layout_.blocks * kBlock;
  // Six aligned rows: a, b, c and a mask for each component.
  half.alongX = Arena(6 * size(lanes), 1);
  float* const rows = half.alongX.data();
  for (std::size_t i = 0; i < x.size(); ++i) {
    rows[i] = static_cast<float>(x[i].a);
    rows[size(lanes) + i] = static_cast<float>(x[i].b);
    rows[2 * size(lanes) + i] = static_cast<float>(x[i].c);
    half.hasLayerX = half.hasLayerX || x[i].c != 0;
  }
  for (int n = 0; n < 3; ++n) {
    const int component = isElectricHalf ? n : n + 3;
    for (int i = updated_.begin(component, 0); i < updated_.end(component, 0); ++i)
      rows[size((3 + n) * lanes + i)] = 1;
  }
  for (std::size_t n = 0; n < 3; ++n) {
    const auto place = [this](std::size_t component) {
      return layout_.slot[component] < 0 ? std::ptrdiff_t{-1}
                                         : layout_.slot[component] * layout_.componentStep;
    };
    half.own[n] = place(isElectricHalf ? n : n + 3);
    half.other[n] = place(isElectricHalf ? n + 3 : n);
  }
  RowShape& shape = half.shape;
  shape.componentStep = layout_.componentStep;
  shape.blocks = layout_.blocks;
  shape.lowEdge = std::min(layout_.blocks, cpml_[0].lowCells / kBlock + 1);
  shape.highEdge = std::max(shape.lowEdge, (layout_.nx - cpml_[0].highCells) / kBlock);
  shape.ax = static_cast<float>(core::kSpeedOfLight * setup_.grid.dt / setup_.grid.dx);
  shape.ax_i = rows;
  shape.bx_i = rows + lanes;
  shape.cx_i = rows + 2 * lanes;
  for (int n = 0; n < 3; ++n) shape.mask[n] = rows + (3 + n) * lanes;

  // The same along y and z, where a whole row has one coefficient.
  const auto fill = [isElectricHalf](const CpmlAxis& axis, int n, std::vector<float>& a,
                                     std::vector<float>& b, std::vector<float>& c, std::vector<int>& layer) {
    int layers = 0;
    a.assign(size(n + 1), 0);
    b = c = a;
    layer.assign(size(n + 1), -1);
    const auto& values = isElectricHalf ? axis.electric : axis.magnetic;
    for (std::size_t i = 0; i < values.size() && i < a.size(); ++i) {
      a[i] = static_cast<float>(values[i].a);
      b[i] = static_cast<float>(values[i].b);
      c[i] = static_cast<float>(values[i].c);
      if (values[i].c != 0) layer[i] = layers++;
    }
    return layers;
  };
  half.layersY = fill(cpml_[1], layout_.ny, half.ay, half.by, half.cy, half.layerY);
  half.layersZ = fill(cpml_[2], layout_.is3d ? layout_.nz : 0, half.az, half.bz, half.cz, half.layerZ);

  const std::size_t planes = layout_.is3d ? size(layout_.nz) + 1 : 1;
  const std::size_t pair = 2 * size(lanes);
  const std::size_t edges = size(shape.lowEdge + shape.blocks - shape.highEdge);
  if (half.hasLayerX) half.psiX = Arena(layout_.rows() * edges * 2 * kBlock, threads_);
  half.psiY = Arena(size(half.layersY) * planes * pair, threads_);
  half.psiZ = Arena(size(half.layersZ) * size(layout_.ny + 1) * pair, threads_);
}

void CpuSolver::makePoles(const Medium& medium) {
  const Grid& grid = setup_.grid;
  std::vector<std::vector<PoleCoefficients>> coefficients;
  for (const Material& material : setup_.materials) {
    coefficients.emplace_back();
    for (const fdtd::Pole& pole : material.poles)
      coefficients.back().push_back(poleCoefficients(pole, grid.dt));
  }
  bool isAny = false;
  for (const auto& indices : medium.dispersion) isAny = isAny || !indices.empty();
  if (!isAny) return;

  // Stretches of one material, each pole with its own state, padded to whole blocks.
  std::size_t floats = 0;
  firstPole_.assign(layout_.rows() + 1, 0);
  const int planes = layout_.is3d ? layout_.nz + 1 : 1;
  for (int k = 0; k < planes; ++k)
    for (int j = 0; j <= layout_.ny; ++j) {
      for (int n = 0; n < 3; ++n) {
        const auto& indices = medium.dispersion[size(n)];
        if (indices.empty() || !grid.computes(n) || !updated_.contains(n, j, k)) continue;
        const int nx = grid.count(n, 0), ny = grid.count(n, 1);
        const std::uint8_t* row = indices.data() + (size(k) * size(ny) + size(j)) * size(nx);
        const int end = updated_.end(n, 0);
        for (int i = updated_.begin(n, 0); i < end;) {
          int last = i + 1;
          while (last < end && row[last] == row[i]) ++last;
          for (const PoleCoefficients& c : coefficients[row[i]]) {
            Pole pole;
            pole.component = n;
            const int lead = i % kBlock;
            pole.first = i - lead;
            pole.run.d = static_cast<float>(c.d);
            pole.run.b = static_cast<float>(c.b);
            pole.run.g = static_cast<float>(c.g);
            pole.run.kind = c.hasP && c.hasQ ? 1 : c.hasQ ? 0 : 2;
            pole.run.lead = lead;
            pole.run.count = last - i;
            pole.run.blocks = (lead + last - i + kBlock - 1) / kBlock;
            poles_.push_back(pole);
            floats += size(pole.run.blocks) * kBlock * (pole.run.kind == 1 ? 2 : 1);
          }
          i = last;
        }
      }
      firstPole_[layout_.row(j, k) + 1] = static_cast<std::int32_t>(poles_.size());
    }
  poleState_ = Arena(floats, threads_);
  float* next = poleState_.data();
  for (Pole& pole : poles_) {
    const std::size_t padded = size(pole.run.blocks) * kBlock;
    if (pole.run.kind != 0) {
      pole.run.p = next;
      next += padded;
    }
    if (pole.run.kind != 2) {
      pole.run.q = next;
      next += padded;
    }
  }
}

void CpuSolver::makeCouplings(const Medium& medium) {
  couplings_ = medium.couplings;
  if (couplings_.empty()) return;
  firstCoupling_.assign(layout_.rows() + 2, 0);
  for (const Medium::Coupling& node : couplings_) ++firstCoupling_[layout_.row(node.j, node.k) + 1];
  for (std::size_t r = 1; r < firstCoupling_.size(); ++r) firstCoupling_[r] += firstCoupling_[r - 1];
}

void CpuSolver::chooseTiles(int stepsPerSweep) {
  tiles_.isWide = !couplings_.empty();
  tiles_.rowsY = updated_.rows(1);
  tiles_.rowsZ = updated_.rows(2);
  tiles_.hasZ = layout_.is3d;
  // A periodic axis is taken whole: its ends are neighbours. Then diamonds lie in time and the other axis.
  const bool isPeriodicY = updated_.isPeriodic(1), isPeriodicZ = updated_.isPeriodic(2);
  isBlocked_ = stepsPerSweep != 1 && (layout_.is3d ? !(isPeriodicY && isPeriodicZ) : !isPeriodicY);
  if (!isBlocked_) return;
  double rows = 1;
  if (isPeriodicY || isPeriodicZ) {
    wholeAxis_ = isPeriodicY ? 1 : 2;
    rows = updated_.rows(wholeAxis_);
    tiles_.rowsY = updated_.rows(3 - wholeAxis_);
    tiles_.hasZ = false;
  }
  if (stepsPerSweep > 1) {
    tiles_.size = stepsPerSweep;
    return;
  }
  // A diamond of n steps keeps about n rows of n / 2 planes, and those coming and going at its sides, in half
  // of the cache.
  const double rowBytes = 4 * (static_cast<double>(layout_.rowStep) + electricRows_.floatsPerRow() +
                               magneticRows_.floatsPerRow() +
                               static_cast<double>(poleState_.size()) / static_cast<double>(layout_.rows()));
  const double budget = 0.5 * static_cast<double>(cacheBytes());
  const auto need = [&](int n) {
    const double width = tiles_.isWide ? 2.0 * n : n;
    return rows * rowBytes * (tiles_.hasZ ? 0.5 * n * width + 2 * width : width + 2);
  };
  // Measured: fewer steps gain little over a plain sweep, whatever the cache holds.
  const int fewest = wholeAxis_ != 0 ? 6 : 4;
  int n = fewest;
  while (n < 64 && need(n + 1) < budget) ++n;
  // Enough diamonds for all threads.
  while (n > fewest && tiles_.rowsY / n < 3 * threads_ && threads_ > 1) --n;
  tiles_.size = n;
}

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

void CpuSolver::fillTables(std::int64_t steps) {
  for (std::size_t h = 0; h < 2; ++h) window_[h].resize(size(steps) * size(slots_[h]));
  for (std::int64_t n = 0; n < steps; ++n)
    tables_.advance(window_[0].data() + n * slots_[0], window_[1].data() + n * slots_[1]);
}

const float* CpuSolver::table(int half, std::int64_t step) const {
  return window_[size(half)].data() + step * slots_[size(half)];
}

void CpuSolver::advance(std::int64_t steps) {
  while (steps > 0) {
    const std::int64_t now = std::min(steps, std::max<std::int64_t>(kWindow, 4 * tiles_.size));
    fillTables(now);
    if (isBlocked_)
      runTiled(now);
    else
      runPlain(now);
    step_ += now;
    steps -= now;
  }
}

namespace {

/// A thread's own rows: three of a field's components and psi of edge blocks where there is no layer.
class ThreadRows {
 public:
  explicit ThreadRows(const Layout& layout) {
    const std::size_t floats = size(layout.blocks) * kBlock * 5;
    values_.assign(floats + kBlock, 0.0F);
    const auto address = reinterpret_cast<std::uintptr_t>(values_.data());
    data_ = values_.data() + (64 - address % 64) % 64 / sizeof(float);
  }
  [[nodiscard]] float* data() { return data_; }

 private:
  std::vector<float> values_;
  float* data_;
};

}  // namespace

void CpuSolver::runPlain(std::int64_t steps) {
  const int rowsY = updated_.rows(1);
  const std::int64_t rows = std::int64_t{rowsY} * updated_.rows(2);
#pragma omp parallel num_threads(threads_)
  {
    const unsigned word = kernels_->flushDenormals();
    ThreadRows scratch(layout_);
    for (std::int64_t n = 0; n < steps; ++n)
      for (int h = 0; h < 2; ++h) {
#pragma omp for schedule(static)
        for (std::int64_t r = 0; r < rows; ++r)
          runRow(h, static_cast<int>(r % rowsY), static_cast<int>(r / rowsY), table(h, n), scratch.data());
        copyPeriodic(h);
      }
    kernels_->restoreControl(word);
  }
}

void CpuSolver::runTiled(std::int64_t steps) {
  TileQueue queue(tiles_, static_cast<int>(2 * steps));
#pragma omp parallel num_threads(threads_)
  {
    const unsigned word = kernels_->flushDenormals();
    ThreadRows scratch(layout_);
    if (wholeAxis_ == 0)
      queue.work([&](int s, int j, int k) { runRow(s & 1, j, k, table(s & 1, s >> 1), scratch.data()); });
    else
      queue.work([&](int s, int line, int) {
        for (int n = 0; n < updated_.rows(wholeAxis_); ++n)
          runRow(s & 1, wholeAxis_ == 1 ? n : line, wholeAxis_ == 1 ? line : n, table(s & 1, s >> 1),
                 scratch.data());
        copyPeriodicLine(s & 1, wholeAxis_, line);
      });
    kernels_->restoreControl(word);
  }
}

template <class T>
void CpuSolver::readBox(int component, const IndexBox& box, std::span<T> out) const {
  AULA_ASSERT(out.size() == box.size());
  const float* const base = fields_.data();
  const bool isComputed = layout_.slot[size(component)] >= 0;
  std::size_t n = 0;
  for (int k = box.lower[2]; k < box.upper[2]; ++k)
    for (int j = box.lower[1]; j < box.upper[1]; ++j) {
      if (!isComputed) {
        std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(n), box.extent(0), T(0));
        n += size(box.extent(0));
        continue;
      }
      const float* const lanes = base + layout_.at(component, j, k);
      for (int i = box.lower[0]; i < box.upper[0]; ++i) out[n++] = static_cast<T>(lanes[i]);
    }
}

void CpuSolver::read(int component, const IndexBox& box, std::span<float> out) const {
  readBox(component, box, out);
}
void CpuSolver::read(int component, const IndexBox& box, std::span<double> out) const {
  readBox(component, box, out);
}

void CpuSolver::write(int component, const IndexBox& box, std::span<const double> values) {
  AULA_ASSERT(values.size() == box.size());
  if (layout_.slot[size(component)] < 0) return;
  const RowCoefficients& coefficients = isElectric(component) ? electricRows_ : magneticRows_;
  std::size_t n = 0;
  for (int k = box.lower[2]; k < box.upper[2]; ++k)
    for (int j = box.lower[1]; j < box.upper[1]; ++j)
      for (int i = box.lower[0]; i < box.upper[0]; ++i, ++n) {
        // E is held at zero wherever a step does not compute it; copies at periodic faces follow below.
        const bool isHeld = isElectric(component) && coefficients.cb(component, i, j, k) == 0;
        fields_.data()[layout_.at(component, j, k) + i] = isHeld ? 0.0F : static_cast<float>(values[n]);
      }
  refreshWalls();
}

bool CpuSolver::isFinite() const {
  const float* const base = fields_.data();
  const int planes = layout_.is3d ? layout_.nz + 1 : 1;
  bool isAllFinite = true;
#pragma omp parallel for num_threads(threads_) schedule(static) reduction(&& : isAllFinite)
  for (int k = 0; k < planes; ++k)
    for (int j = 0; j <= layout_.ny; ++j)
      for (int c = 0; c < 6; ++c) {
        if (layout_.slot[size(c)] < 0) continue;
        const float* const lanes = base + layout_.at(c, j, k);
        // An exponent of all ones marks infinities and what is not a number.
        std::uint32_t isBad = 0;
        for (int i = 0; i <= layout_.nx; ++i)
          isBad |= (std::bit_cast<std::uint32_t>(lanes[i]) & 0x7F800000U) == 0x7F800000U ? 1U : 0U;
        isAllFinite = isAllFinite && isBad == 0;
      }
  return isAllFinite;
}

void CpuSolver::save(core::CheckpointWriter& writer) const {
  writer.writeValue("cpu.step", step_);
  writer.writeArray("cpu.fields", fields_.values());
  for (std::size_t h = 0; h < 2; ++h) {
    const std::string prefix = h == 0 ? "cpu.magnetic." : "cpu.electric.";
    writer.writeArray(prefix + "psi_x", halves_[h].psiX.values());
    writer.writeArray(prefix + "psi_y", halves_[h].psiY.values());
    writer.writeArray(prefix + "psi_z", halves_[h].psiZ.values());
  }
  writer.writeArray("cpu.poles", poleState_.values());
  tables_.save(writer, "cpu.sources");
}

void CpuSolver::load(core::CheckpointReader& reader) {
  step_ = reader.readValue<std::int64_t>("cpu.step");
  reader.readArray("cpu.fields", fields_.values());
  for (std::size_t h = 0; h < 2; ++h) {
    const std::string prefix = h == 0 ? "cpu.magnetic." : "cpu.electric.";
    reader.readArray(prefix + "psi_x", halves_[h].psiX.values());
    reader.readArray(prefix + "psi_y", halves_[h].psiY.values());
    reader.readArray(prefix + "psi_z", halves_[h].psiZ.values());
  }
  reader.readArray("cpu.poles", poleState_.values());
  tables_.load(reader, "cpu.sources");
}

double CpuSolver::bytes() const {
  double sum = fields_.bytes() + poleState_.bytes() + magneticRows_.bytes() + electricRows_.bytes();
  for (const Half& half : halves_)
    sum += half.psiX.bytes() + half.psiY.bytes() + half.psiZ.bytes() +
           static_cast<double>(half.injections.size() * sizeof(Injection));
  return sum + static_cast<double>(couplings_.size() * sizeof(Medium::Coupling)) +
         static_cast<double>(poles_.size() * sizeof(Pole));
}

std::string CpuSolver::description() const {
  return std::string(kernels_->name) + ", " + std::to_string(threads_) +
         (threads_ == 1 ? " thread" : " threads") + ", " +
         (isBlocked_ ? std::to_string(tiles_.size) + " steps a sweep" : std::string("1 step a sweep"));
}

}  // namespace aula::fdtd::cpu

namespace aula::fdtd {

std::unique_ptr<Solver> makeCpuSolver(const Setup& setup, const Medium& medium, const Tuning& tuning) {
  return std::make_unique<cpu::CpuSolver>(setup, medium, tuning);
}

}  // namespace aula::fdtd
