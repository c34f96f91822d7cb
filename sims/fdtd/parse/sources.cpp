// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <initializer_list>
#include <limits>

#include "core/units/constants.h"
#include "fdtd/parse/parse.h"

namespace aula::fdtd {

namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();
constexpr lab::Range kPositiveOrInfinite{0.0, kInfinite, true, true};

double readFrequency(const lab::Node& node) {
  if (node.has("wavelength")) {
    if (node.has("frequency")) node.errorAt("wavelength", "give either frequency or wavelength, not both");
    const double wavelength = node.quantity("wavelength", "m", lab::kPositive);
    return wavelength > 0 ? core::kSpeedOfLight / wavelength : 0;
  }
  return node.quantity("frequency", "Hz", lab::kPositive);
}

Waveform parseWaveform(const lab::Node& parent) {
  Waveform waveform;
  const lab::Node node = parent.child("waveform");
  const std::string kind = node.word("kind", {"pulse", "continuous", "gaussian", "gaussian_derivative"});
  if (kind == "continuous") {
    waveform.kind = Waveform::Kind::continuous;
    waveform.frequency = readFrequency(node);
    const double period = waveform.frequency > 0 ? 1 / waveform.frequency : 0;
    waveform.ramp = node.quantity("ramp", "s", lab::kNotNegative, 5 * period);
    waveform.phase = node.quantity("phase", "1", lab::kAnyValue, 0.0);
    return waveform;
  }
  waveform.kind = kind == "pulse"      ? Waveform::Kind::gaussianPulse
                  : kind == "gaussian" ? Waveform::Kind::gaussian
                                       : Waveform::Kind::gaussianDerivative;
  if (kind == "pulse") {
    waveform.frequency = readFrequency(node);
    waveform.phase = node.quantity("phase", "1", lab::kAnyValue, 0.0);
  }
  if (node.has("bandwidth")) {
    if (node.has("width")) node.errorAt("bandwidth", "give either width or bandwidth, not both");
    // exp(-t^2/2w^2) has the spectrum exp(-(2 pi f w)^2/2), half of its height at f = sqrt(2 ln 2) / (2 pi
    // w).
    const double bandwidth = node.quantity("bandwidth", "Hz", lab::kPositive);
    waveform.width = bandwidth > 0 ? std::sqrt(2 * std::log(2.0)) / (core::kPi * bandwidth) : 0;
  } else {
    waveform.width = node.quantity("width", "s", lab::kPositive);
  }
  waveform.delay = node.quantity("delay", "s", lab::kNotNegative, 5 * waveform.width);
  return waveform;
}

void checkPoint(const lab::Node& node, const std::string& key, core::Vec3 point, const Grid& grid) {
  const Bounds domain = domainBounds(grid);
  for (int axis = 0; axis < (grid.dimensions == Dimensions::three ? 3 : 2); ++axis) {
    if (!(point[axis] >= domain.lower[axis] && point[axis] <= domain.upper[axis])) {
      node.errorAt(key, "is " + pointText(point, grid.dimensions) + ", outside the domain, which spans " +
                            pointText(domain.lower, grid.dimensions) + " to " +
                            pointText(domain.upper, grid.dimensions));
      return;
    }
  }
}

/// Inside an absorbing layer a source would drive what is there to swallow its waves. `axes` are those that
/// matter: an endless sheet crosses the layers on purpose.
void checkNotAbsorbed(const lab::Node& node, const std::string& key, core::Vec3 point, const Setup& setup,
                      std::initializer_list<int> axes) {
  const Bounds interior = interiorBounds(setup);
  const Dimensions dimensions = setup.grid.dimensions;
  for (const int axis : axes) {
    if (axis == 2 && dimensions != Dimensions::three) continue;
    // Layers that leave no space have been reported.
    if (interior.lower[axis] >= interior.upper[axis]) continue;
    if (point[axis] >= interior.lower[axis] && point[axis] <= interior.upper[axis]) continue;
    node.errorAt(key, "is " + pointText(point, dimensions) +
                          ", in an absorbing layer; the space between the layers spans " +
                          pointText(interior.lower, dimensions) + " to " +
                          pointText(interior.upper, dimensions));
    return;
  }
}

PointDipole parseDipole(const lab::Node& node, const Setup& setup) {
  const Grid& grid = setup.grid;
  PointDipole dipole;
  const Dimensions dimensions = grid.dimensions;
  dipole.position = readVector(node, "position", "m", dimensions);
  checkPoint(node, "position", dipole.position, grid);
  checkNotAbsorbed(node, "position", dipole.position, setup, {0, 1, 2});
  dipole.direction = dimensions == Dimensions::tm
                         ? readVector(node, "direction", "1", dimensions, {}, {0, 0, 1})
                         : readVector(node, "direction", "1", dimensions);
  // In two dimensions the element is a line current, amperes; in three a current times a length.
  dipole.amplitude =
      node.quantity("amplitude", dimensions == Dimensions::three ? "A m" : "A", lab::kAnyValue, 1.0);
  dipole.waveform = parseWaveform(node);
  return dipole;
}

SheetCurrent parseSheet(const lab::Node& node, const Setup& setup) {
  const Grid& grid = setup.grid;
  SheetCurrent sheet;
  const Dimensions dimensions = grid.dimensions;
  sheet.normalAxis = readAxis(node, "normal");
  sheet.centre = readVector(node, "centre", "m", dimensions);
  checkPoint(node, "centre", sheet.centre, grid);
  checkNotAbsorbed(node, "centre", sheet.centre, setup, {sheet.normalAxis});
  sheet.size =
      readVector(node, "size", "m", dimensions, kPositiveOrInfinite, {kInfinite, kInfinite, kInfinite});
  if (dimensions != Dimensions::three) sheet.size.z = kInfinite;
  sheet.direction = dimensions == Dimensions::tm
                        ? readVector(node, "direction", "1", dimensions, {}, {0, 0, 1})
                        : readVector(node, "direction", "1", dimensions);
  sheet.amplitude = node.quantity("amplitude", "A/m", lab::kAnyValue, 1.0);
  sheet.waveform = parseWaveform(node);
  return sheet;
}

PlaneWave parsePlaneWave(const lab::Node& node, const Setup& setup) {
  PlaneWave wave;
  const Grid& grid = setup.grid;
  const Dimensions dimensions = grid.dimensions;
  if (node.has("low") || node.has("high")) {
    wave.lower = readVector(node, "low", "m", dimensions);
    wave.upper = readVector(node, "high", "m", dimensions);
  } else {
    // Four cells inside the absorbing layers; periodic, PEC and PMC sides carry an endless wave.
    const Bounds interior = interiorBounds(setup);
    wave.lower = interior.lower;
    wave.upper = interior.upper;
    for (int axis = 0; axis < 3; ++axis) {
      const auto& faces = setup.boundaries[std::size_t(axis)];
      if (faces[0].kind == BoundaryKind::cpml) wave.lower[axis] += 4 * grid.spacing(axis);
      if (faces[1].kind == BoundaryKind::cpml) wave.upper[axis] -= 4 * grid.spacing(axis);
    }
  }
  if (dimensions != Dimensions::three) {
    wave.lower.z = grid.origin.z;
    wave.upper.z = grid.origin.z + grid.dz;
  }
  wave.direction = readVector(node, "direction", "1", dimensions);
  if (core::dot(wave.direction, wave.direction) == 0) {
    node.errorAt("direction", "is zero; give the direction in which the wave travels");
    wave.direction = {1, 0, 0};
  }
  if (dimensions == Dimensions::tm) {
    wave.polarisation = readVector(node, "polarisation", "1", dimensions, {}, {0, 0, 1});
  } else if (dimensions == Dimensions::te) {
    wave.polarisation =
        readVector(node, "polarisation", "1", dimensions, {}, {-wave.direction.y, wave.direction.x, 0});
  } else {
    wave.polarisation = readVector(node, "polarisation", "1", dimensions);
  }
  wave.amplitude = node.quantity("amplitude", "V/m", lab::kAnyValue, 1.0);
  wave.waveform = parseWaveform(node);
  return wave;
}

}  // namespace

std::vector<Source> parseSources(const lab::Node& node, const Setup& setup) {
  std::vector<Source> sources;
  for (const lab::Node& entry : node.children("sources")) {
    const std::string kind = entry.word("kind", {"dipole", "sheet", "plane_wave"});
    if (kind == "dipole") sources.emplace_back(parseDipole(entry, setup));
    if (kind == "sheet") sources.emplace_back(parseSheet(entry, setup));
    if (kind == "plane_wave") sources.emplace_back(parsePlaneWave(entry, setup));
  }
  return sources;
}

}  // namespace aula::fdtd
