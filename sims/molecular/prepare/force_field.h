// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "molecular/input/molecule_type.h"
#include "molecular/prepare/data_file.h"

/// A force field as GROMACS keeps one: a folder NAME.ff of text files (its reference manual, chapter
/// "Topologies", "File formats: pdb2gmx input files"). Everything that preparing a structure needs to know of
/// chemistry stands in them; nothing of it is written into the program.
namespace aula::molecular {

struct TemplateAtom {
  std::string name, type;
  double charge = 0, mass = 0;  ///< e, u
};

/// Atoms that a line of a template joins: "CA", "-C" (of the residue before), "+N" (of the one after).
struct TemplateBonded {
  std::vector<std::string> atoms;
  std::string parameters;  ///< Numbers, or the name of a macro; empty: looked up by the atoms' types.
  std::string place;       ///< "aminoacids.rtp:120"
};
struct TemplateBondeds {
  std::vector<TemplateBonded> bonds, angles, dihedrals, impropers, exclusions, correctionMaps;
};

/// What becomes of bonds: [ bondedtypes ] of an .rtp file.
struct BondedRules {
  int bondFunction = 1, angleFunction = 1, dihedralFunction = 1, improperFunction = 2;
  bool keepsAllDihedrals = false;
  int exclusionBonds = 3;
  bool hasHydrogenPairs = true;           ///< 1-4 pairs of two hydrogens.
  bool dropsDihedralsAtImpropers = true;  ///< Where an improper has the same middle bond.
  bool operator==(const BondedRules&) const = default;
};

/// An entry of an .rtp file.
struct ResidueTemplate {
  std::string name, place;
  std::string family;  ///< "aminoacids": the .arn file whose renaming holds for it.
  std::vector<TemplateAtom> atoms;
  TemplateBondeds bondeds;
  BondedRules rules;
};

/// Adds atoms (no old name), renames and retypes one (both names), or takes one away (no new name): a line of
/// an .hdb or .tdb file.
struct AtomPatch {
  int count = 1;  ///< Of added atoms; several are numbered: HB gives HB1, HB2.
  int rule = 0;   ///< How they are placed, 1 to 11; see hydrogen_rules.h.
  std::string oldName, newName;
  std::vector<std::string> controls;  ///< Atoms that say where; the first is the one they are bonded to.
  std::optional<TemplateAtom> atom;   ///< Of .tdb files.
  std::string place;

  [[nodiscard]] bool adds() const { return oldName.empty(); }
  [[nodiscard]] bool removes() const { return !oldName.empty() && newName.empty(); }
  [[nodiscard]] bool replaces() const { return !oldName.empty() && !newName.empty(); }
  [[nodiscard]] std::string added(int k) const {
    return count > 1 ? newName + std::to_string(k + 1) : newName;
  }
};

/// An entry of a .tdb file.
struct Terminus {
  std::string name;  ///< "NH3+"
  std::vector<AtomPatch> patches;
  TemplateBondeds bondeds;
};

/// A line of an .r2b file: which template a residue gets in the middle, first, last, or alone.
struct TemplateChoice {
  std::string residue, middle, first, last, alone;  ///< "-": there is none.
};

/// A line of an .arn file or of xlateat.dat.
struct AtomRename {
  std::string family, residue, from, to;
};

/// A line of specbond.dat: two atoms that are bonded when they lie a tenth about `length` apart.
struct SpecialBond {
  std::string residueA, atomA, residueB, atomB;
  double length = 0;  ///< nm
  std::string templateA, templateB;
};

struct ForceField {
  std::string name;  ///< "amber99sb-ildn"
  std::filesystem::path folder;
  ForceFieldTables tables;
  std::map<std::string, std::string, std::less<>> macros;  ///< #define NAME numbers
  std::map<std::string, double, std::less<>> masses;       ///< .atp, by type
  std::map<std::string, ResidueTemplate, NameOrder> residues;
  std::map<std::string, std::vector<AtomPatch>, NameOrder> hydrogens;
  std::vector<Terminus> firstTermini, lastTermini;
  std::vector<TemplateChoice> templateChoices;
  std::vector<AtomRename> atomRenames;      ///< .arn: from the usual names to this force field's
  std::vector<AtomRename> fileAtomRenames;  ///< xlateat.dat: from what files say to the usual names
  std::map<std::string, std::string, NameOrder> residueTypes;  ///< "ALA" is "Protein"
  std::vector<SpecialBond> specialBonds;
  std::vector<std::string> waterModels;  ///< "tip3p", "spce", ...

  /// "Protein", "Water", ...; "Other" where the name is not listed.
  [[nodiscard]] std::string typeOf(const std::string& residue) const;
};

/// `name` is that of a folder NAME.ff below GROMACS' data ("amber99sb-ildn"), or the path of one. Throws
/// core::Error (input) naming the Debian package where GROMACS' data is not installed, and file and line of
/// anything wrong in it.
[[nodiscard]] ForceField readForceField(const std::string& name = "amber99sb-ildn");
/// The folder that `name` means, below `data`. Throws as readForceField() does; `data` is empty where there
/// is none.
[[nodiscard]] std::filesystem::path forceFieldFolder(const std::string& name,
                                                     const std::filesystem::path& data);
/// Where GROMACS' data lies: what GMXLIB names, or /usr/share/gromacs/top; empty where there is neither.
[[nodiscard]] std::filesystem::path gromacsData();
/// The molecules of one .itp file of the folder: a water model, "ions". Parameters by `forceField`'s tables.
[[nodiscard]] std::vector<MoleculeType> readMolecules(const ForceField& forceField, const std::string& file);

// One file each; they add to `forceField`.
void parseMasses(const DataFile& file, ForceField& forceField);                ///< .atp
void parseResidues(const DataFile& file, ForceField& forceField);              ///< .rtp, after .atp
void parseHydrogens(const DataFile& file, ForceField& forceField);             ///< .hdb
[[nodiscard]] std::vector<Terminus> parseTermini(const DataFile& file);        ///< .n.tdb, .c.tdb
void parseTemplateChoices(const DataFile& file, ForceField& forceField);       ///< .r2b
[[nodiscard]] std::vector<AtomRename> parseAtomRenames(const DataFile& file);  ///< .arn, xlateat.dat
void parseResidueTypes(const DataFile& file, ForceField& forceField);          ///< residuetypes.dat
void parseSpecialBonds(const DataFile& file, ForceField& forceField);          ///< specbond.dat

}  // namespace aula::molecular
