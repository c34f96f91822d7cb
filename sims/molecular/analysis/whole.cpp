// SPDX-License-Identifier: Apache-2.0
#include "molecular/analysis/whole.h"

#include <algorithm>

namespace aula::molecular {

WholeMolecules::WholeMolecules(const Topology& topology) : molecules_(topology.molecules) {
  std::vector<std::vector<int>> neighbours(topology.masses.size());
  for (const auto& [i, j] : bondedPairs(topology)) {
    neighbours[i].push_back(static_cast<int>(j));
    neighbours[j].push_back(static_cast<int>(i));
  }
  std::vector<char> isSeen(topology.masses.size(), 0);
  for (std::size_t n = 0; n < isSeen.size(); ++n) {
    if (isSeen[n]) continue;
    isSeen[n] = 1;
    std::vector<int> queue{static_cast<int>(n)};
    for (std::size_t next = 0; next < queue.size(); ++next)
      for (const int other : neighbours[static_cast<std::size_t>(queue[next])]) {
        if (isSeen[static_cast<std::size_t>(other)]) continue;
        isSeen[static_cast<std::size_t>(other)] = 1;
        steps_.push_back({other, queue[next]});
        queue.push_back(other);
      }
  }
}

void WholeMolecules::apply(std::span<Vec3> positions, const Box& box) const {
  if (!box.isPeriodic()) return;
  for (const Step& step : steps_) {
    const Vec3 from = positions[static_cast<std::size_t>(step.from)];
    Vec3& position = positions[static_cast<std::size_t>(step.atom)];
    position = from + box.nearest(position - from);
  }
  for (const Molecule& molecule : molecules_) {
    const auto part = positions.subspan(static_cast<std::size_t>(molecule.firstAtom),
                                        static_cast<std::size_t>(molecule.atomCount));
    Vec3 centre;
    for (const Vec3& position : part) centre = centre + position;
    centre = centre / double(part.size());
    const Vec3 shift = box.wrapped(centre) - centre;
    for (Vec3& position : part) position = position + shift;
  }
}

const std::vector<Vec3>& Unwrapper::follow(std::span<const Vec3> positions, const Box& box) {
  if (last_.size() != positions.size()) {
    unwrapped_.assign(positions.begin(), positions.end());
  } else {
    for (std::size_t n = 0; n < positions.size(); ++n)
      unwrapped_[n] = unwrapped_[n] + box.nearest(positions[n] - last_[n]);
  }
  last_.assign(positions.begin(), positions.end());
  return unwrapped_;
}

}  // namespace aula::molecular
