// SPDX-License-Identifier: Apache-2.0
// Not to be compiled alone: its functions have internal linkage, one copy for each instruction set that uses them.
#pragma once

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

#include <utility>

#include "fdtd/model/host_device.h"

/// A vector of floats as wide as the instruction set this file is compiled for. In an unnamed namespace on
/// purpose: each translation unit has a type of its own, so that templates over it cannot be merged across
/// instruction sets.
namespace aula::fdtd::cpu {
namespace {

#if defined(__AVX512F__)
using LanesRaw = __m512;
inline constexpr int kLanes = 16;
inline constexpr const char* kLanesName = "AVX-512";
#elif defined(__AVX2__) && defined(__FMA__)
using LanesRaw = __m256;
inline constexpr int kLanes = 8;
inline constexpr const char* kLanesName = "AVX2";
#else
using LanesRaw = float __attribute__((vector_size(16)));
inline constexpr int kLanes = 4;
#if defined(__aarch64__)
inline constexpr const char* kLanesName = "NEON";
#elif defined(__x86_64__)
inline constexpr const char* kLanesName = "SSE2";
#else
inline constexpr const char* kLanesName = "portable vectors";
#endif
#endif

AULA_HD LanesRaw broadcast(float value) {
#if defined(__AVX512F__)
  return _mm512_set1_ps(value);
#elif defined(__AVX2__) && defined(__FMA__)
  return _mm256_set1_ps(value);
#else
  return LanesRaw{value, value, value, value};
#endif
}

struct Lanes {
  static constexpr int count = kLanes;
  LanesRaw raw;

  AULA_HD Lanes() : raw{} {}
  AULA_HD explicit Lanes(LanesRaw value) : raw(value) {}
  AULA_HD explicit Lanes(float value) : raw(broadcast(value)) {}

  /// `from` aligned to the vector's size.
  AULA_HD static Lanes load(const float* from) { return Lanes(*reinterpret_cast<const Aligned*>(from)); }
  AULA_HD static Lanes loadUnaligned(const float* from) {
    return Lanes(*reinterpret_cast<const Unaligned*>(from));
  }
  AULA_HD void store(float* to) const { *reinterpret_cast<Aligned*>(to) = raw; }
  AULA_HD void storeUnaligned(float* to) const { *reinterpret_cast<Unaligned*>(to) = raw; }

 private:
  typedef float Aligned __attribute__((vector_size(4 * kLanes), may_alias));
  typedef float Unaligned __attribute__((vector_size(4 * kLanes), aligned(4), may_alias));
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
AULA_HD Lanes operator-(Lanes a) {
  return Lanes(-a.raw);
}

/// a b + c: rounded once where the machine has it, twice in the x86 baseline.
AULA_HD Lanes multiplyAdd(Lanes a, Lanes b, Lanes c) {
#if defined(__AVX512F__)
  return Lanes(_mm512_fmadd_ps(a.raw, b.raw, c.raw));
#elif defined(__AVX2__) && defined(__FMA__)
  return Lanes(_mm256_fmadd_ps(a.raw, b.raw, c.raw));
#elif defined(__aarch64__)
  return Lanes(LanesRaw(vfmaq_f32(float32x4_t(c.raw), float32x4_t(a.raw), float32x4_t(b.raw))));
#else
  return Lanes(a.raw * b.raw + c.raw);
#endif
}

/// Lanes first .. first + count - 1 of two vectors laid end to end: one instruction in AVX-512, no gain
/// elsewhere.
inline constexpr bool kHasShift = kLanes == 16;
template <int first, int... lane>
AULA_HD Lanes shiftIn(Lanes a, Lanes b, std::integer_sequence<int, lane...>) {
  return Lanes(__builtin_shufflevector(a.raw, b.raw, (first + lane)...));
}
template <int first>
AULA_HD Lanes shiftIn(Lanes a, Lanes b) {
  return shiftIn<first>(a, b, std::make_integer_sequence<int, kLanes>());
}

/// Denormal numbers cost a hundred cycles each and carry no physics: flush them for the calling thread.
unsigned flushDenormals() {
#if defined(__x86_64__)
  const unsigned old = _mm_getcsr();
  _mm_setcsr(old | 0x8040U);  // flush to zero, denormals are zero
  return old;
#elif defined(__aarch64__)
  unsigned long old = 0;
  asm volatile("mrs %0, fpcr" : "=r"(old));
  asm volatile("msr fpcr, %0" : : "r"(old | (1UL << 24)));
  return static_cast<unsigned>(old);
#else
  return 0;
#endif
}
void restoreControl(unsigned word) {
#if defined(__x86_64__)
  _mm_setcsr(word);
#elif defined(__aarch64__)
  asm volatile("msr fpcr, %0" : : "r"(static_cast<unsigned long>(word)));
#else
  static_cast<void>(word);
#endif
}

}  // namespace
}  // namespace aula::fdtd::cpu
