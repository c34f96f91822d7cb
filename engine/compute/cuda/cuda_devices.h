// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "compute/device.h"

namespace aula::compute {

/// What the CUDA runtime says of this machine; plain data, so that choosing and refusing are tested without a
/// GPU.
struct CudaProbe {
  struct Device {
    std::string name;
    int major = 0, minor = 0;  ///< Compute capability.
    double freeBytes = 0, totalBytes = 0;
    bool isExclusivelyProhibited = false;  ///< Compute mode "prohibited".
    std::string error;                     ///< Not empty: why the device could not be asked.
  };
  bool isBuilt = false;    ///< This program has CUDA kernels.
  int driverVersion = 0;   ///< 1000 major + 10 minor; 0: no driver.
  int runtimeVersion = 0;  ///< What the program was built with.
  std::string error;       ///< Not empty: why the devices could not be counted.
  std::vector<Device> devices;
};

/// The lowest compute capability our kernels are compiled for, 10 major + minor.
inline constexpr int kLowestComputeCapability = 75;

/// Asks the runtime. Starts no context when there is no driver. Never throws.
[[nodiscard]] CudaProbe probeCuda();

/// One report a device, or one that says why there is none; a refused device carries every reason and its
/// remedy.
[[nodiscard]] std::vector<DeviceReport> reportCuda(const CudaProbe& probe);

}  // namespace aula::compute
