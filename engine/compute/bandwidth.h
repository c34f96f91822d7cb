// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "compute/backend.h"

namespace aula::compute {

/// Bytes read and written a second by the device's own copy from one large buffer to another, best of five:
/// the roof over a kernel that streams through memory. Takes 2 GiB of device memory, less where a quarter of
/// what is free is less.
[[nodiscard]] double measureCopyBandwidth(const std::shared_ptr<Backend>& backend);

}  // namespace aula::compute
