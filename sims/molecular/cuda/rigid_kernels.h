// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compute/kernel.h"
#include "molecular/cuda/term_kernels.h"
#include "molecular/model/formula/settle.h"

/// Rigid waters and bonds to hydrogen. A thread takes a whole rigid group, so that no thread waits for
/// another: a triangle by SETTLE, or a star of up to four hydrogens around one atom by SHAKE's iteration
/// (Ryckaert, Ciccotti and Berendsen 1977) in registers. Groups share no atom.
namespace aula::molecular::cuda {

struct DeviceSettle {
  int atom[3];  ///< Oxygen, hydrogens.
  int shape;    ///< Into a table: systems have one or two.
};

inline constexpr int kStarArms = 4;
struct DeviceStar {
  int centre;
  int arms;
  int atom[kStarArms];
  float length[kStarArms];
  float inverseCentre, inverseArm[kStarArms];  ///< Of the masses, 1/u.
};

/// What a step is about to do, to be made to keep the lengths: displacements, and velocities that get what
/// the displacements got, divided by the time step.
struct Moves {
  DeviceCell const* cell;
  const Vec3f* positions;  ///< Before the step: constraints act along these directions.
  Vec3f* moves;            ///< Null: velocities are projected, nothing is displaced.
  Vec3f* velocities;
  float inverseStep;  ///< 1/ps
  /// Constraint forces per mass times displacement for the virial: 1/dt^2, twice that for velocity Verlet.
  float virialFactor;
};

template <class Group, bool kWantsVirial>
struct ConstrainGroups {
  static constexpr const char* kName = Group::kName;
  static constexpr int kThreads = 64;
  struct Shared {
    double sums[kWantsVirial ? kThreads * kTermSums : 1];
  };
  struct Registers {};

  Group group;
  Moves moves;
  int count;
  double* blockSums;  ///< As of terms; both energies stay 0.

  [[nodiscard]] compute::LaunchShape shape() const {
    return {{compute::blocksFor(count, kThreads), 1, 1}, {kThreads, 1, 1}};
  }
  template <class Block>
  AULA_HD void operator()(Block& block, Shared& shared) const {
    const int first = block.index().x * kThreads;
    block.phase([&](compute::ThreadIndex thread, Registers&) {
      TermSums sums;
      const int n = first + thread.x;
      if (n < count) {
        if (moves.moves != nullptr)
          group.move(moves, n, sums);
        else
          group.project(moves, n);
      }
      if (kWantsVirial)
        for (int m = 0; m < kTermSums; ++m) shared.sums[thread.x * kTermSums + m] = sums.value[m];
    });
    if (!kWantsVirial) return;
    block.phase([&](compute::ThreadIndex thread, Registers&) {
      if (thread.x >= kTermSums) return;
      double sum = 0;
      for (int n = 0; n < kThreads; ++n) sum += shared.sums[n * kTermSums + thread.x];
      blockSums[static_cast<long>(block.index().x) * kTermSums + thread.x] = sum;
    });
  }
};

struct SettleGroups {
  static constexpr const char* kName = "rigid waters";
  const DeviceSettle* settles;
  const SettleShape<float>* shapes;

  AULA_HD void move(const Moves& at, long n, TermSums& sums) const {
    const DeviceSettle water = settles[n];
    const SettleShape<float> shape = shapes[water.shape];
    const Vec3f b0 = nearestImage(at.positions[water.atom[1]] - at.positions[water.atom[0]], *at.cell);
    const Vec3f c0 = nearestImage(at.positions[water.atom[2]] - at.positions[water.atom[0]], *at.cell);
    Vec3f moves[3], corrections[3];
    for (int m = 0; m < 3; ++m) moves[m] = at.moves[water.atom[m]];
    settleCorrections(shape, b0, c0, moves, corrections);
    for (int m = 0; m < 3; ++m) {
      at.moves[water.atom[m]] = moves[m] + corrections[m];
      at.velocities[water.atom[m]] = at.velocities[water.atom[m]] + at.inverseStep * corrections[m];
    }
    sums.addVirial(b0, (at.virialFactor * shape.massH) * corrections[1]);
    sums.addVirial(c0, (at.virialFactor * shape.massH) * corrections[2]);
  }
  AULA_HD void project(const Moves& at, long n) const {
    const DeviceSettle water = settles[n];
    const Vec3f b0 = nearestImage(at.positions[water.atom[1]] - at.positions[water.atom[0]], *at.cell);
    const Vec3f c0 = nearestImage(at.positions[water.atom[2]] - at.positions[water.atom[0]], *at.cell);
    Vec3f velocities[3], corrections[3];
    for (int m = 0; m < 3; ++m) velocities[m] = at.velocities[water.atom[m]];
    settleVelocities(shapes[water.shape], b0, c0, velocities, corrections);
    for (int m = 0; m < 3; ++m) at.velocities[water.atom[m]] = velocities[m] + corrections[m];
  }
};

struct StarGroups {
  static constexpr const char* kName = "bonds to hydrogen";
  static constexpr int kMostRounds = 100;
  /// Of the squared length; single precision has 6e-8 of each of three squares.
  static constexpr float kTolerance = 4e-7F;
  const DeviceStar* stars;

  AULA_HD void move(const Moves& at, long n, TermSums& sums) const {
    const DeviceStar star = stars[n];
    Vec3f before[kStarArms], apart[kStarArms], armMove[kStarArms], centre{0, 0, 0};
    const Vec3f centreMove = at.moves[star.centre];
    for (int m = 0; m < star.arms; ++m) {
      before[m] = nearestImage(at.positions[star.centre] - at.positions[star.atom[m]], *at.cell);
      apart[m] = before[m] + (centreMove - at.moves[star.atom[m]]);
      armMove[m] = {0, 0, 0};
    }
    bool isDone = false;
    for (int round = 0; round < kMostRounds && !isDone; ++round) {
      isDone = true;
      for (int m = 0; m < star.arms; ++m) {
        const float square = star.length[m] * star.length[m];
        const Vec3f now = apart[m] + (centre - armMove[m]);
        const float excess = dot(now, now) - square;
        if (excess < kTolerance * square && excess > -kTolerance * square) continue;
        isDone = false;
        // Turned by more than a right angle in one step, a bond has no direction left: its own is taken.
        const float along = dot(now, before[m]);
        const Vec3f direction = along > 0.1F * square ? before[m] : now;
        const float slope = along > 0.1F * square ? along : dot(now, now);
        const float g = excess / (2.0F * (star.inverseCentre + star.inverseArm[m]) * larger(slope, 1e-6F));
        centre = centre - (g * star.inverseCentre) * direction;
        armMove[m] = armMove[m] + (g * star.inverseArm[m]) * direction;
      }
    }
    at.moves[star.centre] = centreMove + centre;
    at.velocities[star.centre] = at.velocities[star.centre] + at.inverseStep * centre;
    for (int m = 0; m < star.arms; ++m) {
      at.moves[star.atom[m]] = at.moves[star.atom[m]] + armMove[m];
      at.velocities[star.atom[m]] = at.velocities[star.atom[m]] + at.inverseStep * armMove[m];
      sums.addVirial(-1.0F * before[m], (at.virialFactor / star.inverseArm[m]) * armMove[m]);
    }
  }
  AULA_HD void project(const Moves& at, long n) const {
    const DeviceStar star = stars[n];
    Vec3f apart[kStarArms], velocity[kStarArms], centre = at.velocities[star.centre];
    for (int m = 0; m < star.arms; ++m) {
      apart[m] = nearestImage(at.positions[star.centre] - at.positions[star.atom[m]], *at.cell);
      velocity[m] = at.velocities[star.atom[m]];
    }
    bool isDone = false;
    for (int round = 0; round < kMostRounds && !isDone; ++round) {
      isDone = true;
      for (int m = 0; m < star.arms; ++m) {
        const float square = dot(apart[m], apart[m]);
        const float rate = dot(apart[m], centre - velocity[m]);
        // 1e-6 of a bond's length each ps is far below what single precision keeps of a velocity.
        if (rate * rate < 1e-12F * square * square) continue;
        isDone = false;
        const float g = rate / ((star.inverseCentre + star.inverseArm[m]) * square);
        centre = centre - (g * star.inverseCentre) * apart[m];
        velocity[m] = velocity[m] + (g * star.inverseArm[m]) * apart[m];
      }
    }
    at.velocities[star.centre] = centre;
    for (int m = 0; m < star.arms; ++m) at.velocities[star.atom[m]] = velocity[m];
  }
};

}  // namespace aula::molecular::cuda
