// SPDX-License-Identifier: Apache-2.0
#include "molecular/prepare/solvate.h"

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "molecular/input/gromacs.h"
#include "molecular/model/elements.h"
#include "molecular/prepare/cell_grid.h"
#include "molecular/prepare/join.h"

namespace aula::molecular {

namespace {

/// Bondi's radius; hydrogen with his 0.12 nm, for which the factor 0.57 was found.
double overlapRadius(int atomicNumber) {
  return atomicNumber == 1 ? 0.12 : atomicNumber == 0 ? 0.105 : element(atomicNumber).vdwRadius;
}

}  // namespace

System inBox(const System& system, double margin, BoxShape shape) {
  if (system.state.positions.empty()) throw core::inputError("there are no atoms to make a box around");
  if (!(margin >= 0) || margin > 1000)
    throw core::inputError("a box's margin of " + std::to_string(margin) +
                           " nm is asked for; allowed are 0 to 1000 nm");
  System result = system;
  result.state.velocities.clear();
  Vec3 low = system.state.positions[0], high = low;
  for (const Vec3& r : system.state.positions)
    for (int axis = 0; axis < 3; ++axis) {
      low[axis] = std::min(low[axis], r[axis]);
      high[axis] = std::max(high[axis], r[axis]);
    }
  const Vec3 middle = 0.5 * (low + high), extent = high - low;
  double radius = 0;
  for (const Vec3& r : system.state.positions) radius = std::max(radius, core::length(r - middle));
  // The distance of opposite faces.
  const double ball = 2 * (radius + margin);
  const double cube = std::max({extent.x, extent.y, extent.z}) + 2 * margin;
  const double root2 = std::sqrt(2.0);
  switch (shape) {
    case BoxShape::cube:
      result.state.box = rectangularBox(cube, cube, cube);
      break;
    case BoxShape::rectangular:
      result.state.box = rectangularBox(extent.x + 2 * margin, extent.y + 2 * margin, extent.z + 2 * margin);
      break;
    case BoxShape::dodecahedron:
      result.state.box = reducedBox({ball, 0, 0}, {0, ball, 0}, {ball / 2, ball / 2, ball * root2 / 2});
      break;
    case BoxShape::octahedron:
      result.state.box = reducedBox({ball, 0, 0}, {ball / 3, ball * 2 * root2 / 3, 0},
                                    {-ball / 3, ball * root2 / 3, ball * std::sqrt(6.0) / 3});
      break;
  }
  const Box& box = result.state.box;
  const Vec3 move = 0.5 * (box.a + box.b + box.c) - middle;
  for (Vec3& r : result.state.positions) r = r + move;
  for (PositionRestraint& restraint : result.topology.positionRestraints)
    restraint.reference = restraint.reference + move;
  return result;
}

System solvate(const System& system, const Water& water, const SolvateOptions& options) {
  const Box& box = system.state.box;
  if (!box.isPeriodic()) throw core::inputError("water needs a box to fill, and the system has none");
  const System liquid = waterBox(water, box, options.seed);
  const double oxygenRadius = overlapRadius(8), hydrogenRadius = overlapRadius(1);
  double widest = 0;
  for (const int number : system.topology.elements) widest = std::max(widest, overlapRadius(number));
  CellGrid grid(box, options.radiusScale * (widest + oxygenRadius));
  for (std::size_t n = 0; n < system.state.positions.size(); ++n)
    grid.add(system.state.positions[n], static_cast<int>(n));

  System result = system;
  result.state.velocities.clear();
  int count = 0;
  const std::size_t molecules = liquid.topology.molecules.size();
  for (std::size_t m = 0; m < molecules; ++m) {
    bool isFree = true;
    for (std::size_t site = 0; site < 3 && isFree; ++site) {
      const double own = site == 0 ? oxygenRadius : hydrogenRadius;
      grid.forEachNear(liquid.state.positions[3 * m + site], [&](int atom, double square) {
        const double allowed =
            options.radiusScale *
            (own + overlapRadius(system.topology.elements[static_cast<std::size_t>(atom)]));
        isFree = square >= allowed * allowed;
        return isFree;
      });
    }
    if (!isFree) continue;
    ++count;
    for (std::size_t site = 0; site < 3; ++site)
      result.state.positions.push_back(liquid.state.positions[3 * m + site]);
  }
  if (count == 0) throw core::inputError("no molecule of water finds a place: the system fills its box");
  const std::size_t residues = result.topology.residues.size();
  const int last = residues > 0 ? result.topology.residues.back().number : 0;
  result.topology = joined(system.topology, water.topology, count);
  for (std::size_t n = residues; n < result.topology.residues.size(); ++n)
    result.topology.residues[n].number = last + 1 + static_cast<int>(n - residues);
  return result;
}

Water waterOf(const ForceField& forceField, const std::string& model) {
  const std::vector<MoleculeType> types = readMolecules(forceField, model + ".itp");
  for (const MoleculeType& type : types)
    if (type.atoms.size() == 3 && type.settles.size() == 1)
      return {
          resolve(forceField.tables, {{&type, 1}}),
          molecular::water(model.starts_with("spc") ? WaterModel::spce : WaterModel::tip3p).numberDensity};
  throw core::inputError("the water model " + model + " of " + forceField.name +
                         " is not a rigid one of three sites; tip3p, spc and spce are supported");
}

Topology ionOf(const ForceField& forceField, const std::string& name) {
  const std::vector<MoleculeType> types = readMolecules(forceField, "ions.itp");
  std::string known;
  for (const MoleculeType& type : types) {
    if (sameName(type.name, name) && type.atoms.size() == 1) return resolve(forceField.tables, {{&type, 1}});
    known += (known.empty() ? "" : ", ") + type.name;
  }
  throw core::inputError("the force field " + forceField.name + " has no ion " + name +
                         " in ions.itp; it has " + known);
}

}  // namespace aula::molecular
