// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "compute/device.h"
#include "core/io/checkpoint.h"
#include "fdtd/fdtd.h"
#include "lab/lab.h"
#include "lab/session/simulation.h"

namespace aula::tests {

/// A small lab all of whose parts hang on live knobs: a line current, a plane wave, a metal foil with a gap
/// in it, a glass bar and a line that is looked at. 60 x 48 cells in TM.
inline std::string liveLabText() {
  return R"json({"aula": 1, "title": "Test", "knobs": {
    "wavelength": {"default": "1 um", "unit": "um", "range": ["0.8 um", "1.4 um"], "live": true, "label": "w"},
    "strength": {"default": 1, "unit": "1", "range": [0, 2], "live": true, "label": "s"},
    "phase": {"default": 0, "unit": "1", "range": [0, 3], "live": true, "label": "p"},
    "gap": {"default": "0.7 um", "unit": "um", "range": ["0.3 um", "1 um"], "live": true, "label": "g"},
    "index": {"default": 1.5, "unit": "1", "range": [1, 2.5], "live": true, "label": "n"},
    "place": {"default": "1 um", "unit": "um", "range": ["0.5 um", "1.3 um"], "live": true, "label": "x"},
    "cell": {"default": "100 nm", "unit": "nm", "range": ["50 nm", "200 nm"], "label": "c"}},
  "simulation": {"kind": "fdtd", "dimensions": "tm", "grid": {"size": ["6 um", "4.8 um"], "cell": "cell"},
    "materials": {"metal": {"perfect_conductor": true}, "glass": {"refractive_index": "index"}},
    "objects": [
      {"name": "foil", "shape": "slab", "axis": "x", "centre": 0, "thickness": "20 nm", "material": "metal"},
      {"name": "gap", "shape": "box", "centre": [0, 0], "size": ["200 nm", "gap"], "material": "vacuum"},
      {"name": "bar", "shape": "box", "centre": ["0.7 um", "0.6 um"], "size": ["0.52 um", "0.47 um"], "material": "glass"}],
    "sources": [
      {"kind": "dipole", "position": ["-1 um", "0.3 um"], "amplitude": "1 mA * strength",
       "waveform": {"kind": "continuous", "wavelength": "wavelength", "phase": "phase"}},
      {"kind": "plane_wave", "low": ["-1.6 um", "-1 um"], "high": ["-0.4 um", "1 um"], "direction": [1, 0.3],
       "amplitude": "strength * 0.5 V/m", "waveform": {"kind": "continuous", "wavelength": "wavelength", "ramp": "wavelength / c"}}]},
  "instruments": {
    "probe": {"kind": "probe", "at": ["1 um", "0.2 um"], "components": ["ez", "hx"]},
    "field": {"kind": "slice", "quantity": "ez", "normal": "z"},
    "line": {"kind": "spectrum", "from": ["place", "-0.8 um"], "to": ["place", "0.8 um"], "wavelengths": ["wavelength"]}},
  "scene": {"view": "field"}, "run": {"steps": 200}})json";
}

/// That lab running, with its instruments, as a session does it.
struct LiveRun {
  explicit LiveRun(compute::DeviceKind device, const lab::KnobValues& knobs = {})
      : lab(lab::Lab::readText(liveLabText(), "test")->withKnobs(knobs)),
        plan(fdtd::makeFdtdKind()->plan(*lab)) {
    lab->diagnostics().throwIfErrors();
    simulation = plan->build({device, 2});
  }

  /// At each step: sampling, then its commands.
  void advance(int steps, const std::vector<lab::Command>& commands = {}) {
    for (int n = 0; n <= steps; ++n) {
      if (n > 0) simulation->advance(1);
      if (n > 0 || simulation->step() == 0)
        for (lab::Instrument* instrument : simulation->instruments())
          if (simulation->step() % instrument->interval() == 0) instrument->sample();
      for (const lab::Command& command : commands)
        if (command.step == simulation->step() && n < steps) (void)simulation->apply(command);
    }
  }
  [[nodiscard]] std::vector<lab::Dataset> data(const std::string& name) {
    for (lab::Instrument* instrument : simulation->instruments())
      if (instrument->name() == name) return instrument->data();
    return {};
  }
  /// All that the instruments tell.
  [[nodiscard]] std::vector<double> values() {
    std::vector<double> values;
    for (lab::Instrument* instrument : simulation->instruments())
      for (const lab::Dataset& dataset : instrument->data())
        values.insert(values.end(), dataset.values.begin(), dataset.values.end());
    return values;
  }
  void save(core::CheckpointWriter& writer) {
    writer.setPrefix("simulation/");
    simulation->save(writer);
    for (lab::Instrument* instrument : simulation->instruments()) {
      writer.setPrefix(instrument->name() + "/");
      instrument->save(writer);
    }
  }
  void load(core::CheckpointReader& reader) {
    reader.setPrefix("simulation/");
    simulation->load(reader);
    for (lab::Instrument* instrument : simulation->instruments()) {
      reader.setPrefix(instrument->name() + "/");
      instrument->load(reader);
    }
  }

  std::shared_ptr<const lab::Lab> lab;
  std::unique_ptr<lab::SimulationPlan> plan;
  std::unique_ptr<lab::Simulation> simulation;
};

}  // namespace aula::tests
