// SPDX-License-Identifier: Apache-2.0
#include "fdtd/model/incident_wave.h"

#include <algorithm>
#include <cmath>

#include "core/units/constants.h"

namespace aula::fdtd {

namespace {

constexpr int kAbsorbingCells = 100;
constexpr double kAbsorption = 0.32;  ///< eta0 sigma dx at the far end, graded with the cube of depth.

/// The root of a function that is positive at `low` and not at `high`.
template <class Function>
double bisect(double low, double high, Function function) {
  for (int n = 0; n < 200 && high - low > 1e-16 * high; ++n) {
    const double middle = 0.5 * (low + high);
    (function(middle) > 0 ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace

IncidentWave::IncidentWave(const Grid& grid, const PlaneWave& wave)
    : waveform_(wave.waveform), dt_(grid.dt), direction_(core::normalised(wave.direction)) {
  const int axes = grid.dimensions == Dimensions::three ? 3 : 2;
  const double path = core::kSpeedOfLight * grid.dt;
  int alongAxis = -1;
  for (int a = 0; a < axes; ++a)
    if (std::abs(direction_[a]) > 1 - 1e-9) alongAxis = a;
  if (alongAxis >= 0) {
    core::Vec3 snapped;
    snapped[alongAxis] = direction_[alongAxis] > 0 ? 1 : -1;
    direction_ = snapped;
  }

  // Wave number along the direction from the Yee grid's dispersion relation, and the cell that has the same
  // in one dimension.
  const bool hasCarrier =
      waveform_.kind == Waveform::Kind::gaussianPulse || waveform_.kind == Waveform::Kind::continuous;
  const double omega = hasCarrier ? 2 * core::kPi * waveform_.frequency : 0;
  core::Vec3 numerical = direction_;
  double longest = 0, projected = 0, fourth = 0;
  for (int a = 0; a < axes; ++a) {
    longest = std::max(longest, grid.spacing(a));
    projected = std::max(projected, std::abs(direction_[a]) * grid.spacing(a));
    fourth += std::pow(direction_[a], 4) * grid.spacing(a) * grid.spacing(a);
  }
  if (omega > 0) {
    const double right = std::sin(omega * grid.dt / 2) / path;
    const double k = bisect(0, core::kPi / projected, [&](double trial) {
      double sum = 0;
      for (int a = 0; a < axes; ++a)
        sum += std::pow(std::sin(trial * direction_[a] * grid.spacing(a) / 2) / grid.spacing(a), 2);
      return right * right - sum;
    });
    for (int a = 0; a < axes; ++a)
      numerical[a] = 2 / grid.spacing(a) * std::sin(k * direction_[a] * grid.spacing(a) / 2);
    cell_ = bisect(0, longest,
                   [&](double trial) { return trial > 0 ? std::sin(k * trial / 2) / trial - right : 1; });
  } else {
    cell_ = std::sqrt(fourth);
  }
  if (alongAxis >= 0) cell_ = grid.spacing(alongAxis);
  cell_ = std::max(cell_, path);
  courant_ = path / cell_;

  // Field vectors of the grid's plane wave: E normal to the numerical wave vector, H normal to both.
  const core::Vec3 polarisation = core::normalised(wave.polarisation);
  const core::Vec3 e = core::normalised(
      polarisation - (core::dot(polarisation, numerical) / core::dot(numerical, numerical)) * numerical);
  electric_ = wave.amplitude * e;
  magnetic_ = (wave.amplitude / core::length(numerical)) * core::cross(numerical, e);

  double reach = 0;
  for (int a = 0; a < 3; ++a) {
    if (a >= axes) {
      start_[a] = grid.origin[a];
      continue;
    }
    const auto node = [&](double x) {
      const double index = (x - grid.origin[a]) / grid.spacing(a);
      return static_cast<int>(std::lround(std::clamp(index, 0.0, double(grid.cells(a)))));
    };
    const auto n = static_cast<std::size_t>(a);
    lower_[n] = node(wave.lower[a]);
    upper_[n] = node(wave.upper[a]);
    start_[a] = grid.origin[a] + (direction_[a] >= 0 ? lower_[n] : upper_[n]) * grid.spacing(a);
    reach += std::abs(direction_[a]) * (upper_[n] - lower_[n]) * grid.spacing(a);
  }

  lead_ = 2 + static_cast<int>(std::ceil(projected / (2 * cell_)));
  const int last = lead_ + static_cast<int>(std::ceil(reach / cell_)) + 4;
  const auto nodes = static_cast<std::size_t>(last + kAbsorbingCells + 1);
  e_.assign(nodes, 0);
  h_.assign(nodes, 0);
  electricLoss_.assign(nodes, 0);
  magneticLoss_.assign(nodes, 0);
  const auto lossAt = [&](double m) {
    const double depth = (m - last) / kAbsorbingCells;
    return depth > 0 ? 0.5 * courant_ * kAbsorption * depth * depth * depth : 0;
  };
  for (std::size_t m = 0; m < nodes; ++m) {
    electricLoss_[m] = lossAt(static_cast<double>(m));
    magneticLoss_[m] = lossAt(static_cast<double>(m) + 0.5);
  }

  // The wave must already stand at the box at step 0: begin as much earlier as it needs from the source to
  // there.
  const auto before = static_cast<std::int64_t>(std::ceil(lead_ * cell_ / path));
  e_[0] = waveform_.value(-static_cast<double>(before) * dt_ + lead_ * cell_ / core::kSpeedOfLight);
  for (std::int64_t n = -before; n < 0; ++n) {
    advanceMagnetic();
    advanceElectric(n);
  }
}

IncidentWave::Reading IncidentWave::reading(core::Vec3 position, bool isElectric) const {
  const double u = core::dot(direction_, position - start_) / cell_ + lead_ - (isElectric ? 0 : 0.5);
  const double m = std::floor(u + 1e-9);
  const double f = u - m;
  Reading result;
  result.first = static_cast<int>(m) - 1;
  if (std::abs(f) < 1e-6) {
    result.weight[1] = 1;
  } else if (f > 1 - 1e-6) {
    result.weight[2] = 1;
  } else {
    result.weight = {-f * (f - 1) * (f - 2) / 6, (f + 1) * (f - 1) * (f - 2) / 2, -(f + 1) * f * (f - 2) / 2,
                     (f + 1) * f * (f - 1) / 6};
  }
  return result;
}

void IncidentWave::advanceMagnetic() {
  for (std::size_t m = 0; m + 1 < e_.size(); ++m) {
    const double s = magneticLoss_[m];
    h_[m] = (1 - s) / (1 + s) * h_[m] - courant_ / (1 + s) * (e_[m + 1] - e_[m]);
  }
}

void IncidentWave::advanceElectric(std::int64_t step) {
  for (std::size_t m = 1; m + 1 < e_.size(); ++m) {
    const double s = electricLoss_[m];
    e_[m] = (1 - s) / (1 + s) * e_[m] - courant_ / (1 + s) * (h_[m] - h_[m - 1]);
  }
  e_[0] = waveform_.value(static_cast<double>(step + 1) * dt_ + lead_ * cell_ / core::kSpeedOfLight);
}

void IncidentWave::drive(const Drive& drive, std::int64_t step) {
  // The grid's first node is this much ahead of the corner of the box, where the waveform is told.
  waveform_.redirect(drive, static_cast<double>(step) * dt_ + lead_ * cell_ / core::kSpeedOfLight);
}

void IncidentWave::restore(std::vector<double> e, std::vector<double> h) {
  e_ = std::move(e);
  h_ = std::move(h);
}

}  // namespace aula::fdtd
