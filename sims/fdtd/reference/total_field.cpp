// SPDX-License-Identifier: Apache-2.0
#include "fdtd/reference/total_field.h"

#include <algorithm>
#include <cmath>

namespace aula::fdtd::reference {

namespace {

/// The node nearest to a position along an axis, within the grid.
int nodeAt(const Grid& grid, int axis, double x) {
  return std::clamp(int(std::lround((x - grid.origin[axis]) / grid.spacing(axis))), 0, grid.cells(axis));
}

core::Vec3 nodeNear(const Grid& grid, core::Vec3 x) {
  const int axes = grid.dimensions == Dimensions::three ? 3 : 2;
  for (int axis = 0; axis < axes; ++axis)
    x[axis] = grid.origin[axis] + nodeAt(grid, axis, x[axis]) * grid.spacing(axis);
  if (axes == 2) x.z = grid.origin.z;
  return x;
}

}  // namespace

TotalField::TotalField(const Setup& setup, const PlaneWave& wave)
    : grid_(setup.grid),
      line_(setup, wave, nodeNear(setup.grid, wave.lower), nodeNear(setup.grid, wave.upper)) {
  std::array<int, 3> lower{}, upper{};
  for (int axis = 0; axis < (grid_.dimensions == Dimensions::three ? 3 : 2); ++axis) {
    lower[axis] = nodeAt(grid_, axis, wave.lower[axis]);
    upper[axis] = nodeAt(grid_, axis, wave.upper[axis]);
  }
  ofE_ = makePatches(setup, lower, upper, curlTermsOfE(grid_));
  ofH_ = makePatches(setup, lower, upper, curlTermsOfH(grid_));
}

std::vector<TotalField::Patch> TotalField::makePatches(const Setup& setup, const std::array<int, 3>& lower,
                                                       const std::array<int, 3>& upper,
                                                       const std::vector<CurlTerm>& terms) {
  const Grid& grid = setup.grid;
  std::vector<Patch> patches;
  for (const CurlTerm& term : terms) {
    const bool targetIsE = isElectric(term.target);
    // All of the target's points in the closed box; across the face's axis, see below.
    IndexBox box;
    for (int axis = 0; axis < 3; ++axis) {
      const bool isFlat = axis == 2 && grid.dimensions != Dimensions::three;
      const bool isBetweenNodes = !isFlat && Grid::offset(term.target, axis) != 0;
      box.lower[axis] = lower[axis];
      box.upper[axis] = isFlat ? 1 : isBetweenNodes ? upper[axis] : upper[axis] + 1;
    }
    const double half = 0.5 * grid.spacing(term.axis);
    const double perSpacing = 1 / grid.spacing(term.axis);
    // A face in the domain's own wall is left out: there the wall continues the wave.
    if (lower[term.axis] > 0) {
      // E at node l is total, H at l - 1/2 (index l - 1) is scattered. For E, the lower member of the
      // difference lacks the incident field: (H(l+1/2) - [H(l-1/2) + Hi])/d. For H, its upper member has it:
      // ([E(l) - Ei] - E(l-1))/d.
      const int index = targetIsE ? lower[term.axis] : lower[term.axis] - 1;
      patches.push_back({term, plane(box, term.axis, index), targetIsE ? -half : half, -perSpacing});
    }
    if (upper[term.axis] < grid.cells(term.axis)) {
      // E at node u is total, H at u + 1/2 (index u) is scattered: ([H(u+1/2) + Hi] - H(u-1/2))/d, (E(u+1) -
      // [E(u) - Ei])/d.
      const int index = upper[term.axis];
      patches.push_back({term, plane(box, term.axis, index), targetIsE ? half : -half, perSpacing});
    }
  }
  return patches;
}

void TotalField::correct(const std::vector<Patch>& patches, FieldSet& curl) const {
  for (const Patch& patch : patches) {
    Field& target = curl[patch.term.target];
    const int axis = axisOf(patch.term.source);
    const bool sourceIsE = isElectric(patch.term.source);
    forEach(patch.box, [&](int i, int j, int k) {
      core::Vec3 x = grid_.position(patch.term.target, i, j, k);
      x[patch.term.axis] += patch.shift;
      const double incident = sourceIsE ? line_.electric(axis, x) : line_.magnetic(axis, x);
      target(i, j, k) += patch.term.sign * patch.sign * incident;
    });
  }
}

void TotalField::correctCurlOfE(FieldSet& curl) const {
  correct(ofE_, curl);
}
void TotalField::correctCurlOfH(FieldSet& curl) const {
  correct(ofH_, curl);
}

}  // namespace aula::fdtd::reference
