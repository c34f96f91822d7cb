// SPDX-License-Identifier: Apache-2.0
#include "fdtd/instrument/common.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/units/constants.h"

namespace aula::fdtd {

namespace {

constexpr const char* kComponentNames[6] = {"ex", "ey", "ez", "hx", "hy", "hz"};
constexpr const char* kAxisNames[3] = {"x", "y", "z"};

/// A Gaussian spectrum exp(-x^2/2) falls to a millionth at x = sqrt(2 ln 1e6) = 5.26 standard deviations.
constexpr double kBandInDeviations = 5.26;

double highestFrequencyOf(const Waveform& waveform) {
  const double deviation = waveform.width > 0 ? 1 / (2 * core::kPi * waveform.width) : 0;
  switch (waveform.kind) {
    case Waveform::Kind::gaussianPulse:
      return waveform.frequency + kBandInDeviations * deviation;
    // Switching on by sin^2 over the ramp spreads the carrier by a few reciprocals of the ramp.
    case Waveform::Kind::continuous:
      return waveform.frequency + (waveform.ramp > 0 ? 3 / waveform.ramp : waveform.frequency);
    case Waveform::Kind::gaussian:
      return kBandInDeviations * deviation;
    // x exp(-x^2/2) falls to a millionth of its peak a little later.
    case Waveform::Kind::gaussianDerivative:
      return 5.7 * deviation;
  }
  return 0;
}

double centreFrequencyOf(const Waveform& waveform) {
  const bool hasCarrier =
      waveform.kind == Waveform::Kind::gaussianPulse || waveform.kind == Waveform::Kind::continuous;
  if (hasCarrier) return waveform.frequency;
  return waveform.width > 0 ? 1 / (2 * core::kPi * waveform.width) : 0;
}

double countAlong(const Region& region, const Grid& grid, double spacing, int axis) {
  const double step = spacing > 0 ? spacing : grid.spacing(axis);
  const double extent = region.upper[axis] - region.lower[axis];
  return extent > 0 ? std::max(1.0, std::ceil(extent / step - 1e-6)) + 1 : 1;
}

}  // namespace

InstrumentContext makeContext(const Setup& setup, std::int64_t steps, bool hasReference) {
  InstrumentContext context{setup, steps, hasReference, 0, 0, !setup.sources.empty()};
  for (const Source& source : setup.sources) {
    std::visit(
        [&](const auto& s) {
          context.highestFrequency = std::max(context.highestFrequency, highestFrequencyOf(s.waveform));
          context.carrierFrequency = std::max(context.carrierFrequency, centreFrequencyOf(s.waveform));
          if (s.waveform.kind != Waveform::Kind::continuous) context.isContinuous = false;
        },
        source);
  }
  return context;
}

Region parseRegion(const lab::Node& node, const InstrumentContext& context) {
  const Grid& grid = context.setup.grid;
  const Bounds domain = domainBounds(grid);
  const Bounds interior = interiorBounds(context.setup);
  const bool isPlanar = grid.dimensions != Dimensions::three;
  Region region{interior.lower, interior.upper};
  std::string key = "at";
  if (node.has("at")) {
    region.lower = region.upper = readVector(node, "at", "m", grid.dimensions);
  } else if (node.has("from") || node.has("to")) {
    key = "from";
    const core::Vec3 a = readVector(node, "from", "m", grid.dimensions);
    const core::Vec3 b = readVector(node, "to", "m", grid.dimensions);
    for (int axis = 0; axis < 3; ++axis) {
      region.lower[axis] = std::min(a[axis], b[axis]);
      region.upper[axis] = std::max(a[axis], b[axis]);
    }
  } else if (node.has("normal") || !isPlanar) {
    key = "position";
    const int normal = readAxis(node, "normal");
    region.lower[normal] = region.upper[normal] = node.quantity("position", "m", lab::kAnyValue, 0.0);
  }
  if (isPlanar) region.lower.z = region.upper.z = grid.origin.z;
  for (int axis = 0; axis < (isPlanar ? 2 : 3); ++axis) {
    // Half a thousandth of a cell is rounding.
    const double slack = 5e-4 * grid.spacing(axis);
    if (!(region.lower[axis] >= domain.lower[axis] - slack &&
          region.upper[axis] <= domain.upper[axis] + slack)) {
      const std::string where = key == "at" ? pointText(region.lower, grid.dimensions)
                                            : pointText(region.lower, grid.dimensions) + " to " +
                                                  pointText(region.upper, grid.dimensions);
      node.errorAt(key, "is outside the domain: found " + where + ", the domain spans " +
                            pointText(domain.lower, grid.dimensions) + " to " +
                            pointText(domain.upper, grid.dimensions));
      return {interior.lower, interior.lower};
    }
  }
  return region;
}

double countLattice(const Region& region, const Grid& grid, double spacing) {
  double count = 1;
  for (int axis = 0; axis < 3; ++axis) count *= countAlong(region, grid, spacing, axis);
  return count;
}

Lattice makeLattice(const Region& region, const Grid& grid, double spacing) {
  Lattice lattice;
  for (int axis = 0; axis < 3; ++axis) {
    const double extent = region.upper[axis] - region.lower[axis];
    const auto count = std::size_t(countAlong(region, grid, spacing, axis));
    auto& positions = lattice.axes[std::size_t(axis)];
    for (std::size_t i = 0; i < count; ++i) {
      positions.push_back(count == 1 ? region.lower[axis]
                                     : region.lower[axis] + extent * double(i) / double(count - 1));
    }
  }
  return lattice;
}

std::vector<lab::Axis> latticeAxes(const Lattice& lattice, bool keepsFlat) {
  std::vector<lab::Axis> axes;
  for (std::size_t axis = 3; axis-- > 0;) {
    const auto& positions = lattice.axes[axis];
    if (positions.size() > 1 || keepsFlat) axes.push_back({kAxisNames[axis], "m", positions});
  }
  return axes;
}

scene::VolumeView latticeView(const Lattice& lattice, const Grid& grid, const std::vector<double>& values) {
  scene::VolumeView view;
  view.nx = int(lattice.axes[0].size());
  view.ny = int(lattice.axes[1].size());
  view.nz = int(lattice.axes[2].size());
  for (int axis = 0; axis < 3; ++axis) {
    const auto& positions = lattice.axes[std::size_t(axis)];
    view.origin[axis] = positions.front();
    view.spacing[axis] = positions.size() > 1 ? positions[1] - positions[0] : grid.spacing(axis);
  }
  view.values = std::make_shared<const std::vector<float>>(values.begin(), values.end());
  return view;
}

const char* componentName(int component) {
  return kComponentNames[component];
}

std::string componentLabel(int component) {
  return std::string(isElectric(component) ? "Electric field, " : "Magnetic field, ") +
         kAxisNames[axisOf(component)];
}

const char* componentUnit(int component) {
  return isElectric(component) ? "V/m" : "A/m";
}

std::vector<int> parseComponents(const lab::Node& node, const Grid& grid) {
  std::vector<int> components;
  std::string allowed;
  for (int c = 0; c < 6; ++c) {
    if (grid.computes(c)) allowed += (allowed.empty() ? "" : ", ") + std::string(kComponentNames[c]);
  }
  for (const std::string& word : node.texts("components")) {
    int found = -1;
    for (int c = 0; c < 6; ++c) {
      if (word == kComponentNames[c] && grid.computes(c)) found = c;
    }
    if (found < 0) {
      node.errorAt("components",
                   "\"" + word + "\" is not a component that is computed here; allowed: " + allowed);
    } else if (std::find(components.begin(), components.end(), found) != components.end()) {
      node.errorAt("components", "names " + word + " twice");
    } else {
      components.push_back(found);
    }
  }
  if (components.empty()) components.push_back(grid.dimensions == Dimensions::te ? kHz : kEz);
  return components;
}

Frequencies parseFrequencies(const lab::Node& node, const InstrumentContext& context) {
  Frequencies result;
  int given = 0;
  for (const char* key : {"frequencies", "wavelengths", "frequency_band", "wavelength_band"}) {
    given += node.has(key) ? 1 : 0;
  }
  if (given > 1) {
    node.error("give only one of frequencies, wavelengths, frequency_band and wavelength_band");
    return result;
  }
  std::vector<double> values;
  const auto readBand = [&](const char* key, const char* unit) {
    const lab::Node band = node.child(key);
    const double from = band.quantity("from", unit, lab::kPositive);
    const double to = band.quantity("to", unit, lab::kPositive);
    const auto count = band.integer("count", 2, 100000);
    if (!(to > from)) band.errorAt("to", "must be greater than from");
    for (long long i = 0; i < count; ++i)
      values.push_back(from + (to - from) * double(i) / double(count - 1));
  };
  std::string key = "frequencies";
  if (node.has("frequencies")) {
    values = node.quantities("frequencies", "Hz", lab::kPositive);
  } else if (node.has("wavelengths")) {
    values = node.quantities(key = "wavelengths", "m", lab::kPositive);
  } else if (node.has("frequency_band")) {
    readBand("frequency_band", "Hz");
    key = "frequency_band";
  } else if (node.has("wavelength_band")) {
    readBand("wavelength_band", "m");
    key = "wavelength_band";
  } else if (context.carrierFrequency > 0) {
    values.push_back(context.carrierFrequency);
  } else {
    node.error("needs one of frequencies, wavelengths, frequency_band and wavelength_band");
  }
  std::sort(values.begin(), values.end());
  const bool isWavelength = key.rfind("wavelength", 0) == 0;
  const double highest = 0.5 / context.setup.grid.dt;
  for (const double value : values) {
    if (!(value > 0)) continue;  // Reported already.
    const double hertz = isWavelength ? core::kSpeedOfLight / value : value;
    if (hertz >= highest) {
      char text[160];
      std::snprintf(text, sizeof text,
                    "asks for %.4g Hz; the time step of this grid resolves less than %.4g Hz", hertz,
                    highest);
      node.errorAt(key, text);
      break;
    }
    result.hertz.push_back(hertz);
  }
  result.axis = isWavelength ? lab::Axis{"wavelength", "m", values} : lab::Axis{"frequency", "Hz", values};
  return result;
}

Normalisation parseNormalisation(const lab::Node& node, const InstrumentContext& context) {
  const std::string word =
      node.word("normalise", {"amplitude", "transform"}, context.isContinuous ? "amplitude" : "transform");
  return word == "amplitude" ? Normalisation::amplitude : Normalisation::transform;
}

std::int64_t fourierInterval(const Frequencies& frequencies, const InstrumentContext& context) {
  if (frequencies.hertz.empty() || context.highestFrequency <= 0) return 1;
  // Sampled at a rate r, the sum at f also collects what lies at r - f: that must be above the sources' band.
  const double wanted = *std::max_element(frequencies.hertz.begin(), frequencies.hertz.end());
  const double rate = 1.05 * (wanted + std::max(context.highestFrequency, wanted));
  return std::max<std::int64_t>(1, std::int64_t(1 / (rate * context.setup.grid.dt)));
}

bool checkPoints(const lab::Node& node, double points) {
  if (points <= 1e9) return true;
  char text[120];
  std::snprintf(text, sizeof text, "asks for %.3g points; at most 1e9 are allowed: enlarge spacing", points);
  node.error(text);
  return false;
}

std::vector<std::unique_ptr<InstrumentPlan>> parseInstruments(
    const std::vector<std::pair<std::string, lab::Node>>& instruments, const InstrumentContext& context) {
  std::vector<std::unique_ptr<InstrumentPlan>> plans;
  for (const auto& [name, node] : instruments) {
    const std::string kind = node.word("kind", {"probe", "slice", "spectrum", "flux"});
    std::unique_ptr<InstrumentPlan> plan;
    if (kind == "probe") plan = parseProbe(name, node, context);
    if (kind == "slice") plan = parseSlice(name, node, context);
    if (kind == "spectrum") plan = parseSpectrum(name, node, context);
    if (kind == "flux") plan = parseFlux(name, node, context);
    if (plan) plans.push_back(std::move(plan));
  }
  // All intervals become multiples of the shortest.
  std::int64_t shortest = 0;
  for (const auto& plan : plans)
    shortest = shortest == 0 ? plan->interval() : std::min(shortest, plan->interval());
  for (const auto& plan : plans) plan->setInterval(plan->interval() / shortest * shortest);
  return plans;
}

}  // namespace aula::fdtd
