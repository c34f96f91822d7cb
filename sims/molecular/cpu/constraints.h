// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "molecular/cpu/motion_kernels.h"
#include "molecular/model/rigid.h"

namespace aula::molecular::cpu {

/// Everything rigid: waters by SETTLE, the rest by LINCS. Constraints that share atoms, directly or through
/// others, form a set; sets are dealt out to chunks of about equal size, whatever the number of threads, and
/// no atom is in two, so that a chunk needs nothing of another.
class ConstraintSolver {
 public:
  ConstraintSolver(const Topology& topology, const RigidPlan& plan, const DynamicsSettings& settings,
                   int threads, const MotionKernels& kernels);

  [[nodiscard]] bool isEmpty() const { return work_.empty(); }
  /// One thread's part (of `threads`) of bringing positions plus `move` back to the constrained lengths. All
  /// parts must be done before anyone reads. With `sums` (one array for all parts, of sumCount()), the sums
  /// of each piece of work.
  void moves(int thread, const PlacesView& places, float* move, float* v, float inverseTime,
             ConstraintSums* sums);
  /// The same for velocities: what would stretch is taken out.
  void rates(int thread, const PlacesView& places, float* v);
  [[nodiscard]] std::size_t sumCount() const { return work_.size(); }
  /// The largest relative error of a length.
  [[nodiscard]] double largestError(const PlacesView& places) const;
  [[nodiscard]] double bytes() const;

 private:
  struct Work {
    int view = 0;              ///< Into settles_, or with first < 0 into chunks_.
    int first = -1, last = 0;  ///< Waters.
    double cost = 0;
  };
  struct SettleList {
    SettleShape<double> shape;
    std::vector<int> atoms[3];
    int count = 0;
  };
  struct LincsChunk {
    std::vector<int> first, second, couplingStart, coupled;
    std::vector<float> length, scale, inverseMassFirst, inverseMassSecond, coupling, scratch;
  };

  void addSettles(const Topology& topology, const RigidPlan& plan);
  void addLincs(const RigidPlan& plan, int atomCount);
  [[nodiscard]] SettleView view(const SettleList& list) const;
  [[nodiscard]] LincsView view(LincsChunk& chunk) const;

  const MotionKernels* kernels_;
  int threads_, order_, iterations_;
  std::vector<SettleList> settles_;
  std::vector<LincsChunk> chunks_;
  std::vector<Work> work_;
  std::vector<std::size_t> firstWork_;  ///< Of each thread, and one more.
};

}  // namespace aula::molecular::cpu
