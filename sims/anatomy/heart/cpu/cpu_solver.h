// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "anatomy/heart/cpu/kernels.h"
#include "anatomy/heart/model/setup.h"
#include "anatomy/heart/model/stimuli.h"

namespace aula::anatomy::heart::cpu {

/// Threads and vectors in single precision over tissue alone.
///
/// Level l of a stretch computes the potentials after stage l from those before it, the last stage of a step
/// with the reaction of the cells while they are in registers. A plane at level l needs itself and its two
/// neighbours at level l - 1, so levels follow each other in a wave over the planes: what was read from
/// memory serves `depth_` levels while it is in the cache. Each thread has planes of its own and leaves out a
/// wedge at either end that the neighbour's are needed for; the wedges follow after all have met.
class CpuSolver final : public Solver {
 public:
  /// `threads` 0: as many as the process may run on.
  CpuSolver(const Lattice& lattice, const Settings& settings, int threads, const char* instructionSet);

  void advance(std::int64_t steps) override;
  [[nodiscard]] std::int64_t step() const override { return step_; }
  [[nodiscard]] double timeStep() const override { return schedule_.timeStep; }
  void stimulate(Stimulus stimulus) override { stimuli_.add(std::move(stimulus), timeAt(step_)); }
  void setConduction(std::span<const float> factors) override;
  void setExcitability(double factor) override;
  [[nodiscard]] std::vector<float> potentials() const override;
  void potentialsAt(std::span<const std::uint32_t> nodes, std::span<float> values) const override;
  [[nodiscard]] std::vector<float> recovery() const override;
  [[nodiscard]] std::vector<float> activationTimes() const override;
  void save(core::CheckpointWriter& writer) const override;
  void load(core::CheckpointReader& reader) override;

 private:
  [[nodiscard]] double timeAt(std::int64_t step) const {
    return static_cast<double>(step) * schedule_.timeStep;
  }
  [[nodiscard]] bool isAlievPanfilov() const { return settings_.cell == CellModel::alievPanfilov; }
  void takeCouplings(const Couplings& couplings);
  void findStimulatedPlaces();
  /// The stimuli's charge in a step, for the places first..last.
  void stimulate(std::int64_t step, std::vector<float>& v, std::int32_t first, std::int32_t last);
  /// A stretch of levels that an advance() is made of: `end` levels in all.
  void computeLevels(std::int64_t begin, std::int64_t end, std::int64_t last);
  /// One plane at one level; afterwards the stimuli of the next step, where one begins before level `last`.
  void computePlane(int plane, std::int64_t level, std::int64_t last);
  void choosePlanes();
  void requireFinite() const;
  /// What stands at each node of the lattice; `outside` where there is no tissue.
  template <class Value>
  [[nodiscard]] std::vector<float> spread(float outside, const Value& valueAt) const;

  Lattice lattice_;
  Settings settings_;
  int threads_;
  const Kernels& kernels_;
  SegmentLayout layout_;
  Schedule schedule_;
  Stimuli stimuli_;
  std::int64_t stimuliVersion_ = -1;
  std::vector<std::vector<std::int32_t>> stimulatedPlaces_;  ///< Rising.
  std::vector<int> planesOf_;  ///< Thread t has planes planesOf_[t] to planesOf_[t + 1].
  int depth_ = 1;              ///< Levels that follow each other in the cache.
  std::array<std::vector<float>, kForward> couplings_;
  std::array<std::vector<float>, 2> v_;  ///< In the cell model's own unit.
  int now_ = 0;                          ///< Which of the two is the present.
  std::vector<float> recovery_;          ///< Aliev and Panfilov's v, by place.
  std::vector<float> paces_;             ///< One over Lattice::durations, by place.
  std::vector<float> states_;            ///< ten Tusscher and Panfilov's, [segment][state][node].
  std::vector<std::int32_t> layers_;     ///< By place.
  std::vector<float> activation_;        ///< By place.
  float unit_, rest_;                    ///< V = unit v + rest.
  float threshold_;
  std::int64_t step_ = 0;
};

}  // namespace aula::anatomy::heart::cpu
