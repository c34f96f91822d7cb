// SPDX-License-Identifier: Apache-2.0
#include "molecular/prepare/force_field.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <string>

#include "core/error.h"

using namespace aula;
using namespace aula::molecular;

namespace {

/// What goes wrong in `work`, or "" when nothing does.
std::string messageOf(const std::function<void()>& work) {
  try {
    work();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.fault(), core::Fault::input);
    return error.what();
  }
  return "";
}

ForceField withTypes() {
  ForceField forceField;
  parseMasses(parseDataFile("atomtypes.atp", "CT 12.01 ; carbon\nN 14.01\n\nH 1.008\n"), forceField);
  return forceField;
}

std::string residueMessage(const std::string& text) {
  ForceField forceField = withTypes();
  return messageOf([&] { parseResidues(parseDataFile("a.rtp", text), forceField); });
}

TEST(DataFile, KeepsPlacesAndDropsComments) {
  const DataFile file =
      parseDataFile("aminoacids.rtp", "; first\r\n\n [ ALA ] ; second\r\n  N  CT -0.1 1\r\n");
  ASSERT_EQ(file.lines.size(), 2u);
  EXPECT_EQ(file.stem, "aminoacids");
  EXPECT_EQ(file.lines[0].heading, "ALA");
  EXPECT_EQ(place(file, file.lines[1]), "aminoacids.rtp:4");
  EXPECT_EQ(file.lines[1].words, (std::vector<std::string>{"N", "CT", "-0.1", "1"}));
}

TEST(DataFile, RefusesWhatIsNoText) {
  EXPECT_EQ(messageOf([] { (void)parseDataFile("a.rtp", std::string("\xFF\xFE[\0", 4)); }),
            "a.rtp is UTF-16; a force field's files are plain text (save it as UTF-8)");
  EXPECT_EQ(messageOf([] { (void)parseDataFile("a.rtp", std::string("x\ny\0z", 5)); }),
            "a.rtp:2: a zero byte; a force field's files are plain text");
  EXPECT_EQ(messageOf([] { (void)parseDataFile("a.rtp", "\n[ ALA\n"); }),
            "a.rtp:2: \"[ ALA\" begins a heading; its ] is missing");
  EXPECT_EQ(messageOf([] { (void)parseDataFile("a.rtp", "[ ]"); }), "a.rtp:1: a heading without a name");
  EXPECT_EQ(messageOf([] { (void)readDataFile("/nowhere/a.rtp"); }), "/nowhere/a.rtp cannot be read");
}

TEST(Residues, AreReadWithTheirRules) {
  ForceField forceField = withTypes();
  parseResidues(
      parseDataFile("a.rtp",
                    "[ bondedtypes ]\n1 1 9 4 1 3 1 0\n[ ALA ]\n [ atoms ]\n N N -0.5 1\n CA CT 0.5 2\n"
                    " [ bonds ]\n N CA\n -C N\n [ dihedrals ]\n N CA N CA some_macro 2\n[ GLY ]\n [ atoms ]\n"
                    " N N 0 1\n"),
      forceField);
  const ResidueTemplate& alanine = forceField.residues.at("ala");
  EXPECT_EQ(alanine.family, "a");
  EXPECT_EQ(alanine.atoms[1].mass, 12.01);
  EXPECT_EQ(alanine.rules.dihedralFunction, 9);
  EXPECT_TRUE(alanine.rules.keepsAllDihedrals);
  EXPECT_FALSE(alanine.rules.dropsDihedralsAtImpropers);
  EXPECT_EQ(alanine.bondeds.bonds[1].atoms, (std::vector<std::string>{"-C", "N"}));
  EXPECT_EQ(alanine.bondeds.dihedrals[0].parameters, "some_macro 2");
  EXPECT_EQ(alanine.bondeds.dihedrals[0].place, "a.rtp:11");
  EXPECT_EQ(forceField.residues.size(), 2u);
}

TEST(Residues, RefuseNamingFileAndLine) {
  EXPECT_EQ(residueMessage("[ bondedtypes ]\n1 1 9\n"),
            "a.rtp:2: [ bondedtypes ] has 3 columns; 4 to 9 are needed");
  EXPECT_EQ(residueMessage("[ bondedtypes ]\n1 1 9 x\n"),
            "a.rtp:2: a column of [ bondedtypes ] is \"x\"; a whole number from 1 to 100 is needed");
  EXPECT_EQ(residueMessage("N N 0 1\n"), "a.rtp:1: \"N N 0 1\" stands outside every section of a residue");
  EXPECT_EQ(residueMessage("[ ALA ]\n[ GLY ]\n[ atoms ]\nN N 0 1"),
            "a.rtp:1: residue \"ALA\" has no [ atoms ]");
  EXPECT_EQ(
      residueMessage("[ ALA ]\n[ atoms ]\nN N 0\n"),
      "a.rtp:3: \"N N 0\" in [ atoms ] of residue \"ALA\"; name, type, charge and charge group are needed");
  EXPECT_EQ(residueMessage("[ ALA ]\n[ atoms ]\nN N zero 1\n"),
            "a.rtp:3: a charge is \"zero\"; a number is needed");
  EXPECT_EQ(residueMessage("[ ALA ]\n[ atoms ]\nN N nan 1\n"),
            "a.rtp:3: a charge is \"nan\"; a number is needed");
  EXPECT_EQ(residueMessage("[ ALA ]\n[ atoms ]\nN XX 0 1\n"),
            "a.rtp:3: atom N of residue \"ALA\" has type \"XX\", which no .atp file lists");
  EXPECT_EQ(residueMessage("[ ALA ]\n[ atoms ]\nN N 0 1\nn N 0 1\n"),
            "a.rtp:4: residue \"ALA\" has atom \"n\" twice");
  EXPECT_EQ(residueMessage("[ ALA ]\n[ atoms ]\nN N 0 1\n[ bonds ]\nN\n"),
            "a.rtp:5: \"N\" in [ bonds ] has 1 words; 2 names of atoms are needed");
  EXPECT_EQ(residueMessage("[ ALA ]\n[ atoms ]\nN N 0 1\n[ ala ]\n[ atoms ]\nN N 0 1"),
            "a.rtp:4: residue \"ala\" stands already in a.rtp:1");
  EXPECT_EQ(residueMessage("[ ALA ]\n[ atoms ]\nN N 0 1\n[ dihedrals ]\nN CA C\n"),
            "a.rtp:5: \"N CA C\" in [ dihedrals ] has 3 words; 4 names of atoms are needed");
  ForceField forceField;
  EXPECT_EQ(messageOf([&] { parseMasses(parseDataFile("t.atp", "CT\n"), forceField); }),
            "t.atp:1: \"CT\"; a type and its mass are needed");
  EXPECT_EQ(messageOf([&] { parseMasses(parseDataFile("t.atp", "CT -1\n"), forceField); }),
            "t.atp:1: the mass of type \"CT\" is below zero");
}

TEST(Hydrogens, RefuseNamingFileAndLine) {
  const auto message = [](const std::string& text) {
    ForceField forceField;
    return messageOf([&] { parseHydrogens(parseDataFile("a.hdb", text), forceField); });
  };
  EXPECT_EQ(message("ALA 1\n1 1 H N -C CA\n"), "");
  EXPECT_EQ(message("ALA\n"), "a.hdb:1: \"ALA\"; a residue and its number of lines are needed");
  EXPECT_EQ(message("ALA 2\n1 1 H N -C CA\n"),
            "a.hdb:1: residue \"ALA\" announces 2 lines; the file ends after 1");
  EXPECT_EQ(message("ALA 99999\n"),
            "a.hdb:1: the number of lines is \"99999\"; a whole number from 0 to 1000 is needed");
  EXPECT_EQ(message("ALA 1\n1 1 H\n"),
            "a.hdb:2: \"1 1 H\"; number of atoms, rule, name and control atoms are needed");
  EXPECT_EQ(message("ALA 1\n1 12 H N C CA\n"),
            "a.hdb:2: the rule is \"12\"; a whole number from 1 to 11 is needed");
  EXPECT_EQ(message("ALA 1\n1 5 H N C CA\n"), "a.hdb:2: rule 5 needs 4 control atoms, not 3");
  EXPECT_EQ(message("ALA 1\n2 1 H N C CA\n"), "a.hdb:2: rule 1 places 1 atoms at most, not 2");
}

TEST(Termini, AreReadInAllTheirForms) {
  const std::vector<Terminus> termini = parseTermini(parseDataFile(
      "a.n.tdb",
      "[ None ]\n[ NH3+ ]\n[ replace ]\nN NH3 14.007 -0.3\nO O1 OM 15.9994 -0.635\nCA CT 12 0.1 7\n[ Add ]\n"
      "3 4 H N CA C\n HC 1.008 0.33 -1\n[ delete ]\nHN\n[ bonds ]\nC O1 gb_6\n"));
  ASSERT_EQ(termini.size(), 2u);
  const std::vector<AtomPatch>& patches = termini[1].patches;
  ASSERT_EQ(patches.size(), 5u);
  EXPECT_TRUE(patches[0].replaces());
  EXPECT_EQ(patches[0].newName, "N");
  EXPECT_EQ(patches[0].atom->type, "NH3");
  EXPECT_EQ(patches[1].newName, "O1");
  EXPECT_EQ(patches[1].atom->mass, 15.9994);
  EXPECT_EQ(patches[2].atom->charge, 0.1);
  EXPECT_TRUE(patches[3].adds());
  EXPECT_EQ(patches[3].added(2), "H3");
  EXPECT_EQ(patches[3].atom->charge, 0.33);
  EXPECT_TRUE(patches[4].removes());
  EXPECT_EQ(termini[1].bondeds.bonds[0].parameters, "gb_6");
}

TEST(Termini, RefuseNamingFileAndLine) {
  const auto message = [](const std::string& text) {
    return messageOf([&] { (void)parseTermini(parseDataFile("a.n.tdb", text)); });
  };
  EXPECT_EQ(message("[ replace ]\n"), "a.n.tdb:1: [ replace ] stands before the name of a terminus");
  EXPECT_EQ(
      message("x\n"),
      "a.n.tdb:1: \"x\" stands outside [ replace ], [ add ], [ delete ] and the sections of bonded terms");
  EXPECT_EQ(message("[ A ]\n[ replace ]\nN NH3 14\n"),
            "a.n.tdb:3: \"N NH3 14\" in [ replace ]; old name, new name (where it changes), type, mass and "
            "charge are "
            "needed");
  EXPECT_EQ(message("[ A ]\n[ add ]\n1 2 H N CA C\n"),
            "a.n.tdb:3: \"1 2 H N CA C\" in [ add ] needs a second line with type, mass and charge");
  EXPECT_EQ(message("[ A ]\n[ add ]\n1 2 H N CA C\nHC x 0\n"),
            "a.n.tdb:4: a mass is \"x\"; a number is needed");
}

TEST(RenamingTables, RefuseNamingFileAndLine) {
  ForceField forceField;
  EXPECT_EQ(messageOf([&] { parseTemplateChoices(parseDataFile("a.r2b", "ALA ALA\nGLY\n"), forceField); }),
            "a.r2b:2: \"GLY\" has 1 columns; 2 or 5 are needed, the same number in every line");
  EXPECT_EQ(messageOf([&] { (void)parseAtomRenames(parseDataFile("a.arn", "ALA H\n")); }),
            "a.arn:1: \"ALA H\" has 2 columns; a residue, the atom's old name and its new one are needed");
  EXPECT_EQ(messageOf([&] { parseResidueTypes(parseDataFile("residuetypes.dat", "ALA\n"), forceField); }),
            "residuetypes.dat:1: \"ALA\" has 1 columns; a residue and its type are needed");
  EXPECT_EQ(messageOf([&] { parseSpecialBonds(parseDataFile("specbond.dat", "1\nCYS SG 1\n"), forceField); }),
            "specbond.dat:2: \"CYS SG 1\" has 3 columns; residue, atom and number of bonds, the same of the "
            "partner, a "
            "length and the two new residues are needed");
  EXPECT_EQ(
      messageOf([&] { parseSpecialBonds(parseDataFile("s.dat", "CYS SG 1 CYS SG 1 0 A B\n"), forceField); }),
      "s.dat:1: a length is not above zero");
}

TEST(ForceField, SaysWhichPackageIsMissing) {
  EXPECT_EQ(messageOf([] { (void)forceFieldFolder("amber99sb-ildn", {}); }),
            "GROMACS' force fields are not installed (looked in /usr/share/gromacs/top and in what GMXLIB "
            "names); they are "
            "Debian's package gromacs-data: apt install gromacs-data");
  EXPECT_EQ(messageOf([] { (void)readForceField("/"); }), "/ is no force field: it has no forcefield.itp");
}

TEST(ForceField, ReadsThatOfTheSystem) {
  if (gromacsData().empty())
    GTEST_SKIP() << "GROMACS' force fields are not installed: apt install gromacs-data";
  const ForceField forceField = readForceField("amber99sb-ildn");
  EXPECT_EQ(forceField.name, "amber99sb-ildn");
  EXPECT_EQ(forceField.residues.at("ALA").atoms.size(), 10u);
  EXPECT_EQ(forceField.residues.at("NALA").rules.exclusionBonds, 3);
  EXPECT_EQ(forceField.hydrogens.at("ALA").size(), 3u);
  EXPECT_EQ(forceField.typeOf("NALA"), "Protein");
  EXPECT_EQ(forceField.typeOf("XYZ"), "Other");
  EXPECT_FALSE(forceField.macros.at("torsion_ILE_N_CA_CB_CG2_mult1").empty());
  EXPECT_EQ(forceField.waterModels.front(), "tip3p");
  const std::vector<MoleculeType> water = readMolecules(forceField, "tip3p.itp");
  ASSERT_EQ(water.size(), 1u);
  EXPECT_EQ(water[0].atoms.size(), 3u);
  // A path serves as well as a name.
  EXPECT_EQ(readForceField((gromacsData() / "amber03.ff").string()).name, "amber03");
  const std::string message = messageOf([] { (void)readForceField("amber99sb-ilnd"); });
  EXPECT_NE(message.find("there is no force field \"amber99sb-ilnd\" in "), std::string::npos) << message;
  EXPECT_NE(message.find("amber99sb-ildn"), std::string::npos) << message;
}

// Another force field is data: all that Debian installs (AMBER, CHARMM, GROMOS, OPLS-AA) are read by the same
// code.
TEST(ForceField, ReadsAllThatAreInstalled) {
  if (gromacsData().empty())
    GTEST_SKIP() << "GROMACS' force fields are not installed: apt install gromacs-data";
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(gromacsData())) {
    if (entry.path().extension() != ".ff") continue;
    const ForceField forceField = readForceField(entry.path().string());
    EXPECT_GT(forceField.residues.size(), 20u) << entry.path();
    EXPECT_FALSE(forceField.tables.atomTypes.empty()) << entry.path();
    ++count;
  }
  EXPECT_GT(count, 0);
}

}  // namespace
