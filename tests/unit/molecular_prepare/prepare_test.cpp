// SPDX-License-Identifier: Apache-2.0
#include "molecular/prepare/prepare.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "core/error.h"
#include "molecular/prepare/peptide.h"

/// What prepare() makes of structures built here; tests/end_to_end compares with GROMACS.
namespace {

using namespace aula;
using namespace aula::molecular;

class Prepare : public ::testing::Test {
 protected:
  void SetUp() override {
    if (gromacsData().empty())
      GTEST_SKIP() << "GROMACS' force fields are not installed: apt install gromacs-data";
  }
  static const ForceField& amber() {
    static const ForceField read = readForceField();
    return read;
  }
  static Structure peptide(const std::string& sequence, bool hasCaps = true) {
    PeptideOptions options;
    options.structure = SecondaryStructure::strand;
    options.hasCaps = hasCaps;
    return peptideStructure(parseSequence(sequence), options);
  }
  static std::string messageOf(const Structure& structure, const PrepareOptions& options = {},
                               const ForceField& forceField = amber()) {
    try {
      (void)prepare(structure, forceField, options);
    } catch (const core::Error& error) {
      EXPECT_EQ(error.fault(), core::Fault::input);
      return error.what();
    }
    return "";
  }
  static double charge(const System& system) {
    return std::accumulate(system.topology.charges.begin(), system.topology.charges.end(), 0.0);
  }
  static void move(StructureChain& chain, std::size_t firstResidue, Vec3 by) {
    for (std::size_t r = firstResidue; r < chain.residues.size(); ++r)
      for (StructureAtom& atom : chain.residues[r].atoms) atom.position = atom.position + by;
  }
  static StructureResidue single(const std::string& name, const std::string& atom, const std::string& element,
                                 Vec3 at) {
    StructureResidue residue;
    residue.name = name;
    residue.number = 1;
    residue.isHetero = true;
    residue.atoms.push_back({atom, element, at, 1, 0});
    return residue;
  }
};

TEST_F(Prepare, ChargesFollowFromResiduesAndEnds) {
  EXPECT_NEAR(charge(prepare(peptide("AKRDE"), amber())), 0, 1e-9);
  EXPECT_NEAR(charge(prepare(peptide("AKK"), amber())), 2, 1e-9);
  EXPECT_NEAR(charge(prepare(peptide("AAD", false), amber())), -1, 1e-9);
  PrepareOptions options;
  options.residueChoices = {{"A:2", "ASPH"}, {"A:3", "LYSN"}, {"A:4", "HISH"}};
  const System system = prepare(peptide("ADKH"), amber(), options);
  EXPECT_NEAR(charge(system), 1, 1e-9);
  EXPECT_NE(std::find(system.topology.names.begin(), system.topology.names.end(), "HD2"),
            system.topology.names.end());
}

TEST_F(Prepare, RefusesChoicesThatDoNotFit) {
  PrepareOptions options;
  options.residueChoices = {{"B:2", "ASPH"}};
  EXPECT_EQ(messageOf(peptide("ADA"), options),
            "a form is chosen for residue \"B:2\", which the structure does not have (chain, colon, number, "
            "as in A:15)");
  options.residueChoices = {{"A:2", "ASPX"}};
  EXPECT_EQ(messageOf(peptide("ADA"), options),
            "the force field amber99sb-ildn has no template (.rtp) \"ASPX\" for residue ASP 2 of chain A");
  options.residueChoices = {{"A:1", "ASPH"}};
  EXPECT_EQ(messageOf(peptide("DA", false), options).substr(0, 132),
            "residue ASP 1 of chain A stands first in its chain; the force field amber99sb-ildn has no "
            "template of ASPH for "
            "that place (.r2b). Ca");
}

TEST_F(Prepare, ChainBreaksAreRefusedSplitOrBridged) {
  Structure broken = peptide("AAGAA", false);
  move(broken.chains[0], 3, {0, 0, 1});
  const std::string message = messageOf(broken);
  EXPECT_EQ(message.substr(0, 72), "the chain is broken between residue GLY 3 of chain A and residue ALA 4 o")
      << message;
  EXPECT_NE(message.find("C and N lie 1."), std::string::npos) << message;
  PrepareOptions options;
  options.chainBreaks = ChainBreaks::split;
  const Preparation split = prepareMolecules(broken, amber(), options);
  EXPECT_EQ(split.molecules.size(), 2u);
  // Four charged ends, each of a form of its own.
  EXPECT_EQ(std::count_if(split.types[1].atoms.begin(), split.types[1].atoms.end(),
                          [](const MoleculeAtom& atom) { return atom.name == "H3"; }),
            1);
  EXPECT_NE(split.remarks.back().find("the chain is split between GLY 3 of chain A and ALA 4 of chain A"),
            std::string::npos)
      << split.remarks.back();
  options.chainBreaks = ChainBreaks::bridge;
  EXPECT_EQ(prepareMolecules(broken, amber(), options).molecules.size(), 1u);
}

TEST_F(Prepare, DisulphidesJoinChains) {
  Structure structure = peptide("ACA");
  StructureChain second = structure.chains[0];
  second.name = "B";
  const auto sulphur = [](StructureChain& chain) -> StructureAtom& {
    return *std::find_if(chain.residues[2].atoms.begin(), chain.residues[2].atoms.end(),
                         [](const StructureAtom& atom) { return atom.name == "SG"; });
  };
  // Beside the first, its sulphur 0.204 nm away.
  const Vec3 by = Vec3{0, 0.204, 0};
  move(second, 0, by);
  structure.chains.push_back(second);
  ASSERT_NEAR(core::length(sulphur(structure.chains[0]).position - sulphur(structure.chains[1]).position),
              0.204, 1e-9);
  const Preparation made = prepareMolecules(structure, amber());
  ASSERT_EQ(made.molecules.size(), 1u);
  const System system = resolved(made, amber());
  EXPECT_EQ(system.topology.molecules.size(), 1u);
  EXPECT_NEAR(charge(system), 0, 1e-9);
  EXPECT_EQ(std::count(system.topology.names.begin(), system.topology.names.end(), "HG"), 0);
  EXPECT_NE(std::find(made.remarks.begin(), made.remarks.end(),
                      "SG of CYS 2 of chain A and SG of CYS 2 of chain B are bonded, 0.204 nm apart"),
            made.remarks.end());
  // Further apart than a tenth beyond 0.2 nm they are two chains with their hydrogens.
  move(structure.chains[1], 0, {0, 0.05, 0});
  EXPECT_EQ(prepareMolecules(structure, amber()).molecules.size(), 2u);
}

TEST_F(Prepare, WaterKeepsItsHydrogensAndComesLast) {
  Structure structure;
  StructureChain chain{"A",
                       {single("HOH", "O", "O", {0, 0, 0}), single("NA", "NA", "NA", {1, 0, 0}),
                        single("HOH", "O", "O", {2, 0, 0})}};
  chain.residues[2].atoms.push_back({"H1", "H", {2.05, 0.08, 0}, 1, 0});
  chain.residues[2].atoms.push_back({"H2", "H", {2.05, -0.08, 0}, 1, 0});
  structure.chains.push_back(chain);
  const System system = prepare(structure, amber());
  EXPECT_EQ(system.topology.names, (std::vector<std::string>{"NA", "OW", "HW1", "HW2", "OW", "HW1", "HW2"}));
  EXPECT_EQ(system.topology.settles.size(), 2u);
  EXPECT_EQ(system.state.positions[5], (Vec3{2.05, 0.08, 0}));
  EXPECT_NEAR(charge(system), 1, 1e-9);
  PrepareOptions options;
  options.waterModel = "tip4p";
  // Its fourth site has no mass.
  EXPECT_NE(messageOf(structure, options).find("tip4p.itp:34: [ virtual_sites3 ] is not supported"),
            std::string::npos);
  options.waterModel = "opc";
  EXPECT_EQ(messageOf(structure, options),
            "the force field amber99sb-ildn has no water model \"opc\"; it has tip3p, tip4p, tip4pew, tip5p, "
            "spc and spce");
  options.waterModel = "spce";
  EXPECT_NEAR(prepare(structure, amber(), options).topology.charges[1], -0.8476, 1e-12);
  structure.chains[0].residues[0].atoms.clear();
  EXPECT_EQ(messageOf(structure), "residue HOH 1 of chain A is water with 0 oxygens; exactly one is needed");
}

TEST_F(Prepare, IonsAreKnownByTheirResidue) {
  Structure structure;
  structure.chains.push_back({"A",
                              {single("NA+", "NA+", "Na", {0, 0, 0}), single("CL-", "CL", "Cl", {1, 0, 0}),
                               single("Zn", "ZN", "Zn", {2, 0, 0})}});
  const System system = prepare(structure, amber());
  EXPECT_EQ(system.topology.charges, (std::vector<double>{1, -1, 2}));
  EXPECT_EQ(system.topology.names, (std::vector<std::string>{"NA", "CL", "ZN"}));
  EXPECT_EQ(system.topology.molecules.size(), 3u);
}

TEST_F(Prepare, KeptHydrogensMustBeKnown) {
  Structure structure = peptide("AS");
  structure.chains[0].residues[1].atoms.push_back({"HXT", "H", {0, 0, 1}, 1, 0});
  EXPECT_EQ(messageOf(structure), "");
  PrepareOptions options;
  options.rebuildsHydrogens = false;
  EXPECT_EQ(messageOf(structure, options),
            "residue ALA 1 of chain A has an atom \"HXT\" that template ALA of the force field "
            "amber99sb-ildn does not "
            "know; it has N, H, CA, HA, CB, HB1, HB2, HB3, C and O. Hydrogens of other names or of another "
            "state of the "
            "residue need not be kept: let them be built anew, or choose the residue's state");
  structure.chains[0].residues[1].atoms.back() = {"ZZ", "C", {0, 0, 1}, 1, 0};
  EXPECT_NE(messageOf(structure).find("Rename or remove it"), std::string::npos);
}

TEST_F(Prepare, NamesOfOldFilesAreUnderstood) {
  // 1HB is HB1; CD1 of isoleucine is AMBER's CD; O1 and O2 end a chain.
  Structure structure = peptide("AI", false);
  for (StructureAtom& atom : structure.chains[0].residues[1].atoms) {
    if (atom.name == "O") atom.name = "O1";
    if (atom.name == "OXT") atom.name = "O2";
  }
  const Vec3 at = structure.chains[0].residues[0].atoms[0].position + Vec3{0.05, 0.05, 0.05};
  structure.chains[0].residues[0].atoms.push_back({"1HB", "H", at, 1, 0});
  PrepareOptions options;
  options.rebuildsHydrogens = false;
  const System system = prepare(structure, amber(), options);
  const auto found = std::find(system.topology.names.begin(), system.topology.names.end(), "HB1");
  EXPECT_EQ(system.state.positions[std::size_t(found - system.topology.names.begin())], at);
  EXPECT_EQ(std::count(system.topology.names.begin(), system.topology.names.end(), "OC2"), 1);
}

TEST_F(Prepare, EmptyAndBrokenInputIsRefused) {
  EXPECT_EQ(messageOf({}), "the structure \"\" has no atoms");
  Structure structure = peptide("H");
  std::vector<StructureAtom>& atoms = structure.chains[0].residues[1].atoms;
  atoms.erase(
      std::find_if(atoms.begin(), atoms.end(), [](const StructureAtom& atom) { return atom.name == "CE1"; }));
  EXPECT_EQ(messageOf(structure),
            "residue HIS 1 of chain A lacks CE1 of its ring, so that its protons cannot be chosen; complete "
            "the structure or "
            "choose HISD, HISE or HISH for it");
  // All atoms in one point: no direction to place hydrogens in.
  structure = peptide("A");
  for (StructureResidue& residue : structure.chains[0].residues)
    for (StructureAtom& atom : residue.atoms) atom.position = {};
  EXPECT_NE(messageOf(structure).find("lie on one line or one point"), std::string::npos);
}

// Termini of .tdb files, which AMBER's force fields do not use.
TEST_F(Prepare, TerminiCanBeChosen) {
  const ForceField opls = readForceField("oplsaa");
  PrepareOptions options;
  EXPECT_NEAR(charge(prepare(peptide("AAA", false), opls, options)), 0, 1e-9);
  options.firstTerminus = "NH2";
  EXPECT_NEAR(charge(prepare(peptide("AAA", false), opls, options)), -1, 1e-9);
  options.lastTerminus = "COOH";
  EXPECT_NEAR(charge(prepare(peptide("AAA", false), opls, options)), 0, 1e-9);
  options.lastTerminus = "CHO";
  EXPECT_EQ(messageOf(peptide("AAA", false), options, opls),
            "residue ALA 3 of chain A cannot have the terminus \"CHO\"; there are COO-, ZWITTERION_COO-, "
            "COOH and None");
}

TEST_F(Prepare, MapsAreRefused) {
  EXPECT_NE(messageOf(peptide("AAA", false), {}, readForceField("charmm27")).find("(CMAP, aminoacids.rtp:"),
            std::string::npos);
}

}  // namespace
