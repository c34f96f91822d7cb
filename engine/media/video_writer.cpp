// SPDX-License-Identifier: Apache-2.0
#include "media/video_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <system_error>

#include "core/error.h"
#include "core/io/atomic_file.h"
#include "media/ffmpeg_check.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/dict.h>
#include <libavutil/imgutils.h>
#include <libavutil/log.h>
#include <libavutil/opt.h>
#include <libswscale/swscale.h>
}

namespace aula::media {
namespace {

struct Encoder {
  VideoCodec codec;
  const char* name;
  const char* purpose;
};
constexpr Encoder kEncoders[] = {
    {VideoCodec::h264, "libx264", "H.264: plays everywhere"},
    {VideoCodec::av1, "libsvtav1", "AV1: about half the bytes of H.264, slower to write"},
};

/// H.264 needs no more than 16 pixels a side, SVT-AV1 at least 64.
constexpr int kLeastSide = 16, kLeastSideAv1 = 64, kMostSide = 16384;

/// FFmpeg chats on standard error; what matters comes back as an error code.
void quietenFfmpeg() {
  av_log_set_level(AV_LOG_ERROR);
  // SVT-AV1 has a voice of its own: errors only, unless the user says otherwise.
  setenv("SVT_LOG", "1", 0);
}

const Encoder& chooseEncoder(VideoCodec wanted) {
  for (const Encoder& encoder : kEncoders) {
    if (wanted != VideoCodec::automatic && wanted != encoder.codec) continue;
    if (avcodec_find_encoder_by_name(encoder.name) != nullptr) return encoder;
  }
  throw core::Error(
      std::string("No video can be written with codec ") + videoCodecName(wanted) +
      ": the FFmpeg libraries here have no encoder for it (libx264 for h264, libsvtav1 for av1). On "
      "Debian: apt install libavcodec-extra");
}

void checkOptions(const std::filesystem::path& path, const VideoOptions& options) {
  if (path.extension() != ".mp4") {
    throw core::inputError("The video's name must end in .mp4; found " + path.string() + ".");
  }
  if (options.width < kLeastSide || options.height < kLeastSide || options.width > kMostSide ||
      options.height > kMostSide) {
    throw core::inputError("A video of " + std::to_string(options.width) + "x" +
                           std::to_string(options.height) + " pixels cannot be written: each side must be " +
                           std::to_string(kLeastSide) + " to " + std::to_string(kMostSide) + ".");
  }
  if (!(options.framesPerSecond > 0 && options.framesPerSecond <= 1000)) {
    throw core::inputError("A video of " + std::to_string(options.framesPerSecond) +
                           " frames a second cannot be written: more than 0, at most 1000.");
  }
}

}  // namespace

struct VideoWriter::Implementation {
  std::filesystem::path path, partial;
  VideoOptions options;
  VideoCodec codec = VideoCodec::automatic;
  int width = 0, height = 0;  ///< Of the video: even.
  AVFormatContext* format = nullptr;
  AVCodecContext* encoder = nullptr;
  AVStream* stream = nullptr;
  AVFrame* frame = nullptr;
  AVPacket* packet = nullptr;
  SwsContext* converter = nullptr;
  std::vector<std::uint8_t> padded;
  std::int64_t frames = 0;
  bool isFinished = false;

  Implementation(const std::filesystem::path& target, const VideoOptions& wanted)
      : path(target), partial(target), options(wanted) {}
  ~Implementation();
  Implementation(const Implementation&) = delete;
  Implementation& operator=(const Implementation&) = delete;

  [[nodiscard]] std::string doing() const { return "writing the video " + path.string(); }
  /// Apart from the constructor, so that the destructor cleans up after an error in it.
  void open();
  void openEncoder();
  void openFile();
  void openConverter();
  void convert(std::span<const std::uint8_t> rgba);
  void send(const AVFrame* picture);
  void close();
};

void VideoWriter::Implementation::open() {
  checkOptions(path, options);
  quietenFfmpeg();
  codec = chooseEncoder(options.codec).codec;
  if (codec == VideoCodec::av1 && std::min(options.width, options.height) < kLeastSideAv1) {
    throw core::inputError(
        "An AV1 video of " + std::to_string(options.width) + "x" + std::to_string(options.height) +
        " pixels cannot be written: each side must be at least " + std::to_string(kLeastSideAv1) + ".");
  }
  partial += ".partial";
  // Colour is stored for blocks of two by two pixels.
  width = options.width + options.width % 2;
  height = options.height + options.height % 2;
  AULA_FFMPEG_CALL(avformat_alloc_output_context2(&format, nullptr, "mp4", partial.c_str()), doing());
  openEncoder();
  openConverter();
  openFile();
}

VideoWriter::Implementation::~Implementation() {
  sws_freeContext(converter);
  av_packet_free(&packet);
  av_frame_free(&frame);
  avcodec_free_context(&encoder);
  if (format != nullptr && format->pb != nullptr) avio_closep(&format->pb);
  avformat_free_context(format);
  if (!isFinished) {
    std::error_code ignored;
    std::filesystem::remove(partial, ignored);
  }
}

void VideoWriter::Implementation::openEncoder() {
  const AVCodec* found = avcodec_find_encoder_by_name(chooseEncoder(codec).name);
  encoder = avcodec_alloc_context3(found);
  encoder->width = width;
  encoder->height = height;
  encoder->pix_fmt = AV_PIX_FMT_YUV420P;
  encoder->framerate = av_d2q(options.framesPerSecond, 100000);
  encoder->time_base = av_inv_q(encoder->framerate);
  // One may jump to every second; a run's video is looked at in pieces.
  encoder->gop_size = std::max(1, static_cast<int>(std::lround(options.framesPerSecond)));
  encoder->color_range = AVCOL_RANGE_MPEG;
  encoder->color_primaries = AVCOL_PRI_BT709;
  encoder->color_trc = AVCOL_TRC_BT709;
  encoder->colorspace = AVCOL_SPC_BT709;
  if ((format->oformat->flags & AVFMT_GLOBALHEADER) != 0) encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  // Constant quality at which thin lines and text stay clean.
  AVDictionary* settings = nullptr;
  if (codec == VideoCodec::h264) {
    av_dict_set(&settings, "preset", "medium", 0);
    av_dict_set(&settings, "crf", "18", 0);
  } else {
    av_dict_set(&settings, "preset", "8", 0);
    av_dict_set(&settings, "crf", "26", 0);
  }
  const int result = avcodec_open2(encoder, found, &settings);
  av_dict_free(&settings);
  AULA_FFMPEG_CALL(result, "starting the encoder " + std::string(found->name) + " for " + path.string());

  stream = avformat_new_stream(format, nullptr);
  stream->time_base = encoder->time_base;
  stream->avg_frame_rate = encoder->framerate;
  AULA_FFMPEG_CALL(avcodec_parameters_from_context(stream->codecpar, encoder), doing());
  packet = av_packet_alloc();
  frame = av_frame_alloc();
  frame->format = encoder->pix_fmt;
  frame->width = width;
  frame->height = height;
  frame->color_range = encoder->color_range;
  frame->colorspace = encoder->colorspace;
  frame->color_primaries = encoder->color_primaries;
  frame->color_trc = encoder->color_trc;
  AULA_FFMPEG_CALL(av_frame_get_buffer(frame, 0), doing());
}

void VideoWriter::Implementation::openConverter() {
  converter = sws_getContext(width, height, AV_PIX_FMT_RGBA, width, height, AV_PIX_FMT_YUV420P,
                             SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INP, nullptr, nullptr, nullptr);
  if (converter == nullptr)
    throw core::Error("FFmpeg cannot convert colours for the video " + path.string() + ".");
  // Without this FFmpeg takes BT.601, and every colour is a little wrong.
  const int* bt709 = sws_getCoefficients(SWS_CS_ITU709);
  constexpr int kFullRange = 1, kLimitedRange = 0, kNeutral = 0, kOne = 1 << 16;
  AULA_FFMPEG_CALL(
      sws_setColorspaceDetails(converter, bt709, kFullRange, bt709, kLimitedRange, kNeutral, kOne, kOne),
      doing());
}

void VideoWriter::Implementation::openFile() {
  if (!options.title.empty()) av_dict_set(&format->metadata, "title", options.title.c_str(), 0);
  AULA_FFMPEG_CALL(avio_open(&format->pb, partial.c_str(), AVIO_FLAG_WRITE), doing());
  // The index at the front: a browser plays before it has everything.
  AVDictionary* settings = nullptr;
  av_dict_set(&settings, "movflags", "+faststart", 0);
  const int result = avformat_write_header(format, &settings);
  av_dict_free(&settings);
  AULA_FFMPEG_CALL(result, doing());
}

void VideoWriter::Implementation::convert(std::span<const std::uint8_t> rgba) {
  const std::uint8_t* source = rgba.data();
  const auto stride = static_cast<std::size_t>(4 * width),
             given = static_cast<std::size_t>(4 * options.width);
  if (width != options.width || height != options.height) {
    // The last row and column once more.
    padded.resize(stride * static_cast<std::size_t>(height));
    for (int y = 0; y < height; ++y) {
      const std::uint8_t* from =
          rgba.data() + given * static_cast<std::size_t>(std::min(y, options.height - 1));
      std::uint8_t* to = padded.data() + stride * static_cast<std::size_t>(y);
      std::memcpy(to, from, given);
      if (width != options.width) std::memcpy(to + given, from + given - 4, 4);
    }
    source = padded.data();
  }
  AULA_FFMPEG_CALL(av_frame_make_writable(frame), doing());
  const std::uint8_t* planes[] = {source};
  const int strides[] = {static_cast<int>(stride)};
  AULA_FFMPEG_CALL(sws_scale(converter, planes, strides, 0, height, frame->data, frame->linesize), doing());
}

void VideoWriter::Implementation::send(const AVFrame* picture) {
  AULA_FFMPEG_CALL(avcodec_send_frame(encoder, picture), doing());
  for (;;) {
    const int result = avcodec_receive_packet(encoder, packet);
    if (result == AVERROR(EAGAIN) || result == AVERROR_EOF) return;
    AULA_FFMPEG_CALL(result, doing());
    packet->duration = 1;
    packet->stream_index = stream->index;
    av_packet_rescale_ts(packet, encoder->time_base, stream->time_base);
    AULA_FFMPEG_CALL(av_interleaved_write_frame(format, packet), doing());
  }
}

void VideoWriter::Implementation::close() {
  send(nullptr);
  AULA_FFMPEG_CALL(av_write_trailer(format), doing());
  // A full disk may show only when the last bytes leave.
  avio_flush(format->pb);
  const int late = format->pb->error;
  const int closed = avio_closep(&format->pb);
  AULA_FFMPEG_CALL(late, doing());
  AULA_FFMPEG_CALL(closed, doing());

  const int descriptor = ::open(partial.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw core::fileError("open", partial, errno);
  const bool isFlushed = ::fsync(descriptor) == 0;
  const int code = errno;
  ::close(descriptor);
  if (!isFlushed) throw core::fileError("write", partial, code);
  std::error_code renamed;
  std::filesystem::rename(partial, path, renamed);
  if (renamed) throw core::fileError("rename to", path, renamed.value());
  isFinished = true;
}

VideoWriter::VideoWriter(const std::filesystem::path& path, const VideoOptions& options)
    : implementation_(std::make_unique<Implementation>(path, options)) {
  implementation_->open();
}
VideoWriter::~VideoWriter() = default;
VideoWriter::VideoWriter(VideoWriter&&) noexcept = default;
VideoWriter& VideoWriter::operator=(VideoWriter&&) noexcept = default;

void VideoWriter::write(std::span<const std::uint8_t> rgba) {
  Implementation& self = *implementation_;
  const std::size_t wanted = std::size_t{4} * static_cast<std::size_t>(self.options.width) *
                             static_cast<std::size_t>(self.options.height);
  if (rgba.size() != wanted) {
    throw core::inputError("A frame of " + std::to_string(rgba.size()) +
                           " bytes does not belong in the video " + self.path.string() + ": " +
                           std::to_string(self.options.width) + "x" + std::to_string(self.options.height) +
                           " pixels have " + std::to_string(wanted) + ".");
  }
  self.convert(rgba);
  self.frame->pts = self.frames++;
  self.send(self.frame);
}

void VideoWriter::finish() {
  Implementation& self = *implementation_;
  if (self.frames == 0)
    throw core::Error("The video " + self.path.string() + " has no frames; nothing was written.");
  self.close();
}

std::int64_t VideoWriter::frameCount() const {
  return implementation_->frames;
}
VideoCodec VideoWriter::codec() const {
  return implementation_->codec;
}

std::vector<EncoderReport> findVideoEncoders() {
  std::vector<EncoderReport> reports;
  for (const Encoder& encoder : kEncoders) {
    const bool isThere = avcodec_find_encoder_by_name(encoder.name) != nullptr;
    reports.push_back(
        {encoder.name, encoder.codec, isThere,
         isThere ? encoder.purpose : "not in this FFmpeg; on Debian: apt install libavcodec-extra"});
  }
  return reports;
}

}  // namespace aula::media
