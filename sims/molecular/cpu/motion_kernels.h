// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "molecular/model/formula/settle.h"
#include "molecular/model/formula/vector.h"

/// What moves atoms, compiled once for each instruction set. Arrays are flat, x y z of one atom after the
/// other; ranges of coordinates begin at multiples of kMotionBatch and may run into the padding, which is
/// zero. Nothing here depends on how ranges are dealt out to threads.
namespace aula::molecular::cpu {

inline constexpr int kMotionBatch = 16;

/// Waters of one shape, in batches; the last batch is filled up by repeating its last water.
struct SettleView {
  SettleShape<double> shape;
  const int* oxygen = nullptr;
  const int* hydrogen1 = nullptr;
  const int* hydrogen2 = nullptr;
  int count = 0;  ///< Without the filling.
};

/// The constraints of one independent set of molecules.
struct LincsView {
  int count = 0;
  const int* first = nullptr;  ///< Atoms.
  const int* second = nullptr;
  const float* length = nullptr;
  const float* scale = nullptr;  ///< S: 1 / sqrt(1/m_i + 1/m_j)
  const float* inverseMassFirst = nullptr;
  const float* inverseMassSecond = nullptr;
  const int* couplingStart = nullptr;  ///< count + 1, into the two below; from 0 for this view.
  const int* coupled = nullptr;        ///< The other constraint, counted within this view.
  const float* coupling = nullptr;
  float* scratch = nullptr;  ///< kLincsScratch arrays of `count`, then one a coupling.
  int order = 4, iterations = 1;
};
inline constexpr int kLincsScratch = 11;

/// Positions before the step (see addMove) and the cell.
struct PlacesView {
  const float* x = nullptr;
  const float* rest = nullptr;
  Cell<float> cell{};
};

/// Sums of r (x) correction m of constraints, both orders of indices (it is symmetric): xx yy zz xy xz yz.
struct ConstraintSums {
  double value[6] = {};
};

struct MotionKernels {
  const char* name;
  /// out = v + time f/m; move = moveTime out.
  void (*kick)(std::int64_t begin, std::int64_t end, const float* v, const float* f, const float* inverseMass,
               float time, float* out, float moveTime, float* move);
  /// move = moveTime (v before + v after friction and noise), v replaced. Atoms, not coordinates; the noise
  /// of an atom is noise[3 atom] times a Gaussian.
  void (*middle)(std::int64_t firstAtom, std::int64_t lastAtom, std::uint64_t seed, std::int64_t step,
                 float keep, float noiseScale, const float* inverseMass, float* v, float moveTime,
                 float* move);
  void (*commit)(std::int64_t begin, std::int64_t end, const float* move, float* x, float* rest);
  /// The largest square of an atom's move; infinite where one is not a number.
  float (*largestMove)(std::int64_t firstAtom, std::int64_t lastAtom, const float* move);
  /// Sum of m v^2.
  double (*momentumSquares)(std::int64_t begin, std::int64_t end, const float* v, const float* mass);
  /// Waters first..last of a view (multiples of the batch): corrects `move`, and v by the correction times
  /// `inverseTime`; with `sums` adds r (x) m correction.
  void (*settleMoves)(const SettleView& view, int first, int last, const PlacesView& places, float* move,
                      float* v, float inverseTime, ConstraintSums* sums);
  void (*settleRates)(const SettleView& view, int first, int last, const PlacesView& places, float* v);
  void (*lincsMoves)(const LincsView& view, const PlacesView& places, float* move, float* v,
                     float inverseTime, ConstraintSums* sums);
  void (*lincsRates)(const LincsView& view, const PlacesView& places, float* v);
};

/// The best that this machine runs, or the one named ("avx512", "avx2", "baseline"); throws core::Error
/// (input) where the machine has not got it.
[[nodiscard]] const MotionKernels& motionKernels(const char* instructionSet);

}  // namespace aula::molecular::cpu
