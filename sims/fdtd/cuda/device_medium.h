// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "compute/buffer.h"
#include "fdtd/cuda/cell_update.h"
#include "fdtd/model/medium.h"
#include "fdtd/model/setup.h"

namespace aula::fdtd::cuda {

/// The setup's grid as kernels see it.
[[nodiscard]] DeviceGrid makeDeviceGrid(const Setup& setup);

/// A medium's values at one staggered place. Indices as Grid::count.
class MediumReader {
 public:
  MediumReader(const Setup& setup, const Medium& medium);
  /// No arrays at all: one value everywhere, without loss.
  [[nodiscard]] bool isUniform(int component) const;
  [[nodiscard]] bool isLossless(int component) const;
  [[nodiscard]] float uniform(int component) const;
  [[nodiscard]] YeeCoefficients at(int component, int i, int j, int k) const;
  /// Index of the material whose poles act on E there, 0: none.
  [[nodiscard]] int dispersion(int component, int i, int j, int k) const;

 private:
  [[nodiscard]] std::size_t index(int component, int i, int j, int k) const;

  const Setup& setup_;
  const Medium& medium_;
  std::vector<double> poleLoss_;  ///< G of each material, ade.h.
};

/// Coefficients and layer tables on the device.
class DeviceMedium {
 public:
  DeviceMedium(compute::Stream& stream, const Setup& setup, const Medium& medium, const DeviceGrid& grid);
  [[nodiscard]] const UpdateTables& tables() const { return tables_; }
  [[nodiscard]] double bytes() const { return bytes_; }

 private:
  std::array<compute::DeviceBuffer<float>, 6> cb_, loss_;
  std::array<std::array<compute::DeviceBuffer<LayerCoefficients>, 3>, 2> layers_;
  UpdateTables tables_{};
  double bytes_ = 0;
};

}  // namespace aula::fdtd::cuda
