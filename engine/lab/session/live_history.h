// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/io/checkpoint.h"

namespace aula::lab {

/// Checkpoints in memory, for the way back. They are thinned out when a budget is full, so that the newest
/// stand close together and older ones ever further apart; the first one stays. One thread.
class LiveHistory {
 public:
  struct Place {
    std::int64_t step = 0;
    std::shared_ptr<const core::MemoryCheckpoint> checkpoint;
  };

  explicit LiveHistory(std::size_t budget) : budget_(budget) {}

  /// Replaces what there was at that step. The first place ever added stays whatever its size.
  void add(std::int64_t step, std::shared_ptr<const core::MemoryCheckpoint> checkpoint);
  /// The last place at `step` or before it; there is always the first.
  [[nodiscard]] const Place& before(std::int64_t step) const;
  [[nodiscard]] bool has(std::int64_t step) const;
  void forgetAfter(std::int64_t step);
  void clear() { places_.clear(); }

  [[nodiscard]] const std::vector<Place>& places() const { return places_; }
  [[nodiscard]] std::size_t bytes() const;

 private:
  void thinOut();
  std::size_t budget_;
  std::vector<Place> places_;  ///< By rising step.
};

}  // namespace aula::lab
