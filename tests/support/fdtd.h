// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <complex>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "compute/device.h"
#include "fdtd/model/solver.h"

/// What the tests of the Maxwell solvers share: the devices they run on, small setups, frequencies out of
/// records.
namespace aula::test {

/// The implementations in this build that can run here, the reference first.
[[nodiscard]] std::vector<compute::DeviceKind> fdtdDevices();
/// The fast implementation that every machine has, or the reference in a build without it.
[[nodiscard]] compute::DeviceKind fastDevice();
[[nodiscard]] std::unique_ptr<fdtd::Solver> makeSolverOn(compute::DeviceKind device,
                                                         const fdtd::Setup& setup);
[[nodiscard]] std::unique_ptr<fdtd::Solver> makeSolverOn(compute::DeviceKind device, const fdtd::Setup& setup,
                                                         const fdtd::Medium& medium, int threads = 1);
/// For INSTANTIATE_TEST_SUITE_P: the device's name.
[[nodiscard]] std::string deviceTestName(const ::testing::TestParamInfo<compute::DeviceKind>& info);
/// Relative size of one rounding error in the fields of a device.
[[nodiscard]] double epsilonOf(compute::DeviceKind device);

/// A grid of n[0] x n[1] x n[2] cubes of `spacing`, all faces of one kind, dt the given share of the Courant
/// limit.
[[nodiscard]] fdtd::Setup makeSetup(fdtd::Dimensions dimensions, std::array<int, 3> n, double spacing,
                                    fdtd::BoundaryKind boundary, double courant = 0.99);
void setBoundary(fdtd::Setup& setup, int axis, fdtd::BoundaryKind kind);
/// The whole of a component.
[[nodiscard]] fdtd::IndexBox wholeBox(const fdtd::Grid& grid, int component);
[[nodiscard]] std::vector<double> readAll(const fdtd::Solver& solver, int component);
[[nodiscard]] double readOne(const fdtd::Solver& solver, int component, int i, int j, int k);
/// Largest absolute value of the fields of one kind (0: E, 3: H), all components.
[[nodiscard]] double largest(const fdtd::Solver& solver, int firstComponent = 0);

/// Running Fourier sums of samples at given angular frequencies: sum of value exp(i w t).
class Fourier {
 public:
  explicit Fourier(std::vector<double> angularFrequencies)
      : frequencies_(std::move(angularFrequencies)), sums_(frequencies_.size()) {}
  void add(double t, double value);
  [[nodiscard]] const std::vector<std::complex<double>>& sums() const { return sums_; }

 private:
  std::vector<double> frequencies_;
  std::vector<std::complex<double>> sums_;
};

/// The time-averaged power out of a box at several frequencies, from running Fourier transforms of tangential
/// E and H in its faces: E averaged along its own direction and H across the face to the centres of the
/// face's cells' edges, H also moved by half a step in time.
class FluxBox {
 public:
  /// Faces are the planes of nodes lower and upper along each axis; leave an axis out with useAxis.
  FluxBox(const fdtd::Grid& grid, std::array<int, 3> lower, std::array<int, 3> upper,
          std::vector<double> angularFrequencies, std::array<bool, 3> useAxis = {true, true, true});
  void sample(const fdtd::Solver& solver);
  /// Integral of Re(E x H*)/2 over the surface in W times (sampling interval)^-2 ... of the Fourier sums:
  /// compare ratios.
  [[nodiscard]] std::vector<double> power() const;

 private:
  struct Face {
    int axis, node;
    double outward;
    fdtd::IndexBox eBox[2], hBox[2];  ///< E and H of the two tangential directions b, c.
    int eComponent[2], hComponent[2];
    std::vector<std::complex<double>> e[2], h[2];  ///< [frequency][point]
  };
  fdtd::Grid grid_;
  std::vector<double> frequencies_;
  std::vector<Face> faces_;
  std::vector<double> scratch_;
};

}  // namespace aula::test
