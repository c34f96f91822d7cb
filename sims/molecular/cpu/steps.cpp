// SPDX-License-Identifier: Apache-2.0
// The steps themselves; sims/molecular/README.md has them in formulas.
#include <omp.h>

#include <algorithm>
#include <cmath>

#include "molecular/cpu/coupling.h"
#include "molecular/cpu/cpu_engine.h"
#include "molecular/model/constants.h"
#include "molecular/model/coupling.h"
#include "molecular/model/formula/integrate.h"
#include "molecular/model/random.h"

namespace aula::molecular::cpu {

namespace {

constexpr std::int64_t kBlock = Particles::kBlockAtoms;

/// The blocks of one thread.
struct Share {
  std::int64_t first, last;
  Share(std::int64_t blocks, int thread, int team)
      : first(blocks * thread / team), last(blocks * (thread + 1) / team) {}
};

}  // namespace

/// How far an atom may go in a step and still be within reason: 12 standard deviations of a hydrogen atom's
/// velocity component at the temperature asked for, and at least 0.04 nm; at most 0.1 nm, a bond's length,
/// beyond which nothing that follows can be right.
double CpuEngine::reach() const {
  double hottest = settings_.dynamics.temperature;
  for (const HeatRegion& region : external_.external().regions)
    hottest = std::max(hottest, region.temperature);
  return std::clamp(12 * settings_.dynamics.timeStep * std::sqrt(kBoltzmann * hottest / 1.008), 0.04, 0.1);
}

bool CpuEngine::tryKick(float time, float moveTime) {
  Particles& p = particles_;
  const PlacesView places = placesView();
  const float inverseTime = 1 / moveTime;
  {
    const PhaseClock::Lap lap(clock_, Phase::update);
#pragma omp parallel num_threads(threads_)
    {
      const Share share(p.blocks, omp_get_thread_num(), omp_get_num_threads());
      kernels_->kick(3 * kBlock * share.first, 3 * kBlock * share.last, p.v.data(), p.f.data(),
                     p.inverseMass.data(), time, p.next.data(), moveTime, p.move.data());
    }
  }
  const PhaseClock::Lap lap(clock_, Phase::constraints);
#pragma omp parallel num_threads(threads_)
  {
    const int thread = omp_get_thread_num(), team = omp_get_num_threads();
    for (int part = thread; part < threads_; part += team)
      constraints_.moves(part, places, p.move.data(), p.next.data(), inverseTime, nullptr);
#pragma omp barrier
    const Share share(p.blocks, thread, team);
    for (std::int64_t block = share.first; block < share.last; ++block)
      p.partial[static_cast<std::size_t>(block)] = static_cast<double>(
          kernels_->largestMove(kBlock * block, std::min(kBlock * (block + 1), p.atoms), p.move.data()));
  }
  const double largest = *std::max_element(p.partial.begin(), p.partial.end());
  return largest <= reach() * reach();
}

void CpuEngine::commit() {
  Particles& p = particles_;
  const PhaseClock::Lap lap(clock_, Phase::update);
#pragma omp parallel num_threads(threads_)
  {
    const Share share(p.blocks, omp_get_thread_num(), omp_get_num_threads());
    kernels_->commit(3 * kBlock * share.first, 3 * kBlock * share.last, p.move.data(), p.x.data(),
                     p.rest.data());
  }
  std::swap(p.v, p.next);
}

bool CpuEngine::isBarostatStep() const {
  return settings_.dynamics.barostat != Barostat::none && (step_ + 1) % kCouplingInterval == 0;
}

void CpuEngine::leapFrogStep() {
  const auto dt = static_cast<float>(settings_.dynamics.timeStep);
  Energies before;
  computeForces(step_, isBarostatStep() ? &before : nullptr);
  if (isBarostatStep()) completeEnergies(particles_.f, before);
  if (tryKick(dt, dt))
    mendedInARow_ = 0;
  else
    mend(settings_.dynamics.timeStep, settings_.dynamics.timeStep);
  commit();
  finishStep(before);
}

void CpuEngine::velocityVerletStep() {
  const auto dt = static_cast<float>(settings_.dynamics.timeStep);
  Particles& p = particles_;
  Energies before;
  if (isBarostatStep()) {
    computeForces(step_, &before);
    completeEnergies(p.f, before);
  } else if (!hasForces_) {
    computeForces(step_, nullptr);
  }
  const bool isFine = tryKick(0.5F * dt, dt);
  if (!isFine) mend(0.5 * settings_.dynamics.timeStep, settings_.dynamics.timeStep);
  commit();
  computeForces(step_ + 1, nullptr);
  const PhaseClock::Lap lap(clock_, Phase::update);
  kernels_->kick(0, static_cast<std::int64_t>(p.v.size()), p.v.data(), p.f.data(), p.inverseMass.data(),
                 0.5F * dt, p.next.data(), dt, p.move.data());
  projectVelocities(p.next);
  // The first half step judges moves; here what the velocities would do in a step.
  for (std::size_t n = 0; n < p.move.size(); ++n) p.move[n] = dt * p.next[n];
  const float largest = kernels_->largestMove(0, p.atoms, p.move.data());
  if (static_cast<double>(largest) <= reach() * reach()) {
    if (isFine) mendedInARow_ = 0;
    std::swap(p.v, p.next);
  } else if (isFine) {
    // Velocities of the half step stay, without those that go too fast by themselves; the next step sees the
    // forces again.
    ++recoveries_;
    ++mendedInARow_;
  }
  hasForces_ = true;
  finishStep(before);
}

bool CpuEngine::tryLangevin(double& heat) {
  Particles& p = particles_;
  const DynamicsSettings& dynamics = settings_.dynamics;
  const auto dt = static_cast<float>(dynamics.timeStep);
  const double keep = std::exp(-dynamics.timeStep / dynamics.temperatureCoupling);
  const double noise = std::sqrt((1 - keep * keep) * kBoltzmann * dynamics.temperature);
  const PlacesView places = placesView();
  {
    const PhaseClock::Lap lap(clock_, Phase::update);
#pragma omp parallel num_threads(threads_)
    {
      const Share share(p.blocks, omp_get_thread_num(), omp_get_num_threads());
      kernels_->kick(3 * kBlock * share.first, 3 * kBlock * share.last, p.v.data(), p.f.data(),
                     p.inverseMass.data(), dt, p.next.data(), dt, p.move.data());
    }
  }
  {
    const PhaseClock::Lap lap(clock_, Phase::constraints);
    projectVelocities(p.next);
  }
  {
    const PhaseClock::Lap lap(clock_, Phase::coupling);
    heat = -kinetic(p.next);
#pragma omp parallel num_threads(threads_)
    {
      const Share share(p.blocks, omp_get_thread_num(), omp_get_num_threads());
      kernels_->middle(kBlock * share.first, std::min(kBlock * share.last, p.atoms), dynamics.seed, step_,
                       static_cast<float>(keep), static_cast<float>(noise), p.inverseMass.data(),
                       p.next.data(), 0.5F * dt, p.move.data());
    }
  }
  {
    const PhaseClock::Lap lap(clock_, Phase::constraints);
#pragma omp parallel for num_threads(threads_) schedule(static, 1)
    for (int part = 0; part < threads_; ++part)
      constraints_.moves(part, places, p.move.data(), p.next.data(), 1 / dt, nullptr);
  }
  const PhaseClock::Lap lap(clock_, Phase::coupling);
  heat += kinetic(p.next);
  const auto largest = static_cast<double>(kernels_->largestMove(0, p.atoms, p.move.data()));
  return largest <= reach() * reach();
}

void CpuEngine::langevinStep() {
  Energies before;
  computeForces(step_, isBarostatStep() ? &before : nullptr);
  if (isBarostatStep()) completeEnergies(particles_.f, before);
  double heat = 0;
  if (tryLangevin(heat)) {
    mendedInARow_ = 0;
    heat_ += heat;
  } else {
    mend(settings_.dynamics.timeStep, settings_.dynamics.timeStep);
  }
  commit();
  finishStep(before);
}

void CpuEngine::finishStep(const Energies& before) {
  const DynamicsSettings& dynamics = settings_.dynamics;
  const std::int64_t arriving = step_ + 1;
  const PhaseClock::Lap lap(clock_, Phase::coupling);
  if (dynamics.integrator != Integrator::langevinMiddle && dynamics.centreOfMassInterval > 0 &&
      arriving % dynamics.centreOfMassInterval == 0)
    removeDrift();
  if (!external_.external().regions.empty()) heatRegions();
  if (arriving % kCouplingInterval == 0 && dynamics.integrator != Integrator::langevinMiddle &&
      dynamics.thermostat == Thermostat::velocityRescale)
    rescaleVelocities();
  if (isBarostatStep()) rescaleCell(before);
  step_ = arriving;
}

void CpuEngine::removeDrift() {
  Particles& p = particles_;
  double momentum[3] = {}, mass = 0;
  for (std::int64_t atom = 0; atom < p.atoms; ++atom)
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const std::size_t n = static_cast<std::size_t>(3 * atom) + axis;
      momentum[axis] += static_cast<double>(p.mass[n]) * static_cast<double>(p.v[n]);
      if (axis == 0) mass += static_cast<double>(p.mass[n]);
    }
  for (std::int64_t atom = 0; atom < p.atoms; ++atom)
    for (std::size_t axis = 0; axis < 3; ++axis)
      p.v[static_cast<std::size_t>(3 * atom) + axis] -= static_cast<float>(momentum[axis] / mass);
}

void CpuEngine::heatRegions() {
  Particles& p = particles_;
  const double before = kinetic(p.v);
  const std::vector<HeatRegion>& regions = external_.external().regions;
  for (std::size_t r = 0; r < regions.size(); ++r) {
    const HeatRegion& region = regions[r];
    const double keep = std::exp(-settings_.dynamics.timeStep / region.coupling);
    const double noise = std::sqrt((1 - keep * keep) * kBoltzmann * region.temperature);
#pragma omp parallel for num_threads(threads_) schedule(static)
    for (std::int64_t atom = 0; atom < p.atoms; ++atom) {
      const Vec3 d = box_.nearest(p.position(atom) - region.centre);
      if (dot(d, d) >= region.radius * region.radius) continue;
      const auto gaussians =
          randomGaussians<double>(settings_.dynamics.seed, step_, static_cast<std::uint32_t>(atom),
                                  RandomPurpose::heatRegion, static_cast<std::uint32_t>(r));
      for (std::size_t axis = 0; axis < 3; ++axis) {
        const std::size_t n = static_cast<std::size_t>(3 * atom) + axis;
        const double scale = noise * std::sqrt(static_cast<double>(p.inverseMass[n]));
        p.v[n] = static_cast<float>(
            frictionAndNoise(static_cast<double>(p.v[n]), keep, scale, gaussians.value[axis]));
      }
    }
  }
  if (!isHalfStepBehind()) projectVelocities(p.v);
  heat_ += kinetic(p.v) - before;
}

void CpuEngine::rescaleVelocities() {
  const DynamicsSettings& dynamics = settings_.dynamics;
  const double before = kinetic(particles_.v);
  const double factor = velocityRescaleFactor(before, plan_.degreesOfFreedom, dynamics.temperature,
                                              dynamics.temperatureCoupling,
                                              kCouplingInterval * dynamics.timeStep, dynamics.seed, step_);
  for (float& v : particles_.v) v *= static_cast<float>(factor);
  heat_ += (factor * factor - 1) * before;
}

void CpuEngine::rescaleCell(const Energies& before) {
  const DynamicsSettings& dynamics = settings_.dynamics;
  Particles& p = particles_;
  // A jump of more than a fifth of the volume at once is taken in parts by the steps that follow. Less must
  // not be cut off: the noise alone moves a small gas by several percent.
  const double change = std::clamp(cellRescaleChange(dynamics, before.scalarPressure(), box_.volume(),
                                                     kCouplingInterval * dynamics.timeStep, step_),
                                   -0.2, 0.2);
  const double scale = std::exp(change / 3);
#pragma omp parallel for num_threads(threads_) schedule(static)
  for (std::int64_t atom = 0; atom < p.atoms; ++atom) p.setPosition(atom, scale * p.position(atom));
  box_ = {scale * box_.a, scale * box_.b, scale * box_.c};
  cell_ = singleCell(box_);
  const double kineticBefore = kinetic(p.v);
  for (float& v : p.v) v *= static_cast<float>(1 / scale);
  // dU = 2 tr(virial) d ln(scale), to first order.
  const double trace = before.virial[0].x + before.virial[1].y + before.virial[2].z;
  heat_ += (1 / (scale * scale) - 1) * kineticBefore + 2 * trace * std::log(scale);
  hasForces_ = false;
}

}  // namespace aula::molecular::cpu
