// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>

#include "core/error.h"
#include "core/units/constants.h"
#include "molecular/prepare/prepare.h"
#include "molecular/prepare/steps.h"

namespace aula::molecular {
namespace {

/// Whether a hydrogen on `ring`, 0.1 nm out in the ring's plane, points at an acceptor.
bool bindsAcceptor(Vec3 ring, Vec3 one, Vec3 other, const std::vector<Vec3>& acceptors,
                   const PrepareOptions& options) {
  const Vec3 hydrogen = ring + 0.1 * core::normalised((ring - one) + (ring - other));
  const Vec3 toRing = ring - hydrogen;
  return std::any_of(acceptors.begin(), acceptors.end(), [&](Vec3 acceptor) {
    if (core::length(acceptor - ring) >= options.hydrogenBondDistance) return false;
    const Vec3 toAcceptor = acceptor - hydrogen;
    const double cosine = core::dot(toRing, toAcceptor) / (core::length(toRing) * core::length(toAcceptor));
    return std::acos(std::clamp(cosine, -1.0, 1.0)) * 180 / core::kPi > options.hydrogenBondAngle;
  });
}

}  // namespace

// A proton sits on NE2 unless that on ND1 would make a hydrogen bond; on both where both would. Oxygens
// accept.
void chooseHistidines(WorkMolecule& molecule, const PrepareOptions& options,
                      std::vector<std::string>& remarks) {
  static constexpr std::array<const char*, 9> kAcceptors{"O",  "OD1", "OD2", "OE1", "OE2",
                                                         "OG", "OG1", "OH",  "OW"};
  std::vector<Vec3> acceptors;
  for (const WorkResidue& residue : molecule.residues)
    for (const WorkAtom& atom : residue.atoms)
      if (std::any_of(kAcceptors.begin(), kAcceptors.end(),
                      [&](const char* name) { return atom.name == name; }))
        acceptors.push_back(atom.position);
  for (WorkResidue& residue : molecule.residues) {
    if (!sameName(residue.name, "HIS") || !residue.entry.empty()) continue;
    std::array<Vec3, 5> ring;
    static constexpr std::array<const char*, 5> kRing{"CG", "ND1", "CE1", "NE2", "CD2"};
    std::string missing;
    for (std::size_t k = 0; k < ring.size(); ++k) {
      const int at = residue.find(kRing[k]);
      if (at < 0)
        missing += std::string(missing.empty() ? "" : ", ") + kRing[k];
      else
        ring[k] = residue.atoms[static_cast<std::size_t>(at)].position;
    }
    if (!missing.empty())
      throw core::inputError(
          residue.where() + " lacks " + missing +
          " of its ring, so that its protons cannot be chosen; complete the structure or choose "
          "HISD, HISE or HISH for it");
    const bool onDelta = bindsAcceptor(ring[1], ring[0], ring[2], acceptors, options);
    const bool onEpsilon = bindsAcceptor(ring[3], ring[2], ring[4], acceptors, options);
    residue.entry = onDelta ? (onEpsilon ? "HISH" : "HISD") : "HISE";
    remarks.push_back("residue " + residue.title() + ": " +
                      (residue.entry == "HISH"   ? "protons on both nitrogens (HISH)"
                       : residue.entry == "HISD" ? "proton on ND1 (HISD)"
                                                 : "proton on NE2 (HISE)") +
                      ", by its hydrogen bonds");
  }
}

}  // namespace aula::molecular
