// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "../process.h"
#include "core/error.h"
#include "gromacs.h"
#include "molecular/input/pdb_writer.h"
#include "molecular/prepare/peptide.h"
#include "molecular/prepare/prepare.h"
#include "support/shared_data.h"
#include "support/tolerance.h"

/// Bare structures prepared by us and by GROMACS' pdb2gmx (2022.5 in Debian 12): atom for atom, term for
/// term, and the energy of what came out.
namespace aula::test {
namespace {

using namespace molecular;

#define NEED_GROMACS()                                                                      \
  if (!isInstalled("gmx")) GTEST_SKIP() << "GROMACS is not installed: apt install gromacs"; \
  if (gromacsData().empty()) GTEST_SKIP() << "no force fields: apt install gromacs-data"

/// All molecules in a row, terms as text that does not depend on the order in which their atoms are named.
struct Flat {
  std::vector<MoleculeAtom> atoms;
  std::map<std::string, int> terms;
};

std::string termText(const char* kind, const Interaction& term, int offset) {
  std::vector<int> atoms = term.atoms;
  if (std::lexicographical_compare(atoms.rbegin(), atoms.rend(), atoms.begin(), atoms.end()))
    std::reverse(atoms.begin(), atoms.end());
  std::ostringstream text;
  text.precision(12);
  text << kind;
  for (const int atom : atoms) text << " " << atom + offset + 1;
  text << " function " << term.function;
  for (const double parameter : term.parameters) text << " " << parameter;
  return text.str();
}

void append(Flat& flat, const MoleculeType& type) {
  const int offset = static_cast<int>(flat.atoms.size());
  flat.atoms.insert(flat.atoms.end(), type.atoms.begin(), type.atoms.end());
  const auto add = [&](const char* kind, const std::vector<Interaction>& terms) {
    for (const Interaction& term : terms) ++flat.terms[termText(kind, term, offset)];
  };
  add("bond", type.bonds);
  add("pair", type.pairs);
  add("angle", type.angles);
  add("dihedral", type.dihedrals);
  add("settle", type.settles);
  // One line of a topology may exclude several atoms.
  for (const Interaction& exclusion : type.exclusions)
    for (std::size_t k = 1; k < exclusion.atoms.size(); ++k) {
      Interaction pair;
      pair.atoms = {exclusion.atoms[0], exclusion.atoms[k]};
      ++flat.terms[termText("exclusion", pair, offset)];
    }
}

Flat flat(const Preparation& preparation) {
  Flat made;
  for (const Preparation::Count& count : preparation.molecules)
    for (int k = 0; k < count.count; ++k)
      append(made, preparation.types[static_cast<std::size_t>(count.type)]);
  return made;
}
Flat flat(const TopologyFile& topology) {
  Flat made;
  for (const MoleculeCount& count : topology.counts())
    for (int k = 0; k < count.count; ++k) append(made, *count.type);
  return made;
}

void expectSameAtoms(const Flat& ours, const Flat& theirs) {
  ASSERT_EQ(ours.atoms.size(), theirs.atoms.size());
  double charge = 0, theirCharge = 0;
  int differences = 0;
  for (std::size_t k = 0; k < ours.atoms.size() && differences < 5; ++k) {
    const MoleculeAtom &a = ours.atoms[k], &b = theirs.atoms[k];
    charge += a.charge;
    theirCharge += b.charge;
    // pdb2gmx prints charges and masses with six digits.
    const bool isSame = a.type == b.type && a.name == b.name && a.residueName == b.residueName &&
                        a.residueNumber == b.residueNumber && std::abs(a.charge - b.charge) < 2e-6 &&
                        std::abs(a.mass - b.mass) < 1e-4;
    if (!isSame) {
      ++differences;
      ADD_FAILURE() << "atom " << k + 1 << ": " << a.residueName << a.residueNumber << " " << a.name << " "
                    << a.type << " " << a.charge << " " << a.mass << ", pdb2gmx " << b.residueName
                    << b.residueNumber << " " << b.name << " " << b.type << " " << b.charge << " " << b.mass;
    }
  }
  EXPECT_NEAR(charge, theirCharge, 1e-4);
}

void expectSameTerms(const Flat& ours, const Flat& theirs) {
  EXPECT_FALSE(theirs.terms.empty());
  int differences = 0;
  for (const auto& [mine, other, whose] :
       {std::tuple(&ours, &theirs, "ours alone: "), std::tuple(&theirs, &ours, "pdb2gmx alone: ")})
    for (const auto& [term, count] : mine->terms) {
      const auto found = other->terms.find(term);
      if ((found == other->terms.end() || found->second < count) && ++differences <= 10)
        ADD_FAILURE() << whose << term << " (" << count << " times)";
    }
  EXPECT_EQ(differences, 0);
}

/// .gro files have three decimals: half a picometre an axis, 0.87 pm in space; PDB files keep hydrogens as
/// exactly.
constexpr double kRounding = 0.001;

void expectSamePositions(const State& ours, const State& theirs) {
  ASSERT_EQ(ours.positions.size(), theirs.positions.size());
  double worst = 0;
  std::size_t where = 0;
  for (std::size_t k = 0; k < ours.positions.size(); ++k)
    if (const double off = core::length(ours.positions[k] - theirs.positions[k]); off > worst) {
      worst = off;
      where = k;
    }
  EXPECT_LT(worst, kRounding) << "atom " << where + 1;
}

/// The same numbers go into the same formulas in double precision: 1e-11 of each term, whose contributions
/// cancel in part. 1-4 pairs GROMACS looks up in tables of cubic splines, 2000 points a nanometre, that are
/// off by up to 2e-9, and its 1/(4 pi eps0) has more digits than our 138.935458 (2.6e-9): 1e-8.
void expectSameEnergies(const Preparation& preparation, const ForceField& forceField, const State& theirs,
                        const BondedEnergies& expected) {
  System system = resolved(preparation, forceField);
  system.state = theirs;
  system.state.box = {};
  Settings settings;
  settings.nonbonded.electrostatics = Electrostatics::plain;
  settings.nonbonded.hasDispersionCorrection = false;
  settings.dynamics.constraints = Constraints::none;
  const Energies energies = makeReferenceEngine(system, settings)->energies();
  const std::tuple<Term, double, double> terms[] = {
      {Term::bond, expected.bond, 1e-11},
      {Term::angle, expected.angle, 1e-11},
      {Term::properDihedral, expected.proper, 1e-11},
      {Term::improperDihedral, expected.improper, 1e-11},
      {Term::ryckaertBellemans, expected.ryckaertBellemans, 1e-11},
      {Term::lennardJones14, expected.lennardJones14, 1e-8},
      {Term::coulomb14, expected.coulomb14, 1e-8}};
  for (const auto& [term, value, relative] : terms)
    EXPECT_TRUE(isNear(energies[term], value, {.absolute = 1e-9, .relative = relative})) << termName(term);
}

void compare(const std::filesystem::path& file, const std::string& name, bool ignoresHydrogens,
             bool hasEnergies) {
  const TemporaryFolder folder;
  const Pdb2gmx theirs = runPdb2gmx(file, folder.path(), name, ignoresHydrogens);
  ASSERT_EQ(theirs.code, 0) << theirs.log;
  const ForceField forceField = readForceField(name);
  PrepareOptions options;
  options.rebuildsHydrogens = ignoresHydrogens;
  options.chainBreaks = ChainBreaks::bridge;  // As pdb2gmx does.
  const Preparation ours = prepareMolecules(readStructure(file), forceField, options);
  expectSameAtoms(flat(ours), flat(theirs.topology));
  expectSameTerms(flat(ours), flat(theirs.topology));
  expectSamePositions(ours.state, theirs.coordinates.state);
  if (!hasEnergies) return;
  if (!isInstalled("gmx_d")) GTEST_SKIP() << "energies: gmx_d is not installed (Debian's package gromacs)";
  expectSameEnergies(ours, forceField, theirs.coordinates.state, singlePoint(folder.path()));
}

struct Case {
  const char *file, *forceField;
};
std::ostream& operator<<(std::ostream& out, const Case& one) {
  return out << one.file << " " << one.forceField;
}

class Pdb2gmxFile : public ::testing::TestWithParam<Case> {};

TEST_P(Pdb2gmxFile, IsPreparedAlike) {
  NEED_GROMACS();
  AULA_NEED_SHARED_DATA(folder, "molecules");
  compare(folder / GetParam().file, GetParam().forceField, true, true);
}

// Amber99SB-ILDN has terminal forms of residues and macros for dihedrals; AMBER03 charges that differ;
// OPLS-AA termini of .tdb files and dihedrals of Ryckaert and Bellemans' form.
INSTANTIATE_TEST_SUITE_P(Files, Pdb2gmxFile,
                         ::testing::Values(Case{"1aki.pdb", "amber99sb-ildn"},
                                           Case{"5dfr_minimized.pdb", "amber99sb-ildn"},
                                           Case{"bpti.pdb", "amber99sb-ildn"},
                                           Case{"1T2Y.pdb", "amber99sb-ildn"}, Case{"bpti.pdb", "amber03"},
                                           Case{"1T2Y.pdb", "oplsaa"}, Case{"bpti.pdb", "oplsaa"}));

// Hydrogens of the file stay where they are, under the force field's names.
TEST(Pdb2gmx, KeepsHydrogensAlike) {
  NEED_GROMACS();
  const TemporaryFolder folder;
  PeptideOptions options;
  options.structure = SecondaryStructure::helix;
  options.hasCaps = false;
  writePdb(folder / "peptide.pdb",
           buildPeptide("MKCDEFGHIKLPNQRSTVWYA", readForceField("amber99sb-ildn"), options));
  compare(folder / "peptide.pdb", "amber99sb-ildn", false, false);
}

/// A structure as a PDB file, for GROMACS and us alike; chains end with TER.
void writeStructure(const std::filesystem::path& file, const Structure& structure) {
  std::string text = "TITLE     made by a test\n";
  int serial = 0;
  for (const StructureChain& chain : structure.chains) {
    for (const StructureResidue& residue : chain.residues)
      for (const StructureAtom& atom : residue.atoms) {
        char line[100];
        std::snprintf(line, sizeof line,
                      "%-6s%5d %-4s %3s %1s%4d    %8.3f%8.3f%8.3f  1.00  0.00          %2s\n",
                      residue.isHetero ? "HETATM" : "ATOM", ++serial,
                      (atom.name.size() < 4 ? " " + atom.name : atom.name).c_str(), residue.name.c_str(),
                      chain.name.c_str(), residue.number, 10 * atom.position.x, 10 * atom.position.y,
                      10 * atom.position.z, atom.element.c_str());
        text += line;
      }
    text += "TER\n";
  }
  writeText(file, text + "END\n");
}

StructureAtom& atomOf(Structure& structure, std::size_t residue, const std::string& name) {
  for (StructureAtom& atom : structure.chains[0].residues[residue].atoms)
    if (atom.name == name) return atom;
  throw std::runtime_error("no atom " + name);
}

// An acceptor in line with the bisector at a ring nitrogen, 0.28 nm away: the proton goes there. Where the
// rest of that residue then lies does not matter to the choice.
TEST(Pdb2gmx, ChoosesHistidinesAlike) {
  NEED_GROMACS();
  const std::vector<std::vector<std::string>> cases{
      {"HISE"}, {"HISD", "ND1"}, {"HISE", "NE2"}, {"HISH", "ND1", "NE2"}};
  for (const std::vector<std::string>& one : cases) {
    Structure structure = peptideStructure(parseSequence("GHGSSG"));
    const std::map<std::string, std::array<const char*, 2>> neighbours{{"ND1", {"CG", "CE1"}},
                                                                       {"NE2", {"CE1", "CD2"}}};
    for (std::size_t k = 1; k < one.size(); ++k) {
      const auto at = [&](const std::string& name) { return atomOf(structure, 2, name).position; };
      const Vec3 ring = at(one[k]);
      const Vec3 out =
          core::normalised((ring - at(neighbours.at(one[k])[0])) + (ring - at(neighbours.at(one[k])[1])));
      atomOf(structure, 3 + k, "OG").position = ring + 0.28 * out;
    }
    const TemporaryFolder folder;
    writeStructure(folder / "his.pdb", structure);
    const Preparation prepared =
        prepareMolecules(readStructure(folder / "his.pdb"), readForceField("amber99sb-ildn"), {});
    EXPECT_TRUE(std::any_of(prepared.remarks.begin(), prepared.remarks.end(), [&](const std::string& remark) {
      return remark.find("(" + one[0] + ")") != std::string::npos;
    })) << one[0];
    compare(folder / "his.pdb", "amber99sb-ildn", true, false);
  }
}

StructureResidue hetero(const std::string& name, int number, const std::string& atom,
                        const std::string& element, Vec3 position) {
  StructureResidue residue;
  residue.name = name;
  residue.number = number;
  residue.isHetero = true;
  residue.atoms.push_back({atom, element, position, 1, 0});
  return residue;
}

// Two chains, one capped; all twenty residues; ions; water of which only the oxygens are known, turned six
// ways.
TEST(Pdb2gmx, PreparesChainsIonsAndWaterAlike) {
  NEED_GROMACS();
  PeptideOptions options;
  options.structure = SecondaryStructure::strand;
  Structure structure = peptideStructure(parseSequence("ARNDCQEGHILKMFPSTWYV"), options);
  options.hasCaps = false;
  StructureChain second = peptideStructure(parseSequence("VYWTSPFMKLIHGEQCDNRA"), options).chains[0];
  second.name = "B";
  for (StructureResidue& residue : second.residues)
    for (StructureAtom& atom : residue.atoms) atom.position = atom.position + Vec3{0, 0, 3};
  StructureChain ions{"C",
                      {hetero("NA", 1, "NA", "NA", {5, 0, 0}), hetero("CL", 2, "CL", "CL", {5, 1, 0}),
                       hetero("ZN", 3, "ZN", "ZN", {5, 2, 0}), hetero("CA", 4, "CA", "CA", {5, 3, 0})}};
  StructureChain water{"W", {}};
  for (int k = 0; k < 8; ++k) water.residues.push_back(hetero("HOH", k + 1, "O", "O", {6, 0.4 * k, 0}));
  structure.chains.push_back(second);
  structure.chains.push_back(ions);
  structure.chains.push_back(water);
  const TemporaryFolder folder;
  writeStructure(folder / "all.pdb", structure);
  compare(folder / "all.pdb", "amber99sb-ildn", true, false);
}

// Nucleic acids have templates, ends and links of their own. Neither program asks whether a structure is a
// sensible one, so that heavy atoms scattered over a lattice serve.
TEST(Pdb2gmx, PreparesNucleicAcidsAlike) {
  NEED_GROMACS();
  const ForceField forceField = readForceField("amber99sb-ildn");
  const std::vector<std::vector<std::array<std::string, 2>>> strands{
      {{"DA", "DA5"}, {"DT", "DT"}, {"DG", "DG"}, {"DC", "DC"}, {"DA", "DA3"}},
      {{"RG", "RG5"}, {"RU", "RU"}, {"RA", "RA"}, {"RC", "RC3"}}};
  for (const auto& strand : strands) {
    Structure structure;
    structure.chains.push_back({"A", {}});
    int count = 0;
    for (const auto& [name, pattern] : strand) {
      StructureResidue residue;
      residue.name = name;
      residue.number = static_cast<int>(structure.chains[0].residues.size()) + 1;
      for (const TemplateAtom& atom : forceField.residues.at(pattern).atoms) {
        if (atom.name[0] == 'H') continue;
        // Off the lattice, so that no three atoms stand in line.
        const int k = count++;
        const Vec3 off{std::sin(1.0 * k * k), std::sin(2.0 * k * k), std::sin(3.0 * k * k)};
        residue.atoms.push_back({atom.name, atom.name.substr(0, 1),
                                 Vec3{0.15 * (k % 5), 0.15 * (k / 5 % 5), 0.15 * (k / 25)} + 0.03 * off, 1,
                                 0});
      }
      structure.chains[0].residues.push_back(residue);
    }
    const TemporaryFolder folder;
    writeStructure(folder / "strand.pdb", structure);
    compare(folder / "strand.pdb", "amber99sb-ildn", true, false);
  }
}

}  // namespace
}  // namespace aula::test
