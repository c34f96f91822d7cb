// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "molecular/cuda/device_mesh.h"
#include "molecular/cuda/device_pairs.h"
#include "molecular/cuda/device_terms.h"

namespace aula::molecular::cuda {

/// What the whole system has beside sums over pairs and terms: functions of the volume alone.
struct BulkTerms {
  double selfEnergy = 0;                     ///< kJ/mol
  double backgroundTimesVolume = 0;          ///< kJ/mol nm^3: the energy of the neutralising background
  double dispersionTimesVolume = 0;          ///< of the dispersion correction, the part that goes with 1/V
  double dispersionConstant = 0;             ///< and the part that does not
  double dispersionPressureTimesSquare = 0;  ///< p V^2, kJ/mol nm^3
};

/// All forces on all atoms.
class DeviceForces {
 public:
  DeviceForces(compute::Stream& stream, const Topology& topology, const RigidPlan& plan,
               const NonbondedSettings& settings, const Box& box);

  void search(compute::Stream& stream, const DeviceCell* cell, const Box& box, float buffer, Vec3f* positions,
              std::int32_t* images, std::span<const Vec3f> hostPositions);
  /// Sets `forces`; with `totals` (set to zero before) also energies and the virial.
  void launch(compute::Stream& stream, const DeviceCell* cell, const Vec3f* positions,
              const std::int32_t* images, Vec3f* forces, double* totals);

  void setExternal(compute::Stream& stream, const External& external, const std::vector<double>& masses);
  /// Four numbers a pull: force (kJ/mol/nm) and energy, of the last launch.
  [[nodiscard]] std::vector<float> pullResults(compute::Stream& stream) const;

  [[nodiscard]] const BulkTerms& bulk() const { return bulk_; }
  /// Changes when recorded steps are old.
  [[nodiscard]] std::int64_t layout() const { return pairs_->layout() + externalChanges_; }
  [[nodiscard]] double bytes() const;
  [[nodiscard]] double clusterPairs() const { return pairs_->clusterPairs(); }

 private:
  void launchOutside(compute::Stream& stream, const DeviceCell* cell, const Vec3f* positions,
                     const std::int32_t* images, Vec3f* forces, double* totals);

  int atoms_;
  PairParameters parameters_;
  BulkTerms bulk_;
  std::unique_ptr<DevicePairs> pairs_;
  std::unique_ptr<DeviceMesh> mesh_;
  std::unique_ptr<DeviceTerms> terms_;
  compute::DeviceBuffer<float> charges_, masses_, pullResults_;
  compute::DeviceBuffer<DevicePull> pulls_;
  compute::DeviceBuffer<int> pullAtoms_;
  compute::DeviceBuffer<double> fieldSums_;
  Vec3f field_{0, 0, 0};
  std::int64_t externalChanges_ = 0;
};

/// Self energy, background and dispersion correction (README, "What every engine means by a number").
[[nodiscard]] BulkTerms bulkTerms(const Topology& topology, const NonbondedSettings& settings, double beta);

}  // namespace aula::molecular::cuda
