// SPDX-License-Identifier: Apache-2.0
// The video writer of a program built without FFmpeg: it says so.
#include "core/error.h"
#include "media/video_writer.h"

namespace aula::media {
namespace {

constexpr const char* kRemark =
    "this program was built without FFmpeg (AULA_FFMPEG=OFF); configure with -DAULA_FFMPEG=ON";

core::Error missing() {
  return core::Error(std::string("No video can be written: ") + kRemark + ".");
}

}  // namespace

struct VideoWriter::Implementation {};

VideoWriter::VideoWriter(const std::filesystem::path& /*path*/, const VideoOptions& /*options*/) {
  throw missing();
}
VideoWriter::~VideoWriter() = default;
VideoWriter::VideoWriter(VideoWriter&&) noexcept = default;
VideoWriter& VideoWriter::operator=(VideoWriter&&) noexcept = default;
void VideoWriter::write(std::span<const std::uint8_t> /*rgba*/) {
  throw missing();
}
void VideoWriter::finish() {
  throw missing();
}
std::int64_t VideoWriter::frameCount() const {
  return 0;
}
VideoCodec VideoWriter::codec() const {
  return VideoCodec::automatic;
}

std::vector<EncoderReport> findVideoEncoders() {
  return {{"libx264", VideoCodec::h264, false, kRemark}, {"libsvtav1", VideoCodec::av1, false, kRemark}};
}

}  // namespace aula::media
