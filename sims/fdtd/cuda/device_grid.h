// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fdtd/model/host_device.h"

/// The grid as kernels see it. Plain values; nothing here allocates.
///
/// Every component has an array of owned[0] x owned[1] x owned[2] values, x fastest, rows `pitch` floats
/// apart. An axis owns the indices 0 to n - 1, and n too where its high face is a mirror (PMC): there E at n
/// is a field of its own. Elsewhere E at n is no field: zero on a wall (PEC and the outer side of CPML), the
/// same as index 0 on a periodic axis. In 2-D the axis z is periodic with one cell, so that every difference
/// along it is exactly zero.
namespace aula::fdtd::cuda {

struct DeviceGrid {
  int cells[3];
  int owned[3];
  long pitch, plane;  ///< Floats from one row, one plane to the next.
  bool isPeriodic[3];
  bool isLowMirror[3], isHighMirror[3];
  int lowLayer[3], highLayer[3];  ///< Cells of CPML at each face.
  float courant[3];               ///< c0 dt / d

  [[nodiscard]] AULA_HD long offset(int i, int j, int k) const { return k * plane + j * pitch + i; }

  /// The owned index that stands for `index` of -1 to n + 1; -1 where there is no field.
  [[nodiscard]] AULA_HD int locate(int axis, int index) const {
    if (index >= 0 && index < owned[axis]) return index;
    if (!isPeriodic[axis]) return -1;
    if (index == -1) return cells[axis] - 1;
    return index == cells[axis] ? 0 : -1;
  }

  /// Whether E tangential to a face of this axis at `index` is held at zero.
  [[nodiscard]] AULA_HD bool isWall(int axis, int index) const {
    return index == 0 && !isPeriodic[axis] && !isLowMirror[axis];
  }

  /// Where in the layers of an axis: 0 to low + high - 1, -1 outside.
  [[nodiscard]] AULA_HD int slab(int axis, int index) const {
    if (index < lowLayer[axis]) return index;
    const int fromHigh = index - (cells[axis] - highLayer[axis]);
    return fromHigh >= 0 && fromHigh < highLayer[axis] ? lowLayer[axis] + fromHigh : -1;
  }
  [[nodiscard]] AULA_HD int slabs(int axis) const { return lowLayer[axis] + highLayer[axis]; }

  /// Place of a cell's psi in the layers of `Axis`, at slab `s`.
  template <int Axis>
  [[nodiscard]] AULA_HD long slabOffset(int s, int i, int j, int k) const {
    if (Axis == 0) return (static_cast<long>(k) * owned[1] + j) * slabs(0) + s;
    if (Axis == 1) return (static_cast<long>(k) * slabs(1) + s) * pitch + i;
    return (static_cast<long>(s) * owned[1] + j) * pitch + i;
  }
  /// Floats that the psi of one component of one axis take.
  [[nodiscard]] AULA_HD long slabSize(int axis) const {
    if (axis == 0) return static_cast<long>(owned[2]) * owned[1] * slabs(0);
    if (axis == 1) return static_cast<long>(owned[2]) * slabs(1) * pitch;
    return static_cast<long>(slabs(2)) * owned[1] * pitch;
  }
  [[nodiscard]] AULA_HD long size() const { return plane * owned[2]; }
};

/// Which half of a step; the number is its index in pairs.
enum Half : int { kMagnetic = 0, kElectric = 1 };

/// CPML along one axis at one index (cpml.h).
struct LayerCoefficients {
  float a, b, c;
};

/// Coefficients of one component: arrays over the owned indices, or one value where the array is null.
struct ComponentCoefficients {
  const float* cb;
  const float* loss;  ///< Null: none.
  float uniform;      ///< cb where its array is null.
};

/// Fields, by Component.
struct Fields {
  float* values[6];
};

/// Memories of the layers: [axis][which of the other field's two components is differenced: 0 the next axis,
/// 1 the one after].
struct LayerMemory {
  float* psi[3][2];
};

}  // namespace aula::fdtd::cuda
