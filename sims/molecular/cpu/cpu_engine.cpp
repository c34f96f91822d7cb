// SPDX-License-Identifier: Apache-2.0
#include "molecular/cpu/cpu_engine.h"

#include <omp.h>

#include <algorithm>
#include <cmath>

#include "compute/cpu/host.h"
#include "core/error.h"
#include "molecular/model/constants.h"
#include "molecular/model/coupling.h"

namespace aula::molecular::cpu {

namespace {

/// Molecules are brought back into the cell this often, so that single precision keeps its digits however far
/// they wander. Pairs are searched anew then.
constexpr std::int64_t kWrapInterval = 1000;

int threadCount(const Tuning& tuning) {
  return std::clamp(tuning.threads > 0 ? tuning.threads : compute::readHost().cores, 1, 256);
}

void check(const DynamicsSettings& dynamics) {
  const auto positive = [](double value, const char* what) {
    if (!(value > 0) || !std::isfinite(value))
      throw core::inputError(std::string(what) + " must be above 0, not " + std::to_string(value));
  };
  positive(dynamics.timeStep, "the time step (ps)");
  if (!(dynamics.temperature >= 0) || !std::isfinite(dynamics.temperature))
    throw core::inputError("the temperature must be 0 K or more, not " +
                           std::to_string(dynamics.temperature));
  if (dynamics.integrator == Integrator::langevinMiddle)
    positive(dynamics.temperatureCoupling, "the coupling time of the Langevin integrator (ps)");
  if (dynamics.barostat != Barostat::none) {
    positive(dynamics.pressureCoupling, "the coupling time of the barostat (ps)");
    positive(dynamics.compressibility, "the compressibility (1/bar)");
  }
}

const System& checked(const System& system, const Settings& settings) {
  validate(system.topology);
  check(settings.dynamics);
  return system;
}

}  // namespace

CpuEngine::CpuEngine(const System& system, const Settings& settings, const Tuning& tuning,
                     std::unique_ptr<Nonbonded> nonbonded)
    : topology_(checked(system, settings).topology),
      settings_(settings),
      plan_(planRigid(topology_, settings.dynamics)),
      threads_(threadCount(tuning)),
      kernels_(&motionKernels(tuning.instructionSet)),
      bonded_(topology_, plan_, threads_, tuning.instructionSet),
      constraints_(topology_, plan_, settings.dynamics, threads_, *kernels_),
      external_(topology_, plan_.masses),
      nonbonded_(std::move(nonbonded)),
      particles_(plan_.masses),
      sums_(constraints_.sumCount()) {
  if (settings.dynamics.barostat != Barostat::none && !system.state.box.isPeriodic())
    throw core::inputError("a barostat needs a periodic cell; this system is in vacuum");
  makeWhole();
  setState(system.state);
}

void CpuEngine::addAllForces(std::int64_t step, std::vector<float>& f, Energies* energies) {
  std::fill(f.begin(), f.end(), 0.0F);
  if (nonbonded_) {
    const PhaseClock::Lap lap(clock_, Phase::nonbonded);
    if (energies != nullptr) {
      const NonbondedEnergies found =
          nonbonded_->addForcesAndEnergies(step, box_, particles_.places(), particles_.forces(f));
      (*energies)[Term::lennardJones] += found.lennardJones;
      (*energies)[Term::coulombReal] += found.coulombReal;
      (*energies)[Term::coulombReciprocal] += found.coulombReciprocal;
      (*energies)[Term::dispersionCorrection] += found.dispersionCorrection;
      (*energies)[Term::generalisedBorn] += found.generalisedBorn;
      for (std::size_t row = 0; row < 3; ++row)
        energies->virial[row] = energies->virial[row] + found.virial[row];
    } else {
      nonbonded_->addForces(step, box_, particles_.places(), particles_.forces(f));
    }
  }
  if (!bonded_.isEmpty()) {
    const PhaseClock::Lap lap(clock_, Phase::bonded);
    const Bonded::Places places{particles_.x.data(), particles_.rest.data()};
    if (energies != nullptr)
      bonded_.addForcesAndEnergies(places, cell_, f.data(), *energies);
    else
      bonded_.addForces(places, cell_, f.data());
  }
  if (!external_.isEmpty()) {
    const PhaseClock::Lap lap(clock_, Phase::external);
    external_.addForces(particles_, box_, f);
    if (energies != nullptr) external_.addEnergies(particles_, box_, *energies);
  }
}

void CpuEngine::computeForces(std::int64_t step, Energies* energies) {
  addAllForces(step, particles_.f, energies);
}

double CpuEngine::kinetic(const std::vector<float>& v) {
  Particles& p = particles_;
#pragma omp parallel for num_threads(threads_) schedule(static)
  for (std::int64_t block = 0; block < p.blocks; ++block) {
    constexpr std::int64_t kSize = 3 * Particles::kBlockAtoms;
    p.partial[static_cast<std::size_t>(block)] =
        kernels_->momentumSquares(block * kSize, (block + 1) * kSize, v.data(), p.mass.data());
  }
  double all = 0;
  for (const double one : p.partial) all += one;
  return 0.5 * all;
}

void CpuEngine::projectVelocities(std::vector<float>& v) {
  if (constraints_.isEmpty()) return;
  const PlacesView places = placesView();
#pragma omp parallel for num_threads(threads_) schedule(static, 1)
  for (int part = 0; part < threads_; ++part) constraints_.rates(part, places, v.data());
}

void CpuEngine::completeEnergies(const std::vector<float>& f, Energies& energies) {
  Particles& p = particles_;
  const auto dt = static_cast<float>(settings_.dynamics.timeStep);
  const float time = isHalfStepBehind() ? dt : 0.5F * dt;
  kernels_->kick(0, static_cast<std::int64_t>(p.v.size()), p.v.data(), f.data(), p.inverseMass.data(), time,
                 p.next.data(), dt, p.move.data());
  Matrix3 virial{};
  if (!constraints_.isEmpty()) {
    const PlacesView places = placesView();
#pragma omp parallel for num_threads(threads_) schedule(static, 1)
    for (int part = 0; part < threads_; ++part)
      constraints_.moves(part, places, p.move.data(), p.next.data(), 1 / dt, sums_.data());
    // The correction of a move is g time dt / m.
    const double scale = -0.5 / (static_cast<double>(time) * static_cast<double>(dt));
    double s[6] = {};
    for (const ConstraintSums& sums : sums_)
      for (int n = 0; n < 6; ++n) s[n] += scale * sums.value[n];
    virial = {Vec3{s[0], s[3], s[4]}, Vec3{s[3], s[1], s[5]}, Vec3{s[4], s[5], s[2]}};
  }
  // Where a step would have to be mended (see recovery.cpp) it says nothing of kinetic energy and
  // constraints.
  const auto farthest = static_cast<double>(kernels_->largestMove(0, p.atoms, p.move.data()));
  if (!(farthest <= reach() * reach())) {
    p.next = p.v;
    virial = {};
  }
  energies.kinetic = isHalfStepBehind() ? 0.5 * (kinetic(p.v) + kinetic(p.next)) : kinetic(p.v);
  energies.temperature = 2 * energies.kinetic / (plan_.degreesOfFreedom * kBoltzmann);
  energies.conserved = energies.potential() + energies.kinetic - heat_;

  // Pressure: 2/V (kinetic tensor - virial). The kinetic tensor is taken like the kinetic energy.
  Matrix3 tensor{};
  const auto addTensor = [&](const std::vector<float>& v, double weight) {
    for (std::int64_t atom = 0; atom < p.atoms; ++atom) {
      const auto n = static_cast<std::size_t>(3 * atom);
      const double m = 0.5 * weight * static_cast<double>(p.mass[n]);
      const Vec3 u{static_cast<double>(v[n]), static_cast<double>(v[n + 1]), static_cast<double>(v[n + 2])};
      for (std::size_t row = 0; row < 3; ++row)
        tensor[row] = tensor[row] + (m * u[static_cast<int>(row)]) * u;
    }
  };
  addTensor(p.v, isHalfStepBehind() ? 0.5 : 1);
  if (isHalfStepBehind()) addTensor(p.next, 0.5);
  for (std::size_t row = 0; row < 3; ++row) {
    energies.virial[row] = energies.virial[row] + virial[row];
    if (box_.isPeriodic())
      energies.pressure[row] = (2 * kBarPerUnit / box_.volume()) * (tensor[row] - energies.virial[row]);
  }
}

Energies CpuEngine::energies() {
  const PhaseClock::Lap lap(clock_, Phase::energies);
  Energies energies;
  // Apart from the step's own forces, so that looking changes no bit of what comes.
  std::vector<float> f(particles_.f.size());
  addAllForces(step_, f, &energies);
  completeEnergies(f, energies);
  return energies;
}

std::vector<Vec3> CpuEngine::forces() {
  std::vector<float> f(particles_.f.size());
  addAllForces(step_, f, nullptr);
  std::vector<Vec3> all(static_cast<std::size_t>(particles_.atoms));
  for (std::size_t n = 0; n < all.size(); ++n)
    all[n] = {static_cast<double>(f[3 * n]), static_cast<double>(f[3 * n + 1]),
              static_cast<double>(f[3 * n + 2])};
  return all;
}

void CpuEngine::setExternal(const External& external) {
  external_.set(external);
  hasForces_ = false;
}

std::vector<Vec3> CpuEngine::pullForces() const {
  return external_.pullForces(particles_, box_);
}

void CpuEngine::setTemperature(double kelvin) {
  DynamicsSettings changed = settings_.dynamics;
  changed.temperature = kelvin;
  check(changed);
  settings_.dynamics = changed;
}

void CpuEngine::setPressure(double bar) {
  if (!std::isfinite(bar)) throw core::inputError("the pressure must be a number (bar)");
  settings_.dynamics.pressure = bar;
}

void CpuEngine::advance(std::int64_t steps) {
  if (isFresh_ && steps > 0) mendLengths();
  for (std::int64_t n = 0; n < steps; ++n) {
    if (step_ > 0 && step_ % kWrapInterval == 0) wrap();
    switch (settings_.dynamics.integrator) {
      case Integrator::leapFrog:
        leapFrogStep();
        break;
      case Integrator::velocityVerlet:
        velocityVerletStep();
        break;
      case Integrator::langevinMiddle:
        langevinStep();
        break;
    }
  }
}

std::vector<PhaseTime> CpuEngine::phaseTimes() const {
  std::vector<PhaseTime> all = clock_.times();
  if (nonbonded_) {
    // Parts of "nonbonded".
    const NonbondedTimes& t = nonbonded_->times();
    for (const PhaseTime& part :
         {PhaseTime{"nonbonded: place", t.place}, PhaseTime{"nonbonded: search", t.search},
          PhaseTime{"nonbonded: prune", t.prune}, PhaseTime{"nonbonded: pairs", t.pairs},
          PhaseTime{"nonbonded: spread", t.spread}, PhaseTime{"nonbonded: transform", t.transform},
          PhaseTime{"nonbonded: gather", t.gather}})
      all.push_back(part);
  }
  return all;
}

double CpuEngine::bytes() const {
  return particles_.bytes() + bonded_.bytes() + constraints_.bytes() + (nonbonded_ ? nonbonded_->bytes() : 0);
}

std::string CpuEngine::description() const {
  return (nonbonded_ ? nonbonded_->description() + ", " : std::string()) + kernels_->name + ", " +
         std::to_string(threads_) + (threads_ == 1 ? " thread" : " threads");
}

}  // namespace aula::molecular::cpu
