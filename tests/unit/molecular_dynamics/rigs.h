// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "molecular/cpu/cpu_engine.h"
#include "molecular/reference/force_field.h"
#include "physics/molecular/systems.h"

namespace aula::test {

/// Branched chains of `atoms` atoms each, heavy ones and hydrogens, in a row inside `box`; every kind of
/// bonded term, 1-4 pairs and exclusions, charges and Lennard-Jones forces. Lengths and angles are at rest
/// but for a jitter.
[[nodiscard]] molecular::System chains(int atoms, int copies, const molecular::Box& box);
/// The same atoms without charges and Lennard-Jones forces (1-4 pairs stay): nothing but bonded terms.
[[nodiscard]] molecular::Topology withoutNonbonded(molecular::Topology topology);
/// `waters` waters in a cubic box of ordinary density, any number: what is left of a lattice.
[[nodiscard]] molecular::System someWaters(int waters, std::uint64_t seed);
/// 29 waters and a chain: constraints of both kinds; downhill from where they were put, so that nothing
/// overlaps.
[[nodiscard]] molecular::System mixture();
/// `system` after some steps downhill.
[[nodiscard]] molecular::System relaxed(const molecular::System& system);

/// The CPU engine, where asked without non-bonded forces.
[[nodiscard]] std::unique_ptr<molecular::cpu::CpuEngine> makeRig(
    const molecular::System& system, const molecular::Settings& settings,
    const molecular::Tuning& tuning = {1, nullptr}, bool hasNonbonded = true);
/// Plain cut-off forces that fit small boxes: reaction field, switched Lennard-Jones, so that energy has no
/// steps.
[[nodiscard]] molecular::Settings smoothSettings(double cutoff);

}  // namespace aula::test
