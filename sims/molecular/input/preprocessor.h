// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "molecular/input/text_file.h"

namespace aula::molecular {

/// What surrounds a topology: where its includes are looked for and what is defined before its first line.
struct PreprocessorOptions {
  /// Searched in order, after the folder of the file that includes (which `<...>` leaves out) and before
  /// those where GROMACS' force fields are installed.
  std::vector<std::filesystem::path> includeFolders;
  std::map<std::string, std::string> defines;  ///< "POSRES": "", "FLEXIBLE": ""
  TextSource source;                           ///< Empty: files, and installedForceFields() too.
};

/// A line that is left: comments and blanks at its ends gone, macros replaced, continuations joined.
struct SourceLine {
  std::string text;
  int file = 0, line = 0;  ///< Index into Preprocessed::files; from 1.
};
struct Preprocessed {
  std::vector<SourceLine> lines;
  std::vector<std::string> files;
  std::map<std::string, std::string> defines;  ///< As they stand at the end.
  [[nodiscard]] std::string place(const SourceLine& line) const {
    return files[static_cast<std::size_t>(line.file)] + ":" + std::to_string(line.line);
  }
};

/// #include "x" and <x>, #define, #undef, #ifdef, #ifndef, #else, #endif as GROMACS reads them; ";" begins a
/// comment and a "\" at a line's end joins the next. Words are replaced as C identifiers, again within what
/// replaced them. Throws core::Error (input) with file and line; includes nest up to 32 deep, never in a
/// circle, and 10,000 of them in all.
[[nodiscard]] Preprocessed preprocess(const std::filesystem::path& file, const PreprocessorOptions& options);

/// `$GMXLIB`, `$GMXDATA/top` and `/usr/share/gromacs/top` (Debian's package gromacs-data), those that exist.
[[nodiscard]] std::vector<std::filesystem::path> installedForceFields();

}  // namespace aula::molecular
