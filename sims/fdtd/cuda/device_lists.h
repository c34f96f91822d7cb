// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "compute/buffer.h"
#include "fdtd/cuda/device_medium.h"
#include "fdtd/cuda/sparse_kernels.h"
#include "fdtd/model/injection.h"

namespace aula::core {
class CheckpointReader;
class CheckpointWriter;
}  // namespace aula::core

/// The lists of places that sparse_kernels.h works on, uploaded once, and launched.
namespace aula::fdtd::cuda {

/// Sources and total-field corrections.
class DeviceInjections {
 public:
  /// Tables for `window` steps are held at once.
  DeviceInjections(compute::Stream& stream, const Setup& setup, const Medium& medium, const DeviceGrid& grid,
                   int window);
  /// Makes and uploads the tables of the next `steps` steps.
  void prepare(compute::Stream& stream, int steps);
  /// The given half of a prepared step, 0 the first.
  void launch(compute::Stream& stream, Half half, int stepInWindow, const Fields& fields) const;
  [[nodiscard]] double bytes() const;
  void drive(std::size_t source, const Drive& drive) { tables_.drive(source, drive); }
  void save(core::CheckpointWriter& writer) const { tables_.save(writer, "injections"); }
  void load(core::CheckpointReader& reader) { tables_.load(reader, "injections"); }

 private:
  struct List {
    compute::DeviceBuffer<InjectionTarget> targets;
    compute::DeviceBuffer<InjectionEntry> entries;
    compute::DeviceBuffer<float> tables;
    int slots = 0;
  };
  std::array<List, 2> lists_;
  InjectionTables tables_;
};

/// Off-diagonal permittivity.
class DeviceCouplings {
 public:
  DeviceCouplings(compute::Stream& stream, const Setup& setup, const Medium& medium, const DeviceGrid& grid);
  void launch(compute::Stream& stream, const DeviceGrid& grid, const UpdateTables& tables,
              const Fields& fields) const;
  [[nodiscard]] double bytes() const;

 private:
  compute::DeviceBuffer<CouplingNode> nodes_;
  compute::DeviceBuffer<float> sums_;
  compute::DeviceBuffer<CoupledEdge> edges_;
};

/// Dispersive cells, a list for each component and material.
class DeviceDispersion {
 public:
  DeviceDispersion(compute::Stream& stream, const Setup& setup, const Medium& medium, const DeviceGrid& grid);
  void launch(compute::Stream& stream, const UpdateTables& tables, const Fields& from,
              const Fields& to) const;
  [[nodiscard]] double bytes() const;
  void save(compute::Stream& stream, core::CheckpointWriter& writer) const;
  void load(compute::Stream& stream, core::CheckpointReader& reader);

 private:
  struct List {
    int component = 0;
    compute::DeviceBuffer<long> cells;
    compute::DeviceBuffer<float> state;  ///< p and q of the first pole, then of the next.
    int poleCount = 0;
    DevicePole poles[4]{};
  };
  std::vector<List> lists_;
};

}  // namespace aula::fdtd::cuda
