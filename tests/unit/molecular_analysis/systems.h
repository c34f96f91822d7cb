// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "molecular/model/engine.h"

namespace aula::tests {

/// An atom of a system made by hand.
struct HandAtom {
  std::string name;
  int element = 6;
  std::string residue = "UNK";
  int residueNumber = 1;
  std::string chain;
  core::Vec3 position;
  double charge = 0;
};

/// Residues begin where number, name or chain changes; molecules are what `bonds` join (atoms must be in
/// order). Masses are the elements'; bonded atoms and their neighbours' neighbours exclude each other.
[[nodiscard]] molecular::System makeSystem(const std::vector<HandAtom>& atoms,
                                           const std::vector<std::array<int, 2>>& bonds,
                                           const molecular::Box& box);

/// A peptide backbone of alanines (N, H, CA, CB, C, O) with these torsions, degrees, all peptide bonds trans:
/// Engh and Huber's (1991) bond lengths and angles.
[[nodiscard]] molecular::System makePeptide(const std::vector<std::array<double, 2>>& torsions);

/// Equally likely between 0 and 1, the same on every machine.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed) {}
  double next();
  double gauss();

 private:
  std::uint64_t state_;
};

}  // namespace aula::tests
