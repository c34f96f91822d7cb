// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fdtd/instrument/fourier.h"
#include "fdtd/instrument/lattice.h"
#include "fdtd/model/setup.h"
#include "fdtd/model/solver.h"
#include "fdtd/parse/parse.h"
#include "lab/file/node.h"
#include "lab/session/simulation.h"

/// Instruments of a Maxwell simulation: what stands in the section "instruments" becomes a plan (nothing
/// allocated), and a plan becomes a lab::Instrument once there is a solver to read.
namespace aula::fdtd {

/// The solvers an instrument reads: the simulation's, and the one without the reference's objects where there
/// is one.
struct Runs {
  const Solver* main = nullptr;
  const Solver* reference = nullptr;
};

/// What instruments must know of the simulation they stand in.
struct InstrumentContext {
  const Setup& setup;
  std::int64_t steps = 0;  ///< Of the run the lab file asks for.
  bool hasReference = false;
  double highestFrequency =
      0;  ///< Hz; above it the sources emit less than a millionth of their peak. 0: no sources.
  double carrierFrequency = 0;  ///< Hz; highest of the sources' centres.
  bool isContinuous = false;    ///< Every source is a continuous wave.
};
[[nodiscard]] InstrumentContext makeContext(const Setup& setup, std::int64_t steps, bool hasReference);

/// Draws an instrument's present data into a frame.
class ViewSource {
 public:
  virtual ~ViewSource() = default;
  virtual void publish(scene::Frame& frame) const = 0;
};

/// An instrument as the lab file states it, checked.
class InstrumentPlan {
 public:
  InstrumentPlan(std::string name, std::int64_t interval) : name_(std::move(name)), interval_(interval) {}
  virtual ~InstrumentPlan() = default;

  [[nodiscard]] const std::string& name() const { return name_; }
  /// Largest number of steps between samples that loses nothing.
  [[nodiscard]] std::int64_t interval() const { return interval_; }
  /// Shortens the interval, so that instruments sample together and the solver runs undisturbed between.
  void setInterval(std::int64_t interval) { interval_ = interval; }

  /// The datasets to come: names, units and axes' names; the axes' values may still be empty, the values are.
  [[nodiscard]] virtual std::vector<lab::Dataset> shapes() const = 0;
  [[nodiscard]] virtual double bytes() const = 0;
  /// The instrument, which must not outlive this plan or `runs`' solvers. One that can draw itself is a
  /// ViewSource too.
  [[nodiscard]] virtual std::unique_ptr<lab::Instrument> build(const Runs& runs) const = 0;
  /// The plane a picture of it shows.
  struct Plane {
    int normal = 2;
    core::Vec3 lower, upper;
  };
  [[nodiscard]] virtual std::optional<Plane> plane() const { return std::nullopt; }
  /// Where it looks, when that is a line: its two ends.
  [[nodiscard]] virtual std::optional<std::pair<core::Vec3, core::Vec3>> line() const { return std::nullopt; }
  /// Whether it sums over time: then it begins anew when a knob is turned, so that it tells of one setting.
  [[nodiscard]] virtual bool isAccumulating() const { return false; }
  /// Of one that accumulates: its start is told from this time on, s.
  virtual void beginAt(double /*time*/) {}
  /// Of one that does not: whether what the instrument of an earlier plan has recorded goes on in this one's.
  [[nodiscard]] virtual bool canGoOnFrom(const InstrumentPlan& /*before*/) const { return false; }
  /// Whether build() gives a ViewSource.
  [[nodiscard]] virtual bool isDrawable() const { return false; }

 private:
  std::string name_;
  std::int64_t interval_;
};

/// The whole section; problems go to the diagnostics. Intervals have been harmonised.
[[nodiscard]] std::vector<std::unique_ptr<InstrumentPlan>> parseInstruments(
    const std::vector<std::pair<std::string, lab::Node>>& instruments, const InstrumentContext& context);

// Each kind, in a file of its own.
[[nodiscard]] std::unique_ptr<InstrumentPlan> parseProbe(const std::string& name, const lab::Node& node,
                                                         const InstrumentContext& context);
[[nodiscard]] std::unique_ptr<InstrumentPlan> parseSlice(const std::string& name, const lab::Node& node,
                                                         const InstrumentContext& context);
[[nodiscard]] std::unique_ptr<InstrumentPlan> parseSpectrum(const std::string& name, const lab::Node& node,
                                                            const InstrumentContext& context);
[[nodiscard]] std::unique_ptr<InstrumentPlan> parseFlux(const std::string& name, const lab::Node& node,
                                                        const InstrumentContext& context);

}  // namespace aula::fdtd
