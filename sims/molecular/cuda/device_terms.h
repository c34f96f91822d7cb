// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compute/buffer.h"
#include "molecular/cuda/outside_kernels.h"
#include "molecular/cuda/totals.h"
#include "molecular/model/rigid.h"

namespace aula::molecular::cuda {

/// All terms between listed atoms, on the device: their lists, the slots their forces go to, and each atom's
/// slots.
class DeviceTerms {
 public:
  DeviceTerms(compute::Stream& stream, const Topology& topology, const RigidPlan& plan,
              const PairParameters& parameters, bool hasExcludedPairs);

  /// Adds forces; with `totals` also energies and virial (adding to what stands there).
  void launch(compute::Stream& stream, const TermContext& at, Vec3f* forces, double* totals) const;
  [[nodiscard]] double bytes() const;

 private:
  template <class Term, bool kWantsEnergy>
  void launchKind(compute::Stream& stream, const Term& term, std::size_t count, std::size_t firstSlot,
                  const TermContext& at, double* totals, int energy, int secondEnergy) const;
  template <bool kWantsEnergy>
  void launchAll(compute::Stream& stream, const TermContext& at, double* totals) const;

  PairParameters parameters_;
  int atoms_;
  compute::DeviceBuffer<DeviceBond> bonds_;
  compute::DeviceBuffer<DeviceAngle> angles_;
  compute::DeviceBuffer<DeviceDihedral> periodic_, harmonic_, ryckaertBellemans_;
  compute::DeviceBuffer<DevicePair> pairs14_, excluded_;
  compute::DeviceBuffer<DeviceRestraint> restraints_;
  std::size_t firstSlot_[8]{};
  compute::DeviceBuffer<Vec3f> slots_;
  compute::DeviceBuffer<int> slotStart_, slotOf_;
  compute::DeviceBuffer<double> blockSums_;
};

}  // namespace aula::molecular::cuda
