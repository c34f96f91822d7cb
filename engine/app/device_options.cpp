// SPDX-License-Identifier: Apache-2.0
#include "app/device_options.h"

#include <CLI/CLI.hpp>
#include <array>
#include <cmath>
#include <cstdio>

#include "core/error.h"
#include "core/text.h"

namespace aula::app {

void DeviceOptions::addTo(CLI::App& command) {
  command
      .add_option("--device", device, "Where to compute: auto, cpu, cuda, reference (slow, exact) or check")
      ->type_name("NAME");
  command.add_option("--threads", threads, "CPU threads (else as many as there are cores)")
      ->type_name("N")
      ->check(CLI::Range(1, 4096));
}

compute::DeviceChoice DeviceOptions::resolve() const {
  return compute::resolveDevice({compute::parseDevice(device), threads});
}

std::vector<std::pair<std::string, std::string>> parseSettings(const std::vector<std::string>& words) {
  std::vector<std::pair<std::string, std::string>> settings;
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0)
      throw core::inputError("--set " + core::quoted(word) +
                             " is not NAME=VALUE, for example --set wavelength=\"650 nm\"");
    settings.emplace_back(word.substr(0, equals), word.substr(equals + 1));
  }
  return settings;
}

std::string formatBytes(double bytes) {
  constexpr std::array<const char*, 5> kUnits{"B", "kB", "MB", "GB", "TB"};
  std::size_t unit = 0;
  while (bytes >= 999.5 && unit + 1 < kUnits.size()) {
    bytes /= 1000;
    ++unit;
  }
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), bytes < 9.95 && unit > 0 ? "%.1f %s" : "%.0f %s", bytes,
                kUnits[unit]);
  return text.data();
}

std::string formatCount(double count) {
  std::string digits = std::to_string(std::llround(count));
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

}  // namespace aula::app
