// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "molecular/input/gromacs.h"
#include "unit/molecular_input/files.h"

using namespace aula;
using namespace aula::molecular;
using test::kSmallForceField;
using testing::ElementsAre;

namespace {

TopologyFile read(const std::string& text) {
  return readTopology("top", test::optionsOf({{"top", text}}));
}
Topology resolved(const std::string& text) {
  const TopologyFile file = read(text);
  return resolve(file.tables, file.counts());
}

constexpr double kDegree = std::numbers::pi / 180;

/// A chain of `count` carbons C1, C2, ... with the sections given.
std::string chain(const std::string& tables, int count, const std::string& sections, int nrexcl = 3) {
  std::string text =
      kSmallForceField + tables + "[ moleculetype ]\nchain " + std::to_string(nrexcl) + "\n[ atoms ]\n";
  for (int n = 1; n <= count; ++n)
    text += std::to_string(n) + " CT 1 RES C" + std::to_string(n) + " 1 0.25\n";
  return text + sections + "\n[ system ]\nA chain\n[ molecules ]\nchain 1\n";
}

TEST(Resolve, TakesMassChargeAndElementFromTheTypeWhereTheAtomHasNone) {
  const Topology t = resolved(std::string(kSmallForceField) +
                              "[ moleculetype ]\nm 3\n[ atoms ]\n1 HC 7B RES H1 1\n2 CT 7B RES C 1 -0.5 14\n"
                              "[ molecules ]\nm 2\n");
  EXPECT_THAT(t.masses, ElementsAre(1.008, 14, 1.008, 14));
  EXPECT_THAT(t.charges, ElementsAre(0.1, -0.5, 0.1, -0.5));
  EXPECT_THAT(t.elements, ElementsAre(1, 6, 1, 6));
  EXPECT_THAT(t.residueOf, ElementsAre(0, 0, 1, 1));
  EXPECT_EQ(t.residues[0].number, 7);
  EXPECT_EQ(t.residues[0].insertion, 'B');
  EXPECT_EQ(t.molecules.size(), 4U) << "atoms that nothing joins are molecules of their own";
}

TEST(Resolve, CombinesByRule) {
  const auto mixed = [](int rule, const std::string& extra) {
    const Topology t =
        resolved("[ defaults ]\n1 " + std::to_string(rule) +
                 " yes\n[ atomtypes ]\nA 1 1 0 A 0.2 0.4\nB 1 1 0 A 0.8 0.9\nU 1 1 0 A 1 1\n" + extra +
                 "[ moleculetype ]\nm 1\n[ atoms ]\n1 A 1 R A 1\n2 B 1 R B 1\n[ molecules ]\nm 1\n");
    EXPECT_EQ(t.typeCount, 2) << "unused types stay out of the table";
    EXPECT_EQ(t.pair(0, 1), t.pair(1, 0));
    return t.pair(0, 1);
  };
  const auto sigmaEpsilon = [](double sigma, double epsilon) {
    return std::pair{4 * epsilon * std::pow(sigma, 6), 4 * epsilon * std::pow(sigma, 12)};
  };
  EXPECT_NEAR(mixed(1, "").c6, 0.4, 1e-15);
  EXPECT_NEAR(mixed(1, "").c12, 0.6, 1e-15);
  EXPECT_NEAR(mixed(2, "").c6, sigmaEpsilon(0.5, 0.6).first, 1e-15);
  EXPECT_NEAR(mixed(2, "").c12, sigmaEpsilon(0.5, 0.6).second, 1e-15);
  EXPECT_NEAR(mixed(3, "").c6, sigmaEpsilon(0.4, 0.6).first, 1e-15);
  EXPECT_NEAR(mixed(3, "").c12, sigmaEpsilon(0.4, 0.6).second, 1e-15);
  EXPECT_NEAR(mixed(2, "[ nonbond_params ]\nB A 1 0.3 0.7\n").c6, sigmaEpsilon(0.3, 0.7).first, 1e-15);
}

TEST(Resolve, ExcludesAlongBondsAndWhereTold) {
  const std::string bonds = "[ bonds ]\n1 2 5\n2 3 1 0.15 1000\n[ constraints ]\n3 4 1 0.15\n4 5 2 0.15\n";
  const Topology t = resolved(chain("", 6, bonds + "[ exclusions ]\n1 6\n", 2));
  const auto excluded = [&](int atom) {
    const auto at = static_cast<std::size_t>(atom - 1);
    std::vector<int> list(t.exclusions.begin() + t.exclusionStart[at],
                          t.exclusions.begin() + t.exclusionStart[at + 1]);
    for (int& other : list) ++other;
    return list;
  };
  EXPECT_THAT(excluded(1), ElementsAre(2, 3, 6));
  EXPECT_THAT(excluded(2), ElementsAre(1, 3, 4));
  EXPECT_THAT(excluded(4), ElementsAre(2, 3)) << "a constraint of function 2 is no chemical bond";
  EXPECT_THAT(excluded(5), ElementsAre());
  EXPECT_THAT(excluded(6), ElementsAre(1));
  ASSERT_EQ(t.molecules.size(), 2U) << "yet it holds atoms together";
  EXPECT_EQ(t.molecules[0].atomCount, 5);
  EXPECT_EQ(t.bonds.size(), 1U) << "a connection (function 5) has no energy";
}

TEST(Resolve, LooksBondedTypesUpBothWaysRoundAndTheLastOneCounts) {
  const Topology t =
      resolved(std::string(kSmallForceField) +
               "[ bondtypes ]\nHC CT 1 0.1 5\nCT HC 1 0.109 1000\n[ angletypes ]\nHC CT CT 1 90 7\n"
               "[ moleculetype ]\nm 3\n[ atoms ]\n1 HC 1 R H 1\n2 CT 1 R C1 1\n3 CT 1 R C2 1\n"
               "[ bonds ]\n1 2\n2 3 1 0.15 2000\n[ angles ]\n3 2 1 1\n[ molecules ]\nm 1\n");
  EXPECT_EQ(t.bonds[0].length, 0.109);
  EXPECT_EQ(t.bonds[0].stiffness, 1000);
  EXPECT_EQ(t.bonds[1].stiffness, 2000);
  EXPECT_DOUBLE_EQ(t.angles[0].angle, std::numbers::pi / 2);
}

TEST(Resolve, PrefersDihedralTypesThatNameMore) {
  const std::string types =
      "[ dihedraltypes ]\nX CT CT X 9 0 1 3\nX CT CT CT 9 0 2 2\nX CT CT CT 9 180 3 1\nCT CT CT CT 4 180 4 "
      "2\n"
      "X CT CT CT 2 10 5\nCT CT 3 1 2 3 4 5 6\n";
  const Topology t = resolved(chain(types, 4,
                                    "[ dihedrals ]\n1 2 3 4 9\n1 2 3 4 4\n1 2 3 4 2\n1 2 3 4 3\n"
                                    "1 2 3 4 1 60 8 2\n1 2 3 4 5 1 2 3 4\n"));
  ASSERT_EQ(t.properDihedrals.size(), 3U) << "two lines of function 9 that follow each other add up";
  EXPECT_EQ(t.properDihedrals[0].stiffness, 2);
  EXPECT_EQ(t.properDihedrals[1].stiffness, 3);
  EXPECT_EQ(t.properDihedrals[1].multiplicity, 1);
  EXPECT_DOUBLE_EQ(t.properDihedrals[1].phase, std::numbers::pi);
  EXPECT_DOUBLE_EQ(t.properDihedrals[2].phase, 60 * kDegree);
  ASSERT_EQ(t.improperDihedrals.size(), 1U);
  EXPECT_EQ(t.improperDihedrals[0].stiffness, 4);
  ASSERT_EQ(t.harmonicImpropers.size(), 1U);
  EXPECT_DOUBLE_EQ(t.harmonicImpropers[0].angle, 10 * kDegree);
  ASSERT_EQ(t.ryckaertBellemans.size(), 2U);
  EXPECT_THAT(t.ryckaertBellemans[0].c, ElementsAre(1, 2, 3, 4, 5, 6));
  // F1 (1 + cos phi) / 2 + F2 (1 - cos 2 phi) / 2 + F3 (1 + cos 3 phi) / 2 + F4 (1 - cos 4 phi) / 2 at an
  // angle without symmetry, against the powers of cos(phi - pi).
  const double phi = 0.7, x = std::cos(phi - std::numbers::pi);
  double sum = 0;
  for (int n = 0; n < 6; ++n) sum += t.ryckaertBellemans[1].c[static_cast<std::size_t>(n)] * std::pow(x, n);
  EXPECT_NEAR(sum,
              (1 + std::cos(phi)) / 2 + (1 - std::cos(2 * phi)) + 3 * (1 + std::cos(3 * phi)) / 2 +
                  2 * (1 - std::cos(4 * phi)),
              1e-14);
}

TEST(Resolve, MacrosGiveParameters) {
  const Topology t = resolved("#define improper_X_X_C_O 180.0 43.93 2\n" +
                              chain("", 4, "[ dihedrals ]\n1 2 3 4 4 improper_X_X_C_O\n"));
  EXPECT_EQ(t.improperDihedrals[0].stiffness, 43.93);
  EXPECT_EQ(t.improperDihedrals[0].multiplicity, 2);
}

TEST(Resolve, MakesPairsFromTablesOrByTheFactor) {
  const auto pair = [](const std::string& types, const std::string& line) {
    return resolved(chain(types, 2, "[ pairs ]\n" + line + "\n")).pairs14.at(0);
  };
  const double c6 = 4 * 0.4577 * std::pow(0.34, 6);
  EXPECT_NEAR(pair("", "1 2 1").c6, 0.5 * c6, 1e-15);
  EXPECT_NEAR(pair("", "1 2 1").chargeProduct, 0.8333 * 0.0625, 1e-15);
  EXPECT_NEAR(pair("[ pairtypes ]\nCT CT 1 0.34 0.1\n", "1 2 1").c6, 4 * 0.1 * std::pow(0.34, 6), 1e-15);
  EXPECT_NEAR(pair("", "1 2 1 0.34 0.2").c6, 4 * 0.2 * std::pow(0.34, 6), 1e-15);
  EXPECT_NEAR(pair("", "1 2 2 0.5 1 -1 0.34 0.2").chargeProduct, -0.5, 1e-15);
}

TEST(Resolve, ReadsRigidWaterAndRestraints) {
  const std::string text =
      std::string(kSmallForceField) +
      "[ moleculetype ]\nSOL 2\n[ atoms ]\n1 OW 1 SOL OW 1 -0.834\n2 HW 1 SOL HW1 1 0.417\n"
      "3 HW 1 SOL HW2 1 0.417\n[ settles ]\n1 1 0.09572 0.15139\n"
      "#ifdef POSRES\n[ position_restraints ]\n1 1 10 20 30\n#endif\n[ molecules ]\nSOL 2\n";
  PreprocessorOptions options = test::optionsOf({{"top", text}});
  options.defines = {{"POSRES", ""}};
  const TopologyFile file = readTopology("top", options);
  const GroFile coordinates = parseGro(
      "water\n6\n    5SOL     OW    1   1.000   1.000   1.000\n    5SOL    HW1    2   1.100   1.000   1.000\n"
      "    5SOL    HW2    3   1.000   1.100   1.000\n    6WAT     OW    4   2.000   1.000   1.000\n"
      "    6WAT    HW1    5   2.100   1.000   1.000\n    6WAT    HW2    6   2.000   1.100   1.000\n 3 3 3\n",
      "conf.gro");
  std::vector<std::string> remarks;
  const System system = combine(file, coordinates, &remarks);
  ASSERT_EQ(system.topology.settles.size(), 2U);
  EXPECT_EQ(system.topology.settles[1].hydrogen2, 5);
  EXPECT_EQ(system.topology.exclusions.size(), 12U);
  EXPECT_EQ(system.topology.molecules.size(), 2U);
  ASSERT_EQ(system.topology.positionRestraints.size(), 2U);
  EXPECT_EQ(system.topology.positionRestraints[1].reference, (Vec3{2, 1, 1}));
  EXPECT_EQ(system.topology.positionRestraints[1].stiffness, (Vec3{10, 20, 30}));
  EXPECT_EQ(system.topology.residues[0].number, 5);
  EXPECT_THAT(remarks,
              ElementsAre("3 names differ; the first: atom 4 is SOL OW in the topology and WAT OW in the "
                          "coordinates"));
  const GroFile fewer = parseGro("water\n0\n 3 3 3\n", "conf.gro");
  EXPECT_EQ(test::messageOf([&] { (void)combine(file, fewer); }),
            "the topology has 6 atoms (2 SOL of 3 atoms) and the coordinates have 0");
}

}  // namespace
