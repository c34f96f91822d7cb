// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.h"
#include "media/video_writer.h"

namespace aula::media {
namespace {

TEST(NoVideo, SaysHowToGetIt) {
  try {
    VideoWriter writer("film.mp4", {});
    FAIL() << "a video without FFmpeg";
  } catch (const core::Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("configure with -DAULA_FFMPEG=ON"));
  }
  for (const EncoderReport& encoder : findVideoEncoders()) EXPECT_FALSE(encoder.isUsable);
}

}  // namespace
}  // namespace aula::media
