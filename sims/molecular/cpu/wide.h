// SPDX-License-Identifier: Apache-2.0
// Not to be compiled alone: its functions have internal linkage, one copy for each instruction set that uses
// them.
#pragma once

#if defined(__AVX2__)
#include <immintrin.h>
#endif

#include <cstdint>

#include "molecular/model/formula/elementary.h"
#include "molecular/model/formula/vector.h"

/// Sixteen numbers for formulas that are templates over their real type; compilers make one, two or four
/// vector registers of them. In an unnamed namespace on purpose: each translation unit has a type of its own,
/// so that templates over it cannot be merged across instruction sets.
namespace aula::molecular::cpu {
namespace {

inline constexpr int kWide = 16;

// Beside the overloads for single numbers, which those below would hide.
using molecular::angleOfPoint;
using molecular::choose;
using molecular::larger;
using molecular::nearestInteger;
using molecular::smaller;
using molecular::squareRoot;

struct Wide {
  typedef float Raw __attribute__((vector_size(4 * kWide)));
  typedef float Anywhere __attribute__((vector_size(4 * kWide), aligned(4), may_alias));
  Raw raw;

  AULA_HD Wide() {}
  AULA_HD explicit Wide(float value) : raw(value - Raw{}) {}
  AULA_HD static Wide of(const Raw& value) {
    Wide wide;
    wide.raw = value;
    return wide;
  }
  AULA_HD static Wide load(const float* from) {
    // A value, not a reference: that would forget that memory need not be aligned.
    const Anywhere value = *reinterpret_cast<const Anywhere*>(from);
    Wide wide;
    wide.raw = value;
    return wide;
  }
  AULA_HD void store(float* to) const { *reinterpret_cast<Anywhere*>(to) = raw; }
  /// from[index[lane]].
  AULA_HD static Wide gather(const float* from, const int (&index)[kWide]) {
#if defined(__AVX512F__)
    return of(reinterpret_cast<Raw>(_mm512_i32gather_ps(_mm512_loadu_si512(index), from, 4)));
#else
    Wide wide;
    for (int lane = 0; lane < kWide; ++lane) wide.raw[lane] = from[index[lane]];
    return wide;
#endif
  }
};
struct WideMask {
  typedef std::int32_t Raw __attribute__((vector_size(4 * kWide)));
  Raw raw;
};

AULA_HD Wide operator+(const Wide& a, const Wide& b) {
  return Wide::of(a.raw + b.raw);
}
AULA_HD Wide operator-(const Wide& a, const Wide& b) {
  return Wide::of(a.raw - b.raw);
}
AULA_HD Wide operator*(const Wide& a, const Wide& b) {
  return Wide::of(a.raw * b.raw);
}
AULA_HD Wide operator/(const Wide& a, const Wide& b) {
  return Wide::of(a.raw / b.raw);
}
AULA_HD Wide operator-(const Wide& a) {
  return Wide::of(-a.raw);
}
AULA_HD Wide& operator+=(Wide& a, const Wide& b) {
  a.raw += b.raw;
  return a;
}
AULA_HD Wide& operator-=(Wide& a, const Wide& b) {
  a.raw -= b.raw;
  return a;
}
AULA_HD WideMask operator<(const Wide& a, const Wide& b) {
  return {a.raw < b.raw};
}
AULA_HD WideMask operator>(const Wide& a, const Wide& b) {
  return {a.raw > b.raw};
}
AULA_HD Wide choose(const WideMask& mask, const Wide& a, const Wide& b) {
  return Wide::of(mask.raw ? a.raw : b.raw);
}
AULA_HD Wide larger(const Wide& a, const Wide& b) {
  return Wide::of(a.raw > b.raw ? a.raw : b.raw);
}
AULA_HD Wide smaller(const Wide& a, const Wide& b) {
  return Wide::of(a.raw < b.raw ? a.raw : b.raw);
}
AULA_HD Wide squareRoot(const Wide& a) {
#if defined(__AVX512F__)
  return Wide::of(reinterpret_cast<Wide::Raw>(_mm512_sqrt_ps(reinterpret_cast<__m512>(a.raw))));
#else
  alignas(64) float values[kWide];
  a.store(values);
  for (int lane = 0; lane < kWide; ++lane) values[lane] = __builtin_sqrtf(values[lane]);
  return Wide::load(values);
#endif
}
AULA_HD Wide nearestInteger(const Wide& a) {
  const Wide magic(12582912.0F);
  return (a + magic) - magic;
}
AULA_HD Wide angleOfPoint(const Wide& x, const Wide& y) {
  return angleBySeries(x, y);
}

/// The same sixteen in double precision, for what single precision cannot hold.
struct WideDouble {
  typedef double Raw __attribute__((vector_size(8 * kWide)));
  Raw raw;

  AULA_HD WideDouble() {}
  AULA_HD explicit WideDouble(double value) : raw(value - Raw{}) {}
  AULA_HD explicit WideDouble(float value) : WideDouble(static_cast<double>(value)) {}
  AULA_HD explicit WideDouble(const Wide& value) : raw(__builtin_convertvector(value.raw, Raw)) {}
  AULA_HD static WideDouble of(const Raw& value) {
    WideDouble wide;
    wide.raw = value;
    return wide;
  }
  [[nodiscard]] AULA_HD Wide toSingle() const { return Wide::of(__builtin_convertvector(raw, Wide::Raw)); }
};

AULA_HD WideDouble operator+(const WideDouble& a, const WideDouble& b) {
  return WideDouble::of(a.raw + b.raw);
}
AULA_HD WideDouble operator-(const WideDouble& a, const WideDouble& b) {
  return WideDouble::of(a.raw - b.raw);
}
AULA_HD WideDouble operator*(const WideDouble& a, const WideDouble& b) {
  return WideDouble::of(a.raw * b.raw);
}
AULA_HD WideDouble operator/(const WideDouble& a, const WideDouble& b) {
  return WideDouble::of(a.raw / b.raw);
}
AULA_HD WideDouble operator-(const WideDouble& a) {
  return WideDouble::of(-a.raw);
}
AULA_HD WideDouble larger(const WideDouble& a, const WideDouble& b) {
  return WideDouble::of(a.raw > b.raw ? a.raw : b.raw);
}
AULA_HD WideDouble smaller(const WideDouble& a, const WideDouble& b) {
  return WideDouble::of(a.raw < b.raw ? a.raw : b.raw);
}
AULA_HD WideDouble squareRoot(const WideDouble& a) {
  WideDouble root;
  for (int lane = 0; lane < kWide; ++lane) root.raw[lane] = __builtin_sqrt(a.raw[lane]);
  return root;
}

AULA_HD double sum(const Wide& a) {
  double all = 0;
  for (int lane = 0; lane < kWide; ++lane) all += static_cast<double>(a.raw[lane]);
  return all;
}
/// Three numbers an atom, `stride` apart.
AULA_HD Vector<Wide> gatherVectors(const float* from, const int* atoms, int stride) {
  alignas(64) int index[kWide];
  for (int lane = 0; lane < kWide; ++lane) index[lane] = stride * atoms[lane];
  return {Wide::gather(from, index), Wide::gather(from + 1, index), Wide::gather(from + 2, index)};
}

}  // namespace
}  // namespace aula::molecular::cpu
