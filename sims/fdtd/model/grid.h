// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/vec3.h"

namespace aula::fdtd {

/// Which of the six components are computed. In two dimensions nothing varies along z and nz is 1.
enum class Dimensions {
  three,  ///< All six.
  tm,     ///< E_z, H_x, H_y.
  te      ///< H_z, E_x, E_y.
};

/// Staggered components; the number is their index in arrays of six.
enum Component : int { kEx = 0, kEy = 1, kEz = 2, kHx = 3, kHy = 4, kHz = 5 };
[[nodiscard]] constexpr bool isElectric(int component) { return component < 3; }
[[nodiscard]] constexpr int axisOf(int component) { return component % 3; }

/// A Yee grid (Yee 1966; Taflove and Hagness 2005, section 3.6). Cell (i, j, k) has its node at origin + (i dx, j dy, k dz);
/// E_x stands half a cell along x from the node, H_x half a cell along y and z, and so on. The domain holds nx*ny*nz
/// cells, absorbing layers included; its faces are planes of nodes, 0 and n along each axis, so that electric components
/// tangential to a face lie in it. In 2-D every component is taken at the plane z = origin.z, one cell thick.
///
/// Time: after n steps E stands at n dt and H at (n - 1/2) dt. A step first advances H, then E.
struct Grid {
  Dimensions dimensions = Dimensions::three;
  int nx = 1, ny = 1, nz = 1;
  double dx = 1, dy = 1, dz = 1;  ///< m
  core::Vec3 origin;              ///< Position of node (0, 0, 0), m.
  double dt = 0;                  ///< s

  [[nodiscard]] int cells(int axis) const { return axis == 0 ? nx : axis == 1 ? ny : nz; }
  [[nodiscard]] double spacing(int axis) const { return axis == 0 ? dx : axis == 1 ? dy : dz; }
  [[nodiscard]] std::int64_t cellCount() const { return std::int64_t{nx} * ny * nz; }
  [[nodiscard]] bool computes(int component) const {
    if (dimensions == Dimensions::three) return true;
    const bool isTm = component == kEz || component == kHx || component == kHy;
    return (dimensions == Dimensions::tm) == isTm;
  }
  /// Half-cell offset of a component along an axis: 0 or 1/2.
  [[nodiscard]] static double offset(int component, int axis) {
    const bool isAlong = axisOf(component) == axis;
    return isElectric(component) == isAlong ? 0.5 : 0.0;
  }
  [[nodiscard]] core::Vec3 position(int component, int i, int j, int k) const {
    const double oz = dimensions == Dimensions::three ? offset(component, 2) : 0.0;
    return {origin.x + (i + offset(component, 0)) * dx, origin.y + (j + offset(component, 1)) * dy,
            origin.z + (k + oz) * dz};
  }
  /// How many of a component stand along an axis, those in the closing face (index n) included: n where the offset is a
  /// half, n + 1 where it is 0; along z in 2-D always 1.
  [[nodiscard]] int count(int component, int axis) const {
    if (axis == 2 && dimensions != Dimensions::three) return 1;
    return cells(axis) + (offset(component, axis) == 0.0 ? 1 : 0);
  }
};

/// A box of a component's indices, [lower, upper) along each axis.
struct IndexBox {
  std::array<int, 3> lower{}, upper{};
  [[nodiscard]] int extent(int axis) const { return upper[axis] - lower[axis]; }
  [[nodiscard]] std::size_t size() const {
    return std::size_t(extent(0)) * std::size_t(extent(1)) * std::size_t(extent(2));
  }
};

}  // namespace aula::fdtd
