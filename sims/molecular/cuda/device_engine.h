// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "compute/buffer.h"
#include "compute/launch.h"
#include "molecular/cuda/bath_kernels.h"
#include "molecular/cuda/device_forces.h"
#include "molecular/cuda/motion_kernels.h"
#include "molecular/cuda/rigid_kernels.h"
#include "molecular/model/rigid.h"

namespace aula::molecular::cuda {

/// The engine of CUDA and of the check device: the same code over either backend. Everything a step needs
/// lies on the device; a step is recorded once for each kind (plain, coupled to baths, freed of drift) and
/// run as one batch. The host is needed only where pairs are searched, every kSearchInterval steps.
class DeviceEngine final : public Engine {
 public:
  DeviceEngine(std::shared_ptr<compute::Backend> backend, const System& system, const Settings& settings);

  [[nodiscard]] const Topology& topology() const override { return topology_; }
  [[nodiscard]] const Settings& settings() const override { return settings_; }
  [[nodiscard]] std::int64_t step() const override { return step_; }
  void advance(std::int64_t steps) override;
  [[nodiscard]] State state() const override;
  void positions(std::span<float> xyz) const override;
  void setState(const State& state) override;
  [[nodiscard]] Energies energies() override;
  [[nodiscard]] std::vector<Vec3> forces() override;
  void setExternal(const External& external) override;
  [[nodiscard]] std::vector<Vec3> pullForces() const override;
  void setTemperature(double kelvin) override;
  void setPressure(double bar) override;
  double minimise(double force, std::int64_t steps) override;
  void drawVelocities(double kelvin, std::uint64_t seed) override;
  [[nodiscard]] std::int64_t recoveries() const override { return recoveries_; }
  void save(core::CheckpointWriter& writer) const override;
  void load(core::CheckpointReader& reader) override;
  [[nodiscard]] double bytes() const override;
  [[nodiscard]] std::string description() const override;

  static constexpr int kSearchInterval = 20;
  static constexpr float kLongestMove = 0.1F;  ///< nm an atom may go in a step.

 private:
  void uploadRigid(const RigidPlan& plan);
  void uploadBaths();
  void uploadRegions();
  void searchPairs();
  /// Lengths that a file has cut to three decimals are put right before the first step; velocities get
  /// nothing of it.
  void mendLengths();
  [[nodiscard]] double largestLengthError() const;
  void prepareForces();  ///< Pairs are listed, for the positions as they are.
  void drawAhead(std::int64_t steps);

  void launchStep(bool isCoupled, bool stopsDrift);
  void launchForces(double* totals);
  /// The step that would come next without friction and noise, for energies and pressure; changes nothing but
  /// totals.
  void launchTrial();
  void launchCoupling();
  void constrain(Vec3f* moves, Vec3f* velocities, double* totals, float virialFactor);
  void sumMotion(const Vec3f* velocities, int target);
  template <class Body>
  void forEachAtom(const Body& body) {
    const compute::ForEach<Body> kernel{body, atoms_};
    compute::launch(stream_, kernel.shape(), kernel);
  }
  template <class Body>
  void once(const Body& body) {
    const compute::ForEach<Body> kernel{body, 1};
    compute::launch(stream_, kernel.shape(), kernel);
  }

  Topology topology_;
  Settings settings_;
  RigidPlan plan_;
  mutable compute::Stream stream_;
  int atoms_;
  Box box_;  ///< As it was when pairs were last searched or the state set.
  std::unique_ptr<DeviceForces> forces_;

  compute::DeviceBuffer<Vec3f> x_, rest_, v_, f_, moves_, trialVelocities_;
  compute::DeviceBuffer<std::int32_t> images_;
  compute::DeviceBuffer<float> masses_, inverseMasses_;
  compute::DeviceBuffer<DeviceCell> cell_;
  compute::DeviceBuffer<double> boxLengths_, totals_, blockSums_;
  compute::DeviceBuffer<float> factors_;  ///< For velocities, for positions.
  compute::DeviceBuffer<DeviceBaths> baths_;
  compute::DeviceBuffer<CouplingDraws> draws_;
  compute::DeviceBuffer<std::int64_t> counters_;  ///< The step; the first step of the draws.
  compute::DeviceBuffer<int> mended_;
  compute::DeviceBuffer<DeviceRegion> regions_;
  compute::DeviceBuffer<DeviceSettle> settles_;
  compute::DeviceBuffer<SettleShape<float>> shapes_;
  compute::DeviceBuffer<DeviceStar> stars_;

  External external_;
  std::map<int, std::unique_ptr<compute::Batch>> recorded_;  ///< By kind of step.
  std::int64_t recordedLayout_ = -1;
  std::int64_t step_ = 0, searchStep_ = -1, recoveries_ = 0;
  bool hasForces_ = false;  ///< f_ belongs to x_.
  bool isFresh_ = true;     ///< No step since the state was set.
  // Where pairs were searched, for checkpoints: later steps sum in the order that followed from it.
  compute::DeviceBuffer<Vec3f> searchPositions_;
  Box searchBox_;
};

}  // namespace aula::molecular::cuda
