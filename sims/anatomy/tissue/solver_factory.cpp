// SPDX-License-Identifier: Apache-2.0
#include "anatomy/tissue/model/solver.h"
#include "core/assert.h"
#include "core/error.h"

namespace aula::anatomy::tissue {

std::unique_ptr<Solver> makeSolver(const Body& body, const Settings& settings,
                                   const compute::DeviceChoice& device) {
  switch (compute::resolveDevice(device).kind) {
    case compute::DeviceKind::reference:
      return makeReferenceSolver(body, settings);
    case compute::DeviceKind::cpu:
      return makeCpuSolver(body, settings, device.threads);
#if defined(AULA_ANATOMY_TISSUE_CUDA)
    case compute::DeviceKind::cuda:
      return makeCudaSolver(body, settings);
    case compute::DeviceKind::check:
      return makeCheckSolver(body, settings);
#else
    case compute::DeviceKind::cuda:
    case compute::DeviceKind::check:
      throw core::inputError(
          "this build has no CUDA solver for soft tissue; choose the device cpu or reference");
#endif
    case compute::DeviceKind::automatic:
      break;
  }
  AULA_ASSERT(false && "the device was resolved");
  return nullptr;
}

}  // namespace aula::anatomy::tissue
