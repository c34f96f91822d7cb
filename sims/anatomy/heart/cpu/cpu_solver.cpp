// SPDX-License-Identifier: Apache-2.0
#include "anatomy/heart/cpu/cpu_solver.h"

#include <omp.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "anatomy/heart/model/formula/aliev_panfilov.h"
#include "anatomy/heart/model/formula/ten_tusscher.h"
#include "anatomy/heart/model/make.h"
#include "core/io/checkpoint.h"

namespace aula::anatomy::heart::cpu {

namespace {

/// Steps between two looks for potentials that are no longer numbers.
constexpr std::int64_t kStretch = 512;
constexpr int kDeepest = 16;

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
  schedule_ = chooseSchedule(settings_, largestRate(lattice_, settings_, couplings, lattice_.conduction));
  takeCouplings(couplings);
  choosePlanes();

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
  const auto step = static_cast<float>(schedule_.timeStep);
  for (auto& values : couplings_)
    for (float& value : values) value *= step;
}

void CpuSolver::setConduction(std::span<const float> factors) {
  validateConduction(lattice_, factors);
  const std::vector<float> wanted(factors.begin(), factors.end());
  const Couplings couplings = makeCouplings(lattice_, settings_, wanted);
  schedule_.stages = stagesFor(schedule_.timeStep, largestRate(lattice_, settings_, couplings, wanted));
  takeCouplings(couplings);
  lattice_.conduction = wanted;
}

void CpuSolver::setExcitability(double factor) {
  validateExcitability(factor);
  settings_.excitability = factor;
}

void CpuSolver::choosePlanes() {
  const std::vector<std::int32_t>& planes = layout_.planes();
  const auto count = static_cast<int>(planes.size()) - 1;
  const std::int64_t segments = planes.back();
  planesOf_.assign(1, 0);
  int thinnest = count;
  for (int thread = 1; thread <= threads_; ++thread) {
    const auto after = std::lower_bound(planes.begin(), planes.end(), segments * thread / threads_);
    planesOf_.push_back(thread == threads_ ? count : static_cast<int>(after - planes.begin()));
    thinnest = std::min(thinnest, planesOf_.back() - planesOf_[static_cast<std::size_t>(thread) - 1]);
  }
  // What a node needs of the cache, and as many planes as half of a usual second-level cache holds.
  const double node = (kForward + 3.0 + (isAlievPanfilov() ? 1 : kTenTusscherStates)) * sizeof(float);
  const double plane = node * kWidth * static_cast<double>(segments) / std::max(1, count);
  constexpr double kCache = 1 << 20;
  // Wedges of neighbouring ends must not meet.
  depth_ = std::clamp(static_cast<int>(kCache / std::max(plane, 1.0)) - 2, 1, kDeepest);
  if (threads_ > 1) depth_ = std::clamp(thinnest / 2, 1, depth_);
}

void CpuSolver::findStimulatedPlaces() {
  if (stimuliVersion_ == stimuli_.version()) return;
  stimuliVersion_ = stimuli_.version();
  stimulatedPlaces_.clear();
  for (const Stimulus& stimulus : stimuli_.list()) {
    auto& places = stimulatedPlaces_.emplace_back();
    for (const std::uint32_t node : stimulus.nodes)
      if (const std::int32_t place = layout_.placeOf()[node]; place >= 0) places.push_back(place);
    std::sort(places.begin(), places.end());
  }
}

void CpuSolver::stimulate(std::int64_t step, std::vector<float>& v, std::int32_t first, std::int32_t last) {
  for (std::size_t n = 0; n < stimuli_.list().size(); ++n) {
    const auto rise =
        static_cast<float>(stimuli_.rise(stimuli_.list()[n], timeAt(step), schedule_.timeStep)) / unit_;
    if (rise == 0) continue;
    const auto& places = stimulatedPlaces_[n];
    for (auto place = std::lower_bound(places.begin(), places.end(), first);
         place != places.end() && *place < last; ++place) {
      const auto at = static_cast<std::size_t>(*place);
      const float before = v[at], after = before + rise;
      v[at] = after;
      if (before < threshold_ && after >= threshold_) {
        const double share = static_cast<double>(threshold_ - before) / static_cast<double>(after - before);
        activation_[at] = static_cast<float>(timeAt(step) + schedule_.timeStep * share);
      }
    }
  }
}

void CpuSolver::computePlane(int plane, std::int64_t level, std::int64_t last) {
  const std::int64_t first = layout_.planes()[static_cast<std::size_t>(plane)],
                     end = layout_.planes()[static_cast<std::size_t>(plane) + 1];
  if (first == end) return;
  const std::int64_t step = step_ + level / schedule_.stages;
  const int stage = static_cast<int>(level % schedule_.stages);
  std::vector<float>& from = v_[static_cast<std::size_t>((now_ + level) % 2)];
  std::vector<float>& to = v_[static_cast<std::size_t>((now_ + level + 1) % 2)];
  const Stage factors = stageOf(stage, schedule_.stages);
  DiffusionView diffusion;
  diffusion.segments = layout_.segments().data();
  for (std::size_t n = 0; n < kForward; ++n) diffusion.couplings[n] = couplings_[n].data();
  diffusion.mu = static_cast<float>(factors.mu);
  diffusion.nu = static_cast<float>(factors.nu);
  diffusion.tau = static_cast<float>(factors.tau);
  PotentialView potential;
  potential.from = from.data();
  potential.to = to.data();
  potential.activation = activation_.data();
  potential.threshold = threshold_;
  potential.time = timeAt(step);
  potential.timeStep = schedule_.timeStep;
  if (stage + 1 < schedule_.stages) {
    kernels_.diffuse(diffusion, potential, first, end);
    return;
  }
  if (isAlievPanfilov()) {
    const AlievPanfilovView cells{recovery_.data(), paces_.data(),
                                  static_cast<float>(schedule_.timeStep / kUnitTime),
                                  static_cast<float>(AlievPanfilov<double>::kK * settings_.excitability)};
    kernels_.alievPanfilov(diffusion, potential, cells, first, end);
  } else {
    const TenTusscherView cells{states_.data(), layers_.data(), static_cast<float>(schedule_.timeStep * 1e3),
                                static_cast<float>(14.838 * settings_.excitability)};
    kernels_.tenTusscher(diffusion, potential, cells, first, end);
  }
  // Nobody reads this plane's new potentials before it is done.
  if (level + 1 < last && !stimuli_.list().empty())
    stimulate(step + 1, to, layout_.segments()[static_cast<std::size_t>(first)].place,
              layout_.segments()[static_cast<std::size_t>(end) - 1].place + kWidth);
}

void CpuSolver::computeLevels(std::int64_t begin, std::int64_t end, std::int64_t last) {
  const int thread = omp_get_thread_num(), depth = static_cast<int>(end - begin);
  // Fewer threads than were asked for, each takes several shares.
  const int shares = static_cast<int>(planesOf_.size()) - 1, threads = omp_get_num_threads();
  for (int share = thread; share < shares; share += threads) {
    const int lower = planesOf_[static_cast<std::size_t>(share)],
              upper = planesOf_[static_cast<std::size_t>(share) + 1];
    for (int front = lower; front < upper + depth; ++front)
      for (int l = 0; l < depth; ++l) {
        const int plane = front - l;
        if (plane < lower + (share > 0 ? l : 0) || plane >= upper - (share + 1 < shares ? l : 0)) continue;
        computePlane(plane, begin + l, last);
      }
  }
#pragma omp barrier
  if (shares == 1) return;
  for (int share = thread; share < shares; share += threads) {
    const int middle = planesOf_[static_cast<std::size_t>(share)];
    if (share > 0)
      for (int l = 1; l < depth; ++l)
        for (int plane = middle - l; plane < middle + l; ++plane) computePlane(plane, begin + l, last);
  }
#pragma omp barrier
}

void CpuSolver::advance(std::int64_t steps) {
  while (steps > 0) {
    const std::int64_t stretch = std::min(steps, kStretch), levels = stretch * schedule_.stages;
    findStimulatedPlaces();
    stimulate(step_, v_[static_cast<std::size_t>(now_)], 0, static_cast<std::int32_t>(layout_.places()));
#pragma omp parallel num_threads(threads_)
    for (std::int64_t begin = 0; begin < levels; begin += depth_)
      computeLevels(begin, std::min(begin + depth_, levels), levels);
    now_ = static_cast<int>((now_ + levels) % 2);
    step_ += stretch;
    steps -= stretch;
    stimuli_.forgetOver(timeAt(step_));
    requireFinite();
  }
}

void CpuSolver::requireFinite() const {
  const auto& v = v_[static_cast<std::size_t>(now_)];
  // By exponents, without a branch: compilers make vectors of it. The place is looked for only where there is
  // one.
  constexpr std::uint32_t kExponent = 0x7F800000U;
  std::uint32_t bad = 0;
  for (const float value : v) bad |= (std::bit_cast<std::uint32_t>(value) & kExponent) == kExponent ? 1U : 0U;
  if (bad == 0) return;
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

void CpuSolver::potentialsAt(std::span<const std::uint32_t> nodes, std::span<float> values) const {
  const auto& v = v_[static_cast<std::size_t>(now_)];
  for (std::size_t i = 0; i < nodes.size(); ++i)
    values[i] = unit_ * v[static_cast<std::size_t>(layout_.placeOf()[nodes[i]])] + rest_;
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
