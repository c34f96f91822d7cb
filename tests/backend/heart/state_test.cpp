// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "anatomy/heart/model/make.h"
#include "core/error.h"
#include "core/io/checkpoint.h"
#include "support/device_list.h"
#include "support/heart.h"

/// What is the same however it is computed: restarts, threads, groups of steps; knobs and messages.
namespace aula::test {
namespace {

using namespace heart;
using compute::DeviceKind;
using ::testing::HasSubstr;

class HeartSolver : public ::testing::TestWithParam<std::tuple<DeviceKind, CellModel>> {
 protected:
  void SetUp() override {
    if (std::get<0>(GetParam()) == DeviceKind::cuda) AULA_NEED_CUDA();
    settings_.cell = std::get<1>(GetParam());
    settings_.along = 2;
    settings_.across = 0.5;
  }
  [[nodiscard]] std::unique_ptr<Solver> make(int threads = 1) const {
    return makeSolver(lattice_, settings_, {std::get<0>(GetParam()), threads});
  }
  void stimulateAll(Solver& solver) const {
    const double dt = solver.timeStep();
    solver.stimulate(kick(settings_, nodesWhere(lattice_, [](int i, int, int) { return i < 5; }), 0.06,
                          1.3 * dt, 12.9 * dt));
    solver.stimulate(kick(settings_, nodesWhere(lattice_, [](int, int j, int k) { return j + k > 20; }), 0.08,
                          30 * dt, 15 * dt));
  }
  static void expectEqual(const Solver& a, const Solver& b) {
    EXPECT_EQ(a.step(), b.step());
    EXPECT_EQ(a.potentials(), b.potentials());
    EXPECT_EQ(a.recovery(), b.recovery());
    EXPECT_EQ(a.activationTimes(), b.activationTimes());
  }

  Lattice lattice_ = makeShell(19, 17, 21, 0.8e-3);
  Settings settings_;
};

TEST_P(HeartSolver, GivesTheSameBitsHoweverStepsAreGrouped) {
  const auto once = make(), often = make();
  stimulateAll(*once);
  stimulateAll(*often);
  once->advance(71);
  for (const int steps : {1, 2, 30, 32, 0, 6}) often->advance(steps);
  expectEqual(*once, *often);
}

TEST_P(HeartSolver, GoesOnFromACheckpointWithTheSameBits) {
  const auto unbroken = make(), before = make(), after = make();
  std::vector<float> factors = lattice_.conduction;
  for (std::size_t n = 0; n < factors.size(); n += 7) factors[n] *= 0.5F;
  core::MemoryCheckpoint memory;
  for (Solver* solver : {unbroken.get(), before.get()}) {
    stimulateAll(*solver);
    solver->setExcitability(1.2);
    solver->setConduction(factors);
    solver->advance(13);
  }
  core::CheckpointWriter writer(memory);
  before->save(writer);
  core::CheckpointReader reader(memory);
  after->load(reader);
  expectEqual(*after, *unbroken);
  // The second stimulus is still to come.
  unbroken->advance(45);
  after->advance(45);
  expectEqual(*after, *unbroken);
}

TEST_P(HeartSolver, WhatIsNotTissueRestsAndIsNeverActivated) {
  const auto solver = make();
  stimulateAll(*solver);
  solver->advance(60);
  const std::vector<float> potentials = solver->potentials(), times = solver->activationTimes();
  int activated = 0;
  for (std::size_t node = 0; node < lattice_.size(); ++node) {
    activated += times[node] >= 0 ? 1 : 0;
    if (lattice_.isTissue[node] != 0) continue;
    EXPECT_EQ(potentials[node], static_cast<float>(restingPotential(settings_.cell)));
    EXPECT_EQ(times[node], -1);
  }
  EXPECT_GT(activated, 20);
}

TEST_P(HeartSolver, SaysWhereAPotentialIsNoLongerANumber) {
  const auto solver = make();
  Stimulus much;
  much.duration = 1;
  much.current = 1e38;
  much.nodes = {static_cast<std::uint32_t>(lattice_.index(9, 1, 10))};
  lattice_.isTissue[much.nodes[0]] = 1;
  const auto one = make();
  one->stimulate(much);
  try {
    for (int n = 0; n < 100; ++n) one->advance(10);
    FAIL() << "went on";
  } catch (const core::Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("is no longer a number at step"));
    EXPECT_EQ(error.fault(), core::Fault::failure);
  }
}

std::string nameOf(const ::testing::TestParamInfo<std::tuple<DeviceKind, CellModel>>& info) {
  return std::string(compute::deviceName(std::get<0>(info.param))) +
         (std::get<1>(info.param) == CellModel::alievPanfilov ? "_AlievPanfilov" : "_TenTusscher");
}
INSTANTIATE_TEST_SUITE_P(Devices, HeartSolver,
                         ::testing::Combine(::testing::Values(DeviceKind::reference, DeviceKind::cpu,
                                                              DeviceKind::check, DeviceKind::cuda),
                                            ::testing::Values(CellModel::alievPanfilov,
                                                              CellModel::tenTusscherPanfilov)),
                         nameOf);

/// More threads than planes, as many as there are, two, one: waves of levels of other depths.
TEST(HeartCpu, GivesTheSameBitsOnAnyNumberOfThreads) {
  for (const CellModel model : {CellModel::alievPanfilov, CellModel::tenTusscherPanfilov}) {
    const Lattice lattice = makeShell(29, 27, 41, 1e-3);
    Settings settings;
    settings.cell = model;
    settings.along = 3;
    settings.across = 0.4;
    if (model == CellModel::tenTusscherPanfilov) settings.timeStep = 5e-5;
    std::vector<std::vector<float>> found;
    for (const int threads : {1, 2, 3, 64}) {
      const auto solver = makeCpuSolver(lattice, settings, threads);
      solver->stimulate(
          kick(settings, nodesWhere(lattice, [](int i, int, int k) { return i + k < 30; }), 0.09));
      solver->advance(130);
      solver->stimulate(kick(settings, nodesWhere(lattice, [](int, int j, int) { return j < 9; }), 0.09,
                             133.3 * solver->timeStep()));
      solver->advance(21);
      for (std::vector<float> values : {solver->potentials(), solver->recovery(), solver->activationTimes()})
        found.push_back(std::move(values));
    }
    for (std::size_t n = 3; n < found.size(); ++n) EXPECT_EQ(found[n], found[n % 3]) << n / 3;
  }
}

template <class Work>
std::string messageOf(const Work& work) {
  try {
    work();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.fault(), core::Fault::input);
    return error.what();
  }
  return "no error";
}

TEST(HeartInput, IsRefusedInWordsThatHelp) {
  const Lattice good = makeSlab(4, 3, 2, 1e-3);
  const auto make = [](const Lattice& lattice, const Settings& settings) {
    return messageOf([&] { (void)makeCpuSolver(lattice, settings, 1); });
  };
  Lattice bad = good;
  bad.isTissue.pop_back();
  EXPECT_EQ(make(bad, {}), "the lattice has 24 nodes and 23 values of isTissue; one a node is needed");
  bad = good;
  bad.layers = {Layer::middle};
  EXPECT_EQ(make(bad, {}), "the lattice has 24 nodes and 1 values of layers; one a node is needed, or none");
  bad = good;
  bad.fibres[good.index(1, 2, 1)] = {0.5F, 0, 0};
  EXPECT_EQ(make(bad, {}), "the fibre of node (1, 2, 1) has the length 0.5; it must be 1");
  bad = good;
  bad.conduction.assign(bad.size(), 1);
  bad.conduction[5] = -1;
  EXPECT_EQ(make(bad, {}), "the factor of conduction of node (1, 1, 0) is -1; it must be 0 or more");
  bad = good;
  bad.spacing = 0;
  EXPECT_EQ(make(bad, {}), "the lattice's spacing is 0; it must be positive");

  Settings settings;
  settings.timeStep = 2e-3;
  EXPECT_EQ(make(good, settings),
            "a time step of 2 ms is not stable with Aliev-Panfilov's cells; at most 1 ms");
  settings = {};
  settings.cell = CellModel::tenTusscherPanfilov;
  settings.timeStep = 1e-4;
  settings.along = 1e4;
  EXPECT_THAT(make(good, settings), HasSubstr("is too long for diffusion on this lattice; at most"));
  settings = {};
  settings.excitability = -1;
  EXPECT_EQ(make(good, settings), "an excitability of -1; it must be between 0 and 10");

  const auto solver = makeCpuSolver(good, {}, 1);
  Stimulus stimulus;
  stimulus.duration = 1;
  stimulus.nodes = {3, 24};
  EXPECT_EQ(messageOf([&] { solver->stimulate(stimulus); }),
            "a stimulus of node 24 of a lattice of 24 nodes, counted from 0");
  EXPECT_THAT(messageOf([&] { (void)makeCpuSolver(good, {}, 1, "sse9"); }),
              HasSubstr("this machine has no instruction set \"sse9\"; it has baseline"));
}

}  // namespace
}  // namespace aula::test
