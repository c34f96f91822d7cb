// SPDX-License-Identifier: Apache-2.0
#include "scene/import/picture.h"

// jpeglib.h wants stdio.h before it.
#include <cstdio>

#include <jpeglib.h>
#include <png.h>

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstring>

#include "core/error.h"

namespace aula::scene {

namespace {

[[noreturn]] void refuse(const std::string& name, const std::string& why) {
  throw core::inputError("The picture \"" + name + "\" cannot be read: " + why);
}

void checkSize(const std::string& name, unsigned long width, unsigned long height, int largest) {
  const auto limit = static_cast<unsigned long>(largest);
  if (width < 1 || height < 1 || width > limit || height > limit)
    refuse(name, "it has " + std::to_string(width) + " x " + std::to_string(height) + " pixels; 1 to " +
                     std::to_string(largest) + " along each side are allowed.");
}

Texture decodePng(std::span<const unsigned char> bytes, const std::string& name, int largest) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0)
    refuse(name, std::string("PNG: ") + image.message + ".");
  struct Guard {
    png_image& image;
    ~Guard() { png_image_free(&image); }
  } guard{image};
  checkSize(name, image.width, image.height, largest);
  image.format = PNG_FORMAT_RGBA;
  Texture texture;
  texture.width = int(image.width);
  texture.height = int(image.height);
  texture.pixels.resize(PNG_IMAGE_SIZE(image));
  if (png_image_finish_read(&image, nullptr, texture.pixels.data(), 0, nullptr) == 0)
    refuse(name, std::string("PNG: ") + image.message + ".");
  return texture;
}

/// libjpeg reports errors by a call that must not return.
struct JpegErrors {
  jpeg_error_mgr base{};
  std::jmp_buf back{};
  std::array<char, JMSG_LENGTH_MAX> message{};
};

/// Everything here is plain data, since a jump runs no destructor. False: `errors.message` says why.
bool decodeRows(std::span<const unsigned char> bytes, jpeg_decompress_struct& jpeg, JpegErrors& errors,
                unsigned char* (*makePixels)(void*, unsigned, unsigned), void* target) {
  jpeg.err = jpeg_std_error(&errors.base);
  errors.base.error_exit = [](j_common_ptr info) {
    auto* own = reinterpret_cast<JpegErrors*>(info->err);
    (*info->err->format_message)(info, own->message.data());
    std::longjmp(own->back, 1);
  };
  errors.base.emit_message = [](j_common_ptr, int) {};
  if (setjmp(errors.back) != 0) return false;
  jpeg_create_decompress(&jpeg);
  // Progressive files may hold thousands of passes over the same pixels; memory for them is bounded.
  jpeg.mem->max_memory_to_use = 512L << 20;
  jpeg_mem_src(&jpeg, bytes.data(), static_cast<unsigned long>(bytes.size()));
  jpeg_read_header(&jpeg, TRUE);
  unsigned char* pixels = makePixels(target, jpeg.image_width, jpeg.image_height);
  if (!pixels) return false;
  jpeg.out_color_space = JCS_EXT_RGBA;
  jpeg_start_decompress(&jpeg);
  while (jpeg.output_scanline < jpeg.output_height) {
    if (jpeg.input_scan_number > 200) return false;
    JSAMPROW row = pixels + std::size_t(jpeg.output_scanline) * jpeg.output_width * 4;
    jpeg_read_scanlines(&jpeg, &row, 1);
  }
  jpeg_finish_decompress(&jpeg);
  return true;
}

Texture decodeJpeg(std::span<const unsigned char> bytes, const std::string& name, int largest) {
  struct Target {
    Texture texture;
    int largest;
    unsigned long width = 0, height = 0;
  } target{{}, largest};
  jpeg_decompress_struct jpeg{};
  JpegErrors errors;
  const bool isDone = decodeRows(
      bytes, jpeg, errors,
      [](void* raw, unsigned width, unsigned height) -> unsigned char* {
        auto& own = *static_cast<Target*>(raw);
        own.width = width;
        own.height = height;
        if (width > unsigned(own.largest) || height > unsigned(own.largest)) return nullptr;
        own.texture.width = int(width);
        own.texture.height = int(height);
        own.texture.pixels.resize(std::size_t(width) * height * 4);
        return own.texture.pixels.data();
      },
      &target);
  jpeg_destroy_decompress(&jpeg);
  if (!isDone) {
    if (target.width > 0) checkSize(name, target.width, target.height, largest);
    refuse(name,
           std::string("JPEG: ") +
               (errors.message[0] != '\0' ? errors.message.data() : "too many passes over the same pixels") +
               ".");
  }
  return std::move(target.texture);
}

}  // namespace

Texture decodePicture(std::span<const unsigned char> bytes, const std::string& name, int largest) {
  const auto begins = [&](std::initializer_list<unsigned char> magic) {
    return bytes.size() >= magic.size() && std::equal(magic.begin(), magic.end(), bytes.begin());
  };
  if (begins({0x89, 'P', 'N', 'G'})) return decodePng(bytes, name, largest);
  if (begins({0xFF, 0xD8, 0xFF})) return decodeJpeg(bytes, name, largest);
  refuse(name, bytes.empty() ? "it is empty." : "it is neither PNG nor JPEG. Convert it to one of them.");
}

}  // namespace aula::scene
