// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fdtd/model/setup.h"

namespace aula::fdtd::cuda {

/// Bytes the solver of CUDA and of the check device takes on its device, from the setup alone: never too few.
[[nodiscard]] double estimateDeviceBytes(const Setup& setup);

}  // namespace aula::fdtd::cuda
