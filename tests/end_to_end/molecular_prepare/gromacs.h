// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "molecular/input/gro.h"
#include "molecular/input/topology_file.h"

/// GROMACS' programs, run as a user runs them.
namespace aula::test {

/// Whether a program of that name is on the PATH.
[[nodiscard]] bool isInstalled(const std::string& program);

struct Pdb2gmx {
  int code = -1;
  std::string log;
  molecular::TopologyFile topology;
  molecular::GroFile coordinates;
};
/// `gmx pdb2gmx` in `folder`; topology and coordinates are read where it succeeded.
[[nodiscard]] Pdb2gmx runPdb2gmx(const std::filesystem::path& structure, const std::filesystem::path& folder,
                                 const std::string& forceField, bool ignoresHydrogens);

/// Bond, angle, proper and improper dihedral (of periodic or of Ryckaert and Bellemans' form), Lennard-Jones
/// 1-4 and Coulomb 1-4, kJ/mol, of what runPdb2gmx() left in `folder`: a run of no steps in double precision.
struct BondedEnergies {
  double bond = 0, angle = 0, proper = 0, improper = 0, ryckaertBellemans = 0, lennardJones14 = 0,
         coulomb14 = 0;
};
[[nodiscard]] BondedEnergies singlePoint(const std::filesystem::path& folder);

}  // namespace aula::test
