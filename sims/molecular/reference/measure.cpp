// SPDX-License-Identifier: Apache-2.0
#include "molecular/model/constants.h"
#include "molecular/reference/reference_engine.h"

namespace aula::molecular::reference {

namespace {

double trace(const Matrix3& m) {
  return m[0].x + m[1].y + m[2].z;
}

}  // namespace

Matrix3 ReferenceEngine::kineticTensor(const Vectors& velocities) const {
  Matrix3 tensor{};
  for (std::size_t n = 0; n < velocities.size(); ++n)
    addDyad(tensor, 0.5 * plan_.masses[n], velocities[n], velocities[n]);
  return tensor;
}

double ReferenceEngine::kinetic(const Vectors& velocities) const {
  return trace(kineticTensor(velocities));
}

/// The constraints' forces are those of the step that would come next without friction and noise: it is tried
/// and thrown away. Pressure: p = 2/V (K - virial), as tensors.
Energies ReferenceEngine::energies() {
  const DynamicsSettings& dynamics = settings_.dynamics;
  const double dt = dynamics.timeStep;
  const bool isVerlet = dynamics.integrator == Integrator::velocityVerlet;
  Energies energies = sums().energies;

  Vectors positions = positions_, velocities = velocities_;
  kick(velocities, isVerlet ? 0.5 * dt : dt);
  for (std::size_t n = 0; n < count(); ++n) positions[n] = positions[n] + dt * velocities[n];
  if (!constraints_.isEmpty()) {
    const Vectors free = positions;
    const Matrix3 virial = constraints_.constrainPositions(positions_, positions, box_);
    // A constant force moves an atom by dt^2 f/m in leap-frog's step, by half that in velocity Verlet's.
    const double perMove = (isVerlet ? 2 : 1) / (dt * dt);
    for (std::size_t row = 0; row < 3; ++row)
      energies.virial[row] = energies.virial[row] + perMove * virial[row];
    for (std::size_t n = 0; n < count(); ++n) velocities[n] = velocities[n] + (positions[n] - free[n]) / dt;
  }

  Matrix3 moving = kineticTensor(velocities_);
  if (!isVerlet) {
    const Matrix3 after = kineticTensor(velocities);
    for (std::size_t row = 0; row < 3; ++row) moving[row] = 0.5 * (moving[row] + after[row]);
  }
  energies.kinetic = trace(moving);
  energies.temperature = 2 * energies.kinetic / (plan_.degreesOfFreedom * kBoltzmann);
  energies.conserved = energies.potential() + energies.kinetic - broughtIn_;
  if (box_.isPeriodic())
    for (std::size_t row = 0; row < 3; ++row)
      energies.pressure[row] = (2 * kBarPerUnit / box_.volume()) * (moving[row] - energies.virial[row]);
  return energies;
}

}  // namespace aula::molecular::reference
