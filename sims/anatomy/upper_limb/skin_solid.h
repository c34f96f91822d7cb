// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "anatomy/upper_limb/muscles.h"

namespace aula::anatomy {

/// The arm with its skin at rest: bones and muscles grown and run together, sampled on a lattice (m).
[[nodiscard]] Solid skinSolid(const UpperLimbMuscles& muscles, double spacing);

}  // namespace aula::anatomy
