// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "anatomy/tissue/cuda/device_body.h"

/// Sums over points, always in the same order: a tree within a block, then one block over the blocks' sums,
/// whose first thread decides how the search goes on.
namespace aula::anatomy::tissue::cuda {

/// A sum and two largest values.
struct Sums {
  double sum = 0, largest = 0, scale = 0;
};
/// A number that is none is kept, so that whoever compares sees it.
AULA_TISSUE_HD double largerOrNone(double a, double b) {
  return a > b || !(a == a) ? a : b;
}
AULA_TISSUE_HD Sums joined(const Sums& a, const Sums& b) {
  return {a.sum + b.sum, largerOrNone(a.largest, b.largest), largerOrNone(a.scale, b.scale)};
}

inline constexpr int kSumThreads = 128;

template <class Block, class Shared>
AULA_TISSUE_HD void joinBlock(Block& block, Shared& shared) {
  for (int half = kSumThreads / 2; half > 0; half /= 2)
    block.phase([&](compute::ThreadIndex thread, auto&) {
      if (thread.x < half) shared.of[thread.x] = joined(shared.of[thread.x], shared.of[thread.x + half]);
    });
}
struct SharedSums {
  // Not Sums: shared memory is not initialised.
  struct Plain {
    double sum, largest, scale;
    AULA_TISSUE_HD operator Sums() const { return {sum, largest, scale}; }
    AULA_TISSUE_HD Plain& operator=(const Sums& s) {
      sum = s.sum;
      largest = s.largest;
      scale = s.scale;
      return *this;
    }
  };
  Plain of[kSumThreads];
};

/// Body: kName, Sums operator()(const DeviceBody&, long point) const.
template <class Body>
struct SumPoints {
  static constexpr const char* kName = Body::kName;
  static constexpr int kThreads = kSumThreads;
  using Shared = SharedSums;
  struct Registers {};
  DeviceBody b;
  Body body;

  template <class Block>
  AULA_TISSUE_HD void operator()(Block& block, Shared& shared) const {
    const int index = block.index().x;
    block.phase([&](compute::ThreadIndex thread, Registers&) {
      const long n = static_cast<long>(index) * kThreads + thread.x;
      shared.of[thread.x] = n < b.points ? body(b, n) : Sums{};
    });
    joinBlock(block, shared);
    block.phase([&](compute::ThreadIndex thread, Registers&) {
      if (thread.x != 0) return;
      b.partials[3 * index] = shared.of[0].sum;
      b.partials[3 * index + 1] = shared.of[0].largest;
      b.partials[3 * index + 2] = shared.of[0].scale;
    });
  }
  [[nodiscard]] compute::LaunchShape shape() const {
    return {{compute::blocksFor(b.points, kThreads), 1, 1}, {kThreads, 1, 1}};
  }
};

/// Decision: kName, void operator()(Control&, const Sums&) const.
template <class Decision>
struct Decide {
  static constexpr const char* kName = Decision::kName;
  static constexpr int kThreads = kSumThreads;
  using Shared = SharedSums;
  struct Registers {};
  DeviceBody b;
  Decision decision;

  template <class Block>
  AULA_TISSUE_HD void operator()(Block& block, Shared& shared) const {
    block.phase([&](compute::ThreadIndex thread, Registers&) {
      Sums sums;
      for (int n = thread.x; n < compute::blocksFor(b.points, kSumThreads); n += kThreads)
        sums = joined(sums, Sums{b.partials[3 * n], b.partials[3 * n + 1], b.partials[3 * n + 2]});
      shared.of[thread.x] = sums;
    });
    joinBlock(block, shared);
    block.phase([&](compute::ThreadIndex thread, Registers&) {
      if (thread.x == 0) decision(*b.control, shared.of[0]);
    });
  }
  [[nodiscard]] compute::LaunchShape shape() const { return {{1, 1, 1}, {kThreads, 1, 1}}; }
};

struct ForcesBody {
  static constexpr const char* kName = "tissue gather forces";
  AULA_TISSUE_HD Sums operator()(const DeviceBody& b, long n) const {
    const Four corners = b.sumOfCorners(n);
    const Vector<float> inertia = b.inertia[n] * (vectorOf(b.aim[n]) - vectorOf(b.move[n]));
    const Vector<float> pulled = b.guides[n].w * (vectorOf(b.guides[n]) - vectorOf(b.place[n]));
    const float size = corners.w + squareRoot(dot(inertia, inertia)) + squareRoot(dot(pulled, pulled));
    const Vector<float> force = b.isFree[n] * (vectorOf(corners) + inertia + pulled);
    b.forces[n] = fourOf(force, 0);
    return {static_cast<double>(dot(force, vectorOf(b.change[n]))), static_cast<double>(dot(force, force)),
            static_cast<double>(b.isFree[n] * size)};
  }
};
struct ForcesDecision {
  static constexpr const char* kName = "tissue note forces";
  AULA_TISSUE_HD void operator()(Control& control, const Sums& sums) const {
    control.slopeThere = sums.sum;
    control.largest = sums.largest;
    control.scale = sums.scale;
  }
};

struct SlopeBody {
  static constexpr const char* kName = "tissue slope";
  AULA_TISSUE_HD Sums operator()(const DeviceBody& b, long n) const {
    return {static_cast<double>(dot(vectorOf(b.forces[n]), vectorOf(b.change[n]))), 0, 0};
  }
};
struct SlopeDecision {
  static constexpr const char* kName = "tissue note slope";
  AULA_TISSUE_HD void operator()(Control& control, const Sums& sums) const { control.slope = sums.sum; }
};

struct StartBody {
  static constexpr const char* kName = "tissue start search";
  AULA_TISSUE_HD Sums operator()(const DeviceBody& b, long n) const {
    const Vector<float> force = vectorOf(b.forces[n]), z = b.preconditioned(n, force);
    b.left[n] = fourOf(force, 0);
    b.change[n] = {0, 0, 0, 0};
    b.direction[n] = fourOf(z, 0);
    return {static_cast<double>(dot(force, z)), 0, 0};
  }
};
struct StartDecision {
  static constexpr const char* kName = "tissue note start";
  double forcing;
  AULA_TISSUE_HD void operator()(Control& control, const Sums& sums) const {
    control.squared = sums.sum;
    control.enough = forcing * forcing * sums.sum;
    control.isFirst = 1;
    control.hasBent = 0;
    control.stage = 0;
  }
};

struct ImageBody {
  static constexpr const char* kName = "tissue press image";
  AULA_TISSUE_HD Sums operator()(const DeviceBody& b, long n) const {
    if (b.control->stage != 0) return {};
    Vector<float> image = vectorOf(b.image[n]);
    for (int at = b.firstNeighbour[n]; at < b.firstNeighbour[n + 1]; ++at)
      image = image + b.pressures[b.neighbours[at]] * vectorOf(b.rows[at]);
    image = b.isFree[n] * image;
    b.image[n] = fourOf(image, 0);
    return {static_cast<double>(dot(image, vectorOf(b.direction[n]))), 0, 0};
  }
};
struct ImageDecision {
  static constexpr const char* kName = "tissue note curvature";
  AULA_TISSUE_HD void operator()(Control& control, const Sums& sums) const {
    if (control.stage != 0) return;
    ++control.used;
    if (sums.sum > 0) {
      control.along = static_cast<float>(control.squared / sums.sum);
      return;
    }
    // The blocks' own descent where nothing better was found yet.
    control.hasBent = 1;
    control.along = 1;
    control.stage = control.isFirst != 0 ? 1 : 2;
  }
};

struct AdvanceBody {
  static constexpr const char* kName = "tissue advance";
  AULA_TISSUE_HD Sums operator()(const DeviceBody& b, long n) const {
    if (b.control->stage == 2) return {};
    const float along = b.control->along;
    b.change[n] = fourOf(vectorOf(b.change[n]) + along * vectorOf(b.direction[n]), 0);
    const Vector<float> left = vectorOf(b.left[n]) - along * vectorOf(b.image[n]);
    b.left[n] = fourOf(left, 0);
    return {static_cast<double>(dot(left, b.preconditioned(n, left))), 0, 0};
  }
};
struct AdvanceDecision {
  static constexpr const char* kName = "tissue note advance";
  AULA_TISSUE_HD void operator()(Control& control, const Sums& sums) const {
    if (control.stage == 0 && sums.sum > control.enough && control.used < control.budget) {
      control.turn = static_cast<float>(sums.sum / control.squared);
      control.squared = sums.sum;
      control.isFirst = 0;
    } else {
      control.stage = 2;
    }
  }
};

}  // namespace aula::anatomy::tissue::cuda
