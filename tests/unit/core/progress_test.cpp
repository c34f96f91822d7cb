// SPDX-License-Identifier: Apache-2.0
#include "core/progress.h"

#include <gtest/gtest.h>

#include "core/log.h"

namespace aula::core {
namespace {

// The bar takes what the words leave of the width.
TEST(Progress, ShowsABarAndWhatIsLeft) {
  EXPECT_EQ(progressLine("run", 50, 100, 20, "", 60),
            "run  [##################                  ]  50 %  20 s left");
  EXPECT_EQ(progressLine("run", 50, 100, 20, "9 Mcell/s", 30), "run  50 %  20 s left  9 Mcell/");
  // No guess from the first moments.
  EXPECT_EQ(progressLine("run", 1, 100, 0.2, "", 24), "run  [            ]  1 %");
  EXPECT_EQ(progressLine("run", 100, 100, 20, "", 24), "run  [##########]  100 %");
}

TEST(Progress, BearsOddNumbers) {
  EXPECT_EQ(progressLine("run", 5, 0, 1, "", 10), "run  0 %");
  EXPECT_EQ(progressLine("run", 500, 100, 5, "", 12), "run  100 %");
  EXPECT_EQ(progressLine("\xC3\xA9t\xC3\xA9", 0, 1, 0, "", 4), "\xC3\xA9t");  // Cut at a whole character.
  EXPECT_EQ(progressLine("run", 0, 1, 0, "", 0), "");
}

TEST(Progress, SaysDurations) {
  EXPECT_EQ(formatDuration(0), "0 ms");
  EXPECT_EQ(formatDuration(0.85), "850 ms");
  EXPECT_EQ(formatDuration(2.5), "2.5 s");
  EXPECT_EQ(formatDuration(12.4), "12 s");
  EXPECT_EQ(formatDuration(59.7), "1 min");
  EXPECT_EQ(formatDuration(80), "1 min 20 s");
  EXPECT_EQ(formatDuration(11100), "3 h 5 min");
  EXPECT_EQ(formatDuration(187200), "2 d 4 h");
  EXPECT_EQ(formatDuration(1e300), "over 30 years");
  EXPECT_EQ(formatDuration(-1), "?");
}

// Tests run with standard error in a pipe.
TEST(Progress, IsSilentInAPipe) {
  testing::internal::CaptureStderr();
  {
    Progress progress("run", 10);
    progress.update(5);
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(Log, WritesLinesAboveItsLevel) {
  testing::internal::CaptureStderr();
  log::debug("unseen");
  log::info("seen");
  log::setLevel(log::Level::error);
  log::warning("unseen");
  log::error("also seen");
  log::setLevel(log::Level::info);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "seen\nerror: also seen\n");
}

}  // namespace
}  // namespace aula::core
