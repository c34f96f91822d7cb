// SPDX-License-Identifier: Apache-2.0
#include "render/temporal/dynamic_resolution.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <random>
#include <vector>

#include "core/error.h"

namespace aula::render::temporal {
namespace {

/// Milliseconds of a frame by its number and ratio.
using Load = std::function<double(int, double)>;

/// A frame that costs `pixels` ms at native size and `fixed` ms at any.
Load load(double pixels, double fixed) {
  return [=](int, double ratio) { return fixed + pixels / (ratio * ratio); };
}

struct Course {
  std::vector<double> ratios, times;
  [[nodiscard]] int changesAfter(std::size_t frame) const {
    int changes = 0;
    for (std::size_t i = frame + 1; i < ratios.size(); ++i) changes += ratios[i] != ratios[i - 1] ? 1 : 0;
    return changes;
  }
};

Course run(DynamicResolution& control, const Load& load, int frames) {
  Course course;
  for (int i = 0; i < frames; ++i) {
    course.ratios.push_back(control.ratio());
    course.times.push_back(load(i, control.ratio()));
    control.update(course.times.back());
  }
  return course;
}

constexpr DynamicResolutionSettings kTenMs{10};

TEST(DynamicResolution, StaysNativeWhereThereIsTime) {
  DynamicResolution control(kTenMs);
  const Course r = run(control, load(6, 1), 500);
  EXPECT_EQ(r.ratios.back(), 1);
  EXPECT_EQ(r.changesAfter(0), 0);
}

TEST(DynamicResolution, HoldsTheBudgetAndThenStandsStill) {
  for (const double pixels : {12.0, 20.0, 45.0, 60.0}) {
    DynamicResolution control(kTenMs);
    const Course r = run(control, load(pixels, 1), 600);
    // Two windows of seven frames suffice when half the work is independent of pixels or less.
    for (std::size_t i = 40; i < r.times.size(); ++i)
      ASSERT_LE(r.times[i], 10) << pixels << " ms, frame " << i;
    EXPECT_EQ(r.changesAfter(100), 0) << pixels;
    // Not coarser than needed: three finer steps would break the budget.
    const double finer = r.ratios.back() / std::pow(1.075, 3);
    EXPECT_GT(1 + pixels / (finer * finer), 9) << pixels;
    EXPECT_FALSE(control.isOverwhelmed());
  }
}

TEST(DynamicResolution, ReturnsWhenTheLoadIsGone) {
  DynamicResolution control(kTenMs);
  const Load load = [](int frame, double ratio) { return (frame < 300 ? 30 : 6) / (ratio * ratio); };
  const Course r = run(control, load, 2000);
  EXPECT_GT(r.ratios[290], 1.7);
  EXPECT_EQ(r.ratios.back(), 1);
  // Up once or twice and down step by step, never back and forth.
  int turns = 0;
  double direction = 0;
  for (std::size_t i = 1; i < r.ratios.size(); ++i) {
    const double change = r.ratios[i] - r.ratios[i - 1];
    if (change * direction < 0) ++turns;
    if (change != 0) direction = change;
  }
  EXPECT_EQ(turns, 1);
}

TEST(DynamicResolution, ASpikeChangesNothing) {
  DynamicResolution control(kTenMs);
  const Load steady = load(20, 0.5);
  const Load spiky = [&](int frame, double ratio) {
    return frame % 50 == 49 || frame % 50 == 48 ? 80 : steady(frame, ratio);
  };
  const Course quiet = run(control, steady, 200);
  const Course r = run(control, spiky, 1000);
  EXPECT_EQ(r.changesAfter(0), 0);
  EXPECT_EQ(r.ratios.back(), quiet.ratios.back());
}

TEST(DynamicResolution, NoiseDoesNotMakeItSwing) {
  std::mt19937 random(7);
  std::normal_distribution<double> noise(1, 0.04);
  DynamicResolution control(kTenMs);
  const Load base = load(25, 1);
  const Course r = run(
      control, [&](int frame, double ratio) { return base(frame, ratio) * noise(random); }, 4000);
  // In over a minute of frames at 60 a second.
  EXPECT_LE(r.changesAfter(200), 4);
}

TEST(DynamicResolution, ACostThatJumpsBetweenTwoRatiosIsTriedMoreAndMoreRarely) {
  // Coarser than 1.5 everything fits a cache and is fast; finer it is slow: no ratio sits comfortably.
  DynamicResolution control(kTenMs);
  const Course r = run(
      control, [](int, double ratio) { return ratio < 1.5 ? 14.0 : 5.0; }, 6000);
  EXPECT_LE(r.changesAfter(3000), 6);
  int slow = 0;
  for (std::size_t i = 3000; i < r.times.size(); ++i) slow += r.times[i] > 10 ? 1 : 0;
  EXPECT_LE(slow, 3000 / 50);
}

TEST(DynamicResolution, SaysWhenNothingHelps) {
  DynamicResolution control(kTenMs);
  const Course r = run(control, load(20, 30), 300);
  EXPECT_NEAR(r.ratios.back(), 3, 1e-12);
  EXPECT_TRUE(control.isOverwhelmed());
  run(control, load(20, 1), 20);
  EXPECT_FALSE(control.isOverwhelmed());
}

TEST(DynamicResolution, ANewBudgetTakesEffect) {
  DynamicResolution control(kTenMs);
  run(control, load(9, 0), 200);
  EXPECT_EQ(control.ratio(), 1);
  control.configure({5});
  const Course r = run(control, load(9, 0), 200);
  EXPECT_LE(r.times.back(), 5);
}

TEST(DynamicResolution, RefusesWhatCannotBe) {
  EXPECT_THROW(DynamicResolution({0}), core::Error);
  EXPECT_THROW(DynamicResolution({10, 2, 1.5}), core::Error);
  EXPECT_THROW(DynamicResolution({10, 1, 4}), core::Error);
  EXPECT_THROW(DynamicResolution({10, 1, 3, 1.2}), core::Error);
}

}  // namespace
}  // namespace aula::render::temporal
