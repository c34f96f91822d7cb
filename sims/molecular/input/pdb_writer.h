// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <iosfwd>

#include "molecular/model/engine.h"

namespace aula::molecular {

/// The state as one model of a PDB file, for other programs to look at: Angstrom, hybrid-36 numbers from
/// atom 100,000 and residue 10,000 on, TER after each chain; no bonds (viewers find them). Throws core::Error
/// (input) for positions that eight columns cannot hold.
void writePdb(std::ostream& to, const System& system);
void writePdb(const std::filesystem::path& file, const System& system);

}  // namespace aula::molecular
