// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compute/host_device.h"

/// What a kernel is made of; nvcc and the host compiler both read this.
///
/// A kernel is a plain struct of values and device pointers, copied to the device when it is launched:
///
///     struct Scale {
///       static constexpr const char* kName = "scale";
///       static constexpr int kThreads = 128;   // Most threads of a block it is launched with.
///       using Shared = NoShared;               // One a block, trivially copyable, uninitialised.
///       struct Registers {};                   // One a thread, kept between phases, uninitialised.
///       float* values; long size; float factor;
///       template <class Block>
///       AULA_HOST_DEVICE void operator()(Block& block, Shared& shared) const {
///         block.phase([&](ThreadIndex thread, Registers& own) { ... });
///       }
///     };
///
/// The body is written for a whole block as a sequence of phases: each thread runs a phase, then all wait for
/// each other
/// (__syncthreads). Between phases stands only code that is the same for all threads of the block (loops over
/// planes, say), and it touches neither shared memory nor registers. On the check device a phase is a loop
/// over the threads.
namespace aula::compute {

struct Extent3 {
  int x = 1, y = 1, z = 1;
};
using BlockIndex = Extent3;

/// Of a thread in its block.
struct ThreadIndex {
  int x, y, z;
};

struct LaunchShape {
  Extent3 blocks, threads;
};

/// For kernels without shared memory.
struct NoShared {};

/// Blocks of `threads` that cover `count` elements.
AULA_HOST_DEVICE constexpr int blocksFor(int count, int threads) {
  return (count + threads - 1) / threads;
}

/// `count` elements of which each is a thread's work: Body has kName and operator()(long index) const.
template <class Body>
struct ForEach {
  static constexpr const char* kName = Body::kName;
  static constexpr int kThreads = 128;
  using Shared = NoShared;
  struct Registers {};

  Body body;
  long count;

  template <class Block>
  AULA_HOST_DEVICE void operator()(Block& block, Shared&) const {
    const long first = static_cast<long>(block.index().x) * kThreads;
    block.phase([&](ThreadIndex thread, Registers&) {
      const long index = first + thread.x;
      if (index < count) body(index);
    });
  }
  [[nodiscard]] LaunchShape shape() const {
    return {{static_cast<int>((count + kThreads - 1) / kThreads), 1, 1}, {kThreads, 1, 1}};
  }
};

}  // namespace aula::compute
