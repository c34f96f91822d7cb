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

/// A step adds about 20 products of magnitude 1 (u) or 100 (mV), each rounded to 2^-24 of itself: an error of
/// random sign of sqrt(20) 2^-24 = 2.7e-7 of the range a step, at most 20 2^-24 = 1.2e-6. Diffusion spreads
/// it; the reaction multiplies an error on the front's foot by e^(rate t), and this is what a shift of the
/// front in time is: velocity is off by about the same relative error, 1.2e-6, so that after the 300 steps
/// here the front stands off by at most 4e-4 of a step and the potential, which rises by at most a tenth of
/// its range a step, by 4e-5 of the range. Ten times this is allowed at the worst node, once on average.
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
      solver.advance(300);
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

}  // namespace
}  // namespace aula::test
