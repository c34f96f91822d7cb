// SPDX-License-Identifier: Apache-2.0
// Compiled several times, each with its own instruction set and AULA_MOTION_KERNELS naming the table it
// defines. Everything else here has internal linkage or is always inlined, so that no function of one
// instruction set is linked into another's place.
#include "molecular/cpu/motion_kernels.h"

#include <type_traits>

#include "molecular/cpu/wide.h"
#include "molecular/model/formula/integrate.h"
#include "molecular/model/formula/lincs.h"
#include "molecular/model/random.h"

namespace aula::molecular::cpu {
namespace {

constexpr int kBatch = kMotionBatch;

void kick(std::int64_t begin, std::int64_t end, const float* __restrict v, const float* __restrict f,
          const float* __restrict inverseMass, float time, float* __restrict out, float moveTime,
          float* __restrict move) {
  for (std::int64_t n = begin; n < end; ++n) {
    const float after = v[n] + time * f[n] * inverseMass[n];
    out[n] = after;
    move[n] = moveTime * after;
  }
}

void middle(std::int64_t firstAtom, std::int64_t lastAtom, std::uint64_t seed, std::int64_t step, float keep,
            float noiseScale, const float* inverseMass, float* v, float moveTime, float* move) {
  for (std::int64_t base = firstAtom; base < lastAtom; base += kBatch) {
    // Three Gaussians an atom of four numbers of 32 bits: the draws of randomGaussians, in single precision.
    float gaussian[3][kBatch];
#pragma omp simd
    for (int lane = 0; lane < kBatch; ++lane) {
      const RandomBits bits =
          randomBits(seed, step, static_cast<std::uint32_t>(base + lane), RandomPurpose::langevin);
      // A single-precision number may round to 1, whose logarithm is 0: no harm.
      const float radius0 = squareRoot(-2.0F * logarithm(uniformFromBits<float>(bits.word[0])));
      const float radius1 = squareRoot(-2.0F * logarithm(uniformFromBits<float>(bits.word[2])));
      float c0 = 0, s0 = 0, c1 = 0, s1 = 0;
      cosineSineOfTurn(uniformFromBits<float>(bits.word[1]), c0, s0);
      cosineSineOfTurn(uniformFromBits<float>(bits.word[3]), c1, s1);
      gaussian[0][lane] = radius0 * c0;
      gaussian[1][lane] = radius0 * s0;
      gaussian[2][lane] = radius1 * c1;
    }
    const auto count = static_cast<int>(lastAtom - base < kBatch ? lastAtom - base : kBatch);
    for (int lane = 0; lane < count; ++lane)
      for (int axis = 0; axis < 3; ++axis) {
        const std::int64_t n = 3 * (base + lane) + axis;
        const float before = v[n];
        const float after =
            frictionAndNoise(before, keep, noiseScale * squareRoot(inverseMass[n]), gaussian[axis][lane]);
        v[n] = after;
        move[n] = moveTime * (before + after);
      }
  }
}

void commit(std::int64_t begin, std::int64_t end, const float* __restrict move, float* __restrict x,
            float* __restrict rest) {
  for (std::int64_t n = begin; n < end; ++n) {
    float position = x[n], small = rest[n];
    addMove(position, small, move[n]);
    x[n] = position;
    rest[n] = small;
  }
}

float largestMove(std::int64_t firstAtom, std::int64_t lastAtom, const float* move) {
  float largest[kBatch] = {};
  std::int64_t atom = firstAtom;
  for (; atom + kBatch <= lastAtom; atom += kBatch)
    for (int lane = 0; lane < kBatch; ++lane) {
      const float* d = move + 3 * (atom + lane);
      const float square = d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
      // Not a number compares false.
      largest[lane] = square <= largest[lane] ? largest[lane] : square <= 3e38F ? square : __builtin_inff();
    }
  float all = 0;
  for (; atom < lastAtom; ++atom) {
    const float* d = move + 3 * atom;
    const float square = d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
    all = square <= all ? all : square <= 3e38F ? square : __builtin_inff();
  }
  for (const float one : largest) all = one > all ? one : all;
  return all;
}

double momentumSquares(std::int64_t begin, std::int64_t end, const float* v, const float* mass) {
  double sums[kBatch] = {};
  for (std::int64_t n = begin; n < end; n += kBatch)
#pragma omp simd
    for (int lane = 0; lane < kBatch; ++lane) {
      const double speed = static_cast<double>(v[n + lane]);
      sums[lane] += static_cast<double>(mass[n + lane]) * speed * speed;
    }
  double all = 0;
  for (const double one : sums) all += one;
  return all;
}

AULA_HD Vector<float> difference(const PlacesView& places, int i, int j) {
  const float *a = places.x + 3 * i, *b = places.x + 3 * j;
  const float *p = places.rest + 3 * i, *q = places.rest + 3 * j;
  return {(a[0] - b[0]) + (p[0] - q[0]), (a[1] - b[1]) + (p[1] - q[1]), (a[2] - b[2]) + (p[2] - q[2])};
}
AULA_HD Vector<float> vectorAt(const float* values, int atom) {
  return {values[3 * atom], values[3 * atom + 1], values[3 * atom + 2]};
}

/// sums += r (x) c.
AULA_HD void addOuter(double (&sums)[6], Vector<float> r, Vector<float> c) {
  sums[0] += static_cast<double>(r.x * c.x);
  sums[1] += static_cast<double>(r.y * c.y);
  sums[2] += static_cast<double>(r.z * c.z);
  sums[3] += static_cast<double>(r.x * c.y);
  sums[4] += static_cast<double>(r.x * c.z);
  sums[5] += static_cast<double>(r.y * c.z);
}

AULA_HD Vector<WideDouble> inDouble(const Vector<Wide>& v) {
  return {WideDouble(v.x), WideDouble(v.y), WideDouble(v.z)};
}
AULA_HD Vector<Wide> inSingle(const Vector<WideDouble>& v) {
  return {v.x.toSingle(), v.y.toSingle(), v.z.toSingle()};
}
AULA_HD Vector<WideDouble> exactDifferences(const PlacesView& places, const int* first, const int* second) {
  return (inDouble(gatherVectors(places.x, first, 3)) - inDouble(gatherVectors(places.x, second, 3))) +
         (inDouble(gatherVectors(places.rest, first, 3)) - inDouble(gatherVectors(places.rest, second, 3)));
}

/// Differences of positions of a batch, both of their parts.
AULA_HD Vector<Wide> differences(const PlacesView& places, const int* first, const int* second) {
  return (gatherVectors(places.x, first, 3) - gatherVectors(places.x, second, 3)) +
         (gatherVectors(places.rest, first, 3) - gatherVectors(places.rest, second, 3));
}

/// A batch's vectors, to be taken apart lane by lane.
struct Lanes {
  alignas(64) float x[kBatch], y[kBatch], z[kBatch];

  AULA_HD explicit Lanes(const Vector<Wide>& of) {
    of.x.store(x);
    of.y.store(y);
    of.z.store(z);
  }
  [[nodiscard]] AULA_HD Vector<float> at(int lane) const { return {x[lane], y[lane], z[lane]}; }
};
AULA_HD void addAt(float* values, int atom, float scale, const Lanes& lanes, int lane) {
  values[3 * atom] += scale * lanes.x[lane];
  values[3 * atom + 1] += scale * lanes.y[lane];
  values[3 * atom + 2] += scale * lanes.z[lane];
}

template <class Real>
AULA_HD SettleShape<Real> wideShape(const SettleShape<double>& s) {
  const auto wide = [](double value) {
    if constexpr (std::is_same_v<Real, Wide>)
      return Wide(static_cast<float>(value));
    else
      return Real(value);
  };
  return {wide(s.massO), wide(s.massH), wide(s.shareH),     wide(s.ra),
          wide(s.rb),    wide(s.rc),    wide(s.distanceOH), wide(s.distanceHH)};
}

/// In double precision: a triangle is put back to within a rounding of its edges, and what that moves,
/// divided by the time step, goes into the velocities. In single precision water cools by 0.005 kT per ns and
/// atom at 1 fs for this alone.
void settleMoves(const SettleView& view, int first, int last, const PlacesView& places, float* move, float* v,
                 float inverseTime, ConstraintSums* sums) {
  const SettleShape<WideDouble> shape = wideShape<WideDouble>(view.shape);
  for (int base = first; base < last; base += kBatch) {
    const int* const atoms[3] = {view.oxygen + base, view.hydrogen1 + base, view.hydrogen2 + base};
    const Vector<WideDouble> b = exactDifferences(places, atoms[1], atoms[0]),
                             c = exactDifferences(places, atoms[2], atoms[0]);
    const Vector<WideDouble> moves[3] = {inDouble(gatherVectors(move, atoms[0], 3)),
                                         inDouble(gatherVectors(move, atoms[1], 3)),
                                         inDouble(gatherVectors(move, atoms[2], 3))};
    Vector<WideDouble> corrections[3];
    settleCorrections(shape, b, c, moves, corrections);
    const Lanes corrected[3] = {Lanes(inSingle(corrections[0])), Lanes(inSingle(corrections[1])),
                                Lanes(inSingle(corrections[2]))};
    const int count = view.count - base < kBatch ? view.count - base : kBatch;
    for (int lane = 0; lane < count; ++lane)
      for (int k = 0; k < 3; ++k) {
        addAt(move, atoms[k][lane], 1.0F, corrected[k], lane);
        addAt(v, atoms[k][lane], inverseTime, corrected[k], lane);
      }
    if (sums == nullptr) continue;
    const auto massH = static_cast<float>(view.shape.massH);
    const Lanes toB(inSingle(b)), toC(inSingle(c));
    for (int lane = 0; lane < count; ++lane) {
      addOuter(sums->value, massH * toB.at(lane), corrected[1].at(lane));
      addOuter(sums->value, massH * toC.at(lane), corrected[2].at(lane));
    }
  }
}

void settleRates(const SettleView& view, int first, int last, const PlacesView& places, float* v) {
  const SettleShape<Wide> shape = wideShape<Wide>(view.shape);
  for (int base = first; base < last; base += kBatch) {
    const int* const atoms[3] = {view.oxygen + base, view.hydrogen1 + base, view.hydrogen2 + base};
    const Vector<Wide> rates[3] = {gatherVectors(v, atoms[0], 3), gatherVectors(v, atoms[1], 3),
                                   gatherVectors(v, atoms[2], 3)};
    Vector<Wide> corrections[3];
    settleVelocities(shape, differences(places, atoms[1], atoms[0]), differences(places, atoms[2], atoms[0]),
                     rates, corrections);
    const Lanes corrected[3] = {Lanes(corrections[0]), Lanes(corrections[1]), Lanes(corrections[2])};
    const int count = view.count - base < kBatch ? view.count - base : kBatch;
    for (int lane = 0; lane < count; ++lane)
      for (int k = 0; k < 3; ++k) addAt(v, atoms[k][lane], 1.0F, corrected[k], lane);
  }
}

/// Views of the scratch memory.
struct LincsArrays {
  float *direction[3], *bond[3];  ///< Unit vector and vector before the step.
  float *right, *next, *solution, *total, *excess;
  float* element;  ///< One a coupling.
};

AULA_HD LincsArrays lincsArrays(const LincsView& view) {
  LincsArrays a;
  const auto at = [&](int n) { return view.scratch + static_cast<std::int64_t>(n) * view.count; };
  for (int axis = 0; axis < 3; ++axis) a.direction[axis] = at(axis), a.bond[axis] = at(3 + axis);
  a.right = at(6), a.next = at(7), a.solution = at(8), a.total = at(9), a.excess = at(10);
  a.element = at(kLincsScratch);
  return a;
}

AULA_HD Vector<float> direction(const LincsArrays& a, int c) {
  return {a.direction[0][c], a.direction[1][c], a.direction[2][c]};
}

void prepareLincs(const LincsView& view, const PlacesView& places, const LincsArrays& a) {
#pragma omp simd
  for (int c = 0; c < view.count; ++c) {
    const Vector<float> r = nearestImage(difference(places, view.first[c], view.second[c]), places.cell);
    const float square = larger(dot(r, r), 1e-12F);
    const float distance = squareRoot(square), inverse = 1.0F / distance;
    a.bond[0][c] = r.x, a.bond[1][c] = r.y, a.bond[2][c] = r.z;
    a.direction[0][c] = inverse * r.x, a.direction[1][c] = inverse * r.y, a.direction[2][c] = inverse * r.z;
    a.excess[c] = distance - view.length[c];
  }
  for (int c = 0; c < view.count; ++c)
    for (int n = view.couplingStart[c]; n < view.couplingStart[c + 1]; ++n)
      a.element[n] = lincsElement(view.coupling[n], direction(a, c), direction(a, view.coupled[n]));
}

/// solution = (1 + A + ... + A^order) right.
void expand(const LincsView& view, const LincsArrays& a) {
  float *right = a.right, *next = a.next;
  for (int c = 0; c < view.count; ++c) a.solution[c] = right[c];
  for (int power = 0; power < view.order; ++power) {
    for (int c = 0; c < view.count; ++c) {
      float sum = 0;
      for (int n = view.couplingStart[c]; n < view.couplingStart[c + 1]; ++n)
        sum += a.element[n] * right[view.coupled[n]];
      next[c] = sum;
      a.solution[c] += sum;
    }
    float* const swapped = right;
    right = next;
    next = swapped;
  }
}

/// Moves (and velocities) by -1/m B S solution.
void applyLincs(const LincsView& view, const LincsArrays& a, float* move, float* v, float inverseTime) {
  for (int c = 0; c < view.count; ++c) {
    const float multiplier = view.scale[c] * a.solution[c];
    a.total[c] += multiplier;
    const float i = -multiplier * view.inverseMassFirst[c], j = multiplier * view.inverseMassSecond[c];
    const int first = 3 * view.first[c], second = 3 * view.second[c];
    for (int axis = 0; axis < 3; ++axis) {
      const float along = a.direction[axis][c];
      if (move != nullptr) {
        move[first + axis] += i * along;
        move[second + axis] += j * along;
      }
      v[first + axis] += inverseTime * i * along;
      v[second + axis] += inverseTime * j * along;
    }
  }
}

void lincsMoves(const LincsView& view, const PlacesView& places, float* move, float* v, float inverseTime,
                ConstraintSums* sums) {
  const LincsArrays a = lincsArrays(view);
  prepareLincs(view, places, a);
#pragma omp simd
  for (int c = 0; c < view.count; ++c) {
    const Vector<float> relative = vectorAt(move, view.first[c]) - vectorAt(move, view.second[c]);
    a.right[c] = view.scale[c] * (dot(direction(a, c), relative) + a.excess[c]);
    a.total[c] = 0;
  }
  expand(view, a);
  applyLincs(view, a, move, v, inverseTime);
  for (int pass = 0; pass < view.iterations; ++pass) {
#pragma omp simd
    for (int c = 0; c < view.count; ++c) {
      const Vector<float> found = Vector<float>{a.bond[0][c], a.bond[1][c], a.bond[2][c]} +
                                  (vectorAt(move, view.first[c]) - vectorAt(move, view.second[c]));
      a.right[c] = view.scale[c] * lincsTurned(view.length[c], found);
    }
    expand(view, a);
    applyLincs(view, a, move, v, inverseTime);
  }
  if (sums != nullptr)
    for (int c = 0; c < view.count; ++c)
      addOuter(sums->value, Vector<float>{a.bond[0][c], a.bond[1][c], a.bond[2][c]},
               (-a.total[c]) * direction(a, c));
}

void lincsRates(const LincsView& view, const PlacesView& places, float* v) {
  const LincsArrays a = lincsArrays(view);
  prepareLincs(view, places, a);
#pragma omp simd
  for (int c = 0; c < view.count; ++c) {
    const Vector<float> relative = vectorAt(v, view.first[c]) - vectorAt(v, view.second[c]);
    a.right[c] = view.scale[c] * dot(direction(a, c), relative);
    a.total[c] = 0;
  }
  expand(view, a);
  applyLincs(view, a, nullptr, v, 1.0F);
}

}  // namespace

extern const MotionKernels AULA_MOTION_KERNELS;
const MotionKernels AULA_MOTION_KERNELS = {
    AULA_KERNELS_NAME, kick,        middle,      commit,     largestMove,
    momentumSquares,   settleMoves, settleRates, lincsMoves, lincsRates};

}  // namespace aula::molecular::cpu
