// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace aula::core {

/// A line on the terminal that says how far a long operation is and how long is left; nothing at all where
/// standard error is no terminal. The line goes away when the object does. Messages of core::log may be
/// written meanwhile. One thread; one at a time.
class Progress {
 public:
  /// `total` is in any unit the caller likes: steps, bytes, files.
  Progress(std::string label, double total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// `done` out of total; `note` is shown at the end of the line ("1200 Mcell/s"). Redraws at most ten times
  /// a second, so it may be called often.
  void update(double done, const std::string& note = {});

 private:
  std::string label_;
  double total_;
  std::chrono::steady_clock::time_point start_, lastDrawn_;
  bool isShown_;
};

/// The line itself, at most `width` columns: "label  [#####     ]  47 %  1 min 20 s left  note". Without a
/// meaningful estimate (less than a second gone, nothing done) it says so by leaving the time out.
[[nodiscard]] std::string progressLine(const std::string& label, double done, double total,
                                       double elapsedSeconds, const std::string& note, int width);

/// "850 ms", "12 s", "1 min 20 s", "3 h 5 min", "2 d 4 h".
[[nodiscard]] std::string formatDuration(double seconds);

}  // namespace aula::core
