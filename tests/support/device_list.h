// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "compute/device.h"

namespace aula::testing {

/// Why the CUDA tests cannot run here; empty when they can.
inline std::string cudaMissing() {
  std::string reasons;
  for (const compute::DeviceReport& report : compute::findDevices()) {
    if (report.kind != compute::DeviceKind::cuda) continue;
    if (report.isUsable) return {};
    reasons += report.name + ": " + report.remark + "\n";
  }
  return reasons;
}

/// Whether a machine with a GPU promised to run them: then a skip is a failure.
inline bool isCudaRequired() {
  const char* value = std::getenv("AULA_REQUIRE_CUDA");
  return value != nullptr && std::string(value) == "1";
}

}  // namespace aula::testing

/// At the head of a test that needs a GPU: goes on where there is one, else skips, or fails under
/// AULA_REQUIRE_CUDA=1.
#define AULA_NEED_CUDA()                                                            \
  do {                                                                              \
    const std::string missing = ::aula::testing::cudaMissing();                     \
    if (!missing.empty() && ::aula::testing::isCudaRequired())                      \
      FAIL() << "AULA_REQUIRE_CUDA=1, but no CUDA device can be used: " << missing; \
    if (!missing.empty()) GTEST_SKIP() << missing;                                  \
  } while (false)
