// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace aula::scene {

/// Runs `task` in a child process that may take so much memory (beyond what this process has) and so much
/// time, and returns what it returned. Throws what it threw, if that was a core::Error; core::Error (input)
/// with `subject` when it broke, ran out of memory or time. The child must not touch devices, threads or
/// locks of this process: it starts with copies of them that nobody serves.
[[nodiscard]] std::string runIsolated(const std::function<std::string()>& task, const std::string& subject,
                                      std::size_t memoryBytes, double seconds);

}  // namespace aula::scene
