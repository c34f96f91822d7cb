// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace aula::compute {

/// Where and how a simulation is computed.
enum class DeviceKind {
  automatic,  ///< CUDA where there is a device, else CPU.
  cpu,        ///< Threads and SIMD, single precision.
  cuda,       ///< An NVIDIA GPU.
  reference,  ///< Plain double-precision loops: slow, clear, the oracle.
  check       ///< Device code paths on host memory that faults when touched on the wrong side.
};

struct DeviceChoice {
  DeviceKind kind = DeviceKind::automatic;
  int threads = 0;  ///< CPU threads; 0: as many as the process may run on.
};

/// "auto", "cpu", "cuda", "reference", "check".
[[nodiscard]] const char* deviceName(DeviceKind kind);
/// The inverse; throws core::Error (input) that lists the names.
[[nodiscard]] DeviceKind parseDevice(const std::string& name);

/// One device of this machine, or why it cannot be used.
struct DeviceReport {
  DeviceKind kind = DeviceKind::cpu;
  std::string name;  ///< "Intel Xeon ..., 2 cores, AVX-512"
  bool isUsable = false;
  std::string remark;      ///< Why not, and what to do about it; or what follows from it.
  double memoryBytes = 0;  ///< Free memory a simulation may use.
};

/// Every device, usable or not. Cheap; starts no CUDA context when there is no driver.
[[nodiscard]] std::vector<DeviceReport> findDevices();

/// Makes `automatic` definite and sets the thread count; throws core::Error (input) with the reason when the
/// device asked for cannot be used here.
[[nodiscard]] DeviceChoice resolveDevice(const DeviceChoice& choice);

}  // namespace aula::compute
