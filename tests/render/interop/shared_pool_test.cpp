// SPDX-License-Identifier: Apache-2.0
#include "render/interop/shared_pool.h"

#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <numeric>
#include <ostream>
#include <thread>

#include "core/error.h"
#include "render/interop/exported.h"
#include "render/support/test_gpu.h"
#include "render/vulkan/commands.h"

#if AULA_HAVE_CUDA
#include <cuda_runtime_api.h>
#endif

namespace aula::render {

/// For the tests' names.
void PrintTo(SharedMemory kind, std::ostream* out) {
  *out << (kind == SharedMemory::mapped ? "mapped" : "automatic");
}

namespace interop {
namespace {

/// What the device finds in the array: copied by it, not read by the host.
std::vector<float> readOnDevice(const vulkan::Device& device,
                                const std::shared_ptr<compute::SharedArray>& array) {
  vulkan::FrameCommands frame(device);
  vulkan::Buffer back(device, array->bytes(), VK_BUFFER_USAGE_TRANSFER_DST_BIT, vulkan::MemoryUse::readback);
  frame.begin();
  const std::optional<SharedBuffer> buffer = readShared(frame, device, array);
  if (!buffer) return {};
  const VkBufferCopy region{0, 0, buffer->bytes};
  vkCmdCopyBuffer(frame.commands(), buffer->buffer, back.handle(), 1, &region);
  VkMemoryBarrier2 barrier{};
  barrier.sType = VK_STRUCTURE_TYPE_MEMORY_BARRIER_2;
  barrier.srcStageMask = VK_PIPELINE_STAGE_2_COPY_BIT;
  barrier.srcAccessMask = VK_ACCESS_2_TRANSFER_WRITE_BIT;
  barrier.dstStageMask = VK_PIPELINE_STAGE_2_HOST_BIT;
  barrier.dstAccessMask = VK_ACCESS_2_HOST_READ_BIT;
  VkDependencyInfo dependency{};
  dependency.sType = VK_STRUCTURE_TYPE_DEPENDENCY_INFO;
  dependency.memoryBarrierCount = 1;
  dependency.pMemoryBarriers = &barrier;
  vkCmdPipelineBarrier2(frame.commands(), &dependency);
  frame.submitAndWait();
  std::vector<float> values(array->bytes() / sizeof(float));
  std::memcpy(values.data(), back.mapped(), array->bytes());
  return values;
}

std::vector<float> numbers(std::size_t count, float first) {
  std::vector<float> values(count);
  std::iota(values.begin(), values.end(), first);
  return values;
}

void write(compute::SharedArray& array, const std::vector<float>& values) {
  ASSERT_NE(array.hostPointer(), nullptr);
  std::memcpy(array.hostPointer(), values.data(), 4 * values.size());
}

using SharedPoolTest = GpuTest;

TEST_F(SharedPoolTest, TheDeviceReadsWhatTheHostWrote) {
  compute::SharedArrayPool& pool = gpu->sharedArrays();
  const auto array = pool.take(4 * 1000);
  EXPECT_EQ(array->bytes(), 4000U);
  EXPECT_EQ(array->devicePointer(), nullptr) << "a software device is no CUDA card";
  const std::vector<float> values = numbers(1000, 3);
  write(*array, values);
  EXPECT_TRUE(readOnDevice(device(), array).empty()) << "not published yet";
  pool.publish(*array, nullptr);
  EXPECT_EQ(readOnDevice(device(), array), values);
}

TEST_F(SharedPoolTest, MemoryIsUsedAgainOnlyWhenNobodyHoldsIt) {
  compute::SharedArrayPool& pool = gpu->sharedArrays();
  auto first = pool.take(4096), second = pool.take(4096);
  const void *one = first->hostPointer(), *two = second->hostPointer();
  EXPECT_NE(one, two);
  auto view = first;  // As a view of a frame holds it.
  first.reset();
  EXPECT_NE(pool.take(4096)->hostPointer(), one);
  view.reset();
  second.reset();
  // All three are free now; none is made anew.
  const auto a = pool.take(4096), b = pool.take(4096), c = pool.take(4096);
  const auto isKnown = [&](const void* p) {
    return p == a->hostPointer() || p == b->hostPointer() || p == c->hostPointer();
  };
  EXPECT_TRUE(isKnown(one));
  EXPECT_TRUE(isKnown(two));
  // Whoever takes it again has to publish it again.
  EXPECT_TRUE(readOnDevice(device(), a).empty());
}

TEST_F(SharedPoolTest, AFrameOnItsWayHoldsWhatItReads) {
  compute::SharedArrayPool& pool = gpu->sharedArrays();
  auto array = pool.take(256);
  const std::weak_ptr<compute::SharedArray> watch = array;
  pool.publish(*array, nullptr);
  vulkan::FrameCommands frame(device());
  frame.begin();
  EXPECT_TRUE(readShared(frame, device(), array).has_value());
  array.reset();
  EXPECT_FALSE(watch.expired());
  frame.wait(frame.submit());
  EXPECT_TRUE(watch.expired());
}

TEST_F(SharedPoolTest, AnotherDevicesArrayIsNotRead) {
  const std::shared_ptr<Gpu> other = Gpu::make(testGpuOptions());
  const auto array = other->sharedArrays().take(256);
  other->sharedArrays().publish(*array, nullptr);
  EXPECT_TRUE(readOnDevice(device(), array).empty());
  EXPECT_FALSE(readOnDevice(other->device(), array).empty());
}

TEST(SharedPool, ArraysOutliveTheGpu) {
  std::shared_ptr<compute::SharedArray> array;
  {
    const std::shared_ptr<Gpu> gpu = Gpu::make(testGpuOptions());
    array = gpu->sharedArrays().take(4 * 100);
  }
  // The simulation may still be writing when the window has closed.
  write(*array, numbers(100, 0));
}

TEST_F(SharedPoolTest, AnySimulationThreadTakesAndPublishes) {
  compute::SharedArrayPool& pool = gpu->sharedArrays();
  std::vector<std::jthread> threads;
  std::mutex mutex;
  std::vector<std::pair<std::shared_ptr<compute::SharedArray>, float>> ready;
  for (int t = 0; t < 3; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 20; ++i) {
        const auto first = static_cast<float>(1000 * t + i);
        const auto array = pool.take(4 * 500);
        std::memcpy(array->hostPointer(), numbers(500, first).data(), 2000);
        pool.publish(*array, nullptr);
        const std::scoped_lock lock(mutex);
        ready.emplace_back(array, first);
      }
    });
  }
  for (int seen = 0; seen < 60;) {
    std::vector<std::pair<std::shared_ptr<compute::SharedArray>, float>> now;
    {
      const std::scoped_lock lock(mutex);
      now.swap(ready);
    }
    for (const auto& [array, first] : now) {
      if (seen % 10 == 0) {
        EXPECT_EQ(readOnDevice(device(), array), numbers(500, first));
      }
      ++seen;
    }
    std::this_thread::yield();
  }
}

TEST_F(SharedPoolTest, NothingIsRefused) {
  EXPECT_THROW((void)gpu->sharedArrays().take(0), core::Error);
}

TEST_F(SharedPoolTest, MemoryIsLetOutAsADescriptor) {
  // The Vulkan half of sharing with CUDA, on any driver that has it.
  constexpr VkBufferUsageFlags kUsage = VK_BUFFER_USAGE_STORAGE_BUFFER_BIT;
  if (!canExportBuffers(device(), kUsage)) GTEST_SKIP() << device().report().name << " lets no memory out";
  constexpr VkDeviceSize kBytes = 4000000;
  const ExportedBuffer buffer(device(), kBytes, kUsage);
  EXPECT_GE(buffer.allocatedBytes(), kBytes);
  const int descriptor = buffer.openDescriptor();
  EXPECT_GE(descriptor, 0);
  ::close(descriptor);
  if (!device().features().externalSemaphoreFd) return;
  const ExportedTimeline timeline(device());
  const int other = timeline.openDescriptor();
  EXPECT_GE(other, 0);
  ::close(other);
}

/// Both ways of sharing on a card that is CUDA's and Vulkan's at once.
class CudaSharing : public testing::TestWithParam<SharedMemory> {};

TEST_P(CudaSharing, cuda_TheDeviceReadsWhatCudaWrote) {
  const char* required = std::getenv("AULA_REQUIRE_CUDA");
  const bool isRequired = required != nullptr && std::strcmp(required, "1") == 0;
#if AULA_HAVE_CUDA
  GpuOptions options;
  options.sharedMemory = GetParam();
  const std::shared_ptr<Gpu> gpu = Gpu::make(options);
  const auto array = gpu->sharedArrays().take(4 * 100000);
  const bool isShared = array->devicePointer() != nullptr;
  if (GetParam() == SharedMemory::automatic && !isShared) {
    if (isRequired) FAIL() << gpu->report().name << " shares no memory with CUDA";
    GTEST_SKIP() << gpu->report().name << " is no CUDA device";
  }
  EXPECT_EQ(isShared, GetParam() == SharedMemory::automatic);
  cudaStream_t stream = nullptr;
  if (isShared) {
    ASSERT_EQ(cudaStreamCreate(&stream), cudaSuccess);
  }
  for (int round = 0; round < 20; ++round) {
    const auto next = gpu->sharedArrays().take(4 * 100000);
    const std::vector<float> values = numbers(100000, static_cast<float>(round));
    if (isShared) {
      ASSERT_EQ(cudaMemcpyAsync(next->devicePointer(), values.data(), 400000, cudaMemcpyHostToDevice, stream),
                cudaSuccess);
    } else {
      std::memcpy(next->hostPointer(), values.data(), 400000);
    }
    gpu->sharedArrays().publish(*next, stream);
    EXPECT_EQ(readOnDevice(gpu->device(), next), values);
  }
  if (isShared) {
    EXPECT_EQ(cudaStreamDestroy(stream), cudaSuccess);
  }
#else
  if (isRequired) FAIL() << "this build has no CUDA";
  GTEST_SKIP() << "this build has no CUDA";
#endif
}

INSTANTIATE_TEST_SUITE_P(Both, CudaSharing, testing::Values(SharedMemory::automatic, SharedMemory::mapped),
                         [](const auto& test) {
                           return test.param == SharedMemory::mapped ? "mapped" : "shared";
                         });

}  // namespace
}  // namespace interop
}  // namespace aula::render
