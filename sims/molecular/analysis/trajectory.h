// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "molecular/model/engine.h"

/// Configurations over time, and the files other programs read them from.
namespace aula::molecular {

struct Trajectory {
  std::vector<std::int64_t> steps;
  double timeStep = 0;  ///< ps
  std::int64_t atoms = 0;
  std::vector<float> positions;  ///< nm; x, y, z an atom, frame after frame.
  std::vector<double> boxes;     ///< nm; nine a frame: a, b, c. Zeros in vacuum.
  [[nodiscard]] std::size_t frames() const { return steps.size(); }
};

/// What an atom is, for files that tell.
struct TrajectoryAtom {
  std::string name, residueName;
  int residueNumber = 0, element = 0;
  double mass = 0, charge = 0;
};

/// H5MD 1.1 (de Buyl, Colberg and Hoefling, Comput. Phys. Commun. 185, 1546, 2014): particles/all with
/// position, box, species, mass and charge; units module. Read by h5py, MDAnalysis, VMD.
void writeH5md(const std::filesystem::path& file, const Trajectory& trajectory,
               const std::vector<TrajectoryAtom>& atoms, const std::string& author,
               const std::string& creator);
/// CHARMM's and NAMD's DCD: Angstrom, single precision, unit cells as lengths and cosines. Times in AKMA
/// units of 0.04888821 ps.
void writeDcd(const std::filesystem::path& file, const Trajectory& trajectory);

}  // namespace aula::molecular
