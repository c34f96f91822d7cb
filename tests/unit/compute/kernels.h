// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compute/kernel.h"

namespace aula::compute::testing {

/// values[i] = factor * values[i] + offset
struct ScaleBody {
  static constexpr const char* kName = "scale";
  float* values;
  float factor, offset;
  AULA_HOST_DEVICE void operator()(long index) const { values[index] = factor * values[index] + offset; }
};
using Scale = ForEach<ScaleBody>;

/// Sums each block's values through shared memory, halving the number of adders in every phase. `misses`
/// leaves out the barrier between storing and adding, which the check device must bring to light.
struct BlockSum {
  static constexpr const char* kName = "block sum";
  static constexpr int kThreads = 64;
  struct Shared {
    float values[kThreads];
  };
  struct Registers {
    float own;
  };
  const float* values;
  float* sums;
  int size;
  bool missesBarrier;

  template <class Block>
  AULA_HOST_DEVICE void operator()(Block& block, Shared& shared) const {
    const int first = block.index().x * kThreads;
    const int total = size;
    const float* const in = values;
    float* const out = sums + block.index().x;
    if (missesBarrier) {
      block.phase([&](ThreadIndex thread, Registers&) {
        shared.values[thread.x] = first + thread.x < total ? in[first + thread.x] : 0.0f;
        const int partner = kThreads - 1 - thread.x;
        if (thread.x < kThreads / 2) shared.values[thread.x] += shared.values[partner];
      });
    } else {
      block.phase([&](ThreadIndex thread, Registers& registers) {
        registers.own = first + thread.x < total ? in[first + thread.x] : 0.0f;
        shared.values[thread.x] = registers.own;
      });
    }
    for (int width = kThreads / (missesBarrier ? 4 : 2); width > 0; width /= 2)
      block.phase([&](ThreadIndex thread, Registers&) {
        if (thread.x < width) shared.values[thread.x] += shared.values[thread.x + width];
      });
    block.phase([&](ThreadIndex thread, Registers&) {
      if (thread.x == 0) *out = shared.values[0];
    });
  }
};

}  // namespace aula::compute::testing
