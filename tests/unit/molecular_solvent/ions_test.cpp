// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/error.h"
#include "molecular/prepare/join.h"
#include "molecular/prepare/solvate.h"

using namespace aula;
using namespace aula::molecular;

namespace {

const Topology& sodiumAtom() {
  static const Topology made = topologyOf(sodium(WaterModel::spce));
  return made;
}
const Topology& chlorideAtom() {
  static const Topology made = topologyOf(chloride(WaterModel::spce));
  return made;
}
System liquid() {
  return waterBox(molecular::water(WaterModel::spce), rectangularBox(3, 3, 3));
}
int countOf(const System& system, const std::string& residue) {
  return static_cast<int>(std::count_if(system.topology.residues.begin(), system.topology.residues.end(),
                                        [&](const Residue& r) { return r.name == residue; }));
}
std::string message(const System& system, const IonOptions& options) {
  try {
    (void)addIons(system, sodiumAtom(), chlorideAtom(), options);
  } catch (const core::Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(Ions, ReachTheConcentrationAndKeepTheirDistance) {
  const System system = addIons(liquid(), sodiumAtom(), chlorideAtom(), {.concentration = 0.5});
  // 0.5 mol/l x 0.602214 x 27 nm^3 = 8.13.
  EXPECT_EQ(countOf(system, "NA"), 8);
  EXPECT_EQ(countOf(system, "CL"), 8);
  EXPECT_EQ(countOf(system, "SOL"), countOf(liquid(), "SOL") - 16);
  std::vector<Vec3> ions;
  for (std::size_t n = 0; n < system.topology.names.size(); ++n)
    if (system.topology.names[n] == "NA" || system.topology.names[n] == "CL")
      ions.push_back(system.state.positions[n]);
  for (std::size_t i = 0; i < ions.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) EXPECT_GE(length(system.state.box.nearest(ions[i] - ions[j])), 0.5);
  EXPECT_NO_THROW(validate(system.topology));
}

TEST(Ions, NeutraliseAndAreTheSameForTheSameSeedAlone) {
  System charged = liquid();
  charged.topology = joined(charged.topology, chlorideAtom(), 3);
  for (const double x : {0.5, 1.5, 2.5}) charged.state.positions.push_back({x, 0.2, 0.2});
  const System system = addIons(charged, sodiumAtom(), chlorideAtom());
  EXPECT_EQ(countOf(system, "NA"), 3);
  EXPECT_EQ(countOf(system, "CL"), 3);
  EXPECT_NEAR(std::accumulate(system.topology.charges.begin(), system.topology.charges.end(), 0.0), 0, 1e-9);
  EXPECT_EQ(addIons(charged, sodiumAtom(), chlorideAtom()).state.positions, system.state.positions);
  EXPECT_NE(addIons(charged, sodiumAtom(), chlorideAtom(), {.seed = 2}).state.positions,
            system.state.positions);
  EXPECT_EQ(addIons(charged, sodiumAtom(), chlorideAtom(), {.neutralises = false}).state.positions,
            charged.state.positions);
}

TEST(Ions, OfTwoChargesComeInTheirProportion) {
  Ion magnesium{"MG", "Mg", 12, 24.305, 2, 0.14, 3.7};
  const System system = addIons(liquid(), topologyOf(magnesium), chlorideAtom(), {.concentration = 0.5});
  EXPECT_EQ(countOf(system, "MG"), 8);
  EXPECT_EQ(countOf(system, "CL"), 16);
}

TEST(Ions, SayWhatIsMissing) {
  System small = waterBox(molecular::water(WaterModel::spce), rectangularBox(1.5, 1.5, 1.5));
  EXPECT_EQ(message(small, {.concentration = 20}),
            "only 12 of 82 ions find a place at least 0.500000 nm from each other and from the rest; ask for "
            "a smaller "
            "distance");
  EXPECT_EQ(message(small, {.concentration = -1}),
            "a concentration of -1.000000 mol/l is asked for; allowed are 0 to 50 mol/l");
  EXPECT_EQ(message(small, {.concentration = 50}),
            "204 ions are asked for, and there are only 112 molecules of rigid water to take their places");
  small.state.box = {};
  EXPECT_EQ(message(small, {}), "ions need a box: a charge in vacuum is not neutralised");
  EXPECT_THROW((void)addIons(liquid(), chlorideAtom(), sodiumAtom()), core::Error);
}

}  // namespace
