// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "anatomy/upper_limb/muscles.h"

namespace aula::anatomy {

[[nodiscard]] const MuscleLayout& tubeLayout();
[[nodiscard]] const MuscleLayout& sheetLayout();
[[nodiscard]] MuscleSurface surfaceOf(const MuscleTube& tube);
[[nodiscard]] MuscleSurface surfaceOf(const MuscleSheet& sheet);

}  // namespace aula::anatomy
