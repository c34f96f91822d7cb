// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "compute/device.h"
#include "lab/record/dataset.h"
#include "scene/view/view.h"

namespace aula::core {
class CheckpointReader;
class CheckpointWriter;
}  // namespace aula::core

namespace aula::compute {
class SharedArrayPool;
}

namespace aula::lab {

class Catalogue;
class Lab;

/// What a run will need, known before anything is allocated.
struct Estimate {
  double bytes = 0;    ///< Memory of the simulation and its instruments.
  double seconds = 0;  ///< Wall time of the whole run on this machine, a rough guess within a factor of two.
  std::int64_t steps = 0;         ///< Steps of the run the lab file asks for.
  double timeStep = 0;            ///< s
  double cells = 0;               ///< Size in the simulation's own measure: cells, atoms, nodes.
  std::string measure = "cells";  ///< That measure's name.

  /// What the memory is for, e.g. {"fields", 4.8e9}: the largest is named when there is not enough.
  struct Part {
    std::string name;
    double bytes = 0;
  };
  std::vector<Part> parts;
  std::string advice;  ///< How to need less: "raise simulation.cell_size or record fewer slices".
};

/// What an instrument's data will look like, known from the plan, so that measurements are checked before a
/// run.
struct DatasetOutline {
  std::string name;
  std::string unit;                    ///< SI unit of the values, as in Dataset.
  std::vector<std::string> axes;       ///< Their names, slowest first.
  std::vector<std::string> axisUnits;  ///< One an axis.
};
struct InstrumentOutline {
  std::string name;
  std::vector<DatasetOutline> datasets;
};

/// Something that is read off a simulation at regular steps. Owned and sampled by the session on the
/// simulation's thread; the data may be asked for at any step.
class Instrument {
 public:
  virtual ~Instrument() = default;
  [[nodiscard]] virtual const std::string& name() const = 0;  ///< Its key in the lab file.
  [[nodiscard]] virtual std::int64_t interval() const = 0;    ///< Steps between samples, 1 or more.
  /// Called when step() is a multiple of interval(), step 0 of a fresh run included: n steps make n /
  /// interval + 1 samples.
  virtual void sample() = 0;
  [[nodiscard]] virtual std::vector<Dataset> data() const = 0;
  /// The session gives each instrument a prefix of its own, so block names need only be unique within one.
  virtual void save(core::CheckpointWriter& writer) const = 0;
  virtual void load(core::CheckpointReader& reader) = 0;
};

/// A change asked for by whoever uses the lab, applied between two steps: knob `name` takes `value` (SI).
struct Command {
  std::int64_t step = 0;  ///< Applied when the simulation stands at this step.
  std::string name;
  double value = 0;
};

/// A running simulation. Every front end sees simulations through this and nothing else. Not thread-safe: the
/// session calls it from one thread. Functions throw core::Error; an unstable step names step, time, place
/// and likely cause.
class Simulation {
 public:
  virtual ~Simulation() = default;

  [[nodiscard]] virtual std::int64_t step() const = 0;
  [[nodiscard]] virtual double timeStep() const = 0;  ///< s
  /// Steps that the lab file asks for with the knobs as they stand; 0: as the plan estimated.
  [[nodiscard]] virtual std::int64_t plannedSteps() const { return 0; }
  virtual void advance(std::int64_t steps) = 0;
  /// Throws core::Error when a value is no longer finite, with step, time, place and likely cause. Called by
  /// the session every few seconds, before each checkpoint and at the end, so it may cost as much as a step.
  virtual void checkState() const {}

  /// Instruments of the lab file, in its order; they live until the next apply() or load().
  [[nodiscard]] virtual std::vector<Instrument*> instruments() = 0;
  /// Views of the present moment. `frame.title` and `frame.time` are set by the session.
  virtual void publish(scene::Frame& frame) const = 0;
  /// From now on views may hold arrays of this pool, which outlives the simulation; null: no more. A
  /// simulation that computes where no graphics device reads leaves it.
  virtual void setSharedArrays(compute::SharedArrayPool* /*pool*/) {}
  /// Applies a command now; false when the knob cannot be changed while running. Throws core::Error (input)
  /// when it cannot take this value, with nothing changed. Instruments that accumulate begin anew, so that
  /// they tell of the present setting.
  virtual bool apply(const Command& command) = 0;

  /// State of the simulation alone (its instruments are saved by the session), the knobs that were turned
  /// included. After load() every later step gives the same bits as in the run that was saved.
  virtual void save(core::CheckpointWriter& writer) const = 0;
  virtual void load(core::CheckpointReader& reader) = 0;

  /// Work done for one step, in `speedUnit()` when divided by seconds: cells a step for "Mcell/s" in
  /// millions.
  [[nodiscard]] virtual double workPerStep() const = 0;
  [[nodiscard]] virtual std::string speedUnit() const = 0;
  /// Remarks for the summary: approximations whose range was left, and the like.
  [[nodiscard]] virtual std::vector<std::string> warnings() const = 0;
};

/// A checked plan: everything parsed, nothing allocated.
class SimulationPlan {
 public:
  virtual ~SimulationPlan() = default;
  [[nodiscard]] virtual Estimate estimate(const compute::DeviceChoice& device) const = 0;
  /// The instruments' data to come; empty: not known before a run, and measurements are checked at its end.
  [[nodiscard]] virtual std::vector<InstrumentOutline> instruments() const { return {}; }
  /// What can be named in the lab, by the ids that its views bear; null: nothing.
  [[nodiscard]] virtual std::shared_ptr<const Catalogue> catalogue() const { return nullptr; }
  /// Allocates and builds. `device` has been resolved: never `automatic`.
  [[nodiscard]] virtual std::unique_ptr<Simulation> build(const compute::DeviceChoice& device) const = 0;
};

/// A kind of simulation, by the name a lab file's "simulation.kind" gives. Registered by the program.
class SimulationKind {
 public:
  virtual ~SimulationKind() = default;
  [[nodiscard]] virtual std::string name() const = 0;
  /// Reads the sections "simulation" and "instruments". Problems go to the lab's diagnostics, several at
  /// once; the plan is null when there was one.
  [[nodiscard]] virtual std::unique_ptr<SimulationPlan> plan(const Lab& lab) const = 0;
};

/// Simulations by name. Filled once in main(), then only read.
class Registry {
 public:
  void add(std::unique_ptr<SimulationKind> kind);
  [[nodiscard]] const SimulationKind* find(const std::string& name) const;  ///< Null when there is none.
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  std::map<std::string, std::unique_ptr<SimulationKind>> kinds_;
};

}  // namespace aula::lab
