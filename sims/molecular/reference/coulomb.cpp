// SPDX-License-Identifier: Apache-2.0
#include "molecular/reference/coulomb.h"

#include <cmath>
#include <string>

#include "core/error.h"

namespace aula::molecular::reference {

namespace {

constexpr double kPi = 3.14159265358979323846;

}  // namespace

double ewaldBeta(const NonbondedSettings& settings) {
  if (!(settings.ewaldTolerance > 0 && settings.ewaldTolerance < 1))
    throw core::inputError("the Ewald tolerance is " + std::to_string(settings.ewaldTolerance) +
                           "; it must lie between 0 and 1");
  // erfc falls from 1 to 0: bisection down to the last bit.
  double low = 0, high = 30;
  for (int n = 0; n < 100; ++n) {
    const double middle = 0.5 * (low + high);
    (std::erfc(middle) > settings.ewaldTolerance ? low : high) = middle;
  }
  return low / settings.cutoff;
}

ReactionField::ReactionField(const NonbondedSettings& settings) {
  const double rc = settings.cutoff, permittivity = settings.reactionFieldPermittivity;
  k = permittivity == 0 ? 0.5 : (permittivity - 1) / (2 * permittivity + 1);
  k /= rc * rc * rc;
  c = 1 / rc + k * rc * rc;
}

PairTerm ewaldReal(double beta, double r) {
  const double energy = std::erfc(beta * r) / r;
  return {energy, (energy + 2 * beta / std::sqrt(kPi) * std::exp(-beta * beta * r * r)) / (r * r)};
}

PairTerm ewaldExcluded(double beta, double r) {
  // Two excluded atoms in one place: the limit.
  if (beta * r < 1e-7) return {-2 * beta / std::sqrt(kPi), 0};
  const double energy = -std::erf(beta * r) / r;
  return {energy, (energy + 2 * beta / std::sqrt(kPi) * std::exp(-beta * beta * r * r)) / (r * r)};
}

PairTerm reactionField(const ReactionField& field, double r) {
  return {1 / r + field.k * r * r - field.c, 1 / (r * r * r) - 2 * field.k};
}

PairTerm reactionFieldExcluded(const ReactionField& field, double r) {
  return {field.k * r * r - field.c, -2 * field.k};
}

}  // namespace aula::molecular::reference
