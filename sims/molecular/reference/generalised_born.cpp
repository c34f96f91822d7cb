// SPDX-License-Identifier: Apache-2.0
#include "molecular/reference/generalised_born.h"

#include <algorithm>
#include <cmath>

#include "molecular/model/constants.h"

namespace aula::molecular::reference {

namespace {

constexpr double kOffset = 0.009;                           ///< nm, off every intrinsic radius.
constexpr double kAlpha = 1.0, kBeta = 0.8, kGamma = 4.85;  ///< OBC II, Onufriev 2004, table I.

struct Integral {
  double value = 0, slope = 0;  ///< 1/nm; d/dr, 1/nm^2
};

/// How much of the space around an atom of (offset) radius rho a neighbour's ball of radius s at distance r
/// takes from the solvent: twice eq. 6 of Hawkins, Cramer and Truhlar 1996, with
///   L = max(rho, |r - s|), U = r + s,
///   1/L - 1/U + (r - s^2/r)/4 (1/U^2 - 1/L^2) + ln(L/U) / (2 r), and where the ball holds the atom
///   2 (1/rho - 1/L) more.
Integral shadow(double rho, double s, double r) {
  const double upper = r + s;
  if (rho >= upper) return {};  // The ball lies inside the atom.
  const double lower = std::max(rho, std::abs(r - s));
  const double lowerSlope = rho >= std::abs(r - s) ? 0.0 : r > s ? 1.0 : -1.0;
  const double l = 1 / lower, u = 1 / upper;  // Slopes of l and u: -l^2 L', -u^2.
  const double dl = -l * l * lowerSlope, du = -u * u;
  const double span = r - s * s / r, spanSlope = 1 + s * s / (r * r);
  const double logarithm = std::log(lower / upper);
  Integral integral;
  integral.value = l - u + 0.25 * span * (u * u - l * l) + 0.5 * logarithm / r;
  integral.slope = dl - du + 0.25 * spanSlope * (u * u - l * l) + 0.5 * span * (u * du - l * dl) -
                   0.5 * logarithm / (r * r) + 0.5 / r * (lowerSlope * l - u);
  if (rho < s - r) {
    integral.value += 2 * (1 / rho - l);
    integral.slope -= 2 * dl;
  }
  return integral;
}

struct Radius {
  double born = 0;   ///< nm
  double bySum = 0;  ///< d born / d (sum of shadows), nm^2
};

/// 1/R = 1/rho~ - tanh(alpha psi - beta psi^2 + gamma psi^3) / rho with psi = rho~ / 2 times the sum of
/// shadows, rho~ = rho - offset (Onufriev 2004, eq. 6).
Radius radiusFromSum(double rho, double sum) {
  const double reduced = rho - kOffset, psi = 0.5 * reduced * sum;
  const double t = std::tanh(psi * (kAlpha + psi * (-kBeta + psi * kGamma)));
  const double born = 1 / (1 / reduced - t / rho);
  const double argumentSlope = kAlpha + psi * (-2 * kBeta + 3 * kGamma * psi);
  return {born, born * born / rho * (1 - t * t) * argumentSlope * 0.5 * reduced};
}

double reducedRadius(const Topology& topology, std::size_t atom) {
  return topology.bornRadii[atom] - kOffset;
}
double scaledRadius(const Topology& topology, std::size_t atom) {
  return topology.bornScales[atom] * reducedRadius(topology, atom);
}

std::vector<Radius> radii(const Topology& topology, std::span<const Vec3> r) {
  std::vector<Radius> found(r.size());
  for (std::size_t i = 0; i < r.size(); ++i) {
    double sum = 0;
    for (std::size_t j = 0; j < r.size(); ++j)
      if (j != i)
        sum += shadow(reducedRadius(topology, i), scaledRadius(topology, j), core::length(r[i] - r[j])).value;
    found[i] = radiusFromSum(topology.bornRadii[i], sum);
  }
  return found;
}

}  // namespace

std::vector<double> bornRadii(const Topology& topology, std::span<const Vec3> positions) {
  std::vector<double> born;
  for (const Radius& radius : radii(topology, positions)) born.push_back(radius.born);
  return born;
}

void addGeneralisedBorn(const Topology& topology, const NonbondedSettings& settings, std::span<const Vec3> r,
                        Sums& sums) {
  const std::vector<Radius> radius = radii(topology, r);
  const double factor = -kCoulomb * (1 - 1 / settings.solventPermittivity);
  // E = 1/2 factor sum over i, j of q q / f, f^2 = r^2 + R R exp(-r^2 / (4 R R)), i = j included.
  std::vector<double> byRadius(r.size());  // dE / dR
  double energy = 0;
  for (std::size_t i = 0; i < r.size(); ++i) {
    const double qi = topology.charges[i], ri = radius[i].born;
    energy += 0.5 * factor * qi * qi / ri;
    byRadius[i] -= 0.5 * factor * qi * qi / (ri * ri);
    for (std::size_t j = i + 1; j < r.size(); ++j) {
      const Vec3 d = r[i] - r[j];
      const double r2 = dot(d, d), rr = ri * radius[j].born;
      const double gauss = std::exp(-r2 / (4 * rr)), f2 = r2 + rr * gauss;
      const double ofPair = factor * qi * topology.charges[j] / std::sqrt(f2);
      const double byF2 = -0.5 * ofPair / f2;
      energy += ofPair;
      // d f^2 / d(r^2) = 1 - gauss / 4;  d f^2 / d(R R) = gauss (1 + r^2 / (4 R R)).
      sums.addPairForce(static_cast<int>(i), static_cast<int>(j), d, (-2 * byF2 * (1 - 0.25 * gauss)) * d);
      const double byProduct = byF2 * gauss * (1 + r2 / (4 * rr));
      byRadius[i] += byProduct * radius[j].born;
      byRadius[j] += byProduct * ri;
    }
  }
  sums.add(Term::generalisedBorn, energy);
  // The chain: dE/dR_i dR_i/dsum dsum/dr, for each atom i that j shadows.
  for (std::size_t i = 0; i < r.size(); ++i)
    for (std::size_t j = 0; j < r.size(); ++j) {
      if (j == i) continue;
      const Vec3 d = r[i] - r[j];
      const double distance = core::length(d);
      const double slope = shadow(reducedRadius(topology, i), scaledRadius(topology, j), distance).slope;
      sums.addPairForce(static_cast<int>(i), static_cast<int>(j), d,
                        (-byRadius[i] * radius[i].bySum * slope / distance) * d);
    }
}

}  // namespace aula::molecular::reference
