// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "fdtd/model/medium.h"
#include "fdtd/model/setup.h"

namespace aula::core {
class CheckpointReader;
class CheckpointWriter;
}  // namespace aula::core

namespace aula::fdtd {
class IncidentWave;
}

/// Sources and total-field/scattered-field corrections as a fixed list of places and a small table of numbers
/// for each half step, so that a kernel that advances many steps at once needs nothing from the host in
/// between.
namespace aula::fdtd {

/// Adds sum over n of weight[n] * table[slot + n] to one field value, after its update of that half step. The
/// material's coefficient and the wave's polarisation and amplitude are in the weights.
struct Injection {
  std::int32_t i = 0, j = 0, k = 0;
  std::int32_t component = 0;
  std::int32_t slot = 0;
  std::array<float, 4> weight{};
};

struct InjectionPlan {
  /// [0]: magnetic half step, [1]: electric half step. Sorted by k, j, component, i.
  std::array<std::vector<Injection>, 2> entries;
  /// Floats a half step's table holds, three spare ones at its end included, so that four weights may always
  /// be read.
  std::array<int, 2> slots{};
};

/// What a valid setup injects. Places where the field is held at zero have no entry.
[[nodiscard]] InjectionPlan makeInjectionPlan(const Setup& setup, const Medium& medium);

/// The tables, step after step: waveforms, and incident waves on one-dimensional grids in double precision
/// (Taflove and Hagness 2005, section 5.6, with the grid's own phase velocity matched to the Yee grid's in
/// the wave's direction).
class InjectionTables {
 public:
  explicit InjectionTables(const Setup& setup);
  ~InjectionTables();
  InjectionTables(InjectionTables&&) noexcept;

  [[nodiscard]] std::int64_t step() const { return step_; }
  /// Goes from step n to n + 1 and writes the tables of its two half steps (slots[0], slots[1] floats).
  void advance(float* magnetic, float* electric);
  /// Changes the course of a source (by its place in Setup::sources) from the present step on.
  void drive(std::size_t source, const Drive& drive);

  void save(core::CheckpointWriter& writer, const std::string& prefix) const;
  void load(core::CheckpointReader& reader, const std::string& prefix);

 private:
  /// Of every source in turn: currents first, then waves.
  template <class Self, class Visit>
  static void forEachWaveform(Self& self, const Visit& visit);

  /// Where a source's waveform is kept.
  struct Place {
    bool isWave = false;
    std::size_t index = 0;
  };
  std::vector<Place> places_;  ///< One a source of the setup.
  std::vector<Waveform> waveforms_;
  std::vector<std::unique_ptr<IncidentWave>> waves_;
  double dt_ = 0;
  std::int64_t step_ = 0;
};

}  // namespace aula::fdtd
