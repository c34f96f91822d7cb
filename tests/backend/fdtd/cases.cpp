// SPDX-License-Identifier: Apache-2.0
#include "backend/fdtd/cases.h"

#include "core/units/constants.h"
#include "support/fdtd.h"

namespace aula::test {

using namespace fdtd;

namespace {

constexpr double kCell = 10e-9;  // m
const double kPeriod = 20 * kCell / core::kSpeedOfLight;

Setup grid(Dimensions dimensions, std::array<int, 3> n, BoundaryKind boundary, int layer = 4) {
  Setup setup = makeSetup(dimensions, n, kCell, boundary, 0.9);
  for (auto& axis : setup.boundaries)
    for (Boundary& face : axis) face.cpml.cells = layer;
  return setup;
}

core::Vec3 at(const Setup& setup, double x, double y, double z) {
  return {x * setup.grid.nx * kCell, y * setup.grid.ny * kCell,
          setup.grid.dimensions == Dimensions::three ? z * setup.grid.nz * kCell : 0};
}

Waveform pulse() {
  Waveform waveform;
  waveform.kind = Waveform::Kind::gaussianPulse;
  waveform.frequency = 1 / kPeriod;
  waveform.width = kPeriod / 4;
  waveform.delay = kPeriod / 4;
  return waveform;
}

/// A dipole moment whose field is of the order of 1 V/m one cell away.
constexpr double kMoment = 1e-19;

void addDipole(Setup& setup, core::Vec3 position, core::Vec3 direction) {
  PointDipole dipole;
  dipole.position = position;
  for (int axis = 0; axis < 3; ++axis)
    dipole.direction[axis] = setup.grid.computes(axis) ? direction[axis] : 0;
  dipole.amplitude = setup.grid.dimensions == Dimensions::three ? kMoment : kMoment / kCell;
  dipole.waveform = pulse();
  setup.sources.push_back(dipole);
}

int addMaterial(Setup& setup, Material material) {
  setup.materials.push_back(std::move(material));
  return static_cast<int>(setup.materials.size()) - 1;
}

void addSphere(Setup& setup, Material material, double radiusCells = 2.7) {
  Object object;
  object.shape = SphereShape{at(setup, 0.47, 0.52, 0.49), radiusCells * kCell};
  object.material = addMaterial(setup, std::move(material));
  setup.objects.push_back(object);
}

/// A box through the whole domain, layers included, from a share of x onwards.
void addHalfSpace(Setup& setup, Material material, double fromX) {
  const double length = setup.grid.nx * kCell, low = fromX * length, high = 2 * length;
  Object object;
  object.shape = BoxShape{{(low + high) / 2, 0, 0}, {high - low, 1, 1}};
  object.material = addMaterial(setup, std::move(material));
  setup.objects.push_back(object);
}

Material dielectric(double permittivity) {
  Material material;
  material.name = "dielectric";
  material.permittivity = permittivity;
  return material;
}
Material lossy() {
  Material material = dielectric(2.2);
  material.permeability = 1.7;
  material.conductivity = 3e4;
  material.magneticConductivity = 2e9;
  return material;
}
Pole drude() {
  return {Pole::Kind::drude, 0, 0.8 * 2 * core::kPi / kPeriod, 0.1 / kPeriod, 0};
}
Pole lorentz() {
  return {Pole::Kind::lorentz, 1.5, 1.3 * 2 * core::kPi / kPeriod, 0.4 / kPeriod, 0};
}
Pole debye() {
  return {Pole::Kind::debye, 2.0, 0, 0, 0.3 * kPeriod};
}
Material dispersive(std::vector<Pole> poles) {
  Material material = dielectric(1.5);
  material.poles = std::move(poles);
  return material;
}

void addWave(Setup& setup, core::Vec3 direction, core::Vec3 polarisation, double from, double to) {
  PlaneWave wave;
  wave.lower = at(setup, from, from, from);
  wave.upper = at(setup, to, to, to);
  wave.direction = direction;
  wave.polarisation = polarisation;
  wave.waveform = pulse();
  wave.waveform.delay = kPeriod;
  setup.sources.push_back(wave);
}

void addSheet(Setup& setup, int normal, core::Vec3 direction, core::Vec3 size) {
  SheetCurrent sheet;
  sheet.normalAxis = normal;
  sheet.centre = at(setup, 0.53, 0.41, 0.37);
  sheet.size = size;
  sheet.direction = direction;
  sheet.amplitude = 1 / core::kVacuumImpedance;
  sheet.waveform = pulse();
  setup.sources.push_back(sheet);
}

std::string nameOf(Dimensions dimensions) {
  return dimensions == Dimensions::three ? "3d" : dimensions == Dimensions::tm ? "tm" : "te";
}

}  // namespace

std::vector<Case> backendCases() {
  std::vector<Case> cases;
  const auto add = [&](const std::string& name, Setup setup) { cases.push_back({name, std::move(setup)}); };

  // Boundaries, alone and mixed.
  for (const Dimensions dimensions : {Dimensions::three, Dimensions::tm, Dimensions::te}) {
    const bool is3d = dimensions == Dimensions::three;
    const std::array<int, 3> n = is3d ? std::array<int, 3>{17, 13, 11} : std::array<int, 3>{33, 19, 1};
    const std::string prefix = nameOf(dimensions) + "_";
    add(prefix + "pec", grid(dimensions, n, BoundaryKind::pec));
    add(prefix + "pmc", grid(dimensions, n, BoundaryKind::pmc));
    add(prefix + "periodic", grid(dimensions, n, BoundaryKind::periodic));
    add(prefix + "cpml", grid(dimensions, n, BoundaryKind::cpml));
    Setup mixed = grid(dimensions, n, BoundaryKind::cpml);
    mixed.boundaries[0][0].kind = BoundaryKind::pmc;
    mixed.boundaries[1][1].kind = BoundaryKind::pmc;
    mixed.boundaries[1][0].kind = BoundaryKind::pec;
    if (is3d) mixed.boundaries[2][1].kind = BoundaryKind::pmc;
    add(prefix + "mixed_walls", mixed);
    Setup periodic = grid(dimensions, n, BoundaryKind::cpml);
    setBoundary(periodic, 0, BoundaryKind::periodic);
    add(prefix + "periodic_x", periodic);
    setBoundary(periodic, 0, BoundaryKind::pmc);
    setBoundary(periodic, 1, BoundaryKind::periodic);
    add(prefix + "periodic_y", periodic);
    if (is3d) {
      setBoundary(periodic, 1, BoundaryKind::cpml);
      setBoundary(periodic, 2, BoundaryKind::periodic);
      addSphere(periodic, dielectric(5));
      add(prefix + "periodic_z", periodic);
      setBoundary(periodic, 0, BoundaryKind::periodic);
      setBoundary(periodic, 1, BoundaryKind::pmc);
      add(prefix + "periodic_zx", periodic);
    }

    Setup sphere = grid(dimensions, n, BoundaryKind::cpml, 2);
    addSphere(sphere, dielectric(6));
    addDipole(sphere, at(sphere, 0.45, 0.5, 0.5), {0.3, -0.7, 0.5});
    add(prefix + "averaged_sphere", sphere);
    Setup pec = grid(dimensions, n, BoundaryKind::pmc);
    Material conductor;
    conductor.isPerfectConductor = true;
    addSphere(pec, conductor);
    add(prefix + "conducting_sphere", pec);
    Setup loss = grid(dimensions, n, BoundaryKind::cpml);
    addHalfSpace(loss, lossy(), 0.4);
    add(prefix + "lossy_half_space", loss);
    Setup uniform = grid(dimensions, n, BoundaryKind::cpml);
    uniform.materials[0] = lossy();
    add(prefix + "lossy_background", uniform);
    Setup poles = grid(dimensions, n, BoundaryKind::cpml);
    addHalfSpace(poles, dispersive({drude(), lorentz(), debye()}), 0.35);
    addSphere(poles, dispersive({lorentz(), lorentz()}));
    addDipole(poles, at(poles, 0.6, 0.5, 0.5), {1, 1, 1});
    add(prefix + "dispersive", poles);
    Setup sources = grid(dimensions, n, BoundaryKind::cpml, 2);
    addDipole(sources, at(sources, 0.31, 0.77, 0.52), {0.2, 0.9, -0.4});
    addSheet(sources, 0,
             is3d                           ? core::Vec3{0, 1, 0.5}
             : dimensions == Dimensions::tm ? core::Vec3{0, 0, 1}
                                            : core::Vec3{0, 1, 0},
             {0, 4.3 * kCell, INFINITY});
    add(prefix + "currents", sources);
  }

  // Sizes off every block: rows of one vector and a lane, of two, longer than a tile is wide.
  for (const std::array<int, 3> n :
       {std::array<int, 3>{1, 1, 1}, {2, 5, 3}, {15, 9, 8}, {16, 16, 16}, {31, 3, 18}, {48, 2, 2}})
    add("3d_pec_" + std::to_string(n[0]) + "x" + std::to_string(n[1]) + "x" + std::to_string(n[2]),
        grid(Dimensions::three, n, BoundaryKind::pec));
  for (const std::array<int, 3> n : {std::array<int, 3>{1, 40, 1}, {33, 1, 1}, {130, 67, 1}})
    add("tm_pmc_" + std::to_string(n[0]) + "x" + std::to_string(n[1]),
        grid(Dimensions::tm, n, BoundaryKind::pmc));
  add("3d_cpml_100x37x21", grid(Dimensions::three, {100, 37, 21}, BoundaryKind::cpml, 8));

  // Grids of unequal spacing.
  Setup oblong = grid(Dimensions::three, {19, 14, 12}, BoundaryKind::cpml);
  oblong.grid.dy = 1.7 * kCell;
  oblong.grid.dz = 0.6 * kCell;
  oblong.grid.dt = 0.9 * courantLimit(oblong.grid);
  addSphere(oblong, dielectric(3));
  add("3d_oblong_cells", oblong);

  // Incident waves: along an axis, at any angle, through a periodic strip, around a scatterer.
  Setup along = grid(Dimensions::three, {24, 22, 20}, BoundaryKind::cpml);
  addWave(along, {0, 0, 1}, {1, 0, 0}, 0.3, 0.7);
  add("3d_wave_along_z", along);
  Setup oblique = grid(Dimensions::three, {26, 25, 27}, BoundaryKind::cpml);
  addWave(oblique, {1, -2, 0.5}, {2, 1, 0}, 0.22, 0.78);
  addSphere(oblique, dielectric(4), 2.2);
  add("3d_wave_oblique", oblique);
  Setup tm = grid(Dimensions::tm, {41, 35, 1}, BoundaryKind::cpml);
  addWave(tm, {-1, 0.4, 0}, {0, 0, 1}, 0.3, 0.7);
  add("tm_wave", tm);
  Setup te = grid(Dimensions::te, {41, 35, 1}, BoundaryKind::cpml);
  addWave(te, {0.3, -1, 0}, {1, 0.3, 0}, 0.3, 0.7);
  add("te_wave", te);
  Setup strip = grid(Dimensions::three, {5, 4, 40}, BoundaryKind::periodic);
  setBoundary(strip, 2, BoundaryKind::cpml);
  addWave(strip, {0, 0, 1}, {0, 1, 0}, 0, 1);
  auto& wave = std::get<PlaneWave>(strip.sources.back());
  wave.lower.z = 8 * kCell;
  wave.upper.z = 30 * kCell;
  add("3d_wave_in_strip", strip);
  return cases;
}

void fillWithNoise(Solver& solver, unsigned seed) {
  std::mt19937 random(seed);
  // The engine's own numbers: a library's distribution may differ from another's.
  for (int component = 0; component < 6; ++component) {
    if (!solver.grid().computes(component)) continue;
    const IndexBox box = wholeBox(solver.grid(), component);
    std::vector<double> values(box.size());
    for (double& value : values)
      value = static_cast<float>(static_cast<double>(random()) / 2147483648.0 - 1.0);
    solver.write(component, box, values);
  }
}

}  // namespace aula::test
