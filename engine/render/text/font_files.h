// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace aula::render {

/// One face of a font file; collections (.ttc) hold several.
struct FontFile {
  std::filesystem::path path;
  std::string family;  ///< The face wanted in a collection; empty: its first.
};

/// The faces to look a character up in, the first that has it wins.
struct FontFiles {
  std::vector<FontFile> regular, bold;
};

/// Where fonts are looked for, in this order: the folders of AULA_FONT_DIR (colon-separated),
/// ~/.local/share/fonts, /usr/local/share/fonts, /usr/share/fonts; each with its subfolders.
[[nodiscard]] std::vector<std::filesystem::path> fontFolders();

/// Looks for Noto Sans CJK, Source Han Sans, WenQuanYi Zen Hei (all with Chinese), then Noto Sans, DejaVu
/// Sans, Liberation Sans; the first found sets the text, the others lend what it lacks. Throws core::Error,
/// saying what to install, when there is none of them.
[[nodiscard]] FontFiles findFontFiles(const std::vector<std::filesystem::path>& folders);

}  // namespace aula::render
