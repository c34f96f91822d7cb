// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "core/io/checkpoint.h"
#include "core/units/constants.h"
#include "fdtd/reference/total_field.h"

namespace aula::fdtd::reference {

namespace {

constexpr int kAbsorbingCells = 100;
/// eta0 sigma_max times the cell at the far end. Gentle: a reflection at normal incidence comes from the
/// steps of sigma alone, and there are plenty of cells.
constexpr double kAbsorbingStrength = 0.32;

/// The wave number along `direction` at angular frequency w on the grid: Taflove and Hagness eq. 4.12,
///   sum over axes of (sin(k d_a D_a / 2)/D_a)^2 = (sin(w dt/2)/(c0 dt))^2,
/// by Newton's method from the vacuum's w/c0.
double numericalWaveNumber(const Grid& grid, const core::Vec3& direction, int axes, double w) {
  const double right = std::pow(std::sin(w * grid.dt / 2) / (core::kSpeedOfLight * grid.dt), 2);
  double k = w / core::kSpeedOfLight;
  for (int round = 0; round < 50; ++round) {
    double value = -right;
    double slope = 0;
    for (int axis = 0; axis < axes; ++axis) {
      const double half = direction[axis] * grid.spacing(axis) / 2;
      const double s = std::sin(k * half) / grid.spacing(axis);
      value += s * s;
      slope += 2 * s * std::cos(k * half) * half / grid.spacing(axis);
    }
    const double change = value / slope;
    k -= change;
    if (std::abs(change) < 1e-15 * k) break;
  }
  return k;
}

}  // namespace

IncidentLine::IncidentLine(const Setup& setup, const PlaneWave& wave, const core::Vec3& lower,
                           const core::Vec3& upper)
    : direction_(core::normalised(wave.direction)), dt_(setup.grid.dt), waveform_(wave.waveform) {
  const Grid& grid = setup.grid;
  const int axes = grid.dimensions == Dimensions::three ? 3 : 2;
  const bool hasCarrier =
      waveform_.kind == Waveform::Kind::gaussianPulse || waveform_.kind == Waveform::Kind::continuous;
  const double w = hasCarrier ? 2 * core::kPi * waveform_.frequency : 0;

  int alignedAxis = -1;
  for (int axis = 0; axis < axes; ++axis)
    if (std::abs(direction_[axis]) > 1 - 1e-9) alignedAxis = axis;

  // The discrete curl of a plane wave is a product with K, not with k: E and H are at right angles to K.
  core::Vec3 waveVector = direction_;
  if (alignedAxis >= 0) {
    const double sign = direction_[alignedAxis] > 0 ? 1 : -1;
    direction_ = {};
    direction_[alignedAxis] = sign;
    waveVector = direction_;
    cell_ = grid.spacing(alignedAxis);
  } else if (w > 0) {
    const double k = numericalWaveNumber(grid, direction_, axes, w);
    double widest = 0;
    waveVector = {};
    for (int axis = 0; axis < axes; ++axis) {
      const double d = grid.spacing(axis);
      waveVector[axis] = 2 / d * std::sin(k * direction_[axis] * d / 2);
      widest = std::max(widest, d);
    }
    // The line's own dispersion relation at this k: sin(k cell/2)/cell = sin(w dt/2)/(c0 dt); the left side
    // falls with cell.
    const double right = std::sin(w * dt_ / 2) / (core::kSpeedOfLight * dt_);
    double low = 0;
    double high = widest * (1 + 1e-12);
    for (int round = 0; round < 200; ++round) {
      const double middle = 0.5 * (low + high);
      (std::sin(k * middle / 2) / middle > right ? low : high) = middle;
    }
    cell_ = 0.5 * (low + high);
  } else {
    // The limit of long waves.
    double sum = 0;
    for (int axis = 0; axis < axes; ++axis)
      sum += std::pow(direction_[axis], 4) * std::pow(grid.spacing(axis), 2);
    cell_ = std::sqrt(sum);
  }
  courant_ = core::kSpeedOfLight * dt_ / cell_;

  const core::Vec3 polarisation = core::normalised(wave.polarisation);
  const core::Vec3 transverse =
      polarisation - (core::dot(polarisation, waveVector) / core::dot(waveVector, waveVector)) * waveVector;
  const core::Vec3 unit = core::normalised(transverse);
  electricUnit_ = wave.amplitude * unit;
  magneticUnit_ = wave.amplitude * core::cross(core::normalised(waveVector), unit);

  // How far the line reaches: from half a cell before the first corner to the last.
  core::Vec3 end;
  double widestHalf = 0;
  for (int axis = 0; axis < 3; ++axis) {
    start_[axis] = direction_[axis] < 0 ? upper[axis] : lower[axis];
    end[axis] = direction_[axis] < 0 ? lower[axis] : upper[axis];
    if (axis < axes) widestHalf = std::max(widestHalf, std::abs(direction_[axis]) * grid.spacing(axis) / 2);
  }
  corner_ = 2 + int(std::ceil(widestHalf / cell_));
  const int absorbing = corner_ + int(std::ceil(core::dot(direction_, end - start_) / cell_)) + 4;
  const std::size_t nodes = std::size_t(absorbing) + kAbsorbingCells + 1;
  e_.assign(nodes, 0.0);
  h_.assign(nodes - 1, 0.0);
  lossOfE_.assign(nodes, 0.0);
  lossOfH_.assign(nodes - 1, 0.0);
  for (std::size_t m = 0; m < nodes; ++m) {
    const auto loss = [&](double position) {
      const double depth = std::max(0.0, (position - absorbing) / kAbsorbingCells);
      return 0.5 * courant_ * kAbsorbingStrength * depth * depth * depth;
    };
    lossOfE_[m] = loss(double(m));
    if (m + 1 < nodes) lossOfH_[m] = loss(double(m) + 0.5);
  }

  // The waveform is told at the corner; the line begins earlier by the way from its first node to there.
  const double lead = corner_ * cell_ / core::kSpeedOfLight;
  stepCount_ = -std::int64_t(std::ceil(lead / dt_));
  e_[0] = waveform_.value(double(stepCount_) * dt_ + lead);
  while (stepCount_ < 0) {
    advanceH();
    advanceE();
  }
}

void IncidentLine::advanceH() {
  for (std::size_t m = 0; m < h_.size(); ++m)
    h_[m] = ((1 - lossOfH_[m]) * h_[m] - courant_ * (e_[m + 1] - e_[m])) / (1 + lossOfH_[m]);
}

void IncidentLine::advanceE() {
  for (std::size_t m = 1; m + 1 < e_.size(); ++m)
    e_[m] = ((1 - lossOfE_[m]) * e_[m] - courant_ * (h_[m] - h_[m - 1])) / (1 + lossOfE_[m]);
  ++stepCount_;
  e_[0] = waveform_.value(double(stepCount_) * dt_ + corner_ * cell_ / core::kSpeedOfLight);
}

void IncidentLine::drive(const Drive& drive) {
  // As in advanceE: the first node is ahead of the corner.
  waveform_.redirect(drive, double(stepCount_) * dt_ + corner_ * cell_ / core::kSpeedOfLight);
}

double IncidentLine::interpolate(const std::vector<double>& line, double position) const {
  const double nearest = std::round(position);
  if (std::abs(position - nearest) < 1e-6) return line[std::size_t(nearest)];
  const double floor = std::floor(position);
  const auto m = std::size_t(floor);
  const double f = position - floor;
  // Lagrange's cubic through the nodes -1, 0, 1, 2.
  return -f * (f - 1) * (f - 2) / 6 * line[m - 1] + (f + 1) * (f - 1) * (f - 2) / 2 * line[m] -
         (f + 1) * f * (f - 2) / 2 * line[m + 1] + (f + 1) * f * (f - 1) / 6 * line[m + 2];
}

double IncidentLine::electric(int axis, const core::Vec3& x) const {
  if (electricUnit_[axis] == 0) return 0;
  return electricUnit_[axis] * interpolate(e_, core::dot(direction_, x - start_) / cell_ + corner_);
}

double IncidentLine::magnetic(int axis, const core::Vec3& x) const {
  if (magneticUnit_[axis] == 0) return 0;
  return magneticUnit_[axis] * interpolate(h_, core::dot(direction_, x - start_) / cell_ + corner_ - 0.5);
}

void IncidentLine::save(core::CheckpointWriter& writer, int number) const {
  const std::string name = "incident" + std::to_string(number);
  writer.writeArray(name + ".e", std::span<const double>(e_));
  writer.writeArray(name + ".h", std::span<const double>(h_));
  writer.writeValue(name + ".step", stepCount_);
  writer.writeValue(name + ".waveform", waveform_.state());
}

void IncidentLine::load(core::CheckpointReader& reader, int number) {
  const std::string name = "incident" + std::to_string(number);
  reader.readArray(name + ".e", std::span<double>(e_));
  reader.readArray(name + ".h", std::span<double>(h_));
  stepCount_ = reader.readValue<std::int64_t>(name + ".step");
  waveform_.restore(reader.readValue<std::array<double, 10>>(name + ".waveform"));
}

}  // namespace aula::fdtd::reference
