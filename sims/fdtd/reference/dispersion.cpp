// SPDX-License-Identifier: Apache-2.0
#include "fdtd/reference/dispersion.h"

#include "core/io/checkpoint.h"

namespace aula::fdtd::reference {

Dispersion::PoleStep Dispersion::makeStep(const Pole& pole, double dt) {
  if (pole.kind == Pole::Kind::debye) {
    // (tau/dt + 1/2) (P' - P) = -P + d (E' + E)/2
    const double inertia = pole.relaxation / dt + 0.5;
    return {0, -1 / inertia, 0.5 * pole.strength / inertia};
  }
  // Put J' = 2 (P' - P)/dt - J into the equation of J:
  //   (P' - P) (2/dt^2 + g/dt + w0^2/2) = 2 J/dt - w0^2 P + d w0^2 (E' + E)/2
  const double restoring = pole.kind == Pole::Kind::lorentz ? pole.frequency * pole.frequency : 0;
  const double drive =
      pole.kind == Pole::Kind::lorentz ? pole.strength * restoring : pole.frequency * pole.frequency;
  const double inertia = 2 / (dt * dt) + pole.damping / dt + 0.5 * restoring;
  return {2 / (dt * dt) / inertia, -restoring / inertia, 0.5 * drive / inertia};
}

Dispersion::Dispersion(const Setup& setup, const Medium& medium) {
  for (const Material& material : setup.materials) {
    std::vector<PoleStep> steps;
    for (const Pole& pole : material.poles) steps.push_back(makeStep(pole, setup.grid.dt));
    steps_.push_back(std::move(steps));
  }
  for (int component = kEx; component <= kEz; ++component) {
    const auto& materials = medium.dispersion[component];
    const auto& inverse = medium.inverseEpsilon[component];
    for (std::size_t index = 0; index < materials.size(); ++index) {
      const int material = materials[index];
      if (material == 0 || (!inverse.empty() && inverse[index] == 0)) continue;
      points_.push_back({component, material, index, states_.size()});
      states_.resize(states_.size() + steps_[material].size());
    }
  }
}

double Dispersion::gainOf(int material) const {
  double sum = 0;
  for (const PoleStep& step : steps_[material]) sum += step.gain;
  return sum;
}

void Dispersion::subtractKnown(const FieldSet& fields, FieldSet& rightHandSide) {
  for (Point& point : points_) {
    point.previousE = fields[point.component].values()[point.index];
    double known = 0;
    const PoleState* state = &states_[point.firstState];
    for (const PoleStep& step : steps_[point.material]) {
      known += step.fromCurrent * state->current + step.fromPolarisation * state->polarisation;
      ++state;
    }
    rightHandSide[point.component].values()[point.index] -= known;
  }
}

void Dispersion::advance(const FieldSet& fields) {
  for (const Point& point : points_) {
    const double sum = fields[point.component].values()[point.index] + point.previousE;
    PoleState* state = &states_[point.firstState];
    for (const PoleStep& step : steps_[point.material]) {
      const double change =
          step.fromCurrent * state->current + step.fromPolarisation * state->polarisation + step.gain * sum;
      state->polarisation += change;
      state->current = 2 * change - state->current;
      ++state;
    }
  }
}

void Dispersion::save(core::CheckpointWriter& writer) const {
  writer.writeArray("poles", std::span<const PoleState>(states_));
}

void Dispersion::load(core::CheckpointReader& reader) {
  reader.readArray("poles", std::span<PoleState>(states_));
}

double Dispersion::bytes() const {
  return double(points_.size() * sizeof(Point) + states_.size() * sizeof(PoleState));
}

}  // namespace aula::fdtd::reference
