// SPDX-License-Identifier: Apache-2.0
#include "render/devices.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "core/error.h"

namespace aula::render {
namespace {

std::string lowered(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

}  // namespace

const char* gpuKindName(GpuKind kind) {
  switch (kind) {
    case GpuKind::discrete:
      return "discrete GPU";
    case GpuKind::integrated:
      return "integrated GPU";
    case GpuKind::virtualised:
      return "virtual GPU";
    case GpuKind::cpu:
      return "software (CPU)";
    case GpuKind::other:
      break;
  }
  return "other";
}

std::size_t chooseVulkanDevice(const std::vector<DeviceReport>& devices, const std::string& wanted) {
  const std::string part = lowered(wanted);
  std::optional<std::size_t> best;
  std::string reasons;
  for (std::size_t i = 0; i < devices.size(); ++i) {
    const DeviceReport& device = devices[i];
    std::vector<std::string> against = device.refusals;
    if (lowered(device.name).find(part) == std::string::npos &&
        lowered(device.driver).find(part) == std::string::npos) {
      against.push_back("neither its name nor its driver contains \"" + wanted + "\"");
    }
    if (against.empty()) {
      if (!best || device.kind < devices[*best].kind) best = i;
      continue;
    }
    reasons += "\n  " + device.name + " (" + gpuKindName(device.kind) + "): ";
    for (std::size_t k = 0; k < against.size(); ++k) reasons += (k == 0 ? "" : "; ") + against[k];
  }
  if (best) return *best;
  if (devices.empty()) {
    throw core::Error(
        "Vulkan found no device to draw on. A graphics card is not needed: on Debian, apt install "
        "mesa-vulkan-drivers "
        "brings one in software.");
  }
  throw core::Error("No Vulkan device can be used" +
                    (wanted.empty() ? "" : " with the name \"" + wanted + "\" asked for") + ":" + reasons);
}

}  // namespace aula::render
