// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "render/image.h"

namespace aula::render {

/// Writes beside the target and renames, so that `path` is either the whole picture or untouched. Throws
/// core::Error with the path and the system's reason.
void writePng(const std::filesystem::path& path, const Image& image);

/// The bytes of a PNG file, for a picture that goes into a report.
[[nodiscard]] std::vector<std::uint8_t> encodePng(const Image& image);

/// Any 8- or 16-bit PNG as 8-bit RGBA. Throws core::Error when there is no such file or it is not a PNG.
[[nodiscard]] Image readPng(const std::filesystem::path& path);

/// Writes a PNG row by row, for pictures larger than one wants to hold: 8-bit RGBA, or RGB where nothing shines
/// through. Made beside `path` and renamed by finish(); destroyed without finish() it leaves nothing behind.
/// One thread.
class PngRows {
 public:
  /// `remarks`: texts by keyword ("Title", "Software"), UTF-8. Throws core::Error: the disk's reason.
  PngRows(const std::filesystem::path& path, int width, int height, bool hasAlpha,
          const std::map<std::string, std::string>& remarks = {});
  ~PngRows();
  PngRows(const PngRows&) = delete;
  PngRows& operator=(const PngRows&) = delete;

  /// The next rows from the top: four bytes a pixel, whole rows.
  void write(std::span<const std::uint8_t> rows);
  void finish();

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace aula::render
