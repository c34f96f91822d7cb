// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "media/video_writer.h"

namespace aula::media {

const char* videoCodecName(VideoCodec codec) {
  switch (codec) {
    case VideoCodec::automatic:
      return "auto";
    case VideoCodec::h264:
      return "h264";
    case VideoCodec::av1:
      return "av1";
  }
  return "unknown";
}

VideoCodec parseVideoCodec(const std::string& name) {
  for (const VideoCodec codec : {VideoCodec::automatic, VideoCodec::h264, VideoCodec::av1}) {
    if (name == videoCodecName(codec)) return codec;
  }
  throw core::inputError("There is no video codec \"" + name + "\". Known: auto, h264, av1.");
}

}  // namespace aula::media
