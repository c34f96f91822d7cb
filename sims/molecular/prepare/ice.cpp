// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/error.h"
#include "molecular/model/random.h"
#include "molecular/prepare/join.h"
#include "molecular/prepare/water.h"

namespace aula::molecular {

namespace {

constexpr double kEdgeA = 0.4519, kEdgeC = 0.7357;  ///< nm, at 250 K
constexpr int kMostMolecules = 10'000'000;
constexpr int kArrangements = 200;

struct IceBond {
  int from, to;    ///< Oxygens; the proton belongs to `from`.
  Vec3 direction;  ///< Unit vector, from -> to.
};

/// Oxygens of the wurtzite lattice in its orthorhombic cell (a, sqrt(3) a, c): two puckered layers, the
/// second the mirror image of the first.
std::vector<Vec3> oxygens(const std::array<int, 3>& cells, Vec3 edges) {
  // Heights of a layer's two halves: the tetrahedron's base stands a sixteenth of c above its corners' plane.
  const double u = 1.0 / 16;
  const Vec3 basis[] = {{0, 0, u},       {0.5, 0.5, u},       {0, 1.0 / 3, -u},      {0.5, 5.0 / 6, -u},
                        {0, 0, 0.5 - u}, {0.5, 0.5, 0.5 - u}, {0, 1.0 / 3, 0.5 + u}, {0.5, 5.0 / 6, 0.5 + u}};
  std::vector<Vec3> sites;
  for (int i = 0; i < cells[0]; ++i)
    for (int j = 0; j < cells[1]; ++j)
      for (int k = 0; k < cells[2]; ++k)
        for (const Vec3& b : basis)
          sites.push_back(
              {(i + b.x + 0.25) * edges.x, (j + b.y + 0.25) * edges.y, (k + b.z + 0.25) * edges.z});
  return sites;
}

/// Four bonds an oxygen, each listed once. A cell of width one meets itself: neighbours are images.
std::vector<IceBond> bondsOf(const std::vector<Vec3>& sites, const std::array<int, 3>& cells, Vec3 edges) {
  std::vector<IceBond> bonds;
  const auto cellIndex = [&](int i, int j, int k) { return ((i * cells[1]) + j) * cells[2] + k; };
  // Between the two lengths that occur (0.276 nm) and the next neighbours (0.45 nm).
  constexpr double kLongest = 0.33;
  for (int i = 0; i < cells[0]; ++i)
    for (int j = 0; j < cells[1]; ++j)
      for (int k = 0; k < cells[2]; ++k)
        for (int a = 0; a < 8; ++a) {
          const int from = cellIndex(i, j, k) * 8 + a;
          for (int di = -1; di <= 1; ++di)
            for (int dj = -1; dj <= 1; ++dj)
              for (int dk = -1; dk <= 1; ++dk)
                for (int b = 0; b < 8; ++b) {
                  const auto wrap = [](int n, int size) { return (n + size) % size; };
                  const int to =
                      cellIndex(wrap(i + di, cells[0]), wrap(j + dj, cells[1]), wrap(k + dk, cells[2])) * 8 +
                      b;
                  const Vec3 image{(i + di) * edges.x, (j + dj) * edges.y, (k + dk) * edges.z};
                  const Vec3 own{i * edges.x, j * edges.y, k * edges.z};
                  const auto at = [&](int n) { return sites[static_cast<std::size_t>(n)]; };
                  const Vec3 d = image - own + (at(b) - at(a));
                  const double distance = core::length(d);
                  // Each bond once: from the half that lies lower in this order.
                  if (distance > 0.1 && distance < kLongest &&
                      (d.z > 1e-6 ||
                       (std::fabs(d.z) <= 1e-6 && (d.y > 1e-6 || (std::fabs(d.y) <= 1e-6 && d.x > 0)))))
                    bonds.push_back({from, to, d / distance});
                }
        }
  return bonds;
}

/// Directs every bond so that two leave and two enter each oxygen: a walk along all bonds, each once, begun
/// anew while some are left (every oxygen has four, so that a walk ends where it began).
void direct(std::vector<IceBond>& bonds, std::size_t oxygenCount, std::uint64_t seed, std::int64_t attempt) {
  std::vector<std::vector<int>> open(oxygenCount);
  for (std::size_t n = 0; n < bonds.size(); ++n) {
    open[static_cast<std::size_t>(bonds[n].from)].push_back(static_cast<int>(n));
    open[static_cast<std::size_t>(bonds[n].to)].push_back(static_cast<int>(n));
  }
  std::vector<bool> isUsed(bonds.size(), false);
  std::uint32_t drawn = 0;
  for (std::size_t start = 0; start < oxygenCount; ++start) {
    std::size_t at = start;
    while (true) {
      auto& here = open[at];
      std::erase_if(here, [&](int n) { return isUsed[static_cast<std::size_t>(n)]; });
      if (here.empty()) break;
      const RandomBits bits = randomBits(seed, attempt, drawn++, RandomPurpose::preparation, 1);
      const auto next = static_cast<std::size_t>(here[bits.word[0] % here.size()]);
      isUsed[next] = true;
      IceBond& bond = bonds[next];
      if (static_cast<std::size_t>(bond.from) != at) bond = {bond.to, bond.from, -bond.direction};
      at = static_cast<std::size_t>(bond.to);
    }
  }
}

}  // namespace

System iceBox(const Water& water, const std::array<int, 3>& cells, std::uint64_t seed) {
  long long count = 8;
  for (const int n : cells) {
    if (n < 1) throw core::inputError("ice needs at least one cell along each axis");
    count *= n;
    if (count > kMostMolecules) throw core::inputError("ice of more than 10 million molecules is asked for");
  }
  const Vec3 edges{kEdgeA, std::sqrt(3.0) * kEdgeA, kEdgeC};
  const std::vector<Vec3> sites = oxygens(cells, edges);
  std::vector<IceBond> bonds = bondsOf(sites, cells, edges);

  // The sum of all bonds' directions is the dipole moment, up to a factor.
  std::vector<IceBond> best;
  double smallest = std::numeric_limits<double>::infinity();
  const int attempts = count > 20'000 ? 10 : kArrangements;
  for (int attempt = 0; attempt < attempts && smallest > 1e-6; ++attempt) {
    direct(bonds, sites.size(), seed, attempt);
    Vec3 sum;
    for (const IceBond& bond : bonds) sum = sum + bond.direction;
    if (core::length(sum) < smallest) {
      smallest = core::length(sum);
      best = bonds;
    }
  }
  std::vector<std::vector<Vec3>> protons(sites.size());
  for (const IceBond& bond : best) protons[static_cast<std::size_t>(bond.from)].push_back(bond.direction);

  System system;
  system.title = "Ice Ih";
  system.state.box = rectangularBox(cells[0] * edges.x, cells[1] * edges.y, cells[2] * edges.z);
  system.topology = joined({}, water.topology, static_cast<int>(sites.size()));
  int number = 0;
  for (Residue& residue : system.topology.residues) residue.number = ++number;
  for (std::size_t n = 0; n < sites.size(); ++n) {
    const auto placed =
        placedWater(water, sites[n], sites[n] + 0.1 * protons[n].at(0), sites[n] + 0.1 * protons[n].at(1));
    system.state.positions.insert(system.state.positions.end(), placed.begin(), placed.end());
  }
  return system;
}

}  // namespace aula::molecular
