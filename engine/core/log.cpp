// SPDX-License-Identifier: Apache-2.0
#include "core/log.h"

#include <atomic>
#include <string>

#include "core/terminal.h"

namespace aula::core::log {

namespace {

std::atomic<Level> threshold{Level::info};

void write(Level messageLevel, const char* prefix, std::string_view message) {
  if (messageLevel < threshold.load(std::memory_order_relaxed)) return;
  terminal::writeLine(std::string(prefix).append(message));
}

}  // namespace

void setLevel(Level newLevel) {
  threshold = newLevel;
}
Level level() {
  return threshold;
}

void debug(std::string_view message) {
  write(Level::debug, "debug: ", message);
}
void info(std::string_view message) {
  write(Level::info, "", message);
}
void warning(std::string_view message) {
  write(Level::warning, "warning: ", message);
}
void error(std::string_view message) {
  write(Level::error, "error: ", message);
}

}  // namespace aula::core::log
