// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "molecular/model/engine.h"

/// Systems that need no file: atoms that are balls to each other, in a box.
namespace aula::molecular {

/// An atom with Lennard-Jones walls.
struct Species {
  std::string name;    ///< "argon"; the atoms are called by the element's symbol.
  std::string symbol;  ///< "Ar"
  int element = 0;     ///< Atomic number
  double mass = 0;     ///< u
  double sigma = 0;    ///< nm
  double epsilon = 0;  ///< kJ/mol
  double charge = 0;   ///< e
  bool operator==(const Species&) const = default;
};
/// Neon, argon, krypton, xenon.
[[nodiscard]] const std::vector<Species>& knownSpecies();

struct GasPart {
  Species species;
  int count = 0;
  bool operator==(const GasPart&) const = default;
};
/// The atoms at the sites of a face-centred lattice that fills the box, which of them where by chance, at
/// rest. Between unlike atoms the rules of Lorentz and Berthelot. Throws core::Error (input) for an empty box
/// or one in which atoms would stand closer than 0.8 sigma.
[[nodiscard]] System makeGas(const std::vector<GasPart>& parts, const Box& box, std::uint64_t seed);

enum class Lattice { faceCentred, bodyCentred, simple, rockSalt };
struct Crystal {
  Lattice lattice = Lattice::faceCentred;
  std::vector<Species> species;  ///< One; two for rock salt.
  double constant = 0;           ///< Edge of the cubic cell, nm
  std::array<int, 3> cells{1, 1, 1};
  Vec3 box;  ///< nm; zero along an axis: the crystal's own edge. The crystal stands in its middle.
  bool operator==(const Crystal&) const = default;
};
/// Throws core::Error (input) when the crystal is larger than its box.
[[nodiscard]] System makeCrystal(const Crystal& crystal);

}  // namespace aula::molecular
