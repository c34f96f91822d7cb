// SPDX-License-Identifier: Apache-2.0
#include "kernel/bandwidth.h"

#include <algorithm>
#include <chrono>
#include <cstddef>

#include "fdtd/cpu/arena.h"

namespace aula::bench {

double measureBandwidth(int threads) {
  constexpr std::ptrdiff_t kFloats = std::ptrdiff_t{1} << 27;
  fdtd::cpu::Arena arena(static_cast<std::size_t>(kFloats), threads);
  float* const a = arena.data();
  double best = 0;
  for (int repeat = 0; repeat < 6; ++repeat) {
    const auto start = std::chrono::steady_clock::now();
#pragma omp parallel for simd num_threads(threads) schedule(static)
    for (std::ptrdiff_t i = 0; i < kFloats; ++i) a[i] = 0.5F * a[i] + 1.0F;
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (repeat > 0) best = std::max(best, 8.0 * static_cast<double>(kFloats) / seconds);
  }
  return best;
}

}  // namespace aula::bench
