// SPDX-License-Identifier: Apache-2.0
#include "render/png.h"

#include <png.h>

#include <memory>
#include <span>

#include "core/error.h"
#include "core/io/atomic_file.h"

namespace aula::render {
namespace {

/// libpng's simplified interface reports through the image's own message.
core::Error pngError(const std::string& doing, const png_image& png) {
  return core::Error(doing + ": libpng says: " + png.message);
}

png_image header(const Image& image) {
  png_image png{};
  png.version = PNG_IMAGE_VERSION;
  png.width = static_cast<png_uint_32>(image.width);
  png.height = static_cast<png_uint_32>(image.height);
  png.format = PNG_FORMAT_RGBA;
  return png;
}

}  // namespace

std::vector<std::uint8_t> encodePng(const Image& image) {
  png_image png = header(image);
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(png);
  std::vector<std::uint8_t> bytes(size);
  if (png_image_write_to_memory(&png, bytes.data(), &size, 0, image.pixels.data(), 0, nullptr) == 0) {
    throw pngError("Cannot make a PNG of " + std::to_string(image.width) + "x" +
                       std::to_string(image.height) + " pixels",
                   png);
  }
  bytes.resize(size);
  return bytes;
}

void writePng(const std::filesystem::path& path, const Image& image) {
  const std::vector<std::uint8_t> bytes = encodePng(image);
  core::AtomicFile file(path);
  file.write(std::as_bytes(std::span(bytes)));
  file.commit();
}

Image readPng(const std::filesystem::path& path) {
  png_image png{};
  png.version = PNG_IMAGE_VERSION;
  const std::unique_ptr<png_image, decltype(&png_image_free)> guard(&png, &png_image_free);
  if (png_image_begin_read_from_file(&png, path.c_str()) == 0)
    throw pngError("Cannot read the picture " + path.string(), png);
  png.format = PNG_FORMAT_RGBA;
  Image image;
  image.width = static_cast<int>(png.width);
  image.height = static_cast<int>(png.height);
  image.pixels.resize(PNG_IMAGE_SIZE(png));
  if (png_image_finish_read(&png, nullptr, image.pixels.data(), 0, nullptr) == 0) {
    throw pngError("Cannot read the picture " + path.string(), png);
  }
  return image;
}

}  // namespace aula::render
