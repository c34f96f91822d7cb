// SPDX-License-Identifier: Apache-2.0
#include "render/devices.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.h"

namespace aula::render {
namespace {

DeviceReport made(const std::string& name, GpuKind kind, std::vector<std::string> refusals = {}) {
  DeviceReport report;
  report.name = name;
  report.kind = kind;
  report.driver = "driver of " + name;
  report.refusals = std::move(refusals);
  return report;
}

std::string messageOf(const std::vector<DeviceReport>& devices, const std::string& wanted) {
  try {
    (void)chooseVulkanDevice(devices, wanted);
  } catch (const core::Error& error) {
    return error.what();
  }
  ADD_FAILURE() << "a device was chosen";
  return {};
}

TEST(ChooseVulkanDevice, PrefersTheBestKind) {
  const std::vector<DeviceReport> devices = {
      made("llvmpipe", GpuKind::cpu), made("Iris", GpuKind::integrated), made("RTX", GpuKind::discrete),
      made("Radeon", GpuKind::discrete)};
  EXPECT_EQ(chooseVulkanDevice(devices, ""), 2U);
  EXPECT_EQ(chooseVulkanDevice(devices, "LLVMpipe"), 0U) << "case does not matter";
  EXPECT_EQ(chooseVulkanDevice(devices, "driver of Iris"), 1U) << "the driver's name counts too";
}

TEST(ChooseVulkanDevice, SkipsTheRefused) {
  const std::vector<DeviceReport> devices = {
      made("Old", GpuKind::discrete, {"it offers Vulkan 1.1.0, 1.3 is needed"}),
      made("llvmpipe", GpuKind::cpu)};
  EXPECT_EQ(chooseVulkanDevice(devices, ""), 1U);
}

TEST(ChooseVulkanDevice, SaysEveryReason) {
  const std::vector<DeviceReport> devices = {
      made("Old", GpuKind::discrete, {"it lacks dynamic rendering", "it lacks synchronization2"}),
      made("llvmpipe", GpuKind::cpu)};
  EXPECT_EQ(messageOf(devices, "old"),
            "No Vulkan device can be used with the name \"old\" asked for:\n"
            "  Old (discrete GPU): it lacks dynamic rendering; it lacks synchronization2\n"
            "  llvmpipe (software (CPU)): neither its name nor its driver contains \"old\"");
  EXPECT_THAT(messageOf({}, ""), testing::HasSubstr("apt install mesa-vulkan-drivers"));
}

}  // namespace
}  // namespace aula::render
