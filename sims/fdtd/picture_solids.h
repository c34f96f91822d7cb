// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "fdtd/spec.h"
#include "scene/view/view.h"

namespace aula::fdtd {

/// What stands in the domain, for pictures of a space: the objects as bodies, an arrow at each dipole,
/// rulers. Empty where no instrument that is shown fills a box. Bodies without end reach to the domain's
/// faces.
[[nodiscard]] std::vector<scene::View> makePictureSolids(const SimulationSpec& spec);

}  // namespace aula::fdtd
