// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace aula::app {

/// The folder labs/ that came with this program: beside its source tree or where it was installed; AULA_LABS
/// in the environment goes first. Throws core::Error (failure) saying where it was looked for.
[[nodiscard]] std::filesystem::path labsFolder();

/// Every lab file below a folder, sorted by path.
[[nodiscard]] std::vector<std::filesystem::path> findLabFiles(const std::filesystem::path& folder);

/// A lab file from what the user wrote: a path, or the name of a shipped lab ("double-slit" or
/// "electromagnetics/double-slit"). A NIfTI volume or a folder of models becomes a lab of its own, in the user's
/// cache folder. Throws core::Error (input) with the nearest name otherwise.
[[nodiscard]] std::filesystem::path resolveLab(const std::string& word);

/// File name without ".lab.json".
[[nodiscard]] std::string labName(const std::filesystem::path& file);

}  // namespace aula::app
