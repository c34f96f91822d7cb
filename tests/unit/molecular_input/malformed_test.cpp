// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "molecular/input/gromacs.h"
#include "molecular/input/structure.h"
#include "unit/molecular_input/files.h"

using namespace aula;
using namespace aula::molecular;
using test::kSmallForceField;

// Every kind of message of the parsers of topologies and structures; those of coordinates and of the
// preprocessor stand in gro_test.cpp and preprocessor_test.cpp.
namespace {

std::string topology(const std::string& text) {
  return test::messageOf([&] {
    const TopologyFile file = readTopology("top", test::optionsOf({{"top", text}}));
    (void)resolve(file.tables, file.counts());
  });
}

/// A molecule of three atoms in line 11 and after, and `sections` from line 15 on.
std::string molecule(const std::string& sections, const std::string& tables = "") {
  return topology(std::string(kSmallForceField) + tables +
                  "[ moleculetype ]\nm 3\n[ atoms ]\n1 CT 1 RES C1 1\n2 CT 1 RES C2 1\n3 HC 1 RES H3 1\n" +
                  sections + "\n[ molecules ]\nm 1\n");
}

TEST(MalformedTopology, Sections) {
  EXPECT_EQ(topology("hello\n"), "top:1: there is text before the first [ section ]: \"hello\"");
  EXPECT_EQ(topology("[ defaults\n"), "top:1: the section's name has no closing ]");
  EXPECT_EQ(topology("[ atomtype ]\n"), "top:1: section [ atomtype ] is not known; is [ atomtypes ] meant?");
  EXPECT_EQ(topology("[ 4321 ]\n"), "top:1: section [ 4321 ] is not known");
  EXPECT_EQ(topology("[ atoms ]\n"),
            "top:1: section [ atoms ] belongs into a [ moleculetype ], and none has begun");
  EXPECT_EQ(molecule("[ virtual_sites3 ]\n3 1 2 1 1 0.1 0.1"),
            "top:15: [ virtual_sites3 ] is not supported: atoms without mass, placed by others");
  EXPECT_EQ(molecule("[ cmap ]\n1 2 3 1 2 1"),
            "top:15: [ cmap ] is not supported (CHARMM's correction maps)");
}

TEST(MalformedTopology, ForceField) {
  EXPECT_EQ(
      topology("[ defaults ]\n1\n"),
      "top:2: [ defaults ] needs function and combination rule, then generate-pairs, fudgeLJ, fudgeQQ; found "
      "\"1\"");
  EXPECT_EQ(topology("[ defaults ]\n2 1\n"),
            "top:2: [ defaults ] function 2 (Buckingham) is not supported; 1 (Lennard-Jones) is");
  EXPECT_EQ(topology("[ defaults ]\n1 4\n"),
            "top:2: [ defaults ] combination rule \"4\" is not a whole number from 1 to 3");
  EXPECT_EQ(topology("[ defaults ]\n1 2 maybe\n"),
            "top:2: [ defaults ] generate-pairs is \"maybe\"; allowed are yes and no");
  EXPECT_EQ(topology("[ atomtypes ]\nCT 6 12 0 A 1 1\n"),
            "top:2: [ atomtypes ] before [ defaults ], which says what its numbers mean");
  EXPECT_EQ(topology("[ defaults ]\n1 2\n[ atomtypes ]\nCT 6 12 0 A 1\n"),
            "top:4: [ atomtypes ] needs name, bond type or atomic number or both, mass, charge, particle "
            "type A, and "
            "two Lennard-Jones parameters; found \"CT 6 12 0 A 1\"");
  EXPECT_EQ(topology("[ defaults ]\n1 2\n[ atomtypes ]\nCT 6 heavy 0 A 1 1\n"),
            "top:4: [ atomtypes ] mass \"heavy\" is not a number (a macro that no #define names?)");
  EXPECT_EQ(topology("[ defaults ]\n1 2\n[ atomtypes ]\nCT 6 -12 0 A 1 1\n"),
            "top:4: [ atomtypes ] the mass of CT is negative");
  EXPECT_EQ(topology("[ defaults ]\n1 2\n[ atomtypes ]\nCT 6 12 0 A nan 1\n"),
            "top:4: [ atomtypes ] V \"nan\" is not a number (a macro that no #define names?)");
  EXPECT_EQ(topology("[ bondtypes ]\nCT CT\n"),
            "top:2: [ bondtypes ] needs 2 types, a function and its parameters; found \"CT CT\"");
  EXPECT_EQ(molecule("", "[ dihedraltypes ]\nX CT CT X 9 0 1 1\nHC CT CT HC 9 0 1 1\nX CT CT X 9 0 2 2\n"),
            "top:11: dihedral X CT CT X of function 9 was given before at top:9; lines that add up must "
            "follow each "
            "other");
}

TEST(MalformedTopology, Molecules) {
  const std::string head = std::string(kSmallForceField) + "[ moleculetype ]\n";
  EXPECT_EQ(
      topology(head + "m\n"),
      "top:9: [ moleculetype ] needs a name and the number of bonds within which atoms are excluded; found "
      "\"m\"");
  EXPECT_EQ(topology(head + "m 3\n[ moleculetype ]\nm 3\n"),
            "top:11: [ moleculetype ] m is described a second time");
  EXPECT_EQ(topology(head + "m 3\n[ atoms ]\n2 CT 1 RES C1 1\n"),
            "top:11: [ atoms ] of m: atom number \"2\" where 1 comes next");
  EXPECT_EQ(topology(head + "m 3\n[ atoms ]\n1 CT 1 RES\n"),
            "top:11: [ atoms ] needs number, type, residue number, residue, atom name, charge group, charge "
            "and mass; "
            "found \"1 CT 1 RES\"");
  EXPECT_EQ(topology(head + "m 3\n[ atoms ]\n1 CT 1 RES C 1 0 12 CT 0 12\n"),
            "top:11: [ atoms ] of m: atom 1 has a second state (free energies), which is not supported");
  EXPECT_EQ(topology(head + "m 3\n[ atoms ]\n1 CQ 1 RES C 1\n[ molecules ]\nm 1\n"),
            "molecule m, atom 1 (RES 1 C): the atom type \"CQ\" is not in [ atomtypes ] (is the force field "
            "included?)");
  EXPECT_EQ(
      topology(head + "m 3\n[ atoms ]\n1 CT 1 RES C 1 0 0\n[ molecules ]\nm 1\n"),
      "molecule m, atom 1 (RES 1 C) has a mass of 0.000000 u; atoms need one above 0 (virtual sites are not "
      "supported)");
  EXPECT_EQ(topology(head + "m 3\n[ molecules ]\nm 1\n"), "molecule m has no atoms");
  EXPECT_EQ(topology(head + "m 3\n[ molecules ]\nSOL 5\n"),
            "top:11: [ molecules ] names \"SOL\", which no [ moleculetype ] describes; there are m");
  EXPECT_EQ(topology(head + "m 3\n[ molecules ]\nm -2\n"),
            "top:11: [ molecules ] number of molecules \"-2\" is not a whole number from 0 to 100000000");
  EXPECT_EQ(topology(head + "m 3\n[ atoms ]\n1 CT 1 R C 1\n[ molecules ]\nm 100000000\nm 1\n"),
            "the topology has more than 100000000 atoms by molecule m");
  EXPECT_EQ(topology(head + "m 3\n"), "the topology has no [ molecules ]: there is nothing to compute");
}

TEST(MalformedTopology, Terms) {
  EXPECT_EQ(molecule("[ bonds ]\n1 4 1"), "top:15: [ bonds ] names atom \"4\" of m, which has atoms 1 to 3");
  EXPECT_EQ(molecule("[ bonds ]\n1 0 1"), "top:15: [ bonds ] names atom \"0\" of m, which has atoms 1 to 3");
  EXPECT_EQ(molecule("[ bonds ]\n2 2 1"), "top:15: [ bonds ] of m names atom 2 twice");
  EXPECT_EQ(molecule("[ bonds ]\n1"), "top:15: [ bonds ] needs 2 atoms and a function; found \"1\"");
  EXPECT_EQ(
      molecule("[ bonds ]\n1 2 1"),
      "top:15: no parameters for the bond of function 1 between molecule m, RES 1 C1 (CT) and RES 1 C2 (CT)");
  EXPECT_EQ(
      molecule("[ bonds ]\n1 2 1 0.1"),
      "top:15: the bond between molecule m, RES 1 C1 (CT) and RES 1 C2 (CT) has 1 parameters; 2 are needed");
  EXPECT_EQ(molecule("[ bonds ]\n1 2 1 0.1 10 0.2 10"),
            "top:15: the bond between molecule m, RES 1 C1 (CT) and RES 1 C2 (CT) has a second, different "
            "state (free "
            "energies), which is not supported");
  EXPECT_EQ(molecule("[ bonds ]\n1 2 3 0.1 10 2"),
            "top:15: a bond of function 3 (molecule m, RES 1 C1 (CT) and RES 1 C2 (CT)) is not supported; "
            "allowed: 1 "
            "(harmonic), 5 (connection), 6 (harmonic, no exclusion)");
  EXPECT_EQ(molecule("[ bonds ]\n1 2 1 k_CT"),
            "top:15: [ bonds ] parameter \"k_CT\" is not a number (a macro that no #define names?)");
  EXPECT_EQ(
      molecule("[ angles ]\n1 2 3 5 1 1 1 1"),
      "top:15: an angle of function 5 (molecule m, RES 1 C1 (CT), RES 1 C2 (CT) and RES 1 H3 (HC)) is not "
      "supported; allowed: 1 (harmonic)");
  EXPECT_EQ(
      molecule("[ constraints ]\n1 2 1 -0.1"),
      "top:15: the constraint between molecule m, RES 1 C1 (CT) and RES 1 C2 (CT) has no positive length");
  EXPECT_EQ(molecule("[ settles ]\n2 1 0.1 0.16"),
            "top:15: the settle of molecule m needs two hydrogens after atom 2, its oxygen");
  EXPECT_EQ(molecule("[ settles ]\n1 1 0.1 0.3"),
            "top:15: the settle of molecule m is no triangle: O-H 0.100000 nm, H-H 0.300000 nm");
  EXPECT_EQ(
      topology("[ defaults ]\n1 2 no\n[ atomtypes ]\nCT 6 12 0 A 1 1\n[ moleculetype ]\nm 3\n[ atoms ]\n"
               "1 CT 1 R A 1\n2 CT 1 R B 1\n[ pairs ]\n1 2 1\n[ molecules ]\nm 1\n"),
      "top:11: no parameters for the pair of function 1 between molecule m, R 1 A (CT) and R 1 B (CT)");
}

TEST(MalformedTopology, Dihedrals) {
  const auto dihedral = [](const std::string& line, const std::string& tables = "") {
    return topology(
        std::string(kSmallForceField) + tables +
        "[ moleculetype ]\nm 3\n[ atoms ]\n1 CT 1 R A 1\n2 CT 1 R B 1\n3 CT 1 R C 1\n4 CT 1 R D 1\n"
        "[ dihedrals ]\n" +
        line + "\n[ molecules ]\nm 1\n");
  };
  const std::string atoms = "molecule m, R 1 A (CT), R 1 B (CT), R 1 C (CT) and R 1 D (CT)";
  EXPECT_EQ(dihedral("1 2 3 4 9"), "top:16: no parameters for the dihedral of function 9 between " + atoms);
  EXPECT_EQ(dihedral("1 2 3 4 8 1 1"), "top:16: a dihedral of function 8 (" + atoms +
                                           ") is not supported; allowed: 1, 2, 3, 4, 5 and 9");
  EXPECT_EQ(dihedral("1 2 3 4 1 0 1 1.5"), "top:16: the dihedral between " + atoms +
                                               " has multiplicity 1.500000; it must be a whole number");
  EXPECT_EQ(dihedral("1 2 3 4 1", "[ dihedraltypes ]\nX CT CT X 9 0 1 1\nX CT CT X 9 0 1 2\n"),
            "top:19: the dihedral between " + atoms +
                " is of function 1, and 2 lines of function 9 fit: let it be of function 9");
  EXPECT_EQ(dihedral("1 2 3 4 3 1 2"),
            "top:16: the dihedral between " + atoms + " has 2 parameters; 6 are needed");
}

std::string pdb(const std::string& text) {
  return test::messageOf([&] { (void)parseStructure(text, "a.pdb"); });
}
const std::string kAtom = "ATOM      1  N   ALA A   5       1.000   2.000   3.000  1.00  5.00           N\n";
std::string replaced(const std::string& what, const std::string& by, std::string text = kAtom) {
  return text.replace(text.find(what), what.size(), by);
}

TEST(MalformedPdb, SaysLineAndResidue) {
  EXPECT_EQ(pdb(kAtom), "no error");
  EXPECT_EQ(pdb(""), "a.pdb: is empty");
  EXPECT_EQ(pdb("Dear colleague,\n"),
            "a.pdb: has no line of an atom (ATOM or HETATM); is this a PDB or mmCIF file?");
  EXPECT_EQ(pdb("REMARK\n" + kAtom.substr(0, 40)),
            "a.pdb:2: the line of an atom is cut off after column 40; its position ends in column 54");
  EXPECT_EQ(
      pdb(replaced("   2.000", "   2,000")),
      "a.pdb:1: atom \"N\" of residue \"ALA\" 5: y in columns 39 to 46 is \"2,000\", which is no number");
  EXPECT_EQ(pdb(replaced("   2.000", "     nan")),
            "a.pdb:1: atom \"N\" of residue \"ALA\" 5: y in columns 39 to 46 is \"nan\", which is no number");
  EXPECT_EQ(
      pdb(replaced("   5   ", " 5x    ")),
      "a.pdb:1: atom \"N\" of residue \"ALA\": the residue's number in columns 23 to 26 is \" 5x \"; a whole "
      "number (or hybrid-36) stands here");
  EXPECT_EQ(pdb(replaced(" N ", "   ")),
            "a.pdb:1: the atom's name in columns 13 to 16 is \"    \"; printable letters are allowed");
  EXPECT_EQ(pdb(replaced("ALA",
                         "A\x1b"
                         "A")),
            "a.pdb:1: atom \"N\" of residue \"A\\x1BA\": the residue's name or chain in columns 18 to 22 is "
            "\"A\\x1BA A\"; printable letters are allowed");
  EXPECT_EQ(
      pdb(replaced("   3.000  1.00", "   3.000  full")),
      "a.pdb:1: atom \"N\" of residue \"ALA\" 5: the occupancy in columns 55 to 60 is \"full\", which is no "
      "number");
  EXPECT_EQ(pdb(replaced("  1  N", "1\tN   ")),
            "a.pdb:1: has a tab: the columns of a PDB file must be parted by blanks");
  const std::string carbon = replaced(" N ", " CA");
  EXPECT_EQ(pdb(kAtom + carbon + carbon),
            "a.pdb:3, chain A, residue ALA 5: atom \"CA\" stands there twice (first in line 2)");
  EXPECT_EQ(pdb("CRYST1   59.062   68.451 thirty    90.00  90.00  90.00\n"),
            "a.pdb:1: CRYST1 has \"thirty\" in columns 25 to 33; three lengths and three angles stand there");
  EXPECT_EQ(pdb("CRYST1 9999999.   68.451   30.000  90.00  90.00  90.00\n"),
            "a.pdb:1: the cell has an edge of 9999999.000000 A; allowed are 0.1 to 100000 A");
  EXPECT_EQ(pdb("CRYST1   59.062   68.451   30.000  90.00 190.00  90.00\n"),
            "a.pdb:1: the cell has an angle of 190.000000 degrees; allowed are angles between 0 and 180");
  EXPECT_EQ(pdb("CRYST1   59.062   68.451   30.000 150.00 150.00 150.00\n"),
            "a.pdb:1: the cell's three angles span no volume");
  EXPECT_EQ(pdb(kAtom + "CONECT    A\n"),
            "a.pdb:2: CONECT has no serial number of an atom in columns 7 to 11");
  EXPECT_EQ(pdb(kAtom + "CONECT    1    x\n"),
            "a.pdb:2: CONECT has \"    x\" in columns 12 to 16; the serial number of an atom stands there");
  EXPECT_EQ(pdb("SSBOND   1 CYS A    6    CYS A    \n"),
            "a.pdb:1: SSBOND has no residue's number in columns 32 to 35");
  EXPECT_EQ(pdb("\xFF\xFE" + kAtom), "a.pdb: is UTF-16 text; save it as UTF-8 or plain ASCII");
  EXPECT_EQ(pdb(std::string("\x1F\x8B\x08\0\0\0\0\0\0\x03", 10)), "a.pdb: the compressed data end too early");
  EXPECT_EQ(pdb("\x1F\x8B and what follows"), "a.pdb: the compressed data are broken");
}

std::string cif(const std::string& text) {
  return test::messageOf([&] { (void)parseStructure(text, "a.cif"); });
}
std::string cifOf(const std::string& row, const std::string& more = "") {
  return cif(
      "data_x\n" + more +
      "loop_\n_atom_site.id\n_atom_site.label_atom_id\n_atom_site.label_comp_id\n_atom_site.auth_seq_id\n"
      "_atom_site.Cartn_x\n_atom_site.Cartn_y\n_atom_site.Cartn_z\n_atom_site.occupancy\n" +
      row + "\n");
}

TEST(MalformedMmcif, SaysRowAndResidue) {
  EXPECT_EQ(cifOf("1 CA ALA 5 1 2 3 1"), "no error");
  EXPECT_EQ(cif("data_x\n_cell.length_a 10\n"),
            "a.cif: has no table _atom_site with atoms (are these structure factors or a dictionary?)");
  EXPECT_EQ(cif("data_x\nloop_\n_atom_site.id\n_atom_site.Cartn_x\n1 1\n"),
            "a.cif:2: _atom_site has no column Cartn_y");
  EXPECT_EQ(cifOf("1 CA ALA 5 1 2 here 1"),
            "a.cif: _atom_site, row 1: atom \"CA\" of residue \"ALA\" 5: Cartn_z is \"here\", which is no "
            "length in "
            "Angstrom");
  EXPECT_EQ(cifOf("1 CA ALA 5 1 2 1e300 1"),
            "a.cif: _atom_site, row 1: atom \"CA\" of residue \"ALA\" 5: Cartn_z is \"1e300\", which is no "
            "length in "
            "Angstrom");
  EXPECT_EQ(cifOf("1 CA ALA . 1 2 3 1"),
            "a.cif: _atom_site, row 1: atom \"CA\" of residue \"ALA\": the residue's number is \"\"; a whole "
            "number "
            "stands here");
  EXPECT_EQ(cifOf("1 ? ALA 5 1 2 3 1"), "a.cif: _atom_site, row 1: the atom has no name");
  EXPECT_EQ(
      cifOf("1 CA ALA 5 1 2 3 full"),
      "a.cif: _atom_site, row 1: atom \"CA\" of residue \"ALA\": occupancy is \"full\", which is no number");
  EXPECT_EQ(cifOf("1 CA ALA 5 1 2"),
            "a.cif:2:1: Wrong number of values in the loop (is this an mmCIF file?)");
  EXPECT_EQ(cifOf("1 CA ALA 5 1 2 3 'open"), "a.cif:11:23: unterminated 'string' (is this an mmCIF file?)");
  EXPECT_EQ(cifOf("1 CA ALA 5 1 2 3 1",
                  "_cell.length_a 10\n_cell.length_b 20\n_cell.length_c -1\n_cell.angle_alpha 90\n"
                  "_cell.angle_beta 90\n_cell.angle_gamma 90\n"),
            "a.cif: _cell: the cell has an edge of -1.000000 A; allowed are 0.1 to 100000 A");
  EXPECT_EQ(cif(std::string("data_x\n\0", 8)),
            "a.cif: is not text: byte 8 is zero (a binary file, or UTF-16)");
}

}  // namespace
