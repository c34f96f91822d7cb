// SPDX-License-Identifier: Apache-2.0
// The FDTD kernels under Google Benchmark, for work on the kernels themselves: one iteration is 32 steps.
// Speed as users see it, with checks of the answer, is `aula bench fdtd`.
#include <benchmark/benchmark.h>

#include "fdtd/model/solver.h"

namespace {

using namespace aula::fdtd;

void vacuum(benchmark::State& state, const char* instructionSet) {
  const auto n = static_cast<int>(state.range(0));
  Setup setup;
  setup.grid.nx = setup.grid.ny = setup.grid.nz = n;
  setup.grid.dx = setup.grid.dy = setup.grid.dz = 1e-8;
  setup.grid.dt = 0.95 * courantLimit(setup.grid);
  Tuning tuning;
  tuning.threads = static_cast<int>(state.range(1));
  tuning.stepsPerSweep = static_cast<int>(state.range(2));
  tuning.instructionSet = instructionSet;
  const auto solver = makeCpuSolver(setup, makeMedium(setup), tuning);
  constexpr int kSteps = 32;
  for (auto _ : state) solver->advance(kSteps);
  state.counters["Mcell/s"] = benchmark::Counter(
      1e-6 * static_cast<double>(setup.grid.cellCount()) * kSteps * static_cast<double>(state.iterations()),
      benchmark::Counter::kIsRate);
  state.SetLabel(solver->description());
}

BENCHMARK_CAPTURE(vacuum, best, nullptr)
    ->ArgNames({"n", "threads", "steps"})
    ->ArgsProduct({{64, 128, 256}, {1, 2}, {1, 0}})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(vacuum, baseline, "baseline")
    ->ArgNames({"n", "threads", "steps"})
    ->ArgsProduct({{128}, {1}, {0}})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
