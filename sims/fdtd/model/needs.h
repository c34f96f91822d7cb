// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fdtd/model/setup.h"

namespace aula::fdtd {

/// What a setup's materials can ask of a solver's memory at most, known before anything is sampled.
struct MaterialNeeds {
  double coefficients = 0;  ///< Arrays of coefficients, one component each, 0 to 12.
  double dispersiveShare =
      0;  ///< Share of the grid that objects with poles may fill, by the boxes around them, 0 to 1.
  double poles = 0;  ///< Poles a cell, on average over the grid.
};
[[nodiscard]] MaterialNeeds materialNeeds(const Setup& setup);

}  // namespace aula::fdtd
