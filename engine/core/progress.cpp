// SPDX-License-Identifier: Apache-2.0
#include "core/progress.h"

#include <algorithm>
#include <cmath>

#include "core/log.h"
#include "core/terminal.h"

namespace aula::core {

Progress::Progress(std::string label, double total)
    : label_(std::move(label)),
      total_(total),
      start_(std::chrono::steady_clock::now()),
      isShown_(terminal::isInteractive() && log::level() <= log::Level::info) {
  update(0);
}

Progress::~Progress() {
  if (isShown_) terminal::showProgress("");
}

void Progress::update(double done, const std::string& note) {
  if (!isShown_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - lastDrawn_ < std::chrono::milliseconds(100)) return;
  lastDrawn_ = now;
  const double elapsed = std::chrono::duration<double>(now - start_).count();
  terminal::showProgress(progressLine(label_, done, total_, elapsed, note, terminal::width() - 1));
}

std::string progressLine(const std::string& label, double done, double total, double elapsedSeconds,
                         const std::string& note, int width) {
  const double fraction = total > 0 ? std::clamp(done / total, 0.0, 1.0) : 0.0;
  std::string tail = std::to_string(int(std::floor(100 * fraction))) + " %";
  // A guess made from the first moments would jump about.
  if (elapsedSeconds >= 1 && fraction > 0 && fraction < 1) {
    tail += "  " + formatDuration(elapsedSeconds * (1 - fraction) / fraction) + " left";
  }
  if (!note.empty()) tail += "  " + note;
  const int room = width - int(label.size()) - int(tail.size()) - 6;
  std::string line = label + "  ";
  if (room >= 5) {
    const int length = std::min(room, 40);
    const int filled = int(std::lround(fraction * length));
    line +=
        "[" + std::string(std::size_t(filled), '#') + std::string(std::size_t(length - filled), ' ') + "]  ";
  }
  line += tail;
  // Cut at a whole character, so that a narrow terminal shows no broken one.
  if (width >= 0 && line.size() > std::size_t(width)) {
    auto end = std::size_t(width);
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
    line.resize(end);
  }
  return line;
}

std::string formatDuration(double seconds) {
  if (!(seconds >= 0)) return "?";
  if (seconds < 0.9995) return std::to_string(std::lround(seconds * 1000)) + " ms";
  if (seconds < 9.95) {
    const long tenths = std::lround(seconds * 10);
    return std::to_string(tenths / 10) + (tenths % 10 != 0 ? "." + std::to_string(tenths % 10) : "") + " s";
  }
  if (seconds > 1e9) return "over 30 years";
  const long whole = std::lround(seconds);
  const auto two = [](long big, const char* bigUnit, long small, const char* smallUnit) {
    std::string text = std::to_string(big) + " " + bigUnit;
    if (small > 0) text += " " + std::to_string(small) + " " + smallUnit;
    return text;
  };
  if (whole < 60) return std::to_string(whole) + " s";
  if (whole < 3600) return two(whole / 60, "min", whole % 60, "s");
  if (whole < 86400) return two(whole / 3600, "h", whole % 3600 / 60, "min");
  return two(whole / 86400, "d", whole % 86400 / 3600, "h");
}

}  // namespace aula::core
