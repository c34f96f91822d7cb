// SPDX-License-Identifier: Apache-2.0
#include "molecular/cpu/cpu_engine.h"

namespace aula::molecular {

std::unique_ptr<Engine> makeCpuEngine(const System& system, const Settings& settings, const Tuning& tuning) {
  // Checked before anyone builds tables of it.
  validate(system.topology);
  return std::make_unique<cpu::CpuEngine>(
      system, settings, tuning, cpu::makeNonbonded(system.topology, settings, system.state.box, tuning));
}

}  // namespace aula::molecular
