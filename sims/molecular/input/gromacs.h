// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "molecular/input/gro.h"
#include "molecular/input/topology_file.h"

namespace aula::molecular {

/// A topology and coordinates for it. Residue numbers are the coordinates' where the names agree; position
/// restraints hold atoms where the coordinates put them. Differences of names are no error (files differ in
/// how they call water) but a line of `remarks`, where given. Throws core::Error (input) when the numbers of
/// atoms differ, saying which molecule each file has where they part.
[[nodiscard]] System readGromacs(const std::filesystem::path& topology,
                                 const std::filesystem::path& coordinates,
                                 const PreprocessorOptions& options = {},
                                 std::vector<std::string>* remarks = nullptr);

/// The two parts, read already.
[[nodiscard]] System combine(const TopologyFile& topology, const GroFile& coordinates,
                             std::vector<std::string>* remarks = nullptr);

}  // namespace aula::molecular
