// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/units/constants.h"
#include "support/fdtd.h"

namespace aula::fdtd {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// 40^3 cells of 1 mm with absorbing layers of 10.
fdtd::Setup good() {
  return test::makeSetup(Dimensions::three, {40, 40, 40}, 1e-3, BoundaryKind::cpml);
}

PlaneWave goodWave() {
  PlaneWave wave;
  wave.lower = {0.012, 0.012, 0.012};
  wave.upper = {0.028, 0.028, 0.028};
  wave.waveform.frequency = 10e9;
  wave.waveform.width = 1e-10;
  return wave;
}

TEST(Validate, GoodSetupsPass) {
  fdtd::Setup setup = good();
  EXPECT_THAT(validate(setup), IsEmpty());
  setup.sources.push_back(goodWave());
  setup.objects.push_back({"ball", SphereShape{{0.02, 0.02, 0.02}, 0.004}, 0});
  EXPECT_THAT(validate(setup), IsEmpty());
}

TEST(Validate, Grid) {
  fdtd::Setup setup = good();
  setup.grid.dt = 1.2 * courantLimit(setup.grid);
  EXPECT_THAT(validate(setup),
              ElementsAre(AllOf(HasSubstr("above the Courant limit"), HasSubstr("1.92583e-12 s"),
                                HasSubstr("Courant number 1.2;"))));
  setup = good();
  setup.grid.dt = 0;
  EXPECT_THAT(validate(setup), ElementsAre("The time step is 0 s; it must be positive and finite."));
  setup = good();
  setup.grid.dx = -1e-3;
  EXPECT_THAT(validate(setup),
              ElementsAre("The grid's cell size along x is -0.001 m; it must be positive and finite."));
  setup = good();
  setup.grid.ny = 0;
  EXPECT_THAT(validate(setup), Contains("The grid has 0 cells along y; allowed are 1 to 100000."));
  setup = good();
  setup.grid.nx = setup.grid.ny = setup.grid.nz = 100'000;
  EXPECT_THAT(validate(setup), ElementsAre("The grid has 1e+15 cells; allowed are at most 1e+11."));
  setup = good();
  setup.grid.dimensions = Dimensions::tm;
  EXPECT_THAT(validate(setup), ElementsAre("A two-dimensional grid has 1 cell along z; found 40."));
  // Faster than light in vacuum: the limit is that of the fastest material.
  setup = good();
  Material fast;
  fast.permittivity = 0.25;
  setup.materials.push_back(fast);
  EXPECT_THAT(validate(setup), ElementsAre(HasSubstr("Courant number 1.98;")));
}

TEST(Validate, Boundaries) {
  fdtd::Setup setup = good();
  setup.boundaries[1][0].kind = BoundaryKind::periodic;
  EXPECT_THAT(validate(setup),
              ElementsAre("Only one face along y is periodic; periodic faces come in pairs."));
  setup = good();
  setup.boundaries[2][0].cpml.cells = 25;
  setup.boundaries[2][1].cpml.cells = 15;
  EXPECT_THAT(
      validate(setup),
      ElementsAre(
          "The absorbing layers along z take 40 cells of the grid's 40 and leave nothing between them."));
  setup = good();
  setup.boundaries[0][0].cpml.cells = 0;
  EXPECT_THAT(validate(setup), ElementsAre("The absorbing layer along x has 0 cells; it needs at least 1."));
  setup = good();
  setup.boundaries[0][1].cpml.kappaMaximum = 0.5;
  EXPECT_THAT(validate(setup),
              ElementsAre("The absorbing layer along x has kappa 0.5; it must be 1 or more."));
  setup = good();
  setup.boundaries[0][1].cpml.alphaMaximum = -1;
  EXPECT_THAT(validate(setup), ElementsAre(HasSubstr("alpha and its order not below 0")));
}

TEST(Validate, Materials) {
  const auto with = [](const Material& material) {
    fdtd::Setup setup = good();
    setup.materials.push_back(material);
    return validate(setup);
  };
  Material material;
  material.name = "m";
  material.permittivity = -2;
  EXPECT_THAT(
      with(material),
      Contains("Material 'm': permittivity and permeability must be positive and finite; found -2 and 1."));
  material = {};
  material.name = "m";
  material.conductivity = -1;
  EXPECT_THAT(with(material),
              ElementsAre("Material 'm': conductivities must be 0 or more; found -1 S/m and 0 ohm/m."));
  material = {};
  material.name = "m";
  material.poles.assign(5, {Pole::Kind::drude, 0, 1e15, 0, 0});
  EXPECT_THAT(with(material), ElementsAre("Material 'm' has 5 poles; allowed are at most 4."));
  material.poles.assign(1, {Pole::Kind::drude, 0, 0, 0, 0});
  EXPECT_THAT(with(material), ElementsAre(HasSubstr("a Drude pole needs a plasma frequency above 0")));
  material.poles.assign(1, {Pole::Kind::lorentz, 1, 1e15, -1, 0});
  EXPECT_THAT(with(material), ElementsAre(HasSubstr("a Lorentz pole needs a frequency above 0")));
  material.poles.assign(1, {Pole::Kind::debye, 1, 0, 0, kNaN});
  EXPECT_THAT(with(material), ElementsAre(HasSubstr("a Debye pole needs a relaxation time above 0")));
  fdtd::Setup setup = good();
  setup.materials.resize(300);
  EXPECT_THAT(validate(setup), ElementsAre("There are 300 materials; allowed are at most 255."));
  setup = good();
  setup.materials[0].poles.push_back({Pole::Kind::drude, 0, 1e15, 0, 0});
  EXPECT_THAT(validate(setup), ElementsAre(HasSubstr("The background material 'vacuum' has poles")));
  setup = good();
  setup.materials[0].isPerfectConductor = true;
  EXPECT_THAT(validate(setup), ElementsAre("The background material cannot be a perfect conductor."));
}

TEST(Validate, Objects) {
  const auto with = [](const Shape& shape, int material = 0) {
    fdtd::Setup setup = good();
    setup.objects.push_back({"thing", shape, material});
    return validate(setup);
  };
  EXPECT_THAT(with(SphereShape{{0, 0, 0}, -1}),
              ElementsAre("Object 'thing': its radius is -1 m; it must be positive and finite."));
  EXPECT_THAT(with(BoxShape{{0, 0, 0}, {1, 0, kInfinity}}),
              ElementsAre("Object 'thing': its size along y is 0 m; it must be positive."));
  EXPECT_THAT(with(EllipsoidShape{{0, 0, 0}, {1, 1, kNaN}}),
              ElementsAre(HasSubstr("its semi-axis along z is")));
  EXPECT_THAT(with(CylinderShape{{0, 0, 0}, {0, 0, 0}, 1, 1}),
              ElementsAre("Object 'thing': its axis has no direction."));
  EXPECT_THAT(with(WedgeShape{{{{0, 0, 0}, {1, 1, 0}, {2, 2, 0}}}, 1}),
              ElementsAre("Object 'thing': its three corners lie on a line."));
  EXPECT_THAT(with(WedgeShape{{{{0, 0, 0}, {1, 0, 0}, {0, 1, 3}}}, 1}),
              ElementsAre(HasSubstr("must have one z")));
  EXPECT_THAT(with(SphereShape{{kNaN, 0, 0}, 1}), ElementsAre("Object 'thing': its position is not finite."));
  EXPECT_THAT(with(SphereShape{{0.02, 0.06, 0.02}, 0.01}),
              ElementsAre("Object 'thing' lies outside the domain: along y it reaches from 0.05 to 0.07 m, "
                          "the domain from 0 to 0.04 m."));
  EXPECT_THAT(with(SphereShape{{0.02, 0.02, 0.02}, 0.01}, 3),
              ElementsAre("Object 'thing' is of material 3; there are materials 0 to 0."));
  // A plane is missed too.
  fdtd::Setup flat = test::makeSetup(Dimensions::tm, {40, 40, 1}, 1e-3, BoundaryKind::cpml);
  flat.objects.push_back({"high", SphereShape{{0.02, 0.02, 0.02}, 0.01}, 0});
  EXPECT_THAT(validate(flat), ElementsAre(HasSubstr("Object 'high' lies outside the domain: along z")));
}

TEST(Validate, Currents) {
  const auto with = [](const Source& source, Dimensions dimensions = Dimensions::three) {
    fdtd::Setup setup = test::makeSetup(dimensions, {40, 40, dimensions == Dimensions::three ? 40 : 1}, 1e-3,
                                        BoundaryKind::cpml);
    setup.sources.push_back(source);
    return validate(setup);
  };
  PointDipole dipole;
  dipole.position = {0.02, 0.02, 0.02};
  dipole.waveform.frequency = 10e9;
  dipole.waveform.width = 1e-10;
  EXPECT_THAT(with(dipole), IsEmpty());
  dipole.position.x = 0.05;
  EXPECT_THAT(with(dipole),
              ElementsAre("The dipole stands at x = 0.05 m, outside the domain from 0 to 0.04 m."));
  dipole.position.x = 0.02;
  dipole.direction = {0, 0, 0};
  EXPECT_THAT(with(dipole), ElementsAre("The dipole has no direction."));
  dipole.direction = {1, 0, 0};
  EXPECT_THAT(with(dipole, Dimensions::tm), ElementsAre(HasSubstr("(TM: E along z) has no electric field")));
  dipole.direction = {0, 0, 1};
  dipole.waveform.frequency = 100e9;
  EXPECT_THAT(with(dipole), ElementsAre(AllOf(HasSubstr("only 3 cells"), HasSubstr("0.002998 m"))));
  dipole.waveform.frequency = 0;
  EXPECT_THAT(with(dipole), ElementsAre("The dipole has a frequency of 0 Hz; it must be positive."));
  dipole.waveform.frequency = 10e9;
  dipole.waveform.width = 0;
  EXPECT_THAT(with(dipole), ElementsAre("The dipole's pulse has a width of 0 s; it must be positive."));
  dipole.waveform.kind = Waveform::Kind::continuous;
  dipole.waveform.ramp = -1;
  EXPECT_THAT(with(dipole), ElementsAre("The dipole's ramp is -1 s; it must be 0 or more."));

  SheetCurrent sheet;
  sheet.centre = {0.02, 0.02, 0.02};
  sheet.size = {kInfinity, 0.01, 0};
  sheet.waveform.frequency = 10e9;
  sheet.waveform.width = 1e-10;
  EXPECT_THAT(with(sheet), IsEmpty());
  sheet.direction = {1, 0, 1};
  EXPECT_THAT(with(sheet), ElementsAre(HasSubstr("does not lie in the sheet")));
  sheet.direction = {1, 0, 0};
  sheet.size.y = 0;
  EXPECT_THAT(with(sheet), ElementsAre(HasSubstr("size along y is 0 m")));
  sheet.size.y = 0.01;
  sheet.normalAxis = 3;
  EXPECT_THAT(with(sheet), ElementsAre("The current sheet's normal is axis 3; allowed are 0 to 2."));
}

TEST(Validate, PlaneWave) {
  const auto with = [](const PlaneWave& wave, void (*change)(fdtd::Setup&) = nullptr) {
    fdtd::Setup setup = good();
    setup.sources.push_back(wave);
    if (change != nullptr) change(setup);
    return validate(setup);
  };
  PlaneWave wave = goodWave();
  wave.direction = {0, 0, 0};
  EXPECT_THAT(with(wave), ElementsAre("The plane wave has no direction of propagation."));
  wave = goodWave();
  wave.polarisation = {1, 0, 1};
  EXPECT_THAT(
      with(wave),
      ElementsAre("The plane wave's polarisation is 45 degrees off being at right angles to its direction."));
  wave = goodWave();
  wave.lower.x = 0.009;
  EXPECT_THAT(with(wave),
              ElementsAre(HasSubstr("comes to 9 cells of the low x face, into its absorbing layer of 10")));
  wave = goodWave();
  wave.upper.y = 0.05;
  EXPECT_THAT(with(wave), ElementsAre(HasSubstr("reaches from 0.012 to 0.05 m along y")));
  wave = goodWave();
  std::swap(wave.lower, wave.upper);
  EXPECT_THAT(with(wave), ElementsAre(HasSubstr("must be at least a cell long")));
  wave = goodWave();
  EXPECT_THAT(with(wave, [](fdtd::Setup& setup) { setup.materials[0].permittivity = 2; }),
              ElementsAre("A plane wave needs vacuum around its box, but the background is 'vacuum'."));
  EXPECT_THAT(with(wave,
                   [](fdtd::Setup& setup) {
                     Material glass;
                     glass.permittivity = 2;
                     setup.materials.push_back(glass);
                     setup.objects.push_back({"ball", SphereShape{{0.02, 0.02, 0.02}, 0.007}, 1});
                   }),
              Contains(HasSubstr("comes within 2 cells of object 'ball' at x = 0.012 m")));
  // Side faces may lie in walls that continue the wave.
  fdtd::Setup walls = good();
  test::setBoundary(walls, 0, BoundaryKind::pec);
  test::setBoundary(walls, 1, BoundaryKind::pmc);
  wave.lower.x = wave.lower.y = 0;
  wave.upper.x = wave.upper.y = 0.04;
  walls.sources.push_back(wave);
  EXPECT_THAT(validate(walls), IsEmpty());
  std::swap(walls.boundaries[0], walls.boundaries[1]);
  EXPECT_THAT(validate(walls), Contains(HasSubstr("touches the domain's low x face")));
}

TEST(Validate, TellsEverythingAtOnce) {
  fdtd::Setup setup = good();
  setup.objects.push_back({"a", SphereShape{{0, 0, 0}, 0}, 0});
  setup.objects.push_back({"b", SphereShape{{1, 1, 1}, 0.1}, 0});
  EXPECT_EQ(validate(setup).size(), 2U);
}

}  // namespace
}  // namespace aula::fdtd
