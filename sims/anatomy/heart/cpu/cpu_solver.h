// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "anatomy/heart/cpu/kernels.h"
#include "anatomy/heart/model/setup.h"
#include "anatomy/heart/model/stimuli.h"

namespace aula::anatomy::heart::cpu {

/// Threads and vectors in single precision over tissue alone. A step is one pass through memory: diffusion of
/// a segment and, while it is in registers, the reaction of its cells.
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
  void stimulateStep(std::int64_t step, std::vector<float>& v);
  /// Segments first..last in part `part` of a step.
  void computePart(std::int64_t step, int part, int from, std::int64_t first, std::int64_t last);
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
  std::vector<std::vector<std::int32_t>> stimulatedPlaces_;
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
