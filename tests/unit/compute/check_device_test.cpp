// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "compute/buffer.h"
#include "compute/launch.h"
#include "unit/compute/kernels.h"

namespace aula::compute {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

/// The message of the core::Error that `work` must throw.
template <class Work>
std::string messageOf(const Work& work) {
  try {
    work();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.fault(), core::Fault::failure);
    return error.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return {};
}

struct CheckDevice : ::testing::Test {
  Stream stream{makeCheckBackend()};
};

/// Reads through a pointer the compiler cannot see through.
template <class T>
T touch(const T* place) {
  return *static_cast<const volatile T*>(place);
}

TEST_F(CheckDevice, NotesAHostReadOfDeviceMemory) {
  DeviceBuffer<float> buffer(stream, 100, "fields");
  static_cast<void>(touch(buffer.device() + 3));
  EXPECT_THAT(messageOf([&] { stream.synchronise(); }),
              AllOf(HasSubstr("device buffer \"fields\" at byte 12 of 400"), HasSubstr("by the host")));
  stream.synchronise();  // Reported once; the device is usable again.
  buffer.fillZero(stream);
  std::vector<float> values(100, 1.0f);
  buffer.download(stream, values);
  EXPECT_EQ(values, std::vector<float>(100, 0.0f));
}

TEST_F(CheckDevice, NotesAHostWriteToDeviceMemory) {
  DeviceBuffer<int> buffer(stream, 10, "counts");
  *static_cast<volatile int*>(buffer.device() + 9) = 1;
  EXPECT_THAT(messageOf([&] { buffer.fillZero(stream); }),
              AllOf(HasSubstr("device buffer \"counts\" at byte 36 of 40"), HasSubstr("before fill")));
}

TEST_F(CheckDevice, NotesAKernelThatReadsHostMemory) {
  Buffer<float> host(stream, 64, "table");
  DeviceBuffer<float> sums(stream, 1, "sums");
  host.hostToWrite()[0] = 1;
  host.upload(stream);
  const testing::BlockSum kernel{host.host().data(), sums.device(), 64, false};
  EXPECT_THAT(messageOf([&] {
                launch(stream, {{1, 1, 1}, {64, 1, 1}}, kernel);
              }),
              AllOf(HasSubstr("host buffer \"table\""), HasSubstr("in block sum")));
}

TEST_F(CheckDevice, NotesAKernelThatWritesBeyondItsBuffer) {
  for (const long size : {1L, 63L, 64L, 1000L, 1024L}) {
    DeviceBuffer<float> buffer(stream, static_cast<std::size_t>(size), "short");
    buffer.fillZero(stream);
    const testing::Scale kernel{{buffer.device(), 1, 1}, size + 1};
    EXPECT_THAT(messageOf([&] { launch(stream, kernel.shape(), kernel); }),
                AllOf(HasSubstr("\"short\""), HasSubstr(std::to_string(4 * size)), HasSubstr("in scale")))
        << size;
  }
}

TEST_F(CheckDevice, NotesAKernelThatWritesBeforeItsBuffer) {
  DeviceBuffer<float> buffer(stream, 100, "early");
  buffer.fillZero(stream);
  const testing::Scale kernel{{buffer.device() - 1, 1, 1}, 100};
  EXPECT_THAT(messageOf([&] { launch(stream, kernel.shape(), kernel); }), HasSubstr("\"early\""));
}

TEST_F(CheckDevice, NotesAKernelThatUsesMemoryOfAReleasedBuffer) {
  float* kept = nullptr;
  {
    DeviceBuffer<float> buffer(stream, 100, "gone");
    kept = buffer.device();
  }
  // The pages are gone for good: the ordinary handler ends the process.
  EXPECT_DEATH(static_cast<void>(touch(kept)), "");
}

TEST_F(CheckDevice, ShowsDeviceMemoryThatWasNeverWrittenAsNan) {
  DeviceBuffer<float> buffer(stream, 5, "fresh");
  std::vector<float> values(5, 0.0f);
  buffer.download(stream, values);
  for (const float value : values) EXPECT_TRUE(std::isnan(value));
}

TEST_F(CheckDevice, RefusesTransfersOutsideABufferOrOnTheWrongSide) {
  DeviceBuffer<float> buffer(stream, 4, "four");
  const std::vector<float> five(5);
  EXPECT_THAT(messageOf([&] { buffer.upload(stream, five); }),
              HasSubstr("upload of elements 0 to 5 of device buffer \"four\", which holds 4"));
  std::vector<float> one(1);
  EXPECT_THAT(messageOf([&] { stream.backend().download(nullptr, one.data(), one.data(), 4); }),
              HasSubstr("an address that is not device memory"));
  EXPECT_THAT(messageOf([&] { stream.backend().upload(nullptr, buffer.device(), buffer.device(), 4); }),
              HasSubstr("upload was given the device side of buffer \"four\""));
}

TEST_F(CheckDevice, BringsAMissingBarrierToLight) {
  const std::vector<float> ones(64, 1.0f);
  DeviceBuffer<float> values(stream, 64, "values");
  DeviceBuffer<float> sums(stream, 1, "sums");
  values.upload(stream, ones);
  // The order of the threads turns with every launch: at least one of two runs reads what was not stored yet.
  int wrong = 0;
  for (int repeat = 0; repeat < 2; ++repeat) {
    launch(stream, {{1, 1, 1}, {64, 1, 1}}, testing::BlockSum{values.device(), sums.device(), 64, true});
    std::vector<float> sum(1);
    sums.download(stream, sum);
    if (!(sum[0] == 64.0f)) ++wrong;
  }
  EXPECT_GE(wrong, 1);
}

TEST_F(CheckDevice, RunsARecordedBatchAgainAndAgain) {
  DeviceBuffer<float> buffer(stream, 3, "values");
  buffer.fillZero(stream);
  const testing::Scale kernel{{buffer.device(), 2, 1}, 3};
  const auto batch = stream.record([&] {
    launch(stream, kernel.shape(), kernel);
    launch(stream, kernel.shape(), kernel);
  });
  std::vector<float> values(3);
  buffer.download(stream, values);
  EXPECT_EQ(values[0], 0.0f);  // Recording alone runs nothing.
  batch->run();
  batch->run();
  buffer.download(stream, values);
  EXPECT_EQ(values, std::vector<float>(3, 15.0f));
  EXPECT_THAT(messageOf([&] { static_cast<void>(stream.record([&] { buffer.download(stream, values); })); }),
              HasSubstr("download cannot be part of a recorded batch"));
}

}  // namespace
}  // namespace aula::compute
