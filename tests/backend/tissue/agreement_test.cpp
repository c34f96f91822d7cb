// SPDX-License-Identifier: Apache-2.0
#include "core/io/checkpoint.h"
#include "physics/anatomy_tissue/rigs.h"
#include "support/device_list.h"

/// The fast solvers beside the reference, the same cases for each.
namespace aula::test {
namespace {

/// One way of computing: a device, for cpu with threads and an instruction set.
struct Way {
  const char* name;
  DeviceKind kind;
  int threads;
  const char* instructionSet;
};
const Way kWays[] = {{"cpu1", DeviceKind::cpu, 1, nullptr},        {"cpu2", DeviceKind::cpu, 2, nullptr},
                     {"baseline", DeviceKind::cpu, 1, "baseline"}, {"avx2", DeviceKind::cpu, 2, "avx2"},
                     {"check", DeviceKind::check, 1, nullptr},     {"cuda", DeviceKind::cuda, 1, nullptr}};

std::unique_ptr<Solver> make(const Way& way, const Body& body, const Settings& settings) {
  if (way.kind == DeviceKind::cpu) return makeCpuSolver(body, settings, way.threads, way.instructionSet);
  if (way.kind == DeviceKind::check) return makeCheckSolver(body, settings);
  return makeCudaSolver(body, settings);
}

class TissueAgreement : public ::testing::TestWithParam<Way> {
 protected:
  void SetUp() override {
    if (GetParam().kind == DeviceKind::cuda) AULA_NEED_CUDA();
#if defined(__x86_64__)
    if (std::string(GetParam().name) == "avx2" && !__builtin_cpu_supports("avx2"))
      GTEST_SKIP() << "this machine has no AVX2";
#else
    if (std::string(GetParam().name) == "avx2") GTEST_SKIP() << "this machine has no AVX2";
#endif
  }
};

struct Case {
  const char* name;
  double poisson, damping, fibreStress;
  int x, y, z;  ///< Sizes off every block boundary.
  bool isGuided;
};
const Case kCases[] = {{"plain", 0.3, 0, 0, 1, 1, 1, false},
                       {"nearly incompressible", 0.49, 0, 0, 3, 2, 4, false},
                       {"damped", 0.45, 0.01, 0, 2, 3, 2, false},
                       {"active", 0.49, 0, 5e4, 2, 3, 3, false},
                       {"all", 0.49, 0.01, 5e4, 2, 3, 3, true}};

Body bodyOf(const Case& one) {
  Matter matter = softMatter(1e4, one.poisson);
  matter.damping = one.damping;
  matter.fibreStress = one.fibreStress;
  matter.fibreStiffness = one.fibreStress / 5;
  Body body = makeBlock(one.x, one.y, one.z, {0.01 * one.x, 0.01 * one.y, 0.01 * one.z}, matter);
  shake(body, one.x, one.y, one.z, 0.2);
  // Two matters, two groups, and tetrahedra with fibre and without.
  matter.shear *= 2;
  matter.density *= 1.2;
  body.matter.push_back(matter);
  body.groupCount = 2;
  for (std::size_t t = 0; t < body.tetrahedra.size(); ++t) {
    body.matters[t] = std::uint16_t(t % 5 == 0);
    body.groups[t] = std::uint16_t(t % 2);
    if (one.fibreStress > 0 && t % 7 != 0) body.fibres[t] = core::normalised({0.1, 0.2, 1});
  }
  for (std::size_t n = 0; n < body.positions.size(); ++n)
    if (body.positions[n].z == 0) body.held.push_back(std::uint32_t(n));
  if (one.isGuided) {
    body.guided = {std::uint32_t(body.positions.size() - 1), std::uint32_t(body.positions.size() - 3)};
    body.guideStiffness = {20, 35};
  }
  return body;
}

void drive(Solver& solver, const Body& body, int step) {
  solver.activate(std::vector<double>{0.1 * step, 0.05 * step});
  std::vector<Vec3> places;
  for (const std::uint32_t point : body.held)
    places.push_back(body.positions[point] + Vec3{0.0004 * step, 0, -0.0002 * step});
  solver.hold(places);
  places.clear();
  for (const std::uint32_t point : body.guided)
    places.push_back(body.positions[point] + Vec3{0, 0.0005 * step, 0});
  solver.guide(places);
}

/// Steps that are solved to 1e-5 of the forces that meet at a point: places agree to what such forces move.
TEST_P(TissueAgreement, StepsAreTheReferences) {
  for (const Case& one : kCases) {
    const Body body = bodyOf(one);
    Settings settings;
    settings.iterations = 600;
    settings.tolerance = 1e-5;
    const auto reference = makeReferenceSolver(body, settings);
    const auto solver = make(GetParam(), body, settings);
    // The checking device takes a hundred times as long.
    const int steps = GetParam().kind == DeviceKind::check ? 1 : 4;
    for (int step = 1; step <= steps; ++step) {
      drive(*reference, body, step);
      drive(*solver, body, step);
      reference->advance(1);
      solver->advance(1);
      // A force of 1e-5 of its scale (stress times area) strains by about 1e-5, over the body's length; both
      // may have it, and with every step velocities hand it on.
      const double allowed = 2e-5 * 0.01 * one.z * step;
      EXPECT_LT(largestDifference(solver->positions(), reference->positions()), allowed)
          << one.name << ", step " << step;
      EXPECT_LT(largestDifference(solver->velocities(), reference->velocities()),
                2 * allowed / settings.timeStep)
          << one.name << ", step " << step;
      const Totals found = solver->totals(), expected = reference->totals();
      EXPECT_LT(found.residual, 1e-5 * found.residualScale) << one.name << ", step " << step;
      EXPECT_TRUE(isNear(found.residualScale, expected.residualScale, {.relative = 1e-3})) << one.name;
      EXPECT_TRUE(isNear(found.volume, expected.volume, {.relative = 1e-5})) << one.name;
      EXPECT_TRUE(isNear(found.elasticEnergy, expected.elasticEnergy, {.absolute = 1e-7, .relative = 2e-3}))
          << one.name;
      EXPECT_TRUE(isNear(found.kineticEnergy, expected.kineticEnergy, {.absolute = 1e-8, .relative = 2e-3}))
          << one.name;
    }
  }
}

/// A few iterations are the same few iterations, to rounding: the search itself is the reference's.
TEST_P(TissueAgreement, UnfinishedStepsAreTheReferencesToo) {
  for (const Case& one : kCases) {
    const Body body = bodyOf(one);
    Settings settings;
    settings.iterations = 7;
    const auto reference = makeReferenceSolver(body, settings);
    const auto solver = make(GetParam(), body, settings);
    // Strained, since the fibre's law has a kink at rest, where rounding alone decides the slope.
    std::vector<Vec3> places = body.positions, still(places.size());
    for (Vec3& p : places) p = {1.02 * p.x + 0.01 * p.z, 0.98 * p.y, 1.03 * p.z};
    reference->place(places, still);
    solver->place(places, still);
    drive(*reference, body, 3);
    drive(*solver, body, 3);
    reference->advance(1);
    solver->advance(1);
    EXPECT_GT(reference->totals().residual, 1e-3 * reference->totals().residualScale) << one.name;
    // Rounding of seven iterations, over moves of 2 mm.
    EXPECT_LT(largestDifference(solver->positions(), reference->positions()), 2e-8) << one.name;
    EXPECT_TRUE(isNear(solver->totals().residual, reference->totals().residual, {.relative = 1e-3}))
        << one.name;
  }
}

TEST_P(TissueAgreement, CheckpointsCarryOnBitForBit) {
  const Body body = bodyOf(kCases[4]);
  Settings settings;
  settings.iterations = 12;
  const auto one = make(GetParam(), body, settings), other = make(GetParam(), body, settings);
  for (int step = 1; step <= 3; ++step) {
    drive(*one, body, step);
    one->advance(1);
  }
  core::MemoryCheckpoint kept;
  core::CheckpointWriter writer(kept);
  one->save(writer);
  core::CheckpointReader reader(kept);
  other->load(reader);
  one->advance(3);
  other->advance(3);
  EXPECT_EQ(one->step(), other->step());
  EXPECT_EQ(one->positions(), other->positions());
  EXPECT_EQ(one->velocities(), other->velocities());
  EXPECT_EQ(one->totals().residual, other->totals().residual);
}

INSTANTIATE_TEST_SUITE_P(Ways, TissueAgreement, ::testing::ValuesIn(kWays),
                         [](const auto& one) { return std::string(one.param.name); });

/// Sums are of fixed chunks: one thread, two and three give the same bits.
TEST(TissueThreads, AnyNumberGivesTheSameBits) {
  Matter matter = softMatter(1e4, 0.495);
  matter.fibreStress = 2e5;
  const Body body = makeSpindle(6, 12, 0.15, 0.02, 0.008, matter);
  const auto run = [&](int threads) {
    const auto solver = makeCpuSolver(body, Settings{}, threads);
    solver->activate(std::vector<double>{0.6});
    solver->advance(5);
    return solver->positions();
  };
  const std::vector<Vec3> one = run(1);
  EXPECT_EQ(one, run(2));
  EXPECT_EQ(one, run(3));
}

}  // namespace
}  // namespace aula::test
