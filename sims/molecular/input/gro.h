// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "molecular/model/engine.h"

namespace aula::molecular {

/// GROMACS' .gro coordinates: nm, nm/ps.
struct GroFile {
  std::string title;
  struct Atom {
    int residueNumber = 0;  ///< Counted modulo 100,000 in the file.
    std::string residueName, name;
  };
  std::vector<Atom> atoms;
  State state;  ///< Velocities empty where the file has none; the box zero where it is all zeros (vacuum).
};

/// Fixed columns with any number of decimals, which the distance of the first line's decimal points tells.
/// Throws core::Error (input) with file and line; positions up to 1e6 nm and cells up to 1e4 nm are taken.
[[nodiscard]] GroFile readGro(const std::filesystem::path& file);
[[nodiscard]] GroFile parseGro(std::string_view text, const std::string& name);

/// Positions with `decimals` (3 as GROMACS writes them, up to 12), velocities with one more; none where the
/// state has none. Names longer than five letters are cut.
void writeGro(std::ostream& to, const System& system, int decimals = 3);
void writeGro(const std::filesystem::path& file, const System& system, int decimals = 3);

}  // namespace aula::molecular
