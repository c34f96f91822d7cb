// SPDX-License-Identifier: Apache-2.0
// Compiled several times, each with its own instruction set and AULA_ROW_KERNELS naming the table it defines.
// Everything else here has internal linkage or is always inlined, so that no function of one instruction set
// is linked into another's place.
#include "fdtd/cpu/row_kernels.h"

#include "fdtd/cpu/lanes.h"
#include "fdtd/model/ade.h"
#include "fdtd/model/cpml.h"
#include "fdtd/model/yee.h"

namespace aula::fdtd::cpu {
namespace {

/// Neighbour along x minus here. Inside a row the neighbour's lanes come from the vector before (electric) or
/// the one after (magnetic), kept in `carry`; loads across a cache line cost twice.
template <int Shift, bool IsEdge>
[[gnu::always_inline]] inline Lanes differenceX(const float* at, Lanes& carry, Lanes& here) {
  if constexpr (IsEdge || !kHasShift) {
    here = Lanes::load(at);
    return Lanes::loadUnaligned(at + Shift) - here;
  } else if constexpr (Shift < 0) {
    here = Lanes::load(at);
    const Lanes neighbour = shiftIn<15>(carry, here);
    carry = here;
    return neighbour - here;
  } else {
    here = carry;
    carry = Lanes::load(at + Lanes::count);
    return shiftIn<1>(here, carry) - here;
  }
}

/// One vector of a row. With O the other field, D its differences towards the neighbour (yee.h), the three
/// components are
///   X += cb [D_z O_y a_z - D_y O_z a_y],  Y += cb [D_x O_z a_x - D_z O_x a_z],  Z += cb [D_y O_x a_y - D_x
///   O_y a_x].
template <int Shift, RowComponents Components, RowMaterial Material, bool InY, bool InZ, bool IsEdge>
[[gnu::always_inline]] inline void updateLanes(const RowShape& shape, const RowTask& task, std::ptrdiff_t x,
                                               float* psiX, Lanes (&carry)[2]) {
  constexpr bool hasXY = Components != RowComponents::normal;
  constexpr bool hasZ = Components != RowComponents::inPlane;
  constexpr bool is3d = Components == RowComponents::all;
  const std::ptrdiff_t y = task.neighbourY, z = task.neighbourZ;

  const Lanes ay(task.ay), az(task.az);
  Lanes ax(shape.ax);
  if constexpr (IsEdge) ax = Lanes::load(shape.ax_i + x);

  Lanes curl[3];
  // Differences of O_z act on X and Y, those of O_y on X and Z, those of O_x on Y and Z.
  Lanes dxZ, dyZ, dxY, dzY, dyX, dzX;
  if constexpr (hasXY) {
    Lanes here;
    dxZ = differenceX<Shift, IsEdge>(task.other[2] + x, carry[0], here);
    dyZ = Lanes::load(task.other[2] + x + y) - here;
  }
  if constexpr (hasZ) {
    Lanes hereY;
    dxY = differenceX<Shift, IsEdge>(task.other[1] + x, carry[1], hereY);
    const Lanes hereX = Lanes::load(task.other[0] + x);
    dyX = Lanes::load(task.other[0] + x + y) - hereX;
    if constexpr (is3d) {
      dzY = Lanes::load(task.other[1] + x + z) - hereY;
      dzX = Lanes::load(task.other[0] + x + z) - hereX;
    }
  }
  if constexpr (is3d) {
    curl[0] = curlTerm(dzY, az, dyZ, ay);
    curl[1] = curlTerm(dxZ, ax, dzX, az);
  } else if constexpr (hasXY) {
    curl[0] = -(dyZ * ay);
    curl[1] = dxZ * ax;
  }
  if constexpr (hasZ) curl[2] = curlTerm(dyX, ay, dxY, ax);

  // Layers: psi of this row's difference, then added to the same brackets.
  if constexpr (InY) {
    const Lanes b(task.by), c(task.cy);
    if constexpr (hasXY) {
      const Lanes psi = cpmlAccumulate(Lanes::load(task.psiY[0] + x), b, c, dyZ);
      psi.store(task.psiY[0] + x);
      curl[0] = curl[0] - psi;
    }
    if constexpr (hasZ) {
      const Lanes psi = cpmlAccumulate(Lanes::load(task.psiY[1] + x), b, c, dyX);
      psi.store(task.psiY[1] + x);
      curl[2] = curl[2] + psi;
    }
  }
  if constexpr (InZ && is3d) {
    const Lanes b(task.bz), c(task.cz);
    const Lanes psiY = cpmlAccumulate(Lanes::load(task.psiZ[0] + x), b, c, dzY);
    psiY.store(task.psiZ[0] + x);
    curl[0] = curl[0] + psiY;
    const Lanes psiX0 = cpmlAccumulate(Lanes::load(task.psiZ[1] + x), b, c, dzX);
    psiX0.store(task.psiZ[1] + x);
    curl[1] = curl[1] - psiX0;
  }
  if constexpr (IsEdge) {
    const Lanes b = Lanes::load(shape.bx_i + x), c = Lanes::load(shape.cx_i + x);
    if constexpr (hasXY) {
      const Lanes psi = cpmlAccumulate(Lanes::load(psiX), b, c, dxZ);
      psi.store(psiX);
      curl[1] = curl[1] + psi;
    }
    if constexpr (hasZ) {
      const Lanes psi = cpmlAccumulate(Lanes::load(psiX + kBlock), b, c, dxY);
      psi.store(psiX + kBlock);
      curl[2] = curl[2] - psi;
    }
  }

  for (int n = hasXY ? 0 : 2; n < (hasZ ? 3 : 2); ++n) {
    constexpr bool isUniform = Material == RowMaterial::uniform || Material == RowMaterial::uniformLossy;
    constexpr bool isLossy = Material == RowMaterial::lossy || Material == RowMaterial::uniformLossy;
    Lanes cb = isUniform ? Lanes(task.cb[n]) : Lanes::load(task.cbRow[n] + x);
    if constexpr (IsEdge) cb = cb * Lanes::load(shape.mask[n] + x);
    const Lanes field = Lanes::load(task.own[n] + x);
    if constexpr (isLossy) {
      const Lanes loss = isUniform ? Lanes(task.loss[n]) : Lanes::load(task.lossRow[n] + x);
      yeeLossy(field, loss, cb, curl[n]).store(task.own[n] + x);
    } else {
      yeeLossless(field, cb, curl[n]).store(task.own[n] + x);
    }
  }
}

template <int Shift, RowComponents Components, RowMaterial Material, bool InY, bool InZ>
void updateRow(const RowShape& givenShape, const RowTask& givenTask) {
  // Copies of our own, which stores to fields cannot alias.
  const RowShape shape = givenShape;
  const RowTask task = givenTask;
  float* psiX = task.psiX;
  Lanes carry[2];
  const auto edge = [&](int first, int last) {
    for (int block = first; block < last; ++block, psiX += 2 * kBlock)
      for (int lane = 0; lane < kBlock; lane += Lanes::count)
        updateLanes<Shift, Components, Material, InY, InZ, true>(shape, task, block * kBlock + lane,
                                                                 psiX + lane, carry);
  };
  edge(0, shape.lowEdge);
  const std::ptrdiff_t end = std::ptrdiff_t{shape.highEdge} * kBlock;
  if constexpr (kHasShift) {
    const std::ptrdiff_t start = std::ptrdiff_t{shape.lowEdge} * kBlock - (Shift < 0 ? Lanes::count : 0);
    if constexpr (Components != RowComponents::normal) carry[0] = Lanes::load(task.other[2] + start);
    if constexpr (Components != RowComponents::inPlane) carry[1] = Lanes::load(task.other[1] + start);
  }
  for (std::ptrdiff_t x = std::ptrdiff_t{shape.lowEdge} * kBlock; x < end; x += Lanes::count)
    updateLanes<Shift, Components, Material, InY, InZ, false>(shape, task, x, nullptr, carry);
  edge(shape.highEdge, shape.blocks);
}

/// 1 from lane `first` of a block on, 0 before it; and the other way round.
struct Masks {
  alignas(64) float table[3 * kBlock];
  constexpr Masks() : table{} {
    for (int i = 0; i < 3 * kBlock; ++i) table[i] = i >= kBlock && i < 2 * kBlock ? 1.0F : 0.0F;
  }
};
constexpr Masks kMasks;
[[gnu::always_inline]] inline const float* maskFrom(int first) {
  return kMasks.table + kBlock - first;
}
[[gnu::always_inline]] inline const float* maskUpTo(int last) {
  return kMasks.table + 2 * kBlock - last;
}

/// Outside its stretch a pole's state is zero and so is what it takes.
template <int Kind>
void poleLagOf(const PoleRun& run, float* field, const float* cb) {
  const Lanes d(run.d), b(run.b);
  float *const p = run.p, *const q = run.q;
  const int end = run.blocks * kBlock;
  for (int i = 0; i < end; i += Lanes::count) {
    Lanes lag;
    if constexpr (Kind == 0)
      lag = drudeLag(Lanes::load(q + i), d);
    else if constexpr (Kind == 1)
      lag = lorentzLag(Lanes::load(p + i), Lanes::load(q + i), d, b);
    else
      lag = debyeLag(Lanes::load(p + i), b);
    multiplyAdd(-Lanes::load(cb + i), lag, Lanes::load(field + i)).store(field + i);
  }
}

template <int Kind>
void poleStepOf(const PoleRun& run, const float* field, const float* old) {
  const Lanes d(run.d), b(run.b), g(run.g);
  float *const pState = run.p, *const qState = run.q;
  const auto step = [&](int i, Lanes e) {
    Lanes p, q;
    if constexpr (Kind != 0) p = Lanes::load(pState + i);
    if constexpr (Kind != 2) q = Lanes::load(qState + i);
    if constexpr (Kind == 0)
      drudeStep(q, d, g, e);
    else if constexpr (Kind == 1)
      lorentzStep(p, q, d, b, g, e);
    else
      debyeStep(p, b, g, e);
    if constexpr (Kind != 0) p.store(pState + i);
    if constexpr (Kind != 2) q.store(qState + i);
  };
  // The stretch may begin and end inside a block.
  const int last = (run.blocks - 1) * kBlock;
  const auto edge = [&](int block) {
    const float* const low = maskFrom(block == 0 ? run.lead : 0);
    const float* const high = maskUpTo(block == last ? run.lead + run.count - last : kBlock);
    for (int lane = 0; lane < kBlock; lane += Lanes::count)
      step(block + lane, (Lanes::load(field + block + lane) + Lanes::load(old + block + lane)) *
                             (Lanes::loadUnaligned(low + lane) * Lanes::loadUnaligned(high + lane)));
  };
  edge(0);
  for (int i = kBlock; i < last; i += Lanes::count) step(i, Lanes::load(field + i) + Lanes::load(old + i));
  if (last > 0) edge(last);
}

void poleLag(const PoleRun& run, float* field, const float* cb) {
  run.kind == 0   ? poleLagOf<0>(run, field, cb)
  : run.kind == 1 ? poleLagOf<1>(run, field, cb)
                  : poleLagOf<2>(run, field, cb);
}
void poleStep(const PoleRun& run, const float* field, const float* old) {
  run.kind == 0   ? poleStepOf<0>(run, field, old)
  : run.kind == 1 ? poleStepOf<1>(run, field, old)
                  : poleStepOf<2>(run, field, old);
}

// The table, filled at compile time: variant v holds components v / 16, material v / 4 % 4, layers v % 4.
template <int Shift, int Variant>
constexpr RowFunction rowFunction() {
  constexpr auto components = static_cast<RowComponents>(Variant / 16);
  constexpr auto material = static_cast<RowMaterial>(Variant / 4 % 4);
  if constexpr (components != RowComponents::all && (Variant & 2) != 0)
    return nullptr;  // two dimensions have no z-layer
  else
    return &updateRow<Shift, components, material, (Variant & 1) != 0, (Variant & 2) != 0>;
}
template <int Shift, int Variant = 0>
constexpr void fill(RowFunction (&table)[kRowVariants]) {
  if constexpr (Variant < kRowVariants) {
    table[Variant] = rowFunction<Shift, Variant>();
    fill<Shift, Variant + 1>(table);
  }
}
constexpr RowKernels makeKernels() {
  RowKernels kernels{kLanesName, Lanes::count, {}, {}, &poleLag, &poleStep, &flushDenormals, &restoreControl};
  fill<+1>(kernels.magnetic);
  fill<-1>(kernels.electric);
  return kernels;
}

}  // namespace

constinit const RowKernels AULA_ROW_KERNELS = makeKernels();

}  // namespace aula::fdtd::cpu
