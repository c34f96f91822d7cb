// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "anatomy/tissue/cuda/device_body.h"

/// What a tetrahedron's thread does.
namespace aula::anatomy::tissue::cuda {

struct StrainBody {
  static constexpr const char* kName = "tissue strain";
  DeviceBody b;
  AULA_TISSUE_HD void operator()(long t) const {
    float mean = 0;
    b.storeSymmetric(b.strains, t, strainOf(b.gather(b.start, t, b.constantsOf(t), mean)));
  }
};
using Strain = compute::ForEach<StrainBody>;

struct DilateBody {
  static constexpr const char* kName = "tissue dilate";
  DeviceBody b;
  AULA_TISSUE_HD void operator()(long t) const {
    const Constants<float> c = b.constantsOf(t);
    float mean = 0;
    b.dilations[t] = c.volume * dilationOf(b.gather(b.place, t, c, mean));
  }
};
using Dilate = compute::ForEach<DilateBody>;

template <bool HasFibre, bool IsDamped>
struct ForceBody {
  static constexpr const char* kName = "tissue force";
  DeviceBody b;
  AULA_TISSUE_HD void operator()(long t) const {
    const Constants<float> c = b.constantsOf(t);
    float pressure = 0;
    const Matrix<float> gradient = b.gather(b.place, t, c, pressure);
    Symmetric<float> before{};
    if constexpr (IsDamped) before = b.symmetricAt(b.strains, t);
    const Tangent<float> tangent = linearise<float, HasFibre, IsDamped>(c, gradient, pressure, before, 1.0F);
    const Corners<float> k = forcesOf<float, HasFibre, IsDamped>(c, tangent);
    const Vector<float> all[4] = {-1.0F * (k.f1 + k.f2 + k.f3), k.f1, k.f2, k.f3};
    for (int n = 0; n < 4; ++n) b.cornerForces[4 * t + n] = fourOf(all[n], squareRoot(dot(all[n], all[n])));
  }
};
template <bool HasFibre, bool IsDamped>
using Force = compute::ForEach<ForceBody<HasFibre, IsDamped>>;

template <bool HasFibre, bool IsDamped>
struct LineariseBody {
  static constexpr const char* kName = "tissue linearise";
  DeviceBody b;
  float limit;
  AULA_TISSUE_HD void operator()(long t) const {
    const Constants<float> c = b.constantsOf(t);
    float pressure = 0;
    const Matrix<float> gradient = b.gather(b.place, t, c, pressure);
    Symmetric<float> before{};
    if constexpr (IsDamped) before = b.symmetricAt(b.strains, t);
    const Tangent<float> a = linearise<float, HasFibre, IsDamped>(c, gradient, pressure, before, limit);
    const float all[kTangent] = {a.f.x.x,   a.f.x.y,   a.f.x.z,   a.f.y.x, a.f.y.y, a.f.y.z,
                                 a.f.z.x,   a.f.z.y,   a.f.z.z,   a.m,     a.k,     a.bend,
                                 a.along.x, a.along.y, a.along.z, a.pull,  a.rise};
    for (int n = 0; n < (HasFibre ? kTangent : 12); ++n)
      b.tangent[static_cast<long>(n) * b.tetrahedra + t] = all[n];
    if constexpr (IsDamped) b.storeSymmetric(b.dampingStress, t, a.damping);
    const Matrix<float> cof = cofactors(a.f);
    const Vector<float> gradients[4] = {-1.0F * (c.b1 + c.b2 + c.b3), c.b1, c.b2, c.b3};
    for (int n = 0; n < 4; ++n) {
      b.cornerAreas[4 * t + n] = fourOf(c.volume * (cof * gradients[n]), 0);
      const Symmetric<float> k = blockOf<float, HasFibre, IsDamped>(c, a, gradients[n], b.pointsLambda[t]);
      b.cornerBlocks[2 * (4 * t + n)] = {k.xx, k.yy, k.zz, k.yz};
      b.cornerBlocks[2 * (4 * t + n) + 1] = {k.xz, k.xy, 0, 0};
    }
  }
};
template <bool HasFibre, bool IsDamped>
using Linearise = compute::ForEach<LineariseBody<HasFibre, IsDamped>>;

/// The stiffness times the direction, at a tetrahedron's corners; the fourth number: its change of volume.
template <bool HasFibre, bool IsDamped>
struct MultiplyBody {
  static constexpr const char* kName = "tissue multiply";
  DeviceBody b;
  AULA_TISSUE_HD void operator()(long t) const {
    if (b.control->stage != 0) return;
    const Constants<float> c = b.constantsOf(t);
    const auto a = [&](int n) { return b.tangent[static_cast<long>(n) * b.tetrahedra + t]; };
    Tangent<float> tangent{};
    tangent.f = {{a(0), a(1), a(2)}, {a(3), a(4), a(5)}, {a(6), a(7), a(8)}};
    tangent.m = a(9);
    tangent.k = a(10);
    tangent.bend = a(11);
    if constexpr (HasFibre) {
      tangent.along = {a(12), a(13), a(14)};
      tangent.pull = a(15);
      tangent.rise = a(16);
    }
    if constexpr (IsDamped) tangent.damping = b.symmetricAt(b.dampingStress, t);
    float mean = 0;
    const Matrix<float> d = b.gather(b.direction, t, c, mean);
    const Corners<float> k = stiffnessTimes<float, HasFibre, IsDamped>(c, tangent, d, 0.0F);
    const float change = volumeChange(c, tangent.f, d);
    b.cornerForces[4 * t] = fourOf(-1.0F * (k.f1 + k.f2 + k.f3), change);
    b.cornerForces[4 * t + 1] = fourOf(k.f1, change);
    b.cornerForces[4 * t + 2] = fourOf(k.f2, change);
    b.cornerForces[4 * t + 3] = fourOf(k.f3, change);
  }
};
template <bool HasFibre, bool IsDamped>
using Multiply = compute::ForEach<MultiplyBody<HasFibre, IsDamped>>;

}  // namespace aula::anatomy::tissue::cuda
