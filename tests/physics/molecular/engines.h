// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "molecular/model/engine.h"

/// One test body, every engine of this build: a test fixture derives from EngineTest.
namespace aula::test {

/// Those that any machine runs in no time.
inline std::vector<compute::DeviceKind> engineKinds() {
  std::vector<compute::DeviceKind> kinds{compute::DeviceKind::reference};
#if defined(AULA_MOLECULAR_CPU)
  kinds.push_back(compute::DeviceKind::cpu);
#endif
  return kinds;
}

/// CUDA's code joins through `check` in the long tests alone: memory is locked and unlocked around each of
/// its launches, some ten a step, which takes a hundred times as long as small systems do. Its ordinary tests
/// are those of tests/backend, of few steps.
inline std::vector<compute::DeviceKind> checkKinds() {
#if defined(AULA_MOLECULAR_CUDA)
  return {compute::DeviceKind::check};
#else
  return {};
#endif
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

/// Ordinary bodies, and bodies of many steps, which run with the long tests.
#define AULA_EVERY_ENGINE(Fixture)                                                            \
  INSTANTIATE_TEST_SUITE_P(Engine, Fixture, ::testing::ValuesIn(::aula::test::engineKinds()), \
                           ::aula::test::nameOfKind)
#define AULA_EVERY_ENGINE_LONG(Fixture)                                                     \
  INSTANTIATE_TEST_SUITE_P(Long, Fixture, ::testing::ValuesIn(::aula::test::engineKinds()), \
                           ::aula::test::nameOfKind)
/// Besides: ordinary bodies of few steps on `check`, with the long tests.
#define AULA_CHECK_TOO(Fixture)                                                                 \
  INSTANTIATE_TEST_SUITE_P(LongCheck, Fixture, ::testing::ValuesIn(::aula::test::checkKinds()), \
                           ::aula::test::nameOfKind)
