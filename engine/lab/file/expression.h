// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/units/quantity.h"

/// Arithmetic over knobs: "slit_separation / 2 + 3 um". Private to lab/file.
namespace aula::lab {

inline constexpr std::size_t kMaximumExpressionLength = 512;  ///< Bytes.
inline constexpr int kMaximumExpressionDepth = 32;  ///< Parentheses, powers and signs within each other.

/// What a name in an expression stands for.
struct NamedQuantity {
  core::Quantity quantity;
  bool isBroken = false;  ///< Its own definition has a mistake that has been reported already.
};

/// The names an expression may use beside the constants pi and c.
class Names {
 public:
  virtual ~Names() = default;
  [[nodiscard]] virtual bool has(const std::string& name) const = 0;
  /// `name` is one that has() knows.
  [[nodiscard]] virtual NamedQuantity find(const std::string& name) const = 0;
  [[nodiscard]] virtual std::vector<std::string> all() const = 0;  ///< For suggestions.
};

struct Evaluation {
  core::Quantity quantity;
  /// The result is exactly zero and was not written with a unit: it fits any dimension.
  bool isBareZero = false;
  bool isBroken = false;  ///< A name it uses is broken: there is no value, and nothing more to report.
};

/// Throws core::Error (input): what is wrong, beginning with the quoted text. Cost: bounded by the length,
/// some tens of microseconds at most.
[[nodiscard]] Evaluation evaluate(std::string_view text, const Names& names);

/// A name that expressions give another meaning: a function, a constant or a unit; in words for a message.
[[nodiscard]] std::optional<std::string> reservedMeaning(const std::string& name);

}  // namespace aula::lab
