// SPDX-License-Identifier: Apache-2.0
#include "support/fdtd.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "core/units/constants.h"

namespace aula::test {

using compute::DeviceKind;
using namespace fdtd;

std::vector<DeviceKind> fdtdDevices() {
  std::vector<DeviceKind> devices{DeviceKind::reference};
#ifdef AULA_TEST_FDTD_CPU
  devices.push_back(DeviceKind::cpu);
#endif
#ifdef AULA_TEST_FDTD_CUDA
  // `check` faults on every access from the wrong side and is slow for it: tests/backend/ compares it with
  // the reference.
  for (const auto& report : compute::findDevices())
    if (report.kind == DeviceKind::cuda && report.isUsable) {
      devices.push_back(DeviceKind::cuda);
      break;
    }
#endif
  return devices;
}

DeviceKind fastDevice() {
#ifdef AULA_TEST_FDTD_CPU
  return DeviceKind::cpu;
#else
  return DeviceKind::reference;
#endif
}

std::unique_ptr<Solver> makeSolverOn(DeviceKind device, const Setup& setup) {
  return makeSolverOn(device, setup, makeMedium(setup));
}

std::unique_ptr<Solver> makeSolverOn(DeviceKind device, const Setup& setup, const Medium& medium,
                                     [[maybe_unused]] int threads) {
  for (const std::string& message : validate(setup)) ADD_FAILURE() << "the test's own setup: " << message;
  switch (device) {
#ifdef AULA_TEST_FDTD_CPU
    // Small grids step by step: a second thread would only be waited for.
    case DeviceKind::cpu:
      return makeCpuSolver(setup, medium, Tuning{.threads = threads});
#endif
#ifdef AULA_TEST_FDTD_CUDA
    case DeviceKind::check:
      return makeCheckSolver(setup, medium);
    case DeviceKind::cuda:
      return makeCudaSolver(setup, medium);
#endif
    default:
      return makeReferenceSolver(setup, medium);
  }
}

std::string deviceTestName(const ::testing::TestParamInfo<DeviceKind>& info) {
  return compute::deviceName(info.param);
}

double epsilonOf(DeviceKind device) {
  return device == DeviceKind::reference ? std::numeric_limits<double>::epsilon() / 2
                                         : double(std::numeric_limits<float>::epsilon()) / 2;
}

Setup makeSetup(Dimensions dimensions, std::array<int, 3> n, double spacing, BoundaryKind boundary,
                double courant) {
  Setup setup;
  Grid& grid = setup.grid;
  grid.dimensions = dimensions;
  grid.nx = n[0];
  grid.ny = n[1];
  grid.nz = n[2];
  grid.dx = grid.dy = grid.dz = spacing;
  grid.dt = courant * courantLimit(grid);
  for (int axis = 0; axis < 3; ++axis) setBoundary(setup, axis, boundary);
  return setup;
}

void setBoundary(Setup& setup, int axis, BoundaryKind kind) {
  for (Boundary& face : setup.boundaries[std::size_t(axis)]) face.kind = kind;
}

IndexBox wholeBox(const Grid& grid, int component) {
  IndexBox box;
  for (int axis = 0; axis < 3; ++axis) box.upper[std::size_t(axis)] = grid.count(component, axis);
  return box;
}

std::vector<double> readAll(const Solver& solver, int component) {
  const IndexBox box = wholeBox(solver.grid(), component);
  std::vector<double> values(box.size());
  solver.read(component, box, std::span<double>(values));
  return values;
}

double readOne(const Solver& solver, int component, int i, int j, int k) {
  double value = 0;
  solver.read(component, {{i, j, k}, {i + 1, j + 1, k + 1}}, std::span<double>(&value, 1));
  return value;
}

double largest(const Solver& solver, int firstComponent) {
  double peak = 0;
  for (int component = firstComponent; component < firstComponent + 3; ++component) {
    if (!solver.grid().computes(component)) continue;
    for (const double value : readAll(solver, component)) peak = std::max(peak, std::abs(value));
  }
  return peak;
}

void Fourier::add(double t, double value) {
  for (std::size_t f = 0; f < frequencies_.size(); ++f)
    sums_[f] += value * std::polar(1.0, std::fmod(frequencies_[f] * t, 2 * core::kPi));
}

FluxBox::FluxBox(const Grid& grid, std::array<int, 3> lower, std::array<int, 3> upper,
                 std::vector<double> angularFrequencies, std::array<bool, 3> useAxis)
    : grid_(grid), frequencies_(std::move(angularFrequencies)) {
  for (int axis = 0; axis < 3; ++axis) {
    if (!useAxis[std::size_t(axis)]) continue;
    for (int side = 0; side < 2; ++side) {
      Face face;
      face.axis = axis;
      face.node = side == 0 ? lower[std::size_t(axis)] : upper[std::size_t(axis)];
      face.outward = side == 0 ? -1 : 1;
      for (int t = 0; t < 2; ++t) {
        const int tangent = (axis + 1 + t) % 3;
        face.eComponent[t] = kEx + tangent;
        face.hComponent[t] = kHx + (axis + 2 - t) % 3;
        // E along b and H along c share their place within the face, half a cell along b.
        for (int a = 0; a < 3; ++a) {
          const auto at = std::size_t(a);
          face.eBox[t].lower[at] = lower[at];
          face.eBox[t].upper[at] = a == tangent ? upper[at] : upper[at] + 1;
          face.hBox[t].lower[at] = lower[at];
          face.hBox[t].upper[at] = a == tangent ? upper[at] : upper[at] + 1;
        }
        face.eBox[t].lower[std::size_t(axis)] = face.node;
        face.eBox[t].upper[std::size_t(axis)] = face.node + 1;
        face.hBox[t].lower[std::size_t(axis)] = face.node - 1;  // Both sides of the face.
        face.hBox[t].upper[std::size_t(axis)] = face.node + 1;
        face.e[t].resize(frequencies_.size() * face.eBox[t].size());
        face.h[t].resize(frequencies_.size() * face.eBox[t].size());
      }
      faces_.push_back(std::move(face));
    }
  }
}

void FluxBox::sample(const Solver& solver) {
  const double tE = double(solver.step()) * grid_.dt;
  const double tH = tE - 0.5 * grid_.dt;
  std::vector<double> values, means;
  const auto accumulate = [&](std::vector<std::complex<double>>& sums, double t) {
    for (std::size_t f = 0; f < frequencies_.size(); ++f) {
      const std::complex<double> phase = std::polar(1.0, std::fmod(frequencies_[f] * t, 2 * core::kPi));
      std::complex<double>* sum = sums.data() + f * means.size();
      for (std::size_t p = 0; p < means.size(); ++p) sum[p] += means[p] * phase;
    }
  };
  for (Face& face : faces_) {
    for (int t = 0; t < 2; ++t) {
      means.resize(face.eBox[t].size());
      solver.read(face.eComponent[t], face.eBox[t], std::span<double>(means));
      accumulate(face.e[t], tE);
      values.resize(face.hBox[t].size());
      solver.read(face.hComponent[t], face.hBox[t], std::span<double>(values));
      // Mean over the two planes on either side.
      const IndexBox& box = face.hBox[t];
      std::size_t to = 0;
      const std::size_t sizes[3] = {std::size_t(box.extent(0)), std::size_t(box.extent(1)),
                                    std::size_t(box.extent(2))};
      const std::size_t other = face.axis == 0 ? 1 : face.axis == 1 ? sizes[0] : sizes[0] * sizes[1];
      for (std::size_t k = 0; k < (face.axis == 2 ? 1 : sizes[2]); ++k)
        for (std::size_t j = 0; j < (face.axis == 1 ? 1 : sizes[1]); ++j)
          for (std::size_t i = 0; i < (face.axis == 0 ? 1 : sizes[0]); ++i) {
            const std::size_t at = (k * sizes[1] + j) * sizes[0] + i;
            means[to++] = 0.5 * (values[at] + values[at + other]);
          }
      accumulate(face.h[t], tH);
    }
  }
}

std::vector<double> FluxBox::power() const {
  std::vector<double> power(frequencies_.size());
  for (const Face& face : faces_) {
    for (int t = 0; t < 2; ++t) {
      const IndexBox& box = face.eBox[t];
      const int tangent = axisOf(face.eComponent[t]);
      const int side = 3 - tangent - face.axis;
      const double area = grid_.spacing(tangent) * grid_.spacing(side);
      // (E x H)_a = E_b H_c - E_c H_b
      const double sign = (t == 0 ? 1 : -1) * face.outward;
      for (std::size_t f = 0; f < frequencies_.size(); ++f) {
        std::size_t p = f * box.size();
        for (int k = box.lower[2]; k < box.upper[2]; ++k)
          for (int j = box.lower[1]; j < box.upper[1]; ++j)
            for (int i = box.lower[0]; i < box.upper[0]; ++i, ++p) {
              // Points on the face's rim stand for half a cell.
              const int at = side == 0 ? i : side == 1 ? j : k;
              const bool isRim = box.extent(side) > 1 && (at == box.lower[std::size_t(side)] ||
                                                          at == box.upper[std::size_t(side)] - 1);
              power[f] += sign * (isRim ? 0.5 : 1.0) * area * 0.5 *
                          (face.e[t][p] * std::conj(face.h[t][p])).real() / core::kVacuumImpedance;
            }
      }
    }
  }
  return power;
}

}  // namespace aula::test
