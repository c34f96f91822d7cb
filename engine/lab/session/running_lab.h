// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "compute/device.h"
#include "lab/record/measurement.h"
#include "lab/session/checked_lab.h"
#include "lab/session/simulation.h"
#include "scene/view/view.h"

namespace aula::lab {

/// What a run without a window and one with have in common: the simulation, its instruments and the knobs as
/// they stand. One thread.
///
/// At a step where something is due the order is: instruments sample, frame, commands, checkpoint.
class RunningLab {
 public:
  /// Builds the simulation. `checked` must outlive this.
  RunningLab(const CheckedLab& checked, const compute::DeviceChoice& device);

  [[nodiscard]] Simulation& simulation() { return *simulation_; }
  [[nodiscard]] const Simulation& simulation() const { return *simulation_; }
  [[nodiscard]] std::int64_t step() const { return simulation_->step(); }

  /// Samples the instruments that are due at the present step.
  void sample();
  /// The first step after the present one, at most `limit`, at which an instrument is due.
  [[nodiscard]] std::int64_t nextSample(std::int64_t limit) const;

  /// Applies a command now. Empty: done; else why it was left out, a sentence.
  [[nodiscard]] std::string apply(const Command& command);

  [[nodiscard]] const Lab& lab() const { return *checked_.lab; }
  /// Of the knobs, in the lab's order, SI.
  [[nodiscard]] std::vector<double> knobValues() const;

  /// Views of the present moment, with its time and the lab's title.
  [[nodiscard]] scene::Frame publish(const std::string& language) const;
  [[nodiscard]] InstrumentData data() const;
  /// Instruments' own files; their names in the folder.
  [[nodiscard]] std::vector<std::string> writeFiles(const std::filesystem::path& folder) const;
  /// With what is expected for the knobs as they stand.
  [[nodiscard]] std::vector<MeasurementResult> measure(const InstrumentData& data) const;

  /// Simulation, instruments and knobs; leaves the writer's prefix empty. After load() every later step gives
  /// the same bits as in the run that was saved, whatever was done with this one before.
  void save(core::CheckpointWriter& writer) const;
  void load(core::CheckpointReader& reader);

 private:
  const CheckedLab& checked_;
  std::unique_ptr<Simulation> simulation_;
  std::vector<Instrument*> instruments_;
  KnobValues turned_;  ///< Since the beginning.
};

/// The knob of that name. Throws core::Error (input) that lists the names when there is none.
[[nodiscard]] const Knob& findKnob(const Lab& lab, const std::string& name);
/// Throws core::Error (input) when `value` (SI) is out of the knob's range.
void checkKnobRange(const Knob& knob, double value);

/// The device's own name, for records.
[[nodiscard]] std::string nameOfDevice(const compute::DeviceChoice& choice);
/// Now, ISO 8601, UTC; from SOURCE_DATE_EPOCH where that is set.
[[nodiscard]] std::string dateNow();

}  // namespace aula::lab
