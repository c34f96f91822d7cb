// SPDX-License-Identifier: Apache-2.0
#include "molecular/input/gromacs.h"

#include <algorithm>

namespace aula::molecular {

namespace {

/// Reads "976 SOL, 12 NA": what a topology counts, for a message.
std::string contents(const std::vector<MoleculeCount>& counts) {
  std::string text;
  for (const MoleculeCount& entry : counts)
    text += (text.empty() ? "" : ", ") + std::to_string(entry.count) + " " + entry.type->name + " of " +
            std::to_string(entry.type->atoms.size()) + " atoms";
  return text;
}

}  // namespace

System combine(const TopologyFile& topology, const GroFile& coordinates, std::vector<std::string>* remarks) {
  const std::vector<MoleculeCount> counts = topology.counts();
  std::size_t atoms = 0;
  for (const MoleculeCount& entry : counts)
    atoms += entry.type->atoms.size() * static_cast<std::size_t>(entry.count);
  // Before anything large is made.
  if (atoms != coordinates.atoms.size())
    throw core::inputError("the topology has " + std::to_string(atoms) + " atoms (" + contents(counts) +
                           ") and the coordinates have " + std::to_string(coordinates.atoms.size()));
  System system;
  system.title = topology.title.empty() ? coordinates.title : topology.title;
  system.topology = resolve(topology.tables, counts);
  system.state = coordinates.state;

  Topology& whole = system.topology;
  std::size_t different = 0;
  std::string firstDifference;
  for (Residue& residue : whole.residues) {
    const auto first = static_cast<std::size_t>(residue.firstAtom);
    if (coordinates.atoms[first].residueName == residue.name)
      residue.number = coordinates.atoms[first].residueNumber;
    for (std::size_t n = first; n < first + static_cast<std::size_t>(residue.atomCount); ++n) {
      const GroFile::Atom& other = coordinates.atoms[n];
      if (other.name == whole.names[n] && other.residueName == residue.name) continue;
      if (different++ == 0)
        firstDifference = "atom " + std::to_string(n + 1) + " is " + residue.name + " " + whole.names[n] +
                          " in the topology and " + other.residueName + " " + other.name +
                          " in the coordinates";
    }
  }
  if (remarks != nullptr) {
    remarks->insert(remarks->end(), topology.remarks.begin(), topology.remarks.end());
    if (different > 0)
      remarks->push_back(std::to_string(different) + " names differ; the first: " + firstDifference);
  }
  for (PositionRestraint& restraint : whole.positionRestraints)
    restraint.reference = system.state.positions[static_cast<std::size_t>(restraint.atom)];
  return system;
}

System readGromacs(const std::filesystem::path& topology, const std::filesystem::path& coordinates,
                   const PreprocessorOptions& options, std::vector<std::string>* remarks) {
  return combine(readTopology(topology, options), readGro(coordinates), remarks);
}

}  // namespace aula::molecular
