// SPDX-License-Identifier: Apache-2.0
#include "core/interrupt.h"

#include <unistd.h>

#include <atomic>
#include <csignal>

namespace aula::core {

namespace {

std::atomic<bool> isRequested{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may only touch lock-free atomics");

extern "C" void onSignal(int) {
  // _exit is safe in a handler; the user has asked twice and does not want to wait for anything.
  if (isRequested.exchange(true)) _exit(130);
}

}  // namespace

void watchInterrupts() {
  struct sigaction action = {};
  action.sa_handler = onSignal;
  sigemptyset(&action.sa_mask);
  // Reads and writes that were under way go on; loops look at the flag.
  action.sa_flags = SA_RESTART;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

bool isInterrupted() {
  return isRequested.load(std::memory_order_relaxed);
}
void requestInterrupt() {
  isRequested = true;
}
void clearInterrupt() {
  isRequested = false;
}

}  // namespace aula::core
