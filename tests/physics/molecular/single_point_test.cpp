// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "molecular/input/gromacs.h"
#include "molecular/model/constants.h"
#include "molecular/reference/coulomb.h"
#include "molecular/reference/force_field.h"
#include "support/shared_data.h"
#include "support/tolerance.h"

/// Energies and forces of water boxes and solvated proteins against GROMACS 2022.5 in double precision, term
/// by term.
///
/// Bonded terms are the same sums in double: 1e-12 (1-4 Coulomb: 1e-8, since GROMACS' 1/(4 pi eps0) has more
/// digits than our 138.935458: 2.6e-9).
/// Pairs: coordinates have three decimals, so that some distances are the cut-off itself; whether such a pair
/// counts is a matter of the last bit. Squared distances are multiples of 1e-6 nm^2, so of N atoms (100 a
/// nm^3) about N/2 100 4 pi 5e-7 = 3e-4 N pairs lie there, a ninth of them between oxygens. With a plain cut
/// each holds 0.0025 kJ/mol of Lennard-Jones energy (1 in 6300 for 3000 atoms: 4e-7 of the term a pair), and
/// 1e-3 of Coulomb: asked for are 1e-6 of the term. With a shift they hold nothing, but GROMACS' shift of the
/// real-space Coulomb energy by erfc(beta rc)/rc = 1e-5 a pair we do not have: 1e-5 of the sum of the Coulomb
/// terms there. GROMACS counts the background of a charged box in reciprocal space, we in real space.
/// `converged` has splines of a higher order than ours: 5 on its mesh of 0.05 nm leaves 1e-4 of the
/// reciprocal term, which is 1e-5 of the sum.
/// Forces: as the energies of pairs at the cut-off (whose force is cut: 0.015 kJ/mol/nm of Lennard-Jones at 1
/// nm, 0.01 of Coulomb, beside a root mean square of 1000); 1e-5 of it. `converged`: 3e-5, by the order of
/// the splines.
namespace aula::test {
namespace {

using namespace molecular;

struct Point {
  const char* system;
  const char* settings;
};
std::ostream& operator<<(std::ostream& out, const Point& point) {
  return out << point.system << " " << point.settings;
}

Settings settingsOf(const std::string& name, const nlohmann::json& stored) {
  Settings settings;
  NonbondedSettings& nonbonded = settings.nonbonded;
  for (std::size_t axis = 0; axis < 3; ++axis) nonbonded.mesh[axis] = stored["pme_grid"][axis].get<int>();
  const bool isDefault = name.starts_with("default");
  nonbonded.vdwModifier = isDefault ? VdwModifier::potentialShift : VdwModifier::plain;
  nonbonded.hasDispersionCorrection = isDefault;
  if (name == "default_rc0.9") nonbonded.cutoff = 0.9;
  if (name == "converged") {
    nonbonded.ewaldTolerance = 1e-9;
    nonbonded.meshOrder = 5;
  }
  settings.dynamics.constraints = name == "hbonds" ? Constraints::hydrogenBonds : Constraints::none;
  return settings;
}

struct NamedTerm {
  const char* key;
  Term term;
  double relative;
};
constexpr NamedTerm kTerms[] = {
    {"Bond", Term::bond, 1e-12},
    {"Angle", Term::angle, 1e-12},
    {"Proper Dih.", Term::properDihedral, 1e-12},
    {"Per. Imp. Dih.", Term::improperDihedral, 1e-12},
    {"Ryckaert-Bell.", Term::ryckaertBellemans, 1e-12},
    {"LJ-14", Term::lennardJones14, 1e-8},
    {"Coulomb-14", Term::coulomb14, 1e-8},
    {"LJ (SR)", Term::lennardJones, 1e-6},
    {"Disper. corr.", Term::dispersionCorrection, 1e-12},
};

class SinglePoint : public ::testing::TestWithParam<Point> {};
using LongSinglePoint = SinglePoint;

void compareWithGromacs(const Point& point) {
  AULA_NEED_SHARED_DATA(folder, std::string("md/") + point.system);
  std::ifstream file(folder / "single_point.json");
  const nlohmann::json stored = nlohmann::json::parse(file);
  const std::string name = point.settings;
  const nlohmann::json& energies = stored.at(name).at("energies");
  const System system = readGromacs(folder / "topol.top", folder / "conf.gro");
  const Settings settings = settingsOf(name, stored.at(name));
  const RigidPlan plan = planRigid(system.topology, settings.dynamics);
  const reference::ForceField field(system.topology, plan, settings.nonbonded, system.state.box);
  const reference::Sums sums = field.evaluate(system.state.positions, system.state.box);
  const Energies& found = sums.energies;

  std::size_t compared = 0;
  for (const NamedTerm& term : kTerms) {
    if (!energies.contains(term.key)) {
      EXPECT_EQ(found[term.term], 0) << termName(term.term);
      continue;
    }
    EXPECT_TRUE(isNear(found[term.term], energies[term.key].get<double>(), {.relative = term.relative}))
        << termName(term.term);
    ++compared;
  }
  EXPECT_EQ(compared + 3, energies.size());  // Two Coulomb terms and the potential.
  const double coulomb = energies["Coulomb (SR)"].get<double>() + energies["Coul. recip."].get<double>();
  EXPECT_TRUE(isNear(found[Term::coulombReal] + found[Term::coulombReciprocal], coulomb,
                     {.relative = name == "usual" || name == "hbonds" ? 1e-6 : 1e-5}));
  EXPECT_TRUE(isNear(found.potential(), energies["Potential"].get<double>(), {.relative = 1e-5}));
  double background = 0;
  {
    double charge = 0;
    for (const double q : system.topology.charges) charge += q;
    const double beta = reference::ewaldBeta(settings.nonbonded);
    background =
        -kCoulomb * 3.14159265358979 * charge * charge / (2 * system.state.box.volume() * beta * beta);
  }
  EXPECT_TRUE(isNear(found[Term::coulombReciprocal], energies["Coul. recip."].get<double>() - background,
                     {.relative = name == "converged" ? 2e-4 : 1e-8}));

  const std::string key = "forces_first50_" + name;
  if (!stored.contains(key)) return;
  double squares = 0;
  for (std::size_t n = 0; n < 50; ++n) {
    const auto& force = stored[key][n];
    const Vec3 off =
        sums.forces[n] - Vec3{force[0].get<double>(), force[1].get<double>(), force[2].get<double>()};
    squares += dot(off, off);
  }
  EXPECT_LT(std::sqrt(squares / 50) / stored["rms_force"].get<double>(), name == "converged" ? 3e-5 : 1e-5);
}

TEST_P(SinglePoint, IsThatOfGromacs) {
  compareWithGromacs(GetParam());
}
TEST_P(LongSinglePoint, IsThatOfGromacs) {
  compareWithGromacs(GetParam());
}

std::string nameOf(const ::testing::TestParamInfo<Point>& one) {
  std::string name = std::string(one.param.system) + "_" + one.param.settings;
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Water, SinglePoint,
                         ::testing::Values(Point{"water3k", "usual"}, Point{"water3k", "default"},
                                           Point{"water3k", "default_rc0.9"}, Point{"water3k", "converged"},
                                           Point{"water24k", "usual"}),
                         nameOf);
INSTANTIATE_TEST_SUITE_P(Protein, SinglePoint,
                         ::testing::Values(Point{"dhfr", "usual"}, Point{"dhfr", "hbonds"},
                                           Point{"lysozyme", "default"}),
                         nameOf);
INSTANTIATE_TEST_SUITE_P(LongRest, LongSinglePoint,
                         ::testing::Values(Point{"water24k", "default"}, Point{"water24k", "default_rc0.9"},
                                           Point{"water24k", "converged"}, Point{"dhfr", "default"},
                                           Point{"dhfr", "default_rc0.9"}, Point{"dhfr", "converged"},
                                           Point{"lysozyme", "usual"}, Point{"lysozyme", "hbonds"},
                                           Point{"lysozyme", "default_rc0.9"},
                                           Point{"lysozyme", "converged"}),
                         nameOf);

}  // namespace
}  // namespace aula::test
