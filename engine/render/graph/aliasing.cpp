// SPDX-License-Identifier: Apache-2.0
#include "render/graph/aliasing.h"

#include <algorithm>
#include <numeric>

namespace aula::render::graph {
namespace {

bool doMeet(const Lifetime& a, const Lifetime& b) {
  return a.first <= b.last && b.first <= a.last;
}

std::size_t alignedUp(std::size_t offset, std::size_t alignment) {
  return (offset + alignment - 1) / alignment * alignment;
}

}  // namespace

Placement place(std::span<const PlacementRequest> requests) {
  std::vector<std::size_t> order(requests.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  // Stable, so that the same frame is always laid out alike.
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return requests[a].size > requests[b].size; });
  Placement placement;
  placement.offsets.resize(requests.size());
  std::vector<std::size_t> placed, inTheWay;
  for (const std::size_t i : order) {
    const PlacementRequest& wanted = requests[i];
    // Those that live at the same time, by their place: the first gap that is wide enough is taken.
    inTheWay.clear();
    std::copy_if(placed.begin(), placed.end(), std::back_inserter(inTheWay),
                 [&](std::size_t k) { return doMeet(requests[k].life, wanted.life); });
    std::sort(inTheWay.begin(), inTheWay.end(),
              [&](std::size_t a, std::size_t b) { return placement.offsets[a] < placement.offsets[b]; });
    std::size_t offset = 0;
    for (const std::size_t k : inTheWay) {
      if (offset + wanted.size <= placement.offsets[k]) break;
      offset = std::max(offset, alignedUp(placement.offsets[k] + requests[k].size, wanted.alignment));
    }
    placement.offsets[i] = offset;
    placement.bytes = std::max(placement.bytes, offset + wanted.size);
    placed.push_back(i);
  }
  return placement;
}

std::vector<std::vector<std::size_t>> sharers(std::span<const PlacementRequest> requests,
                                              std::span<const std::size_t> offsets) {
  std::vector<std::vector<std::size_t>> all(requests.size());
  for (std::size_t a = 0; a < requests.size(); ++a) {
    for (std::size_t b = 0; b < requests.size(); ++b) {
      const bool doOverlap =
          offsets[a] < offsets[b] + requests[b].size && offsets[b] < offsets[a] + requests[a].size;
      if (a == b || doOverlap) all[a].push_back(b);
    }
  }
  return all;
}

}  // namespace aula::render::graph
