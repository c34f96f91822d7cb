// SPDX-License-Identifier: Apache-2.0
#include "anatomy/heart/model/setup.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/error.h"

namespace aula::anatomy::heart {

namespace {

/// More stages in a step than this are a mistake in the settings, not a wish.
constexpr int kMostStages = 20;
/// Of what is stable: the fastest mode then shrinks instead of ringing on.
constexpr double kStabilityShare = 0.9;

std::string text(double value) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%g", value);
  return buffer;
}

void requirePositive(const char* what, double value) {
  if (!(value > 0) || !std::isfinite(value))
    throw core::inputError(std::string(what) + " is " + text(value) + "; it must be positive");
}

void requireSize(const char* what, std::size_t found, std::size_t nodes, bool mayBeEmpty) {
  if (found == nodes || (mayBeEmpty && found == 0)) return;
  throw core::inputError(std::string("the lattice has ") + std::to_string(nodes) + " nodes and " +
                         std::to_string(found) + " values of " + what +
                         (mayBeEmpty ? "; one a node is needed, or none" : "; one a node is needed"));
}

std::string placeOf(const Lattice& lattice, std::size_t node) {
  const auto nx = static_cast<std::size_t>(lattice.nx), ny = static_cast<std::size_t>(lattice.ny);
  return "(" + std::to_string(node % nx) + ", " + std::to_string(node / nx % ny) + ", " +
         std::to_string(node / (nx * ny)) + ")";
}

}  // namespace

std::size_t Lattice::tissueCount() const {
  return static_cast<std::size_t>(
      std::count_if(isTissue.begin(), isTissue.end(), [](std::uint8_t value) { return value != 0; }));
}

double restingPotential(CellModel cell) {
  return cell == CellModel::alievPanfilov ? kUnitRest : -0.08523;
}

const char* cellName(CellModel cell) {
  return cell == CellModel::alievPanfilov ? "Aliev-Panfilov" : "ten Tusscher-Panfilov";
}
double longestStep(CellModel cell) {
  return cell == CellModel::alievPanfilov ? 1e-3 : 1e-4;
}
double usualStep(CellModel cell) {
  return cell == CellModel::alievPanfilov ? 8e-4 : 2e-5;
}

void validate(const Lattice& lattice, const Settings& settings) {
  if (lattice.nx < 1 || lattice.ny < 1 || lattice.nz < 1)
    throw core::inputError("a lattice of " + std::to_string(lattice.nx) + " x " + std::to_string(lattice.ny) +
                           " x " + std::to_string(lattice.nz) + " nodes; at least one along each axis");
  if (lattice.size() >= std::size_t{1} << 31)
    throw core::inputError("a lattice of " + std::to_string(lattice.size()) +
                           " nodes; at most 2147483647 are possible");
  requirePositive("the lattice's spacing", lattice.spacing);
  requireSize("isTissue", lattice.isTissue.size(), lattice.size(), false);
  requireSize("fibres", lattice.fibres.size(), lattice.size(), false);
  requireSize("layers", lattice.layers.size(), lattice.size(), true);
  validateConduction(lattice, lattice.conduction);
  requireSize("durations", lattice.durations.size(), lattice.size(), true);
  for (std::size_t node = 0; node < lattice.durations.size(); ++node)
    if (lattice.isTissue[node] != 0 && !(lattice.durations[node] >= 0.1F && lattice.durations[node] <= 10.0F))
      throw core::inputError("the action potential of node " + placeOf(lattice, node) + " is to last " +
                             text(double(lattice.durations[node])) +
                             " times as long as usual; it must be between 0.1 and 10");
  for (std::size_t node = 0; node < lattice.size(); ++node) {
    if (lattice.isTissue[node] == 0) continue;
    const double length = core::length(scene::toVec3(lattice.fibres[node]));
    if (!(std::abs(length - 1) < 1e-3))
      throw core::inputError("the fibre of node " + placeOf(lattice, node) + " has the length " +
                             text(length) + "; it must be 1");
  }
  requirePositive("the conductivity along fibres", settings.along);
  requirePositive("the conductivity across fibres", settings.across);
  requirePositive("the surface of membrane a volume", settings.surfaceToVolume);
  requirePositive("the membrane's capacitance", settings.capacitance);
  validateExcitability(settings.excitability);
  if (settings.timeStep != 0) requirePositive("the time step", settings.timeStep);
}

void validateConduction(const Lattice& lattice, std::span<const float> factors) {
  requireSize("conduction", factors.size(), lattice.size(), true);
  for (std::size_t node = 0; node < factors.size(); ++node)
    if (!(factors[node] >= 0) || !std::isfinite(factors[node]))
      throw core::inputError("the factor of conduction of node " + placeOf(lattice, node) + " is " +
                             text(static_cast<double>(factors[node])) + "; it must be 0 or more");
}

void validateExcitability(double factor) {
  if (!(factor >= 0) || !(factor <= 10))
    throw core::inputError("an excitability of " + text(factor) + "; it must be between 0 and 10");
}

Stage stageOf(int stage, int stages) {
  const double first = 2.0 / (stages * stages + stages), j = stage + 1.0;
  if (stage == 0) return {1, 0, first};
  return {(2 * j - 1) / j, (1 - j) / j, (2 * j - 1) / j * first};
}

int stagesFor(double timeStep, double rate) {
  const double times = timeStep * rate / (2 * kStabilityShare);
  int stages = 1;
  while (stages <= kMostStages && 0.5 * (stages * stages + stages) < times) ++stages;
  if (stages > kMostStages)
    throw core::inputError(
        "a time step of " + text(timeStep * 1e3) + " ms is too long for diffusion on this lattice; at most " +
        text(kMostStages * (kMostStages + 1) * kStabilityShare / rate * 1e3) + " ms are possible");
  return stages;
}

Schedule chooseSchedule(const Settings& settings, double rate) {
  Schedule schedule;
  schedule.timeStep = settings.timeStep;
  if (settings.timeStep > longestStep(settings.cell))
    throw core::inputError("a time step of " + text(settings.timeStep * 1e3) + " ms is not stable with " +
                           cellName(settings.cell) + "'s cells; at most " +
                           text(longestStep(settings.cell) * 1e3) + " ms");
  if (settings.timeStep == 0) {
    schedule.timeStep = usualStep(settings.cell);
    // Aliev and Panfilov's cells cost less than a stage of diffusion: the step with the fewest stages a
    // second.
    if (settings.cell == CellModel::alievPanfilov) {
      double fewest = 0;
      for (int stages = 1; stages <= 3; ++stages) {
        const double step = std::min(usualStep(settings.cell),
                                     (1 - 1e-9) * (stages * stages + stages) * kStabilityShare / rate);
        if (fewest != 0 && stages / step >= fewest) continue;
        fewest = stages / step;
        schedule.timeStep = step;
      }
    }
  }
  schedule.stages = stagesFor(schedule.timeStep, rate);
  return schedule;
}

void throwNotFinite(const Lattice& lattice, std::size_t node, std::int64_t step, double time) {
  throw core::Error("the potential of node " + placeOf(lattice, node) + " is no longer a number at step " +
                    std::to_string(step) + ", " + text(time * 1e3) +
                    " ms: a stimulus too strong for the time step, or a time step too long");
}

}  // namespace aula::anatomy::heart
