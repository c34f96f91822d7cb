// SPDX-License-Identifier: Apache-2.0
#include "fdtd/model/setup.h"

#include <cmath>

#include "core/units/constants.h"

namespace aula::fdtd {

double Glide::at(double t) const {
  if (length <= 0 || t >= start + length) return to;
  if (t <= start) return from;
  const double s = std::sin(0.5 * core::kPi * (t - start) / length);
  return from + (to - from) * s * s;
}

void Waveform::redirect(const Drive& drive, double t) {
  gain = {gain.at(t), drive.gain, t, drive.glide};
  if (kind != Kind::continuous) return;
  shift = {shift.at(t), shift.to + drive.phaseChange, t, drive.glide};
  phase = std::remainder(phase + 2 * core::kPi * (frequency - drive.frequency) * t, 2 * core::kPi);
  frequency = drive.frequency;
}

std::array<double, 10> Waveform::state() const {
  return {frequency,   phase,    gain.from,   gain.to,     gain.start,
          gain.length, shift.from, shift.to, shift.start, shift.length};
}

void Waveform::restore(const std::array<double, 10>& state) {
  frequency = state[0];
  phase = state[1];
  gain = {state[2], state[3], state[4], state[5]};
  shift = {state[6], state[7], state[8], state[9]};
}

double Waveform::value(double t) const {
  if (t < 0) return 0;
  const double strength = gain.at(t);
  const double s = width > 0 ? (t - delay) / width : 0;
  switch (kind) {
    case Kind::gaussianPulse:
      return strength * std::exp(-0.5 * s * s) * std::sin(2 * core::kPi * frequency * (t - delay) + phase);
    case Kind::gaussian: return strength * std::exp(-0.5 * s * s);
    case Kind::gaussianDerivative: return -strength * s * std::exp(0.5 - 0.5 * s * s);
    case Kind::continuous: {
      const double envelope = t >= ramp ? 1 : std::pow(std::sin(0.5 * core::kPi * t / ramp), 2);
      return strength * envelope * std::sin(2 * core::kPi * frequency * t + phase + shift.at(t));
    }
  }
  return 0;
}

double courantLimit(const Grid& grid) {
  double sum = 1 / (grid.dx * grid.dx) + 1 / (grid.dy * grid.dy);
  if (grid.dimensions == Dimensions::three) sum += 1 / (grid.dz * grid.dz);
  return 1 / (core::kSpeedOfLight * std::sqrt(sum));
}

}  // namespace aula::fdtd
