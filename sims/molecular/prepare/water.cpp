// SPDX-License-Identifier: Apache-2.0
#include "molecular/prepare/water.h"

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "molecular/input/molecule_type.h"
#include "molecular/model/random.h"
#include "molecular/prepare/cell_grid.h"
#include "molecular/prepare/join.h"
#include "molecular/prepare/water_tile.h"

namespace aula::molecular {

namespace {

constexpr double kMoleculesPerGram = 602.214076 / 18.01528;  ///< Of water: g/cm^3 into molecules a nm^3.
constexpr double kShortestEdge = 0.8;                        ///< nm
constexpr double kMostMolecules = 3e7;
/// Oxygens closer than this are an overlap of two copies: in the liquid fewer than one pair in a thousand
/// comes as near.
constexpr double kOverlap = 0.235;  ///< nm

struct Site {
  double charge, mass, sigma, epsilon;  ///< e, u, nm, kJ/mol
  const char *type, *name;
};

Topology topologyOf(const std::array<Site, 3>& sites, double distanceOH, double distanceHH) {
  ForceFieldTables tables;
  MoleculeType type;
  type.name = "SOL";
  type.exclusionBonds = 2;
  for (const Site& site : sites) {
    if (tables.atomTypeIndex.emplace(site.type, static_cast<int>(tables.atomTypes.size())).second)
      tables.atomTypes.push_back(
          {site.type, site.type, site.mass > 2 ? 8 : 1, site.mass, site.charge, site.sigma, site.epsilon});
    MoleculeAtom atom;
    atom.type = site.type;
    atom.name = site.name;
    atom.residueName = "SOL";
    type.atoms.push_back(atom);
  }
  Interaction settle;
  settle.atoms = {0};
  settle.parameters = {distanceOH, distanceHH};
  type.settles.push_back(settle);
  return resolve(tables, {{&type, 1}});
}

using Placed = std::array<Vec3, 3>;

/// Copies of the tile, scaled, over the whole box; molecules that overlap one that stands are left out.
std::vector<Placed> filled(const Water& water, const Box& box, double scale, Vec3 shift) {
  const double edge = kWaterTileEdge * scale;
  // What the box spans along each axis; edges may point backwards.
  Vec3 low, high;
  for (const Vec3& vector : {box.a, box.b, box.c})
    for (int axis = 0; axis < 3; ++axis) {
      low[axis] += std::min(0.0, vector[axis]);
      high[axis] += std::max(0.0, vector[axis]);
    }
  const auto first = [&](int axis) { return static_cast<int>(std::floor((low[axis] - shift[axis]) / edge)); };
  const auto last = [&](int axis) { return static_cast<int>(std::floor((high[axis] - shift[axis]) / edge)); };
  CellGrid grid(box, kOverlap);
  std::vector<Placed> molecules;
  for (int i = first(0); i <= last(0); ++i)
    for (int j = first(1); j <= last(1); ++j)
      for (int k = first(2); k <= last(2); ++k)
        for (const WaterTileMolecule& tile : waterTile()) {
          const Vec3 oxygen = shift + edge * Vec3{double(i), double(j), double(k)} + scale * tile.oxygen;
          const double fz = oxygen.z / box.c.z, fy = (oxygen.y - fz * box.c.y) / box.b.y;
          const double fx = (oxygen.x - fz * box.c.x - fy * box.b.x) / box.a.x;
          const auto isInside = [](double f) { return f >= 0 && f < 1; };
          if (!isInside(fx) || !isInside(fy) || !isInside(fz)) continue;
          bool isFree = true;
          grid.forEachNear(oxygen, [&](int, double) { return isFree = false; });
          if (!isFree) continue;
          grid.add(oxygen, 0);
          molecules.push_back(placedWater(water, oxygen, oxygen + tile.hydrogen1, oxygen + tile.hydrogen2));
        }
  return molecules;
}

}  // namespace

Water water(WaterModel model) {
  if (model == WaterModel::spce)
    return {topologyOf({{{-0.8476, 15.9994, 0.316557, 0.650629, "OW_spc", "OW"},
                         {0.4238, 1.008, 0, 0, "HW_spc", "HW1"},
                         {0.4238, 1.008, 0, 0, "HW_spc", "HW2"}}},
                       0.1, 0.16330),
            0.994 * kMoleculesPerGram};
  return {topologyOf({{{-0.834, 16.00, 0.315061, 0.636386, "OW", "OW"},
                       {0.417, 1.008, 0, 0, "HW", "HW1"},
                       {0.417, 1.008, 0, 0, "HW", "HW2"}}},
                     0.09572, 0.15139),
          0.98 * kMoleculesPerGram};
}

std::array<Vec3, 3> placedWater(const Water& water, Vec3 oxygen, Vec3 hydrogen1, Vec3 hydrogen2) {
  const Settle& settle = water.topology.settles.at(0);
  const double half = settle.distanceHH / 2;
  const double height = std::sqrt(settle.distanceOH * settle.distanceOH - half * half);
  const Vec3 bisector = core::normalised(hydrogen1 + hydrogen2 - 2 * oxygen);
  Vec3 across = hydrogen1 - hydrogen2;
  across = core::normalised(across - dot(across, bisector) * bisector);
  return {oxygen, oxygen + height * bisector + half * across, oxygen + height * bisector - half * across};
}

System waterBox(const Water& water, const Box& box, std::uint64_t seed) {
  if (!box.isPeriodic()) throw core::inputError("a box of water needs a box");
  for (const double edge : {box.a.x, box.b.y, box.c.z})
    if (edge < kShortestEdge)
      throw core::inputError("a box of water has an edge of " + std::to_string(edge) + " nm; at least " +
                             std::to_string(kShortestEdge) + " nm are needed");
  const double wanted = std::round(water.numberDensity * box.volume());
  if (wanted > kMostMolecules)
    throw core::inputError("a box of " + std::to_string(box.volume()) + " nm^3 holds " +
                           std::to_string(wanted) + " molecules of water; at most 3e7 are placed");
  const auto count = static_cast<std::size_t>(wanted);
  // Where copies are cut a little is lost; so much denser that enough stays. In boxes smaller than the tile
  // it depends on where they are cut: then elsewhere.
  const double natural =
      std::cbrt(static_cast<double>(waterTile().size()) / water.numberDensity) / kWaterTileEdge;
  std::vector<Placed> molecules;
  for (int attempt = 0; attempt < 50 && molecules.size() < count; ++attempt) {
    const RandomBits bits = randomBits(seed, attempt, 0, RandomPurpose::preparation);
    const Vec3 shift =
        kWaterTileEdge * Vec3{uniformFromBits<double>(bits.word[0]), uniformFromBits<double>(bits.word[1]),
                              uniformFromBits<double>(bits.word[2])};
    for (int squeeze = 0; squeeze <= 30 && molecules.size() < count; ++squeeze)
      molecules = filled(water, box, natural * (1 - 0.003 * squeeze), shift);
  }
  if (molecules.size() < count)
    throw core::inputError("only " + std::to_string(molecules.size()) + " of " + std::to_string(count) +
                           " molecules of water find a place in this box; it is too narrow");
  // The surplus goes evenly.
  if (const std::size_t surplus = molecules.size() - std::min(molecules.size(), count); surplus > 0) {
    std::vector<Placed> kept;
    const std::size_t all = molecules.size();
    for (std::size_t n = 0; n < all; ++n)
      if ((n + 1) * count / all > n * count / all) kept.push_back(molecules[n]);
    molecules = std::move(kept);
  }
  System system;
  system.title = "Water";
  system.state.box = box;
  system.topology = joined({}, water.topology, static_cast<int>(molecules.size()));
  int number = 0;
  for (Residue& residue : system.topology.residues) residue.number = ++number;
  for (const Placed& molecule : molecules)
    system.state.positions.insert(system.state.positions.end(), molecule.begin(), molecule.end());
  return system;
}

}  // namespace aula::molecular
