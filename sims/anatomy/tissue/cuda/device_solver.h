// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "anatomy/tissue/cuda/device_body.h"
#include "anatomy/tissue/model/layout.h"
#include "compute/buffer.h"
#include "compute/launch.h"

namespace aula::anatomy::tissue::cuda {

/// The solver of CUDA and of the check device: the same code over either backend. One thread a tetrahedron or
/// point; conjugate gradients run in recorded batches of kBatch iterations that steer themselves, and the
/// host looks in between.
class DeviceSolver final : public Solver {
 public:
  DeviceSolver(std::shared_ptr<compute::Backend> backend, const Body& body, const Settings& settings);

  void advance(std::int64_t steps) override;
  [[nodiscard]] std::int64_t step() const override { return step_; }
  void hold(std::span<const Vec3> places) override;
  void guide(std::span<const Vec3> places) override;
  void activate(std::span<const double> activations) override;
  [[nodiscard]] std::vector<Vec3> positions() const override;
  [[nodiscard]] std::vector<Vec3> velocities() const override;
  void place(std::span<const Vec3> positions, std::span<const Vec3> velocities) override;
  [[nodiscard]] Totals totals() const override;
  void save(core::CheckpointWriter& writer) const override;
  void load(core::CheckpointReader& reader) override;

  static constexpr int kBatch = 8;

 private:
  void makeConstants();
  void makePoints();
  void makeWorkspace();
  void writeActivations();
  void uploadTargets();
  void beginStep();
  void endStep();
  void minimise();
  void evaluate(float reach);
  void linearise(float limit);
  void solve(double forcing);
  void launchIteration();
  [[nodiscard]] Control control() const;
  [[nodiscard]] std::vector<Four> downloaded(const compute::DeviceBuffer<Four>& buffer) const;

  template <class Body>
  void forTetrahedra(const Body& body) {
    const compute::ForEach<Body> kernel{body, view_.tetrahedra};
    compute::launch(stream_, kernel.shape(), kernel);
  }
  template <class Body>
  void forPoints(const Body& body) {
    const compute::ForEach<Body> kernel{body, view_.points};
    compute::launch(stream_, kernel.shape(), kernel);
  }
  template <class Sum, class Decision>
  void decide(const Sum& sum, const Decision& decision);
  /// launch(std::bool_constant<has fibre>, std::bool_constant<is damped>)
  template <class Launch>
  void forLaw(const Launch& launch) const {
    if (layout_.hasFibre && layout_.isDamped) launch(std::true_type(), std::true_type());
    if (layout_.hasFibre && !layout_.isDamped) launch(std::true_type(), std::false_type());
    if (!layout_.hasFibre && layout_.isDamped) launch(std::false_type(), std::true_type());
    if (!layout_.hasFibre && !layout_.isDamped) launch(std::false_type(), std::false_type());
  }

  Body body_;
  Settings settings_;
  Layout layout_;
  mutable compute::Stream stream_;
  DeviceBody view_{};

  compute::DeviceBuffer<Corners4> corners_;
  compute::DeviceBuffer<RowPlaces> rowPlaces_;
  compute::DeviceBuffer<int> first_, slots_, firstNeighbour_, neighbours_;
  compute::DeviceBuffer<float> constants_, pointsLambda_, diagonal_, inertia_, stiffness_, damping_, isFree_,
      fall_, strains_, startDilations_, dilations_, tangent_, dampingStress_, pressures_;
  compute::DeviceBuffer<Four> start_, velocities_, targets_, guides_, aim_, move_, place_, cornerForces_,
      cornerAreas_, cornerBlocks_, rows_, inverses_, forces_, change_, left_, direction_, image_;
  compute::DeviceBuffer<Control> control_;
  compute::DeviceBuffer<double> partials_;
  std::unique_ptr<compute::Batch> iterations_;

  std::vector<Four> hostTargets_, hostGuides_;
  std::vector<double> activations_;
  std::int64_t step_ = 0;
  double residual_ = 0, residualScale_ = 0;
};

}  // namespace aula::anatomy::tissue::cuda
