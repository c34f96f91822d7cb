// SPDX-License-Identifier: Apache-2.0
#include "fdtd/cpu/tiles.h"

#include <thread>

namespace aula::fdtd::cpu {

namespace {
int floorDivide(int a, int b) {
  return a >= 0 ? a / b : -((-a + b - 1) / b);
}
}  // namespace

TileQueue::TileQueue(const TileShape& shape, int halfSteps)
    : shape_(shape), edge_(2 * shape.size), halfSteps_(halfSteps) {
  lastP_ = shape.isWide ? shape.rowsY - 1 : 2 * shape.rowsY - 1;
  lastQ_ = shape.isWide ? shape.rowsZ - 1 : 2 * shape.rowsZ - 1;
  firstA_ = 0;
  firstB_ = floorDivide(-lastP_, edge_);
  countA_ = floorDivide(lastP_ + halfSteps - 1, edge_) - firstA_ + 1;
  countB_ = floorDivide(halfSteps - 1, edge_) - firstB_ + 1;
  // Diamonds that hold nothing stay in the list: they hand dependencies on.
  tiles_.reserve(static_cast<std::size_t>(countA_) * static_cast<std::size_t>(countB_));
  for (int sum = firstA_ + firstB_; sum <= firstA_ + firstB_ + countA_ + countB_ - 2; ++sum)
    for (int a = firstA_; a < firstA_ + countA_; ++a)
      if (sum - a >= firstB_ && sum - a < firstB_ + countB_) tiles_.push_back({a, sum - a});
  done_ = std::make_unique<std::atomic<int>[]>(tiles_.size());
}

void TileQueue::await(int a, int b) const {
  if (a < firstA_ || b < firstB_) return;
  const std::atomic<int>& flag = done_[index(a, b)];
  // A diamond takes about a millisecond: wait in place, but let others have the core when they want it.
  for (int spin = 0; flag.load(std::memory_order_acquire) == 0; ++spin) {
    if (spin < 1000) {
#if defined(__x86_64__)
      __builtin_ia32_pause();
#endif
    } else {
      std::this_thread::yield();
    }
  }
}

}  // namespace aula::fdtd::cpu
