// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "kernel/row.h"

/// How long a picture takes, pass by pass.
namespace aula::bench {

struct FrameOptions {
  std::string device;              ///< Part of a Vulkan device's name; empty: the best one.
  std::vector<std::string> cases;  ///< Empty: all.
  int width = 1280, height = 720;
  int repeats = 5;
};

/// "atoms-100k", "moving-300k", "atoms-1m", "mesh-2m", "volume-512".
[[nodiscard]] std::vector<std::string> frameCases();

/// Draws each case: first frames are not counted, then `repeats` are timed, each waited for. For each case a
/// row of the whole frame (as a clock on the wall sees it), then one a pass (as the device's own clock saw
/// it). The checksum is of a still of the case's first frame. Throws core::Error (input) for an unknown case,
/// (failure) when a picture shows nothing or its checksum is not the same twice. `say` gets one line for each
/// thing done, for people.
[[nodiscard]] std::vector<Row> runFrames(const FrameOptions& options,
                                         const std::function<void(const std::string&)>& say);

}  // namespace aula::bench
