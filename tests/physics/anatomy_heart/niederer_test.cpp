// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "anatomy/heart/model/make.h"
#include "support/heart.h"

/// The benchmark of Niederer et al., Phil. Trans. R. Soc. A 369, 4331 (2011), doi 10.1098/rsta.2011.0139: a
/// slab of 20 x 7 x 3 mm, fibres along its length, ten Tusscher and Panfilov's epicardial cells, 50 uA/mm^3
/// for 2 ms in a cube of 1.5 mm at a corner; when does each place rise through 0 mV?
namespace aula::test {
namespace {

using namespace heart;

struct Corners {
  double nearest, lengthwise, centre, farthest;  ///< P1, P3, P9, P8 of the paper, ms
};

Corners activate(double spacing, double timeStep, int threads = 1) {
  const int nx = static_cast<int>(std::lround(20e-3 / spacing)),
            ny = static_cast<int>(std::lround(7e-3 / spacing)),
            nz = static_cast<int>(std::lround(3e-3 / spacing));
  const Lattice lattice = makeSlab(nx, ny, nz, spacing);
  Settings settings;
  settings.cell = CellModel::tenTusscherPanfilov;
  settings.timeStep = timeStep;
  const auto solver = makeCpuSolver(lattice, settings, threads);
  // Nodes stand in the middles of their cubes: those that the stimulated cube cuts get the share it covers,
  // so that the charge is the paper's at every spacing.
  const auto covered = [&](int n) { return std::clamp(1.5e-3 / spacing - n, 0.0, 1.0); };
  std::array<std::vector<std::uint32_t>, 4> nodes;
  double share = 1;
  for (int k = 0; k < nz && covered(k) > 0; ++k)
    for (int j = 0; j < ny && covered(j) > 0; ++j)
      for (int i = 0; i < nx && covered(i) > 0; ++i) {
        std::size_t cut = 0;
        for (const double c : {covered(i), covered(j), covered(k)})
          if (c < 1 - 1e-9) {
            ++cut;
            share = c;
          }
        nodes[cut].push_back(static_cast<std::uint32_t>(lattice.index(i, j, k)));
      }
  for (std::size_t cut = 0; cut < nodes.size(); ++cut) {
    if (nodes[cut].empty()) continue;
    Stimulus stimulus;
    stimulus.duration = 2e-3;
    stimulus.current = 5e4 * std::pow(share, static_cast<double>(cut));
    stimulus.nodes = nodes[cut];
    solver->stimulate(stimulus);
  }
  const auto at = [&](int i, int j, int k) { return lattice.index(i, j, k); };
  std::vector<float> times;
  for (int n = 1; n < 40; ++n) {
    advanceTo(*solver, 5e-3 * n);
    times = solver->activationTimes();
    if (times[at(nx - 1, ny - 1, nz - 1)] >= 0) break;
  }
  return {1e3 * static_cast<double>(times[at(0, 0, 0)]), 1e3 * static_cast<double>(times[at(nx - 1, 0, 0)]),
          1e3 * static_cast<double>(times[at(nx / 2, ny / 2, nz / 2)]),
          1e3 * static_cast<double>(times[at(nx - 1, ny - 1, nz - 1)])};
}

/// At 0.5 and 0.2 mm: codes of finite differences and finite volumes are late on coarse lattices (the paper's
/// fig. 2 and 4), the more the coarser; those of finite elements without lumping are early. The far corner is
/// the last.
TEST(Niederer, CoarseSlabsAreLateAsOfFiniteDifferences) {
  const Corners coarse = activate(0.5e-3, 5e-5), medium = activate(0.2e-3, 5e-5);
  for (const Corners& found : {coarse, medium}) {
    EXPECT_NEAR(found.nearest, 1.25, 0.1);
    EXPECT_GT(found.farthest, found.lengthwise);
  }
  EXPECT_GT(coarse.farthest, 100);
  EXPECT_LT(coarse.farthest, 160);
  EXPECT_GT(medium.farthest, 48);
  EXPECT_LT(medium.farthest, 60);
  // The step matters little beside the spacing.
  EXPECT_NEAR(activate(0.5e-3, 2.5e-5).farthest, coarse.farthest, 0.02 * coarse.farthest);
}

/// At 0.1 mm the last activations of the paper's eleven codes lie between 37.8 and 48.7 ms (its section 6).
TEST(LongNiederer, FineSlabIsActivatedWhenThePublishedCodesSay) {
  const Corners medium = activate(0.2e-3, 2e-5, 2), fine = activate(0.1e-3, 2e-5, 2);
  EXPECT_GT(fine.farthest, 37.8);
  EXPECT_LT(fine.farthest, 48.7);
  EXPECT_LT(fine.farthest, medium.farthest);
  // What second order leaves: a third of the last change.
  const double limit = fine.farthest - (medium.farthest - fine.farthest) / 3;
  EXPECT_GT(limit, 37.8);
  RecordProperty("far_corner_ms", std::to_string(fine.farthest));
}

}  // namespace
}  // namespace aula::test
