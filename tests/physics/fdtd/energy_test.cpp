// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "core/units/constants.h"
#include "support/fdtd.h"
#include "support/tolerance.h"

/// A closed lossless box keeps its energy for ever. The scheme's own conserved energy is
///   E^n . M^-1 E^n + H^(n-1/2) . H^(n+1/2),   M the inverse permittivity as a symmetric matrix (mu = 1);
/// it is positive, and so bounds the fields, below the Courant limit.
namespace aula::test {
namespace {

using namespace fdtd;

using Vectors = std::array<std::vector<double>, 3>;

Vectors readThree(const Solver& solver, int first) {
  return {readAll(solver, first), readAll(solver, first + 1), readAll(solver, first + 2)};
}

double dot(const Vectors& a, const Vectors& b) {
  double sum = 0;
  for (std::size_t c = 0; c < 3; ++c)
    for (std::size_t p = 0; p < a[c].size(); ++p) sum += a[c][p] * b[c][p];
  return sum;
}

/// M x: the diagonal, and the couplings as Medium describes them.
Vectors applyInverseEpsilon(const Grid& grid, const Medium& medium, const Vectors& x) {
  Vectors y = x;
  for (std::size_t c = 0; c < 3; ++c)
    for (std::size_t p = 0; p < y[c].size(); ++p)
      y[c][p] *= medium.inverseEpsilon[c].empty() ? medium.background : double(medium.inverseEpsilon[c][p]);
  const auto index = [&](int c, int i, int j, int k) {
    return std::size_t((std::int64_t(k) * grid.count(c, 1) + j) * grid.count(c, 0) + i);
  };
  for (const Medium::Coupling& at : medium.couplings) {
    const auto couple = [&](int a, int b, double xi) {
      const auto edge = [&](int c, int before) {
        return index(c, at.i - (c == 0 ? before : 0), at.j - (c == 1 ? before : 0),
                     at.k - (c == 2 ? before : 0));
      };
      for (int first = 0; first < 2; ++first)
        for (int second = 0; second < 2; ++second) {
          y[std::size_t(a)][edge(a, first)] += 0.25 * xi * x[std::size_t(b)][edge(b, second)];
          y[std::size_t(b)][edge(b, second)] += 0.25 * xi * x[std::size_t(a)][edge(a, first)];
        }
    };
    couple(0, 1, double(at.xy));
    couple(0, 2, double(at.xz));
    couple(1, 2, double(at.yz));
  }
  return y;
}

/// M^-1 e by conjugate gradients; M must be positive definite.
Vectors solveInverseEpsilon(const Grid& grid, const Medium& medium, const Vectors& e) {
  Vectors x = e;
  Vectors r = applyInverseEpsilon(grid, medium, x);
  for (std::size_t c = 0; c < 3; ++c)
    for (std::size_t p = 0; p < r[c].size(); ++p) r[c][p] = e[c][p] - r[c][p];
  Vectors d = r;
  double square = dot(r, r);
  const double enough = 1e-30 * dot(e, e);
  for (int round = 0; round < 2000 && square > enough; ++round) {
    const Vectors md = applyInverseEpsilon(grid, medium, d);
    const double curvature = dot(d, md);
    EXPECT_GT(curvature, 0) << "the inverse permittivity is not positive definite";
    const double step = square / curvature;
    for (std::size_t c = 0; c < 3; ++c)
      for (std::size_t p = 0; p < r[c].size(); ++p) x[c][p] += step * d[c][p], r[c][p] -= step * md[c][p];
    const double next = dot(r, r);
    for (std::size_t c = 0; c < 3; ++c)
      for (std::size_t p = 0; p < r[c].size(); ++p) d[c][p] = r[c][p] + next / square * d[c][p];
    square = next;
  }
  EXPECT_LE(square, 1e4 * enough);
  return x;
}

void writeRandom(Solver& solver) {
  std::mt19937 random(20250101);
  std::uniform_real_distribution<double> uniform(-1, 1);
  for (int component = 0; component < 6; ++component) {
    const IndexBox box = wholeBox(solver.grid(), component);
    std::vector<double> values(box.size());
    // H without a component normal to the walls' faces, as it stays.
    for (double& value : values) value = isElectric(component) ? uniform(random) : 0;
    solver.write(component, box, values);
  }
}

/// Steps on by one and says the energy at the instant before.
double energyOverStep(Solver& solver, const Medium& medium) {
  const Vectors e = readThree(solver, kEx);
  const Vectors before = readThree(solver, kHx);
  solver.advance(1);
  return dot(e, solveInverseEpsilon(solver.grid(), medium, e)) + dot(before, readThree(solver, kHx));
}

void expectConserved(compute::DeviceKind device, const fdtd::Setup& setup, std::int64_t steps) {
  const Medium medium = makeMedium(setup);
  const auto solver = makeSolverOn(device, setup, medium);
  writeRandom(*solver);
  const double start = energyOverStep(*solver, medium);
  // Each step rounds every value a few times. Were every rounding to push the same way, the energy would grow
  // by 4 eps a step.
  const double perStep = 4 * epsilonOf(device);
  constexpr int kLooks = 10;
  for (int look = 1; look <= kLooks; ++look) {
    solver->advance(steps / kLooks - 1);
    const double now = energyOverStep(*solver, medium);
    ASSERT_TRUE(isNear(now, start, {.relative = perStep * double(solver->step()) + 1e-12}))
        << "after " << solver->step() << " steps";
  }
  EXPECT_TRUE(solver->isFinite());
}

class Energy : public ::testing::TestWithParam<compute::DeviceKind> {};

fdtd::Setup smallBox() {
  fdtd::Setup setup = makeSetup(Dimensions::three, {5, 4, 3}, 1e-3, BoundaryKind::pec, 0.999);
  Material glass;
  glass.permittivity = 2.25;
  setup.materials.push_back(glass);
  setup.objects.push_back({"floor", BoxShape{{2e-3, 2e-3, 0}, {1, 1, 2.6e-3}}, 1});
  return setup;
}

/// Oblique surfaces of high contrast all over: every off-diagonal term is at work.
fdtd::Setup obliqueBox() {
  fdtd::Setup setup = makeSetup(Dimensions::three, {10, 9, 8}, 1e-3, BoundaryKind::pec, 0.99);
  Material glass;
  glass.permittivity = 12;
  setup.materials.push_back(glass);
  Material water;
  water.permittivity = 80;
  setup.materials.push_back(water);
  setup.objects.push_back({"sphere", SphereShape{{3.3e-3, 3.1e-3, 3.2e-3}, 2.1e-3}, 1});
  setup.objects.push_back(
      {"wedge",
       WedgeShape{{{{4.5e-3, 5e-3, 5.4e-3}, {9.3e-3, 6e-3, 5.4e-3}, {6.1e-3, 8.4e-3, 5.4e-3}}}, 3.1e-3}, 2});
  return setup;
}

TEST_P(Energy, IsBoundedForAMillionSteps) {
  expectConserved(GetParam(), smallBox(), 1'000'000);
}

TEST_P(Energy, IsBoundedWithObliqueDielectrics) {
  expectConserved(GetParam(), obliqueBox(), 20'000);
}

TEST_P(Energy, IsBoundedWithPolesAtTheCourantLimit) {
  // Undamped Drude and Lorentz poles as fast as a step can follow, next to the vacuum's limit: the
  // trapezoidal rule keeps each pole's energy, so nothing can grow. A scheme with a limit of its own, sqrt(1
  // - (w_p dt/2)^2) here, would explode.
  fdtd::Setup setup = smallBox();
  Material plasma;
  plasma.name = "plasma";
  plasma.poles.push_back({Pole::Kind::drude, 0, 0.8 / setup.grid.dt, 0, 0});
  plasma.poles.push_back({Pole::Kind::lorentz, 2, 0.6 / setup.grid.dt, 0, 0});
  setup.materials.push_back(plasma);
  setup.objects.push_back({"cloud", BoxShape{{2e-3, 2e-3, 2e-3}, {2.4e-3, 1, 1}}, 2});
  const auto solver = makeSolverOn(GetParam(), setup);
  writeRandom(*solver);
  // Random fields hold at most the energy of all points at their largest: 60 cells * 3; one point could take
  // it all.
  const double start = largest(*solver);
  for (int look = 0; look < 10; ++look) {
    solver->advance(5000);
    ASSERT_LT(largest(*solver), start * std::sqrt(3.0 * 60) * 2.25) << "after " << solver->step() << " steps";
  }
}

TEST(LongEnergy, IsBoundedForAMillionStepsWithObliqueDielectrics) {
  for (const compute::DeviceKind device : fdtdDevices()) expectConserved(device, obliqueBox(), 1'000'000);
}

TEST(EnergySetup, ObliqueDielectricsAreCoupled) {
  // Otherwise the two tests above would test nothing.
  EXPECT_GT(makeMedium(obliqueBox()).couplings.size(), 50U);
}

INSTANTIATE_TEST_SUITE_P(Devices, Energy, ::testing::ValuesIn(fdtdDevices()), deviceTestName);

}  // namespace
}  // namespace aula::test
