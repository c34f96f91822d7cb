// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "molecular/prepare/force_field.h"
#include "molecular/prepare/water.h"

/// Water and ions around what is studied. Every function takes a system and gives a new one, at rest.
namespace aula::molecular {

enum class BoxShape { cube, rectangular, dodecahedron, octahedron };
/// The system in the middle of a box whose faces lie at least `margin` (nm) from every atom. Dodecahedron and
/// octahedron, the triclinic cells of the same names in GROMACS, have opposite faces as far apart as a ball
/// around the system needs, and take 0.71 and 0.77 of a cube round that ball. Cube and rectangular boxes
/// follow the system as it lies, so that it should not turn far. Molecules must be whole.
[[nodiscard]] System inBox(const System& system, double margin, BoxShape shape = BoxShape::cube);

struct SolvateOptions {
  /// Of the sum of two atoms' van der Waals radii: waters with an atom nearer to the system are left out.
  /// 0.57 gives proteins in water their density (gmx solvate).
  double radiusScale = 0.57;
  std::uint64_t seed = 1;
};
/// Fills the system's box with water (see waterBox), behind what is there. Throws core::Error (input) when
/// the system has no box or no water finds a place.
[[nodiscard]] System solvate(const System& system, const Water& water, const SolvateOptions& options = {});

/// A free ion.
struct Ion {
  std::string residue, type;  ///< "NA", "Na"
  int element = 0;
  double mass = 0, charge = 0, sigma = 0, epsilon = 0;  ///< u, e, nm, kJ/mol
};
/// Joung and Cheatham, J. Phys. Chem. B 112, 9020 (2008), table 5, fitted for each model of water: salt
/// dissolves and crystallises about where it should.
[[nodiscard]] Ion sodium(WaterModel model);
[[nodiscard]] Ion chloride(WaterModel model);

struct IonOptions {
  bool neutralises = true;
  double concentration = 0;  ///< mol/l of the box, of pairs beyond those that neutralise
  double distance = 0.5;     ///< nm between an ion and any other or any atom that is not water
  std::uint64_t seed = 1;
};
/// Replaces waters, chosen by chance, by ions; they stand behind the water, positive ones first. The charge
/// to neutralise is the system's, rounded; ions of several charges are taken as often as they fit into it.
/// Throws core::Error (input) when waters or room do not suffice, with how many did.
[[nodiscard]] System addIons(const System& system, const Topology& positive, const Topology& negative,
                             const IonOptions& options = {});
[[nodiscard]] Topology topologyOf(const Ion& ion);

/// By a force field's own files, instead of the models above: NAME.itp of its water models ("tip3p"), and an
/// ion of its ions.itp ("NA", "CL").
[[nodiscard]] Water waterOf(const ForceField& forceField, const std::string& model);
[[nodiscard]] Topology ionOf(const ForceField& forceField, const std::string& name);

}  // namespace aula::molecular
