// SPDX-License-Identifier: Apache-2.0
#include <png.h>

#include <algorithm>
#include <csetjmp>
#include <exception>
#include <optional>
#include <span>

#include "core/error.h"
#include "core/io/atomic_file.h"
#include "render/png.h"

namespace aula::render {

struct PngRows::Implementation {
  core::AtomicFile file;
  int width, height;
  std::size_t channels;
  png_structp png = nullptr;
  png_infop info = nullptr;
  int written = 0;
  std::string problem;               ///< libpng's words.
  std::exception_ptr fileProblem;    ///< The disk's: told rather than libpng's.
  std::vector<std::uint8_t> opaque;  ///< A row without alpha.

  Implementation(const std::filesystem::path& path, int w, int h, bool hasAlpha)
      : file(path), width(w), height(h), channels(hasAlpha ? 4 : 3) {
    png = png_create_write_struct(PNG_LIBPNG_VER_STRING, this, &onError, &onWarning);
    info = png != nullptr ? png_create_info_struct(png) : nullptr;
    if (info == nullptr) {
      png_destroy_write_struct(&png, nullptr);
      throw core::Error("There is not enough memory to write the picture " + path.string() + ".");
    }
  }
  ~Implementation() { png_destroy_write_struct(&png, &info); }
  Implementation(const Implementation&) = delete;
  Implementation& operator=(const Implementation&) = delete;

  // No exception may cross libpng, which is C: it is kept, libpng leaves by its own way, and check() throws.
  static void onWrite(png_structp png, png_bytep bytes, std::size_t count) {
    auto& self = *static_cast<Implementation*>(png_get_io_ptr(png));
    try {
      self.file.write(std::as_bytes(std::span(bytes, count)));
    } catch (...) {
      self.fileProblem = std::current_exception();
    }
    if (self.fileProblem) png_error(png, "the disk refused");
  }
  static void onFlush(png_structp /*png*/) {}
  static void onError(png_structp png, png_const_charp message) {
    static_cast<Implementation*>(png_get_error_ptr(png))->problem = message;
    png_longjmp(png, 1);
  }
  static void onWarning(png_structp /*png*/, png_const_charp /*message*/) {}

  /// Calls into libpng, which may jump back here; nothing in `call` may need a destructor.
  template <typename Call>
  bool runs(const Call& call) {
    if (setjmp(png_jmpbuf(png)) != 0) return false;
    call();
    return true;
  }
  void check(bool isFine) const {
    if (isFine) return;
    if (fileProblem) std::rethrow_exception(fileProblem);
    throw core::Error("Cannot write the picture " + file.target().string() + ": libpng says: " + problem);
  }
};

PngRows::PngRows(const std::filesystem::path& path, int width, int height, bool hasAlpha,
                 const std::map<std::string, std::string>& remarks)
    : implementation_(std::make_unique<Implementation>(path, width, height, hasAlpha)) {
  Implementation& self = *implementation_;
  std::vector<png_text> texts;
  for (const auto& [name, text] : remarks) {
    png_text entry{};
    entry.compression = PNG_ITXT_COMPRESSION_NONE;
    entry.key = const_cast<char*>(name.c_str());
    entry.text = const_cast<char*>(text.c_str());
    entry.itxt_length = text.size();
    texts.push_back(entry);
  }
  self.check(self.runs([&] {
    png_set_write_fn(self.png, &self, &Implementation::onWrite, &Implementation::onFlush);
    png_set_IHDR(self.png, self.info, static_cast<png_uint_32>(width), static_cast<png_uint_32>(height), 8,
                 hasAlpha ? PNG_COLOR_TYPE_RGBA : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_sRGB(self.png, self.info, PNG_sRGB_INTENT_PERCEPTUAL);
    if (!texts.empty()) png_set_text(self.png, self.info, texts.data(), static_cast<int>(texts.size()));
    png_write_info(self.png, self.info);
  }));
}

PngRows::~PngRows() = default;

void PngRows::write(std::span<const std::uint8_t> rows) {
  Implementation& self = *implementation_;
  const std::size_t row = std::size_t{4} * static_cast<std::size_t>(self.width);
  const std::size_t count = rows.size() / row;
  if (rows.size() % row != 0 ||
      static_cast<std::size_t>(self.written) + count > static_cast<std::size_t>(self.height))
    throw core::Error("Rows of another picture's size were given for " + self.file.target().string() + ".");
  self.opaque.resize(self.channels * static_cast<std::size_t>(self.width));
  for (std::size_t y = 0; y < count; ++y) {
    const std::uint8_t* from = &rows[y * row];
    for (std::size_t x = 0; x < static_cast<std::size_t>(self.width); ++x)
      std::copy_n(from + 4 * x, self.channels, &self.opaque[self.channels * x]);
    self.check(self.runs([&] { png_write_row(self.png, self.opaque.data()); }));
    ++self.written;
  }
}

void PngRows::finish() {
  Implementation& self = *implementation_;
  if (self.written != self.height)
    throw core::Error("The picture " + self.file.target().string() + " has " + std::to_string(self.written) +
                      " rows of " + std::to_string(self.height) + ".");
  self.check(self.runs([&] { png_write_end(self.png, self.info); }));
  self.file.commit();
}

}  // namespace aula::render
