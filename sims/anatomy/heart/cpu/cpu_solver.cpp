// SPDX-License-Identifier: Apache-2.0
#include "anatomy/heart/cpu/cpu_solver.h"

#include <omp.h>

#include <algorithm>
#include <cmath>

#include "anatomy/heart/model/formula/aliev_panfilov.h"
#include "anatomy/heart/model/formula/ten_tusscher.h"
#include "anatomy/heart/model/make.h"
#include "core/io/checkpoint.h"

namespace aula::anatomy::heart::cpu {

namespace {

/// Steps between two looks for potentials that are no longer numbers.
constexpr std::int64_t kStretch = 512;

const Lattice& validated(const Lattice& lattice, const Settings& settings) {
  validate(lattice, settings);
  return lattice;
}

}  // namespace

CpuSolver::CpuSolver(const Lattice& lattice, const Settings& settings, int threads,
                     const char* instructionSet)
    : lattice_(validated(lattice, settings)),
      settings_(settings),
      threads_(compute::resolveDevice({compute::DeviceKind::cpu, threads}).threads),
      kernels_(kernels(instructionSet)),
      layout_(lattice_, kWidth),
      stimuli_(lattice_, settings) {
  const Couplings couplings = makeCouplings(lattice_, settings_, lattice_.conduction);
  schedule_ = chooseSchedule(settings_, largestRate(lattice_, couplings));
  takeCouplings(couplings);

  // V = 0.1 u - 0.08 for Aliev and Panfilov, mV for ten Tusscher and Panfilov.
  unit_ = isAlievPanfilov() ? static_cast<float>(kUnitPotential) : 1e-3F;
  rest_ = isAlievPanfilov() ? static_cast<float>(kUnitRest) : 0.0F;
  threshold_ = isAlievPanfilov() ? static_cast<float>((kActivation - kUnitRest) / kUnitPotential)
                                 : static_cast<float>(kActivation * 1e3);
  for (auto& v : v_) v.assign(layout_.places(), 0.0F);
  activation_.assign(layout_.places(), -1.0F);
  if (isAlievPanfilov()) {
    recovery_.assign(layout_.places(), 0.0F);
    paces_ = layout_.paces(lattice_);
    return;
  }
  layers_.assign(layout_.places(), static_cast<std::int32_t>(Layer::epicardial));
  for (std::size_t place = 0; place < layout_.places(); ++place)
    if (const std::int32_t node = layout_.nodeOf()[place]; node >= 0 && !lattice_.layers.empty())
      layers_[place] = static_cast<std::int32_t>(lattice_.layers[static_cast<std::size_t>(node)]);
  for (auto& v : v_)
    for (std::size_t place = 0; place < v.size(); ++place)
      v[place] = static_cast<float>(kTenTusscherStart[layers_[place]][0]);
  states_.resize(layout_.segments().size() * kTenTusscherStates * kWidth);
  for (std::size_t s = 0; s < layout_.segments().size(); ++s)
    for (std::size_t state = 0; state < kTenTusscherStates; ++state)
      for (std::size_t lane = 0; lane < kWidth; ++lane)
        states_[(s * kTenTusscherStates + state) * kWidth + lane] = static_cast<float>(
            kTenTusscherStart[layers_[static_cast<std::size_t>(layout_.segments()[s].place) + lane]]
                             [1 + state]);
}

void CpuSolver::takeCouplings(const Couplings& couplings) {
  couplings_ = layout_.gather(lattice_, couplings);
  const auto part = static_cast<float>(schedule_.timeStep / schedule_.substeps);
  for (auto& values : couplings_)
    for (float& value : values) value *= part;
}

void CpuSolver::setConduction(std::span<const float> factors) {
  validateConduction(lattice_, factors);
  const std::vector<float> wanted(factors.begin(), factors.end());
  const Couplings couplings = makeCouplings(lattice_, settings_, wanted);
  schedule_.substeps = substepsFor(schedule_.timeStep, largestRate(lattice_, couplings));
  takeCouplings(couplings);
  lattice_.conduction = wanted;
}

void CpuSolver::setExcitability(double factor) {
  validateExcitability(factor);
  settings_.excitability = factor;
}

void CpuSolver::findStimulatedPlaces() {
  if (stimuliVersion_ == stimuli_.version()) return;
  stimuliVersion_ = stimuli_.version();
  stimulatedPlaces_.clear();
  for (const Stimulus& stimulus : stimuli_.list()) {
    auto& places = stimulatedPlaces_.emplace_back();
    for (const std::uint32_t node : stimulus.nodes)
      if (const std::int32_t place = layout_.placeOf()[node]; place >= 0) places.push_back(place);
  }
}

void CpuSolver::stimulateStep(std::int64_t step, std::vector<float>& v) {
  for (std::size_t n = 0; n < stimuli_.list().size(); ++n) {
    const auto rise =
        static_cast<float>(stimuli_.rise(stimuli_.list()[n], timeAt(step), schedule_.timeStep)) / unit_;
    if (rise == 0) continue;
    for (const std::int32_t place : stimulatedPlaces_[n]) {
      const auto at = static_cast<std::size_t>(place);
      const float before = v[at], after = before + rise;
      v[at] = after;
      if (before < threshold_ && after >= threshold_)
        activation_[at] =
            static_cast<float>(timeAt(step) + schedule_.timeStep * static_cast<double>((threshold_ - before) /
                                                                                       (after - before)));
    }
  }
}

void CpuSolver::computePart(std::int64_t step, int part, int from, std::int64_t first, std::int64_t last) {
  DiffusionView diffusion;
  diffusion.segments = layout_.segments().data();
  for (std::size_t n = 0; n < kForward; ++n) diffusion.couplings[n] = couplings_[n].data();
  PotentialView potential;
  potential.from = v_[static_cast<std::size_t>(from)].data();
  potential.to = v_[static_cast<std::size_t>(1 - from)].data();
  potential.activation = activation_.data();
  potential.threshold = threshold_;
  potential.time = timeAt(step);
  potential.timeStep = schedule_.timeStep;
  if (part + 1 < schedule_.substeps) {
    kernels_.diffuse(diffusion, potential, first, last);
  } else if (isAlievPanfilov()) {
    const AlievPanfilovView cells{recovery_.data(), paces_.data(),
                                  static_cast<float>(schedule_.timeStep / kUnitTime),
                                  static_cast<float>(AlievPanfilov<double>::kK * settings_.excitability)};
    kernels_.alievPanfilov(diffusion, potential, cells, first, last);
  } else {
    const TenTusscherView cells{states_.data(), layers_.data(), static_cast<float>(schedule_.timeStep * 1e3),
                                static_cast<float>(14.838 * settings_.excitability)};
    kernels_.tenTusscher(diffusion, potential, cells, first, last);
  }
}

void CpuSolver::advance(std::int64_t steps) {
  const auto segments = static_cast<std::int64_t>(layout_.segments().size());
  while (steps > 0) {
    const std::int64_t stretch = std::min(steps, kStretch);
    findStimulatedPlaces();
#pragma omp parallel num_threads(threads_)
    {
      const std::int64_t thread = omp_get_thread_num(), threads = omp_get_num_threads();
      const std::int64_t first = segments * thread / threads, last = segments * (thread + 1) / threads;
      int from = now_;
      for (std::int64_t n = 0; n < stretch; ++n) {
        if (stimuli_.anyIn(timeAt(step_ + n), schedule_.timeStep)) {
#pragma omp single
          stimulateStep(step_ + n, v_[static_cast<std::size_t>(from)]);
        }
        for (int part = 0; part < schedule_.substeps; ++part) {
          computePart(step_ + n, part, from, first, last);
          from = 1 - from;
#pragma omp barrier
        }
      }
    }
    if (stretch * schedule_.substeps % 2 != 0) now_ = 1 - now_;
    step_ += stretch;
    steps -= stretch;
    stimuli_.forgetOver(timeAt(step_));
    requireFinite();
  }
}

void CpuSolver::requireFinite() const {
  const auto& v = v_[static_cast<std::size_t>(now_)];
  for (std::size_t place = 0; place < v.size(); ++place)
    if (!std::isfinite(v[place]) && layout_.nodeOf()[place] >= 0)
      throwNotFinite(lattice_, static_cast<std::size_t>(layout_.nodeOf()[place]), step_, timeAt(step_));
}

template <class Value>
std::vector<float> CpuSolver::spread(float outside, const Value& valueAt) const {
  std::vector<float> values(lattice_.size(), outside);
  for (std::size_t place = 0; place < layout_.places(); ++place)
    if (const std::int32_t node = layout_.nodeOf()[place]; node >= 0)
      values[static_cast<std::size_t>(node)] = valueAt(place);
  return values;
}

std::vector<float> CpuSolver::potentials() const {
  const auto& v = v_[static_cast<std::size_t>(now_)];
  return spread(static_cast<float>(restingPotential(settings_.cell)),
                [&](std::size_t place) { return unit_ * v[place] + rest_; });
}

std::vector<float> CpuSolver::recovery() const {
  if (isAlievPanfilov()) return spread(0, [&](std::size_t place) { return recovery_[place]; });
  std::vector<float> values(lattice_.size(), 0.0F);
  for (std::size_t s = 0; s < layout_.segments().size(); ++s)
    for (std::size_t lane = 0; lane < kWidth; ++lane) {
      const std::int32_t node =
          layout_.nodeOf()[static_cast<std::size_t>(layout_.segments()[s].place) + lane];
      if (node >= 0)
        values[static_cast<std::size_t>(node)] = states_[(s * kTenTusscherStates + kCai) * kWidth + lane];
    }
  return values;
}

std::vector<float> CpuSolver::activationTimes() const {
  return spread(-1, [&](std::size_t place) { return activation_[place]; });
}

void CpuSolver::save(core::CheckpointWriter& writer) const {
  writer.writeValue("step", step_);
  writer.writeValue("excitability", settings_.excitability);
  writer.writeArray("conduction", std::span<const float>(lattice_.conduction));
  writer.writeArray("potentials", std::span<const float>(v_[static_cast<std::size_t>(now_)]));
  writer.writeArray("activation", std::span<const float>(activation_));
  writer.writeArray("recovery", std::span<const float>(recovery_));
  writer.writeArray("states", std::span<const float>(states_));
  stimuli_.save(writer);
}

void CpuSolver::load(core::CheckpointReader& reader) {
  step_ = reader.readValue<std::int64_t>("step");
  setExcitability(reader.readValue<double>("excitability"));
  std::vector<float> conduction;
  reader.readVector("conduction", conduction);
  setConduction(conduction);
  reader.readArray("potentials", std::span<float>(v_[static_cast<std::size_t>(now_)]));
  reader.readArray("activation", std::span<float>(activation_));
  reader.readArray("recovery", std::span<float>(recovery_));
  reader.readArray("states", std::span<float>(states_));
  stimuli_.load(reader);
}

}  // namespace aula::anatomy::heart::cpu

namespace aula::anatomy::heart {

std::unique_ptr<Solver> makeCpuSolver(const Lattice& lattice, const Settings& settings, int threads,
                                      const char* instructionSet) {
  return std::make_unique<cpu::CpuSolver>(lattice, settings, threads, instructionSet);
}

}  // namespace aula::anatomy::heart
