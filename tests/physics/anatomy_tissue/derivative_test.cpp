// SPDX-License-Identifier: Apache-2.0
#include "anatomy/tissue/reference/reference_solver.h"
#include "physics/anatomy_tissue/rigs.h"

/// Stress against the energy and tangent against the stress by central differences: first each tetrahedron's,
/// then a whole body's with everything a body can have.
namespace aula::test {
namespace {

using namespace anatomy::tissue::reference;

/// A few states: near rest (at rest the fibre's law has a kink), strained, turned, nearly flat, inverted,
/// fibres long and short.
std::vector<Matrix3> states() {
  return {{{{1.02, 0, 0}, {0, 1.03, 0}, {0, 0, 0.99}}},
          {{{1.2, 0.1, -0.2}, {0.05, 0.9, 0.3}, {0.1, -0.1, 1.1}}},
          {{{0, -1, 0.1}, {1.3, 0, 0}, {0, 0.2, 0.8}}},
          {{{0.6, 0.2, 0}, {0, 0.02, 0.1}, {0.3, 0, 1.5}}},
          {{{1, 0.2, 0}, {0, -0.7, 0.1}, {0.3, 0, 1.2}}},
          {{{0.5, 0.1, 0.1}, {0.1, 0.6, 0}, {0, 0.1, 0.55}}}};
}

Law fibredLaw() {
  Matter matter = softMatter(1e4, 0.45);
  matter.fibreStress = 2e5;
  matter.fibreStiffness = 5e4;
  matter.damping = 0.01;
  return lawOf(matter);
}

TEST(TissueDerivatives, StressIsTheEnergysDerivative) {
  const Law law = fibredLaw();
  const Vec3 fibre = core::normalised({1, 2, -0.5});
  const Matrix3 before = states()[1];
  for (const Matrix3& f : states()) {
    const Matrix3 p = stress(law, f, fibre, 0.7), d = dampingStress(law, f, before, 0.01);
    for (std::size_t i = 0; i < 3; ++i)
      for (std::size_t j = 0; j < 3; ++j) {
        const double step = 1e-5;
        Matrix3 up = f, down = f;
        up[i][j] += step;
        down[i][j] -= step;
        const double slope = (energy(law, up, fibre, 0.7) - energy(law, down, fibre, 0.7)) / (2 * step);
        const double damped =
            (dampingEnergy(law, up, before, 0.01) - dampingEnergy(law, down, before, 0.01)) / (2 * step);
        // Central differences: third derivatives of about 1e6 Pa times step^2/6, and rounding of energies of
        // 1e5 over the step.
        EXPECT_TRUE(isNear(p[i][j], slope, {.absolute = 1e-2, .relative = 1e-7}));
        EXPECT_TRUE(isNear(d[i][j], damped, {.absolute = 1e-2, .relative = 1e-7}));
      }
  }
}

TEST(TissueDerivatives, TangentIsTheStresssDerivative) {
  const Law law = fibredLaw();
  const Vec3 fibre = core::normalised({1, 2, -0.5});
  const Matrix3 before = states()[1];
  for (const Matrix3& f : states()) {
    const Matrix9 h = tangent(law, f, fibre, 0.7), d = dampingTangent(law, f, before, 0.01);
    for (std::size_t k = 0; k < 9; ++k) {
      const double step = 1e-5;
      Matrix3 up = f, down = f;
      up[k / 3][k % 3] += step;
      down[k / 3][k % 3] -= step;
      const Matrix3 a = stress(law, up, fibre, 0.7), b = stress(law, down, fibre, 0.7);
      const Matrix3 c = dampingStress(law, up, before, 0.01), e = dampingStress(law, down, before, 0.01);
      for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j) {
          EXPECT_TRUE(isNear(h[3 * i + j][k], (a[i][j] - b[i][j]) / (2 * step),
                             {.absolute = 1e-2, .relative = 1e-6}));
          EXPECT_TRUE(isNear(d[3 * i + j][k], (c[i][j] - e[i][j]) / (2 * step),
                             {.absolute = 1e-2, .relative = 1e-6}));
        }
    }
  }
}

/// At rest the law's tangent is Hooke's with Lame's constants: what the reparametrisation is for.
TEST(TissueDerivatives, SmallStrainsFollowHooke) {
  const double shear = 3e3, lambda = 5e3;
  Matter matter;
  matter.shear = shear;
  matter.bulk = lambda;
  const Matrix3 rest{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
  const Matrix9 h = tangent(lawOf(matter), rest, {}, 0);
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j)
      for (std::size_t k = 0; k < 3; ++k)
        for (std::size_t l = 0; l < 3; ++l) {
          const double hooke =
              lambda * (i == j && k == l) + shear * ((i == k && j == l) + (i == l && j == k));
          // Round-off of sums of a few thousand pascals.
          EXPECT_NEAR(h[3 * i + j][3 * k + l], hooke, 1e-9);
        }
  const Matrix3 p = stress(lawOf(matter), rest, {}, 0);
  for (const auto& row : p)
    for (const double value : row) EXPECT_NEAR(value, 0, 1e-9);
}

TEST(TissueDerivatives, WholeBodysForcesAndStiffness) {
  Matter matter = softMatter(1e4, 0.49);
  matter.fibreStress = 1e5;
  matter.fibreStiffness = 3e4;
  matter.damping = 0.005;
  Body body = makeBlock(2, 3, 2, {0.02, 0.03, 0.02}, matter);
  shake(body, 2, 3, 2, 0.2);
  for (Vec3& fibre : body.fibres) fibre = core::normalised({0.3, 1, 0.2});
  body.held = {0, 5};
  body.guided = {7, 8};
  body.guideStiffness = {50, 20};
  Settings settings;
  ReferenceSolver solver(body, settings);
  solver.activate(std::vector<double>{0.5});
  solver.advance(2);
  std::vector<Vec3> move(body.positions.size()), direction(move.size());
  for (std::size_t n = 0; n < move.size(); ++n) {
    const double a = double(n);
    move[n] = 1e-3 * Vec3{std::sin(a), std::cos(2 * a), std::sin(3 * a + 1)};
    direction[n] = {std::cos(a), std::sin(5 * a), std::cos(4 * a)};
  }
  for (const std::uint32_t point : body.held) move[point] = direction[point] = {};
  const double step = 1e-7;  // m
  const auto moved = [&](double by) {
    std::vector<Vec3> there = move;
    for (std::size_t n = 0; n < there.size(); ++n) there[n] = there[n] + by * direction[n];
    return there;
  };
  const std::vector<Vec3> forces = solver.forces(move);
  double along = 0;
  for (std::size_t n = 0; n < forces.size(); ++n) along += dot(forces[n], direction[n]);
  const double slope = (solver.objective(moved(step)) - solver.objective(moved(-step))) / (2 * step);
  // Rounding of an energy of about 1 J over the step: 1e-9; the slope is about 100 N.
  EXPECT_TRUE(isNear(-along, slope, {.relative = 1e-6}));
  const std::vector<Vec3> product = solver.stiffnessTimes(move, direction), up = solver.forces(moved(step)),
                          down = solver.forces(moved(-step));
  double size = 0;
  for (const Vec3& p : product) size = std::max(size, length(p));
  for (std::size_t n = 0; n < product.size(); ++n) {
    const Vec3 difference = (down[n] - up[n]) / (2 * step);
    // Forces of 10 N rounded to 1e-15 over the step, and third derivatives.
    EXPECT_LT(length(product[n] - difference), 1e-6 * size) << n;
  }
}

}  // namespace
}  // namespace aula::test
