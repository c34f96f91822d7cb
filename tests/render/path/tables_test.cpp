// SPDX-License-Identifier: Apache-2.0
// What the tracer looks up instead of computing.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "render/path/environment_table.h"
#include "render/path/facet_table.h"
#include "render/path/shader_text.h"

namespace aula::render::path {
namespace {

/// The same integral another way: over directions of light, with the BRDF's own formulas (Walter 2007, eq.
/// 33; Heitz 2014, eq. 99), on an even lattice in cosine and angle.
double wholeByLight(double mu, double alpha) {
  const double a2 = alpha * alpha, vx = std::sqrt(1 - mu * mu);
  constexpr int kAcross = 1200;
  double sum = 0;
  for (int i = 0; i < kAcross; ++i) {
    const double nl = (i + 0.5) / kAcross, r = std::sqrt(1 - nl * nl);
    for (int j = 0; j < kAcross; ++j) {
      const double phi = std::numbers::pi * (j + 0.5) / kAcross;
      const double hx = vx + r * std::cos(phi), hy = r * std::sin(phi), hz = mu + nl;
      const double nh = hz / std::sqrt(hx * hx + hy * hy + hz * hz);
      const double d = nh * nh * (a2 - 1) + 1;
      const double facets = a2 / (std::numbers::pi * d * d);
      const double visible =
          0.5 / (nl * std::sqrt(mu * mu * (1 - a2) + a2) + mu * std::sqrt(nl * nl * (1 - a2) + a2));
      sum += facets * visible * nl;
    }
  }
  return sum * 2 * std::numbers::pi / (static_cast<double>(kAcross) * kAcross);
}

TEST(FacetTable, AgreesWithTheIntegralOverLight) {
  for (const double alpha : {0.2, 0.5, 1.0}) {
    for (const double mu : {0.1, 0.5, 1.0})
      EXPECT_NEAR(integrateFacets(mu, alpha, 24, 96).whole, wholeByLight(mu, alpha), 1e-3)
          << alpha << " " << mu;
  }
}

TEST(FacetTable, IsFineEnoughBetweenItsEntries) {
  // In the middle of cells, where the straight line is farthest off; a third of the furnace's half per cent.
  // From cosine 0.01 and alpha 0.01 on: what is seen more edge on than that fills no pixel, and what is
  // smoother gives back everything.
  const std::vector<float>& table = facetTable();
  constexpr int kSide = kFacetTableSide;
  for (int row = 10; row + 1 < kSide; row += 5) {
    for (int column = 10; column + 1 < kSide; column += 5) {
      double mean = 0;
      for (const int i : {row * kSide + column, row * kSide + column + 1, (row + 1) * kSide + column,
                          (row + 1) * kSide + column + 1})
        mean += 0.25 * static_cast<double>(table[static_cast<std::size_t>(2 * i)]);
      const double x = (column + 0.5) / (kSide - 1), y = (row + 0.5) / (kSide - 1);
      EXPECT_NEAR(mean, integrateFacets(x * x, y * y, 48, 384).whole, 0.0015) << row << " " << column;
    }
  }
}

TEST(EnvironmentTable, IsADistributionThatFollowsTheLight) {
  for (const Surroundings kind : {Surroundings::studio, Surroundings::uniform}) {
    const EnvironmentTable table = makeEnvironmentTable(kind);
    ASSERT_EQ(table.cells.size(), std::size_t{kEnvironmentColumns} * kEnvironmentRows);
    // What the alias method gives each cell is what its probability says.
    std::vector<double> given(table.cells.size(), 0);
    double sum = 0;
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
      const auto [threshold, alias, probability, unused] = table.cells[i];
      given[i] += static_cast<double>(threshold);
      given[static_cast<std::size_t>(alias)] += 1 - static_cast<double>(threshold);
      EXPECT_GT(probability, 0);
      sum += static_cast<double>(probability);
    }
    EXPECT_NEAR(sum, 1, 1e-4);
    // Thresholds are rounded to floats, some hundred of them may fall on one cell.
    for (std::size_t i = 0; i < given.size(); ++i)
      EXPECT_NEAR(given[i] / static_cast<double>(given.size()), static_cast<double>(table.cells[i][2]), 1e-7);
  }
  EXPECT_NEAR(makeEnvironmentTable(Surroundings::uniform).power, 4 * std::numbers::pi, 1e-6);
}

}  // namespace
}  // namespace aula::render::path
