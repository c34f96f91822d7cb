// SPDX-License-Identifier: Apache-2.0
#include "molecular/reference/lennard_jones.h"

#include <cmath>
#include <vector>

#include "molecular/reference/pairs.h"

namespace aula::molecular::reference {

namespace {

constexpr double kPi = 3.14159265358979323846;

/// S = 1 - 10 t^3 + 15 t^4 - 6 t^5 with t from 0 at switchStart to 1 at the cut-off: from 1 to 0 with first
/// and second derivatives zero at both ends (GROMACS 2022 reference manual, eq. 183, as one quintic).
struct Switch {
  double value = 1, slope = 0;  ///< S, dS/dr
  Switch(double r, const NonbondedSettings& settings) {
    const double width = settings.cutoff - settings.switchStart;
    const double t = (r - settings.switchStart) / width;
    if (t <= 0) return;
    value = 1 + t * t * t * (-10 + t * (15 - 6 * t));
    slope = -30 * t * t * (1 - t) * (1 - t) / width;
  }
};

/// Mean c6 over all pairs that interact.
double meanC6(const Topology& topology) {
  std::vector<double> atomsOfType(static_cast<std::size_t>(topology.typeCount));
  for (const int type : topology.types) ++atomsOfType[static_cast<std::size_t>(type)];
  double sum = 0, count = 0;
  for (int a = 0; a < topology.typeCount; ++a)
    for (int b = a; b < topology.typeCount; ++b) {
      const double na = atomsOfType[static_cast<std::size_t>(a)],
                   nb = atomsOfType[static_cast<std::size_t>(b)];
      const double pairs = a == b ? na * (na - 1) / 2 : na * nb;
      sum += pairs * topology.pair(a, b).c6;
      count += pairs;
    }
  for (int i = 0; i < topology.atomCount(); ++i)
    for (int n = topology.exclusionStart[static_cast<std::size_t>(i)];
         n < topology.exclusionStart[static_cast<std::size_t>(i) + 1]; ++n) {
      const int j = topology.exclusions[static_cast<std::size_t>(n)];
      if (j < i) continue;
      sum -=
          topology
              .pair(topology.types[static_cast<std::size_t>(i)], topology.types[static_cast<std::size_t>(j)])
              .c6;
      --count;
    }
  return count > 0 ? sum / count : 0.0;
}

/// Integral of 4 pi r^2 (1 - S) / r^6 from switchStart to the cut-off, by Simpson's rule: the integrand is
/// smooth, so 2000 intervals leave less than 1e-12 of it.
double switchedAway(const NonbondedSettings& settings) {
  constexpr int kIntervals = 2000;
  const double width = (settings.cutoff - settings.switchStart) / kIntervals;
  double sum = 0;
  for (int n = 0; n <= kIntervals; ++n) {
    const double r = settings.switchStart + n * width;
    const double weight = n == 0 || n == kIntervals ? 1 : n % 2 == 1 ? 4 : 2;
    sum += weight * (1 - Switch(r, settings).value) / (r * r * r * r);
  }
  return 4 * kPi * sum * width / 3;
}

}  // namespace

PairTerm lennardJones(const LennardJones& pair, double r, const NonbondedSettings& settings) {
  const auto inverse6 = [](double distance) {
    const double square = distance * distance;
    return 1 / (square * square * square);
  };
  const double x = inverse6(r);
  const double energy = (pair.c12 * x - pair.c6) * x;
  const double forceOverR = (12 * pair.c12 * x - 6 * pair.c6) * x / (r * r);
  switch (settings.vdwModifier) {
    case VdwModifier::plain:
      return {energy, forceOverR};
    case VdwModifier::potentialShift: {
      const double end = inverse6(settings.cutoff);
      return {energy - (pair.c12 * end - pair.c6) * end, forceOverR};
    }
    case VdwModifier::potentialSwitch: {
      const Switch s(r, settings);
      return {energy * s.value, forceOverR * s.value - energy * s.slope / r};
    }
  }
  return {};
}

/// With rho = N/V, W(r) what is missing of -1/r^6 and the liquid even where W is not zero (Allen and
/// Tildesley 2017, eq. 2.144 and 2.146, with W for the tail):
///   E = N/2 rho <c6> I,  I = integral of 4 pi r^2 W dr,   p = -2 pi/3 rho^2 <c6> integral of r^3 W' dr.
/// Beyond the cut-off W = -1/r^6; inside, a shift took -1/rc^6 away and a switch the part (1 - S). Where W is
/// continuous, partial integration gives p = rho^2/2 <c6> I, that is E/V. A plain cut leaves a step in W
/// whose force is never felt, and the pressure is twice that. A shift is not missing for an atom with itself:
/// N/2 <c6> / rc^6.
void addDispersionCorrection(const Topology& topology, const NonbondedSettings& settings, const Box& box,
                             Sums& sums) {
  if (!settings.hasDispersionCorrection || !box.isPeriodic()) return;
  const double atoms = topology.atomCount(), density = atoms / box.volume();
  const double c6 = meanC6(topology), rc3 = std::pow(settings.cutoff, 3);
  double integral = -4 * kPi / (3 * rc3), virialIntegral = 2 * integral, itself = 0;
  if (settings.vdwModifier == VdwModifier::potentialShift) {
    integral *= 2;
    itself = 1 / (rc3 * rc3);
  } else if (settings.vdwModifier == VdwModifier::potentialSwitch) {
    integral -= switchedAway(settings);
    virialIntegral = integral;
  }
  sums.add(Term::dispersionCorrection, 0.5 * atoms * c6 * (density * integral + itself));
  // p V = -2/3 of the virial's trace.
  const double pressureTimesVolume = 0.5 * atoms * density * c6 * virialIntegral;
  for (int axis = 0; axis < 3; ++axis)
    sums.energies.virial[static_cast<std::size_t>(axis)][axis] -= 0.5 * pressureTimesVolume;
}

}  // namespace aula::molecular::reference
