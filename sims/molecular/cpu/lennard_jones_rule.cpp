// SPDX-License-Identifier: Apache-2.0
#include "molecular/cpu/lennard_jones_rule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace aula::molecular::cpu {

namespace {

bool isNear(double value, double expected) {
  return std::abs(value - expected) <= 1e-6 * std::abs(expected);
}

}  // namespace

LennardJonesParameters findRule(const Topology& topology) {
  const auto types = static_cast<std::size_t>(topology.typeCount);
  std::vector<char> isUsed(types, 0);
  for (const int type : topology.types) isUsed[static_cast<std::size_t>(type)] = 1;
  std::vector<double> sigma(types, 0), epsilon(types, 0);
  LennardJonesParameters found;
  found.first.assign(types, 0), found.second.assign(types, 0);
  found.hasLennardJones.assign(types, 0);
  bool isGeometric = true, isLorentzBerthelot = true;
  for (std::size_t t = 0; t < types; ++t) {
    if (isUsed[t] == 0) continue;
    const LennardJones own = topology.pair(static_cast<int>(t), static_cast<int>(t));
    if (own.c6 < 0 || own.c12 < 0) isGeometric = isLorentzBerthelot = false;
    if (own.c6 > 0 && own.c12 > 0)
      sigma[t] = std::pow(own.c12 / own.c6, 1.0 / 6), epsilon[t] = own.c6 * own.c6 / (4 * own.c12);
    else if (own.c6 != 0 || own.c12 != 0)
      isLorentzBerthelot = false;
  }
  for (std::size_t a = 0; a < types; ++a)
    for (std::size_t b = 0; b < types; ++b) {
      if (isUsed[a] == 0 || isUsed[b] == 0) continue;
      const int i = static_cast<int>(a), j = static_cast<int>(b);
      const LennardJones both = topology.pair(i, j), first = topology.pair(i, i),
                         second = topology.pair(j, j);
      if (both.c6 != 0 || both.c12 != 0) found.hasLennardJones[a] = 1;
      isGeometric = isGeometric && isNear(both.c6, std::sqrt(std::abs(first.c6 * second.c6))) &&
                    isNear(both.c12, std::sqrt(std::abs(first.c12 * second.c12)));
      const double s6 = std::pow((sigma[a] + sigma[b]) / 2, 6), e = std::sqrt(epsilon[a] * epsilon[b]);
      isLorentzBerthelot =
          isLorentzBerthelot && isNear(both.c6, 4 * e * s6) && isNear(both.c12, 4 * e * s6 * s6);
    }
  if (isGeometric) {
    found.rule = LennardJonesRule::geometric;
    for (std::size_t t = 0; t < types; ++t) {
      const LennardJones own = topology.pair(static_cast<int>(t), static_cast<int>(t));
      found.first[t] = static_cast<float>(std::sqrt(6 * std::max(own.c6, 0.0)));
      found.second[t] = static_cast<float>(std::sqrt(12 * std::max(own.c12, 0.0)));
    }
  } else if (isLorentzBerthelot) {
    found.rule = LennardJonesRule::lorentzBerthelot;
    for (std::size_t t = 0; t < types; ++t) {
      found.first[t] = static_cast<float>(sigma[t] / 2);
      found.second[t] = static_cast<float>(std::sqrt(48 * epsilon[t]));
    }
  }
  for (const LennardJones& pair : topology.pairs) {
    found.table.push_back(static_cast<float>(6 * pair.c6));
    found.table.push_back(static_cast<float>(12 * pair.c12));
  }
  return found;
}

DispersionCorrection dispersionCorrection(const Topology& topology, const NonbondedSettings& settings) {
  DispersionCorrection correction;
  if (!settings.hasDispersionCorrection) return correction;
  // The mean c6 over all pairs that are not excluded.
  const auto types = static_cast<std::size_t>(topology.typeCount);
  std::vector<double> count(types, 0);
  for (const int type : topology.types) ++count[static_cast<std::size_t>(type)];
  double sum = 0, pairs = 0;
  for (std::size_t a = 0; a < types; ++a)
    for (std::size_t b = a; b < types; ++b) {
      const double n = a == b ? count[a] * (count[a] - 1) / 2 : count[a] * count[b];
      sum += n * topology.pair(static_cast<int>(a), static_cast<int>(b)).c6;
      pairs += n;
    }
  for (std::size_t i = 0; i + 1 < topology.exclusionStart.size(); ++i)
    for (int n = topology.exclusionStart[i]; n < topology.exclusionStart[i + 1]; ++n) {
      const int other = topology.exclusions[static_cast<std::size_t>(n)];
      if (other <= static_cast<int>(i)) continue;
      sum -= topology.pair(topology.types[i], topology.types[static_cast<std::size_t>(other)]).c6;
      --pairs;
    }
  if (pairs <= 0) return correction;
  const double mean = sum / pairs, atoms = topology.atomCount(), rc = settings.cutoff;
  constexpr double kFourPi = 4 * std::numbers::pi;
  // Allen and Tildesley 2017, eq. 2.144: N^2/(2 V) times the integral of 4 pi r^2 of what is missing.
  double energy = -kFourPi / (3 * rc * rc * rc), virial = -6 * kFourPi / (3 * rc * rc * rc);
  if (settings.vdwModifier == VdwModifier::potentialShift) {
    // Every pair inside was given mean/rc^6 too much; the sphere around an atom holds no other atom in its
    // own place.
    energy -= kFourPi / (3 * rc * rc * rc);
    correction.constant = 0.5 * atoms * mean / std::pow(rc, 6);
  } else if (settings.vdwModifier == VdwModifier::potentialSwitch) {
    // Inside, -1/r^6 (1 - S): Simpson's rule over the range of the switch.
    const double width = rc - settings.switchStart;
    constexpr int kSteps = 1000;
    for (int n = 0; n <= kSteps; ++n) {
      const double x = static_cast<double>(n) / kSteps, r = settings.switchStart + x * width;
      const double weight = (n == 0 || n == kSteps ? 1 : n % 2 == 1 ? 4 : 2) * width / (3 * kSteps);
      const double missing = x * x * x * (10 - 15 * x + 6 * x * x),
                   slope = 30 * x * x * (1 - x) * (1 - x) / width;
      energy += weight * kFourPi * r * r * (-missing / std::pow(r, 6));
      // -r dV/dr of V = -missing/r^6.
      virial += weight * kFourPi * r * r * r * (slope / std::pow(r, 6) - 6 * missing / std::pow(r, 7));
    }
  }
  correction.energyTimesVolume = 0.5 * atoms * atoms * mean * energy;
  correction.pairVirialTimesVolume = 0.5 * atoms * atoms * mean * virial;
  return correction;
}

}  // namespace aula::molecular::cpu
