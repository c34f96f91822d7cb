// SPDX-License-Identifier: Apache-2.0
#include "molecular/reference/reference_engine.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/error.h"
#include "molecular/model/constants.h"
#include "molecular/model/coupling.h"
#include "molecular/model/random.h"
#include "molecular/reference/outside.h"

namespace aula::molecular {

std::unique_ptr<Engine> makeReferenceEngine(const System& system, const Settings& settings) {
  return std::make_unique<reference::ReferenceEngine>(system, settings);
}

namespace reference {

namespace {

const System& checked(const System& system) {
  validate(system.topology);
  return system;
}

}  // namespace

ReferenceEngine::ReferenceEngine(const System& system, const Settings& settings)
    : topology_(checked(system).topology),
      settings_(settings),
      plan_(planRigid(topology_, settings.dynamics)),
      constraints_(topology_, plan_) {
  if (!(settings.dynamics.timeStep > 0))
    throw core::inputError("the time step is " + std::to_string(settings.dynamics.timeStep) +
                           " ps; it must be above 0");
  if (settings.dynamics.barostat != Barostat::none && !system.state.box.isPeriodic())
    throw core::inputError("a barostat needs a periodic box; this system has none");
  setState(system.state);
}

void ReferenceEngine::rebuild() {
  field_ = std::make_unique<ForceField>(topology_, plan_, settings_.nonbonded, meshBox_);
}

void ReferenceEngine::setState(const State& state) {
  const auto atoms = static_cast<std::size_t>(topology_.atomCount());
  if (state.positions.size() != atoms || (!state.velocities.empty() && state.velocities.size() != atoms))
    throw core::inputError("a state of " + std::to_string(state.positions.size()) + " positions and " +
                           std::to_string(state.velocities.size()) + " velocities for " +
                           std::to_string(atoms) + " atoms");
  positions_ = state.positions;
  velocities_ = state.velocities;
  velocities_.resize(atoms);
  box_ = state.box;
  meshBox_ = box_;
  rebuild();
  forget();
  isFresh_ = true;
}

/// Lengths of a file with three decimals are put right before the first step, so that velocities get nothing of it. Repeated,
/// for a water triangle that was none is only nearly one after the first time.
void ReferenceEngine::mendLengths() {
  isFresh_ = false;
  if (constraints_.isEmpty() || constraints_.largestError(positions_, box_) < 1e-3) return;
  for (int pass = 0; pass < 50 && constraints_.largestError(positions_, box_) > 1e-5; ++pass) {
    const Vectors before = positions_;
    constraints_.constrainPositions(before, positions_, box_);
  }
  forget();
}

Sums& ReferenceEngine::sums() {
  if (!sums_) sums_.emplace(field_->evaluate(positions_, box_, external_));
  return *sums_;
}

void ReferenceEngine::advance(std::int64_t steps) {
  if (isFresh_ && steps > 0) mendLengths();
  for (std::int64_t n = 0; n < steps; ++n) {
    const DynamicsSettings& dynamics = settings_.dynamics;
    const bool couples = (step_ + 1) % kCouplingInterval == 0;
    const bool hasBarostat = couples && dynamics.barostat != Barostat::none;
    const double pressure = hasBarostat ? energies().scalarPressure() : 0;

    const Vectors positions = positions_, velocities = velocities_;
    const double broughtIn = broughtIn_;
    std::string problem;
    try {
      integrate(dynamics.timeStep);
      problem = whatIsWrong(positions);
    } catch (const core::Error& error) {
      problem = error.what();
    }
    if (!problem.empty()) {
      broughtIn_ = broughtIn;
      recover(positions, velocities, problem);
    }

    ++step_;
    removeDrift();
    heatRegions();
    if (couples) rescaleVelocities();
    if (hasBarostat) rescaleCell(pressure);
  }
}

void ReferenceEngine::positions(std::span<float> xyz) const {
  if (xyz.size() != 3 * count())
    throw core::Error("an array of " + std::to_string(xyz.size()) + " numbers for the coordinates of " +
                      std::to_string(count()) + " atoms");
  for (std::size_t n = 0; n < count(); ++n)
    for (int axis = 0; axis < 3; ++axis)
      xyz[3 * n + static_cast<std::size_t>(axis)] = static_cast<float>(positions_[n][axis]);
}

void ReferenceEngine::setExternal(const External& external) {
  for (const Pull& pull : external.pulls)
    for (const int atom : pull.atoms)
      if (atom < 0 || atom >= topology_.atomCount())
        throw core::inputError("a pull names atom " + std::to_string(atom + 1) + " of " +
                               std::to_string(topology_.atomCount()));
  external_ = external;
  forget();
}

std::vector<Vec3> ReferenceEngine::pullForces() const {
  std::vector<Vec3> forces;
  for (const Pull& pull : external_.pulls)
    forces.push_back(pullForce(pull, plan_.masses, positions_, box_).force);
  return forces;
}

void ReferenceEngine::setTemperature(double kelvin) {
  settings_.dynamics.temperature = kelvin;
}
void ReferenceEngine::setPressure(double bar) {
  settings_.dynamics.pressure = bar;
}

void ReferenceEngine::drawVelocities(double kelvin, std::uint64_t seed) {
  for (std::size_t n = 0; n < count(); ++n) {
    const auto gaussians =
        randomGaussians<double>(seed, 0, static_cast<std::uint32_t>(n), RandomPurpose::velocities);
    const double width = std::sqrt(kBoltzmann * kelvin / plan_.masses[n]);
    velocities_[n] = width * Vec3{gaussians.value[0], gaussians.value[1], gaussians.value[2]};
  }
  constraints_.constrainVelocities(positions_, velocities_, box_);
  Vec3 momentum;
  double mass = 0;
  for (std::size_t n = 0; n < count(); ++n) {
    momentum = momentum + plan_.masses[n] * velocities_[n];
    mass += plan_.masses[n];
  }
  for (Vec3& velocity : velocities_) velocity = velocity - momentum / mass;
}

double ReferenceEngine::bytes() const {
  return static_cast<double>(count()) * 20 * sizeof(Vec3) +
         static_cast<double>(topology_.exclusions.size()) * sizeof(int);
}

std::string ReferenceEngine::description() const {
  return "plain loops in double precision, 1 thread";
}

}  // namespace reference

}  // namespace aula::molecular
