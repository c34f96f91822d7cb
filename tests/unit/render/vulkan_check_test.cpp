// SPDX-License-Identifier: Apache-2.0
#include "render/vulkan/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.h"

namespace aula::render::vulkan {
namespace {

VkResult vkPretend(int /*argument*/) {
  return VK_ERROR_OUT_OF_DEVICE_MEMORY;
}

TEST(VulkanCheck, ReportsCallResultAndPlace) {
  try {
    AULA_VK(vkPretend(3));
    FAIL() << "no error";
  } catch (const core::Error& error) {
    EXPECT_THAT(error.what(),
                testing::StartsWith("Vulkan's vkPretend failed with VK_ERROR_OUT_OF_DEVICE_MEMORY ("));
    EXPECT_THAT(error.what(), testing::HasSubstr("vulkan_check_test.cpp:"));
    EXPECT_THAT(error.what(), testing::HasSubstr("ask for a smaller one"));
  }
  EXPECT_EQ(resultName(static_cast<VkResult>(-12345)), "VkResult -12345");
}

}  // namespace
}  // namespace aula::render::vulkan
