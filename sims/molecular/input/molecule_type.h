// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "molecular/model/topology.h"

/// The tables of a GROMACS topology before they are resolved: what a .top or .itp file says of a molecule,
/// and what a structure that was prepared from a PDB file says too. One function makes a Topology of either.
namespace aula::molecular {

/// A line of [ bonds ], [ angles ] and their kin. Atoms from 0 within the molecule.
struct Interaction {
  std::vector<int> atoms;
  int function = 1;                ///< GROMACS' number.
  std::vector<double> parameters;  ///< Empty: looked up by the atoms' types.
  std::string place;               ///< "topol.top:1234", for messages; may be empty.
};

struct MoleculeAtom {
  std::string type, residueName, name;
  int residueNumber = 1;
  char insertion = ' ';
  std::string chain;
  double charge = 0, mass = 0;              ///< e, u
  bool hasCharge = false, hasMass = false;  ///< Otherwise the type's.
};

struct MoleculeType {
  std::string name;
  int exclusionBonds = 3;  ///< nrexcl
  std::vector<MoleculeAtom> atoms;
  std::vector<Interaction> bonds, pairs, angles, dihedrals, constraints, settles, exclusions,
      positionRestraints;
};

/// [ defaults ], [ atomtypes ] and the tables of bonded types.
struct ForceFieldTables {
  int combinationRule = 2;
  bool generatesPairs = true;
  double fudgeLJ = 0.5, fudgeQQ = 0.8333;
  struct AtomType {
    std::string name, bondType;  ///< bondType: the name by which bonded tables know it.
    int atomicNumber = 0;
    double mass = 0, charge = 0;
    double v = 0, w = 0;  ///< sigma and epsilon, or c6 and c12, by the combination rule.
  };
  std::vector<AtomType> atomTypes;
  std::map<std::string, int> atomTypeIndex;
  struct BondedType {
    std::vector<std::string> types;  ///< "X" stands for any.
    int function = 1;
    std::vector<double> parameters;
    std::string place;
  };
  std::vector<BondedType> bondTypes, angleTypes, dihedralTypes, constraintTypes, pairTypes, nonbondedPairs;
};

/// How many of which, in order.
struct MoleculeCount {
  const MoleculeType* type = nullptr;
  int count = 1;
};

/// Looks every parameter up, makes exclusions and 1-4 pairs; throws core::Error (input) naming the molecule,
/// the atoms, their types and the place of what is missing.
[[nodiscard]] Topology resolve(const ForceFieldTables& tables, const std::vector<MoleculeCount>& molecules);

}  // namespace aula::molecular
