// SPDX-License-Identifier: Apache-2.0
#include "molecular/prepare/peptide.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/units/constants.h"

using namespace aula;
using namespace aula::molecular;

namespace {

const std::string kAllTwenty = "ARNDCQEGHILKMFPSTWYV";

double dihedral(Vec3 a, Vec3 b, Vec3 c, Vec3 d) {
  const Vec3 n1 = core::cross(b - a, c - b), n2 = core::cross(c - b, d - c);
  return std::atan2(core::dot(core::cross(n1, n2), core::normalised(c - b)), core::dot(n1, n2)) * 180 /
         core::kPi;
}
double turn(double a, double b) {
  return std::abs(std::remainder(a - b, 360.0));
}

Vec3 at(const StructureResidue& residue, const std::string& name) {
  for (const StructureAtom& atom : residue.atoms)
    if (atom.name == name) return atom.position;
  ADD_FAILURE() << residue.name << " has no " << name;
  return {};
}

const ForceField* forceField() {
  static const ForceField read = gromacsData().empty() ? ForceField() : readForceField("amber99sb-ildn");
  return gromacsData().empty() ? nullptr : &read;
}
#define NEED_FORCE_FIELD()     \
  if (forceField() == nullptr) \
  GTEST_SKIP() << "GROMACS' force fields are not installed: apt install gromacs-data"

/// The smallest distance between atoms that are not excluded from each other.
double leastDistance(const System& system) {
  const Topology& topology = system.topology;
  double least = 1e9;
  for (int i = 0; i < topology.atomCount(); ++i) {
    const std::set<int> excluded(topology.exclusions.begin() + topology.exclusionStart[std::size_t(i)],
                                 topology.exclusions.begin() + topology.exclusionStart[std::size_t(i) + 1]);
    for (int j = 0; j < i; ++j)
      if (excluded.count(j) == 0)
        least = std::min(least, core::length(system.state.positions[std::size_t(i)] -
                                             system.state.positions[std::size_t(j)]));
  }
  return least;
}

TEST(PeptideSequence, ReadsLettersAndCodes) {
  EXPECT_EQ(parseSequence("AGP"), (std::vector<std::string>{"ALA", "GLY", "PRO"}));
  EXPECT_EQ(parseSequence("Ala-Gly-PRO"), (std::vector<std::string>{"ALA", "GLY", "PRO"}));
  EXPECT_EQ(parseSequence("Trp"), (std::vector<std::string>{"TRP"}));
  EXPECT_EQ(parseSequence("ALA"), (std::vector<std::string>{"ALA", "LEU", "ALA"}));
  const auto message = [](const std::string& sequence) -> std::string {
    try {
      (void)parseSequence(sequence);
    } catch (const core::Error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(message("AGX"),
            "the sequence has \"X\" at character 3, which is none of the twenty amino acids (one letter "
            "each, as in AGS, "
            "or three-letter codes, as in Ala-Gly-Ser)");
  EXPECT_EQ(message("Ala-Xyz").substr(0, 40), "the sequence has \"Xyz\" at character 5, w");
  EXPECT_EQ(message(""), "the sequence has no residues");
  EXPECT_EQ(message(std::string(2001, 'A')), "the sequence has more than 2000 residues");
}

TEST(Peptide, HasTheTorsionsAskedFor) {
  for (const SecondaryStructure structure :
       {SecondaryStructure::extended, SecondaryStructure::helix, SecondaryStructure::helix310,
        SecondaryStructure::strand, SecondaryStructure::polyproline}) {
    PeptideOptions options;
    options.structure = structure;
    const BackboneTorsions asked = torsionsOf(structure);
    const std::vector<StructureResidue> chain =
        peptideStructure(parseSequence("AGSVK"), options).chains[0].residues;
    for (std::size_t r = 1; r + 1 < chain.size(); ++r) {
      EXPECT_LT(
          turn(dihedral(at(chain[r - 1], "C"), at(chain[r], "N"), at(chain[r], "CA"), at(chain[r], "C")),
               asked.phi),
          1e-6);
      EXPECT_LT(
          turn(dihedral(at(chain[r], "N"), at(chain[r], "CA"), at(chain[r], "C"), at(chain[r + 1], "N")),
               asked.psi),
          1e-6);
      const bool isLast = chain[r + 1].name == "NME";
      EXPECT_LT(turn(dihedral(at(chain[r], "CA"), at(chain[r], "C"), at(chain[r + 1], "N"),
                              at(chain[r + 1], isLast ? "CH3" : "CA")),
                     180),
                1e-6);
    }
  }
}

TEST(Peptide, TakesAListOfTorsions) {
  PeptideOptions options;
  options.torsions = {{-60, -40, 180}, {60, 30, 180}, {-100, 120, 0}};
  const std::vector<StructureResidue> chain =
      peptideStructure(parseSequence("AGA"), options).chains[0].residues;
  for (std::size_t r = 1; r < 4; ++r) {
    const BackboneTorsions& asked = options.torsions[r - 1];
    EXPECT_LT(turn(dihedral(at(chain[r - 1], "C"), at(chain[r], "N"), at(chain[r], "CA"), at(chain[r], "C")),
                   asked.phi),
              1e-6);
    EXPECT_LT(turn(dihedral(at(chain[r - 1], r == 1 ? "CH3" : "CA"), at(chain[r - 1], "C"), at(chain[r], "N"),
                            at(chain[r], "CA")),
                   asked.omega),
              1e-6);
  }
  options.torsions.pop_back();
  EXPECT_THROW((void)peptideStructure(parseSequence("AGA"), options), core::Error);
  options.torsions = {{-60, -40, 180}, {60, 30, 180}};
  try {
    (void)peptideStructure(parseSequence("AP"), options);
    ADD_FAILURE() << "proline's ring cannot be turned to phi 60";
  } catch (const core::Error& error) {
    EXPECT_STREQ(error.what(), "phi of residue PRO 2 is asked to be 60 degrees; its ring allows -110 to -25");
  }
}

// In a helix the oxygen of residue i meets the nitrogen of i + 4: 0.29 nm in Arnott and Dover's model, 0.31
// with the angles of Engh and Huber; nearer than 0.25 or beyond 0.35 there is no hydrogen bond.
TEST(Peptide, HelixHasItsHydrogenBonds) {
  PeptideOptions options;
  options.structure = SecondaryStructure::helix;
  const std::vector<StructureResidue> chain =
      peptideStructure(parseSequence("AAAAAAAAAA"), options).chains[0].residues;
  for (std::size_t r = 0; r + 4 < chain.size(); ++r) {
    const double distance = core::length(at(chain[r], "O") - at(chain[r + 4], "N"));
    EXPECT_GT(distance, 0.25);
    EXPECT_LT(distance, 0.35);
  }
  // Pauling's helix: 0.15 nm of rise and 100 degrees a residue, CA 0.23 nm from the axis. Nine residues are
  // two and a half turns: the ends stand on opposite sides, sqrt(1.35^2 + 0.46^2) nm apart. The angles of
  // Engh and Huber make the rise 0.155 nm at these torsions, which is 0.05 nm more.
  EXPECT_NEAR(core::length(at(chain[1], "CA") - at(chain[10], "CA")), 1.43, 0.06);
}

TEST(Peptide, IsOfTheLForm) {
  const Structure structure = peptideStructure(parseSequence(kAllTwenty));
  for (const StructureResidue& residue : structure.chains[0].residues) {
    if (residue.name == "GLY" || residue.name == "ACE" || residue.name == "NME") continue;
    // Looked at from the hydrogen, CO, R and N follow each other clockwise.
    const Vec3 centre = at(residue, "CA");
    EXPECT_GT(core::dot(core::cross(at(residue, "N") - centre, at(residue, "C") - centre),
                        at(residue, "CB") - centre),
              0)
        << residue.name;
    // The second centres: (2S,3R)-threonine, (2S,3S)-isoleucine.
    for (const auto& [name, first, second] :
         {std::array{"THR", "OG1", "CG2"}, std::array{"ILE", "CG1", "CG2"}}) {
      if (residue.name != name) continue;
      const Vec3 beta = at(residue, "CB");
      EXPECT_GT(core::dot(core::cross(at(residue, first) - beta, at(residue, second) - beta), centre - beta),
                0)
          << name;
    }
  }
}

TEST(Peptide, BondsAreAsLongAsTheForceFieldWants) {
  NEED_FORCE_FIELD();
  for (const bool hasCaps : {true, false})
    for (const SecondaryStructure structure : {SecondaryStructure::extended, SecondaryStructure::helix,
                                               SecondaryStructure::strand, SecondaryStructure::polyproline}) {
      PeptideOptions options;
      options.structure = structure;
      options.hasCaps = hasCaps;
      const System system = buildPeptide(kAllTwenty, *forceField(), options);
      for (const Bond& bond : system.topology.bonds) {
        const double length = core::length(system.state.positions[std::size_t(bond.i)] -
                                           system.state.positions[std::size_t(bond.j)]);
        EXPECT_NEAR(length, bond.length, 0.03 * bond.length)
            << system.topology.residues[std::size_t(system.topology.residueOf[std::size_t(bond.i)])].name
            << " " << system.topology.names[std::size_t(bond.i)] << "-"
            << system.topology.names[std::size_t(bond.j)];
      }
    }
}

// Below 0.08 nm two atoms would lie inside each other. Hydrogens of proline and of the residue before it come
// to 0.11 nm where both stand stretched out, which no real chain does.
TEST(Peptide, NothingRunsIntoAnything) {
  NEED_FORCE_FIELD();
  for (const SecondaryStructure structure : {SecondaryStructure::extended, SecondaryStructure::helix,
                                             SecondaryStructure::strand, SecondaryStructure::polyproline})
    for (const std::string& sequence : {kAllTwenty, std::string(kAllTwenty.rbegin(), kAllTwenty.rend()),
                                        std::string("WWWWWWFFYYHHRRKK"), std::string("VVVVIIIITTTT")}) {
      PeptideOptions options;
      options.structure = structure;
      EXPECT_GT(leastDistance(buildPeptide(sequence, *forceField(), options)), 0.1)
          << sequence << " " << int(structure);
    }
}

TEST(Peptide, AlanineDipeptideIsWhatItsNameSays) {
  NEED_FORCE_FIELD();
  const System system = buildPeptide("A", *forceField());
  EXPECT_EQ(system.topology.atomCount(), 22);
  EXPECT_EQ(system.topology.residues.size(), 3u);
  double charge = 0, mass = 0;
  for (const double q : system.topology.charges) charge += q;
  for (const double m : system.topology.masses) mass += m;
  EXPECT_NEAR(charge, 0, 1e-9);
  // C6 H12 N2 O2 with the force field's masses.
  EXPECT_NEAR(mass, 6 * 12.01 + 12 * 1.008 + 2 * 14.01 + 2 * 16.00, 1e-6);
  EXPECT_EQ(system.topology.molecules.size(), 1u);
  EXPECT_FALSE(system.state.box.isPeriodic());
}

}  // namespace
