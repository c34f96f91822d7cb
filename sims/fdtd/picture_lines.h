// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "fdtd/spec.h"
#include "scene/view/view.h"

namespace aula::fdtd {

/// Lines of the pictures that show planes: objects' outlines, the inner edge of the absorbing layers, marked
/// instruments.
[[nodiscard]] std::vector<scene::LinesView> makePictureLines(const SimulationSpec& spec);

}  // namespace aula::fdtd
