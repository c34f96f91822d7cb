// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <memory>

#include "molecular/model/engine.h"
#include "support/device_list.h"

namespace aula::test {

/// The same body on the checking device, everywhere, and on CUDA where there is one.
class DeviceTest : public ::testing::TestWithParam<compute::DeviceKind> {
 protected:
  void SetUp() override {
    if (GetParam() == compute::DeviceKind::cuda) AULA_NEED_CUDA();
  }
  [[nodiscard]] static std::unique_ptr<molecular::Engine> makeDevice(const molecular::System& system,
                                                                     const molecular::Settings& settings) {
    return GetParam() == compute::DeviceKind::cuda ? molecular::makeCudaEngine(system, settings)
                                                   : molecular::makeCheckEngine(system, settings);
  }
};

}  // namespace aula::test

#define AULA_EVERY_DEVICE(Fixture)                                                              \
  INSTANTIATE_TEST_SUITE_P(                                                                     \
      Molecular, Fixture,                                                                       \
      ::testing::Values(::aula::compute::DeviceKind::check, ::aula::compute::DeviceKind::cuda), \
      [](const auto& one) { return std::string(::aula::compute::deviceName(one.param)); })
