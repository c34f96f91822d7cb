// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <vector>

/// Temporal blocking: the order in which rows are advanced through many half steps while they stay in cache.
///
/// Half step s advances H when s is even and E when it is odd. Put E rows at position p = 2 j and H rows at p
/// = 2 j + 1; then (p, s) reads (p +- 1, s - 1) and overwrites (p, s - 2). With u = p + s and v = s - p every
/// one of those has u and v no larger, so squares of the (u, v) plane, diamonds in (y, time), need only the
/// diamonds below left and below right, and those of one row of diamonds are independent (Wonnacott 2000;
/// Malas et al. 2015). Within a diamond a wavefront runs along z: at q the position there, (q, s) in
/// ascending order of w = q + s, then of s (Lamport 1974).
///
/// Any order that keeps these dependencies does the same arithmetic on the same numbers: the bits do not
/// depend on it.
namespace aula::fdtd::cpu {

struct TileShape {
  int size = 0;         ///< Steps a diamond spans; it is about as many rows wide.
  bool isWide = false;  ///< E reads H one row further out (off-diagonal permittivity): p = j for both fields.
  int rowsY = 0, rowsZ = 0;
  bool hasZ = true;  ///< False in two dimensions.
};

/// The diamonds of one window of half steps [0, halfSteps), in an order that respects their dependencies,
/// taken by any number of threads.
class TileQueue {
 public:
  TileQueue(const TileShape& shape, int halfSteps);

  /// Runs row(half step, j, k) for every row of every half step. Called by each thread of a team at the same
  /// time; returns when no diamond is left to take.
  template <class Row>
  void work(const Row& row) {
    for (int n = next_.fetch_add(1); n < static_cast<int>(tiles_.size()); n = next_.fetch_add(1)) {
      const Tile tile = tiles_[static_cast<std::size_t>(n)];
      await(tile.a - 1, tile.b);
      await(tile.a, tile.b - 1);
      run(tile, row);
      done_[index(tile.a, tile.b)].store(1, std::memory_order_release);
    }
  }

 private:
  struct Tile {
    int a, b;
  };

  [[nodiscard]] std::size_t index(int a, int b) const {
    return static_cast<std::size_t>(a - firstA_) * static_cast<std::size_t>(countB_) +
           static_cast<std::size_t>(b - firstB_);
  }
  void await(int a, int b) const;

  template <class Row>
  void run(Tile tile, const Row& row) const;

  TileShape shape_;
  int edge_ = 0;  ///< Length of a diamond's side in u and v.
  int halfSteps_ = 0;
  int lastP_ = 0, lastQ_ = 0;
  int firstA_ = 0, firstB_ = 0, countA_ = 0, countB_ = 0;
  std::vector<Tile> tiles_;
  std::unique_ptr<std::atomic<int>[]> done_;
  std::atomic<int> next_{0};
};

template <class Row>
void TileQueue::run(Tile tile, const Row& row) const {
  const int uLow = edge_ * tile.a, uHigh = uLow + edge_ - 1;
  const int vLow = edge_ * tile.b, vHigh = vLow + edge_ - 1;
  int sFirst = (uLow + vLow) / 2, sLast = (uHigh + vHigh) / 2;
  if (sFirst < 0) sFirst = 0;
  if (sLast > halfSteps_ - 1) sLast = halfSteps_ - 1;

  // All rows of the diamond at one half step and one z.
  const auto runRows = [&](int s, int k) {
    int first = uLow - s > s - vHigh ? uLow - s : s - vHigh;
    int last = uHigh - s < s - vLow ? uHigh - s : s - vLow;
    if (first < 0) first = 0;
    if (last > lastP_) last = lastP_;
    if (shape_.isWide) {
      for (int j = first; j <= last; ++j) row(s, j, k);
    } else {
      first += (first + s + 1) & 1;  // p + s is odd
      for (int p = first; p <= last; p += 2) row(s, p >> 1, k);
    }
  };

  if (!shape_.hasZ) {
    for (int s = sFirst; s <= sLast; ++s) runRows(s, 0);
    return;
  }
  const int stride = shape_.isWide ? 1 : 2;
  int w = sFirst;
  if (!shape_.isWide) w |= 1;  // q + s is odd
  for (; w <= lastQ_ + sLast; w += stride)
    for (int s = sFirst; s <= sLast; ++s) {
      const int q = w - s;
      if (q < 0) break;
      if (q > lastQ_) continue;
      runRows(s, shape_.isWide ? q : q >> 1);
    }
}

}  // namespace aula::fdtd::cpu
