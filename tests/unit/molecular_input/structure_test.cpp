// SPDX-License-Identifier: Apache-2.0
#include "molecular/input/structure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <sstream>

#include "molecular/input/molecule_type.h"
#include "molecular/input/pdb_writer.h"
#include "molecular/input/raw_structure.h"
#include "support/shared_data.h"
#include "unit/molecular_input/files.h"

using namespace aula;
using namespace aula::molecular;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

std::string line(const std::string& record, int serial, const std::string& name, char alternative,
                 const std::string& residue, char chain, int number, char insertion, double x,
                 double occupancy = 1, const std::string& element = "") {
  std::array<char, 100> text{};
  std::snprintf(text.data(), text.size(),
                "%-6s%5d %-4s%c%-4s%c%4d%c   %8.3f%8.3f%8.3f%6.2f%6.2f          %2s\n", record.c_str(),
                serial, name.c_str(), alternative, residue.c_str(), chain, number, insertion, x, 2 * x, -x,
                occupancy, 5.0, element.c_str());
  return text.data();
}

Structure parse(const std::string& text, int model = 1) {
  return parseStructure(text, "a.pdb", model);
}

std::vector<std::string> names(const StructureResidue& residue) {
  std::vector<std::string> result;
  for (const StructureAtom& atom : residue.atoms) result.push_back(atom.name);
  return result;
}

TEST(Pdb, ReadsChainsResiduesAndInsertions) {
  const Structure s = parse(
      "TITLE     A SHORT\nTITLE    2 ONE\n" + line("ATOM", 1, " N", ' ', "ALA", 'A', 5, ' ', 1) +
      line("ATOM", 2, " CA", ' ', "ALA", 'A', 5, ' ', 2) + line("ATOM", 3, " N", ' ', "GLY", 'A', 5, 'B', 3) +
      "TER\n" + line("HETATM", 4, " O", ' ', "HOH", 'A', 6, ' ', 4) +
      line("HETATM", 5, "ZN", ' ', "ZN", 'B', -7, ' ', 5));
  EXPECT_EQ(s.title, "A SHORT ONE");
  ASSERT_EQ(s.chains.size(), 3U) << "water after TER is a chain of its own";
  EXPECT_EQ(s.chains[1].name, "A");
  ASSERT_EQ(s.chains[0].residues.size(), 2U);
  EXPECT_EQ(s.chains[0].residues[1].insertion, 'B');
  EXPECT_EQ(s.chains[0].residues[1].place, "a.pdb:5, chain A, residue GLY 5B");
  EXPECT_TRUE(s.chains[1].residues[0].isHetero);
  EXPECT_EQ(s.chains[2].residues[0].number, -7);
  EXPECT_EQ(s.chains[2].residues[0].atoms[0].element, "Zn");
  const Vec3 r = s.chains[0].residues[0].atoms[1].position;
  EXPECT_NEAR(length(r - Vec3{0.2, 0.4, -0.2}), 0, 1e-15);
  EXPECT_FLOAT_EQ(s.chains[0].residues[0].atoms[1].bFactor, 5);
}

TEST(Pdb, KeepsTheLikeliestAlternative) {
  const Structure s = parse(line("ATOM", 1, " N", ' ', "SER", 'A', 1, ' ', 1) +
                            line("ATOM", 2, " CB", 'A', "SER", 'A', 1, ' ', 2, 0.4) +
                            line("ATOM", 3, " CB", 'B', "SER", 'A', 1, ' ', 3, 0.6) +
                            line("ATOM", 4, " OG", 'A', "SER", 'A', 1, ' ', 4, 0.4) +
                            line("ATOM", 5, " N", 'A', "GLY", 'A', 2, ' ', 5, 0.5) +
                            line("ATOM", 6, " N", 'B', "GLY", 'A', 2, ' ', 6, 0.5) +
                            line("ATOM", 7, " N", 'A', "ILE", 'A', 3, ' ', 7, 0.3) +
                            line("ATOM", 8, " N", 'B', "VAL", 'A', 3, ' ', 8, 0.7));
  const auto& residues = s.chains.at(0).residues;
  ASSERT_EQ(residues.size(), 3U);
  EXPECT_THAT(names(residues[0]), ElementsAre("N", "CB", "OG"))
      << "what the choice lacks comes from the other";
  EXPECT_DOUBLE_EQ(residues[0].atoms[1].position.x, 0.3);
  EXPECT_DOUBLE_EQ(residues[1].atoms[0].position.x, 0.5) << "of equals the first";
  EXPECT_EQ(residues[2].name, "VAL");
  EXPECT_THAT(s.remarks,
              ElementsAre("3 residues have alternative locations, of which the likeliest is kept: B of SER "
                          "1 in chain A, A of GLY 2 in chain A, B of VAL 3 in chain A"));
}

TEST(Pdb, ReadsOneModel) {
  const std::string text = "MODEL        1\n" + line("ATOM", 1, " N", ' ', "ALA", 'A', 1, ' ', 1) +
                           "ENDMDL\n" + "MODEL        7\n" +
                           line("ATOM", 1, " N", ' ', "ALA", 'A', 1, ' ', 2) + "ENDMDL\n" +
                           line("ATOM", 1, " N", ' ', "ALA", 'A', 1, ' ', 3) + "ENDMDL\nEND\n";
  for (int model = 1; model <= 3; ++model) {
    const Structure s = parse(text, model);
    EXPECT_DOUBLE_EQ(s.chains[0].residues[0].atoms[0].position.x, model / 10.0);
    EXPECT_THAT(s.remarks, ElementsAre("model " + std::to_string(model) + " of 3 is read"));
  }
  EXPECT_EQ(test::messageOf([&] { (void)parse(text, 4); }), "a.pdb: has 3 models; model 4 was asked for");
}

TEST(Pdb, TakesTheCellButNotTheDummy) {
  const std::string atom = line("ATOM", 1, " N", ' ', "ALA", 'A', 1, ' ', 1);
  const auto box = [&](const std::string& cell) {
    return parse("CRYST1" + cell + " P 1           1\n" + atom).box;
  };
  EXPECT_EQ(box("   59.062   68.451   30.517  90.00  90.00  90.00"),
            rectangularBox(59.062 / 10, 68.451 / 10, 30.517 / 10));
  EXPECT_FALSE(box("    1.000    1.000    1.000  90.00  90.00  90.00").isPeriodic());
  // A truncated octahedron: edges of equal length, all cosines 1/3.
  const Box octahedron = box("   30.000   30.000   30.000  70.53 109.47  70.53");
  EXPECT_NEAR(octahedron.volume(), 27 * 4 * std::sqrt(3.0) / 9, 1e-3);
  EXPECT_NEAR(dot(octahedron.a, octahedron.b) / 9, 1.0 / 3, 1e-4);
}

TEST(Pdb, FollowsLinks) {
  const std::string atoms = line("ATOM", 1, " SG", ' ', "CYS", 'A', 6, ' ', 1) +
                            line("ATOM", 2, " SG", ' ', "CYS", 'A', 30, ' ', 2) +
                            line("HETATM", 3, " C1", ' ', "NAG", 'B', 1, ' ', 3) +
                            line("HETATM", 4, " O1", ' ', "NAG", 'B', 1, ' ', 4);
  const Structure s = parse(
      "SSBOND   1 CYS A    6    CYS A   30                          1555   1555  2.00\n"
      "SSBOND   2 CYS A    6    CYS A   30                          1555   2555  2.00\n"
      "LINK         SG  CYS A  30                 C1  NAG B   1     1555   1555  1.80\n" +
      atoms + "CONECT    4    3\nCONECT    3    4    9\n");
  EXPECT_THAT(s.links, ElementsAre(std::array{0, 1}, std::array{1, 2}, std::array{2, 3}));
  EXPECT_THAT(s.remarks, ElementsAre("1 link names atoms that are not there, and is left out"));
}

TEST(Pdb, ReadsWhatProgramsWriteThatOutgrewTheColumns) {
  // Residue names of four letters, numbers of five digits; numbers that begin anew.
  const Structure s = parse(
      "ATOM  1      OH2 TIP3 1         8.062  -54.900  20.883  1.00  0.00      TIP3\n"
      "ATOM  5      OH2 TIP3 10000    -50.081 -29.767  34.409  1.00  0.00      TIP3\n" +
      line("ATOM", 6, " O", ' ', "HOH", 'W', 9999, ' ', 1) +
      line("ATOM", 7, " H1", ' ', "HOH", 'W', 9999, ' ', 1) +
      line("ATOM", 8, " O", ' ', "HOH", 'W', 9999, ' ', 1) +
      line("ATOM", 9, " H1", ' ', "HOH", 'W', 9999, ' ', 1));
  ASSERT_EQ(s.chains.size(), 2U);
  EXPECT_EQ(s.chains[0].residues[0].name, "TIP3");
  EXPECT_EQ(s.chains[0].residues[1].number, 10000);
  EXPECT_EQ(s.chains[0].residues[0].atoms[0].element, "O");
  EXPECT_EQ(s.chains[1].residues.size(), 2U);
}

TEST(Pdb, CountsInHybrid36) {
  // The corners that its authors give (cci.lbl.gov/hybrid_36).
  EXPECT_EQ(parseHybrid36("99999"), 99999);
  EXPECT_EQ(parseHybrid36("A0000"), 100000);
  EXPECT_EQ(parseHybrid36("ZZZZZ"), 43770015);
  EXPECT_EQ(parseHybrid36("a0000"), 43770016);
  EXPECT_EQ(parseHybrid36("zzzzz"), 87440031);
  EXPECT_EQ(parseHybrid36("A000"), 10000);
  EXPECT_EQ(parseHybrid36(" -12"), -12);
  EXPECT_EQ(parseHybrid36("A0a0"), std::nullopt);
  EXPECT_EQ(parseHybrid36(" A00"), std::nullopt);
  EXPECT_EQ(parseHybrid36("    "), std::nullopt);
  for (const long long value : {-5LL, 0LL, 9999LL, 10000LL, 1223055LL, 1223056LL, 2436111LL})
    EXPECT_EQ(parseHybrid36(hybrid36(value, 4)), value);
}

TEST(Pdb, GuessesElements) {
  EXPECT_EQ(elementOf(" C", " CA ", "ALA"), "C");
  EXPECT_EQ(elementOf("", " CA ", "ALA"), "C");
  EXPECT_EQ(elementOf("", "CA  ", "CA"), "Ca");
  EXPECT_EQ(elementOf("", "CA  ", "ALA"), "C")
      << "a name out of its columns, in a residue that has no calcium";
  EXPECT_EQ(elementOf("", "HG21", "VAL"), "H");
  EXPECT_EQ(elementOf("", "1HB ", "ALA"), "H");
  EXPECT_EQ(elementOf("", "NA  ", "NA"), "Na");
  EXPECT_EQ(elementOf("", "SE  ", "MSE"), "Se");
  EXPECT_EQ(elementOf("", "C210", "LIP"), "C");
  EXPECT_EQ(elementOf(" D", " D1 ", "DOD"), "D");
  EXPECT_EQ(elementOf("", " ?? ", "UNK"), "X");
}

TEST(Pdb, WritesWhatItReads) {
  ForceFieldTables tables;
  tables.atomTypes = {{"CT", "CT", 6, 12.01, 0, 0.3, 0.4}, {"Na", "Na", 11, 22.99, 1, 0.3, 0.1}};
  tables.atomTypeIndex = {{"CT", 0}, {"Na", 1}};
  MoleculeType type;
  type.name = "m";
  for (const char* name : {"CA", "HG21", "CB"}) {
    MoleculeAtom atom;
    atom.type = "CT";
    atom.residueName = "VAL";
    atom.name = name;
    atom.chain = "A";
    atom.residueNumber = 12'345;
    atom.insertion = 'C';
    type.atoms.push_back(atom);
  }
  MoleculeType ion;
  ion.name = "Na";
  MoleculeAtom sodium;
  sodium.type = sodium.residueName = sodium.name = "Na";
  ion.atoms.push_back(sodium);
  System system;
  system.title = "Three and one";
  system.topology = resolve(tables, {{&type, 1}, {&ion, 1}});
  system.topology.elements[1] = 1;
  system.state.positions = {{0.1, 0.2, 0.3}, {-1, 2, 3.3333}, {0, 0, 0}, {4, 5, 6}};
  system.state.box = rectangularBox(3, 4, 5);
  std::ostringstream text;
  writePdb(text, system);
  const Structure s = parse(text.str());
  EXPECT_EQ(s.title, "Three and one");
  EXPECT_EQ(s.box, system.state.box);
  ASSERT_EQ(s.chains.size(), 2U);
  const StructureResidue& valine = s.chains[0].residues[0];
  EXPECT_THAT(names(valine), ElementsAre("CA", "HG21", "CB"));
  EXPECT_EQ(valine.number, 12'345);
  EXPECT_EQ(valine.insertion, 'C');
  EXPECT_EQ(valine.atoms[1].element, "H");
  // Half the last of three decimals of an Angstrom.
  EXPECT_NEAR(length(valine.atoms[1].position - system.state.positions[1]), 0, 0.51e-4 * std::sqrt(3.0));
  EXPECT_EQ(s.chains[1].residues[0].atoms[0].element, "Na");
  system.state.positions[3].x = 1000;
  EXPECT_EQ(test::messageOf([&] { writePdb(text, system); }),
            "atom 4 lies at 10000.000000 A; a PDB file holds positions from -999.999 to 9999.999 A");
}

std::string gzipped(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string packed(text.size() + 1000, '\0');
  std::string copy = text;
  stream.next_in = reinterpret_cast<Bytef*>(copy.data());
  stream.avail_in = static_cast<uInt>(copy.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  packed.resize(packed.size() - stream.avail_out);
  deflateEnd(&stream);
  return packed;
}

TEST(Pdb, UnpacksGzipOfSeveralMembers) {
  std::string first, second;
  for (int n = 1; n <= 2000; ++n)
    (n <= 900 ? first : second) += line("ATOM", n, " N", ' ', "ALA", 'A', n, ' ', n % 90);
  const std::string packed = gzipped(first) + gzipped(second);
  EXPECT_EQ(parse(packed).chains.at(0).residues.size(), 2000U);
  EXPECT_EQ(test::messageOf([&] { (void)parse(packed.substr(0, packed.size() / 2)); }),
            "a.pdb: the compressed data end too early");
}

TEST(Pdb, BearsLineEndsOfAllSystems) {
  const std::string plain = "TITLE     T\n" + line("ATOM", 1, " N", ' ', "ALA", 'A', 5, ' ', 1) + "END\n";
  for (const char* end : {"\r\n", "\r"}) {
    std::string other;
    for (const char c : plain) other += c == '\n' ? std::string(end) : std::string(1, c);
    const Structure s = parse(other);
    EXPECT_EQ(s.title, "T");
    EXPECT_EQ(s.chains.at(0).residues.at(0).place, "a.pdb:2, chain A, residue ALA 5");
  }
}

TEST(Pdb, ReadsFilesAsTheyCome) {
  AULA_NEED_SHARED_DATA(data, "molecules");
  const auto atoms = [](const Structure& s) {
    std::size_t count = 0;
    for (const auto& chain : s.chains)
      for (const auto& residue : chain.residues) count += residue.atoms.size();
    return count;
  };
  const Structure lysozyme = readStructure(data / "1aki.pdb");
  EXPECT_EQ(atoms(lysozyme), 1001U);
  EXPECT_EQ(lysozyme.links.size(), 4U) << "disulphides";
  EXPECT_THAT(lysozyme.remarks, IsEmpty());
  EXPECT_EQ(atoms(readStructure(data / "5dfr_minimized.pdb")), 2489U);
  EXPECT_EQ(atoms(readStructure(data / "bpti.pdb")), 892U);
  EXPECT_EQ(readStructure(data / "bpti.pdb").links.size(), 3U);
  EXPECT_FALSE(readStructure(data / "1T2Y.pdb").box.isPeriodic());
  // Three alternatives at two names: ILE A and B at 0.20, LEU C at 0.60.
  const Structure alternatives = readStructure(data / "altlocs.pdb");
  EXPECT_EQ(alternatives.chains[0].residues[0].name, "LEU");
  EXPECT_EQ(atoms(alternatives), 19U);
  const Structure peptide = readStructure(data / "6mvz.cif");
  ASSERT_EQ(peptide.chains.size(), 3U);
  EXPECT_EQ(peptide.chains[0].residues[0].name, "MLE");
  EXPECT_EQ(peptide.links.size(), 3U);
  EXPECT_NEAR(peptide.box.b.y, 1.9173, 1e-12);
}

const std::string kCif =
    "data_TEST\n_struct.title 'A test'\n_cell.length_a 10\n_cell.length_b 20\n_cell.length_c 30\n"
    "_cell.angle_alpha 90\n_cell.angle_beta 90\n_cell.angle_gamma 90\nloop_\n_atom_site.group_PDB\n"
    "_atom_site.id\n_atom_site.type_symbol\n_atom_site.label_atom_id\n_atom_site.label_alt_id\n"
    "_atom_site.label_comp_id\n_atom_site.label_asym_id\n_atom_site.auth_seq_id\n_atom_site.Cartn_x\n"
    "_atom_site.Cartn_y\n_atom_site.Cartn_z\n_atom_site.occupancy\n_atom_site.pdbx_PDB_model_num\n"
    "ATOM 1 C CA . ALA A 1 1.0 2.0 3.0 1.0 1\n"
    "ATOM 2 O \"O5'\" A ALA A 1 4.0 5.0 6.0 0.4 1\n"
    "ATOM 3 O \"O5'\" B ALA A 1 7.0 5.0 6.0 0.6 1\n"
    "ATOM 1 C CA . ALA A 1 1.5 2.0 3.0 1.0 2\n";

TEST(Mmcif, ReadsTheTableOfAtoms) {
  const Structure s = parseStructure(kCif, "a.cif");
  EXPECT_EQ(s.title, "A test");
  EXPECT_EQ(s.box, rectangularBox(1, 2, 3));
  const StructureResidue& alanine = s.chains.at(0).residues.at(0);
  EXPECT_THAT(names(alanine), ElementsAre("CA", "O5'"));
  EXPECT_DOUBLE_EQ(alanine.atoms[1].position.x, 0.7);
  EXPECT_EQ(alanine.place, "a.cif, chain A, residue ALA 1");
  EXPECT_DOUBLE_EQ(parseStructure(kCif, "a.cif", 2).chains[0].residues[0].atoms[0].position.x, 0.15);
}

}  // namespace
