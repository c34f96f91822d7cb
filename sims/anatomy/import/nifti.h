// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/vec3.h"

/// Volumes that a scanner made: NIfTI-1 and NIfTI-2, packed or not (.nii, .nii.gz), read by the format's own
/// library.
namespace aula::anatomy {

/// What a file may ask for; what asks for more is refused with a message.
struct ScanLimits {
  std::size_t fileBytes = std::size_t{2} << 30;
  std::size_t voxels = std::size_t{1} << 28;
  std::size_t memoryBytes = std::size_t{6} << 30;
  double seconds = 120;
  /// Reading happens in a child process with bounds on memory and time. Off: in this process, for tools that
  /// watch it (a fuzzer).
  bool isIsolated = true;
};

/// A volume in the frame of sims/anatomy: +x to the body's right, +y to the front, +z up.
struct Scan {
  int nx = 0, ny = 0, nz = 0;
  core::Vec3 origin;                                 ///< Of voxel (0, 0, 0), m
  core::Vec3 spacing;                                ///< m
  std::shared_ptr<const std::vector<float>> values;  ///< nx*ny*nz, x fastest, after slope and intercept
  double lowest = 0, highest = 0;                    ///< Of the values that are numbers.
  double low = 0, high = 0;                          ///< Between them lie 96 % of the values: a first window.
  std::string description;                           ///< As the file has it, one line.
  std::vector<std::string> warnings;
};

/// Of a series the first volume. A tilted one is put along the nearest axes, with a warning. Throws
/// core::Error (input) that names the file and what is wrong. Any thread.
[[nodiscard]] Scan readScan(const std::filesystem::path& path, const ScanLimits& limits = {});

}  // namespace aula::anatomy
