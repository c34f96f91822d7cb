// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "compute/device.h"
#include "kernel/row.h"

/// Speed of the molecular engines with the usual settings: particle mesh Ewald of order 4 at 0.12 nm, cut-off
/// 1 nm, bonds to hydrogen rigid, 2 fs a step, velocity rescale at 300 K.
namespace aula::bench {

struct MolecularOptions {
  compute::DeviceChoice device;    ///< Not `automatic`. CPU threads: 0 gives rows for 1 and for all.
  std::vector<std::string> cases;  ///< Empty: all that are there.
  bool hasPeers = false;           ///< GROMACS too, where it is installed.
  int repeats = 5;
  /// Holds NAME/topol.top and NAME/conf.gro; empty: md/ in the folder that the variable AULA_DATA_DIR names.
  std::filesystem::path data;
};

/// "lattice-3k", "lattice-24k", "lattice-96k": water made on the spot; "water3k", "dhfr", "water24k",
/// "water96k", "lysozyme": read from files, where they are.
[[nodiscard]] std::vector<std::string> molecularCases();

/// Runs them. The device's forces are first compared with the double-precision reference on a small box, and
/// rows that differ only in threads must end with one checksum: throws core::Error (failure) when an answer
/// is wrong, (input) for an unknown case or one whose files are missing. Each case gives a row in ns/day, one
/// in ms/step, and one a phase of the step in ms/step.
[[nodiscard]] std::vector<Row> runMolecular(const MolecularOptions& options,
                                            const std::function<void(const std::string&)>& say);

/// Where a case's files are, or nothing.
struct MolecularFiles {
  std::filesystem::path topology, coordinates;
};
/// GROMACS on the same files with the same settings, by bench/peers/gromacs_md.py; a row in ns/day. What is
/// not installed is said and left out.
[[nodiscard]] std::vector<Row> runGromacs(const std::string& name, const MolecularFiles& files, int threads,
                                          std::int64_t steps, int repeats,
                                          const std::function<void(const std::string&)>& say);
/// OpenMM's CPU platform on the same files, by bench/peers/openmm_md.py; likewise.
[[nodiscard]] std::vector<Row> runOpenMm(const std::string& name, const MolecularFiles& files, int threads,
                                         std::int64_t steps, int repeats,
                                         const std::function<void(const std::string&)>& say);

}  // namespace aula::bench
