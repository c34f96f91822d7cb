// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace aula::media {

enum class VideoCodec {
  automatic,  ///< H.264 where this build of FFmpeg has libx264, else AV1.
  h264,       ///< libx264: plays everywhere.
  av1         ///< SVT-AV1: about half the bytes, slower to write.
};

/// "auto", "h264", "av1".
[[nodiscard]] const char* videoCodecName(VideoCodec codec);
/// The inverse; throws core::Error (input) that lists the names.
[[nodiscard]] VideoCodec parseVideoCodec(const std::string& name);

struct VideoOptions {
  int width = 1280,
      height = 720;  ///< Of the frames given, 16 to 16384. Odd sizes are padded by one row or column.
  double framesPerSecond = 30;  ///< More than 0, at most 1000.
  VideoCodec codec = VideoCodec::automatic;
  std::string title;  ///< Into the file's metadata, UTF-8.
};

/// Writes an MP4 that browsers play: yuv420p, BT.709, limited range, index at the front. The file is made
/// beside `path` and renamed by finish(); a writer destroyed without finish() leaves nothing behind. One
/// thread at a time.
class VideoWriter {
 public:
  /// Throws core::Error when the encoder is missing, the options are out of range (input), the name does not
  /// end in .mp4 (input), or the folder cannot be written.
  VideoWriter(const std::filesystem::path& path, const VideoOptions& options);
  ~VideoWriter();
  VideoWriter(VideoWriter&&) noexcept;
  VideoWriter& operator=(VideoWriter&&) noexcept;

  /// One frame of width*height*4 bytes, 8-bit sRGB with alpha, rows from the top; alpha is not looked at.
  void write(std::span<const std::uint8_t> rgba);
  /// Ends the file and gives it its name. Throws core::Error when it has no frames or the disk is full.
  void finish();

  [[nodiscard]] std::int64_t frameCount() const;
  /// The codec chosen: h264 or av1.
  [[nodiscard]] VideoCodec codec() const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// An encoder that this program can use for video, or could if it were there.
struct EncoderReport {
  std::string name;  ///< FFmpeg's: "libx264".
  VideoCodec codec = VideoCodec::h264;
  bool isUsable = false;
  std::string remark;  ///< What it is for, or why it is missing and what to do about it.
};
[[nodiscard]] std::vector<EncoderReport> findVideoEncoders();

}  // namespace aula::media
