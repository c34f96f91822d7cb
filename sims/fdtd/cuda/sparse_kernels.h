// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compute/kernel.h"
#include "fdtd/cuda/cell_update.h"
#include "fdtd/model/ade.h"

/// What happens at few cells, before or after the march, each a list of places with one thread a place.
namespace aula::fdtd::cuda {

/// One field value and the range of entries that add to it.
struct InjectionTarget {
  long offset;
  int component;
  int first, count;
};
struct InjectionEntry {
  int slot;
  float weight[4];
};

/// Adds sum of weight * table to field values (model/injection.h). Electric values after the march. Magnetic
/// ones before it, to the old field: H(n+1/2) = H(n-1/2) - curl E + s is the same sum, and so the march
/// already sees s in E(n+1).
struct InjectBody {
  static constexpr const char* kName = "inject";
  Fields fields;
  const InjectionTarget* targets;
  const InjectionEntry* entries;
  const float* table;

  AULA_HD void operator()(long n) const {
    const InjectionTarget target = targets[n];
    float sum = 0;
    for (int m = target.first; m < target.first + target.count; ++m) {
      const InjectionEntry& entry = entries[m];
      for (int w = 0; w < 4; ++w) sum = multiplyAdd(entry.weight[w], table[entry.slot + w], sum);
    }
    fields.values[target.component][target.offset] += sum;
  }
};
using Inject = compute::ForEach<InjectBody>;

/// Off-diagonal inverse permittivity (model/medium.h), first half: at each listed node m the three numbers
///   w_x(m) = xi_xy S_y + xi_xz S_z, ...   with   S_y = 1/4 [C_y(m, j+1/2) + C_y(m, j-1/2)],
/// C the bracket of the electric update. Nodes stand clear of walls and layers.
struct CouplingNode {
  int i, j, k;
  float xy, xz, yz;
};
struct CouplingSumsBody {
  static constexpr const char* kName = "coupling sums";
  DeviceGrid grid;
  UpdateTables tables;
  Fields fields;
  const CouplingNode* nodes;
  float* sums;  ///< Three a node.

  /// C of component X on the edge that begins at (i, j, k).
  template <int X>
  AULA_HD float curlOn(int i, int j, int k) const {
    constexpr int B = (X + 1) % 3, C = (X + 2) % 3;
    const LayerMemory none{};
    return curlAt<X, false>(grid, tables, kElectric, i, j, k, difference(3 + C, B, i, j, k),
                            difference(3 + B, C, i, j, k), none, nullptr);
  }
  AULA_HD float difference(int component, int axis, int i, int j, int k) const {
    const int before[3] = {axis == 0 ? grid.locate(0, i - 1) : i, axis == 1 ? grid.locate(1, j - 1) : j,
                           axis == 2 ? grid.locate(2, k - 1) : k};
    const float* field = fields.values[component];
    return field[grid.offset(before[0], before[1], before[2])] - field[grid.offset(i, j, k)];
  }
  AULA_HD void operator()(long n) const {
    const CouplingNode node = nodes[n];
    const int i = node.i, j = node.j, k = node.k, below = grid.locate(2, k - 1);
    const float x = 0.25F * (curlOn<0>(i, j, k) + curlOn<0>(i - 1, j, k));
    const float y = 0.25F * (curlOn<1>(i, j, k) + curlOn<1>(i, j - 1, k));
    const float z = 0.25F * (curlOn<2>(i, j, k) + curlOn<2>(i, j, below));
    sums[3 * n] = multiplyAdd(node.xy, y, node.xz * z);
    sums[3 * n + 1] = multiplyAdd(node.xy, x, node.yz * z);
    sums[3 * n + 2] = multiplyAdd(node.xz, x, node.yz * y);
  }
};
using CouplingSums = compute::ForEach<CouplingSumsBody>;

/// Second half: an edge takes the numbers of its two nodes, as far as they are listed.
struct CoupledEdge {
  long offset;
  int component;
  int node[2];  ///< -1: not listed.
};
struct CoupleBody {
  static constexpr const char* kName = "couple";
  Fields fields;
  const CoupledEdge* edges;
  const float* sums;

  AULA_HD void operator()(long n) const {
    const CoupledEdge edge = edges[n];
    float sum = 0;
    for (int m = 0; m < 2; ++m)
      if (edge.node[m] >= 0) sum += sums[3 * edge.node[m] + edge.component];
    fields.values[edge.component][edge.offset] += sum;
  }
};
using Couple = compute::ForEach<CoupleBody>;

/// A pole in single precision, and its state at each cell of a list.
struct DevicePole {
  int kind;  ///< 0 drude, 1 lorentz, 2 debye.
  float d, b, g;
  float *p, *q;
};

/// Dispersive cells of one component and material (ade.h). The march has made E(n+1) with the loss of the
/// poles in its coefficients; here their lag is taken off it and their state goes on, with e = E(n+1) + E(n)
/// from the new and old field.
struct DisperseBody {
  static constexpr const char* kName = "disperse";
  const float* from;
  float* to;
  ComponentCoefficients coefficients;
  const long* cells;
  int poleCount;
  DevicePole poles[4];

  AULA_HD void operator()(long n) const {
    const long at = cells[n];
    const float cb = coefficients.cb != nullptr ? coefficients.cb[at] : coefficients.uniform;
    float field = to[at];
    for (int m = 0; m < poleCount; ++m) {
      const DevicePole& pole = poles[m];
      const float lag = pole.kind == 0   ? drudeLag(pole.q[n], pole.d)
                        : pole.kind == 1 ? lorentzLag(pole.p[n], pole.q[n], pole.d, pole.b)
                                         : debyeLag(pole.p[n], pole.b);
      field = multiplyAdd(-cb, lag, field);
    }
    to[at] = field;
    const float e = field + from[at];
    for (int m = 0; m < poleCount; ++m) {
      const DevicePole& pole = poles[m];
      if (pole.kind == 0)
        drudeStep(pole.q[n], pole.d, pole.g, e);
      else if (pole.kind == 1)
        lorentzStep(pole.p[n], pole.q[n], pole.d, pole.b, pole.g, e);
      else
        debyeStep(pole.p[n], pole.b, pole.g, e);
    }
  }
};
using Disperse = compute::ForEach<DisperseBody>;

/// A box of one component between the field and a dense array. Indices beyond what is owned read as the copy
/// of a periodic axis, or zero, and are not written.
struct BoxPlace {
  int lower[3];
  int extent[3];
  AULA_HD long locate(const DeviceGrid& grid, long n) const {
    const int i = grid.locate(0, lower[0] + static_cast<int>(n % extent[0]));
    const int j = grid.locate(1, lower[1] + static_cast<int>(n / extent[0] % extent[1]));
    const int k = grid.locate(2, lower[2] + static_cast<int>(n / (static_cast<long>(extent[0]) * extent[1])));
    return i < 0 || j < 0 || k < 0 ? -1 : grid.offset(i, j, k);
  }
};
struct GatherBody {
  static constexpr const char* kName = "gather";
  DeviceGrid grid;
  BoxPlace box;
  const float* field;
  float* dense;
  AULA_HD void operator()(long n) const {
    const long at = box.locate(grid, n);
    dense[n] = at < 0 ? 0.0F : field[at];
  }
};
using Gather = compute::ForEach<GatherBody>;

struct ScatterBody {
  static constexpr const char* kName = "scatter";
  DeviceGrid grid;
  BoxPlace box;
  float* field;
  const float* dense;
  const float* cb;  ///< Null, or E stays zero where it is 0 (perfect conductors).
  int component;
  AULA_HD void operator()(long n) const {
    // A periodic axis takes index 0's value and not that of its copy.
    const int index[3] = {
        box.lower[0] + static_cast<int>(n % box.extent[0]),
        box.lower[1] + static_cast<int>(n / box.extent[0] % box.extent[1]),
        box.lower[2] + static_cast<int>(n / (static_cast<long>(box.extent[0]) * box.extent[1]))};
    bool isHeldAtZero = false;
    for (int axis = 0; axis < 3; ++axis) {
      if (index[axis] >= grid.owned[axis]) return;
      if (component < 3 && axis != component && grid.isWall(axis, index[axis])) isHeldAtZero = true;
    }
    const long at = grid.offset(index[0], index[1], index[2]);
    if (cb != nullptr && component < 3 && cb[at] == 0) isHeldAtZero = true;
    field[at] = isHeldAtZero ? 0.0F : dense[n];
  }
};
using Scatter = compute::ForEach<ScatterBody>;

/// Sets `found` where a value is not finite; several threads may write the same 1.
struct FindNonFiniteBody {
  static constexpr const char* kName = "find non-finite";
  const float* field;
  int* found;
  AULA_HD void operator()(long n) const {
    const float value = field[n];
    if (!(value - value == 0)) *found = 1;
  }
};
using FindNonFinite = compute::ForEach<FindNonFiniteBody>;

}  // namespace aula::fdtd::cuda
