// SPDX-License-Identifier: Apache-2.0
#include "molecular/prepare/born_radii.h"

#include <gtest/gtest.h>

#include "core/error.h"

using namespace aula;
using namespace aula::molecular;

namespace {

/// H-N-C-H in a row.
Topology chain() {
  Topology topology;
  topology.elements = {1, 7, 6, 1};
  topology.masses = {1, 14, 12, 1};
  topology.names = {"H", "N", "C", "HA"};
  topology.residueOf = {0, 0, 0, 0};
  topology.residues = {{"ALA", 7, ' ', "A", 0, 4}};
  topology.bonds = {{0, 1, 0.1, 1}, {1, 2, 0.1, 1}, {2, 3, 0.1, 1}};
  return topology;
}

TEST(BornRadii, HydrogenOnNitrogenIsLargerInMbondi2) {
  Topology topology = chain();
  assignBornRadii(topology);
  EXPECT_EQ(topology.bornRadii, (std::vector<double>{0.13, 0.155, 0.17, 0.12}));
  EXPECT_EQ(topology.bornScales, (std::vector<double>{0.85, 0.79, 0.72, 0.85}));
  assignBornRadii(topology, BornRadii::bondi);
  EXPECT_EQ(topology.bornRadii, (std::vector<double>{0.12, 0.155, 0.17, 0.12}));
}

TEST(BornRadii, RefusesElementsWithoutARadius) {
  Topology topology = chain();
  for (const int element : {0, 92}) {
    topology.elements[2] = element;
    try {
      assignBornRadii(topology);
      ADD_FAILURE() << element << " has a radius";
    } catch (const core::Error& error) {
      EXPECT_EQ(std::string(error.what()),
                std::string("atom C of residue ALA 7 ") +
                    (element == 0 ? "has no known element" : "is of element 92") +
                    ", for which implicit solvent has no radius; leave it out or use explicit water");
    }
  }
}

}  // namespace
