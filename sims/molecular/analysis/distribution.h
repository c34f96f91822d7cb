// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "molecular/model/engine.h"

/// How distances and speeds are distributed, summed over configurations.
namespace aula::molecular {

/// g(r) between two groups of atoms (Allen and Tildesley 2017, section 8.2) and the coordination number n(r),
/// the mean number of atoms of the second group within r of one of the first.
class RadialDistribution {
 public:
  /// `range` nm; pairs within one molecule are left out with `isBetweenMolecules`.
  RadialDistribution(double range, int bins, bool isBetweenMolecules);
  /// Throws core::Error (input) when the range is more than half the box.
  void add(const Topology& topology, const State& state, const std::vector<int>& first,
           const std::vector<int>& second);
  void reset();

  [[nodiscard]] std::vector<double> radii() const;         ///< Middles of the bins, nm
  [[nodiscard]] std::vector<double> distribution() const;  ///< g at radii(); zeros before the first add().
  [[nodiscard]] std::vector<double> coordination() const;  ///< n at the bins' outer edges.
  [[nodiscard]] double width() const { return range_ / double(counts_.size()); }

  double range_;
  bool isBetweenMolecules_;
  // What a checkpoint needs.
  std::vector<double> counts_;  ///< Pairs by bin
  double expected_ = 0;         ///< Sum over configurations of pairs / volume, 1/nm^3
  double centres_ = 0;          ///< Sum over configurations of atoms of the first group
};

/// How often atoms have which speed.
class SpeedDistribution {
 public:
  SpeedDistribution(double range, int bins)
      : range_(range), counts_(static_cast<std::size_t>(bins), 0) {}  ///< nm/ps
  void add(std::span<const Vec3> velocities, const std::vector<double>& masses,
           const std::vector<int>& atoms);
  void reset();

  [[nodiscard]] std::vector<double> speeds() const;   ///< Middles of the bins, nm/ps
  [[nodiscard]] std::vector<double> density() const;  ///< Share of the atoms a nm/ps
  /// Of the atoms' kinetic energy, three directions each, K.
  [[nodiscard]] double temperature() const;
  [[nodiscard]] double meanSpeed() const;  ///< nm/ps
  /// The largest difference between the shares of atoms slower than a speed, found and expected from Maxwell
  /// and Boltzmann at temperature(): Kolmogorov's distance, at the bins' edges.
  [[nodiscard]] double distance(const std::vector<double>& masses) const;

  double range_;
  std::vector<double> counts_;
  double samples_ = 0, energy_ = 0,
         speed_ = 0;  ///< Of atoms: number, kinetic energy (kJ/mol), speed (nm/ps).
};

/// Maxwell and Boltzmann's share of atoms a nm/ps, averaged over `masses` (u).
[[nodiscard]] double maxwellDensity(double speed, const std::vector<double>& masses, double temperature);
/// The share that is slower.
[[nodiscard]] double maxwellShare(double speed, const std::vector<double>& masses, double temperature);

}  // namespace aula::molecular
