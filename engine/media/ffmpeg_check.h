// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace aula::media {

/// FFmpeg's words for one of its error codes: "No space left on device".
[[nodiscard]] std::string ffmpegErrorText(int code);

/// Throws core::Error that names the call, FFmpeg's reason and the place in our source.
[[noreturn]] void throwFfmpegError(int code, const char* call, const std::string& doing, const char* file,
                                   int line);

}  // namespace aula::media

/// Every FFmpeg call that returns an error code goes through this; `doing` says for what: "writing out.mp4".
#define AULA_FFMPEG_CALL(call, doing)                                                        \
  do {                                                                                       \
    const int aulaFfmpegResult = (call);                                                     \
    if (aulaFfmpegResult < 0) {                                                              \
      ::aula::media::throwFfmpegError(aulaFfmpegResult, #call, (doing), __FILE__, __LINE__); \
    }                                                                                        \
  } while (false)
