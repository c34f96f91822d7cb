// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

namespace aula::molecular {

/// How Lennard-Jones ends at the cut-off.
enum class VdwModifier {
  potentialShift,  ///< A constant is taken off, so that the energy is zero there; forces are cut.
  plain,           ///< Cut without more.
  potentialSwitch  ///< Times a quintic from `switchStart` on (GROMACS' vdw-modifier = potential-switch).
};
enum class Electrostatics {
  particleMeshEwald,  ///< Smooth (Essmann 1995), tin-foil boundary, plus the energy of a neutralising
                      ///< background.
  reactionField,      ///< Tironi 1995; the potential shifted to zero at the cut-off, excluded pairs included.
  plain               ///< q q / r between all pairs, no cut-off: vacuum boxes only.
};

struct NonbondedSettings {
  double cutoff = 1.0;  ///< nm, of both
  VdwModifier vdwModifier = VdwModifier::potentialShift;
  double switchStart = 0.9;             ///< nm
  bool hasDispersionCorrection = true;  ///< Energy and pressure (Allen and Tildesley 2017, eq. 2.144 ff).
  Electrostatics electrostatics = Electrostatics::particleMeshEwald;
  double ewaldTolerance = 1e-5;           ///< erfc(beta cutoff), from which beta follows.
  int meshOrder = 4;                      ///< 4 or 5
  double meshSpacing = 0.12;              ///< nm, at most; the mesh is the next size that transforms well.
  std::array<int, 3> mesh{0, 0, 0};       ///< Above 0: exactly this mesh.
  double reactionFieldPermittivity = 78;  ///< 0: infinite
  /// Drift of the energy that the pair list's buffer may cause, kJ/mol/ps an atom; from it buffer and list
  /// life follow.
  double bufferTolerance = 0.005;
  bool hasGeneralisedBorn = false;  ///< OBC II in a vacuum box, electrostatics `plain` (Onufriev 2004).
  double solventPermittivity = 78.5;
};

enum class Integrator {
  leapFrog,  ///< Velocities stand half a step behind.
  velocityVerlet,
  langevinMiddle  ///< BAOAB in the middle form of Zhang et al. 2019; is its own thermostat.
};
enum class Thermostat { none, velocityRescale };           ///< Bussi, Donadio and Parrinello 2007.
enum class Barostat { none, stochasticCellRescale };       ///< Bernetti and Bussi 2020, isotropic.
enum class Constraints { none, hydrogenBonds, allBonds };  ///< Settles are always rigid.

struct DynamicsSettings {
  double timeStep = 0.002;  ///< ps
  Integrator integrator = Integrator::leapFrog;
  Thermostat thermostat = Thermostat::velocityRescale;
  double temperature = 300;          ///< K
  double temperatureCoupling = 0.1;  ///< ps; of the Langevin middle integrator the inverse friction
  Barostat barostat = Barostat::none;
  double pressure = 1;              ///< bar
  double pressureCoupling = 1;      ///< ps
  double compressibility = 4.5e-5;  ///< 1/bar
  Constraints constraints = Constraints::hydrogenBonds;
  int lincsOrder = 4, lincsIterations = 1;
  double hydrogenMass =
      0;  ///< u; above 0: mass is moved from heavy atoms to their hydrogens (not in settles).
  int centreOfMassInterval = 100;  ///< Steps between removals of the drift of the whole; 0: never.
  std::uint64_t seed = 1;          ///< Of thermostat, barostat, Langevin noise and initial velocities.
};

struct Settings {
  NonbondedSettings nonbonded;
  DynamicsSettings dynamics;
};

}  // namespace aula::molecular
