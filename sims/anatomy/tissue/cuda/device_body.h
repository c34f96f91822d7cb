// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "anatomy/tissue/model/formula/law.h"
#include "compute/kernel.h"

/// What kernels see of a body, a step and its search. Points have four floats each (x, y, z and one more);
/// numbers of tetrahedra stand one kind after the other. Lengths in m, forces in N.
namespace aula::anatomy::tissue::cuda {

struct alignas(16) Four {
  float x, y, z, w;
};
struct Corners4 {
  int point[4];
};
struct RowPlaces {
  unsigned short place[4];
};

AULA_TISSUE_HD Vector<float> vectorOf(const Four& f) {
  return {f.x, f.y, f.z};
}
AULA_TISSUE_HD Four fourOf(const Vector<float>& v, float w) {
  return {v.x, v.y, v.z, w};
}
AULA_TISSUE_HD Four operator+(const Four& a, const Four& b) {
  return {a.x + b.x, a.y + b.y, a.z + b.z, a.w + b.w};
}

inline constexpr int kConstants = 19;  ///< As Constants has them.
inline constexpr int kTangent = 17;    ///< f, m, k, bend, along, pull, rise.

/// What steers the search; lies on the device, so that a search needs no host between its iterations.
struct Control {
  double squared = 0, enough = 0;                 ///< Of conjugate gradients.
  double slope = 0;                               ///< Along the change, where it began.
  double slopeThere = 0, largest = 0, scale = 0;  ///< Where it ended; largest is squared, N^2.
  float along = 0, turn = 0;
  int used = 0, budget = 0;
  int isFirst = 0, hasBent = 0;
  int stage = 0;  ///< 0: goes on, 1: one last advance, 2: done.
};

struct DeviceBody {
  int points, tetrahedra;
  const Corners4* corners;
  const float* constants;     ///< [kConstants][tetrahedron]
  const float* pointsLambda;  ///< The blocks' share, times volume.
  const int *first, *slots, *firstNeighbour, *neighbours;
  const RowPlaces* rowPlaces;
  const float *diagonal, *inertia, *stiffness, *damping, *isFree;

  Four *start, *velocities;
  float* fall;
  Four *targets, *guides, *aim;
  float* strains;         ///< [6][tetrahedron]
  float* startDilations;  ///< One a point.
  Four *move, *place;
  float* dilations;
  Four *cornerForces, *cornerAreas;  ///< [tetrahedron][corner]
  Four* cornerBlocks;                ///< Two a corner.
  float *tangent, *dampingStress;
  Four* rows;
  Four* inverses;  ///< Three columns a point.
  Four* forces;
  float* pressures;
  Four *change, *left, *direction, *image;
  Control* control;
  double* partials;  ///< Three a block.

  AULA_TISSUE_HD Constants<float> constantsOf(long t) const {
    const auto c = [&](int n) { return constants[static_cast<long>(n) * tetrahedra + t]; };
    return {{c(0), c(1), c(2)},
            {c(3), c(4), c(5)},
            {c(6), c(7), c(8)},
            c(9),
            c(10),
            c(11),
            {c(12), c(13), c(14)},
            c(15),
            c(16),
            c(17),
            c(18)};
  }
  AULA_TISSUE_HD Symmetric<float> symmetricAt(const float* table, long t) const {
    const auto s = [&](int n) { return table[static_cast<long>(n) * tetrahedra + t]; };
    return {s(0), s(1), s(2), s(3), s(4), s(5)};
  }
  AULA_TISSUE_HD void storeSymmetric(float* table, long t, const Symmetric<float>& s) const {
    const float all[6] = {s.xx, s.yy, s.zz, s.yz, s.xz, s.xy};
    for (int n = 0; n < 6; ++n) table[static_cast<long>(n) * tetrahedra + t] = all[n];
  }
  /// The gradient of a field of points, and the mean of its fourth numbers.
  AULA_TISSUE_HD Matrix<float> gather(const Four* from, long t, const Constants<float>& c,
                                      float& mean) const {
    const Corners4 at = corners[t];
    const Four p0 = from[at.point[0]], p1 = from[at.point[1]], p2 = from[at.point[2]], p3 = from[at.point[3]];
    mean = 0.25F * ((p0.w + p1.w) + (p2.w + p3.w));
    const Vector<float> base = vectorOf(p0);
    return gradientOf(c, vectorOf(p1) - base, vectorOf(p2) - base, vectorOf(p3) - base);
  }
  AULA_TISSUE_HD float dilationAt(long n) const {
    float sum = 0;
    for (int at = first[n]; at < first[n + 1]; ++at) sum += dilations[slots[at] / 4];
    return 0.25F * sum;
  }
  AULA_TISSUE_HD Four sumOfCorners(long n) const {
    Four sum{0, 0, 0, 0};
    for (int at = first[n]; at < first[n + 1]; ++at) sum = sum + cornerForces[slots[at]];
    return sum;
  }
  AULA_TISSUE_HD Vector<float> preconditioned(long n, const Vector<float>& v) const {
    return v.x * vectorOf(inverses[3 * n]) + v.y * vectorOf(inverses[3 * n + 1]) +
           v.z * vectorOf(inverses[3 * n + 2]);
  }
};

}  // namespace aula::anatomy::tissue::cuda
