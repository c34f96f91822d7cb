// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <string>

namespace aula::test {

/// A screen that nobody sees, with a window manager: Xvfb and openbox for the life of the object.
class Screen {
 public:
  Screen();
  ~Screen();  ///< Ends both by their process ids.
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  /// Why there is none; empty: `display()` can be used.
  [[nodiscard]] const std::string& problem() const { return problem_; }
  [[nodiscard]] const std::string& display() const { return display_; }

 private:
  pid_t server_ = -1, manager_ = -1;
  std::string display_, problem_;
};

/// Whether a program is on the PATH.
[[nodiscard]] bool isInstalled(const std::string& program);

}  // namespace aula::test
