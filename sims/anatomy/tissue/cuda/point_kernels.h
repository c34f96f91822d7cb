// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "anatomy/tissue/cuda/device_body.h"

/// What a point's thread does.
namespace aula::anatomy::tissue::cuda {

/// The first guess of a step (model/descent.h) and where inertia would go.
struct BeginBody {
  static constexpr const char* kName = "tissue begin";
  DeviceBody b;
  float timeStep, carried;
  Vector<float> gravity, down, mean;
  float fallLimit;
  int isLoose;
  AULA_TISSUE_HD void operator()(long n) const {
    const Vector<float> v = vectorOf(b.velocities[n]);
    b.aim[n] = fourOf(timeStep * v + (timeStep * timeStep) * gravity, 0);
    const float fall = isLoose != 0 ? fallLimit : smaller(larger(b.fall[n], 0.0F), fallLimit);
    const Vector<float> guess =
        timeStep * (mean + carried * (v - mean)) + (timeStep * timeStep * fall) * down;
    const Vector<float> held = vectorOf(b.targets[n]) - vectorOf(b.start[n]);
    b.move[n] = fourOf(b.isFree[n] > 0 ? guess : held, 0);
    b.change[n] = {0, 0, 0, 0};
    b.place[n] = b.start[n];
  }
};
using Begin = compute::ForEach<BeginBody>;

struct EndBody {
  static constexpr const char* kName = "tissue end";
  DeviceBody b;
  float timeStep;
  Vector<float> down;
  AULA_TISSUE_HD void operator()(long n) const {
    const Vector<float> v = (1.0F / timeStep) * vectorOf(b.move[n]);
    b.fall[n] = dot(v - vectorOf(b.velocities[n]), down) / timeStep;
    b.velocities[n] = fourOf(v, 0);
    b.start[n] = fourOf(vectorOf(b.place[n]), 0);
  }
};
using End = compute::ForEach<EndBody>;

struct NoteDilationBody {
  static constexpr const char* kName = "tissue note dilation";
  DeviceBody b;
  AULA_TISSUE_HD void operator()(long n) const { b.startDilations[n] = b.dilationAt(n); }
};
using NoteDilation = compute::ForEach<NoteDilationBody>;

/// `reach`: how much more of the change the points move.
struct DisplaceBody {
  static constexpr const char* kName = "tissue displace";
  DeviceBody b;
  float reach;
  AULA_TISSUE_HD void operator()(long n) const {
    const Vector<float> move = vectorOf(b.move[n]) + reach * vectorOf(b.change[n]);
    b.move[n] = fourOf(move, 0);
    b.place[n] = fourOf(vectorOf(b.start[n]) + move, 0);
  }
};
using Displace = compute::ForEach<DisplaceBody>;

struct PressBody {
  static constexpr const char* kName = "tissue press";
  DeviceBody b;
  int isDamped;
  AULA_TISSUE_HD void operator()(long n) const {
    const float dilation = b.dilationAt(n);
    float pressure = b.stiffness[n] * dilation;
    if (isDamped != 0) pressure += b.damping[n] * (dilation - b.startDilations[n]);
    b.place[n].w = pressure;
  }
};
using Press = compute::ForEach<PressBody>;

struct GatherBlocksBody {
  static constexpr const char* kName = "tissue gather blocks";
  DeviceBody b;
  AULA_TISSUE_HD void operator()(long n) const {
    const int row = b.firstNeighbour[n];
    for (int at = row; at < b.firstNeighbour[n + 1]; ++at) b.rows[at] = {0, 0, 0, 0};
    Four upper{0, 0, 0, 0}, lower{0, 0, 0, 0};
    for (int at = b.first[n]; at < b.first[n + 1]; ++at) {
      const long slot = b.slots[at];
      upper = upper + b.cornerBlocks[2 * slot];
      lower = lower + b.cornerBlocks[2 * slot + 1];
      const Four area = fourOf(0.25F * vectorOf(b.cornerAreas[slot]), 0);
      for (int corner = 0; corner < 4; ++corner) {
        Four& to = b.rows[row + b.rowPlaces[at].place[corner]];
        to = to + area;
      }
    }
    const float own = b.diagonal[n], free = b.isFree[n];
    const Symmetric<float> k =
        free * inverseOrNull(
                   Symmetric<float>{upper.x + own, upper.y + own, upper.z + own, upper.w, lower.x, lower.y});
    b.inverses[3 * n] = {k.xx, k.xy, k.xz, 0};
    b.inverses[3 * n + 1] = {k.xy, k.yy, k.yz, 0};
    b.inverses[3 * n + 2] = {k.xz, k.yz, k.zz, 0};
  }
};
using GatherBlocks = compute::ForEach<GatherBlocksBody>;

struct GatherImageBody {
  static constexpr const char* kName = "tissue gather image";
  DeviceBody b;
  AULA_TISSUE_HD void operator()(long n) const {
    if (b.control->stage != 0) return;
    const Four sum = b.sumOfCorners(n);
    b.pressures[n] = 0.25F * (b.stiffness[n] + b.damping[n]) * sum.w;
    b.image[n] = fourOf(vectorOf(sum) + b.diagonal[n] * vectorOf(b.direction[n]), 0);
  }
};
using GatherImage = compute::ForEach<GatherImageBody>;

struct TurnBody {
  static constexpr const char* kName = "tissue turn";
  DeviceBody b;
  AULA_TISSUE_HD void operator()(long n) const {
    if (b.control->stage != 0) return;
    b.direction[n] =
        fourOf(b.preconditioned(n, vectorOf(b.left[n])) + b.control->turn * vectorOf(b.direction[n]), 0);
  }
};
using Turn = compute::ForEach<TurnBody>;

}  // namespace aula::anatomy::tissue::cuda
