// SPDX-License-Identifier: Apache-2.0
#include "fdtd/model/needs.h"

#include <algorithm>
#include <cmath>

namespace aula::fdtd {

namespace {

/// A box around a shape, by its lowest and highest corner.
struct Around {
  core::Vec3 lower, upper;
};

Around around(core::Vec3 centre, core::Vec3 half) {
  return {centre - half, centre + half};
}

struct MakeAround {
  Around operator()(const BoxShape& s) const { return around(s.centre, 0.5 * s.size); }
  Around operator()(const SphereShape& s) const { return around(s.centre, {s.radius, s.radius, s.radius}); }
  Around operator()(const EllipsoidShape& s) const { return around(s.centre, s.semiAxes); }
  Around operator()(const CylinderShape& s) const {
    // However its axis stands.
    const double reach = std::hypot(s.radius, 0.5 * s.height);
    return around(s.centre, {reach, reach, reach});
  }
  Around operator()(const WedgeShape& s) const {
    Around box{s.corners[0], s.corners[0]};
    for (const core::Vec3& corner : s.corners)
      for (int axis = 0; axis < 2; ++axis) {
        box.lower[axis] = std::min(box.lower[axis], corner[axis]);
        box.upper[axis] = std::max(box.upper[axis], corner[axis]);
      }
    box.lower.z -= 0.5 * s.height;
    box.upper.z += 0.5 * s.height;
    return box;
  }
};

/// Share of the grid's cells in a shape's box, one cell around it counted as well.
double shareOf(const Shape& shape, const Grid& grid) {
  const Around box = std::visit(MakeAround{}, shape);
  double share = 1;
  for (int axis = 0; axis < 3; ++axis) {
    if (axis == 2 && grid.dimensions != Dimensions::three) continue;
    const double d = grid.spacing(axis), length = grid.cells(axis) * d;
    const double low = std::max(box.lower[axis] - grid.origin[axis] - d, 0.0);
    const double high = std::min(box.upper[axis] - grid.origin[axis] + d, length);
    share *= std::clamp((high - low) / length, 0.0, 1.0);
  }
  return share;
}

}  // namespace

MaterialNeeds materialNeeds(const Setup& setup) {
  MaterialNeeds needs;
  bool isVaried = false, hasLoss = false, isMagnetic = false, hasMagneticLoss = false;
  const auto use = [&](const Material& material, double share) {
    hasLoss = hasLoss || material.conductivity != 0 || !material.poles.empty();
    hasMagneticLoss = hasMagneticLoss || material.magneticConductivity != 0;
    isMagnetic = isMagnetic || material.permeability != setup.materials.front().permeability;
    if (!material.poles.empty()) needs.dispersiveShare += share;
    needs.poles += share * static_cast<double>(material.poles.size());
  };
  use(setup.materials.front(), 1);
  for (const Object& object : setup.objects) {
    isVaried = true;
    use(setup.materials[static_cast<std::size_t>(object.material)], shareOf(object.shape, setup.grid));
  }
  needs.coefficients = 3.0 * (isVaried || hasLoss) + 3.0 * hasLoss + 3.0 * (isMagnetic || hasMagneticLoss) +
                       3.0 * hasMagneticLoss;
  needs.dispersiveShare = std::min(needs.dispersiveShare, 1.0);
  needs.poles = std::min(needs.poles, double{kMaximumPoles});
  return needs;
}

}  // namespace aula::fdtd
