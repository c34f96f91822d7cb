// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "compute/buffer.h"
#include "fdtd/cuda/device_lists.h"
#include "fdtd/cuda/march_kernel.h"
#include "fdtd/model/solver.h"

namespace aula::fdtd::cuda {

/// The solver of CUDA and of the check device: the same code over either backend.
///
/// A step: magnetic injections into the old fields, the march (march_kernel.h) from old to new, electric
/// injections, off-diagonal permittivity, dispersion. Steps are grouped in windows of kWindow, whose
/// injection tables are uploaded at once; a whole window is recorded and run as one batch, so that small
/// grids do not wait for launches.
class DeviceSolver final : public Solver {
 public:
  DeviceSolver(std::shared_ptr<compute::Backend> backend, const Setup& setup, const Medium& medium);

  [[nodiscard]] const Grid& grid() const override { return grid_; }
  [[nodiscard]] std::int64_t step() const override { return step_; }
  void advance(std::int64_t steps) override;
  void read(int component, const IndexBox& box, std::span<float> out) const override;
  void read(int component, const IndexBox& box, std::span<double> out) const override;
  void write(int component, const IndexBox& box, std::span<const double> values) override;
  void drive(std::size_t source, const Drive& drive) override { injections_.drive(source, drive); }
  [[nodiscard]] bool isFinite() const override;
  void save(core::CheckpointWriter& writer) const override;
  void load(core::CheckpointReader& reader) override;
  [[nodiscard]] double bytes() const override;
  [[nodiscard]] std::string description() const override;

  /// Even, so that the fields stand in the same arrays after a window.
  static constexpr int kWindow = 32;

 private:
  using FieldBuffers = std::array<compute::DeviceBuffer<float>, 6>;
  using LayerBuffers = std::array<std::array<compute::DeviceBuffer<float>, 2>, 3>;

  void makeTiles(int multiprocessors);
  void launchStep(int stepInWindow, int from);
  [[nodiscard]] Fields fields(int which) const;
  [[nodiscard]] static LayerMemory memory(const LayerBuffers& buffers);
  /// Every array that outlives a step, in a fixed order, with its name in a checkpoint.
  template <class Self, class Visit>
  static void forEachState(Self& self, const Visit& visit);
  /// The closing plane of a component's own axis, where it is H normal to a wall: no curl changes it, but it
  /// can be read and written, and decays in a magnetically conducting material. Calls visit(value, index in
  /// the box) for each of its places in the box.
  template <class Self, class Visit>
  static void forEachClosingNormal(Self& self, int component, const IndexBox& box, const Visit& visit);

  Grid grid_;
  mutable compute::Stream stream_;
  DeviceGrid deviceGrid_;
  DeviceMedium medium_;
  std::array<FieldBuffers, 2> fields_;
  std::array<LayerBuffers, 2> magneticMemory_;
  LayerBuffers electricMemory_;
  compute::DeviceBuffer<Tile> plainTiles_, layerTiles_;
  DeviceInjections injections_;
  DeviceCouplings couplings_;
  DeviceDispersion dispersion_;
  mutable compute::DeviceBuffer<float> staging_;
  std::array<std::vector<float>, 3> closingNormal_;
  std::array<std::vector<float>, 3>
      closingLoss_;  ///< What magnetic conductivity takes of it each step; empty: nothing.
  std::array<std::unique_ptr<compute::Batch>, 2> windows_;  ///< By which fields are old at its start.
  int current_ = 0;
  std::int64_t step_ = 0;
};

}  // namespace aula::fdtd::cuda
