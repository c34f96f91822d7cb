// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "backend/molecular_device/device_test.h"
#include "core/error.h"
#include "molecular/input/gromacs.h"
#include "molecular/reference/force_field.h"
#include "physics/molecular/systems.h"
#include "support/shared_data.h"

/// Forces, energies and virial of the CUDA code, run on the checking device, against the double-precision
/// reference.
///
/// Forces are in single precision. A position on the mesh has 24 bits of a number up to 30: 2e-6 of a mesh
/// step, and so have the weights and slopes that follow from it; pairs and sums add a few times 1e-7. Asked
/// for are 1e-5 of the root mean square of the forces. Water and proteins have close pairs whose large forces
/// nearly cancel within a molecule, a hundred times the rest of the mesh's part: 3e-5. Energies are summed in
/// double from parts of 1e-7 each.
namespace aula::test {
namespace {

using namespace molecular;

Settings defaults() {
  return {};
}

/// Root mean square of the differences over that of the forces.
double relativeError(const std::vector<Vec3>& found, const std::vector<Vec3>& expected) {
  double off = 0, all = 0;
  for (std::size_t n = 0; n < found.size(); ++n) {
    const Vec3 d = found[n] - expected[n];
    off += dot(d, d);
    all += dot(expected[n], expected[n]);
  }
  return std::sqrt(off / all);
}

System mixture(int atoms, const Box& box) {
  System system{"mixture", chargedMixture(atoms), {}};
  int side = 1;
  while (side * side * side < atoms) ++side;
  system.state.positions = jitteredLattice(box, side, 0.2, 7);
  system.state.positions.resize(static_cast<std::size_t>(atoms));
  system.state.box = box;
  return system;
}

class DeviceForces : public DeviceTest {
 protected:
  static void compare(const System& system, const Settings& settings, double forceTolerance,
                      const External& external = {}) {
    const RigidPlan plan = planRigid(system.topology, settings.dynamics);
    const reference::ForceField field(system.topology, plan, settings.nonbonded, system.state.box);
    const reference::Sums sums = field.evaluate(system.state.positions, system.state.box, external);
    const auto engine = makeDevice(system, settings);
    engine->setExternal(external);
    EXPECT_LT(relativeError(engine->forces(), sums.forces), forceTolerance);
    const Energies found = engine->energies();
    double size = 0;
    for (const double term : sums.energies.terms) size += std::abs(term);
    for (int n = 0; n < kTermCount; ++n)
      EXPECT_NEAR(found.terms[static_cast<std::size_t>(n)], sums.energies.terms[static_cast<std::size_t>(n)],
                  2e-6 * size)
          << termName(static_cast<Term>(n));
    if (plan.constraints.empty() && system.topology.settles.empty()) {
      double virial = 0;
      for (const Vec3& row : sums.energies.virial) virial += core::length(row);
      for (std::size_t row = 0; row < 3; ++row)
        for (int column = 0; column < 3; ++column)
          EXPECT_NEAR(found.virial[row][column], sums.energies.virial[row][column],
                      forceTolerance * virial + 1e-6 * size);
    }
  }
  static void compareSample(const char* name) {
    AULA_NEED_SHARED_DATA(folder, std::string("md/") + name);
    Settings settings;
    settings.dynamics.constraints = Constraints::none;
    compare(readGromacs(folder / "topol.top", folder / "conf.gro"), settings, 3e-5);
  }
};
using LongDeviceForces = DeviceForces;

TEST_P(DeviceForces, MixtureInARectangularBox) {
  for (const int atoms : {2, 7, 64, 333, 1000}) {
    SCOPED_TRACE(atoms);
    compare(mixture(atoms, rectangularBox(2.6, 2.9, 3.1)), defaults(), 1e-5);
  }
}

TEST_P(DeviceForces, MixtureInATriclinicBox) {
  const Box box = reducedBox({2.9, 0, 0}, {0.9, 2.8, 0}, {-0.8, 1.1, 2.9});
  for (const int order : {4, 5}) {
    Settings settings;
    settings.nonbonded.meshOrder = order;
    compare(mixture(512, box), settings, 1e-5);
  }
}

/// Many cells along every slanted edge, so that a neighbour sought in the wrong one is missed. Coordinates
/// reach 9 nm, where single precision has 5e-7 nm; of the closest pairs, 0.2 nm apart, the twelfth power
/// makes that 3e-5 of the force.
TEST_P(DeviceForces, LargeSlantedBox) {
  Settings settings;
  settings.nonbonded.cutoff = 0.7;
  compare(mixture(4913, reducedBox({6, 0, 0}, {2.9, 5.8, 0}, {-2.8, 2.7, 5.7})), settings, 3e-5);
}

/// A tolerance that the polynomials cannot follow is refused, rather than answered wrongly.
TEST_P(DeviceForces, ATooFineEwaldToleranceIsRefused) {
  Settings settings;
  // The fit may miss 4e-6 of its value at 0, about 0.01 kJ/mol/nm a pair of these charges at 1 nm; a thin
  // mixture's forces are some hundred, and each atom has tens of such pairs: below 1e-4, which is asked of
  // single precision anywhere.
  settings.nonbonded.ewaldTolerance = 1e-6;
  compare(mixture(64, rectangularBox(2.6, 2.9, 3.1)), settings, 1e-4);
  settings.nonbonded.ewaldTolerance = 1e-12;
  EXPECT_THROW(static_cast<void>(makeDevice(mixture(64, rectangularBox(2.6, 2.9, 3.1)), settings)),
               core::Error);
}

TEST_P(DeviceForces, EveryEndOfTheForces) {
  for (const VdwModifier modifier :
       {VdwModifier::plain, VdwModifier::potentialShift, VdwModifier::potentialSwitch})
    for (const Electrostatics electrostatics :
         {Electrostatics::particleMeshEwald, Electrostatics::reactionField}) {
      Settings settings;
      settings.nonbonded.vdwModifier = modifier;
      settings.nonbonded.electrostatics = electrostatics;
      compare(mixture(343, rectangularBox(2.4, 2.5, 2.6)), settings, 1e-5);
    }
}

TEST_P(DeviceForces, WithoutABox) {
  System system = mixture(100, rectangularBox(2, 2, 2));
  system.state.box = {};
  Settings settings;
  settings.nonbonded.electrostatics = Electrostatics::plain;
  compare(system, settings, 1e-5);
}

TEST_P(DeviceForces, PullsAndFields) {
  System system = mixture(200, rectangularBox(2.5, 2.5, 2.5));
  External external;
  external.pulls.push_back({{3, 4, 17}, {1, 1, 1}, 500, 6022});
  external.pulls.push_back({{17}, {0.2, 2.4, 1}, 1e5, 3000});
  external.electricField = {0.3, -0.1, 0.2};
  compare(system, {}, 1e-5, external);
}

TEST_P(DeviceForces, Water) {
  compareSample("water3k");
}
TEST_P(LongDeviceForces, Protein) {
  compareSample("dhfr");
}

AULA_EVERY_DEVICE(DeviceForces);
AULA_EVERY_DEVICE(LongDeviceForces);

}  // namespace
}  // namespace aula::test
