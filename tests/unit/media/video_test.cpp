// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "core/error.h"
#include "media/video_writer.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace aula::media {
namespace {

namespace fs = std::filesystem;

/// A folder of the test's own, gone at its end.
class VideoTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("aula-video-" + std::to_string(getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  [[nodiscard]] fs::path file(const std::string& name) const { return folder_ / name; }
  [[nodiscard]] std::ptrdiff_t fileCount() const {
    return std::distance(fs::directory_iterator(folder_), fs::directory_iterator());
  }
  fs::path folder_;
};

struct Colour {
  double red, green, blue;
};

/// Left half one colour, right half another.
std::vector<std::uint8_t> halves(int width, int height, Colour left, Colour right) {
  std::vector<std::uint8_t> pixels;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const Colour& c = x < width / 2 ? left : right;
      for (const double v : {c.red, c.green, c.blue, 255.0}) pixels.push_back(static_cast<std::uint8_t>(v));
    }
  }
  return pixels;
}

/// What a player sees in the file.
struct Film {
  int frames = 0, width = 0, height = 0;
  double duration = 0;
  AVCodecID codec = AV_CODEC_ID_NONE;
  AVPixelFormat format = AV_PIX_FMT_NONE;
  AVColorSpace space = AVCOL_SPC_UNSPECIFIED;
  AVColorPrimaries primaries = AVCOL_PRI_UNSPECIFIED;
  AVColorTransferCharacteristic transfer = AVCOL_TRC_UNSPECIFIED;
  AVColorRange range = AVCOL_RANGE_UNSPECIFIED;
  std::string title;
  std::vector<Colour> left, right;  ///< Mean colour in the middle of each half, for every frame.
};

/// BT.709, limited range (ITU-R BT.709-6, sections 3 and 4): Kr = 0.2126, Kb = 0.0722.
Colour fromYuv(double y, double cb, double cr) {
  const double luma = (y - 16) / 219, pb = (cb - 128) / 224, pr = (cr - 128) / 224;
  const double red = luma + 2 * (1 - 0.2126) * pr, blue = luma + 2 * (1 - 0.0722) * pb;
  const double green = (luma - 0.2126 * red - 0.0722 * blue) / 0.7152;
  return {255 * red, 255 * green, 255 * blue};
}

Colour meanColour(const AVFrame& frame, int begin, int end) {
  const auto mean = [&](int plane, int divisor) {
    double sum = 0;
    int count = 0;
    for (int y = frame.height / 4 / divisor; y < 3 * frame.height / 4 / divisor; ++y) {
      for (int x = begin / divisor; x < end / divisor; ++x, ++count)
        sum += frame.data[plane][y * frame.linesize[plane] + x];
    }
    return sum / count;
  };
  return fromYuv(mean(0, 1), mean(1, 2), mean(2, 2));
}

void decodeAll(AVFormatContext& format, AVCodecContext& decoder, int index, Film& film) {
  const std::unique_ptr<AVPacket, void (*)(AVPacket*)> packet(av_packet_alloc(),
                                                              [](AVPacket* p) { av_packet_free(&p); });
  const std::unique_ptr<AVFrame, void (*)(AVFrame*)> frame(av_frame_alloc(),
                                                           [](AVFrame* f) { av_frame_free(&f); });
  const auto receive = [&] {
    while (avcodec_receive_frame(&decoder, frame.get()) >= 0) {
      ++film.frames;
      const int w = frame->width;
      film.left.push_back(meanColour(*frame, w / 8, 3 * w / 8));
      film.right.push_back(meanColour(*frame, 5 * w / 8, 7 * w / 8));
    }
  };
  while (av_read_frame(&format, packet.get()) >= 0) {
    if (packet->stream_index == index) {
      ASSERT_GE(avcodec_send_packet(&decoder, packet.get()), 0);
      receive();
    }
    av_packet_unref(packet.get());
  }
  ASSERT_GE(avcodec_send_packet(&decoder, nullptr), 0);
  receive();
}

Film watch(const fs::path& path) {
  Film film;
  AVFormatContext* opened = nullptr;
  EXPECT_GE(avformat_open_input(&opened, path.c_str(), nullptr, nullptr), 0);
  const std::unique_ptr<AVFormatContext, void (*)(AVFormatContext*)> format(
      opened, [](AVFormatContext* f) { avformat_close_input(&f); });
  EXPECT_GE(avformat_find_stream_info(format.get(), nullptr), 0);
  const int index = av_find_best_stream(format.get(), AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
  EXPECT_GE(index, 0);
  const AVCodecParameters& shape = *format->streams[index]->codecpar;
  film.width = shape.width;
  film.height = shape.height;
  film.codec = shape.codec_id;
  film.format = static_cast<AVPixelFormat>(shape.format);
  film.space = shape.color_space;
  film.primaries = shape.color_primaries;
  film.transfer = shape.color_trc;
  film.range = shape.color_range;
  film.duration = static_cast<double>(format->duration) / AV_TIME_BASE;
  if (const AVDictionaryEntry* title = av_dict_get(format->metadata, "title", nullptr, 0))
    film.title = title->value;
  const AVCodec* codec = avcodec_find_decoder(shape.codec_id);
  const std::unique_ptr<AVCodecContext, void (*)(AVCodecContext*)> decoder(
      avcodec_alloc_context3(codec), [](AVCodecContext* c) { avcodec_free_context(&c); });
  EXPECT_GE(avcodec_parameters_to_context(decoder.get(), &shape), 0);
  EXPECT_GE(avcodec_open2(decoder.get(), codec, nullptr), 0);
  decodeAll(*format, *decoder, index, film);
  return film;
}

/// The offset of the first box of this name among the file's top-level boxes (ISO 14496-12, section 4.2); -1:
/// none.
std::int64_t boxOffset(const fs::path& path, const std::string& wanted) {
  std::ifstream in(path, std::ios::binary);
  const auto size = static_cast<std::int64_t>(fs::file_size(path));
  for (std::int64_t at = 0; at + 8 <= size;) {
    std::array<char, 8> head{};
    in.seekg(at);
    in.read(head.data(), head.size());
    std::int64_t length = 0;
    for (std::size_t i = 0; i < 4; ++i) length = length << 8 | static_cast<unsigned char>(head[i]);
    if (std::string(head.data() + 4, 4) == wanted) return at;
    if (length < 8) return -1;
    at += length;
  }
  return -1;
}

/// A flat colour comes back within the rounding of 8-bit limited-range YUV and the coder's own error at this
/// quality: half a step of each of Y, Cb and Cr is worth at most 0.5 * 255 * (1/219 + 1.8556/224) < 1.7; the
/// coder, one step more of each at most on flat ground: 3 * 1.7 = 5.1 in all. BT.601 taken for BT.709 would
/// be off by more than 20 in green.
constexpr double kColourBound = 5.1;

void expectColour(const Colour& found, const Colour& wanted) {
  EXPECT_NEAR(found.red, wanted.red, kColourBound);
  EXPECT_NEAR(found.green, wanted.green, kColourBound);
  EXPECT_NEAR(found.blue, wanted.blue, kColourBound);
}

class VideoCodecTest : public VideoTest, public testing::WithParamInterface<VideoCodec> {};

TEST_P(VideoCodecTest, ComesBackAsItWasWritten) {
  const VideoCodec codec = GetParam();
  const Colour green{20, 180, 40}, red{200, 40, 30}, blue{30, 60, 210}, grey{128, 128, 128};
  {
    VideoWriter writer(file("film.mp4"), {128, 96, 25, codec, "双缝 Young"});
    EXPECT_EQ(writer.codec(), codec);
    for (int k = 0; k < 30; ++k) {
      writer.write(k < 15 ? halves(128, 96, green, red) : halves(128, 96, blue, grey));
    }
    EXPECT_EQ(writer.frameCount(), 30);
    EXPECT_FALSE(fs::exists(file("film.mp4"))) << "the name must not appear before the film is whole";
    writer.finish();
  }
  const Film film = watch(file("film.mp4"));
  EXPECT_EQ(film.frames, 30);
  EXPECT_EQ(film.width, 128);
  EXPECT_EQ(film.height, 96);
  EXPECT_NEAR(film.duration, 30 / 25.0, 0.5 / 25);
  EXPECT_EQ(film.codec, codec == VideoCodec::h264 ? AV_CODEC_ID_H264 : AV_CODEC_ID_AV1);
  EXPECT_EQ(film.format, AV_PIX_FMT_YUV420P);
  EXPECT_EQ(film.space, AVCOL_SPC_BT709);
  EXPECT_EQ(film.primaries, AVCOL_PRI_BT709);
  EXPECT_EQ(film.transfer, AVCOL_TRC_BT709);
  EXPECT_EQ(film.range, AVCOL_RANGE_MPEG);
  EXPECT_EQ(film.title, "双缝 Young");
  ASSERT_EQ(film.left.size(), 30U);
  expectColour(film.left.front(), green);
  expectColour(film.right.front(), red);
  expectColour(film.left.back(), blue);
  expectColour(film.right.back(), grey);
  // A browser wants the index before the pictures.
  ASSERT_GE(boxOffset(file("film.mp4"), "moov"), 0);
  EXPECT_LT(boxOffset(file("film.mp4"), "moov"), boxOffset(file("film.mp4"), "mdat"));
  EXPECT_EQ(fileCount(), 1) << "nothing but the film may stay behind";
}

INSTANTIATE_TEST_SUITE_P(Codecs, VideoCodecTest, testing::Values(VideoCodec::h264, VideoCodec::av1),
                         [](const auto& codec) { return std::string(videoCodecName(codec.param)); });

TEST_F(VideoTest, OddSizesGainARowOrAColumn) {
  VideoWriter writer(file("odd.mp4"), {101, 77, 30, VideoCodec::automatic, ""});
  for (int k = 0; k < 3; ++k) writer.write(halves(101, 77, {10, 200, 90}, {220, 220, 40}));
  writer.finish();
  const Film film = watch(file("odd.mp4"));
  EXPECT_EQ(film.width, 102);
  EXPECT_EQ(film.height, 78);
  EXPECT_EQ(film.frames, 3);
  expectColour(film.right.front(), {220, 220, 40});
}

TEST_F(VideoTest, OneFrameIsAFilm) {
  VideoWriter writer(file("one.mp4"), {64, 64, 12.5, VideoCodec::h264, ""});
  writer.write(halves(64, 64, {255, 255, 255}, {0, 0, 0}));
  writer.finish();
  const Film film = watch(file("one.mp4"));
  EXPECT_EQ(film.frames, 1);
  EXPECT_NEAR(film.duration, 1 / 12.5, 0.01);
}

TEST_F(VideoTest, AbandonedLeavesNothing) {
  {
    VideoWriter writer(file("gone.mp4"), {64, 64, 30, VideoCodec::h264, ""});
    for (int k = 0; k < 5; ++k) writer.write(halves(64, 64, {255, 0, 0}, {0, 255, 0}));
  }
  EXPECT_EQ(fileCount(), 0);
}

TEST_F(VideoTest, AnOldFilmStaysUntilTheNewOneIsWhole) {
  std::ofstream(file("film.mp4")) << "old";
  {
    VideoWriter writer(file("film.mp4"), {64, 64, 30, VideoCodec::h264, ""});
    writer.write(halves(64, 64, {255, 0, 0}, {0, 255, 0}));
  }
  EXPECT_EQ(fs::file_size(file("film.mp4")), 3U);
}

std::string messageOf(const auto& action, core::Fault fault) {
  try {
    action();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.fault(), fault) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "no error";
  return {};
}

TEST_F(VideoTest, BadOptionsAreTold) {
  const auto open = [&](const fs::path& path, const VideoOptions& options) {
    return messageOf([&] { VideoWriter(path, options); }, core::Fault::input);
  };
  EXPECT_EQ(open("film.avi", {}), "The video's name must end in .mp4; found film.avi.");
  EXPECT_EQ(open(file("a.mp4"), {8, 720, 30, VideoCodec::h264, ""}),
            "A video of 8x720 pixels cannot be written: each side must be 16 to 16384.");
  EXPECT_THAT(open(file("a.mp4"), {64, 64, 0, VideoCodec::h264, ""}),
              testing::HasSubstr("more than 0, at most 1000"));
  EXPECT_THAT(open(file("a.mp4"), {64, 64, NAN, VideoCodec::h264, ""}),
              testing::HasSubstr("more than 0, at most 1000"));
  EXPECT_THAT(open(file("a.mp4"), {48, 64, 30, VideoCodec::av1, ""}), testing::HasSubstr("at least 64"));
  EXPECT_EQ(messageOf([] { (void)parseVideoCodec("h265"); }, core::Fault::input),
            "There is no video codec \"h265\". Known: auto, h264, av1.");
  EXPECT_EQ(fileCount(), 0);
}

TEST_F(VideoTest, AWrongFrameIsRefusedAndTheFilmGoesOn) {
  VideoWriter writer(file("film.mp4"), {64, 64, 30, VideoCodec::h264, ""});
  const std::vector<std::uint8_t> small(100);
  EXPECT_THAT(messageOf([&] { writer.write(small); }, core::Fault::input),
              testing::HasSubstr("64x64 pixels have 16384"));
  writer.write(halves(64, 64, {255, 0, 0}, {0, 255, 0}));
  writer.finish();
  EXPECT_EQ(watch(file("film.mp4")).frames, 1);
}

TEST_F(VideoTest, NoFramesIsAnError) {
  {
    VideoWriter writer(file("empty.mp4"), {64, 64, 30, VideoCodec::h264, ""});
    EXPECT_THAT(messageOf([&] { writer.finish(); }, core::Fault::failure),
                testing::HasSubstr("has no frames"));
  }
  EXPECT_EQ(fileCount(), 0);
}

TEST_F(VideoTest, AMissingFolderIsTold) {
  const std::string message =
      messageOf([&] { VideoWriter(file("nowhere/film.mp4"), {}); }, core::Fault::failure);
  EXPECT_THAT(message, testing::HasSubstr("nowhere/film.mp4"));
  EXPECT_THAT(message, testing::HasSubstr("No such file or directory"));
}

TEST_F(VideoTest, AFullDiskIsTold) {
  // A folder that cannot hold the film: /dev/full takes no byte.
  fs::create_symlink("/dev/full", file("film.mp4.partial"));
  const std::string message = messageOf(
      [&] {
        VideoWriter writer(file("film.mp4"), {64, 64, 30, VideoCodec::h264, ""});
        for (int k = 0; k < 40; ++k) writer.write(halves(64, 64, {255, 0, 0}, {0, 255, 0}));
        writer.finish();
      },
      core::Fault::failure);
  EXPECT_THAT(message, testing::HasSubstr("No space left on device"));
  EXPECT_FALSE(fs::exists(file("film.mp4")));
}

TEST_F(VideoTest, EncodersAreReported) {
  const std::vector<EncoderReport> encoders = findVideoEncoders();
  ASSERT_EQ(encoders.size(), 2U);
  EXPECT_EQ(encoders[0].name, "libx264");
  EXPECT_EQ(encoders[0].codec, VideoCodec::h264);
  EXPECT_EQ(encoders[1].name, "libsvtav1");
  for (const EncoderReport& encoder : encoders) EXPECT_FALSE(encoder.remark.empty());
}

}  // namespace
}  // namespace aula::media
