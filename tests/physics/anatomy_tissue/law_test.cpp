// SPDX-License-Identifier: Apache-2.0
#include "anatomy/tissue/reference/material.h"
#include "physics/anatomy_tissue/rigs.h"

/// Homogeneous deformations, whose answers are known: every mesh must give them to round-off.
namespace aula::test {
namespace {

using anatomy::tissue::reference::cofactors;
using anatomy::tissue::reference::Matrix3;

class TissueLaw : public ::testing::TestWithParam<DeviceKind> {
 protected:
  /// What is left of exact numbers: double's or single's rounding, over displacements of centimetres.
  [[nodiscard]] double rounding() const { return GetParam() == DeviceKind::reference ? 1e-9 : 2e-6; }
  [[nodiscard]] Settings settings() const {
    return GetParam() == DeviceKind::reference ? statics() : statics(2000, 2e-6);
  }
};

Vec3 times(const Matrix3& m, const Vec3& v) {
  Vec3 result;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) result[i] += m[std::size_t(i)][std::size_t(j)] * v[j];
  return result;
}

/// The patch test: the surface is held in a linear field, the inside must follow, in a mesh without
/// regularity and nearly incompressible.
TEST_P(TissueLaw, LinearFieldIsReproduced) {
  for (const double poisson : {0.3, 0.49}) {
    Body body = makeBlock(3, 4, 3, {0.03, 0.04, 0.03}, softMatter(1e4, poisson));
    shake(body, 3, 4, 3, 0.25);
    const Matrix3 f{{{1.15, 0.1, -0.05}, {0.02, 0.9, 0.08}, {0.1, -0.05, 1.05}}};
    std::vector<Vec3> places;
    for (std::size_t n = 0; n < body.positions.size(); ++n) {
      const Vec3 p = body.positions[n], size = body.positions.back();
      bool isInside = true;
      for (int axis = 0; axis < 3; ++axis)
        isInside = isInside && p[axis] > 1e-9 && p[axis] < size[axis] - 1e-9;
      if (isInside) continue;
      body.held.push_back(std::uint32_t(n));
      places.push_back(times(f, p));
    }
    ASSERT_LT(body.held.size(), body.positions.size());
    const auto solver = solverOn(GetParam(), body, settings());
    solver->hold(places);
    solver->advance(1);
    const std::vector<Vec3> found = solver->positions();
    for (std::size_t n = 0; n < found.size(); ++n)
      EXPECT_LT(length(found[n] - times(f, body.positions[n])), 0.05 * rounding()) << n;
  }
}

/// The transverse stretch t of stable Neo-Hookean matter stretched by l along one axis and free across:
/// P across = m t + (lambda (J - 1) - 3/4 mu) l t = 0, J = l t^2; by bisection.
double transverseStretch(const Matter& matter, double l) {
  const double mu = 4.0 / 3 * matter.shear, lambda = matter.bulk + 5.0 / 6 * matter.shear;
  double low = 0.1, high = 3;
  for (int n = 0; n < 200; ++n) {
    const double t = (low + high) / 2;
    const double m = mu * (1 - 1 / (l * l + 2 * t * t + 1));
    (m + (lambda * (l * t * t - 1) - 0.75 * mu) * l > 0 ? high : low) = t;
  }
  return low;
}
double axialStress(const Matter& matter, double l, double t) {
  const double mu = 4.0 / 3 * matter.shear, lambda = matter.bulk + 5.0 / 6 * matter.shear;
  return mu * (1 - 1 / (l * l + 2 * t * t + 1)) * l + (lambda * (l * t * t - 1) - 0.75 * mu) * t * t;
}

/// A bar held at both ends' planes but free to thin: symmetry planes by holding would fix too much, so one
/// end is left to springs that only fix its mean, by stiff guides of the faces' points at their solved
/// places.
TEST_P(TissueLaw, UniaxialStretchThinsAsTheClosedForm) {
  for (const double poisson : {0.3, 0.49})
    for (const double stretch : {0.7, 1.4}) {
      const Matter matter = softMatter(1e4, poisson);
      Body body = makeBlock(2, 2, 3, {0.02, 0.02, 0.03}, matter);
      const double thin = transverseStretch(matter, stretch);
      // Both end faces are held where the closed form has them; the sides are free.
      std::vector<Vec3> places;
      for (std::size_t n = 0; n < body.positions.size(); ++n) {
        const Vec3 p = body.positions[n];
        if (p.z > 1e-9 && p.z < 0.03 - 1e-9) continue;
        body.held.push_back(std::uint32_t(n));
        places.push_back({thin * p.x, thin * p.y, stretch * p.z});
      }
      const auto solver = solverOn(GetParam(), body, settings());
      solver->hold(places);
      solver->advance(1);
      const std::vector<Vec3> found = solver->positions();
      for (std::size_t n = 0; n < found.size(); ++n) {
        const Vec3 p = body.positions[n];
        EXPECT_LT(length(found[n] - Vec3{thin * p.x, thin * p.y, stretch * p.z}), 0.05 * rounding());
      }
    }
}

/// Pulled by springs at its end: springs and bar share the way as the closed form's force says.
TEST_P(TissueLaw, UniaxialForceIsTheClosedForms) {
  const Matter matter = softMatter(1e4, 0.45);
  const double side = 0.02, height = 0.03, pull = 0.02;
  Body body = makeBlock(2, 2, 3, {side, side, height}, matter);
  // One tetrahedral share of the face's area for each point of the end: what a uniform stress asks of
  // springs.
  std::vector<double> shares(body.positions.size(), 0);
  for (const auto& corners : body.tetrahedra) {
    std::vector<std::uint32_t> top;
    for (const std::uint32_t corner : corners)
      if (body.positions[corner].z > height - 1e-9) top.push_back(corner);
    if (top.size() != 3) continue;
    const Vec3 a = body.positions[top[0]];
    const double area = length(cross(body.positions[top[1]] - a, body.positions[top[2]] - a)) / 2;
    for (const std::uint32_t corner : top) shares[corner] += area / 3;
  }
  double total = 0;
  for (std::size_t n = 0; n < shares.size(); ++n) total += shares[n];
  ASSERT_NEAR(total, side * side, 1e-12);
  // Equilibrium: k (pull - (l - 1) height) = P(l) per area.
  const double k = 4e5;  // N/m^3
  double low = 1, high = 1.6;
  for (int n = 0; n < 100; ++n) {
    const double l = (low + high) / 2;
    (axialStress(matter, l, transverseStretch(matter, l)) > k * (pull - (l - 1) * height) ? high : low) = l;
  }
  const double l = low, t = transverseStretch(matter, l);
  ASSERT_GT(l, 1.05);
  std::vector<Vec3> places, targets;
  for (std::size_t n = 0; n < body.positions.size(); ++n) {
    const Vec3 p = body.positions[n];
    if (p.z < 1e-9) {
      body.held.push_back(std::uint32_t(n));
      places.push_back({t * p.x, t * p.y, 0});
    } else if (shares[n] > 0) {
      body.guided.push_back(std::uint32_t(n));
      body.guideStiffness.push_back(k * shares[n]);
      targets.push_back({t * p.x, t * p.y, height + pull});
    }
  }
  const auto solver = solverOn(GetParam(), body, settings());
  solver->hold(places);
  solver->guide(targets);
  solver->advance(1);
  const std::vector<Vec3> found = solver->positions();
  for (std::size_t n = 0; n < found.size(); ++n) {
    const Vec3 p = body.positions[n];
    EXPECT_LT(length(found[n] - Vec3{t * p.x, t * p.y, l * p.z}), 0.05 * rounding());
  }
}

INSTANTIATE_TEST_SUITE_P(Devices, TissueLaw, ::testing::Values(DeviceKind::reference, DeviceKind::cpu),
                         [](const auto& one) { return std::string(compute::deviceName(one.param)); });

/// Simple shear by g: P_xy = m g, and the normal stresses of m and of the cofactors alone; volume is kept.
TEST(TissueShear, SimpleShearIsTheClosedForm) {
  const Matter matter = softMatter(2e4, 0.4);
  const double mu = 4.0 / 3 * matter.shear;
  for (const double g : {0.1, 0.5, 2.0}) {
    const Matrix3 f{{{1, g, 0}, {0, 1, 0}, {0, 0, 1}}};
    const Matrix3 p = stress(anatomy::tissue::reference::lawOf(matter), f, {}, 0);
    const double m = mu * (1 - 1 / (3 + g * g + 1));
    EXPECT_NEAR(p[0][1], m * g, 1e-9 * mu);
    EXPECT_NEAR(p[1][0], 0.75 * mu * g, 1e-9 * mu);  // -(3/4) mu times the cofactor -g.
    EXPECT_NEAR(p[0][0], m - 0.75 * mu, 1e-9 * mu);
  }
}

}  // namespace
}  // namespace aula::test
