// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "core/assert.h"
#include "fdtd/model/needs.h"
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
  // CPU: rows of whole blocks of 16 and one more; planes moved apart by up to a tenth for the cache's sake. A
  // layer's memories are rows, along x blocks at each end; the closing node's layer counts as one more. A row
  // has a task of its own.
  const double row = 16.0 * ((grid.nx + 16) / 16 + 1);
  const double places = row * (grid.ny + 3.0) * planes * 1.1, rows = (grid.ny + 3.0) * planes;
  // Each array takes whole pages, large ones where it fills one.
  const auto paged = [](double floats) {
    const double bytes = floats * sizeof(float), page = bytes >= 0x1p21 ? 0x1p21 : 4096;
    return std::ceil(bytes / page) * page;
  };
  double memories = 0;
  for (int axis = 0; axis < (isFlat ? 2 : 3); ++axis) {
    const auto& faces = setup.boundaries[static_cast<std::size_t>(axis)];
    const auto thickness = [&](std::size_t side) {
      const Boundary& face = faces[side];
      return face.kind == BoundaryKind::cpml ? face.cpml.cells + 1 : 0;
    };
    const double cells = axis == 0
                             ? 16.0 * (thickness(0) / 16 + 1 + (thickness(1) + 15) / 16 + 1) * rows
                             : row * (thickness(0) + thickness(1)) * (axis == 1 ? planes : grid.ny + 3.0);
    memories += 2 * paged(2 * cells);
  }
  return paged(places * components) + paged(places * needs.coefficients) +
         paged(places * 1.5 * 2 * 3 * needs.poles) + memories + sizeof(float) * 32 * rows;
}

}  // namespace aula::fdtd
