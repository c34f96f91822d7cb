// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

/// The innermost loops of the CPU solver: all components of one row (j, k) along x, one half step. Compiled
/// once for each instruction set from row_kernels.cpp; this header is all the rest of the solver sees of them
/// and holds no code.
namespace aula::fdtd::cpu {

/// Rows are worked in blocks of 16 floats, whatever the width of the machine's vectors.
inline constexpr int kBlock = 16;

/// What stays the same for all rows of a grid and one half step (E or H).
struct RowShape {
  std::ptrdiff_t componentStep =
      0;           ///< Floats from one component's row to the next component's, same (j, k).
  int blocks = 0;  ///< Blocks a row.
  int lowEdge = 0,
      highEdge = 0;  ///< Blocks [0, low) and [high, blocks) have masks and x-CPML, those between neither.
  float ax = 0;      ///< c0 dt / dx
  const float* ax_i = nullptr;  ///< Along x, used in edge blocks: c0 dt / (dx kappa_x),
  const float* bx_i = nullptr;  ///< and CPML's b and c.
  const float* cx_i = nullptr;
  const float* mask[3]{};  ///< 1 where this component is computed, 0 elsewhere.
};

/// One row. `own` is updated, `other` read; both point at lane 0 of each component (null where 2-D has none).
/// Neighbour rows of `other` stand at the signed distances.
/// Only what the variant asked for reads needs a value.
struct RowTask {
  float* own[3];
  const float* other[3];
  std::ptrdiff_t neighbourY, neighbourZ;
  float ay, az;  ///< c0 dt / (d kappa) of this row
  float by, cy, bz, cz;
  float* psiX;     ///< For each edge block in turn: two vectors of kBlock (D_x of the other field's z, y).
  float* psiY[2];  ///< Rows: D_y of the other field's z, x.
  float* psiZ[2];  ///< Rows: D_z of the other field's y, x.
  float cb[3], loss[3];   ///< Coefficients of a uniform row,
  const float* cbRow[3];  ///< or rows of them.
  const float* lossRow[3];
};

enum class RowComponents { all, normal, inPlane };  ///< Three; z alone; x and y (2-D).
enum class RowMaterial { uniform, uniformLossy, dielectric, lossy };
inline constexpr int kRowVariants = 3 * 4 * 4;
/// Which of the variants: components, material, whether the row lies in a y- or z-layer.
constexpr int rowVariant(RowComponents components, RowMaterial material, bool inY, bool inZ) {
  return (static_cast<int>(components) * 4 + static_cast<int>(material)) * 4 + (inY ? 1 : 0) + (inZ ? 2 : 0);
}

using RowFunction = void (*)(const RowShape& shape, const RowTask& task);

/// A stretch of one component's row filled by one dispersive pole: lanes lead .. lead + count - 1, counted
/// from the start of the block in which it begins. All pointers stand at that block; the state is zero
/// outside the stretch.
struct PoleRun {
  float d = 0, b = 0, g = 0;
  int kind = 0;  ///< 0 drude, 1 lorentz, 2 debye
  int lead = 0, count = 0;
  int blocks = 0;
  float* p = nullptr;
  float* q = nullptr;
};

struct RowKernels {
  const char* name;  ///< "AVX-512"
  int lanes;         ///< Floats a vector.
  RowFunction magnetic[kRowVariants];
  RowFunction electric[kRowVariants];
  void (*poleLag)(const PoleRun& run, float* field, const float* cb);          ///< field -= cb * lag
  void (*poleStep)(const PoleRun& run, const float* field, const float* old);  ///< state with e = field + old
  unsigned (*flushDenormals)();  ///< Turns denormals off for this thread; returns the old control word,
  void (*restoreControl)(unsigned word);  ///< which this puts back.
};

extern const RowKernels kRowKernelsBaseline;
#if defined(__x86_64__)
extern const RowKernels kRowKernelsAvx2;
extern const RowKernels kRowKernelsAvx512;
#endif

}  // namespace aula::fdtd::cpu
