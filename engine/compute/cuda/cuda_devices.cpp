// SPDX-License-Identifier: Apache-2.0
#include "compute/cuda/cuda_devices.h"

#include <cstdio>

namespace aula::compute {

namespace {

std::string versionText(int version) {
  return std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
}

std::string gibibytes(double bytes) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f GiB", bytes / (1024.0 * 1024.0 * 1024.0));
  return text;
}

DeviceReport refused(std::string name, std::string remark) {
  return {DeviceKind::cuda, std::move(name), false, std::move(remark), 0};
}

}  // namespace

std::vector<DeviceReport> reportCuda(const CudaProbe& probe) {
  if (!probe.isBuilt)
    return {refused(
        "CUDA",
        "this build has no CUDA kernels; install the CUDA toolkit (nvcc 12 or newer) and build again")};
  if (probe.driverVersion == 0)
    return {refused("CUDA",
                    "no NVIDIA driver was found; where there is an NVIDIA GPU, install its driver, and start "
                    "containers with access to the GPU")};
  // Within one major version an older driver runs newer programs; across major versions it does not.
  if (probe.driverVersion / 1000 < probe.runtimeVersion / 1000)
    return {refused("CUDA", "the NVIDIA driver is too old: it supports CUDA " +
                                versionText(probe.driverVersion) + ", this program needs " +
                                versionText(probe.runtimeVersion) +
                                "; update the driver, or build with a CUDA toolkit of version " +
                                std::to_string(probe.driverVersion / 1000))};
  if (!probe.error.empty())
    return {refused("CUDA", "the CUDA runtime could not count the devices: " + probe.error +
                                "; see whether nvidia-smi lists a GPU")};
  if (probe.devices.empty())
    return {refused(
        "CUDA", "the driver is there, but no GPU is visible; look at CUDA_VISIBLE_DEVICES and nvidia-smi")};

  std::vector<DeviceReport> reports;
  for (const CudaProbe::Device& device : probe.devices) {
    const int capability = 10 * device.major + device.minor;
    const std::string capabilityText = std::to_string(device.major) + "." + std::to_string(device.minor);
    std::string reasons;
    const auto because = [&](const std::string& reason) {
      reasons += (reasons.empty() ? "" : "; ") + reason;
    };
    if (!device.error.empty())
      because("it does not answer: " + device.error + "; see whether another program holds it");
    if (device.isExclusivelyProhibited)
      because("its compute mode forbids computing; an administrator allows it with nvidia-smi -c 0");
    if (device.error.empty() && capability < kLowestComputeCapability)
      because("its compute capability is " + capabilityText +
              ", and 7.5 is the least our kernels run on; use --device cpu");
    DeviceReport report{DeviceKind::cuda, device.name, reasons.empty(), reasons, device.freeBytes};
    if (report.isUsable)
      report.remark = "compute capability " + capabilityText + ", " + gibibytes(device.freeBytes) + " of " +
                      gibibytes(device.totalBytes) + " free";
    reports.push_back(std::move(report));
  }
  return reports;
}

}  // namespace aula::compute
