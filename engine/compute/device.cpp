// SPDX-License-Identifier: Apache-2.0
#include "compute/device.h"

#include <array>
#include <thread>
#include <utility>

#include "core/error.h"

namespace aula::compute {

namespace {
constexpr std::array<std::pair<DeviceKind, const char*>, 5> kNames{{{DeviceKind::automatic, "auto"},
                                                                   {DeviceKind::cpu, "cpu"},
                                                                   {DeviceKind::cuda, "cuda"},
                                                                   {DeviceKind::reference, "reference"},
                                                                   {DeviceKind::check, "check"}}};
}  // namespace

const char* deviceName(DeviceKind kind) {
  for (const auto& [known, name] : kNames)
    if (known == kind) return name;
  return "unknown";
}

DeviceKind parseDevice(const std::string& name) {
  for (const auto& [kind, known] : kNames)
    if (name == known) return kind;
  throw core::inputError("device \"" + name + "\" is not known; use auto, cpu, cuda, reference or check");
}

DeviceChoice resolveDevice(const DeviceChoice& choice) {
  DeviceChoice resolved = choice;
  if (resolved.kind == DeviceKind::automatic) resolved.kind = DeviceKind::cpu;
  if (resolved.threads <= 0) resolved.threads = static_cast<int>(std::thread::hardware_concurrency());
  return resolved;
}

}  // namespace aula::compute
