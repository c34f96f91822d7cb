// SPDX-License-Identifier: Apache-2.0
#include "molecular/input/gro.h"

#include <gtest/gtest.h>

#include <sstream>

#include "molecular/input/gromacs.h"
#include "support/scratch_folder.h"
#include "unit/molecular_input/files.h"

using namespace aula;
using namespace aula::molecular;

namespace {

GroFile parse(const std::string& text) {
  return parseGro(text, "conf.gro");
}
std::string message(const std::string& text) {
  return test::messageOf([&] { (void)parse(text); });
}

const std::string kTwo =
    "Two argon atoms\n"
    "    2\n"
    "    1AR      AR    1   0.100   0.200  -0.300  0.1000  0.2000  0.3000\n"
    "99999ARGONAR1999999   1.100   1.200   1.300 -0.1000 -0.2000 -0.3000\n"
    "   3.00000   4.00000   5.00000\n";

TEST(Gro, ReadsFixedColumns) {
  const GroFile file = parse(kTwo);
  EXPECT_EQ(file.title, "Two argon atoms");
  ASSERT_EQ(file.atoms.size(), 2U);
  EXPECT_EQ(file.atoms[1].residueNumber, 99999);
  EXPECT_EQ(file.atoms[1].residueName, "ARGON");
  EXPECT_EQ(file.atoms[1].name, "AR199");
  EXPECT_EQ(file.state.positions[0], (Vec3{0.1, 0.2, -0.3}));
  EXPECT_EQ(file.state.velocities[1], (Vec3{-0.1, -0.2, -0.3}));
  EXPECT_EQ(file.state.box, rectangularBox(3, 4, 5));
}

TEST(Gro, TellsTheWidthFromTheDecimalPoints) {
  // Six decimals: columns of eleven.
  const GroFile file = parse(
      "t\n1\n    1AR      AR    1   0.100001   0.200002-100.300003\n"
      "  3 3 3 0 0 1 0 1 -1\n");
  EXPECT_EQ(file.state.positions[0], (Vec3{0.100001, 0.200002, -100.300003}));
  EXPECT_TRUE(file.state.velocities.empty());
  EXPECT_EQ(file.state.box.b, (Vec3{1, 3, 0}));
  EXPECT_EQ(file.state.box.c, (Vec3{1, -1, 3}));
}

TEST(Gro, BearsLineEndsOfAllSystems) {
  for (const char* end : {"\r\n", "\r"}) {
    std::string other;
    for (const char c : kTwo) other += c == '\n' ? std::string(end) : std::string(1, c);
    EXPECT_EQ(parse(other).state.positions, parse(kTwo).state.positions);
  }
}

TEST(Gro, ABoxOfZerosIsVacuum) {
  EXPECT_FALSE(parse("t\n0\n 0 0 0\n").state.box.isPeriodic());
}

TEST(Gro, SaysWhatIsWrongAndWhere) {
  const auto replaced = [](const std::string& what, const std::string& by) {
    std::string text = kTwo;
    return text.replace(text.find(what), what.size(), by);
  };
  EXPECT_EQ(message(""), "conf.gro: ends before the number of atoms in line 2");
  EXPECT_EQ(message(replaced("    2", "  two")),
            "conf.gro:2: the number of atoms is \"two\"; a whole number from 0 stands here in a .gro file");
  EXPECT_EQ(
      message(replaced("    2", "    3")),
      "conf.gro: promises 3 atoms in line 2 and ends after line 5; 3 lines of atoms and one of the box must "
      "follow");
  EXPECT_EQ(message(replaced("    2", "    1")),
            "conf.gro:4: the box needs 3 or 9 numbers; found \"99999ARGONAR1999999   1.100   1.200   1.300 "
            "-0.1000 -0.2000 ...\" (are there more atoms than line 2 says?)");
  EXPECT_EQ(message(replaced("   1.200", "     nan")),
            "conf.gro:4: position y of atom 2 is \"nan\", which is no number");
  EXPECT_EQ(message(replaced("   1.200", " 2000000")),
            "conf.gro:4: position y of atom 2 is 2000000; at most 1e6 is taken");
  EXPECT_EQ(message(replaced(" -0.2000 -0.3000", "")),
            "conf.gro:4: velocity y of atom 2 is \"\": the line is cut off");
  EXPECT_EQ(message(replaced("99999", "abcde")),
            "conf.gro:4: the residue number in columns 1 to 5 is \"abcde\"; is this a line of an atom?");
  EXPECT_EQ(
      message(replaced("   0.100   0.200", "  0.1  0.2")),
      "conf.gro:3: the positions' columns cannot be told: two decimal points, at least 6 columns apart, must "
      "follow column 20; found \"    1AR      AR    1  0.1  0.2  -0.300  0.1000  0.2000  0.30...\"");
  EXPECT_EQ(message(replaced("3.00000", "300000.")),
            "conf.gro:5: the box has an edge of 300000. nm; at most 10000 nm are taken");
  EXPECT_EQ(
      message(replaced("4.00000", "1e-310 ")),
      "conf.gro:5: the box has an edge of 1e-310 nm; at least 0.001 nm are taken (or three zeros: no box)");
  EXPECT_EQ(message(replaced("4.00000", "-4.0000")),
            "conf.gro:5: the box spans no volume: its edges must be a right-handed set of finite lengths");
  EXPECT_EQ(message(replaced("4.00000", "0.00000")),
            "conf.gro:5: the box spans no volume: its edges must be a right-handed set of finite lengths");
  EXPECT_EQ(
      message(replaced("5.00000", "5 1 0 0 0 0 0")),
      "conf.gro:5: the box's first edge must lie along x and its second in the xy plane (numbers 4, 5 and 7 "
      "zero)");
  EXPECT_EQ(message(replaced("5.00000", "five")), "conf.gro:5: the box has \"five\", which is no number");
  EXPECT_EQ(message(kTwo + kTwo),
            "conf.gro:6: there is more after the box: more atoms than line 2 says, or a second frame");
  EXPECT_EQ(message("\xFE\xFF"), "conf.gro: is UTF-16 text; save it as UTF-8 or plain ASCII");
  EXPECT_EQ(message("\x1F\x8B"), "conf.gro: is compressed (gzip); unpack it first");
}

TEST(Gro, WritesWhatItReads) {
  ForceFieldTables tables;
  tables.atomTypes.push_back({"AR", "AR", 18, 39.948, 0, 0.3405, 0.996});
  tables.atomTypeIndex["AR"] = 0;
  MoleculeType argon;
  argon.name = "AR";
  MoleculeAtom atom;
  atom.type = atom.residueName = atom.name = "AR";
  atom.residueNumber = 123'456;
  argon.atoms.push_back(atom);
  System system;
  system.title = "Argon\nand nothing else";
  // More than five columns can count.
  system.topology = resolve(tables, {{&argon, 100'001}});
  for (int n = 0; n < 100'001; ++n) {
    system.state.positions.push_back({n * 0.000125, n * -0.5e-4, 1.0 / 3});
    system.state.velocities.push_back({0.1 * n / 1e5, -2.00004, 0});
  }
  system.state.box = reducedBox({3, 0, 0}, {1, 3, 0}, {1, -1, 3});
  const test::ScratchFolder folder;
  writeGro(folder / "a.gro", system, 6);
  const GroFile file = readGro(folder / "a.gro");
  EXPECT_EQ(file.title, "Argon");
  ASSERT_EQ(file.atoms.size(), 100'001U);
  EXPECT_EQ(file.atoms[100'000].residueNumber, 23'456);
  EXPECT_EQ(file.state.box, system.state.box);
  for (std::size_t n = 0; n < file.atoms.size(); ++n) {
    // Half the last of six and of seven decimals.
    EXPECT_LE(length(file.state.positions[n] - system.state.positions[n]), 0.51e-6 * std::sqrt(3.0));
    EXPECT_LE(length(file.state.velocities[n] - system.state.velocities[n]), 0.51e-7 * std::sqrt(3.0));
  }
  std::ostringstream three;
  writeGro(three, system);
  EXPECT_TRUE(three.str().starts_with(
      "Argon\n100001\n23456AR      AR    1   0.000  -0.000   0.333  0.0000 -2.0000  0.0000\n"))
      << three.str().substr(0, 100);
}

}  // namespace
