// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/error.h"
#include "molecular/model/random.h"
#include "molecular/prepare/cell_grid.h"
#include "molecular/prepare/join.h"
#include "molecular/prepare/solvate.h"

namespace aula::molecular {

namespace {

constexpr double kMolesPerLitre = 0.602214076;     ///< In molecules a nm^3.
constexpr double kCalorie = 4.184;                 ///< J
constexpr double kSigmaOfHalfMinimum = 0.1781797;  ///< 2 / 2^(1/6) / 10: nm of sigma an Angstrom of Rmin/2

/// Molecules of rigid water, of three sites, by the oxygen's settle.
std::vector<int> waters(const Topology& topology) {
  std::vector<bool> isOxygen(static_cast<std::size_t>(topology.atomCount()), false);
  for (const Settle& settle : topology.settles) isOxygen[static_cast<std::size_t>(settle.oxygen)] = true;
  std::vector<int> found;
  for (std::size_t n = 0; n < topology.molecules.size(); ++n) {
    const Molecule& molecule = topology.molecules[n];
    if (molecule.atomCount == 3 && isOxygen[static_cast<std::size_t>(molecule.firstAtom)])
      found.push_back(static_cast<int>(n));
  }
  return found;
}

int chargeOf(const Topology& ion, const char* what, bool isPositive) {
  const double sum = std::accumulate(ion.charges.begin(), ion.charges.end(), 0.0);
  const double whole = std::round(sum);
  if (ion.atomCount() != 1 || std::fabs(sum - whole) > 1e-6 || (isPositive ? whole < 1 : whole > -1))
    throw core::inputError(std::string("the ") + what + " ion must be one atom of a whole charge " +
                           (isPositive ? "above" : "below") + " 0; it has " +
                           std::to_string(ion.atomCount()) + " atoms and " + std::to_string(sum) + " e");
  return static_cast<int>(whole);
}

}  // namespace

Ion sodium(WaterModel model) {
  const bool isSpce = model == WaterModel::spce;
  return {"NA",
          "Na",
          11,
          22.98977,
          1,
          (isSpce ? 1.212 : 1.369) * kSigmaOfHalfMinimum,
          (isSpce ? 0.3526418 : 0.0874393) * kCalorie};
}

Ion chloride(WaterModel model) {
  const bool isSpce = model == WaterModel::spce;
  return {"CL",
          "Cl",
          17,
          35.453,
          -1,
          (isSpce ? 2.711 : 2.513) * kSigmaOfHalfMinimum,
          (isSpce ? 0.0127850 : 0.0355910) * kCalorie};
}

Topology topologyOf(const Ion& ion) {
  ForceFieldTables tables;
  tables.atomTypes.push_back({ion.type, ion.type, ion.element, ion.mass, ion.charge, ion.sigma, ion.epsilon});
  tables.atomTypeIndex[ion.type] = 0;
  MoleculeType type;
  type.name = ion.residue;
  MoleculeAtom atom;
  atom.type = ion.type;
  atom.name = atom.residueName = ion.residue;
  type.atoms.push_back(atom);
  return resolve(tables, {{&type, 1}});
}

System addIons(const System& system, const Topology& positive, const Topology& negative,
               const IonOptions& options) {
  const int plus = chargeOf(positive, "positive", true), minus = chargeOf(negative, "negative", false);
  if (!(options.concentration >= 0) || options.concentration > 50)
    throw core::inputError("a concentration of " + std::to_string(options.concentration) +
                           " mol/l is asked for; allowed are 0 to 50 mol/l");
  const Box& box = system.state.box;
  if (!box.isPeriodic()) throw core::inputError("ions need a box: a charge in vacuum is not neutralised");
  // Formula units for the concentration, then what the charge needs beyond them.
  const int share = std::gcd(plus, -minus);
  const auto units =
      static_cast<long long>(std::llround(options.concentration * kMolesPerLitre * box.volume()));
  long long positives = units * (-minus / share), negatives = units * (plus / share);
  if (options.neutralises) {
    const double sum = std::accumulate(system.topology.charges.begin(), system.topology.charges.end(), 0.0);
    const auto charge = static_cast<long long>(std::llround(sum));
    if (charge > 0) negatives += charge / -minus;
    if (charge < 0) positives += -charge / plus;
  }
  const long long wanted = positives + negatives;
  System result = system;
  result.state.velocities.clear();
  if (wanted == 0) return result;

  std::vector<int> candidates = waters(system.topology);
  if (static_cast<long long>(candidates.size()) < wanted)
    throw core::inputError(std::to_string(wanted) + " ions are asked for, and there are only " +
                           std::to_string(candidates.size()) +
                           " molecules of rigid water to take their places");
  std::vector<bool> isWater(system.topology.molecules.size(), false);
  for (const int n : candidates) isWater[static_cast<std::size_t>(n)] = true;
  // Fisher and Yates' shuffle.
  for (std::size_t n = candidates.size() - 1; n > 0; --n) {
    const RandomBits bits =
        randomBits(options.seed, 0, static_cast<std::uint32_t>(n), RandomPurpose::preparation, 2);
    std::swap(candidates[n], candidates[(std::uint64_t{bits.word[0]} * (n + 1)) >> 32U]);
  }

  CellGrid grid(box, std::max(options.distance, 1e-3));
  const auto oxygenOf = [&](int molecule) {
    return system.state.positions[static_cast<std::size_t>(
        system.topology.molecules[static_cast<std::size_t>(molecule)].firstAtom)];
  };
  for (std::size_t m = 0; m < isWater.size(); ++m) {
    if (isWater[m]) continue;
    const Molecule& molecule = system.topology.molecules[m];
    for (int atom = molecule.firstAtom; atom < molecule.firstAtom + molecule.atomCount; ++atom)
      grid.add(system.state.positions[static_cast<std::size_t>(atom)], atom);
  }
  std::vector<int> taken;
  for (const int candidate : candidates) {
    if (static_cast<long long>(taken.size()) == wanted) break;
    bool isFree = true;
    grid.forEachNear(oxygenOf(candidate), [&](int, double) { return isFree = false; });
    if (!isFree) continue;
    grid.add(oxygenOf(candidate), -1);
    taken.push_back(candidate);
  }
  if (static_cast<long long>(taken.size()) < wanted)
    throw core::inputError("only " + std::to_string(taken.size()) + " of " + std::to_string(wanted) +
                           " ions find a place at least " + std::to_string(options.distance) +
                           " nm from each other and from the rest; ask for a smaller distance");

  std::vector<Vec3> ionPositions;
  for (const int molecule : taken) ionPositions.push_back(oxygenOf(molecule));
  std::sort(taken.begin(), taken.end());
  std::vector<int> kept;
  for (int m = 0; m < static_cast<int>(isWater.size()); ++m)
    if (!std::binary_search(taken.begin(), taken.end(), m)) kept.push_back(m);
  result = withMolecules(result, kept);
  std::size_t residues = result.topology.residues.size();
  result.topology = joined(result.topology, positive, static_cast<int>(positives));
  result.topology = joined(result.topology, negative, static_cast<int>(negatives));
  result.state.positions.insert(result.state.positions.end(), ionPositions.begin(), ionPositions.end());
  int number = residues > 0 ? result.topology.residues[residues - 1].number : 0;
  for (; residues < result.topology.residues.size(); ++residues)
    result.topology.residues[residues].number = ++number;
  return result;
}

}  // namespace aula::molecular
