// SPDX-License-Identifier: Apache-2.0
// Not to be compiled alone: its functions have internal linkage, one copy for each instruction set that uses
// them.
#pragma once

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

#include <cmath>
#include <cstdint>

#include "molecular/model/host_device.h"

/// A vector of floats as wide as the instruction set this file is compiled for, seen as rows of four: what a
/// kernel needs that computes 4 x 4 pairs of atoms. In an unnamed namespace on purpose: each translation unit
/// has a type of its own, so that templates over it cannot be merged across instruction sets.
namespace aula::molecular::cpu {
namespace {

#if defined(__AVX512F__)
using Raw = __m512;
inline constexpr int kLanes = 16;
inline constexpr const char* kLanesName = "AVX-512";
#elif defined(__AVX2__) && defined(__FMA__)
using Raw = __m256;
inline constexpr int kLanes = 8;
inline constexpr const char* kLanesName = "AVX2";
#else
using Raw = float __attribute__((vector_size(16)));
inline constexpr int kLanes = 4;
#if defined(__aarch64__)
inline constexpr const char* kLanesName = "NEON";
#elif defined(__x86_64__)
inline constexpr const char* kLanesName = "SSE2";
#else
inline constexpr const char* kLanesName = "portable vectors";
#endif
#endif
inline constexpr int kRows = kLanes / 4;  ///< Rows of four in a vector.

using Four = float __attribute__((vector_size(16)));
typedef float FourAnywhere __attribute__((vector_size(16), aligned(4), may_alias));

AULA_HD Four loadFour(const float* from) {
  return *reinterpret_cast<const FourAnywhere*>(from);
}
AULA_HD void storeFour(float* to, Four value) {
  *reinterpret_cast<FourAnywhere*>(to) = value;
}
AULA_HD Four fourOf(float value) {
  return Four{value, value, value, value};
}
/// a b + c; fused where the instruction set has it (contraction is on in these files).
AULA_HD Four multiplyAdd(Four a, Four b, Four c) {
  return a * b + c;
}

struct Lanes {
  Raw raw;

  AULA_HD Lanes() : raw{} {}
  AULA_HD explicit Lanes(Raw value) : raw(value) {}
  AULA_HD explicit Lanes(float value) {
#if defined(__AVX512F__)
    raw = _mm512_set1_ps(value);
#elif defined(__AVX2__) && defined(__FMA__)
    raw = _mm256_set1_ps(value);
#else
    raw = Raw{value, value, value, value};
#endif
  }
  AULA_HD static Lanes load(const float* from) {
    return Lanes(*reinterpret_cast<const Anywhere*>(from));
  }
  AULA_HD void store(float* to) const {
    *reinterpret_cast<Anywhere*>(to) = raw;
  }
  /// Four floats, again in every row.
  AULA_HD static Lanes repeatFour(const float* from) {
#if defined(__AVX512F__)
    return Lanes(_mm512_broadcast_f32x4(_mm_loadu_ps(from)));
#elif defined(__AVX2__) && defined(__FMA__)
    return Lanes(_mm256_broadcast_ps(reinterpret_cast<const __m128*>(from)));
#else
    return Lanes(loadFour(from));
#endif
  }
  /// from[0] in the whole first row, from[1] in the second, ...
  AULA_HD static Lanes oneEachRow(const float* from) {
#if defined(__AVX512F__)
    return Lanes(_mm512_permutexvar_ps(_mm512_set_epi32(3, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0),
                                       _mm512_castps128_ps512(_mm_loadu_ps(from))));
#elif defined(__AVX2__) && defined(__FMA__)
    return Lanes(_mm256_set_m128(_mm_set1_ps(from[1]), _mm_set1_ps(from[0])));
#else
    return Lanes(from[0]);
#endif
  }

 private:
  typedef float Anywhere __attribute__((vector_size(4 * kLanes), aligned(4), may_alias));
};

AULA_HD Lanes operator+(Lanes a, Lanes b) {
  return Lanes(a.raw + b.raw);
}
AULA_HD Lanes operator-(Lanes a, Lanes b) {
  return Lanes(a.raw - b.raw);
}
AULA_HD Lanes operator*(Lanes a, Lanes b) {
  return Lanes(a.raw * b.raw);
}
/// a b + c and c - a b.
AULA_HD Lanes multiplyAdd(Lanes a, Lanes b, Lanes c) {
#if defined(__AVX512F__)
  return Lanes(_mm512_fmadd_ps(a.raw, b.raw, c.raw));
#elif defined(__AVX2__) && defined(__FMA__)
  return Lanes(_mm256_fmadd_ps(a.raw, b.raw, c.raw));
#else
  return Lanes(a.raw * b.raw + c.raw);
#endif
}
AULA_HD Lanes subtractProduct(Lanes c, Lanes a, Lanes b) {
#if defined(__AVX512F__)
  return Lanes(_mm512_fnmadd_ps(a.raw, b.raw, c.raw));
#elif defined(__AVX2__) && defined(__FMA__)
  return Lanes(_mm256_fnmadd_ps(a.raw, b.raw, c.raw));
#else
  return Lanes(c.raw - a.raw * b.raw);
#endif
}

/// Which lanes hold.
struct LaneMask {
#if defined(__AVX512F__)
  __mmask16 raw;
#elif defined(__AVX2__) && defined(__FMA__)
  __m256 raw;
#else
  using RawMask = std::int32_t __attribute__((vector_size(16)));
  RawMask raw;
#endif

  /// Lane l holds where bit l is set.
  AULA_HD static LaneMask ofBits(unsigned bits) {
#if defined(__AVX512F__)
    return {static_cast<__mmask16>(bits)};
#elif defined(__AVX2__) && defined(__FMA__)
    const __m256i bit = _mm256_set_epi32(128, 64, 32, 16, 8, 4, 2, 1);
    const __m256i set = _mm256_and_si256(_mm256_set1_epi32(static_cast<int>(bits)), bit);
    return {_mm256_castsi256_ps(_mm256_cmpeq_epi32(set, bit))};
#else
    const RawMask bit{1, 2, 4, 8};
    const std::int32_t all = static_cast<std::int32_t>(bits);
    return {(RawMask{all, all, all, all} & bit) == bit};
#endif
  }
  [[nodiscard]] AULA_HD bool any() const {
#if defined(__AVX512F__)
    return raw != 0;
#elif defined(__AVX2__) && defined(__FMA__)
    return _mm256_movemask_ps(raw) != 0;
#elif defined(__x86_64__)
    return _mm_movemask_ps(reinterpret_cast<__m128>(raw)) != 0;
#else
    return (raw[0] | raw[1] | raw[2] | raw[3]) != 0;
#endif
  }
};

AULA_HD LaneMask operator&(LaneMask a, LaneMask b) {
#if defined(__AVX512F__)
  return {static_cast<__mmask16>(a.raw & b.raw)};
#elif defined(__AVX2__) && defined(__FMA__)
  return {_mm256_and_ps(a.raw, b.raw)};
#else
  return {a.raw & b.raw};
#endif
}
AULA_HD LaneMask operator<(Lanes a, Lanes b) {
#if defined(__AVX512F__)
  return {_mm512_cmp_ps_mask(a.raw, b.raw, _CMP_LT_OQ)};
#elif defined(__AVX2__) && defined(__FMA__)
  return {_mm256_cmp_ps(a.raw, b.raw, _CMP_LT_OQ)};
#else
  return {a.raw < b.raw};
#endif
}
/// The value where the mask holds, else 0.
AULA_HD Lanes where(LaneMask mask, Lanes value) {
#if defined(__AVX512F__)
  return Lanes(_mm512_maskz_mov_ps(mask.raw, value.raw));
#elif defined(__AVX2__) && defined(__FMA__)
  return Lanes(_mm256_and_ps(mask.raw, value.raw));
#else
  return Lanes(reinterpret_cast<Raw>(reinterpret_cast<LaneMask::RawMask>(value.raw) & mask.raw));
#endif
}
AULA_HD Lanes larger(Lanes a, Lanes b) {
#if defined(__AVX512F__)
  return Lanes(_mm512_max_ps(a.raw, b.raw));
#elif defined(__AVX2__) && defined(__FMA__)
  return Lanes(_mm256_max_ps(a.raw, b.raw));
#else
  return Lanes(a.raw > b.raw ? a.raw : b.raw);
#endif
}
AULA_HD Lanes squareRoot(Lanes a) {
#if defined(__AVX512F__)
  return Lanes(_mm512_sqrt_ps(a.raw));
#elif defined(__AVX2__) && defined(__FMA__)
  return Lanes(_mm256_sqrt_ps(a.raw));
#else
  return Lanes(Raw{std::sqrt(a.raw[0]), std::sqrt(a.raw[1]), std::sqrt(a.raw[2]), std::sqrt(a.raw[3])});
#endif
}

/// 1 / sqrt(a) to the bits given; the caller mends the rest by its series.
#if defined(__AVX512F__)
inline constexpr int kInverseRootBits = 14;
#elif defined(__x86_64__)
inline constexpr int kInverseRootBits = 11;
#else
inline constexpr int kInverseRootBits = 22;
#endif
AULA_HD Lanes roughInverseRoot(Lanes a) {
#if defined(__AVX512F__)
  return Lanes(_mm512_rsqrt14_ps(a.raw));
#elif defined(__AVX2__) && defined(__FMA__)
  return Lanes(_mm256_rsqrt_ps(a.raw));
#elif defined(__x86_64__)
  return Lanes(Raw(_mm_rsqrt_ps(__m128(a.raw))));
#elif defined(__aarch64__)
  float32x4_t y = vrsqrteq_f32(float32x4_t(a.raw));
  y = vmulq_f32(y, vrsqrtsq_f32(vmulq_f32(float32x4_t(a.raw), y), y));
  return Lanes(Raw(vmulq_f32(y, vrsqrtsq_f32(vmulq_f32(float32x4_t(a.raw), y), y))));
#else
  return Lanes(Raw{1 / std::sqrt(a.raw[0]), 1 / std::sqrt(a.raw[1]), 1 / std::sqrt(a.raw[2]),
                   1 / std::sqrt(a.raw[3])});
#endif
}

/// The sum of all lanes, in double.
AULA_HD double sumOfLanes(Lanes a) {
  float lane[kLanes];
  a.store(lane);
  double sum = 0;
  for (int n = 0; n < kLanes; ++n) sum += static_cast<double>(lane[n]);
  return sum;
}
/// to[r] += the sum of row r.
AULA_HD void addRowSums(Lanes a, float* to) {
#if defined(__AVX512F__)
  __m512 sum = _mm512_add_ps(a.raw, _mm512_permute_ps(a.raw, 0b01001110));
  sum = _mm512_add_ps(sum, _mm512_permute_ps(sum, 0b10110001));
  const __m512i every = _mm512_set_epi32(12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 8, 4, 0);
  const __m128 rows = _mm512_castps512_ps128(_mm512_permutexvar_ps(every, sum));
  _mm_storeu_ps(to, _mm_add_ps(_mm_loadu_ps(to), rows));
#else
  float lane[kLanes];
  a.store(lane);
  for (int row = 0; row < kRows; ++row)
    to[row] += (lane[4 * row] + lane[4 * row + 2]) + (lane[4 * row + 1] + lane[4 * row + 3]);
#endif
}

}  // namespace
}  // namespace aula::molecular::cpu
