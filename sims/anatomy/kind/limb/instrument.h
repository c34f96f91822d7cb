// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "anatomy/muscle/dynamics.h"
#include "lab/file/node.h"
#include "lab/session/simulation.h"

/// Instruments of an arm: a section of the lab file becomes a plan (nothing allocated), a plan becomes a
/// recorder once there is an arm.
namespace aula::anatomy::limb {

/// Where instruments read from. One thread.
class Source {
 public:
  virtual ~Source() = default;
  [[nodiscard]] virtual double time() const = 0;  ///< s
  [[nodiscard]] virtual const LimbDynamics& dynamics() const = 0;
};

/// What instruments must know of the simulation they stand in.
struct InstrumentContext {
  double timeStep = 0;     ///< s
  std::int64_t steps = 0;  ///< Of the run the lab file asks for.
};

/// Samples series over time; nothing of them is lost when a knob is turned.
class Recorder : public lab::Instrument {
 public:
  Recorder(std::string name, std::int64_t interval, Source& source)
      : source_(source), name_(std::move(name)), interval_(interval) {}
  [[nodiscard]] const std::string& name() const final { return name_; }
  [[nodiscard]] std::int64_t interval() const final { return interval_; }
  void sample() final;
  [[nodiscard]] std::vector<lab::Dataset> data() const override;
  void save(core::CheckpointWriter& writer) const final;
  void load(core::CheckpointReader& reader) final;

 protected:
  /// The datasets, without values; those over time come first.
  [[nodiscard]] virtual std::vector<lab::Dataset> shapes() const = 0;
  /// One value for each dataset over time.
  virtual void take(std::vector<double>& values) = 0;

  Source& source_;

 private:
  std::string name_;
  std::int64_t interval_;
  std::vector<double> times_;    ///< s
  std::vector<double> columns_;  ///< Sample by sample.
};

class InstrumentPlan {
 public:
  InstrumentPlan(std::string name, const lab::Node& node, const InstrumentContext& context, double usual);
  virtual ~InstrumentPlan() = default;
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::int64_t interval() const { return interval_; }
  /// All its settings as text: a knob that changes it cannot be live.
  [[nodiscard]] const std::string& signature() const { return signature_; }
  /// The datasets to come: names, units, axes' names; no values.
  [[nodiscard]] virtual std::vector<lab::Dataset> shapes() const = 0;
  [[nodiscard]] double bytes() const;
  [[nodiscard]] virtual std::unique_ptr<lab::Instrument> build(Source& source) const = 0;

 protected:
  void sign(const std::string& text) { signature_ += text + '\n'; }
  std::string name_, signature_;
  std::int64_t interval_ = 1, samples_ = 0;
};

using PlanPointer = std::unique_ptr<InstrumentPlan>;
/// The whole section; problems go to the diagnostics.
[[nodiscard]] std::vector<PlanPointer> parseInstruments(
    const std::vector<std::pair<std::string, lab::Node>>& instruments, const InstrumentContext& context);

// Each kind, in a file of its own.
[[nodiscard]] PlanPointer parseJoint(const std::string&, const lab::Node&, const InstrumentContext&);
[[nodiscard]] PlanPointer parseMuscle(const std::string&, const lab::Node&, const InstrumentContext&);
[[nodiscard]] PlanPointer parseEnergy(const std::string&, const lab::Node&, const InstrumentContext&);
[[nodiscard]] PlanPointer parseMomentArm(const std::string&, const lab::Node&, const InstrumentContext&);
[[nodiscard]] PlanPointer parseTorqueCurve(const std::string&, const lab::Node&, const InstrumentContext&);
[[nodiscard]] PlanPointer parseLengthTension(const std::string&, const lab::Node&, const InstrumentContext&);
[[nodiscard]] PlanPointer parseForceVelocity(const std::string&, const lab::Node&, const InstrumentContext&);

/// "muscle" of a section: one muscle's place in LimbModel::muscles, of those that cross the elbow; a word
/// that means none or several is reported.
[[nodiscard]] std::size_t readMuscle(const lab::Node& node);
/// A dataset over time (s), without values.
[[nodiscard]] lab::Dataset timeSeries(const std::string& name, const std::string& label,
                                      const std::string& unit);

}  // namespace aula::anatomy::limb
