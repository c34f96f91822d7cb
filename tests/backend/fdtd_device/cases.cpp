// SPDX-License-Identifier: Apache-2.0
#include "backend/fdtd_device/cases.h"

#include <random>

namespace aula::fdtd::testing {

namespace {

using Kind = BoundaryKind;

/// A glass ball whose surface is oblique everywhere: off-diagonal permittivity.
void addBall(Setup& setup, double radius) {
  setup.materials.push_back({"glass", 4, 1, 0, 0, false, {}});
  const Grid& g = setup.grid;
  const double z = g.dimensions == Dimensions::three ? 0.5 * g.nz * g.dz : 0;
  setup.objects.push_back({"ball", SphereShape{{0.5 * g.nx * g.dx, 0.5 * g.ny * g.dy, z}, radius},
                           int(setup.materials.size()) - 1});
}

/// A block of each: lossy and magnetic, perfect conductor, all three kinds of poles at once, one with a
/// conductivity.
void addBlocks(Setup& setup) {
  const Pole drude{Pole::Kind::drude, 0, 2e11, 1e10, 0}, lorentz{Pole::Kind::lorentz, 1.5, 3e11, 2e10, 0},
      debye{Pole::Kind::debye, 2, 0, 0, 5e-12};
  const Material materials[] = {{"lossy", 2, 3, 0.05, 100, false, {}},
                                {"metal", 1, 1, 0, 0, true, {}},
                                {"resonant", 1.5, 1, 0, 0, false, {drude, lorentz, debye}},
                                {"plasma", 1, 1, 0.01, 0, false, {drude}}};
  const double places[][2] = {{0.2, 0.3}, {0.8, 0.3}, {0.8, 0.8}, {0.3, 0.9}};
  const Grid& g = setup.grid;
  const bool isFlat = g.dimensions != Dimensions::three;
  const double x = g.nx * g.dx, y = g.ny * g.dy, z = isFlat ? 0 : g.nz * g.dz;
  for (int n = 0; n < 4; ++n) {
    setup.materials.push_back(materials[n]);
    setup.objects.push_back(
        {materials[n].name,
         BoxShape{{places[n][0] * x, places[n][1] * y, 0.4 * z}, {0.3 * x, 0.3 * y, isFlat ? 1 : 0.5 * z}},
         int(setup.materials.size()) - 1});
  }
}

Waveform pulse() {
  Waveform waveform;
  waveform.kind = Waveform::Kind::gaussianPulse;
  waveform.frequency = 2e10;
  waveform.width = 1e-11;
  waveform.delay = 3e-11;
  return waveform;
}

void addSources(Setup& setup) {
  PlaneWave wave;
  wave.lower = {8e-3, 9e-3, 8e-3};
  wave.upper = {30e-3, 24e-3, 20e-3};
  wave.direction = core::normalised({1, 0.5, 0.3});
  wave.polarisation = core::normalised(core::cross(wave.direction, {0, 0, 1}));
  wave.waveform = pulse();
  setup.sources.push_back(wave);
  PointDipole dipole;
  dipole.position = {17.3e-3, 16.2e-3, 13.7e-3};
  dipole.direction = {1, 2, 3};
  dipole.amplitude = 1e-3;
  dipole.waveform = pulse();
  setup.sources.push_back(dipole);
  SheetCurrent sheet;
  sheet.normalAxis = 2;
  sheet.centre = {0, 0, 10e-3};
  sheet.size = {1, 1, 0};
  sheet.waveform = pulse();
  setup.sources.push_back(sheet);
}

}  // namespace

Setup emptySetup(int nx, int ny, int nz, BoundaryKind kind, Dimensions dimensions) {
  Setup setup;
  Grid& grid = setup.grid;
  grid.dimensions = dimensions;
  grid.nx = nx;
  grid.ny = ny;
  grid.nz = dimensions == Dimensions::three ? nz : 1;
  grid.dx = 1e-3;
  grid.dy = 1.1e-3;
  grid.dz = 0.9e-3;
  grid.dt = 0.85 * courantLimit(grid);
  for (auto& faces : setup.boundaries)
    for (Boundary& face : faces) {
      face.kind = kind;
      face.cpml.cells = 5;
    }
  return setup;
}

std::vector<Case> deviceCases() {
  std::vector<Case> cases;
  const auto add = [&](const std::string& name, const Setup& setup) {
    cases.push_back({name, setup, true, 40});
  };
  add("pec", emptySetup(37, 19, 23, Kind::pec));
  add("periodic", emptySetup(37, 19, 23, Kind::periodic));
  add("periodic, fewer cells than a tile", emptySetup(3, 2, 4, Kind::periodic));
  add("periodic, whole tiles", emptySetup(32, 16, 16, Kind::periodic));
  add("pmc", emptySetup(37, 19, 23, Kind::pmc));
  add("pmc, its closing face alone in a tile", emptySetup(32, 8, 16, Kind::pmc));
  add("cpml", emptySetup(37, 19, 23, Kind::cpml));
  add("cpml with tiles clear of it", emptySetup(71, 33, 50, Kind::cpml));
  {
    Setup setup = emptySetup(40, 17, 24, Kind::cpml);
    setup.boundaries[0][0].kind = Kind::pec;
    setup.boundaries[0][1].kind = Kind::pmc;
    setup.boundaries[1][0].kind = setup.boundaries[1][1].kind = Kind::periodic;
    add("all kinds of faces", setup);
  }
  {
    Setup setup = emptySetup(33, 17, 24, Kind::cpml);
    setup.boundaries[0][0].kind = setup.boundaries[1][1].kind = setup.boundaries[2][0].kind = Kind::pmc;
    add("mirrors and layers", setup);
  }
  for (const Dimensions dimensions : {Dimensions::tm, Dimensions::te})
    for (const Kind kind : {Kind::pec, Kind::pmc, Kind::periodic, Kind::cpml}) {
      const char* kinds[] = {"pec", "pmc", "periodic", "cpml"};
      Setup setup = emptySetup(70, 33, 1, kind, dimensions);
      addBlocks(setup);
      addBall(setup, 5e-3);
      add(std::string(dimensions == Dimensions::tm ? "tm " : "te ") + kinds[static_cast<int>(kind)], setup);
    }
  {
    Setup setup = emptySetup(34, 30, 28, Kind::cpml);
    addBall(setup, 7e-3);
    add("off-diagonal permittivity", setup);
  }
  for (const Kind kind : {Kind::pec, Kind::pmc, Kind::periodic, Kind::cpml}) {
    const char* kinds[] = {"pec", "pmc", "periodic", "cpml"};
    Setup setup = emptySetup(34, 25, 21, kind);
    addBlocks(setup);
    add(std::string("materials ") + kinds[static_cast<int>(kind)], setup);
  }
  {
    Setup setup = emptySetup(40, 30, 31, Kind::cpml);
    addBall(setup, 4e-3);
    addSources(setup);
    cases.push_back({"sources", setup, false, 110});
  }
  {
    // An endless wave: the box's side faces lie in periodic walls and are left out.
    Setup setup = emptySetup(5, 3, 40, Kind::periodic);
    setup.boundaries[2][0].kind = setup.boundaries[2][1].kind = Kind::cpml;
    PlaneWave wave;
    wave.lower = {0, 0, 14 * setup.grid.dz};
    wave.upper = {5 * setup.grid.dx, 3 * setup.grid.dy, 27 * setup.grid.dz};
    wave.waveform = pulse();
    setup.sources.push_back(wave);
    cases.push_back({"wave between periodic sides", setup, false, 110});
  }
  return cases;
}

IndexBox wholeBox(const Grid& grid, int component) {
  IndexBox box;
  for (int axis = 0; axis < 3; ++axis)
    box.upper[static_cast<std::size_t>(axis)] = grid.count(component, axis);
  return box;
}

void writeRandomFields(Solver& solver) {
  std::mt19937 generator(1);
  std::uniform_real_distribution<float> uniform(-1, 1);
  for (int component = 0; component < 6; ++component) {
    if (!solver.grid().computes(component)) continue;
    const IndexBox box = wholeBox(solver.grid(), component);
    std::vector<double> values(box.size());
    for (double& value : values) value = uniform(generator);
    solver.write(component, box, values);
  }
}

}  // namespace aula::fdtd::testing
