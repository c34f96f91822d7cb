// SPDX-License-Identifier: Apache-2.0
#include "anatomy/heart/reference/reference_solver.h"

#include <cmath>

#include "anatomy/heart/model/coupling.h"
#include "anatomy/heart/model/make.h"
#include "core/io/checkpoint.h"

namespace aula::anatomy::heart::reference {

ReferenceSolver::ReferenceSolver(Lattice lattice, const Settings& settings)
    : lattice_(std::move(lattice)), settings_(settings), stimuli_(lattice_, settings) {
  validate(lattice_, settings_);
  schedule_ = chooseSchedule(
      settings_, largestRate(lattice_, settings_, makeCouplings(lattice_, settings_, lattice_.conduction),
                             lattice_.conduction));
  conduction_ = std::make_unique<Conduction>(lattice_, settings_, lattice_.conduction);
  std::vector<Layer> layers;
  std::vector<double> durations;
  for (std::size_t node = 0; node < lattice_.size(); ++node) {
    if (lattice_.isTissue[node] == 0) continue;
    tissue_.push_back(node);
    durations.push_back(lattice_.durations.empty() ? 1.0 : double(lattice_.durations[node]));
    layers.push_back(lattice_.layers.empty() ? Layer::epicardial : lattice_.layers[node]);
  }
  cells_ = settings_.cell == CellModel::alievPanfilov ? makeAlievPanfilovCells(durations)
                                                      : makeTenTusscherCells(layers);
  potentials_.assign(lattice_.size(), restingPotential(settings_.cell));
  for (std::size_t n = 0; n < tissue_.size(); ++n) potentials_[tissue_[n]] = cells_->start(n);
  activation_.assign(lattice_.size(), -1.0);
}

void ReferenceSolver::noteActivation(std::size_t node, double before, double after) {
  if (before < kActivation && after >= kActivation)
    activation_[node] = time() + schedule_.timeStep * (kActivation - before) / (after - before);
}

void ReferenceSolver::stepOnce() {
  const double dt = schedule_.timeStep;
  // The stimuli's charge.
  for (const Stimulus& stimulus : stimuli_.list()) {
    const double rise = stimuli_.rise(stimulus, time(), dt);
    if (rise == 0) continue;
    for (const std::uint32_t node : stimulus.nodes) {
      if (lattice_.isTissue[node] == 0) continue;
      const double before = potentials_[node];
      potentials_[node] += rise;
      noteActivation(node, before, potentials_[node]);
    }
  }
  // Diffusion, its last stage together with the reaction.
  earlier_ = potentials_;
  for (int stage = 0; stage < schedule_.stages; ++stage) {
    const Stage factors = stageOf(stage, schedule_.stages);
    conduction_->apply(potentials_, rates_);
    for (std::size_t n = 0; n < tissue_.size(); ++n) {
      const std::size_t node = tissue_[n];
      const double before = potentials_[node];
      double after = factors.mu * before + factors.nu * earlier_[node] + factors.tau * dt * rates_[node];
      if (stage + 1 == schedule_.stages) cells_->step(n, after, dt, settings_.excitability);
      noteActivation(node, before, after);
      earlier_[node] = before;
      potentials_[node] = after;
    }
  }
  ++step_;
}

void ReferenceSolver::advance(std::int64_t steps) {
  for (std::int64_t n = 0; n < steps; ++n) stepOnce();
  stimuli_.forgetOver(time());
  for (const std::size_t node : tissue_)
    if (!std::isfinite(potentials_[node])) throwNotFinite(lattice_, node, step_, time());
}

void ReferenceSolver::setConduction(std::span<const float> factors) {
  validateConduction(lattice_, factors);
  const std::vector<float> wanted(factors.begin(), factors.end());
  schedule_.stages =
      stagesFor(schedule_.timeStep,
                largestRate(lattice_, settings_, makeCouplings(lattice_, settings_, wanted), wanted));
  conduction_ = std::make_unique<Conduction>(lattice_, settings_, wanted);
  lattice_.conduction = wanted;
}

void ReferenceSolver::setExcitability(double factor) {
  validateExcitability(factor);
  settings_.excitability = factor;
}

std::vector<float> ReferenceSolver::potentials() const {
  return {potentials_.begin(), potentials_.end()};
}

std::vector<float> ReferenceSolver::recovery() const {
  std::vector<float> values(lattice_.size(), 0.0F);
  for (std::size_t n = 0; n < tissue_.size(); ++n)
    values[tissue_[n]] = static_cast<float>(cells_->recovery(n));
  return values;
}

std::vector<float> ReferenceSolver::activationTimes() const {
  return {activation_.begin(), activation_.end()};
}

void ReferenceSolver::save(core::CheckpointWriter& writer) const {
  writer.writeValue("step", step_);
  writer.writeValue("excitability", settings_.excitability);
  writer.writeArray("conduction", std::span<const float>(lattice_.conduction));
  writer.writeArray("potentials", std::span<const double>(potentials_));
  writer.writeArray("activation", std::span<const double>(activation_));
  writer.writeArray("cells", std::span<const double>(cells_->memory()));
  stimuli_.save(writer);
}

void ReferenceSolver::load(core::CheckpointReader& reader) {
  step_ = reader.readValue<std::int64_t>("step");
  setExcitability(reader.readValue<double>("excitability"));
  std::vector<float> conduction;
  reader.readVector("conduction", conduction);
  setConduction(conduction);
  reader.readArray("potentials", std::span<double>(potentials_));
  reader.readArray("activation", std::span<double>(activation_));
  reader.readArray("cells", std::span<double>(cells_->memory()));
  stimuli_.load(reader);
}

}  // namespace aula::anatomy::heart::reference

namespace aula::anatomy::heart {

std::unique_ptr<Solver> makeReferenceSolver(const Lattice& lattice, const Settings& settings) {
  return std::make_unique<reference::ReferenceSolver>(lattice, settings);
}

}  // namespace aula::anatomy::heart
