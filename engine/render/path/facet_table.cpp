// SPDX-License-Identifier: Apache-2.0
#include "render/path/facet_table.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace aula::render::path {
namespace {

/// Smoother counts as this, as in brdf.glsl.
constexpr double kLeastAlpha = 0.002;
constexpr double kLeastCosine = 1e-4;
constexpr int kAround = 24, kOutwards = 96;

}  // namespace

// Over facets visible from the viewer (Heitz 2018) the integral of BRDF times cosine is the mean of
// G2(v, l) / G1(v) = (1 + Lambda(v)) / (1 + Lambda(v) + Lambda(l)), height-correlated (Heitz 2014, eq. 99).
// The facets themselves from an even pattern through the spherical-cap map (Dupuy and Benyoub 2023, listing
// 3).
FacetAlbedo integrateFacets(double cosine, double alpha, int around, int outwards) {
  const double mu = std::clamp(cosine, kLeastCosine, 1.0), a = std::max(alpha, kLeastAlpha);
  const double vx = std::sqrt(std::max(0.0, 1 - mu * mu)), vz = mu;
  const double scale = 1 / std::sqrt(a * a * vx * vx + vz * vz), sx = a * vx * scale, sz = vz * scale;
  const auto lambda = [a](double c) { return 0.5 * (std::sqrt(1 + a * a * (1 - c * c) / (c * c)) - 1); };
  const double lambdaV = lambda(mu);
  FacetAlbedo sum;
  for (int i = 0; i < around; ++i) {
    // Half of the circle: the other half mirrors it.
    const double phi = std::numbers::pi * (i + 0.5) / around;
    for (int j = 0; j < outwards; ++j) {
      // Denser towards the steepest facets, whose light is soon lost below the horizon.
      const double rest = 1 - (j + 0.5) / outwards;
      const double z = rest * rest * (1 + sz) - sz, r = std::sqrt(std::max(0.0, 1 - z * z));
      double hx = a * (r * std::cos(phi) + sx), hy = a * r * std::sin(phi), hz = std::max(z + sz, 1e-9);
      const double length = std::sqrt(hx * hx + hy * hy + hz * hz);
      hx /= length;
      hy /= length;
      hz /= length;
      const double vh = vx * hx + vz * hz, lz = 2 * vh * hz - vz;
      if (lz <= 0 || vh <= 0) continue;
      const double passed = 2 * rest * (1 + lambdaV) / (1 + lambdaV + lambda(lz));
      sum.whole += passed;
      sum.grazing += passed * std::pow(1 - std::min(vh, 1.0), 5);
    }
  }
  const double count = static_cast<double>(around) * outwards;
  return {sum.whole / count, sum.grazing / count};
}

const std::vector<float>& facetTable() {
  static const std::vector<float> table = [] {
    std::vector<float> values;
    values.reserve(2 * kFacetTableSide * kFacetTableSide);
    for (int row = 0; row < kFacetTableSide; ++row) {
      for (int column = 0; column < kFacetTableSide; ++column) {
        const double y = row / (kFacetTableSide - 1.0), x = column / (kFacetTableSide - 1.0);
        const FacetAlbedo albedo = integrateFacets(x * x, y * y, kAround, kOutwards);
        values.push_back(static_cast<float>(albedo.whole));
        values.push_back(static_cast<float>(albedo.grazing));
      }
    }
    return values;
  }();
  return table;
}

}  // namespace aula::render::path
