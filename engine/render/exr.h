// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>

#include "render/scene_renderer.h"

namespace aula::render {

/// Whether this build writes OpenEXR pictures.
[[nodiscard]] bool canWriteExr();

enum class ExrNumbers {
  half,   ///< 16 bits: eleven of precision, up to 65504; twice as small.
  single  ///< 32 bits.
};

struct ExrOptions {
  int width = 0, height = 0;
  ExrNumbers numbers = ExrNumbers::half;
  /// Said in the file's head, by name: "lab", "time", ... UTF-8.
  std::map<std::string, std::string> remarks;
};

/// Writes an OpenEXR picture row by row: linear light of sRGB's primaries (named as such in the file),
/// premultiplied by alpha, as the format wants it; scan lines, ZIP. Holds sixteen rows at a time. Made beside
/// `path` and renamed by finish(); destroyed without finish() it leaves nothing behind. One thread.
class ExrRows {
 public:
  /// Throws core::Error: this build has no OpenEXR, a size out of range (input), the disk's reason.
  ExrRows(const std::filesystem::path& path, const ExrOptions& options);
  ~ExrRows();
  ExrRows(const ExrRows&) = delete;
  ExrRows& operator=(const ExrRows&) = delete;

  /// The next rows from the top: four floats a pixel, whole rows.
  void write(std::span<const float> rows);
  void finish();

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// A whole picture at once.
void writeExr(const std::filesystem::path& path, const HdrImage& image, ExrNumbers numbers = ExrNumbers::half,
              const std::map<std::string, std::string>& remarks = {});
/// Throws core::Error when there is no such file, it is no OpenEXR picture, or lacks red, green or blue.
[[nodiscard]] HdrImage readExr(const std::filesystem::path& path);
/// What ExrOptions::remarks put there.
[[nodiscard]] std::map<std::string, std::string> readExrRemarks(const std::filesystem::path& path);

}  // namespace aula::render
