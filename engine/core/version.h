// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace aula::core {

/// "0.1.0", from the build.
[[nodiscard]] const char* version();
/// Build type and compiler, "Release, GCC 12.2.0".
[[nodiscard]] const char* buildDescription();

}  // namespace aula::core
