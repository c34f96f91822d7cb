// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "core/error.h"
#include "molecular/prepare/prepare.h"
#include "support/shared_data.h"

/// Strange files from other programs' tests: a system, or a message that names residue and line.
namespace {

using namespace aula;
using namespace aula::molecular;

std::string messageOf(const std::string& name) {
  try {
    (void)prepare(readStructure(test::sharedData() / "molecules" / name), readForceField());
  } catch (const core::Error& error) {
    EXPECT_EQ(error.fault(), core::Fault::input);
    return error.what();
  }
  return "";
}

#define NEED_FILES()                          \
  AULA_NEED_SHARED_DATA(folder, "molecules"); \
  if (gromacsData().empty())                  \
  GTEST_SKIP() << "GROMACS' force fields are not installed: apt install gromacs-data"

// One residue in two kinds, Ile and Leu: that of the highest occupancy is left, alone in its chain, for which
// AMBER has no form with both ends charged.
TEST(StrangeFiles, OfAlternativesOneIsTaken) {
  NEED_FILES();
  EXPECT_EQ(messageOf("altlocs.pdb"),
            "residue LEU 25 of chain A (altlocs.pdb:39) stands alone in its chain; the force field "
            "amber99sb-ildn has no "
            "template of LEU for that place (.r2b). Cap the chain (ACE before, NME after), or choose another "
            "form of the "
            "residue");
}

TEST(StrangeFiles, UnknownResiduesAreNamed) {
  NEED_FILES();
  EXPECT_EQ(
      messageOf("mda_5digitResid.pdb"),
      "the force field amber99sb-ildn has no template (.rtp) for 5 residues:\n  TIP3 1 "
      "(mda_5digitResid.pdb:4)\n"
      "  TIP3 10 (mda_5digitResid.pdb:5)\n  TIP3 100 (mda_5digitResid.pdb:6)\n  TIP3 1000 "
      "(mda_5digitResid.pdb:7)\n"
      "  TIP3 10000 (mda_5digitResid.pdb:8)\nLeave them out of the file, or use a force field that has them");
  EXPECT_NE(messageOf("mda_CONECT2TER.pdb").find("\n  ABC 1 of chain A (mda_CONECT2TER.pdb:5)\n"),
            std::string::npos);
  // N-methyl leucine and trifluoroacetate of a designed peptide.
  EXPECT_NE(messageOf("6mvz.cif").find("\n  MLE 1001 of chain A (6mvz.cif)\n"), std::string::npos);
}

TEST(StrangeFiles, MissingAtomsAreNamed) {
  NEED_FILES();
  // Nothing but CA, of residues that are not even bonded: 0.38 nm from CA to CA, as in a chain.
  EXPECT_EQ(messageOf("mda_incomplete.pdb"),
            "atoms are missing that the templates of the force field amber99sb-ildn have; only hydrogens and "
            "terminal "
            "oxygens are added:\n"
            "  residue LYS 1 of chain A (mda_incomplete.pdb:3) lacks N, CB, CG, CD, CE, NZ, C and O\n"
            "  residue VAL 2 of chain A (mda_incomplete.pdb:4) lacks N, CB, CG1, CG2, C and O\n"
            "  residue PHE 3 of chain A (mda_incomplete.pdb:5) lacks N, CB, CG, CD1, CE1, CZ, CE2, CD2, C, "
            "OC1 and OC2\n"
            "Complete the structure with a modelling program");
  EXPECT_NE(messageOf("mda_varying_occ_tmp.pdb")
                .find("residue PRO 1 of chain A (mda_varying_occ_tmp.pdb:5) lacks CD"),
            std::string::npos);
}

}  // namespace
