// SPDX-License-Identifier: Apache-2.0
#include "molecules/lattice_water.h"

#include <cmath>
#include <numbers>

#include "molecular/model/random.h"

namespace aula::bench {

using namespace molecular;

namespace {

Topology oneWater() {
  constexpr double kDistance = 0.09572,
                   kAngle = 104.52 * std::numbers::pi / 180;  // nm; Jorgensen 1983, table I
  constexpr double kSigma = 0.315061, kEpsilon = 0.636386;    // nm, kJ/mol
  Topology water;
  water.masses = {15.9994, 1.008, 1.008};
  water.charges = {-0.834, 0.417, 0.417};
  water.types = {0, 1, 1};
  water.elements = {8, 1, 1};
  water.names = {"OW", "HW1", "HW2"};
  water.residueOf = {0, 0, 0};
  water.residues = {{"SOL", 1, ' ', "", 0, 3}};
  water.molecules = {{0, 3}};
  water.typeCount = 2;
  water.typeNames = {"OW", "HW"};
  const double sigma6 = std::pow(kSigma, 6);
  water.pairs = {{4 * kEpsilon * sigma6, 4 * kEpsilon * sigma6 * sigma6}, {}, {}, {}};
  water.settles = {{0, 1, 2, kDistance, 2 * kDistance * std::sin(kAngle / 2)}};
  water.exclusionStart = {0, 2, 4, 6};
  water.exclusions = {1, 2, 0, 2, 0, 1};
  return water;
}

/// Three numbers even in -1..1.
Vec3 noise(int molecule) {
  const RandomBits bits = randomBits(1, molecule, 0, RandomPurpose::preparation);
  Vec3 three;
  for (int axis = 0; axis < 3; ++axis)
    three[axis] = 2 * uniformFromBits<double>(bits.word[static_cast<std::size_t>(axis)]) - 1;
  return three;
}

}  // namespace

System latticeWater(int perSide) {
  constexpr double kDensity = 33.3;  // molecules a cubic nanometre
  const double spacing = 1 / std::cbrt(kDensity);
  System system;
  system.title = "water on a lattice";
  append(system.topology, oneWater(), perSide * perSide * perSide);
  system.state.box = rectangularBox(perSide * spacing, perSide * spacing, perSide * spacing);
  const Settle shape = system.topology.settles.front();
  const double half = shape.distanceHH / 2,
               height = std::sqrt(shape.distanceOH * shape.distanceOH - half * half);
  int molecule = 0;
  for (int x = 0; x < perSide; ++x)
    for (int y = 0; y < perSide; ++y)
      for (int z = 0; z < perSide; ++z, ++molecule) {
        const Vec3 oxygen = spacing * Vec3{x + 0.5, y + 0.5, z + 0.5};
        // The plane of the molecule: two directions at right angles.
        const Vec3 first = core::normalised(noise(2 * molecule) + Vec3{0, 0, 1e-3});
        const Vec3 second =
            core::normalised(core::cross(first, noise(2 * molecule + 1) + Vec3{1e-3, 2e-3, 0}));
        system.state.positions.push_back(oxygen);
        system.state.positions.push_back(oxygen + height * first + half * second);
        system.state.positions.push_back(oxygen + height * first - half * second);
      }
  return system;
}

}  // namespace aula::bench
