// SPDX-License-Identifier: Apache-2.0
#include "core/interrupt.h"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>

namespace aula::core {
namespace {

TEST(Interrupt, IsAFlag) {
  clearInterrupt();
  EXPECT_FALSE(isInterrupted());
  requestInterrupt();
  EXPECT_TRUE(isInterrupted());
  clearInterrupt();
  EXPECT_FALSE(isInterrupted());
}

// In processes of their own, so that the handlers do not outlive the test.
TEST(InterruptDeathTest, FirstSignalSetsTheFlag) {
  for (const int signal : {SIGINT, SIGTERM}) {
    EXPECT_EXIT(
        {
          watchInterrupts();
          std::raise(signal);
          std::_Exit(isInterrupted() ? 7 : 8);
        },
        testing::ExitedWithCode(7), "");
  }
}

TEST(InterruptDeathTest, SecondSignalEndsAtOnce) {
  EXPECT_EXIT(
      {
        watchInterrupts();
        std::raise(SIGINT);
        std::raise(SIGINT);
        std::_Exit(8);
      },
      testing::ExitedWithCode(130), "");
}

}  // namespace
}  // namespace aula::core
