// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "molecular/model/engine.h"

/// Small systems that several tests use.
namespace aula::test {

/// `atoms` atoms that know nothing of each other: 12 u, no charge, one type without forces, each its own
/// molecule. Bonds and the like are added by hand; exclude() joins them to the lists.
[[nodiscard]] molecular::Topology bareTopology(int atoms);
/// i and j do not interact by the non-bonded terms from here on.
void exclude(molecular::Topology& topology, int i, int j);
/// Makes all atoms one molecule.
void joinMolecule(molecular::Topology& topology);
/// c6 and c12 of a minimum of depth epsilon with zero at sigma.
[[nodiscard]] molecular::LennardJones lennardJonesOf(double sigma, double epsilon);

/// Even in 0..1, by counting.
[[nodiscard]] double noise(std::uint64_t seed, int index);
/// Each component even in -1..1.
[[nodiscard]] core::Vec3 noiseVector(std::uint64_t seed, int index);

/// Atoms on a cubic lattice that fills the box, `perSide` a side, each moved by up to `jitter` spacings.
[[nodiscard]] std::vector<core::Vec3> jitteredLattice(const molecular::Box& box, int perSide, double jitter,
                                                      std::uint64_t seed);

/// Charges of both signs and two Lennard-Jones types, neutral when `atoms` is even: nothing physical, every
/// kind of pair.
[[nodiscard]] molecular::Topology chargedMixture(int atoms);

/// Argon of Rahman 1964 (sigma 0.3405 nm, epsilon / k 119.8 K, 39.948 u).
inline constexpr double kArgonSigma = 0.3405, kArgonEpsilon = 119.8 * 8.31446261815324e-3;
[[nodiscard]] molecular::Topology argon(int atoms);

/// `count` rigid TIP3P waters (Jorgensen 1983), and positions of one: oxygen in the origin.
[[nodiscard]] molecular::Topology waters(int count);
[[nodiscard]] std::vector<core::Vec3> waterShape();
/// Waters on a lattice in a cubic box of ordinary density, turned at random.
[[nodiscard]] molecular::System waterBox(int perSide, std::uint64_t seed);

/// No thermostat, no constraints, no removal of drift, velocity Verlet.
[[nodiscard]] molecular::Settings plainSettings();

}  // namespace aula::test
