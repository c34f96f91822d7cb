// SPDX-License-Identifier: Apache-2.0
#include "molecular/cpu/born.h"

#include <omp.h>

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "molecular/model/constants.h"

namespace aula::molecular::cpu {

namespace {

constexpr float kOffset = 0.009F;                             ///< nm, off every intrinsic radius.
constexpr float kAlpha = 1.0F, kBeta = 0.8F, kGamma = 4.85F;  ///< OBC II, Onufriev 2004, table I.

struct Shadow {
  float value = 0, slope = 0;  ///< 1/nm; by the distance, 1/nm^2
};

/// What a ball of radius s at distance r takes of the solvent around an atom of radius rho (Hawkins, Cramer
/// and Truhlar 1996, eq. 9, twice): with L = max(rho, |r - s|), U = r + s,
///   1/L - 1/U + (r - s^2/r) (1/U^2 - 1/L^2)/4 + ln(L/U)/(2 r)  (+ 2/rho - 2/L where the ball holds the
///   atom).
/// The slope holds r alone: what comes by way of L and U cancels. By U: 1/U^2 - (r - s^2/r)/(2 U^3) - 1/(2 r
/// U) = 0; by L = |r - s| likewise (with the term in brackets where it is there); L = rho does not move.
Shadow shadowOf(float rho, float s, float r) {
  const float upper = r + s;
  if (rho >= upper) return {};
  const float gap = std::abs(r - s), lower = std::max(rho, gap);
  const float l = 1 / lower, u = 1 / upper, inverse = 1 / r;
  const float span = r - s * s * inverse, log = std::log(lower * u);
  const float squares = u * u - l * l;
  Shadow shadow;
  shadow.value = l - u + 0.25F * span * squares + 0.5F * log * inverse;
  shadow.slope = 0.25F * (1 + s * s * inverse * inverse) * squares - 0.5F * log * inverse * inverse;
  if (rho < s - r) shadow.value += 2 * (1 / rho - l);
  return shadow;
}

}  // namespace

GeneralisedBorn::GeneralisedBorn(const Topology& topology, const NonbondedSettings& settings, int threads)
    : threads_(threads), factor_(static_cast<float>(-(1 - 1 / settings.solventPermittivity))) {
  if (topology.bornRadii.size() != topology.masses.size())
    throw core::inputError(
        "generalised Born needs a radius and a screening factor for every atom; the topology has none");
  const std::size_t count = topology.masses.size();
  for (std::size_t n = 0; n < count; ++n) {
    charge_.push_back(static_cast<float>(std::sqrt(kCoulomb) * topology.charges[n]));
    intrinsic_.push_back(static_cast<float>(topology.bornRadii[n]));
    reduced_.push_back(static_cast<float>(topology.bornRadii[n]) - kOffset);
    scaled_.push_back(
        static_cast<float>(topology.bornScales[n] * (topology.bornRadii[n] - static_cast<double>(kOffset))));
  }
  for (auto* values : {&x_, &y_, &z_, &radius_, &bySum_, &chain_}) values->resize(count);
  energy_.resize(count);
  force_.resize(count);
}

void GeneralisedBorn::addForces(std::span<const Float3> positions, std::span<Float3> forces, bool hasEnergies,
                                NonbondedEnergies& energies) {
  const std::size_t count = positions.size();
  for (std::size_t n = 0; n < count; ++n)
    x_[n] = positions[n].x, y_[n] = positions[n].y, z_[n] = positions[n].z;
#pragma omp parallel num_threads(threads_)
  {
    // Radii from what all others shadow: 1/R = 1/rho~ - tanh(a psi - b psi^2 + c psi^3)/rho, psi = rho~
    // sum/2.
#pragma omp for schedule(dynamic, 16)
    for (std::size_t i = 0; i < count; ++i) {
      double sum = 0;
      for (std::size_t j = 0; j < count; ++j) {
        if (j == i) continue;
        const float dx = x_[i] - x_[j], dy = y_[i] - y_[j], dz = z_[i] - z_[j];
        sum += static_cast<double>(
            shadowOf(reduced_[i], scaled_[j], std::sqrt(dx * dx + dy * dy + dz * dz)).value);
      }
      const float psi = 0.5F * reduced_[i] * static_cast<float>(sum);
      const float t = std::tanh(psi * (kAlpha + psi * (-kBeta + psi * kGamma)));
      radius_[i] = 1 / (1 / reduced_[i] - t / intrinsic_[i]);
      bySum_[i] = radius_[i] * radius_[i] / intrinsic_[i] * (1 - t * t) *
                  (kAlpha + psi * (-2 * kBeta + 3 * kGamma * psi)) * 0.5F * reduced_[i];
    }
    // E = factor/2 sum of q q/f over all i and j, f^2 = r^2 + R R exp(-r^2/(4 R R)).
#pragma omp for schedule(dynamic, 16)
    for (std::size_t i = 0; i < count; ++i) {
      double energy = 0, byRadius = 0, fx = 0, fy = 0, fz = 0;
      for (std::size_t j = 0; j < count; ++j) {
        const float dx = x_[i] - x_[j], dy = y_[i] - y_[j], dz = z_[i] - z_[j];
        const float r2 = dx * dx + dy * dy + dz * dz, product = radius_[i] * radius_[j],
                    ratio = r2 / (4 * product);
        const float gauss = std::exp(-ratio), f2 = r2 + product * gauss;
        const float pair = factor_ * charge_[i] * charge_[j] / std::sqrt(f2), byF2 = -0.5F * pair / f2;
        energy += 0.5 * static_cast<double>(pair);
        byRadius += static_cast<double>(byF2 * gauss * (1 + ratio) * radius_[j]);
        const float force = -2 * byF2 * (1 - 0.25F * gauss);
        fx += static_cast<double>(force * dx), fy += static_cast<double>(force * dy),
            fz += static_cast<double>(force * dz);
      }
      energy_[i] = energy;
      chain_[i] = static_cast<float>(byRadius) * bySum_[i];
      force_[i] = {static_cast<float>(fx), static_cast<float>(fy), static_cast<float>(fz)};
    }
    // Radii change with distances: i's by all others' shadows, and others' by i's.
#pragma omp for schedule(dynamic, 16)
    for (std::size_t i = 0; i < count; ++i) {
      double fx = 0, fy = 0, fz = 0;
      for (std::size_t j = 0; j < count; ++j) {
        if (j == i) continue;
        const float dx = x_[i] - x_[j], dy = y_[i] - y_[j], dz = z_[i] - z_[j];
        const float r = std::sqrt(dx * dx + dy * dy + dz * dz);
        const float force = -(chain_[i] * shadowOf(reduced_[i], scaled_[j], r).slope +
                              chain_[j] * shadowOf(reduced_[j], scaled_[i], r).slope) /
                            r;
        fx += static_cast<double>(force * dx), fy += static_cast<double>(force * dy),
            fz += static_cast<double>(force * dz);
      }
      force_[i].x += static_cast<float>(fx), force_[i].y += static_cast<float>(fy),
          force_[i].z += static_cast<float>(fz);
      forces[i].x += force_[i].x, forces[i].y += force_[i].y, forces[i].z += force_[i].z;
    }
  }
  if (!hasEnergies) return;
  for (std::size_t n = 0; n < count; ++n) {
    energies.generalisedBorn += energy_[n];
    const Vec3 f{force_[n].x, force_[n].y, force_[n].z};
    energies.virial[0] = energies.virial[0] - (0.5 * static_cast<double>(x_[n])) * f;
    energies.virial[1] = energies.virial[1] - (0.5 * static_cast<double>(y_[n])) * f;
    energies.virial[2] = energies.virial[2] - (0.5 * static_cast<double>(z_[n])) * f;
  }
}

}  // namespace aula::molecular::cpu
