// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "core/error.h"
#include "unit/molecular_lab/small_lab.h"

namespace aula::tests {
namespace {

std::string complaint(const std::string& simulation, const std::string& rest = "") {
  try {
    (void)checkedLab(smallLab(simulation, rest));
  } catch (const core::Error& error) {
    EXPECT_EQ(error.fault(), core::Fault::input);
    return error.what();
  }
  return "nothing was wrong";
}

void expectComplaint(const std::string& found, const std::string& part) {
  EXPECT_NE(found.find(part), std::string::npos) << found;
}

const std::string kGas =
    R"("system": {"gas": {"species": "argon", "count": 32, "box": ["3 nm", "3 nm", "3 nm"]}})";
const std::string kDynamics = R"("dynamics": {"temperature": "200 K"})";

TEST(MolecularMessages, ASoundLabHasNone) {
  EXPECT_EQ(complaint(""), "nothing was wrong");
}

TEST(MolecularMessages, OfTheSystem) {
  expectComplaint(
      complaint(R"("system": {}, )" + kDynamics),
      "simulation.system: says nothing of what is simulated; give one of gas, crystal, gromacs, structure, "
      "peptide, water or ice");
  expectComplaint(
      complaint(R"("system": {"gas": {"species": "argonn", "count": 3, "box": ["3 nm", "3 nm", "3 nm"]}}, )" +
                kDynamics),
      "simulation.system.gas.species");
  expectComplaint(
      complaint(
          R"("system": {"gas": {"species": "argon", "count": 3000, "box": ["2 nm", "2 nm", "2 nm"]}}, )" +
          kDynamics),
      "closer than 0.8 of their diameter of 0.341 nm; enlarge the box or take fewer atoms");
  expectComplaint(
      complaint(
          R"("system": {"crystal": {"species": "argon", "constant": "0.53 nm", "cells": [4, 4, 4], "box": ["2 nm", "3 nm", "3 nm"]}}, )" +
          kDynamics),
      "simulation.system: the crystal is 2.12 nm long along x, but its box is 2 nm");
  expectComplaint(
      complaint(
          R"("system": {"gas": {"species": {"symbol": "Qq", "mass": "1 u", "sigma": "0.3 nm", "epsilon": "1 kJ/mol"}, "count": 3, "box": ["3 nm", "3 nm", "3 nm"]}}, )" +
          kDynamics),
      "\"Qq\" is no element's symbol");
}

TEST(MolecularMessages, OfTheForces) {
  expectComplaint(complaint(kGas + ", " + kDynamics + R"(, "nonbonded": {"cutoff": "1.6 nm"})"),
                  "simulation.nonbonded.cutoff: is 1.6 nm, more than half the box's width: atoms would meet "
                  "two images of "
                  "a neighbour; at most 1.5 nm fits this box");
  expectComplaint(complaint(kGas + ", " + kDynamics + R"(, "nonbonded": {"electrostatics": "plain"})"),
                  "in a periodic box use \"particle_mesh_ewald\" or \"reaction_field\"");
  expectComplaint(complaint(kGas + R"(, "dynamics": {"temperature": "20 nm"})"),
                  "simulation.dynamics.temperature");
  expectComplaint(
      complaint(kGas + R"(, "dynamics": {"integrator": "langevin", "thermostat": "velocity_rescale"})"),
      "the integrator \"langevin\" is a thermostat itself; leave this out");
}

TEST(MolecularMessages, OfSelections) {
  expectComplaint(
      complaint("", R"("instruments": {"g": {"kind": "radial_distribution", "from": "name OW"}})"),
      "instruments.g.from: no atom of this system is meant by \"name OW\"");
  expectComplaint(complaint("", R"("instruments": {"g": {"kind": "radial_distribution", "from": "nme OW"}})"),
                  "instruments.g.from: \"nme OW\", column 1: found \"nme\", but a word that says which atoms "
                  "was expected; "
                  "did you mean \"name\"?");
  expectComplaint(complaint("", R"("scene": {"representations": [{"selection": "chain A"}]})"),
                  "scene.representations[0].selection: no atom of this system is meant by \"chain A\"");
  expectComplaint(complaint("", R"("instruments": {"d": {"kind": "geometry", "points": ["index 1"]}})"),
                  "has 1 selections; give 2 for a distance, 3 for an angle, 4 for a dihedral");
  expectComplaint(complaint("", R"("instruments": {"b": {"kind": "hydrogen_bonds"}})"),
                  "finds no hydrogen on nitrogen or oxygen in this system");
}

TEST(MolecularMessages, OfKnobsThatCannotBeLive) {
  expectComplaint(
      complaint(
          R"("system": {"gas": {"species": "argon", "count": "number", "box": ["3 nm", "3 nm", "3 nm"]}}, )" +
              kDynamics,
          R"("knobs": {"number": {"default": 32, "unit": "1", "range": [10, 40], "live": true}})"),
      "knobs.number.live: the knob changes the system (simulation.system), which cannot change while the "
      "simulation "
      "runs");
  expectComplaint(
      complaint(
          kGas + R"(, "dynamics": {"temperature": "warmth", "thermostat": "none"})",
          R"("knobs": {"warmth": {"default": "200 K", "unit": "K", "range": ["100 K", "300 K"], "live": true}})"),
      "knobs.warmth.live: the knob changes settings of the dynamics");
}

TEST(MolecularMessages, OfAFileThatIsNotThereComeWhenItIsRun) {
  const lab::CheckedLab checked = checkedLab(smallLab(
      R"("system": {"structure": {"file": "nowhere.pdb", "source": "from rcsb.org"}}, )" + kDynamics));
  compute::DeviceChoice device;
  device.kind = compute::DeviceKind::reference;
  try {
    (void)checked.plan->build(device);
    FAIL();
  } catch (const core::Error& error) {
    expectComplaint(error.what(),
                    "this lab needs the file nowhere.pdb, which everyone brings themselves (from rcsb.org): "
                    "put it beside the lab file");
  }
}

}  // namespace
}  // namespace aula::tests
