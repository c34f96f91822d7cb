// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "anatomy/heart/model/solver.h"

/// One maker for each way of computing; makeSolver() chooses. `threads` 0: as many as the process may run on.
namespace aula::anatomy::heart {

[[nodiscard]] std::unique_ptr<Solver> makeReferenceSolver(const Lattice& lattice, const Settings& settings);
/// `instructionSet`: "avx512", "avx2", "baseline", or null for the best of this machine; throws core::Error
/// (input) where the machine has not got it.
[[nodiscard]] std::unique_ptr<Solver> makeCpuSolver(const Lattice& lattice, const Settings& settings,
                                                    int threads, const char* instructionSet = nullptr);
[[nodiscard]] std::unique_ptr<Solver> makeCudaSolver(const Lattice& lattice, const Settings& settings);
[[nodiscard]] std::unique_ptr<Solver> makeCheckSolver(const Lattice& lattice, const Settings& settings);

}  // namespace aula::anatomy::heart
