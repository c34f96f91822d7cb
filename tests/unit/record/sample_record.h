// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "lab/record/run_record.h"

namespace aula::test {

inline constexpr const char* kSampleLab = R"json({
  "aula": 1,
  "title": {"en": "Two slits & <one> screen", "zh": "双缝与屏幕", "fr": "Deux fentes", "es": "Dos rendijas"},
  "summary": {"en": "Light passes two slits; where it arrives in step the screen is bright.", "zh": "光通过两条狭缝。"},
  "knobs": {"wavelength": {"unit": "nm", "default": "500 nm", "range": ["300 nm", "900 nm"],
                            "label": {"en": "Wavelength", "zh": "波长"}}},
  "simulation": {"kind": "none"},
  "instruments": {"screen": {}, "probe": {}, "slice": {}},
  "run": {"steps": 1000}
})json";

inline std::vector<double> evenly(double from, double to, std::size_t count) {
  std::vector<double> values(count);
  for (std::size_t i = 0; i < count; ++i)
    values[i] = from + (to - from) * static_cast<double>(i) / static_cast<double>(count - 1);
  return values;
}

/// A record as a run would leave it: a curve, a long signal, curves over two axes, a slice, a film, a single number.
inline lab::RunRecord sampleRecord(const std::filesystem::path& output,
                                   const std::vector<std::pair<std::string, std::string>>& settings = {}) {
  lab::RunRecord record;
  record.lab = lab::Lab::parse(kSampleLab, "labs/two slits.lab.json", settings);
  record.seed = 3;
  record.device = {compute::DeviceKind::cpu, 2};
  record.deviceName = "A <processor>";
  record.steps = record.plannedSteps = 1000;
  record.isComplete = true;
  record.simulatedTime = 3.2e-13;
  record.wallSeconds = 12.5;
  record.speed = 812.3;
  record.speedUnit = "Mcell/s";
  record.date = "2026-01-02T03:04:05Z";
  record.output = output;
  record.warnings = {"a warning with <b>markup</b> & \"quotes\""};
  record.outputs = {"summary.json"};

  lab::Dataset intensity{"intensity", "Intensity", "W/m2", {{"y", "m", evenly(-4e-5, 4e-5, 801)}}, {}};
  for (const double y : intensity.axes[0].values) {
    const double envelope = std::exp(-y * y / 1.6e-9);
    intensity.values.push_back(1.3e-3 * envelope * std::pow(std::cos(3.14159265358979 * y / 5e-6), 2));
  }
  lab::Dataset signal{"ez", "Electric field, z", "V/m", {{"time", "s", evenly(0, 4e-13, 20001)}}, {}, true};
  for (const double t : signal.axes[0].values)
    signal.values.push_back(
        static_cast<float>(2 * std::exp(-std::pow((t - 1e-13) / 3e-14, 2)) * std::sin(3.77e15 * t)));
  lab::Dataset spectra{"transmission",
                       "Transmission",
                       "1",
                       {{"angle", "rad", {0, 0.5, 1}}, {"frequency", "Hz", evenly(4e14, 8e14, 200)}},
                       {}};
  for (const double angle : spectra.axes[0].values)
    for (const double f : spectra.axes[1].values)
      spectra.values.push_back(0.5 + 0.4 * std::cos(f / 3e13 + angle));
  lab::Dataset slice{"ez",
                     "Electric field, z",
                     "V/m",
                     {{"z", "m", {0}}, {"y", "m", evenly(-2e-5, 2e-5, 161)}, {"x", "m", evenly(0, 6e-5, 241)}},
                     {},
                     true};
  for (const double y : slice.axes[1].values)
    for (const double x : slice.axes[2].values) {
      const double r1 = std::hypot(x, y - 5e-6) + 1e-6, r2 = std::hypot(x, y + 5e-6) + 1e-6;
      slice.values.push_back(static_cast<float>(
          1e-3 * (std::cos(1.2e6 * r1) / std::sqrt(r1) + std::cos(1.2e6 * r2) / std::sqrt(r2))));
    }
  lab::Dataset film = slice;
  film.name = "film";
  film.axes.insert(film.axes.begin(), {"time", "s", {1e-13, 2e-13, 3e-13}});
  film.values.clear();
  for (int copy = 1; copy <= 3; ++copy)
    for (const double value : slice.values) film.values.push_back(static_cast<float>(value * copy));
  lab::Dataset power{"power", "Power", "W", {}, {0.25}};
  record.data = {{"screen", {intensity, power}}, {"probe", {signal, spectra}}, {"slice", {slice, film}}};

  lab::MeasurementResult spacing;
  spacing.name = "fringe_spacing";
  spacing.title.byLanguage = {{"en", "Fringe spacing"}, {"zh", "条纹间距"}};
  spacing.unit = "um";
  spacing.values = {5.01};
  spacing.expected = std::vector<double>{5.0};
  spacing.tolerances = {0.1};
  lab::MeasurementResult modes;
  modes.name = "modes";
  modes.unit = "THz";
  modes.isList = true;
  modes.values = {212.1, 335.3};
  modes.expected = std::vector<double>{212.0, 340.0};
  modes.tolerances = {0.5, 0.5};
  lab::MeasurementResult lost;
  lost.name = "cutoff";
  lost.unit = "1";
  lost.problem = "the curve never crosses 0.5 (SI)";
  record.results = {spacing, modes, lost};
  return record;
}

}  // namespace aula::test
