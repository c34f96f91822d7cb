// SPDX-License-Identifier: Apache-2.0
#include "render/vulkan/features.h"

#include <gmock/gmock.h>

namespace aula::render::vulkan {
namespace {

Features complete() {
  Features features;
  features.dynamicRendering = features.synchronization2 = features.maintenance4 = true;
  features.timelineSemaphores = features.scalarBlockLayout = true;
  features.hostQueryReset = features.drawParameters = features.storageWriteWithoutFormat = true;
  features.fragmentStores = features.independentBlend = features.depthClamp = true;
  return features;
}

TEST(DeviceFeatures, ADeviceWithAllThatIsNeededIsNotRefused) {
  EXPECT_THAT(missingFeatures(complete()), testing::IsEmpty()) << "rays, windows and CUDA are not needed";
}

TEST(DeviceFeatures, EveryMissingFeatureIsAReason) {
  Features features = complete();
  features.timelineSemaphores = false;
  features.depthClamp = false;
  EXPECT_THAT(missingFeatures(features),
              testing::ElementsAre("it lacks timeline semaphores", "it lacks depth clamping"));
  EXPECT_EQ(missingFeatures(Features{}).size(), 11U);
}

TEST(DeviceFeatures, ExtensionsFollowFeatures) {
  EXPECT_THAT(deviceExtensions(complete()), testing::IsEmpty());
  Features features = complete();
  features.accelerationStructures = features.rayTracingPipeline = true;
  features.swapchain = true;
  EXPECT_THAT(deviceExtensions(features),
              testing::ElementsAre(testing::StrEq("VK_KHR_deferred_host_operations"),
                                   testing::StrEq("VK_KHR_acceleration_structure"),
                                   testing::StrEq("VK_KHR_ray_tracing_pipeline"),
                                   testing::StrEq("VK_KHR_swapchain")));
}

}  // namespace
}  // namespace aula::render::vulkan
