// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "molecular/model/engine.h"

/// One test body, every engine of this build: a test fixture derives from EngineTest.
namespace aula::test {

/// Those that any machine can run. CUDA's code joins through `check` in the long tests alone: memory is
/// locked and unlocked around each of its launches, some ten a step, which takes a hundred times as long as
/// small systems do. Its ordinary tests are those of tests/backend, of few steps.
inline std::vector<compute::DeviceKind> engineKinds([[maybe_unused]] bool areLong) {
  std::vector<compute::DeviceKind> kinds{compute::DeviceKind::reference};
#if defined(AULA_MOLECULAR_CPU)
  kinds.push_back(compute::DeviceKind::cpu);
#endif
#if defined(AULA_MOLECULAR_CUDA)
  if (areLong) kinds.push_back(compute::DeviceKind::check);
#endif
  return kinds;
}

class EngineTest : public ::testing::TestWithParam<compute::DeviceKind> {
 protected:
  [[nodiscard]] std::unique_ptr<molecular::Engine> make(const molecular::System& system,
                                                        const molecular::Settings& settings) const {
    // One thread: systems are small, and on a busy machine threads wait for each other longer than they work.
    return molecular::makeEngine(system, settings, {GetParam(), 1});
  }
  /// Forces of the others are in single precision.
  [[nodiscard]] bool isDouble() const { return GetParam() == compute::DeviceKind::reference; }
  /// Of one in single precision the other, where they differ for that alone.
  [[nodiscard]] double either(double inDouble, double inSingle) const {
    return isDouble() ? inDouble : inSingle;
  }
};

inline std::string nameOfKind(const ::testing::TestParamInfo<compute::DeviceKind>& one) {
  return compute::deviceName(one.param);
}

}  // namespace aula::test

#define AULA_EVERY_ENGINE(Fixture)                                                                 \
  INSTANTIATE_TEST_SUITE_P(Engine, Fixture, ::testing::ValuesIn(::aula::test::engineKinds(false)), \
                           ::aula::test::nameOfKind)
/// The same for a fixture of long tests.
#define AULA_EVERY_ENGINE_LONG(Fixture)                                                         \
  INSTANTIATE_TEST_SUITE_P(Long, Fixture, ::testing::ValuesIn(::aula::test::engineKinds(true)), \
                           ::aula::test::nameOfKind)
