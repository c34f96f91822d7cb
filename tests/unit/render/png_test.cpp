// SPDX-License-Identifier: Apache-2.0
#include "render/png.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "core/error.h"
#include "support/scratch_folder.h"

namespace aula::render {
namespace {

Image pattern() {
  Image image;
  image.width = 7;
  image.height = 5;
  for (int i = 0; i < 7 * 5 * 4; ++i) image.pixels.push_back(static_cast<std::uint8_t>(37 * i % 251));
  return image;
}

TEST(Png, ThereAndBack) {
  const test::ScratchFolder folder;
  writePng(folder / "a.png", pattern());
  const Image back = readPng(folder / "a.png");
  EXPECT_EQ(back.width, 7);
  EXPECT_EQ(back.height, 5);
  EXPECT_EQ(back.pixels, pattern().pixels);
  EXPECT_EQ(back.at(6, 4)[0], pattern().pixels[4 * (4 * 7 + 6)]);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1)
      << "no half file may stay";
}

TEST(Png, BytesForAReport) {
  const std::vector<std::uint8_t> bytes = encodePng(pattern());
  ASSERT_GT(bytes.size(), 8U);
  EXPECT_EQ(std::string(bytes.begin() + 1, bytes.begin() + 4), "PNG");
}

TEST(Png, ErrorsNameTheFile) {
  const test::ScratchFolder folder;
  const auto messageOf = [](const auto& action) {
    try {
      action();
    } catch (const core::Error& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  EXPECT_THAT(messageOf([&] { writePng(folder / "nowhere/a.png", pattern()); }),
              testing::HasSubstr("nowhere/a.png"));
  EXPECT_THAT(messageOf([&] { (void)readPng(folder / "missing.png"); }), testing::HasSubstr("missing.png"));
  std::ofstream(folder / "text.png") << "this is no picture";
  EXPECT_THAT(messageOf([&] { (void)readPng(folder / "text.png"); }), testing::HasSubstr("text.png"));
}

}  // namespace
}  // namespace aula::render
