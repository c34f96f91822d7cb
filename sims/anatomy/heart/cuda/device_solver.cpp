// SPDX-License-Identifier: Apache-2.0
#include "anatomy/heart/cuda/device_solver.h"

#include <algorithm>

#include "anatomy/heart/model/make.h"
#include "compute/launch.h"
#include "core/io/checkpoint.h"

namespace aula::anatomy::heart::cuda {

namespace {

const Lattice& validated(const Lattice& lattice, const Settings& settings) {
  validate(lattice, settings);
  return lattice;
}

template <class T>
void put(compute::Stream& stream, compute::DeviceBuffer<T>& buffer, const std::vector<T>& values,
         const char* name) {
  if (buffer.size() != values.size()) buffer = {stream, values.size(), name};
  buffer.upload(stream, values);
}

}  // namespace

DeviceSolver::DeviceSolver(std::shared_ptr<compute::Backend> backend, const Lattice& lattice,
                           const Settings& settings)
    : lattice_(validated(lattice, settings)),
      settings_(settings),
      layout_(lattice_, kWidth),
      stimuli_(lattice_, settings),
      stream_(std::move(backend)),
      count_(static_cast<long>(layout_.segments().size()) * kWidth) {
  const Couplings couplings = makeCouplings(lattice_, settings_, lattice_.conduction);
  schedule_ = chooseSchedule(settings_, largestRate(lattice_, settings_, couplings, lattice_.conduction));
  put(stream_, segments_, layout_.segments(), "segments");
  uploadCouplings(couplings);
  uploadGain();

  unit_ = isAlievPanfilov() ? static_cast<float>(kUnitPotential) : 1e-3F;
  rest_ = isAlievPanfilov() ? static_cast<float>(kUnitRest) : 0.0F;
  threshold_ = isAlievPanfilov() ? static_cast<float>((kActivation - kUnitRest) / kUnitPotential)
                                 : static_cast<float>(kActivation * 1e3);
  put(stream_, activation_, std::vector<float>(layout_.places(), -1.0F), "activation");
  std::vector<float> start(layout_.places(), 0.0F);
  if (isAlievPanfilov()) {
    put(stream_, recovery_, start, "recovery");
    put(stream_, paces_, layout_.paces(lattice_), "paces");
  } else {
    std::vector<std::int32_t> layers(layout_.places(), static_cast<std::int32_t>(Layer::epicardial));
    for (std::size_t place = 0; place < layout_.places(); ++place)
      if (const std::int32_t node = layout_.nodeOf()[place]; node >= 0 && !lattice_.layers.empty())
        layers[place] = static_cast<std::int32_t>(lattice_.layers[static_cast<std::size_t>(node)]);
    for (std::size_t place = 0; place < start.size(); ++place)
      start[place] = static_cast<float>(kTenTusscherStart[layers[place]][0]);
    const auto count = static_cast<std::size_t>(count_);
    std::vector<float> states(count * kTenTusscherStates);
    for (std::size_t n = 0; n < count; ++n) {
      const auto place = static_cast<std::size_t>(layout_.segments()[n / kWidth].place) + n % kWidth;
      for (std::size_t state = 0; state < kTenTusscherStates; ++state)
        states[state * count + n] = static_cast<float>(kTenTusscherStart[layers[place]][1 + state]);
    }
    put(stream_, layers_, layers, "layers");
    put(stream_, states_, states, "states");
  }
  put(stream_, v_[0], start, "potentials A");
  put(stream_, v_[1], start, "potentials B");
  uploadClock();
  stream_.synchronise();
}

void DeviceSolver::uploadCouplings(const Couplings& couplings) {
  const auto step = static_cast<float>(schedule_.timeStep);
  auto gathered = layout_.gather(lattice_, couplings);
  for (std::size_t n = 0; n < kForward; ++n) {
    for (float& value : gathered[n]) value *= step;
    put(stream_, couplings_[n], gathered[n], "couplings");
  }
}

void DeviceSolver::uploadGain() {
  put(stream_, gain_,
      {static_cast<float>((isAlievPanfilov() ? AlievPanfilov<double>::kK : 14.838) * settings_.excitability)},
      "gain");
}

void DeviceSolver::uploadClock() {
  put(stream_, clock_, {step_}, "clock");
}

void DeviceSolver::setConduction(std::span<const float> factors) {
  validateConduction(lattice_, factors);
  const std::vector<float> wanted(factors.begin(), factors.end());
  const Couplings couplings = makeCouplings(lattice_, settings_, wanted);
  const int stages = stagesFor(schedule_.timeStep, largestRate(lattice_, settings_, couplings, wanted));
  // Recorded windows have the number of stages in them.
  if (stages != schedule_.stages) windows_ = {};
  schedule_.stages = stages;
  uploadCouplings(couplings);
  lattice_.conduction = wanted;
}

void DeviceSolver::setExcitability(double factor) {
  validateExcitability(factor);
  settings_.excitability = factor;
  uploadGain();
}

void DeviceSolver::findStimulatedPlaces() {
  if (stimuliVersion_ == stimuli_.version()) return;
  stimuliVersion_ = stimuli_.version();
  stimulatedPlaces_.clear();
  for (const Stimulus& stimulus : stimuli_.list()) {
    std::vector<std::int32_t> places;
    for (const std::uint32_t node : stimulus.nodes)
      if (const std::int32_t place = layout_.placeOf()[node]; place >= 0) places.push_back(place);
    put(stream_, stimulatedPlaces_.emplace_back(), places, "stimulated places");
  }
}

void DeviceSolver::launchStimuli(std::int64_t step) {
  for (std::size_t n = 0; n < stimuli_.list().size(); ++n) {
    const auto rise =
        static_cast<float>(stimuli_.rise(stimuli_.list()[n], timeAt(step), schedule_.timeStep)) / unit_;
    if (rise == 0) continue;
    const Stimulate kernel{{stimulatedPlaces_[n].device(), v_[static_cast<std::size_t>(now_)].device(),
                            activation_.device(), rise, threshold_, timeAt(step), schedule_.timeStep},
                           static_cast<long>(stimulatedPlaces_[n].size())};
    compute::launch(stream_, kernel.shape(), kernel);
  }
}

void DeviceSolver::launchStep(int stepInWindow) {
  for (int n = 0; n < schedule_.stages; ++n) {
    const Stage stage = stageOf(n, schedule_.stages);
    Part part{};
    part.segments = segments_.device();
    for (std::size_t c = 0; c < kForward; ++c) part.couplings[c] = couplings_[c].device();
    part.from = v_[static_cast<std::size_t>(now_)].device();
    part.to = v_[static_cast<std::size_t>(1 - now_)].device();
    part.activation = activation_.device();
    part.clock = clock_.device();
    part.stepInWindow = stepInWindow;
    part.threshold = threshold_;
    part.timeStep = schedule_.timeStep;
    part.mu = static_cast<float>(stage.mu);
    part.nu = static_cast<float>(stage.nu);
    part.tau = static_cast<float>(stage.tau);
    const auto start = [&](const auto& kernel) { compute::launch(stream_, kernel.shape(), kernel); };
    if (n + 1 < schedule_.stages)
      start(Diffuse{{part}, count_});
    else if (isAlievPanfilov())
      start(ReactAlievPanfilov{{part,
                                {static_cast<float>(schedule_.timeStep / kUnitTime), 0},
                                gain_.device(),
                                recovery_.device(),
                                paces_.device()},
                               count_});
    else
      start(ReactTenTusscher{{part,
                              {static_cast<float>(schedule_.timeStep * 1e3), 0},
                              gain_.device(),
                              states_.device(),
                              count_,
                              layers_.device()},
                             count_});
    now_ = 1 - now_;
  }
}

void DeviceSolver::advance(std::int64_t steps) {
  findStimulatedPlaces();
  while (steps > 0) {
    const int window = static_cast<int>(std::min<std::int64_t>(steps, kWindow));
    if (window == kWindow && !stimuli_.anyIn(timeAt(step_), kWindow * schedule_.timeStep)) {
      auto& batch = windows_[static_cast<std::size_t>(now_)];
      if (!batch)
        batch = stream_.record([&] {
          for (int n = 0; n < kWindow; ++n) launchStep(n);
        });
      batch->run();
    } else {
      for (int n = 0; n < window; ++n) {
        launchStimuli(step_ + n);
        launchStep(n);
      }
    }
    const AdvanceClock tick{{clock_.device(), window}, 1};
    compute::launch(stream_, tick.shape(), tick);
    step_ += window;
    steps -= window;
  }
  stimuli_.forgetOver(timeAt(step_));
  requireFinite();
}

void DeviceSolver::requireFinite() {
  std::vector<int> found{-1};
  DeviceBuffer<int> place(stream_, 1, "place of what is not finite");
  place.upload(stream_, found);
  const FindNotFinite kernel{
      {segments_.device(), v_[static_cast<std::size_t>(now_)].device(), place.device()}, count_};
  compute::launch(stream_, kernel.shape(), kernel);
  place.download(stream_, found);
  if (found[0] >= 0 && layout_.nodeOf()[static_cast<std::size_t>(found[0])] >= 0)
    throwNotFinite(lattice_, static_cast<std::size_t>(layout_.nodeOf()[static_cast<std::size_t>(found[0])]),
                   step_, timeAt(step_));
}

std::vector<float> DeviceSolver::downloaded(const DeviceBuffer<float>& buffer) const {
  std::vector<float> values(buffer.size());
  buffer.download(stream_, values);
  return values;
}

template <class Value>
std::vector<float> DeviceSolver::spread(float outside, const Value& valueAt) const {
  std::vector<float> values(lattice_.size(), outside);
  for (std::size_t place = 0; place < layout_.places(); ++place)
    if (const std::int32_t node = layout_.nodeOf()[place]; node >= 0)
      values[static_cast<std::size_t>(node)] = valueAt(place);
  return values;
}

std::vector<float> DeviceSolver::potentials() const {
  const std::vector<float> v = downloaded(v_[static_cast<std::size_t>(now_)]);
  return spread(static_cast<float>(restingPotential(settings_.cell)),
                [&](std::size_t place) { return unit_ * v[place] + rest_; });
}

std::vector<float> DeviceSolver::recovery() const {
  if (isAlievPanfilov()) {
    const std::vector<float> recovery = downloaded(recovery_);
    return spread(0, [&](std::size_t place) { return recovery[place]; });
  }
  std::vector<float> calcium(static_cast<std::size_t>(count_)), values(lattice_.size(), 0.0F);
  states_.download(stream_, calcium, static_cast<std::size_t>(kCai) * static_cast<std::size_t>(count_));
  for (std::size_t n = 0; n < calcium.size(); ++n) {
    const auto place = static_cast<std::size_t>(layout_.segments()[n / kWidth].place) + n % kWidth;
    if (layout_.nodeOf()[place] >= 0) values[static_cast<std::size_t>(layout_.nodeOf()[place])] = calcium[n];
  }
  return values;
}

std::vector<float> DeviceSolver::activationTimes() const {
  const std::vector<float> activation = downloaded(activation_);
  return spread(-1, [&](std::size_t place) { return activation[place]; });
}

void DeviceSolver::save(core::CheckpointWriter& writer) const {
  writer.writeValue("step", step_);
  writer.writeValue("excitability", settings_.excitability);
  writer.writeArray("conduction", std::span<const float>(lattice_.conduction));
  const auto write = [&](const char* name, const DeviceBuffer<float>& buffer) {
    const std::vector<float> values = downloaded(buffer);
    writer.writeArray(name, std::span<const float>(values));
  };
  write("potentials", v_[static_cast<std::size_t>(now_)]);
  write("activation", activation_);
  write("recovery", recovery_);
  write("states", states_);
  stimuli_.save(writer);
}

void DeviceSolver::load(core::CheckpointReader& reader) {
  step_ = reader.readValue<std::int64_t>("step");
  setExcitability(reader.readValue<double>("excitability"));
  std::vector<float> conduction;
  reader.readVector("conduction", conduction);
  setConduction(conduction);
  const auto read = [&](const char* name, DeviceBuffer<float>& buffer) {
    std::vector<float> values(buffer.size());
    reader.readArray(name, std::span<float>(values));
    buffer.upload(stream_, values);
  };
  read("potentials", v_[static_cast<std::size_t>(now_)]);
  read("activation", activation_);
  read("recovery", recovery_);
  read("states", states_);
  stimuli_.load(reader);
  uploadClock();
}

}  // namespace aula::anatomy::heart::cuda

namespace aula::anatomy::heart {

std::unique_ptr<Solver> makeCheckSolver(const Lattice& lattice, const Settings& settings) {
  return std::make_unique<cuda::DeviceSolver>(compute::makeCheckBackend(), lattice, settings);
}

std::unique_ptr<Solver> makeCudaSolver(const Lattice& lattice, const Settings& settings) {
  return std::make_unique<cuda::DeviceSolver>(compute::makeCudaBackend(), lattice, settings);
}

}  // namespace aula::anatomy::heart
