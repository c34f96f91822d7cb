// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/vec3.h"

/// What a system is made of and which terms its energy has. Units as in all of this folder: nm, ps, kJ/mol,
/// u, e, radians. Plain data, indices from 0; `validate()` says whether it holds together.
namespace aula::molecular {

/// V = k/2 (r - r0)^2.
struct Bond {
  int i, j;
  double length, stiffness;  ///< nm, kJ/mol/nm^2
};
/// V = k/2 (theta - theta0)^2, the angle at j.
struct Angle {
  int i, j, k;
  double angle, stiffness;  ///< rad, kJ/mol/rad^2
};
/// V = k (1 + cos(n phi - phase)); phi is 0 in cis (IUPAC), i-j-k-l.
struct PeriodicDihedral {
  int i, j, k, l;
  double phase, stiffness;  ///< rad, kJ/mol
  int multiplicity;
};
/// V = k/2 (xi - xi0)^2, the difference taken into -pi..pi.
struct HarmonicImproper {
  int i, j, k, l;
  double angle, stiffness;  ///< rad, kJ/mol/rad^2
};
/// V = sum of c[n] cos(phi - pi)^n (Ryckaert and Bellemans 1978).
struct RyckaertBellemans {
  int i, j, k, l;
  std::array<double, 6> c;  ///< kJ/mol
};
/// Lennard-Jones and Coulomb between atoms three bonds apart, never cut off: V = c12/r^12 - c6/r^6 +
/// chargeProduct / (4 pi eps0 r), the force field's factors already in c6, c12 and chargeProduct.
struct Pair14 {
  int i, j;
  double c6, c12;        ///< kJ/mol nm^6, kJ/mol nm^12
  double chargeProduct;  ///< e^2
};
/// A distance that is kept.
struct Constraint {
  int i, j;
  double length;  ///< nm
};
/// A rigid triangle of water: oxygen, then two hydrogens.
struct Settle {
  int oxygen, hydrogen1, hydrogen2;
  double distanceOH, distanceHH;  ///< nm
};
/// V = 1/2 sum over axes of stiffness (x - reference)^2, the nearest image.
struct PositionRestraint {
  int atom;
  core::Vec3 reference, stiffness;  ///< nm, kJ/mol/nm^2
};

struct LennardJones {
  double c6 = 0, c12 = 0;  ///< V = c12/r^12 - c6/r^6; kJ/mol nm^6, kJ/mol nm^12
  bool operator==(const LennardJones&) const = default;
};

struct Residue {
  std::string name;  ///< "ALA", "SOL"
  int number = 0;    ///< As the file has it.
  char insertion = ' ';
  std::string chain;  ///< "A"; may be empty.
  int firstAtom = 0, atomCount = 0;
};
/// Atoms joined by bonds, constraints or settles; contiguous.
struct Molecule {
  int firstAtom = 0, atomCount = 0;
};

struct Topology {
  // One an atom.
  std::vector<double> masses, charges;  ///< u, e
  std::vector<int> types;               ///< Into the table of Lennard-Jones pairs.
  std::vector<int> elements;            ///< Atomic number; 0 where unknown (a bead, a virtual site).
  std::vector<std::string> names;       ///< "CA"
  std::vector<int> residueOf;
  std::vector<float> bFactors;  ///< nm^2... as the file has it, Angstrom^2; empty where unknown.

  std::vector<Residue> residues;
  std::vector<Molecule> molecules;  ///< In order, covering all atoms.

  int typeCount = 0;
  std::vector<LennardJones> pairs;  ///< typeCount x typeCount, symmetric.
  std::vector<std::string> typeNames;

  std::vector<Bond> bonds;  ///< Those with a hydrogen too, whatever will be constrained.
  std::vector<Angle> angles;
  std::vector<PeriodicDihedral> properDihedrals;
  std::vector<PeriodicDihedral> improperDihedrals;  ///< The same function; counted apart, as force fields do.
  std::vector<HarmonicImproper> harmonicImpropers;
  std::vector<RyckaertBellemans> ryckaertBellemans;
  std::vector<Pair14> pairs14;
  std::vector<Constraint> constraints;  ///< Of the topology itself; see Constraints in settings.h for bonds.
  std::vector<Settle> settles;
  std::vector<PositionRestraint> positionRestraints;

  /// Atoms that do not interact by the non-bonded terms: for atom i, exclusions[exclusionStart[i]] up to
  /// exclusionStart[i + 1], rising, both directions listed, i itself not.
  std::vector<int> exclusionStart, exclusions;

  /// Generalised Born, where used: intrinsic radii (nm) and screening factors, one an atom (Hawkins, Cramer
  /// and Truhlar 1996; Onufriev, Bashford and Case 2004); empty otherwise.
  std::vector<double> bornRadii, bornScales;

  [[nodiscard]] int atomCount() const { return static_cast<int>(masses.size()); }
  [[nodiscard]] const LennardJones& pair(int typeA, int typeB) const {
    return pairs[static_cast<std::size_t>(typeA) * static_cast<std::size_t>(typeCount) +
                 static_cast<std::size_t>(typeB)];
  }
};

/// Throws core::Error naming the first index out of range, size that differs, mass that is not positive,
/// exclusion that is not mutual.
void validate(const Topology& topology);
/// Appends `copies` of `molecule` (a whole topology with the same type table) to `topology`.
void append(Topology& topology, const Topology& molecule, int copies = 1);
/// Bonds, constraints and settles as pairs of atoms, each once, i < j, in order: what is drawn and what
/// analysis walks.
[[nodiscard]] std::vector<std::array<std::uint32_t, 2>> bondedPairs(const Topology& topology);

}  // namespace aula::molecular
