// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include "render/gpu.h"
#include "render/vulkan/device.h"

namespace aula::render {

/// The software device with validation, on which every test draws.
inline GpuOptions testGpuOptions() {
  GpuOptions options;
  options.validation = Validation::on;
  options.device = "llvmpipe";
  return options;
}

/// A device of its own for each test; silent validation is part of every test.
class GpuTest : public testing::Test {
 protected:
  void TearDown() override {
    for (const std::string& message : gpu->validationMessages()) ADD_FAILURE() << message;
  }
  [[nodiscard]] const vulkan::Device& device() const { return gpu->device(); }

  std::shared_ptr<Gpu> gpu = Gpu::make(testGpuOptions());
};

}  // namespace aula::render
