// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "molecular/input/structure.h"
#include "molecular/model/engine.h"
#include "molecular/prepare/force_field.h"

/// From a bare structure to a system: what GROMACS' pdb2gmx builds, out of the same force-field files.
namespace aula::molecular {

/// Where the carbonyl carbon of one residue and the nitrogen of the next lie too far apart to be bonded.
enum class ChainBreaks {
  refuse,
  split,  ///< Two chains, each with termini of its own.
  bridge  ///< One long bond, as pdb2gmx does: for structures that a minimisation will close.
};

struct PrepareOptions {
  /// Hydrogens in the file are left out and built anew (except those of water), so that their names do not
  /// matter; else they are kept, and one whose name the force field does not know is refused.
  bool rebuildsHydrogens = true;
  std::string waterModel = "tip3p";  ///< Of the force field's watermodels.dat.
  ChainBreaks chainBreaks = ChainBreaks::refuse;
  double longestBond = 0.25;  ///< nm between residues; beyond it the chain is broken.
  /// Templates for single residues, "A:15" (chain, colon, number) to "HISH", "ASPH", "LYSN" or any name of
  /// the force field's .r2b or .rtp files. The others: charged Asp, Glu, Lys, Arg, and His by hydrogen bonds.
  std::map<std::string, std::string> residueChoices;
  std::string firstTerminus,
      lastTerminus;                   ///< Of the .tdb files, for force fields that have them; "": the first.
  double hydrogenBondDistance = 0.3;  ///< nm, donor to acceptor, for His
  double hydrogenBondAngle = 135;     ///< degrees at the hydrogen, at least
};

/// Molecules in the order of the file, water last.
struct Preparation {
  std::string title;
  std::vector<MoleculeType> types;
  struct Count {
    int type = 0, count = 1;  ///< Index into `types`.
  };
  std::vector<Count> molecules;
  State state;                       ///< Positions of all atoms; the file's box.
  std::vector<float> bFactors;       ///< Angstrom^2, one an atom; 0 for those that were added.
  std::vector<std::string> remarks;  ///< What was chosen: protons, disulphides, left-out hydrogens.
};

/// Throws core::Error (input) naming residue, atom and place: unknown residues, missing heavy atoms, breaks.
[[nodiscard]] Preparation prepareMolecules(const Structure& structure, const ForceField& forceField,
                                           const PrepareOptions& options = {});
/// The same with every parameter looked up.
[[nodiscard]] System prepare(const Structure& structure, const ForceField& forceField,
                             const PrepareOptions& options = {});
[[nodiscard]] System resolved(const Preparation& preparation, const ForceField& forceField);

}  // namespace aula::molecular
