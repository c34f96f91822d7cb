// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <cstdlib>

/// Our own mistakes, not the user's: always on, also in release builds; keep it out of inner loops. Prints the broken
/// condition with its place and aborts.
#define AULA_ASSERT(condition)                                                                       \
  do {                                                                                               \
    if (!(condition)) {                                                                              \
      std::fprintf(stderr, "%s:%d: broken assumption: %s\n", __FILE__, __LINE__, #condition);        \
      std::abort();                                                                                  \
    }                                                                                                \
  } while (false)
