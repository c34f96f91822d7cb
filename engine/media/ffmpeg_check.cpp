// SPDX-License-Identifier: Apache-2.0
#include "media/ffmpeg_check.h"

#include <array>
#include <cerrno>

#include "core/error.h"

extern "C" {
#include <libavutil/error.h>
}

namespace aula::media {

std::string ffmpegErrorText(int code) {
  std::array<char, AV_ERROR_MAX_STRING_SIZE> buffer{};
  if (av_strerror(code, buffer.data(), buffer.size()) < 0) return "error " + std::to_string(code);
  return buffer.data();
}

void throwFfmpegError(int code, const char* call, const std::string& doing, const char* file, int line) {
  const std::string text(call);
  std::string message = "Failed at " + doing + ": " + ffmpegErrorText(code) + " (FFmpeg's " +
                        text.substr(0, text.find('(')) + ", " + file + ":" + std::to_string(line) + ").";
  if (code == AVERROR(ENOSPC)) message += " Free some space there, or choose another folder.";
  if (code == AVERROR(EACCES) || code == AVERROR(EROFS) || code == AVERROR(ENOENT)) {
    message += " Check that the folder exists and may be written to.";
  }
  throw core::Error(message);
}

}  // namespace aula::media
