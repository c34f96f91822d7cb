// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "core/units/constants.h"
#include "molecular/prepare/born_radii.h"
#include "molecular/prepare/peptide.h"

/// A peptide built from its sequence is near enough to rest that downhill steps mend it without undoing it.
namespace {

using namespace aula;
using namespace aula::molecular;

double dihedral(Vec3 a, Vec3 b, Vec3 c, Vec3 d) {
  const Vec3 n1 = core::cross(b - a, c - b), n2 = core::cross(c - b, d - c);
  return std::atan2(core::dot(core::cross(n1, n2), core::normalised(c - b)), core::dot(n1, n2)) * 180 /
         core::kPi;
}

Vec3 at(const Topology& topology, const State& state, std::size_t residue, const std::string& name) {
  const Residue& found = topology.residues[residue];
  for (int k = found.firstAtom; k < found.firstAtom + found.atomCount; ++k)
    if (topology.names[std::size_t(k)] == name) return state.positions[std::size_t(k)];
  ADD_FAILURE() << found.name << " has no " << name;
  return {};
}

TEST(Peptide, HelixStaysOneInImplicitSolvent) {
  if (gromacsData().empty())
    GTEST_SKIP() << "GROMACS' force fields are not installed: apt install gromacs-data";
  PeptideOptions options;
  options.structure = SecondaryStructure::helix;
  System system = buildPeptide("AAKAAEAA", readForceField(), options);
  assignBornRadii(system.topology);
  Settings settings;
  settings.nonbonded.electrostatics = Electrostatics::plain;
  settings.nonbonded.hasDispersionCorrection = false;
  settings.nonbonded.hasGeneralisedBorn = true;
  settings.dynamics.constraints = Constraints::none;
  const auto engine = makeReferenceEngine(system, settings);
  const double before = engine->energies().potential();
  const double force = engine->minimise(50, 300);
  const Energies after = engine->energies();
  EXPECT_LT(after.potential(), before);
  EXPECT_LT(force, 50);
  EXPECT_LT(after[Term::generalisedBorn], 0);
  const State state = engine->state();
  // The middle of the helix; its ends fray. Energy minima of force fields lie within some 15 degrees of the
  // model.
  for (std::size_t r = 3; r < 7; ++r) {
    const Topology& topology = system.topology;
    EXPECT_NEAR(dihedral(at(topology, state, r - 1, "C"), at(topology, state, r, "N"),
                         at(topology, state, r, "CA"), at(topology, state, r, "C")),
                -57, 15);
    EXPECT_NEAR(dihedral(at(topology, state, r, "N"), at(topology, state, r, "CA"),
                         at(topology, state, r, "C"), at(topology, state, r + 1, "N")),
                -47, 15);
  }
}

}  // namespace
