// SPDX-License-Identifier: Apache-2.0
// Not to be compiled alone: its functions have internal linkage, one copy for each instruction set that uses
// them.
#pragma once

#if defined(__AVX2__)
#include <immintrin.h>
#endif

#include <cstdint>

#include "anatomy/tissue/model/formula/vector.h"

/// Sixteen tetrahedra at a time, and four numbers of a point, by compiler vectors. In an unnamed namespace on
/// purpose: each translation unit has types of its own, so that templates over them cannot be merged across
/// instruction sets.
namespace aula::anatomy::tissue::cpu {
namespace {

inline constexpr int kWide = 16;

// Beside the overloads for single numbers, which those below would hide.
using tissue::choose;
using tissue::larger;
using tissue::smaller;
using tissue::squareRoot;

struct Wide {
  typedef float Raw __attribute__((vector_size(4 * kWide)));
  Raw raw;

  AULA_TISSUE_HD Wide() {}
  AULA_TISSUE_HD explicit Wide(float value) : raw(value - Raw{}) {}
  AULA_TISSUE_HD explicit Wide(int value) : raw(static_cast<float>(value) - Raw{}) {}
  AULA_TISSUE_HD static Wide of(const Raw& value) {
    Wide wide;
    wide.raw = value;
    return wide;
  }
  /// `from` is aligned to 64 bytes.
  AULA_TISSUE_HD static Wide load(const float* from) { return of(*reinterpret_cast<const Raw*>(from)); }
  AULA_TISSUE_HD void store(float* to) const { *reinterpret_cast<Raw*>(to) = raw; }
};
struct WideMask {
  typedef std::int32_t Raw __attribute__((vector_size(4 * kWide)));
  Raw raw;
};

AULA_TISSUE_HD Wide operator+(const Wide& a, const Wide& b) {
  return Wide::of(a.raw + b.raw);
}
AULA_TISSUE_HD Wide operator-(const Wide& a, const Wide& b) {
  return Wide::of(a.raw - b.raw);
}
AULA_TISSUE_HD Wide operator*(const Wide& a, const Wide& b) {
  return Wide::of(a.raw * b.raw);
}
AULA_TISSUE_HD Wide operator/(const Wide& a, const Wide& b) {
  return Wide::of(a.raw / b.raw);
}
AULA_TISSUE_HD WideMask operator<(const Wide& a, const Wide& b) {
  return {a.raw < b.raw};
}
AULA_TISSUE_HD WideMask operator>(const Wide& a, const Wide& b) {
  return {a.raw > b.raw};
}
AULA_TISSUE_HD Wide choose(const WideMask& mask, const Wide& a, const Wide& b) {
  return Wide::of(mask.raw ? a.raw : b.raw);
}
AULA_TISSUE_HD Wide larger(const Wide& a, const Wide& b) {
  return Wide::of(a.raw > b.raw ? a.raw : b.raw);
}
AULA_TISSUE_HD Wide smaller(const Wide& a, const Wide& b) {
  return Wide::of(a.raw < b.raw ? a.raw : b.raw);
}
AULA_TISSUE_HD Wide squareRoot(const Wide& a) {
#if defined(__AVX512F__)
  return Wide::of(reinterpret_cast<Wide::Raw>(_mm512_sqrt_ps(reinterpret_cast<__m512>(a.raw))));
#else
  alignas(64) float values[kWide];
  a.store(values);
  for (int lane = 0; lane < kWide; ++lane) values[lane] = __builtin_sqrtf(values[lane]);
  return Wide::load(values);
#endif
}

/// Four numbers of a point: place or force, and one more.
typedef float Four __attribute__((vector_size(16)));
AULA_TISSUE_HD Four loadFour(const float* from) {
  return *reinterpret_cast<const Four*>(from);
}
AULA_TISSUE_HD void storeFour(float* to, Four value) {
  *reinterpret_cast<Four*>(to) = value;
}
AULA_TISSUE_HD Four fourOf(float value) {
  return Four{value, value, value, value};
}
AULA_TISSUE_HD float dot3(Four a, Four b) {
  const Four p = a * b;
  return p[0] + p[1] + p[2];
}

struct WideFour {
  Wide x, y, z, w;
};

/// The four numbers of sixteen points: from[4 index[lane]] and the three after it.
AULA_TISSUE_HD WideFour gatherFour(const float* from, const std::int32_t* index) {
#if defined(__AVX512F__)
  // Sixteen loads and a transposition: faster than the gather instruction, which fetches number by number.
  const auto fours = [&](int lane) {
    const auto at = [&](int n) {
      return _mm_load_ps(from + 4 * static_cast<std::ptrdiff_t>(index[lane + n]));
    };
    __m512 all = _mm512_castps128_ps512(at(0));
    all = _mm512_insertf32x4(all, at(4), 1);
    all = _mm512_insertf32x4(all, at(8), 2);
    return _mm512_insertf32x4(all, at(12), 3);
  };
  const __m512 r0 = fours(0), r1 = fours(1), r2 = fours(2), r3 = fours(3);
  const __m512d xy01 = _mm512_castps_pd(_mm512_unpacklo_ps(r0, r1)),
                xy23 = _mm512_castps_pd(_mm512_unpacklo_ps(r2, r3)),
                zw01 = _mm512_castps_pd(_mm512_unpackhi_ps(r0, r1)),
                zw23 = _mm512_castps_pd(_mm512_unpackhi_ps(r2, r3));
  const auto of = [](__m512d value) {
    return Wide::of(reinterpret_cast<Wide::Raw>(_mm512_castpd_ps(value)));
  };
  return {of(_mm512_unpacklo_pd(xy01, xy23)), of(_mm512_unpackhi_pd(xy01, xy23)),
          of(_mm512_unpacklo_pd(zw01, zw23)), of(_mm512_unpackhi_pd(zw01, zw23))};
#else
  WideFour all;
  for (int lane = 0; lane < kWide; ++lane) {
    const Four one = loadFour(from + 4 * static_cast<std::ptrdiff_t>(index[lane]));
    all.x.raw[lane] = one[0];
    all.y.raw[lane] = one[1];
    all.z.raw[lane] = one[2];
    all.w.raw[lane] = one[3];
  }
  return all;
#endif
}

/// Lane by lane, four numbers after one another: 64 floats. Three rounds of interleaving, which every vector
/// unit has.
AULA_TISSUE_HD void storeFours(float* to, const Wide& x, const Wide& y, const Wide& z, const Wide& w) {
#if defined(__AVX512F__)
  const __m512 a = reinterpret_cast<__m512>(x.raw), b = reinterpret_cast<__m512>(y.raw),
               c = reinterpret_cast<__m512>(z.raw), d = reinterpret_cast<__m512>(w.raw);
  const __m512 ab0 = _mm512_unpacklo_ps(a, b), ab1 = _mm512_unpackhi_ps(a, b);
  const __m512 cd0 = _mm512_unpacklo_ps(c, d), cd1 = _mm512_unpackhi_ps(c, d);
  const auto pairs = [](__m512 p, __m512 q, bool isUpper) {
    return isUpper ? _mm512_castpd_ps(_mm512_unpackhi_pd(_mm512_castps_pd(p), _mm512_castps_pd(q)))
                   : _mm512_castpd_ps(_mm512_unpacklo_pd(_mm512_castps_pd(p), _mm512_castps_pd(q)));
  };
  // Lanes 0 4 8 12, 1 5 9 13, 2 6 10 14, 3 7 11 15.
  const __m512 r0 = pairs(ab0, cd0, false), r1 = pairs(ab0, cd0, true), r2 = pairs(ab1, cd1, false),
               r3 = pairs(ab1, cd1, true);
  const auto put = [&](int lane, __m128 value) { _mm_store_ps(to + 4 * lane, value); };
  put(0, _mm512_castps512_ps128(r0)), put(1, _mm512_castps512_ps128(r1));
  put(2, _mm512_castps512_ps128(r2)), put(3, _mm512_castps512_ps128(r3));
  put(4, _mm512_extractf32x4_ps(r0, 1)), put(5, _mm512_extractf32x4_ps(r1, 1));
  put(6, _mm512_extractf32x4_ps(r2, 1)), put(7, _mm512_extractf32x4_ps(r3, 1));
  put(8, _mm512_extractf32x4_ps(r0, 2)), put(9, _mm512_extractf32x4_ps(r1, 2));
  put(10, _mm512_extractf32x4_ps(r2, 2)), put(11, _mm512_extractf32x4_ps(r3, 2));
  put(12, _mm512_extractf32x4_ps(r0, 3)), put(13, _mm512_extractf32x4_ps(r1, 3));
  put(14, _mm512_extractf32x4_ps(r2, 3)), put(15, _mm512_extractf32x4_ps(r3, 3));
#else
  for (int lane = 0; lane < kWide; ++lane)
    storeFour(to + 4 * lane, Four{x.raw[lane], y.raw[lane], z.raw[lane], w.raw[lane]});
#endif
}

}  // namespace
}  // namespace aula::anatomy::tissue::cpu
