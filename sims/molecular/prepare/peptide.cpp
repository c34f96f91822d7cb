// SPDX-License-Identifier: Apache-2.0
#include "molecular/prepare/peptide.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <limits>
#include <utility>

#include "core/error.h"
#include "core/text.h"
#include "core/units/constants.h"
#include "molecular/prepare/hydrogen_rules.h"
#include "molecular/prepare/residue_geometry.h"

namespace aula::molecular {
namespace {

constexpr std::size_t kMostResidues = 2000;
/// Where proline's ring lets phi be, degrees, and where its two puckers meet.
constexpr double kLeastProlinePhi = -110, kMostProlinePhi = -25, kProlinePucker = -62, kProlinePhi = -70;
/// Heavy atoms of a side chain that come nearer than this to others are in their way, nm.
constexpr double kClearance = 0.30;

double radians(double degrees) {
  return degrees * core::kPi / 180;
}

Vec3 placed(Vec3 i, Vec3 j, Vec3 k, double length, double angle, double dihedral) {
  return placeByInternal(i, j, k, length, radians(angle), radians(dihedral));
}

const StructureAtom& atomOf(const StructureResidue& residue, const std::string& name) {
  return *std::find_if(residue.atoms.begin(), residue.atoms.end(),
                       [&](const StructureAtom& atom) { return atom.name == name; });
}
Vec3 at(const StructureResidue& residue, const std::string& name) {
  return atomOf(residue, name).position;
}

void add(StructureResidue& residue, const std::string& name, Vec3 position) {
  residue.atoms.push_back({name, name.substr(0, 1), position, 1, 0});
}

std::vector<BackboneTorsions> torsionsFor(const std::vector<std::string>& residues,
                                          const PeptideOptions& options) {
  if (!options.torsions.empty() && options.torsions.size() != residues.size())
    throw core::inputError("the peptide has " + std::to_string(residues.size()) + " residues, but " +
                           std::to_string(options.torsions.size()) + " pairs of torsions are given");
  std::vector<BackboneTorsions> torsions = options.torsions;
  if (torsions.empty()) {
    torsions.assign(residues.size(), torsionsOf(options.structure));
    for (std::size_t r = 0; r < residues.size(); ++r)
      if (residues[r] == "PRO" && (torsions[r].phi < kLeastProlinePhi || torsions[r].phi > kMostProlinePhi))
        torsions[r].phi = kProlinePhi;
  }
  for (std::size_t r = 0; r < residues.size(); ++r) {
    if (!std::isfinite(torsions[r].phi + torsions[r].psi + torsions[r].omega))
      throw core::inputError("a torsion of residue " + residues[r] + " " + std::to_string(r + 1) +
                             " is not a finite number of degrees");
    const double phi = std::remainder(torsions[r].phi, 360.0);
    const bool hasPhi = r > 0 || options.hasCaps;
    if (residues[r] != "PRO" || !hasPhi || (phi >= kLeastProlinePhi && phi <= kMostProlinePhi)) continue;
    char text[160];
    std::snprintf(text, sizeof text,
                  "phi of residue PRO %zu is asked to be %.4g degrees; its ring allows %.4g to %.4g", r + 1,
                  phi, kLeastProlinePhi, kMostProlinePhi);
    throw core::inputError(text);
  }
  return torsions;
}

/// N, CA, C of all residues and caps: each atom from the three before it.
void buildBackbone(std::vector<StructureResidue>& chain, const std::vector<BackboneTorsions>& torsions,
                   bool hasCaps) {
  for (std::size_t c = 0; c < chain.size(); ++c) {
    StructureResidue& residue = chain[c];
    if (residue.name == "ACE") {
      add(residue, "CH3", {0, 0, 0});
      add(residue, "C", {0.1516, 0, 0});
      continue;
    }
    const std::string next = c + 1 < chain.size() ? chain[c + 1].name : "";
    const BackboneGeometry shape = backboneOf(residue.name, next);
    const std::size_t r = c - (hasCaps ? 1 : 0);
    if (c == 0) {
      add(residue, "N", {0, 0, 0});
      add(residue, "CA", {shape.lengthNA, 0, 0});
      add(residue, "C",
          placed({shape.lengthNA, 0, 0}, {0, 0, 0}, {0, 1, 0}, shape.lengthAC, shape.angleNAC, 0));
      continue;
    }
    const StructureResidue& before = chain[c - 1];
    const bool isAfterCap = before.name == "ACE";
    const BackboneGeometry shapeBefore = backboneOf(before.name, residue.name);
    const Vec3 anchor = at(before, isAfterCap ? "CH3" : "CA"), carbonyl = at(before, "C");
    // Nothing turns the first peptide plane after a cap.
    const Vec3 third = isAfterCap ? Vec3{0, 1, 0} : at(before, "N");
    const double psi = isAfterCap ? 0 : torsions[r - 1].psi;
    const Vec3 n = placed(carbonyl, anchor, third, shapeBefore.lengthCN, shapeBefore.angleACN, psi);
    const double omega = residue.name == "NME" ? 180 : torsions[r].omega;
    const bool isCap = residue.name == "NME";
    add(residue, "N", n);
    add(residue, isCap ? "CH3" : "CA", placed(n, carbonyl, anchor, shape.lengthNA, shape.angleCNA, omega));
    if (!isCap)
      add(residue, "C",
          placed(at(residue, "CA"), n, carbonyl, shape.lengthAC, shape.angleNAC, torsions[r].phi));
  }
}

/// Carbonyl oxygens, opposite the next nitrogen; the two of a charged end.
void addOxygens(std::vector<StructureResidue>& chain, const std::vector<BackboneTorsions>& torsions) {
  for (std::size_t c = 0; c < chain.size(); ++c) {
    StructureResidue& residue = chain[c];
    if (residue.name == "NME") continue;
    const Vec3 carbonyl = at(residue, "C"), anchor = at(residue, residue.name == "ACE" ? "CH3" : "CA");
    if (c + 1 < chain.size()) {
      add(residue, "O",
          placed(carbonyl, anchor, at(chain[c + 1], "N"), kCarbonylLength, kCarbonylAngle, 180));
    } else {
      const double psi = torsions.back().psi;
      const Vec3 n = at(residue, "N");
      add(residue, "O", placed(carbonyl, anchor, n, kCarboxylateLength, kCarboxylateAngle, psi + 180));
      add(residue, "OXT", placed(carbonyl, anchor, n, kCarboxylateLength, kCarboxylateAngle, psi));
    }
  }
}

/// CB, by its angles to N and to C, on the side of the L form.
void addBeta(StructureResidue& residue) {
  if (residue.name == "GLY" || residue.name == "ACE" || residue.name == "NME") return;
  const BackboneGeometry shape = backboneOf(residue.name, "");
  const double a = radians(shape.angleNAC), b = radians(shape.angleNAB), c = radians(shape.angleCAB);
  const double turn = std::acos((std::cos(c) - std::cos(a) * std::cos(b)) / (std::sin(a) * std::sin(b)));
  add(residue, "CB",
      placeByInternal(at(residue, "CA"), at(residue, "N"), at(residue, "C"), shape.lengthAB, b, -turn));
}

/// The smallest distance of the atoms from `first` on to any other that is not near along bonds, nm.
double clearance(const std::vector<StructureResidue>& chain, std::size_t own, std::size_t first) {
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t k = first; k < chain[own].atoms.size(); ++k)
    for (std::size_t c = 0; c < chain.size(); ++c)
      for (const StructureAtom& other : chain[c].atoms) {
        // Within the residue, and to the atoms that the neighbours' peptide bonds put there, the shape
        // decides.
        const bool isNear =
            c == own || (c + 1 == own && other.name == "C") || (c == own + 1 && other.name == "N");
        if (!isNear) least = std::min(least, core::length(chain[own].atoms[k].position - other.position));
      }
  return least;
}

void addSideChain(std::vector<StructureResidue>& chain, std::size_t c, double phi) {
  StructureResidue& residue = chain[c];
  const SideChain* sideChain = findSideChain(residue.name);
  if (sideChain == nullptr || sideChain->atoms.empty()) return;
  const std::size_t first = residue.atoms.size();
  std::vector<std::array<double, 4>> rotamers = sideChain->rotamers;
  // Proline's pucker goes with phi (Ho, Coutsias, Seok and Dill 2005).
  if (residue.name == "PRO" && phi > kProlinePucker) std::swap(rotamers[0], rotamers[1]);
  std::vector<StructureAtom> best;
  double bestClearance = -1;
  for (const std::array<double, 4>& rotamer : rotamers) {
    residue.atoms.resize(first);
    for (const SideAtom& atom : sideChain->atoms) {
      const double chi = atom.chi > 0 ? rotamer[static_cast<std::size_t>(atom.chi - 1)] : 0;
      add(residue, atom.name,
          placed(at(residue, atom.bonded), at(residue, atom.second), at(residue, atom.third), atom.length,
                 atom.angle, chi + atom.offset));
    }
    const double found = clearance(chain, c, first);
    if (found > bestClearance) {
      bestClearance = found;
      best = residue.atoms;
    }
    if (found >= kClearance || residue.name == "PRO") break;
  }
  residue.atoms = std::move(best);
}

/// Hydrogens stand 0.1 nm out; every bond to one gets its equilibrium length.
void stretchHydrogens(System& system) {
  const Topology& topology = system.topology;
  for (const Bond& bond : topology.bonds) {
    const auto isHydrogen = [&](int atom) { return topology.elements[static_cast<std::size_t>(atom)] == 1; };
    if (isHydrogen(bond.i) == isHydrogen(bond.j)) continue;
    const auto moved = static_cast<std::size_t>(isHydrogen(bond.i) ? bond.i : bond.j);
    const Vec3 fixed = system.state.positions[static_cast<std::size_t>(isHydrogen(bond.i) ? bond.j : bond.i)];
    Vec3& position = system.state.positions[moved];
    position = fixed + bond.length * core::normalised(position - fixed);
  }
}

}  // namespace

BackboneTorsions torsionsOf(SecondaryStructure structure) {
  switch (structure) {
    case SecondaryStructure::helix:
      return {-57, -47, 180};
    case SecondaryStructure::helix310:
      return {-49, -26, 180};
    case SecondaryStructure::strand:
      return {-139, 135, 180};
    case SecondaryStructure::polyproline:
      return {-75, 145, 180};
    default:
      return {180, 180, 180};
  }
}

std::vector<std::string> parseSequence(const std::string& sequence) {
  std::vector<std::string> residues;
  const auto upper = [](std::string text) {
    for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
  };
  const bool hasCodes = sequence.find_first_of(" -\t\n,") != std::string::npos ||
                        std::any_of(sequence.begin(), sequence.end(),
                                    [](char c) { return std::islower(static_cast<unsigned char>(c)) != 0; });
  for (std::size_t from = 0; from < sequence.size();) {
    std::size_t end = hasCodes ? sequence.find_first_of(" -\t\n,", from) : from + 1;
    end = std::min(end, sequence.size());
    const std::string word = sequence.substr(from, end - from);
    const std::size_t position = from + 1;
    from = end + (hasCodes ? 1 : 0);
    if (word.empty()) continue;
    const auto& table = sideChains();
    const auto found = std::find_if(table.begin(), table.end(), [&](const SideChain& sideChain) {
      return hasCodes ? upper(word) == sideChain.residue : word[0] == sideChain.letter;
    });
    if (found == table.end())
      throw core::inputError(
          "the sequence has " + core::quoted(word) + " at character " + std::to_string(position) +
          ", which is none of the twenty amino acids (one letter each, as in AGS, or three-letter "
          "codes, as in Ala-Gly-Ser)");
    residues.emplace_back(found->residue);
    if (residues.size() > kMostResidues)
      throw core::inputError("the sequence has more than " + std::to_string(kMostResidues) + " residues");
  }
  if (residues.empty()) throw core::inputError("the sequence has no residues");
  return residues;
}

Structure peptideStructure(const std::vector<std::string>& residues, const PeptideOptions& options) {
  const std::vector<BackboneTorsions> torsions = torsionsFor(residues, options);
  std::vector<std::string> names = residues;
  if (options.hasCaps) {
    names.insert(names.begin(), "ACE");
    names.emplace_back("NME");
  }
  StructureChain chain;
  chain.name = "A";
  std::string title = "peptide";
  for (std::size_t c = 0; c < names.size(); ++c) {
    StructureResidue residue;
    residue.name = names[c];
    residue.number = static_cast<int>(c) + (options.hasCaps ? 0 : 1);
    chain.residues.push_back(std::move(residue));
    title += (c == 0 ? " " : "-") + names[c];
  }
  buildBackbone(chain.residues, torsions, options.hasCaps);
  addOxygens(chain.residues, torsions);
  for (StructureResidue& residue : chain.residues) addBeta(residue);
  // Proline's ring cannot give way: it stands before others look for room.
  for (const bool isProline : {true, false})
    for (std::size_t c = 0; c < names.size(); ++c)
      if (names[c] != "ACE" && names[c] != "NME" && (names[c] == "PRO") == isProline)
        addSideChain(chain.residues, c, torsions[c - (options.hasCaps ? 1 : 0)].phi);
  Structure structure;
  structure.title = title;
  structure.chains.push_back(std::move(chain));
  return structure;
}

System buildPeptide(const std::string& sequence, const ForceField& forceField,
                    const PeptideOptions& options) {
  System system = prepare(peptideStructure(parseSequence(sequence), options), forceField);
  stretchHydrogens(system);
  return system;
}

}  // namespace aula::molecular
