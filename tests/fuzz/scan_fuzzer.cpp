// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "anatomy/import/nifti.h"
#include "core/error.h"

/// Any bytes as a NIfTI volume: read, or refused with a message; whatever passes is whole.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace aula;
  static const std::filesystem::path file =
      (std::filesystem::is_directory("/dev/shm") ? std::filesystem::path("/dev/shm")
                                                 : std::filesystem::temp_directory_path()) /
      ("aula-scan-fuzzer-" + std::to_string(::getpid()) + ".nii");
  static const bool isCleaned = std::atexit([] { std::filesystem::remove(file); }) == 0;
  (void)isCleaned;
  std::ofstream(file, std::ios::binary).write(reinterpret_cast<const char*>(data), std::streamsize(size));
  anatomy::ScanLimits limits;
  limits.isIsolated = false;
  limits.voxels = 1 << 18;
  try {
    const anatomy::Scan scan = anatomy::readScan(file, limits);
    if (scan.nx < 2 || scan.ny < 2 || scan.nz < 2) std::abort();
    if (scan.values->size() != std::size_t(scan.nx) * std::size_t(scan.ny) * std::size_t(scan.nz))
      std::abort();
    if (!(scan.spacing.x > 0 && scan.spacing.y > 0 && scan.spacing.z > 0)) std::abort();
    if (!(scan.lowest <= scan.highest)) std::abort();
  } catch (const core::Error& error) {
    if (error.fault() != core::Fault::input) std::abort();
  }
  return 0;
}
