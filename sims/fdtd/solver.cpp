// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/assert.h"
#include "fdtd/model/solver.h"

namespace aula::fdtd {

std::unique_ptr<Solver> makeSolver(const Setup& setup, const Medium& medium,
                                   const compute::DeviceChoice& device) {
  switch (device.kind) {
    case compute::DeviceKind::reference:
      return makeReferenceSolver(setup, medium);
    case compute::DeviceKind::cuda:
      return makeCudaSolver(setup, medium);
    case compute::DeviceKind::check:
      return makeCheckSolver(setup, medium);
    case compute::DeviceKind::cpu: {
      Tuning tuning;
      tuning.threads = device.threads;
      return makeCpuSolver(setup, medium, tuning);
    }
    case compute::DeviceKind::automatic:
      break;
  }
  AULA_ASSERT(false && "the device was resolved");
  return nullptr;
}

namespace {

/// What the materials in use can ask for, beside the fields; counted in values a cell.
struct MaterialNeeds {
  double coefficients = 0;  ///< Arrays of one component each.
  double poles = 0;         ///< Most poles of a material.
};

MaterialNeeds materialNeeds(const Setup& setup) {
  MaterialNeeds needs;
  bool isVaried = false, hasLoss = false, isMagnetic = false, hasMagneticLoss = false;
  const auto use = [&](const Material& material) {
    hasLoss = hasLoss || material.conductivity != 0 || !material.poles.empty();
    hasMagneticLoss = hasMagneticLoss || material.magneticConductivity != 0;
    isMagnetic = isMagnetic || material.permeability != setup.materials.front().permeability;
    needs.poles = std::max(needs.poles, static_cast<double>(material.poles.size()));
  };
  use(setup.materials.front());
  for (const Object& object : setup.objects) {
    isVaried = true;
    use(setup.materials[static_cast<std::size_t>(object.material)]);
  }
  needs.coefficients = 3.0 * (isVaried || hasLoss) + 3.0 * hasLoss + 3.0 * (isMagnetic || hasMagneticLoss) +
                       3.0 * hasMagneticLoss;
  return needs;
}

/// Cells inside layers, a cell in the layers of several axes counted for each.
double layerCells(const Setup& setup) {
  double cells = 0;
  for (int axis = 0; axis < 3; ++axis) {
    if (axis == 2 && setup.grid.dimensions != Dimensions::three) continue;
    for (const Boundary& face : setup.boundaries[static_cast<std::size_t>(axis)])
      if (face.kind == BoundaryKind::cpml)
        cells += static_cast<double>(setup.grid.cellCount()) / setup.grid.cells(axis) * face.cpml.cells;
  }
  return cells;
}

}  // namespace

double estimateSolverBytes(const Setup& setup, compute::DeviceKind kind) {
  const Grid& grid = setup.grid;
  const bool isFlat = grid.dimensions != Dimensions::three;
  const MaterialNeeds needs = materialNeeds(setup);
  if (kind == compute::DeviceKind::cuda || kind == compute::DeviceKind::check)
    return estimateDeviceSolverBytes(setup);

  const double planes = isFlat ? 1 : grid.nz + 3.0;
  const double components = isFlat ? 3 : 6;
  if (kind == compute::DeviceKind::reference) {
    // Fields and right-hand sides, four memories a cell of a layer, two coefficients a component, two states
    // a pole.
    const double places = (grid.nx + 1.0) * (grid.ny + 1.0) * planes;
    return sizeof(double) *
           (places * (2 * components + 2 * needs.coefficients + 2 * 3 * needs.poles) + 4 * layerCells(setup));
  }
  // CPU: rows of whole blocks of 16 and one more; planes moved apart by up to a tenth for the cache's sake.
  const double row = 16.0 * ((grid.nx + 16) / 16 + 1);
  const double places = row * (grid.ny + 3.0) * planes * 1.1;
  return sizeof(float) *
         (places * (components + needs.coefficients + 2 * 3 * needs.poles) + 4 * 1.5 * layerCells(setup));
}

}  // namespace aula::fdtd
