// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "anatomy/heart/model/make.h"
#include "support/device_list.h"
#include "support/heart.h"

/// Every way of computing beside the reference, on shapes off every block boundary.
namespace aula::test {
namespace {

using namespace heart;

struct Way {
  const char* name;
  std::function<std::unique_ptr<Solver>(const Lattice&, const Settings&)> make;
};

std::vector<Way> ways() {
  std::vector<Way> list {
    {"cpu", [](const Lattice& l, const Settings& s) { return makeCpuSolver(l, s, 1); }},
        {"cpu with two threads", [](const Lattice& l, const Settings& s) { return makeCpuSolver(l, s, 2); }},
        {"cpu, baseline",
         [](const Lattice& l, const Settings& s) { return makeCpuSolver(l, s, 1, "baseline"); }},
#if defined(__x86_64__)
        {"cpu, avx2", [](const Lattice& l, const Settings& s) { return makeCpuSolver(l, s, 1, "avx2"); }},
#endif
    {
      "check", [](const Lattice& l, const Settings& s) { return makeCheckSolver(l, s); }
    }
  };
  if (testing::cudaMissing().empty())
    list.push_back({"cuda", [](const Lattice& l, const Settings& s) { return makeCudaSolver(l, s); }});
  return list;
}

const char* cellNameOf(CellModel model) {
  return model == CellModel::alievPanfilov ? "Aliev and Panfilov" : "ten Tusscher and Panfilov";
}

struct Difference {
  double largest = 0, mean = 0;
};
Difference between(const Lattice& lattice, const std::vector<float>& a, const std::vector<float>& b) {
  Difference difference;
  double count = 0;
  for (std::size_t node = 0; node < a.size(); ++node) {
    if (lattice.isTissue[node] == 0) {
      EXPECT_EQ(a[node], b[node]) << "outside the tissue, node " << node;
      continue;
    }
    const double d = std::abs(static_cast<double>(a[node]) - static_cast<double>(b[node]));
    difference.largest = std::max(difference.largest, d);
    difference.mean += d;
    count += 1;
  }
  difference.mean /= count;
  return difference;
}

Lattice shape(int which) {
  switch (which) {
    case 0:
      return makeShell(23, 19, 29, 1e-3);
    case 1:
      return makeSlab(37, 1, 1, 0.5e-3);  // a fibre
    case 2:
      return makeSlab(1, 33, 17, 0.7e-3, {0, 0.6F, 0.8F});  // a sheet across the rows
    default:
      return makeSlab(1, 1, 1, 1e-3);  // a cell
  }
}
constexpr int kShapes = 4;

/// A step adds about 20 products of magnitude 1, each rounded to 2^-24 of itself: an error of random sign of
/// sqrt(20) 2^-24 = 2.7e-7 of the range a step, at most 20 2^-24 = 1.2e-6, in one direction. As a relative
/// error of what moves the front it is a relative error of its velocity: after 100 steps the front stands off
/// by at most 1.2e-4 of what it goes in a step, and the potential, which rises by at most a third of its
/// range a step of 0.8 ms, by 4e-5 of the range. Ten times this is allowed at the worst node, once on
/// average.
TEST(HeartAgreement, AlievAndPanfilov) {
  for (int which = 0; which < kShapes; ++which) {
    const Lattice lattice = shape(which);
    Settings settings;
    settings.along = 2.0;
    settings.across = 0.4;
    settings.excitability = 1.1;
    const auto run = [&](Solver& solver) {
      solver.stimulate(kick(settings,
                            nodesWhere(lattice, [&](int i, int j, int k) { return i + j + k < 14; }), 0.09,
                            1e-3, 2.05e-3));
      solver.advance(100);
    };
    const auto reference = makeReferenceSolver(lattice, settings);
    run(*reference);
    for (const Way& way : ways()) {
      SCOPED_TRACE(std::string(way.name) + ", shape " + std::to_string(which));
      const auto solver = way.make(lattice, settings);
      run(*solver);
      ASSERT_EQ(solver->timeStep(), reference->timeStep());
      const Difference v = between(lattice, solver->potentials(), reference->potentials());
      EXPECT_LT(v.largest, 4e-4 * 0.1);
      EXPECT_LT(v.mean, 4e-5 * 0.1);
      const Difference w = between(lattice, solver->recovery(), reference->recovery());
      EXPECT_LT(w.largest, 4e-4 * 2);
      // Times are read where the potential rises by a hundredth of its range a step at least.
      const Difference t = between(lattice, solver->activationTimes(), reference->activationTimes());
      EXPECT_LT(t.largest, 100 * 4e-4 * solver->timeStep());
    }
  }
}

/// Currents of some 10 pA/pF cancel at rest to what single precision leaves, 20 2^-24 10 = 1.2e-5 mV/ms, and
/// exponentials are good to 1e-7: an error of 1e-4 mV in the ten milliseconds before a front comes. On the
/// foot it grows with the front, which shifts in time by 1e-4 mV over 20 mV/ms = 5e-6 ms; at 400 mV/ms in the
/// upstroke that is 2e-3 mV. Ten times this is allowed at the worst node, once on average. Calcium in the
/// narrow space is released within a millisecond and shifts as the front does: 1e-4 of its peak of 1e-3 mM.
TEST(HeartAgreement, TenTusscherAndPanfilov) {
  for (int which = 0; which < kShapes; ++which) {
    const Lattice lattice = which == 0 ? makeShell(17, 13, 19, 0.4e-3) : shape(which);
    Settings settings;
    settings.cell = CellModel::tenTusscherPanfilov;
    settings.along = 0.8;
    settings.across = 0.3;
    settings.excitability = 0.9;
    const auto run = [&](Solver& solver) {
      solver.stimulate(kick(settings,
                            nodesWhere(lattice, [&](int i, int j, int k) { return i + j + k < 14; }), 0.06,
                            0.1e-3, 1.003e-3));
      solver.advance(400);
    };
    const auto reference = makeReferenceSolver(lattice, settings);
    run(*reference);
    for (const Way& way : ways()) {
      SCOPED_TRACE(std::string(way.name) + ", shape " + std::to_string(which));
      const auto solver = way.make(lattice, settings);
      run(*solver);
      const Difference v = between(lattice, solver->potentials(), reference->potentials());
      EXPECT_LT(v.largest, 2e-5);
      EXPECT_LT(v.mean, 2e-6);
      const Difference w = between(lattice, solver->recovery(), reference->recovery());
      EXPECT_LT(w.largest, 1e-7);
      const Difference t = between(lattice, solver->activationTimes(), reference->activationTimes());
      EXPECT_LT(t.largest, 1e-7);
    }
  }
}

/// A whole action potential of one cell of each kind. Slow gates in single precision stop where a step moves
/// them by less than half of 2^-24: 2^-25 tau/dt from their goal, 1.5e-3 at most (tau 1 s, dt 20 us), so that
/// the currents they gate are off by up to 0.3 %, and so is the duration, about 300 ms: 1 ms. In the plateau
/// and at rest the potential moves by 0.3 mV/ms at most, during repolarisation by 2 mV/ms.
TEST(HeartAgreement, AnActionPotentialTakesItsCourse) {
  for (const CellModel model : {CellModel::alievPanfilov, CellModel::tenTusscherPanfilov}) {
    Lattice lattice = makeSlab(3, 1, 1, 1e-3);
    lattice.layers = {Layer::endocardial, Layer::middle, Layer::epicardial};
    lattice.conduction = {0, 0, 0};
    Settings settings;
    settings.cell = model;
    const auto reference = makeReferenceSolver(lattice, settings), cpu = makeCpuSolver(lattice, settings, 1);
    for (Solver* solver : {reference.get(), cpu.get()})
      solver->stimulate(kick(settings, {0, 1, 2}, 0.05, 0, 1e-3));
    for (double time = 20e-3; time < 0.5; time += 20e-3) {
      advanceTo(*reference, time);
      advanceTo(*cpu, time);
      EXPECT_LT(between(lattice, cpu->potentials(), reference->potentials()).largest, 2e-3)
          << cellNameOf(model) << " after " << time << " s";
    }
  }
}

}  // namespace
}  // namespace aula::test
