// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// The files of `assets/anatomy`, built into the program. Any thread; texts live as long as the program.
namespace aula::anatomy {

/// "upper_limb/terms.json". Throws core::Error (failure: program and files belong together) when there is no
/// such file.
[[nodiscard]] std::string_view asset(const std::string& name);
[[nodiscard]] bool hasAsset(const std::string& name);
[[nodiscard]] std::vector<std::string> assetNames();  ///< Sorted.

}  // namespace aula::anatomy
