// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "molecular/model/engine.h"

namespace aula::molecular {

struct HydrogenBond {
  int donor, hydrogen, acceptor;
  bool operator==(const HydrogenBond&) const = default;
  auto operator<=>(const HydrogenBond&) const = default;
};

/// Bonds by shape (Luzar and Chandler, Nature 379, 55, 1996): donor and acceptor (nitrogen or oxygen) at most
/// 0.35 nm apart, the hydrogen at most 30 degrees off the line between them, seen from the donor.
class HydrogenBondFinder {
 public:
  explicit HydrogenBondFinder(const Topology& topology, double distance = 0.35,
                              double angle = 0.52359877559829887 /* 30 degrees */);
  /// Rising, each once.
  [[nodiscard]] std::vector<HydrogenBond> find(const State& state) const;
  [[nodiscard]] bool hasDonors() const { return !donors_.empty(); }

 private:
  struct Donor {
    int heavy, hydrogen;
  };
  std::vector<Donor> donors_;
  std::vector<int> acceptors_;
  std::vector<std::vector<int>> bonded_;  ///< Of acceptors' atoms: what they are bonded to (excluded).
  double distance_, cosine_;
};

}  // namespace aula::molecular
