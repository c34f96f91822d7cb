// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/error.h"
#include "molecular/prepare/prepare.h"

/// A force field of one residue, small enough to count by hand what must come out.
namespace {

using namespace aula;
using namespace aula::molecular;

struct Files {
  std::string header = "1 1 9 4 1 3 1 0";
  std::string more;  ///< Of the residue: further sections.
  std::string hydrogens = "GLX 1\n1 1 H N -C CA\n";
  std::string first = "[ NT ]\n[ replace ]\nN N 14 0.1\n[ delete ]\nH\n";
  std::string last = "[ CT ]\n[ replace ]\nO O 16 -0.6\n";
};

ForceField forceField(const Files& files) {
  ForceField made;
  made.name = "mini";
  parseMasses(parseDataFile("m.atp", "N 14\nC 12\nO 16\nH 1\n"), made);
  parseResidues(
      parseDataFile("m.rtp",
                    "[ bondedtypes ]\n" + files.header +
                        "\n[ GLX ]\n[ atoms ]\nN N -0.2 1\nH H 0.2 1\nCA C 0 2\nC C 0.5 3\nO O -0.5 3\n"
                        "[ bonds ]\nN H\nN CA\nCA C\nC O\n-C N\n" +
                        files.more),
      made);
  parseHydrogens(parseDataFile("m.hdb", files.hydrogens), made);
  made.firstTermini = parseTermini(parseDataFile("m.n.tdb", files.first));
  made.lastTermini = parseTermini(parseDataFile("m.c.tdb", files.last));
  parseResidueTypes(parseDataFile("residuetypes.dat", "GLX Protein\n"), made);
  made.macros["stiff"] = "110.0 strong";
  made.macros["strong"] = "500";
  made.macros["endless"] = "endless";
  return made;
}

Structure twoResidues() {
  Structure structure;
  structure.chains.push_back({"A", {}});
  for (int r = 0; r < 2; ++r) {
    StructureResidue residue;
    residue.name = "GLX";
    residue.number = r + 1;
    residue.place = "two.pdb:" + std::to_string(4 * r + 1) + ", chain A";
    const double x = 0.36 * r;
    residue.atoms = {{"N", "N", {x, 0, 0}, 1, 0},
                     {"CA", "C", {x + 0.12, 0.08, 0}, 1, 0},
                     {"C", "C", {x + 0.24, 0, 0.01}, 1, 0},
                     {"O", "O", {x + 0.24, -0.12, 0.02}, 1, 0}};
    structure.chains[0].residues.push_back(residue);
  }
  return structure;
}

MoleculeType built(const Files& files = {}) {
  const Preparation made = prepareMolecules(twoResidues(), forceField(files));
  EXPECT_EQ(made.types.size(), 1u);
  return made.types[0];
}
std::string messageOf(const Files& files) {
  try {
    (void)prepareMolecules(twoResidues(), forceField(files));
  } catch (const core::Error& error) {
    EXPECT_EQ(error.fault(), core::Fault::input);
    return error.what();
  }
  return "";
}

// N1 CA1 C1 O1 | N2 H2 CA2 C2 O2: a chain of eight bonds.
TEST(Templates, TermsFollowFromBonds) {
  const MoleculeType type = built();
  std::string names;
  for (const MoleculeAtom& atom : type.atoms) names += atom.name + " ";
  EXPECT_EQ(names, "N CA C O N H CA C O ");
  EXPECT_EQ(type.bonds.size(), 8u);
  EXPECT_EQ(type.angles.size(), 9u);     // 1 + 3 + 3 + 1 + 1 at CA1, C1, N2, CA2, C2
  EXPECT_EQ(type.dihedrals.size(), 9u);  // 2 + 4 + 2 + 1 about CA1-C1, C1-N2, N2-CA2, CA2-C2
  EXPECT_EQ(type.pairs.size(), 9u);      // no rings: one a dihedral
  EXPECT_EQ(type.exclusionBonds, 3);
  EXPECT_EQ(type.atoms[0].charge, 0.1);
  EXPECT_EQ(type.atoms[8].charge, -0.6);
  EXPECT_EQ(type.atoms[4].charge, -0.2);
}

TEST(Templates, DihedralsAreThinnedOut) {
  Files files;
  files.header = "1 1 9 4 0 3 1 0";
  // One about each bond, and where there is a choice not the one that ends in H2.
  const MoleculeType type = built(files);
  ASSERT_EQ(type.dihedrals.size(), 4u);
  for (const Interaction& dihedral : type.dihedrals)
    EXPECT_EQ(std::count(dihedral.atoms.begin(), dihedral.atoms.end(), 5), 0);
  EXPECT_EQ(type.pairs.size(), 9u);
  // None about N2-CA2, where an improper stands.
  files.header = "1 1 9 4 0 3 1 1";
  files.more = "[ impropers ]\n-C CA N H\n";
  const MoleculeType flat = built(files);
  ASSERT_EQ(flat.dihedrals.size(), 4u);
  EXPECT_EQ(std::count_if(flat.dihedrals.begin(), flat.dihedrals.end(),
                          [](const Interaction& dihedral) { return dihedral.function == 4; }),
            1);
  EXPECT_EQ(flat.dihedrals.back().atoms, (std::vector<int>{2, 6, 4, 5}));
}

TEST(Templates, GiveParametersAndExclusions) {
  Files files;
  files.more =
      "[ angles ]\nN CA C stiff\n[ dihedrals ]\n-C N CA C 180 1 2\n-C N CA C 0 2 3\n[ exclusions ]\nN O\n-O "
      "O\n";
  const MoleculeType type = built(files);
  EXPECT_EQ(type.angles[0].parameters, (std::vector<double>{110, 500}));
  EXPECT_EQ(type.dihedrals.size(), 10u);  // One of the nine twice.
  EXPECT_EQ(std::count_if(type.dihedrals.begin(), type.dihedrals.end(),
                          [](const Interaction& dihedral) { return dihedral.parameters.size() == 3; }),
            2);
  // N and O are three bonds apart and excluded anyway, but their 1-4 pairs are gone; O1 and O2 are six apart.
  EXPECT_EQ(type.pairs.size(), 7u);
  ASSERT_EQ(type.exclusions.size(), 1u);
  EXPECT_EQ(type.exclusions[0].atoms, (std::vector<int>{3, 8}));
}

TEST(Templates, RefuseWhatDoesNotFitTogether) {
  Files files;
  files.more = "[ angles ]\nN CA C soft\n";
  EXPECT_EQ(messageOf(files),
            "m.rtp:17: \"soft\" is neither a number nor a name that the force field mini defines");
  files.more = "[ angles ]\nN CA C endless\n";
  EXPECT_EQ(messageOf(files), "m.rtp:17: the definition of \"endless\" goes in a circle");
  files.more = "[ impropers ]\nN CA C XX\n";
  EXPECT_EQ(messageOf(files),
            "residue GLX 1 of chain A (two.pdb:1) has no atom \"XX\", which m.rtp:17 names");
  files = {};
  files.hydrogens = "";
  EXPECT_EQ(messageOf(files),
            "residue GLX 2 of chain A (two.pdb:5): the force field mini does not say how H of template GLX "
            "is placed (.hdb)");
  files.hydrogens = "GLX 1\n1 1 H H -C CA\n";
  EXPECT_EQ(messageOf(files).substr(0, 40), "residue GLX 2 of chain A (two.pdb:5): th");
  files.hydrogens = "GLX 2\n1 1 H N -C CA\n1 2 H H N CA\n";
  EXPECT_EQ(messageOf(files), "the rules that add atoms to template GLX go in a circle at atom H");
  files.hydrogens = "GLX 1\n1 1 H N -C XX\n";
  EXPECT_EQ(messageOf(files),
            "residue GLX 2 of chain A (two.pdb:5): atom H cannot be placed, because atoms that it is placed "
            "by are missing");
  files = {};
  files.first = "";
  EXPECT_EQ(messageOf(files),
            "residue GLX 1 of chain A (two.pdb:1) ends a chain, but its template GLX is bonded on, and the "
            "force field mini "
            "has no terminus for it (.r2b, .tdb). Cap the chain (ACE before, NME after)");
  files.first = "[ NT ]\n[ add ]\n1 2 HX XX CA C\nH 1 0\n";
  EXPECT_EQ(messageOf(files),
            "m.n.tdb:3: adds to atom \"XX\", which template GLX of residue GLX 1 of chain A (two.pdb:1) does "
            "not have");
}

TEST(Templates, AtomsHaveBoundedNumbersOfBonds) {
  Files files;
  files.more = "[ angles ]\n";
  std::string atoms = "[ STAR ]\n[ atoms ]\nC C 0 1\n", bonds = "[ bonds ]\n";
  Structure structure;
  structure.chains.push_back({"A", {{"STAR", 1, ' ', true, {}, ""}}});
  structure.chains[0].residues[0].atoms.push_back({"C", "C", {}, 1, 0});
  for (int k = 1; k <= 17; ++k) {
    const std::string name = "O" + std::to_string(k);
    atoms += name + " O 0 1\n";
    bonds += "C " + name + "\n";
    structure.chains[0].residues[0].atoms.push_back({name, "O", {0.1 * k, 0, 0}, 1, 0});
  }
  files.more = atoms + bonds;
  try {
    (void)prepareMolecules(structure, forceField(files));
    ADD_FAILURE() << "17 bonds are too many";
  } catch (const core::Error& error) {
    EXPECT_STREQ(error.what(),
                 "the templates give atom C of residue STAR 1 of chain A 17 bonds; 16 are allowed");
  }
}

}  // namespace
