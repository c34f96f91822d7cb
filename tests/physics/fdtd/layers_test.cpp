// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/units/constants.h"
#include "support/fdtd.h"
#include "support/optics.h"
#include "support/tolerance.h"

/// Plane layers at normal incidence: a column of cells, periodic to the sides.
namespace aula::test {
namespace {

using namespace fdtd;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// A column along z; the cells are ten times as wide as thin, so that the Courant limit is nearly
/// one-dimensional.
fdtd::Setup column(int nz, double dz, int layerCells) {
  fdtd::Setup setup = makeSetup(Dimensions::three, {1, 1, nz}, dz, BoundaryKind::periodic);
  setup.grid.dx = setup.grid.dy = 10 * dz;
  setup.grid.dt = 0.98 * courantLimit(setup.grid);
  setBoundary(setup, 2, BoundaryKind::cpml);
  for (Boundary& face : setup.boundaries[2]) face.cpml.cells = layerCells;
  return setup;
}

void addHalfSpace(fdtd::Setup& setup, const Material& material, double fromZ, double thickness) {
  setup.materials.push_back(material);
  setup.objects.push_back(
      {material.name, BoxShape{{0, 0, fromZ + thickness / 2}, {kInfinity, kInfinity, thickness}}, 1});
}

/// Fourier sums of E_x at some heights over a run.
std::vector<std::vector<std::complex<double>>> spectra(compute::DeviceKind device, const fdtd::Setup& setup,
                                                       const std::vector<int>& heights,
                                                       const std::vector<double>& frequencies, int steps) {
  const auto solver = makeSolverOn(device, setup);
  std::vector<Fourier> sums(heights.size(), Fourier(frequencies));
  constexpr int kStride = 4;  // Still dozens of samples a period.
  for (int n = 0; n < steps; n += kStride) {
    solver->advance(kStride);
    for (std::size_t p = 0; p < heights.size(); ++p)
      sums[p].add(double(solver->step()) * setup.grid.dt, readOne(*solver, kEx, 0, 0, heights[p]));
  }
  std::vector<std::vector<std::complex<double>>> result;
  for (const Fourier& sum : sums) result.push_back(sum.sums());
  return result;
}

class Layers : public ::testing::TestWithParam<compute::DeviceKind> {};

TEST_P(Layers, SlabReflectsAndTransmits) {
  // A slab of index 3.5 and 80 cells, its faces off the nodes, seen at optical thicknesses of 0.3 to 0.8
  // wavelengths.
  constexpr int kAcross = 80;
  constexpr double kIndex = 3.5;
  const double d = 1e-6;
  const double dz = d / kAcross;
  fdtd::Setup empty = column(220, dz, 20);
  PlaneWave wave;
  wave.lower = {0, 0, 40 * dz};
  wave.upper = {10 * dz, 10 * dz, 180 * dz};
  wave.direction = {0, 0, 1};
  wave.polarisation = {1, 0, 0};
  wave.waveform.frequency = 0.55 * core::kSpeedOfLight / (kIndex * d);
  wave.waveform.width = 0.4 / wave.waveform.frequency;
  wave.waveform.delay = 6 * wave.waveform.width;
  empty.sources.push_back(wave);
  fdtd::Setup filled = empty;
  Material glass;
  glass.name = "n = 3.5";
  glass.permittivity = kIndex * kIndex;
  addHalfSpace(filled, glass, 70.3 * dz, d);

  std::vector<double> frequencies;
  for (int f = 0; f <= 10; ++f)
    frequencies.push_back(2 * core::kPi * (0.3 + 0.05 * f) * core::kSpeedOfLight / (kIndex * d));
  // The field in the slab falls to r^2 = 0.31 a round trip of 7 d/c or 570 steps: ten of them to 1e-5.
  constexpr int kSteps = 8000;
  const auto incident = spectra(GetParam(), empty, {60}, frequencies, kSteps);
  const auto found = spectra(GetParam(), filled, {30, 170}, frequencies, kSteps);
  // The grid's phase in the slab is off by k d (k dz)^2 / 24 (1 - ...) < 5.03 * (5.03 / 80)^2 / 24 = 8.3e-4
  // rad one way; R and T change by at most 1.1 per rad of k d (Airy's formula with F = 2.58): 9e-4, and as
  // much again for the faces. Below half a percent of the incident power.
  for (std::size_t f = 0; f < frequencies.size(); ++f) {
    const SlabPowers exact = slabPowers(kIndex, d, frequencies[f]);
    const double power = std::norm(incident[0][f]);
    EXPECT_TRUE(isNear(std::norm(found[0][f]) / power, exact.reflected, {.absolute = 2e-3})) << "R at " << f;
    EXPECT_TRUE(isNear(std::norm(found[1][f]) / power, exact.transmitted, {.absolute = 2e-3}))
        << "T at " << f;
  }
}

class HalfSpace : public ::testing::TestWithParam<std::tuple<compute::DeviceKind, Pole::Kind>> {};

TEST_P(HalfSpace, ReflectsAsFresnelSays) {
  const auto [device, kind] = GetParam();
  // An octave, 120 cells to its shortest wavelength in vacuum.
  const double dz = 1e-6 / 120;
  const double top = 2 * core::kPi * core::kSpeedOfLight / 1e-6;
  const double middle = 0.75 * top;
  Material material;
  material.name = "dispersive";
  switch (kind) {
    case Pole::Kind::drude:  // A metal whose plasma frequency lies in the octave's upper half.
      material.permittivity = 1.5;
      material.poles.push_back({kind, 0, 1.1 * top, 0.1 * top, 0});
      break;
    case Pole::Kind::lorentz:  // An absorption line in the middle of the octave.
      material.permittivity = 2;
      material.poles.push_back({kind, 1.5, middle, 0.15 * middle, 0});
      break;
    case Pole::Kind::debye:
      material.permittivity = 2;
      material.poles.push_back({kind, 4, 0, 0, 1 / middle});
      break;
  }
  fdtd::Setup empty = column(900, dz, 20);
  SheetCurrent sheet;
  sheet.normalAxis = 2;
  sheet.centre = {0, 0, 40 * dz};
  sheet.size = {kInfinity, kInfinity, 0};
  sheet.amplitude = 1 / core::kVacuumImpedance;
  sheet.waveform.frequency = middle / (2 * core::kPi);
  sheet.waveform.width = 0.35 / sheet.waveform.frequency;
  sheet.waveform.delay = 6 * sheet.waveform.width;
  empty.sources.push_back(sheet);
  fdtd::Setup filled = empty;
  addHalfSpace(filled, material, 200 * dz, 900 * dz);

  std::vector<double> frequencies;
  for (int f = 0; f <= 10; ++f) frequencies.push_back(top * (0.5 + 0.05 * f));
  constexpr int kSteps = 4800;
  const auto incident = spectra(device, empty, {100}, frequencies, kSteps);
  const auto found = spectra(device, filled, {100}, frequencies, kSteps);
  // Two errors of second order: the pole sees (2/dt) tan(w dt/2), off by (w dt)^2 / 12 = 2e-4, and the grid
  // (k dz)^2 / 24 of the index with |k| up to 4 times the vacuum's: 2e-3. R changes at most about twice as
  // fast as n.
  for (std::size_t f = 0; f < frequencies.size(); ++f) {
    const double reflected = std::norm(found[0][f] - incident[0][f]) / std::norm(incident[0][f]);
    EXPECT_TRUE(isNear(reflected, halfSpaceReflectance(material, frequencies[f]), {.relative = 0.01}))
        << frequencies[f] / top << " of the highest frequency";
  }
}

INSTANTIATE_TEST_SUITE_P(Devices, Layers, ::testing::ValuesIn(fdtdDevices()), deviceTestName);
INSTANTIATE_TEST_SUITE_P(Devices, HalfSpace,
                         ::testing::Combine(::testing::ValuesIn(fdtdDevices()),
                                            ::testing::Values(Pole::Kind::drude, Pole::Kind::lorentz,
                                                              Pole::Kind::debye)),
                         [](const auto& instance) {
                           const Pole::Kind kind = std::get<1>(instance.param);
                           return std::string(compute::deviceName(std::get<0>(instance.param))) +
                                  (kind == Pole::Kind::drude     ? "Drude"
                                   : kind == Pole::Kind::lorentz ? "Lorentz"
                                                                 : "Debye");
                         });

}  // namespace
}  // namespace aula::test
