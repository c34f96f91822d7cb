// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "lab/file/node.h"
#include "lab/session/simulation.h"
#include "molecular/analysis/selection.h"
#include "molecular/instrument/archive.h"
#include "molecular/instrument/moment.h"
#include "molecular/model/engine.h"

/// Instruments of a molecular simulation: a section of the lab file becomes a plan (nothing allocated), a
/// plan becomes a recorder once there is an engine. What they compute stands in analysis/; what they show is
/// in SI.
namespace aula::molecular {

/// What instruments must know of the simulation they stand in.
struct InstrumentContext {
  const System* system = nullptr;  ///< Null while a file the user brings is missing.
  const Settings& settings;
  std::int64_t steps = 0;  ///< Of the run the lab file asks for.
  int pulls = 0;           ///< That the lab file itself has.
};

/// Samples, from a start on.
class Recorder : public lab::Instrument {
 public:
  Recorder(std::string name, std::int64_t interval, std::int64_t start, Moment& moment)
      : moment_(moment), name_(std::move(name)), interval_(interval), start_(start), planned_(start) {}

  [[nodiscard]] const std::string& name() const final { return name_; }
  [[nodiscard]] std::int64_t interval() const final { return interval_; }
  void sample() final {
    if (moment_.step() >= start_) take();
  }
  void save(core::CheckpointWriter& writer) const final;
  void load(core::CheckpointReader& reader) final;

  /// A knob was turned: what sums over time begins anew, as far after this step as the lab file has it start.
  void restart(std::int64_t step) {
    if (!isAccumulating()) return;
    start_ = step + planned_;
    clear();
  }
  [[nodiscard]] virtual bool isAccumulating() const { return false; }

 protected:
  virtual void take() = 0;
  virtual void clear() {}
  /// Everything a later sample depends on.
  virtual void archive(Archive& archive) = 0;

  Moment& moment_;

 private:
  std::string name_;
  std::int64_t interval_, start_, planned_;
};

class InstrumentPlan {
 public:
  virtual ~InstrumentPlan() = default;
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::int64_t interval() const { return interval_; }
  [[nodiscard]] std::int64_t start() const { return start_; }
  /// All its settings as text: a knob that changes it cannot be live.
  [[nodiscard]] const std::string& signature() const { return signature_; }
  /// The datasets to come: names, units, axes' names; no values.
  [[nodiscard]] virtual std::vector<lab::Dataset> shapes() const = 0;
  [[nodiscard]] virtual double bytes() const { return 0; }
  [[nodiscard]] virtual std::unique_ptr<Recorder> build(Moment& moment) const = 0;

 protected:
  friend class InstrumentReader;
  /// "every" (a time; otherwise `usual` ps) and "start".
  void readTimes(const std::string& name, const lab::Node& node, const InstrumentContext& context,
                 double usual);
  void sign(double value);
  void sign(const std::string& text);

  std::string name_, signature_;
  std::int64_t interval_ = 1, start_ = 0, steps_ = 0;
  double timeStep_ = 0;  ///< ps
};

/// The whole section; problems go to the diagnostics.
[[nodiscard]] std::vector<std::unique_ptr<InstrumentPlan>> parseInstruments(
    const std::vector<std::pair<std::string, lab::Node>>& instruments, const InstrumentContext& context);

/// A selection's atoms, read from `key`; a selection that means nothing, or nobody, is reported. Absent:
/// `fallback`.
struct SelectedAtoms {
  std::vector<int> atoms;
  std::string text;
};
[[nodiscard]] SelectedAtoms readSelection(const lab::Node& node, const std::string& key, const System* system,
                                          const std::string& fallback);

// Each kind, in a file of its own.
using PlanPointer = std::unique_ptr<InstrumentPlan>;
[[nodiscard]] PlanPointer parseThermodynamics(const std::string&, const lab::Node&, const InstrumentContext&);
[[nodiscard]] PlanPointer parseSpeeds(const std::string&, const lab::Node&, const InstrumentContext&);
[[nodiscard]] PlanPointer parseRadialDistribution(const std::string&, const lab::Node&,
                                                  const InstrumentContext&);
[[nodiscard]] PlanPointer parseDisplacement(const std::string&, const lab::Node&, const InstrumentContext&);
[[nodiscard]] PlanPointer parseVelocityCorrelation(const std::string&, const lab::Node&,
                                                   const InstrumentContext&);
[[nodiscard]] PlanPointer parseHydrogenBonds(const std::string&, const lab::Node&, const InstrumentContext&);
[[nodiscard]] PlanPointer parseShape(const std::string&, const lab::Node&, const InstrumentContext&);
[[nodiscard]] PlanPointer parseRamachandran(const std::string&, const lab::Node&, const InstrumentContext&);
[[nodiscard]] PlanPointer parseSecondaryStructure(const std::string&, const lab::Node&,
                                                  const InstrumentContext&);
[[nodiscard]] PlanPointer parseGeometry(const std::string&, const lab::Node&, const InstrumentContext&);
[[nodiscard]] PlanPointer parsePull(const std::string&, const lab::Node&, const InstrumentContext&);
[[nodiscard]] PlanPointer parseTrajectory(const std::string&, const lab::Node&, const InstrumentContext&);

/// A dataset over time (s), without values.
[[nodiscard]] lab::Dataset timeSeries(const std::string& name, const std::string& label,
                                      const std::string& unit);
/// A single number.
[[nodiscard]] lab::Dataset single(const std::string& name, const std::string& label, const std::string& unit);

}  // namespace aula::molecular
