// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/units/constants.h"
#include "support/fdtd.h"
#include "support/tolerance.h"

/// Oracles that cost nothing: the same physics told in another way must give the same numbers up to rounding.
namespace aula::test {
namespace {

using namespace fdtd;
using core::Vec3;

constexpr double kD = 1e-3;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

Waveform shortPulse() {
  Waveform waveform;
  waveform.kind = Waveform::Kind::gaussianDerivative;
  waveform.width = 5 * kD / core::kSpeedOfLight;
  waveform.delay = 20 * kD / core::kSpeedOfLight;
  return waveform;
}

void addDipole(fdtd::Setup& setup, Vec3 position, Vec3 direction, double amplitude = 1e-3) {
  setup.sources.push_back(PointDipole{position, direction, amplitude, shortPulse()});
}

/// Rounding grows with the square root of the steps at worst times a few operations a step.
double roundingOf(compute::DeviceKind device, double peak, int steps) {
  return 20 * epsilonOf(device) * std::sqrt(double(steps)) * peak;
}

/// Everything at once on a small grid whose axes all differ: absorbing and metal walls, an oblique
/// dielectric, a conductor with losses, a Lorentz material.
fdtd::Setup zoo() {
  fdtd::Setup setup = makeSetup(Dimensions::three, {24, 22, 23}, kD, BoundaryKind::cpml);
  setup.grid.dy = 1.2 * kD;
  setup.grid.dz = 0.9 * kD;
  setup.grid.dt = 0.97 * courantLimit(setup.grid);
  for (auto& faces : setup.boundaries)
    for (Boundary& face : faces) face.cpml.cells = 5;
  setup.boundaries[1][1].kind = BoundaryKind::pec;
  setup.boundaries[2][0].kind = BoundaryKind::pmc;
  Material glass, lossy, resonant;
  glass.permittivity = 4;
  lossy.permittivity = 3;
  lossy.conductivity = 0.4;
  resonant.permittivity = 1.5;
  resonant.poles.push_back(
      {Pole::Kind::lorentz, 2, 0.2 * core::kSpeedOfLight / kD, 0.02 * core::kSpeedOfLight / kD, 0});
  setup.materials.insert(setup.materials.end(), {glass, lossy, resonant});
  setup.objects.push_back({"glass", SphereShape{{12.2 * kD, 12.4 * kD, 9.7 * kD}, 3.3 * kD}, 1});
  setup.objects.push_back({"lossy", BoxShape{{17 * kD, 19 * kD, 14 * kD}, {4 * kD, 5 * kD, 3 * kD}}, 2});
  setup.objects.push_back(
      {"resonant", CylinderShape{{7.5 * kD, 8 * kD, 15.5 * kD}, {1, 0, 0}, 2.2 * kD, 4 * kD}, 3});
  return setup;
}

Vec3 turned(Vec3 v) {
  return {v.z, v.x, v.y};
}

/// x -> y -> z -> x.
fdtd::Setup turned(const fdtd::Setup& setup) {
  fdtd::Setup other = setup;
  other.grid.nx = setup.grid.nz, other.grid.ny = setup.grid.nx, other.grid.nz = setup.grid.ny;
  other.grid.dx = setup.grid.dz, other.grid.dy = setup.grid.dx, other.grid.dz = setup.grid.dy;
  for (std::size_t axis = 0; axis < 3; ++axis) other.boundaries[(axis + 1) % 3] = setup.boundaries[axis];
  for (Object& object : other.objects) {
    if (auto* sphere = std::get_if<SphereShape>(&object.shape)) sphere->centre = turned(sphere->centre);
    if (auto* box = std::get_if<BoxShape>(&object.shape))
      box->centre = turned(box->centre), box->size = turned(box->size);
    if (auto* cylinder = std::get_if<CylinderShape>(&object.shape))
      cylinder->centre = turned(cylinder->centre), cylinder->axis = turned(cylinder->axis);
  }
  for (Source& source : other.sources) {
    auto& dipole = std::get<PointDipole>(source);
    dipole.position = turned(dipole.position);
    dipole.direction = turned(dipole.direction);
  }
  return other;
}

class Symmetry : public ::testing::TestWithParam<compute::DeviceKind> {};

TEST_P(Symmetry, RotatedAxes) {
  fdtd::Setup setup = zoo();
  addDipole(setup, {8.1 * kD, 13.3 * kD, 10.4 * kD}, {1, 2, -1});
  constexpr int kSteps = 120;
  const auto first = makeSolverOn(GetParam(), setup);
  const auto second = makeSolverOn(GetParam(), turned(setup));
  // Rounding is of the largest values there were, beside the source at the pulse's height.
  double peak = 0;
  for (int n = 0; n < kSteps; n += 10) {
    first->advance(10);
    second->advance(10);
    peak = std::max({peak, largest(*first, kEx), largest(*first, kHx)});
  }
  ASSERT_GT(peak, 0);
  for (int component = 0; component < 6; ++component) {
    const int other = component / 3 * 3 + (component + 1) % 3;
    const std::vector<double> a = readAll(*first, component);
    const std::vector<double> b = readAll(*second, other);
    const IndexBox box = wholeBox(setup.grid, component);
    double difference = 0;
    for (int k = 0; k < box.upper[2]; ++k)
      for (int j = 0; j < box.upper[1]; ++j)
        for (int i = 0; i < box.upper[0]; ++i) {
          const double here = a[std::size_t((k * box.upper[1] + j) * box.upper[0] + i)];
          const double there = b[std::size_t((j * box.upper[0] + i) * box.upper[2] + k)];
          difference = std::max(difference, std::abs(here - there));
        }
    // Shapes and waveforms are evaluated in another order of x, y, z, and the inverse permittivities rounded
    // to float: a value of theirs may differ in its last bit, 6e-8, at some of the surface points.
    EXPECT_LT(difference, roundingOf(GetParam(), peak, kSteps) + 1e-7 * peak) << "component " << component;
  }
}

TEST_P(Symmetry, SourceAndReceiverExchanged) {
  // What a current along u at A drives along v at B, the same current along v at B drives along u at A,
  // whatever stands between them (Lorentz reciprocity; the grid's operator is symmetric too, layers and
  // materials included).
  const fdtd::Setup setup = zoo();
  const Grid& grid = setup.grid;
  const Vec3 a = grid.position(kEx, 7, 10, 6);
  const Vec3 b = grid.position(kEy, 17, 13, 15);
  fdtd::Setup forth = setup;
  addDipole(forth, a, {1, 0, 0});
  fdtd::Setup back = setup;
  addDipole(back, b, {0, 1, 0});
  const auto first = makeSolverOn(GetParam(), forth);
  const auto second = makeSolverOn(GetParam(), back);
  double peak = 0;
  double difference = 0;
  double strongest = 0;
  constexpr int kSteps = 240;
  for (int n = 0; n < kSteps; ++n) {
    first->advance(1);
    second->advance(1);
    const double atB = readOne(*first, kEy, 17, 13, 15);
    const double atA = readOne(*second, kEx, 7, 10, 6);
    peak = std::max(peak, std::abs(atB));
    difference = std::max(difference, std::abs(atB - atA));
    strongest = std::max(strongest, std::abs(readOne(*first, kEx, 7, 10, 6)));
  }
  ASSERT_GT(peak, 1e-4 * strongest);  // A thousand times rounding.
  EXPECT_LT(difference, roundingOf(GetParam(), strongest, kSteps));
}

TEST_P(Symmetry, OtherUnits) {
  // Everything a thousand times as large and slow: the same field of a dipole a million times as strong.
  constexpr double kScale = 1024;
  fdtd::Setup small = zoo();
  addDipole(small, {8.1 * kD, 13.3 * kD, 10.4 * kD}, {1, 2, -1});
  fdtd::Setup large = small;
  large.grid.dx *= kScale, large.grid.dy *= kScale, large.grid.dz *= kScale;
  large.grid.dt *= kScale;
  for (auto& faces : large.boundaries)
    for (Boundary& face : faces) face.cpml.alphaMaximum /= kScale;
  for (Material& material : large.materials) {
    material.conductivity /= kScale;
    for (Pole& pole : material.poles) pole.frequency /= kScale, pole.damping /= kScale;
  }
  for (Object& object : large.objects) {
    if (auto* sphere = std::get_if<SphereShape>(&object.shape))
      sphere->centre = kScale * sphere->centre, sphere->radius *= kScale;
    if (auto* box = std::get_if<BoxShape>(&object.shape))
      box->centre = kScale * box->centre, box->size = kScale * box->size;
    if (auto* cylinder = std::get_if<CylinderShape>(&object.shape))
      cylinder->centre = kScale * cylinder->centre, cylinder->radius *= kScale, cylinder->height *= kScale;
  }
  auto& dipole = std::get<PointDipole>(large.sources.front());
  dipole.position = kScale * dipole.position;
  dipole.amplitude *= kScale * kScale;
  dipole.waveform.width *= kScale;
  dipole.waveform.delay *= kScale;
  const auto first = makeSolverOn(GetParam(), small);
  const auto second = makeSolverOn(GetParam(), large);
  constexpr int kSteps = 100;
  first->advance(kSteps);
  second->advance(kSteps);
  const double peak = largest(*first);
  for (int component = 0; component < 6; ++component) {
    const std::vector<double> a = readAll(*first, component);
    const std::vector<double> b = readAll(*second, component);
    for (std::size_t p = 0; p < a.size(); ++p)
      ASSERT_NEAR(a[p], b[p], roundingOf(GetParam(), peak, kSteps) + 1e-7 * peak) << component << " " << p;
  }
}

/// Largest difference between a component of one solver and a part of the same component of another.
double differenceWithin(const Solver& part, const Solver& whole, int component, std::array<int, 3> offset) {
  const std::vector<double> a = readAll(part, component);
  IndexBox box = wholeBox(part.grid(), component);
  for (std::size_t axis = 0; axis < 3; ++axis)
    box.lower[axis] += offset[axis], box.upper[axis] += offset[axis];
  std::vector<double> b(box.size());
  whole.read(component, box, std::span<double>(b));
  double difference = 0;
  for (std::size_t p = 0; p < a.size(); ++p) difference = std::max(difference, std::abs(a[p] - b[p]));
  return difference;
}

TEST_P(Symmetry, MirrorsAreImages) {
  // Two equal currents along z above and below the plane z = 0, in the middle of x and y: a metal floor, and
  // magnetic walls at x = 0 and y = 0, see an eighth of it. A glass plate about the middle is cut by all
  // three.
  constexpr int kHalf = 14;
  fdtd::Setup whole = makeSetup(Dimensions::three, {2 * kHalf, 2 * kHalf, 2 * kHalf}, kD, BoundaryKind::cpml);
  for (auto& faces : whole.boundaries)
    for (Boundary& face : faces) face.cpml.cells = 5;
  whole.grid.origin = Vec3{-kHalf * kD, -kHalf * kD, -kHalf * kD};
  Material glass;
  glass.permittivity = 3;
  whole.materials.push_back(glass);
  // Without edges or oblique surfaces: off-diagonal terms are left out in a domain's faces.
  whole.objects.push_back({"plate", BoxShape{{0, 0, 0}, {7.3 * kD, kInfinity, kInfinity}}, 1});
  fdtd::Setup eighth = whole;
  eighth.grid.nx = eighth.grid.ny = eighth.grid.nz = kHalf;
  eighth.grid.origin = {};
  eighth.boundaries[0][0].kind = eighth.boundaries[1][0].kind = BoundaryKind::pmc;
  eighth.boundaries[2][0].kind = BoundaryKind::pec;
  addDipole(whole, {0, 0, 3.5 * kD}, {0, 0, 1});
  addDipole(whole, {0, 0, -3.5 * kD}, {0, 0, 1});
  addDipole(eighth, {0, 0, 3.5 * kD}, {0, 0, 1});
  const auto full = makeSolverOn(GetParam(), whole);
  const auto part = makeSolverOn(GetParam(), eighth);
  constexpr int kSteps = 100;
  full->advance(kSteps);
  part->advance(kSteps);
  const double peak = largest(*full);
  ASSERT_GT(peak, 0);
  for (int component = 0; component < 6; ++component)
    EXPECT_LT(differenceWithin(*part, *full, component, {kHalf, kHalf, kHalf}),
              roundingOf(GetParam(), peak, kSteps))
        << "component " << component;
}

TEST_P(Symmetry, PeriodicShift) {
  // Source and body moved by whole cells, across the seam: the field moves along.
  const auto make = [](int shiftX, int shiftY) {
    fdtd::Setup setup = makeSetup(Dimensions::three, {12, 11, 18}, kD, BoundaryKind::periodic);
    setBoundary(setup, 2, BoundaryKind::cpml);
    for (Boundary& face : setup.boundaries[2]) face.cpml.cells = 5;
    Material glass;
    glass.permittivity = 3;
    setup.materials.push_back(glass);
    // A plate without edges: off-diagonal terms are left out in the seam.
    for (int copy = -1; copy <= 1; ++copy) {
      const double centre = 5.3 + shiftX + 12 * copy;
      if (centre + 1.65 > 0 && centre - 1.65 < 12)
        setup.objects.push_back(
            {"plate", BoxShape{{centre * kD, 0, 0}, {3.3 * kD, kInfinity, kInfinity}}, 1});
    }
    addDipole(setup, {std::fmod(5.2 + shiftX, 12) * kD, std::fmod(7.7 + shiftY, 11) * kD, 7.1 * kD},
              {1, -1, 2});
    return setup;
  };
  const auto first = makeSolverOn(GetParam(), make(0, 0));
  const auto second = makeSolverOn(GetParam(), make(6, 5));
  constexpr int kSteps = 90;
  first->advance(kSteps);
  second->advance(kSteps);
  const double peak = largest(*first);
  for (int component = 0; component < 6; ++component) {
    const IndexBox box = wholeBox(first->grid(), component);
    const std::vector<double> a = readAll(*first, component);
    const std::vector<double> b = readAll(*second, component);
    double difference = 0;
    for (int k = 0; k < box.upper[2]; ++k)
      for (int j = 0; j < 11; ++j)
        for (int i = 0; i < 12; ++i) {
          const auto at = [&](int x, int y) {
            return std::size_t((k * box.upper[1] + y) * box.upper[0] + x);
          };
          difference = std::max(difference, std::abs(a[at(i, j)] - b[at((i + 6) % 12, (j + 5) % 11)]));
        }
    // As above: an averaged permittivity may round to the neighbouring float.
    EXPECT_LT(difference, roundingOf(GetParam(), peak, kSteps) + 1e-7 * peak) << "component " << component;
  }
}

TEST_P(Symmetry, TwoDimensionsAreAPeriodicThird) {
  for (const Dimensions dimensions : {Dimensions::tm, Dimensions::te}) {
    fdtd::Setup flat = makeSetup(dimensions, {26, 24, 1}, kD, BoundaryKind::cpml);
    for (auto& faces : flat.boundaries)
      for (Boundary& face : faces) face.cpml.cells = 5;
    Material glass;
    glass.permittivity = 4;
    flat.materials.push_back(glass);
    // In TE no oblique surface and no edge: the volume leaves out off-diagonal terms in its periodic faces,
    // where all of them would lie.
    if (dimensions == Dimensions::tm)
      flat.objects.push_back(
          {"rod", CylinderShape{{14.3 * kD, 12.2 * kD, 0}, {0, 0, 1}, 4.1 * kD, kInfinity}, 1});
    else
      flat.objects.push_back(
          {"plate", BoxShape{{14.3 * kD, 12.2 * kD, 0}, {5.3 * kD, kInfinity, kInfinity}}, 1});
    fdtd::Setup deep = flat;
    deep.grid.dimensions = Dimensions::three;
    setBoundary(deep, 2, BoundaryKind::periodic);
    deep.grid.dz = 3 * kD;
    flat.grid.dt = deep.grid.dt = 0.97 * courantLimit(deep.grid);
    const Vec3 direction = dimensions == Dimensions::tm ? Vec3{0, 0, 1} : Vec3{1, 2, 0};
    addDipole(flat, {8.2 * kD, 9.4 * kD, 0}, direction, 1e-3);
    // One element a period: its strength is that of the line times the period.
    addDipole(deep, {8.2 * kD, 9.4 * kD, dimensions == Dimensions::tm ? 1.5 * kD : 0}, direction,
              1e-3 * deep.grid.dz);
    const auto first = makeSolverOn(GetParam(), flat);
    const auto second = makeSolverOn(GetParam(), deep);
    constexpr int kSteps = 100;
    first->advance(kSteps);
    second->advance(kSteps);
    const double peak = largest(*first);
    for (int component = 0; component < 6; ++component) {
      if (!flat.grid.computes(component)) continue;
      EXPECT_LT(differenceWithin(*first, *second, component, {0, 0, 0}),
                roundingOf(GetParam(), peak, kSteps) + 1e-7 * peak)
          << "component " << component;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Devices, Symmetry, ::testing::ValuesIn(fdtdDevices()), deviceTestName);

}  // namespace
}  // namespace aula::test
