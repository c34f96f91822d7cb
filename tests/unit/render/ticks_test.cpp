// SPDX-License-Identifier: Apache-2.0
#include "render/layout/ticks.h"

#include <gtest/gtest.h>

#include <cmath>

namespace aula::render {
namespace {

std::vector<std::string> labels(const Ticks& ticks) {
  std::vector<std::string> all;
  for (const double v : ticks.values) all.push_back(ticks.label(v));
  return all;
}
using Strings = std::vector<std::string>;

TEST(Ticks, RoundNumbers) {
  EXPECT_EQ(labels(niceTicks(0, 20, 5)), (Strings{"0", "5", "10", "15", "20"}));
  EXPECT_EQ(labels(niceTicks(-1, 1, 5)), (Strings{"\u22121.0", "\u22120.5", "0.0", "0.5", "1.0"}));
  EXPECT_EQ(labels(niceTicks(-6, 6, 4)), (Strings{"\u22125", "0", "5"}));
  EXPECT_EQ(labels(niceTicks(0, 10, 5)), (Strings{"0.0", "2.5", "5.0", "7.5", "10.0"}));
}

TEST(Ticks, StayInsideAndBelowTheNumberAskedFor) {
  for (const double low : {-3.7, 0.0, 1e-3, 12345.6}) {
    for (const double span : {1e-9, 0.3, 1.0, 7.77, 1e12}) {
      if (span < 1e-6 * std::abs(low)) continue;
      for (int most = 2; most < 12; ++most) {
        const Ticks ticks = niceTicks(low, low + span, most);
        EXPECT_LE(ticks.values.size(), static_cast<std::size_t>(most));
        for (const double v : ticks.values) {
          EXPECT_GE(v, low - 1e-8 * span);
          EXPECT_LE(v, low + span * (1 + 1e-8));
          EXPECT_NEAR(v / ticks.step, std::round(v / ticks.step), 1e-6);
        }
      }
    }
  }
}

TEST(Ticks, Prefixes) {
  EXPECT_EQ(choosePrefix(20e-6).symbol, "µ");
  EXPECT_EQ(choosePrefix(1).symbol, "");
  EXPECT_EQ(choosePrefix(999.9).symbol, "");
  EXPECT_EQ(choosePrefix(1000).symbol, "k");
  EXPECT_EQ(choosePrefix(1e-3).symbol, "m");
  EXPECT_EQ(choosePrefix(5e-7).symbol, "n");
  EXPECT_EQ(choosePrefix(0).symbol, "");
  EXPECT_EQ(choosePrefix(1e40).symbol, "Q");
  EXPECT_EQ(choosePrefix(1e-40).symbol, "q");
}

TEST(Ticks, NoNegativeZero) {
  EXPECT_EQ(formatFixed(-0.0001, 2), "0.00");
  EXPECT_EQ(formatFixed(-0.01, 2), "\u22120.01");
}

}  // namespace
}  // namespace aula::render
