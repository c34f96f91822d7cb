// SPDX-License-Identifier: Apache-2.0
#include "anatomy/heart/model/calibration.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "anatomy/heart/model/coupling.h"
#include "anatomy/heart/model/formula/aliev_panfilov.h"
#include "anatomy/heart/model/formula/ten_tusscher.h"
#include "anatomy/heart/model/setup.h"
#include "core/error.h"

namespace aula::anatomy::heart {

namespace {

double diffusivity(const Settings& settings, double conductivity) {
  return conductivity / (settings.surfaceToVolume * settings.capacitance);
}

/// About what a plane wave has: sqrt(D k / 2)(1 - 2 a) in Aliev and Panfilov's model, whose front is
/// Nagumo's; 0.62 m/s at 0.1334 S/m in ten Tusscher and Panfilov's.
double roughVelocity(const Settings& settings, double conductivity) {
  using Cell = AlievPanfilov<double>;
  const double d = diffusivity(settings, conductivity);
  return settings.cell == CellModel::alievPanfilov
             ? std::sqrt(d * Cell::kK * settings.excitability / (2 * kUnitTime)) * (1 - 2 * Cell::kA)
             : 0.62 * std::sqrt(d / 9.53e-5);
}

/// A row of cells in the solver's own scheme.
class Cable {
 public:
  Cable(const Settings& settings, double conductivity, double spacing, const Schedule& schedule,
        std::size_t count)
      : schedule_(schedule),
        link_(diffusivity(settings, conductivity) / (spacing * spacing) * schedule.timeStep),
        isAlievPanfilov_(settings.cell == CellModel::alievPanfilov),
        alievPanfilov_{schedule.timeStep / kUnitTime, AlievPanfilov<double>::kK * settings.excitability},
        tenTusscher_{schedule.timeStep * 1e3, 14.838 * settings.excitability},
        v_(count, isAlievPanfilov_ ? 0 : kTenTusscherStart[2][0]),
        earlier_(count),
        next_(count),
        states_(count * kTenTusscherStates) {
    if (isAlievPanfilov_)
      std::fill(states_.begin(), states_.end(), 0.0);
    else
      for (std::size_t n = 0; n < states_.size(); ++n)
        states_[n] = kTenTusscherStart[2][1 + n % kTenTusscherStates];
  }

  /// s at which the front passes half its height at the nodes `from` and `to`; false where it never does.
  bool race(std::size_t kicked, std::size_t from, std::size_t to, double limit, double& first,
            double& second) {
    // Half way up, in the cell's own unit.
    const double threshold = isAlievPanfilov_ ? 0.5 : -20;
    for (std::size_t n = 0; n < kicked; ++n) v_[n] = isAlievPanfilov_ ? 1 : 20;
    first = second = -1;
    for (double time = 0; time < limit; time += schedule_.timeStep) {
      const double before[2] = {v_[from], v_[to]};
      step();
      const double after[2] = {v_[from], v_[to]};
      double* passed[2] = {&first, &second};
      for (int n = 0; n < 2; ++n)
        if (*passed[n] < 0 && after[n] >= threshold)
          *passed[n] = time + schedule_.timeStep * (threshold - before[n]) / (after[n] - before[n]);
      if (second >= 0) return first >= 0;
    }
    return false;
  }

 private:
  struct State {
    double* first;
    double& operator[](int n) const { return first[n]; }
  };

  void step() {
    const std::size_t count = v_.size();
    earlier_ = v_;
    for (int n = 0; n < schedule_.stages; ++n) {
      const Stage stage = stageOf(n, schedule_.stages);
      for (std::size_t i = 0; i < count; ++i) {
        const double left = i > 0 ? v_[i - 1] - v_[i] : 0, right = i + 1 < count ? v_[i + 1] - v_[i] : 0;
        next_[i] = stage.mu * v_[i] + stage.nu * earlier_[i] + stage.tau * link_ * (left + right);
      }
      earlier_.swap(v_);
      v_.swap(next_);
    }
    for (std::size_t i = 0; i < count; ++i) {
      double* state = &states_[i * kTenTusscherStates];
      if (isAlievPanfilov_)
        alievPanfilov_.step(v_[i], *state, 1.0);
      else
        tenTusscher_.step(v_[i], State{state}, static_cast<int>(Layer::epicardial));
    }
  }

  Schedule schedule_;
  double link_;
  bool isAlievPanfilov_;
  AlievPanfilov<double> alievPanfilov_;
  TenTusscher<double> tenTusscher_;
  std::vector<double> v_, earlier_, next_, states_;
};

/// Half a cable for the wave to find its pace, then nearly the other half to measure it.
double measure(const Settings& settings, double conductivity, double spacing, const Schedule& schedule) {
  const double rough = roughVelocity(settings, conductivity);
  // The foot of a front is D / velocity long.
  const double foot = std::max(diffusivity(settings, conductivity) / rough, spacing);
  const double length = 40 * foot;
  const auto count = static_cast<std::size_t>(std::ceil(length / spacing));
  const auto kicked = static_cast<std::size_t>(std::ceil(8 * foot / spacing));
  Cable cable(settings, conductivity, spacing, schedule, count);
  double first = 0, second = 0;
  const std::size_t from = count / 2, to = count * 9 / 10;
  if (!cable.race(kicked, from, to, 40 * length / rough, first, second)) return 0;
  return static_cast<double>(to - from) * spacing / (second - first);
}

/// What a solver in three dimensions would do; other numbers of stages would have other errors.
Schedule solverSchedule(const Settings& settings, double spacing) {
  return chooseSchedule(settings, usualRate(settings, spacing));
}

}  // namespace

double cableVelocity(const Settings& settings, double conductivity, double spacing) {
  return measure(settings, conductivity, spacing, solverSchedule(settings, spacing));
}

double continuumVelocity(const Settings& settings, double conductivity) {
  // Errors of second order in space and first in time: halving both twice takes the square's share out and
  // leaves that of a short step.
  const double foot = diffusivity(settings, conductivity) / roughVelocity(settings, conductivity);
  const double step = usualStep(settings.cell) / (settings.cell == CellModel::alievPanfilov ? 32 : 4);
  const auto at = [&](double spacing) {
    const double rate = 4 * diffusivity(settings, conductivity) / (spacing * spacing);
    return measure(settings, conductivity, spacing, {step, stagesFor(step, rate)});
  };
  const double coarse = at(foot / 2), fine = at(foot / 4);
  return fine + (fine - coarse) / 3;
}

Settings calibratedConductivity(const Settings& settings, double spacing, double velocityAlong,
                                double velocityAcross) {
  Settings result = settings;
  // Velocity grows as the square root of conductivity on a fine lattice and faster where the lattice is
  // coarse: an exponent between those of both converges on either. The step follows the conductivities.
  for (int round = 0; round < 30; ++round) {
    result.timeStep = settings.timeStep;
    const Schedule schedule = solverSchedule(result, spacing);
    result.timeStep = schedule.timeStep;
    double error = 0;
    for (const bool isAlong : {true, false}) {
      double& conductivity = isAlong ? result.along : result.across;
      const double wanted = isAlong ? velocityAlong : velocityAcross;
      const double found = measure(result, conductivity, spacing, schedule);
      // A wave that dies wants more; how much, nobody knows.
      const double factor = found > 0 ? std::pow(wanted / found, 1.2) : 4;
      conductivity *= std::clamp(factor, 0.25, 4.0);
      error = std::max(error, std::abs(factor - 1));
    }
    if (error < 1e-3) return result;
  }
  char text[200];
  std::snprintf(text, sizeof text,
                "no conductivities give %s's waves %.3g m/s along and %.3g m/s across fibres at a spacing of "
                "%.3g mm; use a finer lattice",
                cellName(settings.cell), velocityAlong, velocityAcross, spacing * 1e3);
  throw core::inputError(text);
}

Settings calibratedConductivity(const Settings& settings, double spacing) {
  return calibratedConductivity(settings, spacing, continuumVelocity(settings, settings.along),
                                continuumVelocity(settings, settings.across));
}

}  // namespace aula::anatomy::heart
