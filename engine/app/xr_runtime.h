// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace aula::app {

/// The OpenXR runtime that a headset program would get on this machine, found as the loader finds it (OpenXR
/// loader design, "Active Runtime Location"); nothing is started.
struct XrRuntime {
  bool hasLoader = false;
  std::filesystem::path manifest;  ///< The active runtime's JSON file; empty: none.
  std::string name;                ///< As the manifest gives it, or its library.
  std::string problem;             ///< Why the manifest is of no use; empty: fine.
};

[[nodiscard]] XrRuntime findXrRuntime();

}  // namespace aula::app
