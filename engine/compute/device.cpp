// SPDX-License-Identifier: Apache-2.0
#include "compute/device.h"

#include <algorithm>
#include <array>
#include <utility>

#include "compute/cpu/host.h"
#include "compute/cuda/cuda_devices.h"
#include "core/error.h"

namespace aula::compute {

namespace {
constexpr std::array<std::pair<DeviceKind, const char*>, 5> kNames{{{DeviceKind::automatic, "auto"},
                                                                    {DeviceKind::cpu, "cpu"},
                                                                    {DeviceKind::cuda, "cuda"},
                                                                    {DeviceKind::reference, "reference"},
                                                                    {DeviceKind::check, "check"}}};

std::string coreText(int cores) {
  return std::to_string(cores) + (cores == 1 ? " core" : " cores");
}
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

std::vector<DeviceReport> findDevices() {
  const Host host = readHost();
  std::vector<DeviceReport> reports{{DeviceKind::cpu,
                                     host.name + ", " + coreText(host.cores) + ", " + host.vector, true,
                                     "threads and SIMD in single precision", host.memoryBytes}};
  for (DeviceReport& report : reportCuda(probeCuda())) reports.push_back(std::move(report));
  reports.push_back({DeviceKind::reference, "plain loops in double precision", true,
                     "slow and clear: the oracle of the others", host.memoryBytes});
  reports.push_back({DeviceKind::check, "device code on protected host memory", true,
                     "slow: tests the code of GPUs on any machine", host.memoryBytes});
  return reports;
}

DeviceChoice resolveDevice(const DeviceChoice& choice) {
  DeviceChoice resolved = choice;
  if (resolved.kind == DeviceKind::automatic || resolved.kind == DeviceKind::cuda) {
    const std::vector<DeviceReport> reports = reportCuda(probeCuda());
    const bool isUsable =
        std::any_of(reports.begin(), reports.end(), [](const auto& r) { return r.isUsable; });
    if (!isUsable && resolved.kind == DeviceKind::cuda) {
      std::string message = "device cuda cannot be used here:";
      for (const DeviceReport& report : reports) message += "\n  " + report.name + ": " + report.remark;
      throw core::inputError(message);
    }
    resolved.kind = isUsable ? DeviceKind::cuda : DeviceKind::cpu;
  }
  if (resolved.threads <= 0) resolved.threads = readHost().cores;
  return resolved;
}

}  // namespace aula::compute
