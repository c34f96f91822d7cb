// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compute/kernel.h"
#include "molecular/cuda/device_math.h"
#include "molecular/model/engine.h"
#include "molecular/model/formula/elementary.h"
#include "molecular/model/formula/integrate.h"
#include "molecular/model/random.h"

/// The steps of README, "What every engine does in a step", atom by atom; and the sums over atoms they need.
namespace aula::molecular::cuda {

/// Velocities from forces and the displacement that follows from them. A force or speed beyond reason is cut
/// to what an atom may do in a step, and counted: hands may drag atoms into each other.
struct KickBody {
  static constexpr const char* kName = "kick";
  const float* inverseMasses;
  const Vec3f* forces;
  const Vec3f* velocities;
  float kick;         ///< ps of force
  float drift;        ///< ps of the new velocity
  float longestMove;  ///< nm
  Vec3f* velocitiesOut;
  Vec3f* moves;
  int* mended;  ///< Counts atoms; null in a trial.

  AULA_HD void operator()(long n) const {
    Vec3f v = velocities[n] + (kick * inverseMasses[n]) * forces[n];
    const float square = dot(v, v), most = longestMove / drift;
    // Written so that a number that is none is cut as well.
    if (!(square <= most * most)) {
      const float scale = square < 1e30F ? most / squareRoot(square) : 0.0F;
      v = square < 1e30F ? scale * v : Vec3f{0, 0, 0};
      if (mended != nullptr) addTo(mended, 1);
    }
    velocitiesOut[n] = v;
    moves[n] = drift * v;
  }
};
using Kick = compute::ForEach<KickBody>;

/// Friction and noise in the middle of the drift (Zhang et al. 2019): half of it with the old velocity, half
/// with the new.
struct MiddleBody {
  static constexpr const char* kName = "friction in the middle";
  const float* inverseMasses;
  float halfStep, keep;
  const float* noise;  ///< sqrt((1 - keep^2) k T), in device memory for the temperature may change
  std::uint64_t seed;
  const std::int64_t* step;
  Vec3f* velocities;
  Vec3f* moves;

  AULA_HD void operator()(long n) const {
    const FourGaussians<float> xi =
        randomGaussians<float>(seed, *step, static_cast<std::uint32_t>(n), RandomPurpose::langevin);
    const Vec3f before = velocities[n];
    const float scale = *noise * squareRoot(inverseMasses[n]);
    const Vec3f after{frictionAndNoise(before.x, keep, scale, xi.value[0]),
                      frictionAndNoise(before.y, keep, scale, xi.value[1]),
                      frictionAndNoise(before.z, keep, scale, xi.value[2])};
    moves[n] = halfStep * (before + after);
    velocities[n] = after;
  }
};
using Middle = compute::ForEach<MiddleBody>;

struct DriftBody {
  static constexpr const char* kName = "drift";
  const Vec3f* moves;
  Vec3f* positions;
  Vec3f* rests;  ///< What single precision rounds away of a position.

  AULA_HD void operator()(long n) const {
    const Vec3f move = moves[n];
    Vec3f p = positions[n], rest = rests[n];
    addMove(p.x, rest.x, move.x);
    addMove(p.y, rest.y, move.y);
    addMove(p.z, rest.z, move.z);
    positions[n] = p;
    rests[n] = rest;
  }
};
using Drift = compute::ForEach<DriftBody>;

/// A ball in which atoms are brought to a temperature.
struct DeviceRegion {
  Vec3f centre;
  float squareRadius, keep, noise;  ///< noise: sqrt((1 - keep^2) k T)
};
struct HeatRegionsBody {
  static constexpr const char* kName = "heat regions";
  const DeviceCell* cell;
  const DeviceRegion* regions;
  int count;
  const float* inverseMasses;
  const Vec3f* positions;
  std::uint64_t seed;
  const std::int64_t* step;
  Vec3f* velocities;

  AULA_HD void operator()(long n) const {
    for (int region = 0; region < count; ++region) {
      const DeviceRegion& ball = regions[region];
      const Vec3f d = nearestImage(positions[n] - ball.centre, *cell);
      if (dot(d, d) >= ball.squareRadius) continue;
      const FourGaussians<float> xi =
          randomGaussians<float>(seed, *step, static_cast<std::uint32_t>(n), RandomPurpose::heatRegion,
                                 static_cast<std::uint32_t>(region));
      const float scale = ball.noise * squareRoot(inverseMasses[n]);
      const Vec3f v = velocities[n];
      velocities[n] = {frictionAndNoise(v.x, ball.keep, scale, xi.value[0]),
                       frictionAndNoise(v.y, ball.keep, scale, xi.value[1]),
                       frictionAndNoise(v.z, ball.keep, scale, xi.value[2])};
    }
  }
};
using HeatRegions = compute::ForEach<HeatRegionsBody>;

/// Sums over atoms, in double, in a fixed order: a block sums its stretch, then one block sums the blocks.
/// m v^2 / 2; momentum x, y, z; mass; m v (x) v / 2: xx, yy, zz, xy, xz, yz.
inline constexpr int kMotionSums = 11;
struct SumMotion {
  static constexpr const char* kName = "sum motion";
  static constexpr int kThreads = 128;
  static constexpr int kEach = 8;  ///< Atoms a thread.
  struct Shared {
    double sums[kThreads * kMotionSums];
  };
  struct Registers {};

  const float* masses;
  const Vec3f* velocities;
  int count;
  double* blockSums;

  [[nodiscard]] compute::LaunchShape shape() const {
    return {{compute::blocksFor(count, kThreads * kEach), 1, 1}, {kThreads, 1, 1}};
  }
  template <class Block>
  AULA_HD void operator()(Block& block, Shared& shared) const {
    const int first = block.index().x * kThreads * kEach;
    block.phase([&](compute::ThreadIndex thread, Registers&) {
      double sums[kMotionSums] = {};
      for (int m = 0; m < kEach; ++m) {
        const int n = first + m * kThreads + thread.x;
        if (n >= count) break;
        const double mass = masses[n];
        const Vec3f v = velocities[n];
        const double half[3] = {0.5 * mass * v.x, 0.5 * mass * v.y, 0.5 * mass * v.z};
        sums[0] += half[0] * v.x + half[1] * v.y + half[2] * v.z;
        sums[1] += mass * v.x;
        sums[2] += mass * v.y;
        sums[3] += mass * v.z;
        sums[4] += mass;
        sums[5] += half[0] * v.x;
        sums[6] += half[1] * v.y;
        sums[7] += half[2] * v.z;
        sums[8] += half[0] * v.y;
        sums[9] += half[0] * v.z;
        sums[10] += half[1] * v.z;
      }
      for (int m = 0; m < kMotionSums; ++m) shared.sums[thread.x * kMotionSums + m] = sums[m];
    });
    block.phase([&](compute::ThreadIndex thread, Registers&) {
      if (thread.x >= kMotionSums) return;
      double sum = 0;
      for (int n = 0; n < kThreads; ++n) sum += shared.sums[n * kMotionSums + thread.x];
      blockSums[static_cast<long>(block.index().x) * kMotionSums + thread.x] = sum;
    });
  }
};

/// Adds up what blocks left: `width` numbers each, to totals[target[n]].
struct FoldSums {
  static constexpr const char* kName = "fold sums";
  static constexpr int kThreads = 32;
  using Shared = compute::NoShared;
  struct Registers {};

  const double* blockSums;
  int blocks, width;
  double* totals;
  int target[12];  ///< Below 0: dropped.
  bool isFirst;    ///< Set rather than add.

  [[nodiscard]] static compute::LaunchShape shape() { return {{1, 1, 1}, {kThreads, 1, 1}}; }
  template <class Block>
  AULA_HD void operator()(Block& block, Shared&) const {
    block.phase([&](compute::ThreadIndex thread, Registers&) {
      if (thread.x >= width || target[thread.x] < 0) return;
      double sum = 0;
      for (int n = 0; n < blocks; ++n) sum += blockSums[static_cast<long>(n) * width + thread.x];
      double& total = totals[target[thread.x]];
      total = isFirst ? sum : total + sum;
    });
  }
};

/// Takes the drift of the whole out of velocities; sums as SumMotion's.
struct StopDriftBody {
  static constexpr const char* kName = "stop the drift";
  const double* sums;
  Vec3f* velocities;
  AULA_HD void operator()(long n) const {
    const double inverse = 1 / sums[4];
    const Vec3f v = velocities[n];
    velocities[n] = {static_cast<float>(v.x - sums[1] * inverse), static_cast<float>(v.y - sums[2] * inverse),
                     static_cast<float>(v.z - sums[3] * inverse)};
  }
};
using StopDrift = compute::ForEach<StopDriftBody>;

/// Steps are counted on the device, for a recorded step draws new random numbers each time.
struct CountStepBody {
  static constexpr const char* kName = "count step";
  std::int64_t* step;
  AULA_HD void operator()(long) const { ++*step; }
};
using CountStep = compute::ForEach<CountStepBody>;

struct ScaleBody {
  static constexpr const char* kName = "scale";
  const float* velocityFactor;
  const float* positionFactor;
  Vec3f* velocities;
  Vec3f* positions;
  Vec3f* rests;
  AULA_HD void operator()(long n) const {
    velocities[n] = *velocityFactor * velocities[n];
    if (*positionFactor == 1.0F) return;
    positions[n] = *positionFactor * positions[n];
    rests[n] = *positionFactor * rests[n];
  }
};
using Scale = compute::ForEach<ScaleBody>;

}  // namespace aula::molecular::cuda
