// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compute/buffer.h"
#include "molecular/cuda/mesh_kernels.h"
#include "molecular/model/settings.h"

namespace aula::molecular::cuda {

/// Charges spread, transformed, solved, transformed back and gathered, all on the device.
class DeviceMesh {
 public:
  /// Throws core::Error (input) when an axis is longer than a block's shared memory or does not factor into
  /// 2, 3, 5, 7, 11 and 13.
  DeviceMesh(compute::Stream& stream, const NonbondedSettings& settings, const Box& box, double beta);

  /// Adds forces by atom; with `totals` also energy and virial.
  void launch(compute::Stream& stream, const DeviceCell* cell, const PointCharge* points, int slots,
              const int* atomAt, Vec3f* forces, double* totals);
  [[nodiscard]] double bytes() const;

 private:
  [[nodiscard]] FourierAxis axis(std::size_t n) const;
  void transform(compute::Stream& stream, bool isInverse);

  Mesh mesh_{};
  float beta_;
  std::array<FourierAxis, 3> plan_{};
  std::array<compute::DeviceBuffer<Complex>, 3> roots_;
  std::array<compute::DeviceBuffer<float>, 3> moduli_;
  compute::DeviceBuffer<unsigned long long> charges_;
  compute::DeviceBuffer<Complex> spectrum_;
  compute::DeviceBuffer<float> potential_;
  compute::DeviceBuffer<double> blockSums_;
};

}  // namespace aula::molecular::cuda
