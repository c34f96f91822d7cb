// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "anatomy/airways/breathing.h"
#include "core/io/checkpoint.h"
#include "lab/file/node.h"
#include "lab/session/simulation.h"

/// Instruments of a breathing person: a section of the lab file becomes a plan, a plan a recorder.
namespace aula::anatomy::respiration {

/// Writes to a checkpoint or reads from one, so that what is kept is listed once.
class Archive {
 public:
  explicit Archive(core::CheckpointWriter& writer) : writer_(&writer) {}
  explicit Archive(core::CheckpointReader& reader) : reader_(&reader) {}
  template <class T>
  void vector(const std::string& name, std::vector<T>& values) {
    if (writer_ != nullptr)
      writer_->writeArray(name, std::span<const T>(values));
    else
      reader_->readVector(name, values);
  }
  template <class T>
  void value(const std::string& name, T& value) {
    if (writer_ != nullptr)
      writer_->writeValue(name, value);
    else
      value = reader_->readValue<T>(name);
  }

 private:
  core::CheckpointWriter* writer_ = nullptr;
  core::CheckpointReader* reader_ = nullptr;
};

class Recorder : public lab::Instrument {
 public:
  Recorder(std::string name, std::int64_t interval, const Breathing& breathing)
      : breathing_(breathing), name_(std::move(name)), interval_(interval) {}
  [[nodiscard]] const std::string& name() const final { return name_; }
  [[nodiscard]] std::int64_t interval() const final { return interval_; }
  void save(core::CheckpointWriter& writer) const final;
  void load(core::CheckpointReader& reader) final;
  /// A knob was turned: what sums over time begins anew.
  virtual void restart() {}

 protected:
  virtual void archive(Archive& archive) = 0;
  const Breathing& breathing_;

 private:
  std::string name_;
  std::int64_t interval_;
};

class InstrumentPlan {
 public:
  virtual ~InstrumentPlan() = default;
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::int64_t interval() const { return interval_; }
  /// The datasets to come: names, units, axes' names; no values.
  [[nodiscard]] virtual std::vector<lab::Dataset> shapes() const = 0;
  [[nodiscard]] virtual double bytesASample() const { return 0; }
  [[nodiscard]] virtual std::unique_ptr<Recorder> build(const Breathing& breathing) const = 0;

 protected:
  InstrumentPlan(std::string name, const lab::Node& node, double timeStep, double usualEvery);
  std::string name_;
  std::int64_t interval_ = 1;
};

/// The whole section; problems go to the diagnostics.
[[nodiscard]] std::vector<std::unique_ptr<InstrumentPlan>> parseInstruments(
    const std::vector<std::pair<std::string, lab::Node>>& instruments, double timeStep);

using PlanPointer = std::unique_ptr<InstrumentPlan>;
[[nodiscard]] PlanPointer parseSpirometer(const std::string&, const lab::Node&, double timeStep);
[[nodiscard]] PlanPointer parseSpirometry(const std::string&, const lab::Node&, double timeStep);
[[nodiscard]] PlanPointer parseVentilation(const std::string&, const lab::Node&, double timeStep);
[[nodiscard]] PlanPointer parseAirways(const std::string&, const lab::Node&, double timeStep);

/// A dataset over time (s), without values; a single number.
[[nodiscard]] lab::Dataset timeSeries(const std::string& name, const std::string& label,
                                      const std::string& unit);
[[nodiscard]] lab::Dataset single(const std::string& name, const std::string& label, const std::string& unit);

}  // namespace aula::anatomy::respiration
