// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <vector>

#include "molecular/cuda/device_forces.h"
#include "molecular/model/constants.h"

namespace aula::molecular::cuda {

namespace {

constexpr double kPi = 3.14159265358979323846;

/// Mean c6 over all pairs of atoms that are not excluded.
double meanDispersion(const Topology& topology) {
  std::vector<double> count(static_cast<std::size_t>(topology.typeCount));
  for (const int type : topology.types) count[static_cast<std::size_t>(type)] += 1;
  double sum = 0, pairs = 0;
  for (int a = 0; a < topology.typeCount; ++a)
    for (int b = 0; b <= a; ++b) {
      const double na = count[static_cast<std::size_t>(a)], nb = count[static_cast<std::size_t>(b)];
      const double both = a == b ? 0.5 * na * (na - 1) : na * nb;
      sum += both * topology.pair(a, b).c6;
      pairs += both;
    }
  for (std::size_t i = 0; i + 1 < topology.exclusionStart.size(); ++i)
    for (int n = topology.exclusionStart[i]; n < topology.exclusionStart[i + 1]; ++n) {
      const auto j = static_cast<std::size_t>(topology.exclusions[static_cast<std::size_t>(n)]);
      // Listed both ways: half each.
      sum -= 0.5 * topology.pair(topology.types[i], topology.types[j]).c6;
      pairs -= 0.5;
    }
  return pairs > 0 ? sum / pairs : 0;
}

}  // namespace

BulkTerms bulkTerms(const Topology& topology, const NonbondedSettings& settings, double beta) {
  BulkTerms bulk;
  double charge = 0, squares = 0;
  for (const double q : topology.charges) {
    charge += q;
    squares += q * q;
  }
  if (settings.electrostatics == Electrostatics::particleMeshEwald) {
    bulk.selfEnergy = -kCoulomb * beta / std::sqrt(kPi) * squares;
    bulk.backgroundTimesVolume = -kCoulomb * kPi * charge * charge / (2 * beta * beta);
  } else if (settings.electrostatics == Electrostatics::reactionField) {
    const double rc = settings.cutoff, permittivity = settings.reactionFieldPermittivity;
    const double k = (permittivity == 0 ? 0.5 : (permittivity - 1) / (2 * permittivity + 1)) / (rc * rc * rc);
    bulk.selfEnergy = -0.5 * kCoulomb * (1 / rc + k * rc * rc) * squares;
  }
  if (!settings.hasDispersionCorrection) return bulk;
  // E = N/2 (N/V) <c6> I with I the integral of 4 pi r^2 over what is missing of -1/r^6, and p V = E of the
  // part that depends on V; but a plain cut's missing step gives twice that (Allen and Tildesley 2017,
  // eqs. 2.144 and 2.146).
  const double n = topology.atomCount(), c6 = meanDispersion(topology), rc = settings.cutoff,
               rc3 = rc * rc * rc;
  double integral = -4 * kPi / (3 * rc3), pressureIntegral = 2 * integral;
  if (settings.vdwModifier == VdwModifier::potentialShift) {
    integral *= 2;
    bulk.dispersionConstant = 0.5 * n * c6 / (rc3 * rc3);
  } else if (settings.vdwModifier == VdwModifier::potentialSwitch) {
    // The part 1 - S that the switch takes, by the midpoint rule: its error falls with the square of the
    // steps, 1e-8 here.
    constexpr int kSteps = 4000;
    const double width = (rc - settings.switchStart) / kSteps;
    for (int m = 0; m < kSteps; ++m) {
      const double x = (m + 0.5) / kSteps, r = settings.switchStart + (m + 0.5) * width;
      const double taken = x * x * x * (10 + x * (6 * x - 15));
      integral -= 4 * kPi * taken * width / (r * r * r * r);
    }
    pressureIntegral = integral;
  }
  bulk.dispersionTimesVolume = 0.5 * n * n * c6 * integral;
  bulk.dispersionPressureTimesSquare = 0.5 * n * n * c6 * pressureIntegral;
  return bulk;
}

}  // namespace aula::molecular::cuda
