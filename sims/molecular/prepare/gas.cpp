// SPDX-License-Identifier: Apache-2.0
#include "molecular/prepare/gas.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

#include "core/error.h"
#include "molecular/model/constants.h"

namespace aula::molecular {

namespace {

/// The topology of single atoms: `which[i]` is the species of atom i.
Topology singleAtoms(const std::vector<Species>& species, const std::vector<int>& which) {
  Topology topology;
  topology.typeCount = static_cast<int>(species.size());
  for (const Species& a : species) {
    topology.typeNames.push_back(a.symbol);
    for (const Species& b : species) {
      const double sigma = 0.5 * (a.sigma + b.sigma), epsilon = std::sqrt(a.epsilon * b.epsilon);
      const double sigma6 = std::pow(sigma, 6);
      topology.pairs.push_back({4 * epsilon * sigma6, 4 * epsilon * sigma6 * sigma6});
    }
  }
  int index = 0;
  for (const int s : which) {
    const Species& atom = species[static_cast<std::size_t>(s)];
    topology.masses.push_back(atom.mass);
    topology.charges.push_back(atom.charge);
    topology.types.push_back(s);
    topology.elements.push_back(atom.element);
    topology.names.push_back(atom.symbol);
    topology.residueOf.push_back(index);
    std::string residue = atom.symbol;
    std::transform(residue.begin(), residue.end(), residue.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    topology.residues.push_back({residue, index + 1, ' ', "", index, 1});
    topology.molecules.push_back({index, 1});
    topology.exclusionStart.push_back(0);
    ++index;
  }
  topology.exclusionStart.push_back(0);
  return topology;
}

std::vector<Vec3> basisOf(Lattice lattice) {
  switch (lattice) {
    case Lattice::faceCentred:
      return {{0, 0, 0}, {0, 0.5, 0.5}, {0.5, 0, 0.5}, {0.5, 0.5, 0}};
    case Lattice::bodyCentred:
      return {{0, 0, 0}, {0.5, 0.5, 0.5}};
    case Lattice::simple:
      return {{0, 0, 0}};
    case Lattice::rockSalt:
      return {{0, 0, 0},   {0, 0.5, 0.5}, {0.5, 0, 0.5}, {0.5, 0.5, 0},
              {0.5, 0, 0}, {0, 0.5, 0},   {0, 0, 0.5},   {0.5, 0.5, 0.5}};
  }
  return {};
}

/// A number from 0 to `below` - 1 (splitmix64: Steele, Lea and Flood 2014).
std::uint64_t draw(std::uint64_t& state, std::uint64_t below) {
  state += 0x9E3779B97F4A7C15U;
  std::uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
  return (z ^ (z >> 31)) % below;
}

}  // namespace

// Rowley, Nicholson and Parsonage, J. Comput. Phys. 17, 401 (1975) for argon (0.3405 nm, 119.8 K);
// Hirschfelder, Curtiss and Bird, Molecular Theory of Gases and Liquids (1954), table I-A, for neon (0.278
// nm, 34.9 K), krypton (0.360 nm, 171 K) and xenon (0.410 nm, 221 K), from second virial coefficients.
const std::vector<Species>& knownSpecies() {
  static const std::vector<Species> kAll{
      {"neon", "Ne", 10, 20.1797, 0.278, 34.9 * kBoltzmann, 0},
      {"argon", "Ar", 18, 39.948, 0.3405, 119.8 * kBoltzmann, 0},
      {"krypton", "Kr", 36, 83.798, 0.360, 171 * kBoltzmann, 0},
      {"xenon", "Xe", 54, 131.293, 0.410, 221 * kBoltzmann, 0},
  };
  return kAll;
}

System makeGas(const std::vector<GasPart>& parts, const Box& box, std::uint64_t seed) {
  if (!box.isPeriodic()) throw core::inputError("a gas needs a box");
  System system;
  std::vector<Species> species;
  std::vector<int> which;
  double widest = 0;
  for (const GasPart& part : parts) {
    which.insert(which.end(), static_cast<std::size_t>(part.count), static_cast<int>(species.size()));
    species.push_back(part.species);
    widest = std::max(widest, part.species.sigma);
  }
  if (which.empty()) throw core::inputError("a gas needs at least one atom");
  // Every atom is as likely to stand at one site as at another (Fisher and Yates).
  for (std::size_t i = which.size() - 1; i > 0; --i) std::swap(which[i], which[draw(seed, i + 1)]);

  // As few cells, as cubic as they can be, as hold all atoms; the sites that stay free are spread evenly.
  const Vec3 edges{box.a.x, box.b.y, box.c.z};
  std::array<int, 3> cells{1, 1, 1};
  const auto sites = [&] {
    return 4 * static_cast<std::size_t>(cells[0]) * static_cast<std::size_t>(cells[1]) *
           static_cast<std::size_t>(cells[2]);
  };
  while (sites() < which.size()) {
    int longest = 0;
    for (int axis = 1; axis < 3; ++axis)
      if (edges[axis] / cells[static_cast<std::size_t>(axis)] >
          edges[longest] / cells[static_cast<std::size_t>(longest)] * (1 + 1e-9))
        longest = axis;
    ++cells[static_cast<std::size_t>(longest)];
  }
  double nearest = 1e300;
  for (const Vec3 p : {Vec3{0, 0.5, 0.5}, Vec3{0.5, 0, 0.5}, Vec3{0.5, 0.5, 0}})
    nearest = std::min(nearest, core::length({p.x * edges.x / cells[0], p.y * edges.y / cells[1],
                                              p.z * edges.z / cells[2]}));
  if (nearest < 0.8 * widest) {
    char text[200];
    std::snprintf(text, sizeof text,
                  "%zu atoms in this box stand %.3g nm apart, closer than 0.8 of their diameter of %.3g nm; "
                  "enlarge the "
                  "box or take fewer atoms",
                  which.size(), nearest, widest);
    throw core::inputError(text);
  }
  const std::vector<Vec3> basis = basisOf(Lattice::faceCentred);
  std::size_t site = 0, atom = 0;
  const std::size_t all = sites();
  for (int i = 0; i < cells[0]; ++i)
    for (int j = 0; j < cells[1]; ++j)
      for (int k = 0; k < cells[2]; ++k)
        for (const Vec3& offset : basis) {
          // Bresenham's spacing: atom n takes site floor(n all / count).
          const bool isTaken = atom < which.size() && site == atom * all / which.size();
          ++site;
          if (!isTaken) continue;
          ++atom;
          const Vec3 f{(i + offset.x + 0.25) / cells[0], (j + offset.y + 0.25) / cells[1],
                       (k + offset.z + 0.25) / cells[2]};
          system.state.positions.push_back(f.x * box.a + f.y * box.b + f.z * box.c);
        }
  system.state.box = box;
  system.topology = singleAtoms(species, which);
  validate(system.topology);
  return system;
}

System makeCrystal(const Crystal& crystal) {
  System system;
  Vec3 edges, box = crystal.box;
  for (int axis = 0; axis < 3; ++axis) {
    edges[axis] = crystal.constant * crystal.cells[static_cast<std::size_t>(axis)];
    if (!(box[axis] > 0)) box[axis] = edges[axis];
    if (box[axis] < edges[axis] * (1 - 1e-9)) {
      char text[160];
      std::snprintf(text, sizeof text, "the crystal is %.4g nm long along %c, but its box is %.4g nm",
                    edges[axis], "xyz"[axis], box[axis]);
      throw core::inputError(text);
    }
  }
  const Vec3 corner = 0.5 * (box - edges);
  std::vector<int> which;
  const std::vector<Vec3> basis = basisOf(crystal.lattice);
  for (int i = 0; i < crystal.cells[0]; ++i)
    for (int j = 0; j < crystal.cells[1]; ++j)
      for (int k = 0; k < crystal.cells[2]; ++k)
        for (std::size_t b = 0; b < basis.size(); ++b) {
          const Vec3 cell{i + 0.25, j + 0.25, k + 0.25};
          system.state.positions.push_back(corner + crystal.constant * (cell + basis[b]));
          which.push_back(crystal.lattice == Lattice::rockSalt && b >= 4 ? 1 : 0);
        }
  system.state.box = rectangularBox(box.x, box.y, box.z);
  system.topology = singleAtoms(crystal.species, which);
  validate(system.topology);
  return system;
}

}  // namespace aula::molecular
