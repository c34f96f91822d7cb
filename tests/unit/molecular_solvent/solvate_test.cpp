// SPDX-License-Identifier: Apache-2.0
#include "molecular/prepare/solvate.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "core/error.h"
#include "molecular/input/structure.h"
#include "molecular/prepare/peptide.h"
#include "support/shared_data.h"

using namespace aula;
using namespace aula::molecular;

namespace {

/// A ball that excludes water: one atom of a noble gas.
System xenon(const Box& box) {
  System system;
  system.topology = topologyOf(Ion{"XE", "Xe", 54, 131.29, 0, 0.396, 1.8});
  system.state.positions = {{0.1, 0.1, 0.1}};
  system.state.box = box;
  return system;
}

TEST(Solvate, LeavesOutWhatWouldOverlapAcrossTheFacesToo) {
  const Water water = molecular::water(WaterModel::tip3p);
  const Box box = rectangularBox(2.5, 2.5, 2.5);
  // Whole radii here, so that several molecules are in the way.
  const System system = solvate(xenon(box), water, {.radiusScale = 1});
  const auto count = static_cast<double>(system.topology.molecules.size() - 1);
  for (std::size_t n = 1; n < system.state.positions.size(); ++n) {
    const double radius = (n - 1) % 3 == 0 ? 0.152 : 0.12;
    EXPECT_GE(length(box.nearest(system.state.positions[n] - system.state.positions[0])), 0.216 + radius);
  }
  // The ball without oxygens (0.368 nm) holds 0.209 nm^3, 6.8 molecules of the liquid. The liquid's number in
  // such a ball is spread by less than that of free particles, a standard deviation of 2.6; hydrogens reach
  // into it, which costs up to as many again as the shell of their 0.1 nm holds, 6.
  const double liquid = water.numberDensity * box.volume();
  EXPECT_LT(count, liquid - 6.8 + 2 * 2.6);
  EXPECT_GT(count, liquid - 6.8 - 6 - 2 * 2.6);
  EXPECT_EQ(system.topology.residues[1].number, 2);
  EXPECT_NO_THROW(validate(system.topology));
}

TEST(Solvate, FillsBoxesAroundWithTheMarginAskedFor) {
  for (const BoxShape shape :
       {BoxShape::cube, BoxShape::rectangular, BoxShape::dodecahedron, BoxShape::octahedron}) {
    System two = xenon({});
    two.topology = topologyOf(Ion{"XE", "Xe", 54, 131.29, 0, 0.396, 1.8});
    append(two.topology, Topology(two.topology));
    two.state.positions = {{0, 0, 0}, {1, 0, 0}};
    const System system = inBox(two, 0.8, shape);
    // The nearest copy of the whole: as far as opposite faces are.
    const Box& box = system.state.box;
    double nearest = 1e300;
    for (int i = -1; i <= 1; ++i)
      for (int j = -1; j <= 1; ++j)
        for (int k = -1; k <= 1; ++k)
          if (i != 0 || j != 0 || k != 0)
            nearest = std::min(nearest, length(i * box.a + j * box.b + k * box.c));
    // Xenon atoms reach 0.5 nm from their middle along x alone.
    EXPECT_NEAR(nearest, shape == BoxShape::rectangular ? 1.6 : 2.6, 1e-12);
    // Copies are at least twice the margin apart.
    EXPECT_GE(length(system.state.positions[0] + box.a - system.state.positions[1]), 1.6 - 1e-12);
  }
  EXPECT_THROW((void)inBox(xenon({}), -1), core::Error);
  EXPECT_THROW((void)solvate(xenon({}), molecular::water(WaterModel::tip3p)), core::Error);
}

TEST(Solvate, GivesAProteinItsWaterAndIons) {
  AULA_NEED_SHARED_DATA(data, "molecules");
  if (gromacsData().empty()) GTEST_SKIP() << "GROMACS' data is not installed (Debian's package gromacs-data)";
  const ForceField forceField = readForceField("amber99sb-ildn");
  const System protein = prepare(readStructure(data / "1aki.pdb"), forceField);
  const System system = solvate(inBox(protein, 1.0), waterOf(forceField, "tip3p"));
  const auto count = static_cast<double>(system.topology.settles.size());
  // A protein of 14.3 kDa takes 0.73 cm^3/g (Chalikian et al. 1996 give lysozyme 0.71 to 0.74), 17.3 nm^3;
  // the rest of the box is water at its own density, to the two per cent that a first constant-pressure run
  // mends.
  const double expected =
      molecular::water(WaterModel::tip3p).numberDensity * (system.state.box.volume() - 17.3);
  EXPECT_NEAR(count, expected, 0.02 * expected);
  const double charge = std::accumulate(system.topology.charges.begin(), system.topology.charges.end(), 0.0);
  EXPECT_NEAR(charge, 8, 1e-9);
  const System neutral =
      addIons(system, ionOf(forceField, "NA"), ionOf(forceField, "CL"), {.concentration = 0.15});
  EXPECT_NEAR(std::accumulate(neutral.topology.charges.begin(), neutral.topology.charges.end(), 0.0), 0,
              1e-9);
  EXPECT_NO_THROW(validate(neutral.topology));
  EXPECT_THROW((void)ionOf(forceField, "unobtainium"), core::Error);
  EXPECT_THROW((void)waterOf(forceField, "tip4p"), core::Error);
}

}  // namespace
