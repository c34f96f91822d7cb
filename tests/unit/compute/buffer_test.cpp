// SPDX-License-Identifier: Apache-2.0
#include "compute/buffer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "compute/launch.h"
#include "unit/compute/kernels.h"

namespace aula::compute {
namespace {

using ::testing::HasSubstr;

template <class Work>
std::string messageOf(const Work& work) {
  try {
    work();
  } catch (const core::Error& error) {
    return error.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return {};
}

TEST(Buffer, GoesThereAndBack) {
  Stream stream(makeCheckBackend());
  Buffer<float> buffer(stream, 1000, "ramp");
  std::iota(buffer.hostToWrite().begin(), buffer.hostToWrite().end(), 0.0f);
  buffer.upload(stream);
  const testing::Scale kernel{{buffer.deviceToWrite(), 2, 1}, 1000};
  launch(stream, kernel.shape(), kernel);
  buffer.download(stream);
  for (std::size_t n = 0; n < 1000; ++n) ASSERT_EQ(buffer.host()[n], 2 * static_cast<float>(n) + 1);
}

TEST(Buffer, NamesAMissingUpload) {
  Stream stream(makeCheckBackend());
  Buffer<float> buffer(stream, 4, "weights");
  buffer.hostToWrite()[0] = 1;
  EXPECT_THAT(
      messageOf([&] { static_cast<void>(buffer.device()); }),
      HasSubstr("the device side of buffer \"weights\" is older than the other side; upload it first"));
}

TEST(Buffer, NamesAMissingDownload) {
  Stream stream(makeCheckBackend());
  Buffer<float> buffer(stream, 4, "weights");
  buffer.hostToWrite()[0] = 1;
  buffer.upload(stream);
  static_cast<void>(buffer.deviceToWrite());
  EXPECT_THAT(
      messageOf([&] { static_cast<void>(buffer.host()); }),
      HasSubstr("the host side of buffer \"weights\" is older than the other side; download it first"));
}

TEST(Buffer, FaultsWhereAKeptPointerMissesAnUpload) {
  Stream stream(makeCheckBackend());
  Buffer<float> buffer(stream, 64, "weights");
  buffer.hostToWrite()[0] = 1;
  buffer.upload(stream);
  float* kept = buffer.deviceToWrite();
  buffer.download(stream);
  buffer.hostToWrite()[0] = 2;  // No upload follows.
  const testing::Scale kernel{{kept, 1, 0}, 64};
  EXPECT_THAT(messageOf([&] { launch(stream, kernel.shape(), kernel); }),
              HasSubstr("device buffer \"weights\""));
}

TEST(Buffer, FaultsWhereAKeptPointerMissesADownload) {
  Stream stream(makeCheckBackend());
  Buffer<float> buffer(stream, 64, "weights");
  const float* kept = buffer.hostToWrite().data();
  buffer.upload(stream);
  static_cast<void>(buffer.deviceToWrite());
  static_cast<void>(*static_cast<const volatile float*>(kept));
  EXPECT_THAT(messageOf([&] { stream.synchronise(); }),
              HasSubstr("host buffer \"weights\" at byte 0 of 256"));
}

TEST(Buffer, MayBeEmpty) {
  Stream stream(makeCheckBackend());
  Buffer<float> buffer(stream, 0, "nothing");
  buffer.upload(stream);
  EXPECT_EQ(buffer.device(), nullptr);
  EXPECT_EQ(buffer.host().size(), 0u);
}

}  // namespace
}  // namespace aula::compute
