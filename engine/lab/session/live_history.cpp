// SPDX-License-Identifier: Apache-2.0
#include "lab/session/live_history.h"

#include <algorithm>
#include <utility>

#include "core/assert.h"

namespace aula::lab {

void LiveHistory::add(std::int64_t step, std::shared_ptr<const core::MemoryCheckpoint> checkpoint) {
  const auto at = std::lower_bound(places_.begin(), places_.end(), step,
                                   [](const Place& place, std::int64_t s) { return place.step < s; });
  if (at != places_.end() && at->step == step)
    at->checkpoint = std::move(checkpoint);
  else
    places_.insert(at, {step, std::move(checkpoint)});
  thinOut();
}

const LiveHistory::Place& LiveHistory::before(std::int64_t step) const {
  AULA_ASSERT(!places_.empty() && places_.front().step <= step);
  return *(std::upper_bound(places_.begin(), places_.end(), step,
                            [](std::int64_t s, const Place& place) { return s < place.step; }) -
           1);
}

bool LiveHistory::has(std::int64_t step) const {
  return std::any_of(places_.begin(), places_.end(),
                     [step](const Place& place) { return place.step == step; });
}

void LiveHistory::forgetAfter(std::int64_t step) {
  std::erase_if(places_, [step](const Place& place) { return place.step > step; });
}

std::size_t LiveHistory::bytes() const {
  std::size_t sum = 0;
  for (const Place& place : places_) sum += place.checkpoint->bytes();
  return sum;
}

// What is missed by leaving a place out is the gap that it closed, measured by how long ago it was: the place
// where that is least goes. Gaps then grow in proportion to age, the number of places with its logarithm.
void LiveHistory::thinOut() {
  while (places_.size() > 1 && bytes() > budget_) {
    std::size_t least = places_.size() - 1;
    double leastMissed = 1e300;
    const double newest = static_cast<double>(places_.back().step);
    for (std::size_t i = 1; i + 1 < places_.size(); ++i) {
      const auto gap = static_cast<double>(places_[i + 1].step - places_[i - 1].step);
      const double missed = gap / (newest - static_cast<double>(places_[i].step));
      if (missed < leastMissed) {
        leastMissed = missed;
        least = i;
      }
    }
    places_.erase(places_.begin() + static_cast<std::ptrdiff_t>(least));
  }
}

}  // namespace aula::lab
