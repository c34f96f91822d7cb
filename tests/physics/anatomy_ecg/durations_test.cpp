// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "anatomy/heart/model/solver.h"
#include "core/error.h"

namespace aula::tests {
namespace {

using namespace anatomy::heart;

Lattice blockOf(int n, float duration) {
  Lattice lattice;
  lattice.nx = lattice.ny = lattice.nz = n;
  lattice.spacing = 0.001;
  lattice.isTissue.assign(lattice.size(), 1);
  lattice.fibres.assign(lattice.size(), {1, 0, 0});
  if (duration > 0) lattice.durations.assign(lattice.size(), duration);
  return lattice;
}

/// How long the block's cells stay above -40 mV after all were stimulated at once, s.
double durationOf(float factor, compute::DeviceKind kind) {
  const Lattice lattice = blockOf(3, factor);
  Settings settings;
  settings.timeStep = 2e-4;
  compute::DeviceChoice device;
  device.kind = kind;
  device.threads = 1;
  const auto solver = makeSolver(lattice, settings, device);
  Stimulus all;
  all.duration = 0.002;
  all.current = 60 * settings.surfaceToVolume * settings.capacitance;
  for (std::uint32_t n = 0; n < lattice.size(); ++n) all.nodes.push_back(n);
  solver->stimulate(all);
  double begin = -1, end = -1;
  for (int k = 0; k < 4000 && end < 0; ++k) {
    const float v = solver->potentials()[13];
    const double time = double(solver->step()) * solver->timeStep();
    if (begin < 0 && v > -0.04F) begin = time;
    if (begin >= 0 && v < -0.04F) end = time;
    solver->advance(1);
  }
  return end - begin;
}

TEST(Durations, LengthenTheActionPotentialInProportion) {
  // Without space every rate of recovery is divided by the factor, and the fast upstroke and repolarisation's
  // end take a small share: proportional within 6 %.
  const double usual = durationOf(1, compute::DeviceKind::reference);
  EXPECT_GT(usual, 0.2);
  EXPECT_LT(usual, 0.45);
  EXPECT_NEAR(durationOf(1.2F, compute::DeviceKind::reference) / usual, 1.2, 0.06);
  EXPECT_NEAR(durationOf(0.8F, compute::DeviceKind::reference) / usual, 0.8, 0.06);
  EXPECT_EQ(durationOf(0, compute::DeviceKind::reference), usual);
}

TEST(Durations, AreTheSameOnEachDevice) {
  for (const float factor : {0.8F, 1.3F})
    // A step of time: single precision may cross the level one step earlier or later.
    EXPECT_NEAR(durationOf(factor, compute::DeviceKind::cpu),
                durationOf(factor, compute::DeviceKind::reference), 2.1e-4);
  EXPECT_NEAR(durationOf(1.3F, compute::DeviceKind::check), durationOf(1.3F, compute::DeviceKind::cpu),
              2.1e-4);
}

TEST(Durations, OutOfRangeAreRefused) {
  Lattice lattice = blockOf(3, 1);
  lattice.durations[4] = 0.05F;
  try {
    (void)makeSolver(lattice, {}, {compute::DeviceKind::reference, 1});
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_STREQ(
        error.what(),
        "the action potential of node (1, 1, 0) is to last 0.05 times as long as usual; it must be between "
        "0.1 and 10");
  }
}

}  // namespace
}  // namespace aula::tests
