// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace aula::core {

/// From now on SIGINT (Ctrl-C) and SIGTERM set a flag that long loops look at, instead of ending the program;
/// the second such signal ends it at once, with exit code 130. Called once by main().
void watchInterrupts();

/// True once the user has asked to stop. Cheap enough for every step of a loop; any thread.
[[nodiscard]] bool isInterrupted();

/// Sets the flag as a signal would; `clearInterrupt` takes it back. For tests and for front ends with a stop
/// button.
void requestInterrupt();
void clearInterrupt();

}  // namespace aula::core
