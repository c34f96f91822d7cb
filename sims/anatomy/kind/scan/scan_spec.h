// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "anatomy/import/nifti.h"
#include "lab/lab.h"

namespace aula::anatomy {

/// How a scan is looked at. Values in the file's own unit.
struct ScanScene {
  double level = 0, window = 1;      ///< Shown from level - window/2 (clear, dark) to level + window/2.
  std::optional<double> surface;     ///< Where a surface is drawn.
  bool hasVolume = true;             ///< As fog.
  bool hasSlices = false;            ///< Three planes, square to the axes ...
  core::Vec3 slices{0.5, 0.5, 0.5};  ///< ... at these shares of the volume.
};

/// A lab file's scan, checked; shared by the plan and what is built of it.
struct ScanSpec {
  std::shared_ptr<const lab::Lab> lab;
  std::shared_ptr<const Scan> scan;
  std::int64_t steps = 1;
  ScanScene scene;
};

inline constexpr double kScanTimeStep = 1.0 / 60;  ///< s; nothing moves, but clocks and videos go on.

/// Null when something is wrong, which is then in the lab's diagnostics. Where `known` was read from the same
/// file, its volume is used again.
[[nodiscard]] std::shared_ptr<ScanSpec> readScanSpec(const lab::Lab& lab, const ScanSpec* known = nullptr);

}  // namespace aula::anatomy
