// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace aula::core {

/// Whose move it is after an error; the program's exit code follows from it.
enum class Fault {
  input,   ///< The user's: a wrong option, lab file or value. Exit code 2; nothing was written.
  failure  ///< The machine's: a disk, a driver, a device, an unstable run. Exit code 1.
};

/// An error for the person who must mend it. The message says what is wrong, where, what was found and what
/// is allowed; it is shown as it stands, without a prefix of class or function names. Several problems are
/// several lines.
class Error : public std::runtime_error {
 public:
  explicit Error(std::string message, Fault fault = Fault::failure)
      : std::runtime_error(std::move(message)), fault_(fault) {}

  [[nodiscard]] Fault fault() const noexcept { return fault_; }
  /// 2 for Fault::input, 1 for Fault::failure.
  [[nodiscard]] int exitCode() const noexcept { return fault_ == Fault::input ? 2 : 1; }

 private:
  Fault fault_;
};

/// An Error of Fault::input.
[[nodiscard]] inline Error inputError(std::string message) {
  return Error(std::move(message), Fault::input);
}

}  // namespace aula::core
