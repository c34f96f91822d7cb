// SPDX-License-Identifier: Apache-2.0
#include "physics/molecular/systems.h"

#include <algorithm>
#include <cmath>

#include "molecular/model/random.h"

namespace aula::test {

using namespace molecular;

Topology bareTopology(int atoms) {
  Topology topology;
  const auto count = static_cast<std::size_t>(atoms);
  topology.masses.assign(count, 12.0);
  topology.charges.assign(count, 0.0);
  topology.types.assign(count, 0);
  topology.elements.assign(count, 6);
  topology.names.assign(count, "C");
  for (int n = 0; n < atoms; ++n) {
    topology.residueOf.push_back(n);
    topology.residues.push_back({"ATM", n + 1, ' ', "", n, 1});
    topology.molecules.push_back({n, 1});
  }
  topology.typeCount = 1;
  topology.pairs = {{0, 0}};
  topology.typeNames = {"C"};
  topology.exclusionStart.assign(count + 1, 0);
  return topology;
}

void exclude(Topology& topology, int i, int j) {
  const auto insert = [&](int of, int other) {
    const auto at = static_cast<std::size_t>(of);
    const auto first = topology.exclusions.begin() + topology.exclusionStart[at];
    const auto last = topology.exclusions.begin() + topology.exclusionStart[at + 1];
    const auto place = std::lower_bound(first, last, other);
    if (place != last && *place == other) return;
    topology.exclusions.insert(place, other);
    for (std::size_t n = at + 1; n < topology.exclusionStart.size(); ++n) ++topology.exclusionStart[n];
  };
  insert(i, j);
  insert(j, i);
}

void joinMolecule(Topology& topology) {
  topology.molecules = {{0, topology.atomCount()}};
}

LennardJones lennardJonesOf(double sigma, double epsilon) {
  const double sigma6 = std::pow(sigma, 6);
  return {4 * epsilon * sigma6, 4 * epsilon * sigma6 * sigma6};
}

double noise(std::uint64_t seed, int index) {
  return uniformFromBits<double>(randomBits(seed, index, 0, RandomPurpose::preparation).word[0]);
}

Vec3 noiseVector(std::uint64_t seed, int index) {
  const RandomBits bits = randomBits(seed, index, 1, RandomPurpose::preparation);
  return {2 * uniformFromBits<double>(bits.word[0]) - 1, 2 * uniformFromBits<double>(bits.word[1]) - 1,
          2 * uniformFromBits<double>(bits.word[2]) - 1};
}

std::vector<Vec3> jitteredLattice(const Box& box, int perSide, double jitter, std::uint64_t seed) {
  std::vector<Vec3> positions;
  for (int x = 0; x < perSide; ++x)
    for (int y = 0; y < perSide; ++y)
      for (int z = 0; z < perSide; ++z) {
        const Vec3 moved =
            Vec3{x + 0.5, y + 0.5, z + 0.5} + jitter * noiseVector(seed, static_cast<int>(positions.size()));
        positions.push_back((moved.x * box.a + moved.y * box.b + moved.z * box.c) / perSide);
      }
  return positions;
}

Topology chargedMixture(int atoms) {
  Topology topology = bareTopology(atoms);
  topology.typeCount = 2;
  topology.typeNames = {"A", "B"};
  topology.pairs = {lennardJonesOf(0.25, 0.5), lennardJonesOf(0.28, 0.4), lennardJonesOf(0.28, 0.4),
                    lennardJonesOf(0.3, 0.3)};
  for (int n = 0; n < atoms; ++n) {
    const auto at = static_cast<std::size_t>(n);
    topology.types[at] = (n / 2) % 2;
    topology.charges[at] = n % 2 == 0 ? 0.7 : -0.7;
    topology.masses[at] = 10 + n % 5;
  }
  return topology;
}

Topology argon(int atoms) {
  Topology topology = bareTopology(atoms);
  topology.pairs = {lennardJonesOf(kArgonSigma, kArgonEpsilon)};
  topology.typeNames = {"Ar"};
  std::fill(topology.masses.begin(), topology.masses.end(), 39.948);
  std::fill(topology.elements.begin(), topology.elements.end(), 18);
  std::fill(topology.names.begin(), topology.names.end(), "Ar");
  return topology;
}

namespace {

// TIP3P: Jorgensen, Chandrasekhar, Madura, Impey and Klein 1983, table I.
constexpr double kOH = 0.09572, kAngle = 104.52 * 3.14159265358979323846 / 180;

Topology oneWater() {
  Topology topology = bareTopology(3);
  joinMolecule(topology);
  topology.residues = {{"SOL", 1, ' ', "", 0, 3}};
  topology.residueOf = {0, 0, 0};
  topology.elements = {8, 1, 1};
  topology.names = {"OW", "HW1", "HW2"};
  topology.masses = {15.9994, 1.008, 1.008};
  topology.charges = {-0.834, 0.417, 0.417};
  topology.types = {0, 1, 1};
  topology.typeCount = 2;
  topology.typeNames = {"OW", "HW"};
  topology.pairs = {lennardJonesOf(0.315061, 0.6364), {}, {}, {}};
  topology.settles = {{0, 1, 2, kOH, 2 * kOH * std::sin(kAngle / 2)}};
  exclude(topology, 0, 1);
  exclude(topology, 0, 2);
  exclude(topology, 1, 2);
  return topology;
}

/// A turn about a random axis by a random angle (Rodrigues' formula).
Vec3 turned(Vec3 r, Vec3 axis, double angle) {
  return std::cos(angle) * r + std::sin(angle) * cross(axis, r) +
         ((1 - std::cos(angle)) * dot(axis, r)) * axis;
}

}  // namespace

Topology waters(int count) {
  Topology topology;
  append(topology, oneWater(), count);
  return topology;
}

std::vector<Vec3> waterShape() {
  const double half = kAngle / 2;
  return {{0, 0, 0},
          {kOH * std::sin(half), kOH * std::cos(half), 0},
          {-kOH * std::sin(half), kOH * std::cos(half), 0}};
}

System waterBox(int perSide, std::uint64_t seed) {
  // 33.4 molecules a cubic nanometre.
  const double side = perSide / std::cbrt(33.4);
  System system{"water", waters(perSide * perSide * perSide), {}};
  system.state.box = rectangularBox(side, side, side);
  const std::vector<Vec3> places = jitteredLattice(system.state.box, perSide, 0.03, seed);
  for (std::size_t n = 0; n < places.size(); ++n) {
    const int index = static_cast<int>(n);
    const Vec3 axis = core::normalised(noiseVector(seed + 1, index));
    for (const Vec3 atom : waterShape())
      system.state.positions.push_back(places[n] + turned(atom, axis, 6.28 * noise(seed + 2, index)));
  }
  return system;
}

Settings plainSettings() {
  Settings settings;
  settings.dynamics.integrator = Integrator::velocityVerlet;
  settings.dynamics.thermostat = Thermostat::none;
  settings.dynamics.constraints = Constraints::none;
  settings.dynamics.centreOfMassInterval = 0;
  return settings;
}

}  // namespace aula::test
