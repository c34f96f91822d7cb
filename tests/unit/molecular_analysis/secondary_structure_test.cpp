// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>

#include <cmath>

#include "molecular/analysis/dssp.h"
#include "unit/molecular_analysis/systems.h"

namespace aula::tests {
namespace {

using namespace molecular;

std::string lettersOf(const System& system) {
  return secondaryStructure(backboneOf(system.topology), system.state.positions);
}

TEST(SecondaryStructure, EnergyOfABondIsThatOfTheFormula) {
  // A straight C=O...H-N with 0.123, 0.19 and 0.101 nm: in kcal/mol 332 * 0.42 * 0.2 * (1/2.91 + 1/3.13 -
  // 1/1.90 - 1/4.14).
  const double expected = 4.184 * 332 * 0.084 * (1 / 2.91 + 1 / 3.13 - 1 / 1.90 - 1 / 4.14);
  EXPECT_NEAR(backboneBondEnergy({0, 0, 0}, {0.123, 0, 0}, {0.414, 0, 0}, {0.313, 0, 0}), expected, 1e-9);
  EXPECT_LT(expected, kBackboneBond);
}

TEST(SecondaryStructure, OfAlphaTorsionsIsAnAlphaHelix) {
  const std::string letters = lettersOf(makePeptide(std::vector<std::array<double, 2>>(12, {-57, -47})));
  ASSERT_EQ(letters.size(), 12U);
  // The first and the last residue belong to turns' ends, and are none.
  EXPECT_EQ(letters, " HHHHHHHHHH ");
}

TEST(SecondaryStructure, OfTighterTorsionsIsA310Helix) {
  const std::string letters = lettersOf(makePeptide(std::vector<std::array<double, 2>>(12, {-60, -26})));
  EXPECT_EQ(letters.find_first_not_of(" GT"), std::string::npos) << letters;
  EXPECT_GE(std::count(letters.begin(), letters.end(), 'G'), 6) << letters;
}

TEST(SecondaryStructure, OfAStretchedChainIsNone) {
  const std::string letters = lettersOf(makePeptide(std::vector<std::array<double, 2>>(12, {-139, 135})));
  EXPECT_EQ(letters, std::string(12, ' '));
}

TEST(SecondaryStructure, OfTwoStrandsSideBySideIsALadder) {
  // A strand and its image under a half turn about an axis square to it run antiparallel. The image is moved
  // until its bonds close: the arrangement is found by trying distances, and must be there at one a protein's
  // sheet has.
  const std::vector<std::array<double, 2>> strand(9, {-139, 135});
  const System one = makePeptide(strand);
  bool hasFound = false;
  std::string best;
  const Vec3 first = one.state.positions[2], last = one.state.positions[one.state.positions.size() - 4];
  const Vec3 along = core::normalised(last - first);
  // The direction of a C=O in the strand's middle, square to the strand: there the neighbour lies.
  const Vec3 co = one.state.positions[4 * 6 + 5] - one.state.positions[4 * 6 + 4];
  const Vec3 side = core::normalised(co - core::dot(co, along) * along), normal = core::cross(along, side);
  const Vec3 middle = 0.5 * (first + last);
  for (double distance = 0.44; distance < 0.56 && !hasFound; distance += 0.02)
    for (double slide = -0.35; slide <= 0.35 && !hasFound; slide += 0.05) {
      std::vector<HandAtom> atoms;
      std::vector<std::array<int, 2>> bonds;
      const int count = one.topology.atomCount();
      for (int copy = 0; copy < 2; ++copy) {
        for (int n = 0; n < count; ++n) {
          const auto i = static_cast<std::size_t>(n);
          Vec3 p = one.state.positions[i];
          if (copy == 1) {
            // Half a turn about `normal` through a point half the distance away.
            const Vec3 d = p - middle;
            const double u = core::dot(d, along), v = core::dot(d, side), w = core::dot(d, normal);
            p = middle + (slide - u) * along + (distance - v) * side + w * normal;
          }
          const int residue = one.topology.residueOf[i] + 1 + copy * 20;
          atoms.push_back(
              {one.topology.names[i], one.topology.elements[i], "ALA", residue, copy == 0 ? "A" : "B", p});
        }
        for (const Bond& bond : one.topology.bonds)
          bonds.push_back({bond.i + copy * count, bond.j + copy * count});
      }
      const std::string letters = lettersOf(makeSystem(atoms, bonds, {}));
      if (std::count(letters.begin(), letters.end(), 'E') > std::count(best.begin(), best.end(), 'E'))
        best = letters;
      hasFound = std::count(letters.begin(), letters.end(), 'E') >= 8;
    }
  EXPECT_TRUE(hasFound) << "the best was \"" << best << '"';
}

TEST(SecondaryStructure, PutsAMissingHydrogenWhereTheCarbonylSays) {
  const System helix = makePeptide(std::vector<std::array<double, 2>>(12, {-57, -47}));
  auto backbone = backboneOf(helix.topology);
  for (auto& residue : backbone) residue.h = -1;
  EXPECT_EQ(secondaryStructure(backbone, helix.state.positions), " HHHHHHHHHH ");
}

TEST(SecondaryStructure, SeesAProlineAsNoDonor) {
  const System helix = makePeptide(std::vector<std::array<double, 2>>(12, {-57, -47}));
  auto backbone = backboneOf(helix.topology);
  for (auto& residue : backbone) residue.isProline = true;
  const std::string letters = secondaryStructure(backbone, helix.state.positions);
  EXPECT_EQ(letters.find('H'), std::string::npos) << letters;
}

}  // namespace
}  // namespace aula::tests
