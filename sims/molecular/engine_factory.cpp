// SPDX-License-Identifier: Apache-2.0
#include "core/assert.h"
#include "core/error.h"
#include "molecular/model/engine.h"

namespace aula::molecular {

std::unique_ptr<Engine> makeEngine(const System& system, const Settings& settings,
                                   const compute::DeviceChoice& device) {
  switch (device.kind) {
    case compute::DeviceKind::reference:
      return makeReferenceEngine(system, settings);
    case compute::DeviceKind::cpu: {
#if defined(AULA_MOLECULAR_CPU)
      Tuning tuning;
      tuning.threads = device.threads;
      return makeCpuEngine(system, settings, tuning);
#else
      throw core::inputError("this build has no CPU engine for molecules; choose the device reference");
#endif
    }
#if defined(AULA_MOLECULAR_CUDA)
    case compute::DeviceKind::cuda:
      return makeCudaEngine(system, settings);
    case compute::DeviceKind::check:
      return makeCheckEngine(system, settings);
#else
    case compute::DeviceKind::cuda:
    case compute::DeviceKind::check:
      throw core::inputError(
          "this build has no CUDA engine for molecules; choose the device cpu or reference");
#endif
    case compute::DeviceKind::automatic:
      break;
  }
  AULA_ASSERT(false && "the device was resolved");
  return nullptr;
}

}  // namespace aula::molecular
