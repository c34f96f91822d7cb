// SPDX-License-Identifier: Apache-2.0
#include "fdtd/reference/currents.h"

#include <algorithm>
#include <cmath>

#include "core/units/constants.h"

namespace aula::fdtd::reference {

namespace {

/// Position in units of cells, counted from a component's point 0.
double indexPosition(const Grid& grid, int component, int axis, double x) {
  return (x - grid.origin[axis]) / grid.spacing(axis) - Grid::offset(component, axis);
}

/// The index a current falls on when its share lies outside: the opposite side of a periodic grid, else the
/// nearest.
int indexInside(const Setup& setup, int component, int axis, int index) {
  if (setup.boundaries[axis][0].kind == BoundaryKind::periodic) {
    const int n = setup.grid.cells(axis);
    return (index % n + n) % n;
  }
  return std::clamp(index, 0, setup.grid.count(component, axis) - 1);
}

/// How much of the cell around a point at x a rectangle's side covers, 0 to 1. A side that reaches the
/// domain's face goes on beyond it.
double coveredFraction(const Grid& grid, int axis, double x, double centre, double size) {
  const double d = grid.spacing(axis);
  const double first = grid.origin[axis];
  const double last = first + grid.cells(axis) * d;
  double low = centre - size / 2;
  double high = centre + size / 2;
  if (low < first + 1e-6 * d) low = -INFINITY;
  if (high > last - 1e-6 * d) high = INFINITY;
  return std::clamp((std::min(high, x + d / 2) - std::max(low, x - d / 2)) / d, 0.0, 1.0);
}

}  // namespace

Currents::Currents(const Setup& setup) {
  for (const Source& source : setup.sources) {
    if (const auto* dipole = std::get_if<PointDipole>(&source))
      driven_.push_back({dipole->waveform, spread(setup, *dipole)});
    else if (const auto* sheet = std::get_if<SheetCurrent>(&source))
      driven_.push_back({sheet->waveform, spread(setup, *sheet)});
  }
}

std::vector<Currents::Point> Currents::spread(const Setup& setup, const PointDipole& dipole) {
  const Grid& grid = setup.grid;
  const bool isThree = grid.dimensions == Dimensions::three;
  const core::Vec3 direction = core::normalised(dipole.direction);
  const double cell = grid.dx * grid.dy * (isThree ? grid.dz : 1);
  std::vector<Point> points;
  for (int component = kEx; component <= kEz; ++component) {
    const double moment = dipole.amplitude * direction[component];
    if (!grid.computes(component) || moment == 0) continue;
    const Field shape(grid, component);
    // Each of the eight corners around the position takes the product of its linear weights.
    for (int corner = 0; corner < (isThree ? 8 : 4); ++corner) {
      int at[3] = {0, 0, 0};
      double weight = 1;
      for (int axis = 0; axis < (isThree ? 3 : 2); ++axis) {
        const double u = indexPosition(grid, component, axis, dipole.position[axis]);
        const int below = int(std::floor(u));
        const bool isUpper = (corner >> axis & 1) != 0;
        weight *= isUpper ? u - below : 1 - (u - below);
        at[axis] = indexInside(setup, component, axis, isUpper ? below + 1 : below);
      }
      if (weight > 0)
        points.push_back(
            {component, shape.index(at[0], at[1], at[2]), core::kVacuumImpedance * moment * weight / cell});
    }
  }
  return points;
}

std::vector<Currents::Point> Currents::spread(const Setup& setup, const SheetCurrent& sheet) {
  const Grid& grid = setup.grid;
  const int axes = grid.dimensions == Dimensions::three ? 3 : 2;
  const int normal = sheet.normalAxis;
  const core::Vec3 direction = core::normalised(sheet.direction);
  std::vector<Point> points;
  for (int component = kEx; component <= kEz; ++component) {
    const double current = sheet.amplitude * direction[component];
    if (!grid.computes(component) || component == normal || current == 0) continue;
    const Field shape(grid, component);
    // The two planes of points on either side of the sheet.
    const double u = indexPosition(grid, component, normal, sheet.centre[normal]);
    const int below = int(std::floor(u));
    for (int upper = 0; upper < 2; ++upper) {
      const double share = upper == 1 ? u - below : 1 - (u - below);
      if (share <= 0) continue;
      const int at = indexInside(setup, component, normal, below + upper);
      forEach(plane(shape.box(), normal, at), [&](int i, int j, int k) {
        const core::Vec3 x = grid.position(component, i, j, k);
        double weight = share;
        for (int axis = 0; axis < axes; ++axis)
          if (axis != normal)
            weight *= coveredFraction(grid, axis, x[axis], sheet.centre[axis], sheet.size[axis]);
        if (weight > 0)
          points.push_back({component, shape.index(i, j, k),
                            core::kVacuumImpedance * current * weight / grid.spacing(normal)});
      });
    }
  }
  return points;
}

void Currents::subtractFrom(FieldSet& curl, double t) const {
  for (const Driven& source : driven_) {
    const double value = source.waveform.value(t);
    for (const Point& point : source.points)
      curl[point.component].values()[point.index] -= point.density * value;
  }
}

}  // namespace aula::fdtd::reference
