// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "compute/device.h"

namespace CLI {
class App;
}

namespace aula::app {

/// --device and --threads, as several subcommands take them.
struct DeviceOptions {
  std::string device = "auto";
  int threads = 0;

  void addTo(CLI::App& command);
  /// Throws core::Error (input) when this device cannot be used here.
  [[nodiscard]] compute::DeviceChoice resolve() const;
};

/// "name=value" words of --set; throws core::Error (input) for a word without "=" or without a name.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> parseSettings(
    const std::vector<std::string>& words);

/// "12 kB", "3.4 GB".
[[nodiscard]] std::string formatBytes(double bytes);
/// 1234567 as "1,234,567".
[[nodiscard]] std::string formatCount(double count);

}  // namespace aula::app
