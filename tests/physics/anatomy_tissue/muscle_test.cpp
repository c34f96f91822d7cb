// SPDX-License-Identifier: Apache-2.0
#include "physics/anatomy_tissue/rigs.h"

namespace aula::test {
namespace {

class TissueMuscle : public ::testing::TestWithParam<DeviceKind> {};

/// A bar of muscle that nothing holds lengthwise shortens until its matter's pressure stands against its
/// fibres: P(l, t) + a sigma (1 - ((1 - l)/0.56)^2) = 0 along, and no stress across.
TEST_P(TissueMuscle, FreeBarShortensToItsEquilibrium) {
  Matter matter = softMatter(1e4, 0.48);
  matter.fibreStress = 6e4;
  const double activation = 0.5;
  const double mu = 4.0 / 3 * matter.shear, lambda = matter.bulk + 5.0 / 6 * matter.shear;
  double l = 1, t = 1;
  {
    double low = 0.45, high = 1;
    for (int n = 0; n < 100; ++n) {
      l = (low + high) / 2;
      double thin = 0.5, thick = 3;
      for (int k = 0; k < 100; ++k) {
        t = (thin + thick) / 2;
        const double m = mu * (1 - 1 / (l * l + 2 * t * t + 1));
        (m + (lambda * (l * t * t - 1) - 0.75 * mu) * l > 0 ? thick : thin) = t;
      }
      const double m = mu * (1 - 1 / (l * l + 2 * t * t + 1));
      const double x = (1 - l) / 0.56;
      const double along = m * l + (lambda * (l * t * t - 1) - 0.75 * mu) * t * t +
                           activation * matter.fibreStress * (1 - x * x);
      (along > 0 ? high : low) = l;
    }
  }
  ASSERT_LT(l, 0.75);
  Body body = makeBlock(2, 2, 4, {0.02, 0.02, 0.04}, matter);
  for (Vec3& fibre : body.fibres) fibre = {0, 0, 1};
  std::vector<Vec3> places;
  for (std::size_t n = 0; n < body.positions.size(); ++n)
    if (body.positions[n].z == 0) {
      body.held.push_back(std::uint32_t(n));
      places.push_back({t * body.positions[n].x, t * body.positions[n].y, 0});
    }
  const bool isReference = GetParam() == DeviceKind::reference;
  // Steps that find the way there, and one that has no inertia.
  Settings settings = isReference ? statics() : statics(3000, 2e-6);
  const auto solver = solverOn(GetParam(), body, settings);
  solver->hold(places);
  for (const double part : {0.25, 0.5, 0.75, 1.0}) {
    solver->activate(std::vector<double>{part * activation});
    solver->advance(1);
  }
  const std::vector<Vec3> found = solver->positions();
  for (std::size_t n = 0; n < found.size(); ++n) {
    const Vec3 p = body.positions[n];
    // Rounding, of displacements of 10 mm, where the shear stiffness is a fiftieth of the bulk's.
    EXPECT_LT(length(found[n] - Vec3{t * p.x, t * p.y, l * p.z}), isReference ? 1e-9 : 2e-7) << n;
  }
}

/// A muscle's belly that shortens by a fifth within a fifth of a second and stays active: with the iterations
/// that a lab spends, and lambda 250 times mu (nu = 0.498).
TEST_P(TissueMuscle, SpindleKeepsItsVolumeAtFullActivation) {
  Matter matter;
  matter.shear = 1e4;
  matter.bulk = 2.5e6;
  matter.density = 1060;
  matter.fibreStress = 3e5;
  matter.fibreStiffness = 2e4;
  const Body body = makeSpindle(4, 13, 0.2, 0.025, 0.008, matter);
  const auto solver = solverOn(GetParam(), body, Settings{});
  const double volume = solver->totals().volume;
  for (int n = 1; n <= 30; ++n) {
    const double part = std::min(n / 12.0, 1.0), ramp = part * part * (3 - 2 * part);
    std::vector<Vec3> places;
    for (const std::uint32_t point : body.held) {
      Vec3 p = body.positions[point];
      if (p.z > 0.1) p.z -= 0.04 * ramp;
      places.push_back(p);
    }
    solver->hold(places);
    solver->activate(std::vector<double>{ramp});
    solver->advance(1);
    EXPECT_NEAR(solver->totals().volume / volume, 1, 0.01) << "step " << n;
  }
  // It has bulged: where it was thickest it is thicker.
  double before = 0, after = 0;
  const std::vector<Vec3> found = solver->positions();
  for (std::size_t n = 0; n < found.size(); ++n) {
    before = std::max(before, std::hypot(body.positions[n].x, body.positions[n].y));
    after = std::max(after, std::hypot(found[n].x, found[n].y));
  }
  EXPECT_GT(after, 1.05 * before);
}

INSTANTIATE_TEST_SUITE_P(Devices, TissueMuscle, ::testing::Values(DeviceKind::reference, DeviceKind::cpu),
                         [](const auto& one) { return std::string(compute::deviceName(one.param)); });

}  // namespace
}  // namespace aula::test
