// SPDX-License-Identifier: Apache-2.0
#include "fdtd/cpu/cpu_solver.h"

#include <unistd.h>

#include <algorithm>

#include "core/error.h"
#include "core/units/constants.h"
#include "fdtd/model/ade.h"

namespace aula::fdtd::cpu {

namespace {

/// Steps whose injected values are worked out ahead.
constexpr std::int64_t kWindow = 64;

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
