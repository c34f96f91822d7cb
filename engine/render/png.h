// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
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

}  // namespace aula::render
