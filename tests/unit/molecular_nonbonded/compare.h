// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "molecular/cpu/nonbonded.h"
#include "molecular/model/engine.h"
#include "molecular/reference/force_field.h"

/// The CPU engine's non-bonded part beside the double-precision reference.
namespace aula::test {

/// Instruction sets that this machine has.
[[nodiscard]] std::vector<const char*> instructionSets();

/// Without bonds, angles and the like, which would add to the reference's sums; exclusions stay.
[[nodiscard]] molecular::Topology nonbondedAlone(molecular::Topology topology);

struct Evaluated {
  std::vector<molecular::Vec3> forces;
  molecular::cpu::NonbondedEnergies energies;
};
[[nodiscard]] std::vector<molecular::cpu::Float3> inSingle(const std::vector<molecular::Vec3>& positions);
[[nodiscard]] std::vector<molecular::Vec3> inDouble(const std::vector<molecular::cpu::Float3>& values);
[[nodiscard]] Evaluated evaluateOnCpu(const molecular::Topology& topology,
                                      const molecular::Settings& settings, const molecular::Box& box,
                                      const std::vector<molecular::Vec3>& positions,
                                      const molecular::Tuning& tuning = {});
/// At the positions as single precision holds them, so that rounding them is not counted.
[[nodiscard]] molecular::reference::Sums evaluateReference(const molecular::Topology& topology,
                                                           const molecular::Settings& settings,
                                                           const molecular::Box& box,
                                                           const std::vector<molecular::Vec3>& positions);
/// Root mean square of the difference over that of `expected`.
[[nodiscard]] double relativeError(const std::vector<molecular::Vec3>& found,
                                   const std::vector<molecular::Vec3>& expected);
/// Forces, energies and virial of every instruction set against the reference; see the tolerances there.
void expectAgreement(const molecular::Topology& topology, const molecular::Settings& settings,
                     const molecular::Box& box, const std::vector<molecular::Vec3>& positions);

}  // namespace aula::test
