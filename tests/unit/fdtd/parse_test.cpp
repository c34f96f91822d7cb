// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "fdtd/fdtd.h"
#include "fdtd/instrument/instrument.h"
#include "fdtd/parse/parse.h"
#include "lab/lab.h"
#include "unit/fdtd/lab_text.h"

namespace aula::tests {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Everything that planning the lab complains about.
std::vector<std::string> problemsOf(const std::string& text) {
  const auto lab = lab::Lab::readText(text, "test");
  const auto plan = fdtd::makeFdtdKind()->plan(*lab);
  EXPECT_EQ(plan == nullptr, lab->diagnostics().hasErrors());
  return lab->diagnostics().errors();
}

fdtd::Setup setupOf(const std::string& text) {
  return fdtd::parseSimulation(lab::Lab::readText(text, "test")->simulation()).setup;
}

TEST(FdtdParse, GridIsCentredAndTheStepIsAFractionOfTheLimit) {
  const fdtd::Setup setup = setupOf(labText(R"(, "courant": 0.5)", ""));
  EXPECT_EQ(setup.grid.nx, 40);
  EXPECT_EQ(setup.grid.ny, 30);
  EXPECT_EQ(setup.grid.nz, 1);
  EXPECT_NEAR(setup.grid.origin.x, -2e-6, 1e-18);
  EXPECT_NEAR(setup.grid.origin.y, -1.5e-6, 1e-18);
  EXPECT_DOUBLE_EQ(setup.grid.dt, 0.5 * fdtd::courantLimit(setup.grid));
}

TEST(FdtdParse, ObjectsGetTheirMaterialsAndCoverEachOther) {
  const fdtd::Setup setup = setupOf(
      labText(R"(, "materials": {"glass": {"refractive_index": 1.5}, "metal": {"perfect_conductor": true}},
          "objects": [{"shape": "slab", "axis": "x", "thickness": "0.4 um", "material": "glass"},
                      {"shape": "sphere", "centre": [0, 0], "radius": "0.1 um", "material": "metal"}])",
              ""));
  ASSERT_EQ(setup.objects.size(), 2U);
  EXPECT_DOUBLE_EQ(setup.materials[std::size_t(setup.objects[0].material)].permittivity, 2.25);
  EXPECT_TRUE(setup.materials[std::size_t(setup.objects[1].material)].isPerfectConductor);
  const auto& slab = std::get<fdtd::BoxShape>(setup.objects[0].shape);
  EXPECT_DOUBLE_EQ(slab.size.x, 0.4e-6);
  EXPECT_TRUE(std::isinf(slab.size.y));
}

TEST(FdtdParse, BoundariesAreWordsOrObjectsOrPairs) {
  const fdtd::Setup setup = setupOf(labText(
      R"(, "boundaries": {"x": {"low": "pec", "high": {"kind": "cpml", "cells": 7}}, "y": "periodic"})", ""));
  EXPECT_EQ(setup.boundaries[0][0].kind, fdtd::BoundaryKind::pec);
  EXPECT_EQ(setup.boundaries[0][1].kind, fdtd::BoundaryKind::cpml);
  EXPECT_EQ(setup.boundaries[0][1].cpml.cells, 7);
  EXPECT_EQ(setup.boundaries[1][0].kind, fdtd::BoundaryKind::periodic);
}

TEST(FdtdParse, ASoundLabHasNoProblems) {
  EXPECT_THAT(problemsOf(labText(
                  "", R"("p": {"kind": "probe", "at": [0, 0]}, "s": {"kind": "slice", "quantity": "ez"})")),
              IsEmpty());
}

TEST(FdtdParse, CourantAboveTheLimitIsRefused) {
  EXPECT_THAT(problemsOf(labText(R"(, "courant": 1.2)", "")),
              ElementsAre(HasSubstr("simulation.courant: is 1.2; it must be at most 1, the Courant limit")));
}

TEST(FdtdParse, ATimeStepAboveTheLimitIsRefused) {
  EXPECT_THAT(problemsOf(labText(R"(, "time_step": "1 fs")", "")),
              ElementsAre(HasSubstr("above the Courant limit of 2.359e-16 s for this grid")));
}

TEST(FdtdParse, AnAbsurdGridIsRefusedBeforeAnythingIsAllocated) {
  std::string text = labText("", "");
  text.replace(text.find("\"4 um\""), 6, "\"4 km\"");
  EXPECT_THAT(problemsOf(text), testing::Contains(HasSubstr("asks for 4e+10 cells along x")));
}

TEST(FdtdParse, AnObjectOutsideTheDomainIsNamed) {
  EXPECT_THAT(problemsOf(labText(R"(, "materials": {"glass": {"permittivity": 2}},
                  "objects": [{"shape": "sphere", "centre": ["9 um", 0], "radius": "1 um", "material": "glass"}])",
                                 "")),
              ElementsAre(HasSubstr(
                  "simulation.objects[0]: lies outside the domain: it spans 8 um to 10 um along x, the "
                  "domain -2 um to 2 um")));
}

TEST(FdtdParse, AMisspeltMaterialGetsASuggestion) {
  EXPECT_THAT(
      problemsOf(labText(R"(, "materials": {"glass": {"permittivity": 2}},
                  "objects": [{"shape": "sphere", "centre": [0, 0], "radius": "1 um", "material": "glas"}])",
                         "")),
      ElementsAre(testing::AllOf(HasSubstr("simulation.objects[0].material"), HasSubstr("\"glass\""))));
}

TEST(FdtdParse, ABoundaryCannotBePeriodicOnOneSide) {
  EXPECT_THAT(problemsOf(labText(R"(, "boundaries": {"x": {"low": "periodic", "high": "pec"}})", "")),
              ElementsAre(HasSubstr("one face is periodic and the other is not")));
}

TEST(FdtdParse, AReferenceWithoutAnUnknownObjectIsRefused) {
  EXPECT_THAT(problemsOf(labText(R"(, "reference": {"without": ["slab"]})", "")),
              ElementsAre(HasSubstr("there is no object named \"slab\"; no object has a name")));
}

TEST(FdtdParse, InstrumentsOutsideTheDomainAreRefused) {
  EXPECT_THAT(
      problemsOf(labText("", R"("p": {"kind": "probe", "at": ["3 um", 0]})")),
      ElementsAre(HasSubstr("instruments.p.at: is outside the domain: found (3 um, 0), the domain spans "
                            "(-2 um, -1.5 um) to (2 um, 1.5 um)")));
}

TEST(FdtdParse, AComponentThatIsNotComputedIsRefused) {
  EXPECT_THAT(problemsOf(labText("", R"("p": {"kind": "probe", "at": [0, 0], "components": ["ex"]})")),
              ElementsAre(HasSubstr("\"ex\" is not a component that is computed here; allowed: ez, hx, hy")));
}

TEST(FdtdParse, AFrequencyBeyondTheTimeStepIsRefused) {
  EXPECT_THAT(
      problemsOf(labText("", R"("p": {"kind": "spectrum", "at": [0, 0], "frequencies": ["1e18 Hz"]})")),
      ElementsAre(HasSubstr("asks for 1e+18 Hz; the time step of this grid resolves less than")));
}

TEST(FdtdParse, OnlyInstrumentsOnLinesAreMarked) {
  const auto marked = [](const std::string& name) {
    std::string text = labText(
        "",
        R"("s": {"kind": "slice", "quantity": "ez"}, "l": {"kind": "spectrum", "from": [0, "-1 um"], "to": [0, "1 um"]})");
    text.replace(text.find(R"("run")"), 0, R"("scene": {"marks": [")" + name + R"("]}, )");
    return problemsOf(text);
  };
  EXPECT_THAT(marked("l"), ElementsAre());
  EXPECT_THAT(marked("s"), ElementsAre(HasSubstr("\"s\" is no instrument on a line")));
}

TEST(FdtdParse, TransmissionNeedsAReference) {
  EXPECT_THAT(problemsOf(labText("", R"("f": {"kind": "flux", "normal": "x", "measure": "transmission"})")),
              ElementsAre(HasSubstr("is a ratio to a run without the body")));
}

TEST(FdtdParse, InstrumentsSampleTogetherAndNoFasterThanTheyMust) {
  const auto lab = lab::Lab::readText(
      labText(
          "",
          R"("a": {"kind": "spectrum", "at": [0, 0]}, "b": {"kind": "probe", "at": [0, 0], "every": "1.1 fs"})"),
      "test");
  const fdtd::ParsedSimulation parsed = fdtd::parseSimulation(lab->simulation());
  const auto plans = fdtd::parseInstruments(lab->instruments(), fdtd::makeContext(parsed.setup, 200, false));
  ASSERT_EQ(plans.size(), 2U);
  const double period = 1e-6 / 299792458.0;
  for (const auto& plan : plans) EXPECT_LT(double(plan->interval()) * parsed.setup.grid.dt, 0.5 * period);
  const auto shorter = std::min(plans[0]->interval(), plans[1]->interval());
  EXPECT_GT(shorter, 1);
  EXPECT_EQ(std::max(plans[0]->interval(), plans[1]->interval()) % shorter, 0);
}

}  // namespace
}  // namespace aula::tests
