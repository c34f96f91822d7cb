// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>

#include "anatomy/heart/cuda/kernels.h"
#include "anatomy/heart/model/setup.h"
#include "anatomy/heart/model/stimuli.h"
#include "compute/buffer.h"

namespace aula::anatomy::heart::cuda {

/// The solver of CUDA and of the check device: the same code over either backend. One launch a part of a
/// step; kWindow steps without a stimulus are recorded once and run as one batch. Nothing crosses to the host
/// until it is asked for.
class DeviceSolver final : public Solver {
 public:
  DeviceSolver(std::shared_ptr<compute::Backend> backend, const Lattice& lattice, const Settings& settings);

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

  /// Even, so that potentials stand in the same array after a window.
  static constexpr int kWindow = 32;

 private:
  template <class T>
  using DeviceBuffer = compute::DeviceBuffer<T>;
  [[nodiscard]] double timeAt(std::int64_t step) const {
    return static_cast<double>(step) * schedule_.timeStep;
  }
  [[nodiscard]] bool isAlievPanfilov() const { return settings_.cell == CellModel::alievPanfilov; }
  void uploadCouplings(const Couplings& couplings);
  void uploadGain();
  void uploadClock();
  void findStimulatedPlaces();
  void launchStimuli(std::int64_t step);
  void launchStep(int stepInWindow);
  void requireFinite();
  template <class Value>
  [[nodiscard]] std::vector<float> spread(float outside, const Value& valueAt) const;
  [[nodiscard]] std::vector<float> downloaded(const DeviceBuffer<float>& buffer) const;

  Lattice lattice_;
  Settings settings_;
  SegmentLayout layout_;
  Schedule schedule_;
  Stimuli stimuli_;
  std::int64_t stimuliVersion_ = -1;
  mutable compute::Stream stream_;
  DeviceBuffer<SegmentLayout::Segment> segments_;
  std::array<DeviceBuffer<float>, kForward> couplings_;
  std::array<DeviceBuffer<float>, 2> v_;
  DeviceBuffer<float> activation_, recovery_, paces_, states_, gain_;
  DeviceBuffer<std::int32_t> layers_;
  DeviceBuffer<std::int64_t> clock_;
  std::vector<DeviceBuffer<std::int32_t>> stimulatedPlaces_;
  std::array<std::unique_ptr<compute::Batch>, 2> windows_;  ///< By which array holds the present.
  int now_ = 0;
  float unit_, rest_, threshold_;
  long count_;  ///< Nodes of all segments, tissue or not.
  std::int64_t step_ = 0;
};

}  // namespace aula::anatomy::heart::cuda
