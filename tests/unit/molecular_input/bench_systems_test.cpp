// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <numbers>
#include <numeric>
#include <string>

#include "molecular/input/gromacs.h"
#include "molecular/model/constants.h"
#include "support/scratch_folder.h"
#include "support/shared_data.h"

using namespace aula;
using namespace aula::molecular;

namespace {

struct Expected {
  const char* name;
  int atoms, molecules, settles;
  double charge;
  std::size_t bonds, angles, pairs;
};

/// Names of energies as GROMACS' own single point lists them.
using Terms = std::map<std::string, double>;

double torsion(const Box& box, const State& state, int i, int j, int k, int l) {
  const auto r = [&](int a, int b) {
    return box.nearest(state.positions[static_cast<std::size_t>(a)] -
                       state.positions[static_cast<std::size_t>(b)]);
  };
  // IUPAC's sign; Blondel and Karplus 1996, equations 1 to 4.
  const Vec3 f = r(i, j), g = r(j, k), h = r(l, k);
  const Vec3 a = cross(f, g), b = cross(h, g);
  return std::atan2(dot(cross(b, a), g) / length(g), dot(a, b));
}

/// The bonded terms, written down anew: whether tables, wildcards and macros were looked up right.
Terms bondedEnergies(const System& system) {
  const Topology& t = system.topology;
  const Box& box = system.state.box;
  const auto r = [&](int a, int b) {
    return box.nearest(system.state.positions[static_cast<std::size_t>(a)] -
                       system.state.positions[static_cast<std::size_t>(b)]);
  };
  Terms terms;
  for (const Bond& bond : t.bonds)
    terms["Bond"] += bond.stiffness / 2 * std::pow(length(r(bond.i, bond.j)) - bond.length, 2);
  for (const Angle& angle : t.angles) {
    const Vec3 a = r(angle.i, angle.j), b = r(angle.k, angle.j);
    const double theta = std::acos(dot(a, b) / (length(a) * length(b)));
    terms["Angle"] += angle.stiffness / 2 * std::pow(theta - angle.angle, 2);
  }
  const auto periodic = [&](const std::vector<PeriodicDihedral>& dihedrals, const char* name) {
    for (const PeriodicDihedral& d : dihedrals)
      terms[name] +=
          d.stiffness *
          (1 + std::cos(d.multiplicity * torsion(box, system.state, d.i, d.j, d.k, d.l) - d.phase));
  };
  periodic(t.properDihedrals, "Proper Dih.");
  periodic(t.improperDihedrals, "Per. Imp. Dih.");
  for (const RyckaertBellemans& d : t.ryckaertBellemans) {
    const double x = std::cos(torsion(box, system.state, d.i, d.j, d.k, d.l) - std::numbers::pi);
    for (int n = 0; n < 6; ++n) terms["Ryckaert-Bell."] += d.c[static_cast<std::size_t>(n)] * std::pow(x, n);
  }
  for (const Pair14& pair : t.pairs14) {
    const double d = length(r(pair.i, pair.j));
    terms["LJ-14"] += pair.c12 / std::pow(d, 12) - pair.c6 / std::pow(d, 6);
    terms["Coulomb-14"] += kCoulomb * pair.chargeProduct / d;
  }
  return terms;
}

class BenchSystem : public testing::TestWithParam<Expected> {};

TEST_P(BenchSystem, IsReadAsGromacsReadsIt) {
  const Expected& expected = GetParam();
  AULA_NEED_SHARED_DATA(data, "md");
  const auto folder = data / expected.name;
  std::vector<std::string> remarks;
  const System system = readGromacs(folder / "topol.top", folder / "conf.gro", {}, &remarks);
  const Topology& topology = system.topology;
  EXPECT_THAT(remarks, testing::IsEmpty());
  EXPECT_EQ(topology.atomCount(), expected.atoms);
  EXPECT_EQ(static_cast<int>(topology.molecules.size()), expected.molecules);
  EXPECT_EQ(static_cast<int>(topology.settles.size()), expected.settles);
  EXPECT_EQ(topology.bonds.size(), expected.bonds);
  EXPECT_EQ(topology.angles.size(), expected.angles);
  EXPECT_EQ(topology.pairs14.size(), expected.pairs);
  // Charges have four decimals; tens of thousands of them are summed.
  EXPECT_NEAR(std::accumulate(topology.charges.begin(), topology.charges.end(), 0.0), expected.charge, 1e-6);
  for (const int number : topology.elements) EXPECT_GT(number, 0);
  EXPECT_EQ(system.state.velocities.size(), topology.masses.size());
  EXPECT_TRUE(system.state.box.isRectangular());

  const auto stored = nlohmann::json::parse(std::ifstream(folder / "single_point.json"));
  const Terms terms = bondedEnergies(system);
  int compared = 0;
  for (const auto& [name, value] : stored["converged"]["energies"].items())
    if (const auto found = terms.find(name); found != terms.end()) {
      // The stored figures come from positions of three decimals read as doubles: equal to rounding of sums
      // of 1e4 terms. GROMACS' own 1 / (4 pi eps0) has nine digits.
      EXPECT_NEAR(found->second, value.get<double>(), 1e-7 * std::abs(value.get<double>())) << name;
      ++compared;
    }
  EXPECT_EQ(compared, static_cast<int>(terms.size()));
}

// What a user's own topol.top says: nothing but includes of what GROMACS installs.
TEST(InstalledForceField, IsFoundByItsName) {
  if (installedForceFields().empty())
    GTEST_SKIP() << "GROMACS' data is not installed (Debian's package gromacs-data)";
  const test::ScratchFolder folder;
  std::ofstream(folder / "topol.top") << "#include \"amber99sb-ildn.ff/forcefield.itp\"\n"
                                         "#include \"amber99sb-ildn.ff/tip3p.itp\"\n"
                                         "#include \"amber99sb-ildn.ff/ions.itp\"\n"
                                         "[ system ]\nBrine\n[ molecules ]\nSOL 3\nNA 1\nCL 1\n";
  const auto read = [&](const std::map<std::string, std::string>& defines) {
    PreprocessorOptions options;
    options.defines = defines;
    const TopologyFile file = readTopology(folder / "topol.top", options);
    return resolve(file.tables, file.counts());
  };
  const Topology rigid = read({}), flexible = read({{"FLEXIBLE", ""}});
  EXPECT_EQ(rigid.atomCount(), 11);
  EXPECT_EQ(rigid.settles.size(), 3U);
  EXPECT_EQ(flexible.settles.size(), 0U);
  EXPECT_EQ(flexible.bonds.size(), 6U);
  EXPECT_EQ(flexible.exclusions, rigid.exclusions);
  EXPECT_THAT(rigid.typeNames, testing::ElementsAre("OW", "HW", "Na", "Cl"));
}

INSTANTIATE_TEST_SUITE_P(Systems, BenchSystem,
                         testing::Values(Expected{"water3k", 2946, 982, 982, 0, 0, 0, 0},
                                         Expected{"dhfr", 23558, 7024, 7023, -11, 2523, 4561, 6556},
                                         Expected{"lysozyme", 33876, 10645, 10636, 0, 1984, 3547, 5106},
                                         Expected{"water24k", 23379, 7793, 7793, 0, 0, 0, 0}),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
