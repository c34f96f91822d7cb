// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace aula::desktop {

/// XDG_STATE_HOME/aula or ~/.local/state/aula: choices and recently opened labs. Empty without a home.
[[nodiscard]] std::filesystem::path stateFolder();
/// XDG_CACHE_HOME/aula or ~/.cache/aula: pictures of labs. Empty without a home.
[[nodiscard]] std::filesystem::path cacheFolder();
/// The user's pictures folder (XDG_PICTURES_DIR or ~/Pictures), with "aula" below; the working folder's
/// "aula-pictures" without a home.
[[nodiscard]] std::filesystem::path picturesFolder();

}  // namespace aula::desktop
