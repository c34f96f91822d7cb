// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace aula::render {

/// In the order of preference.
enum class GpuKind { discrete, integrated, virtualised, cpu, other };

/// "discrete GPU", "integrated GPU", "virtual GPU", "software (CPU)", "other".
[[nodiscard]] const char* gpuKindName(GpuKind kind);

/// One Vulkan device of this machine, or why pictures cannot be drawn on it.
struct DeviceReport {
  std::string name;  ///< As the driver gives it: "llvmpipe (LLVM 15.0.6, 256 bits)".
  GpuKind kind = GpuKind::other;
  std::string apiVersion;             ///< "1.3.230"
  std::string driver;                 ///< "llvmpipe Mesa 22.3.6 (LLVM 15.0.6)"
  double memoryBytes = 0;             ///< The largest device-local heap.
  std::vector<std::string> refusals;  ///< Every reason against it; empty: usable.

  [[nodiscard]] bool isUsable() const { return refusals.empty(); }
};

/// Every Vulkan device, usable or not, in the driver's order. Throws core::Error, saying what to install,
/// when there is no Vulkan driver at all.
[[nodiscard]] std::vector<DeviceReport> findVulkanDevices();

/// The index of the device to use: the first usable one of the best kind whose name or driver contains
/// `wanted`, compared without regard to case (empty: any). Throws core::Error that lists every device with
/// its reasons.
[[nodiscard]] std::size_t chooseVulkanDevice(const std::vector<DeviceReport>& devices,
                                             const std::string& wanted);

}  // namespace aula::render
