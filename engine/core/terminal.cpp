// SPDX-License-Identifier: Apache-2.0
#include "core/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>

namespace aula::core::terminal {

namespace {

std::mutex mutex;
std::string& progressText() {
  static std::string text;
  return text;
}
constexpr const char* kClearLine = "\r\x1b[2K";

void put(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace

bool isInteractive() {
  const char* kind = std::getenv("TERM");
  return isatty(STDERR_FILENO) == 1 && (kind == nullptr || std::string_view(kind) != "dumb");
}

int width() {
  winsize size{};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

void writeLine(std::string_view text) {
  const std::scoped_lock lock(mutex);
  if (!progressText().empty()) put(kClearLine);
  put(text);
  put("\n");
  put(progressText());
  std::fflush(stderr);
}

void showProgress(std::string_view text) {
  const std::scoped_lock lock(mutex);
  if (text.empty() && progressText().empty()) return;
  progressText() = text;
  put(kClearLine);
  put(text);
  std::fflush(stderr);
}

}  // namespace aula::core::terminal
