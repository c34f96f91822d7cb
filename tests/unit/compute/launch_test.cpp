// SPDX-License-Identifier: Apache-2.0
#include "compute/launch.h"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "compute/bandwidth.h"
#include "compute/buffer.h"
#include "support/device_list.h"
#include "unit/compute/kernels.h"

namespace aula::compute {
namespace {

/// The same body on every device that runs kernels.
class Launch : public ::testing::TestWithParam<DeviceKind> {};

TEST_P(Launch, CoversSizesOffEveryBlockBoundary) {
  if (GetParam() == DeviceKind::cuda) AULA_NEED_CUDA();
  Stream stream(GetParam() == DeviceKind::cuda ? makeCudaBackend() : makeCheckBackend());
  for (const int size : {1, 31, 64, 65, 127, 128, 129, 1000, 4096, 5001}) {
    std::vector<float> values(static_cast<std::size_t>(size));
    std::iota(values.begin(), values.end(), 1.0f);
    DeviceBuffer<float> device(stream, values.size(), "values");
    device.upload(stream, values);
    const testing::Scale kernel{{device.device(), 3, -1}, size};
    launch(stream, kernel.shape(), kernel);
    std::vector<float> result(values.size());
    device.download(stream, result);
    for (std::size_t n = 0; n < values.size(); ++n)
      ASSERT_EQ(result[n], 3 * values[n] - 1) << size << " at " << n;
  }
}

TEST_P(Launch, SumsThroughSharedMemory) {
  if (GetParam() == DeviceKind::cuda) AULA_NEED_CUDA();
  Stream stream(GetParam() == DeviceKind::cuda ? makeCudaBackend() : makeCheckBackend());
  for (const int size : {1, 63, 64, 65, 700}) {
    std::vector<float> values(static_cast<std::size_t>(size));
    std::iota(values.begin(), values.end(), 1.0f);
    const int blocks = blocksFor(size, testing::BlockSum::kThreads);
    DeviceBuffer<float> device(stream, values.size(), "values"),
        sums(stream, static_cast<std::size_t>(blocks), "sums");
    device.upload(stream, values);
    launch(stream, {{blocks, 1, 1}, {testing::BlockSum::kThreads, 1, 1}},
           testing::BlockSum{device.device(), sums.device(), size, false});
    std::vector<float> result(static_cast<std::size_t>(blocks));
    sums.download(stream, result);
    // Whole numbers below 2^24 add exactly in single precision.
    EXPECT_EQ(std::accumulate(result.begin(), result.end(), 0.0f), static_cast<float>(size * (size + 1) / 2))
        << size;
  }
}

TEST_P(Launch, OfNoBlocksStartsNothing) {
  if (GetParam() == DeviceKind::cuda) AULA_NEED_CUDA();
  Stream stream(GetParam() == DeviceKind::cuda ? makeCudaBackend() : makeCheckBackend());
  const testing::Scale kernel{{nullptr, 1, 0}, 0};
  launch(stream, kernel.shape(), kernel);
  stream.synchronise();
}

TEST(CopyBandwidth, IsThatOfDeviceMemory) {
  AULA_NEED_CUDA();
  // Far above what a bus to the host gives, far below what any memory does.
  const double bandwidth = measureCopyBandwidth(makeCudaBackend());
  EXPECT_GT(bandwidth, 50e9);
  EXPECT_LT(bandwidth, 100e12);
}

INSTANTIATE_TEST_SUITE_P(Devices, Launch, ::testing::Values(DeviceKind::check, DeviceKind::cuda),
                         [](const auto& parameter) { return std::string(deviceName(parameter.param)); });

}  // namespace
}  // namespace aula::compute
