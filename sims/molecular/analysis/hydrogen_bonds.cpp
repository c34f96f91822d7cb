// SPDX-License-Identifier: Apache-2.0
#include "molecular/analysis/hydrogen_bonds.h"

#include <algorithm>
#include <cmath>

#include "molecular/analysis/neighbours.h"

namespace aula::molecular {

namespace {
bool isPolar(int element) {
  return element == 7 || element == 8;
}
}  // namespace

HydrogenBondFinder::HydrogenBondFinder(const Topology& topology, double distance, double angle)
    : distance_(distance), cosine_(std::cos(angle)) {
  for (const auto& [first, second] : bondedPairs(topology)) {
    const auto add = [&](std::uint32_t heavy, std::uint32_t hydrogen) {
      if (isPolar(topology.elements[heavy]) && topology.elements[hydrogen] == 1)
        donors_.push_back({static_cast<int>(heavy), static_cast<int>(hydrogen)});
    };
    add(first, second);
    add(second, first);
  }
  std::sort(donors_.begin(), donors_.end(), [](const Donor& a, const Donor& b) {
    return a.heavy != b.heavy ? a.heavy < b.heavy : a.hydrogen < b.hydrogen;
  });
  for (std::size_t n = 0; n < topology.elements.size(); ++n)
    if (isPolar(topology.elements[n])) acceptors_.push_back(static_cast<int>(n));
  // What is one or two bonds away (excluded from interacting) is no partner.
  bonded_.resize(acceptors_.size());
  for (std::size_t a = 0; a < acceptors_.size(); ++a) {
    const auto n = static_cast<std::size_t>(acceptors_[a]);
    bonded_[a].assign(topology.exclusions.begin() + topology.exclusionStart[n],
                      topology.exclusions.begin() + topology.exclusionStart[n + 1]);
  }
}

std::vector<HydrogenBond> HydrogenBondFinder::find(const State& state) const {
  std::vector<HydrogenBond> bonds;
  if (donors_.empty()) return bonds;
  std::vector<Vec3> points;
  points.reserve(acceptors_.size());
  for (const int atom : acceptors_) points.push_back(state.positions[static_cast<std::size_t>(atom)]);
  const NeighbourGrid grid(state.box, distance_, points);
  for (const Donor& donor : donors_) {
    const Vec3 from = state.positions[static_cast<std::size_t>(donor.heavy)];
    const Vec3 arm = state.box.nearest(state.positions[static_cast<std::size_t>(donor.hydrogen)] - from);
    const double armLength = core::length(arm);
    grid.around(from, [&](int index, Vec3 difference, double distance2) {
      const int acceptor = acceptors_[static_cast<std::size_t>(index)];
      if (acceptor == donor.heavy) return;
      if (core::dot(arm, difference) < cosine_ * armLength * std::sqrt(distance2)) return;
      const auto& bonded = bonded_[static_cast<std::size_t>(index)];
      if (std::binary_search(bonded.begin(), bonded.end(), donor.heavy)) return;
      bonds.push_back({donor.heavy, donor.hydrogen, acceptor});
    });
  }
  std::sort(bonds.begin(), bonds.end());
  return bonds;
}

}  // namespace aula::molecular
