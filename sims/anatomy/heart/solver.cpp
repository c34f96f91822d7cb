// SPDX-License-Identifier: Apache-2.0
#include "anatomy/heart/model/solver.h"

#include "anatomy/heart/model/make.h"
#include "core/error.h"

namespace aula::anatomy::heart {

std::unique_ptr<Solver> makeSolver(const Lattice& lattice, const Settings& settings,
                                   const compute::DeviceChoice& device) {
  const compute::DeviceChoice choice = compute::resolveDevice(device);
  switch (choice.kind) {
    case compute::DeviceKind::reference:
      return makeReferenceSolver(lattice, settings);
    case compute::DeviceKind::cuda:
      return makeCudaSolver(lattice, settings);
    case compute::DeviceKind::check:
      return makeCheckSolver(lattice, settings);
    case compute::DeviceKind::cpu:
    case compute::DeviceKind::automatic:
      break;
  }
  return makeCpuSolver(lattice, settings, choice.threads);
}

}  // namespace aula::anatomy::heart
