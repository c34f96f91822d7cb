// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/vec3.h"

namespace aula::lab {

/// Collects what is wrong with a lab file, so that a person sees every problem at once.
class Diagnostics {
 public:
  explicit Diagnostics(std::string file) : file_(std::move(file)) {}
  /// That many errors and warnings are kept; further ones are counted ("and 12 more").
  static constexpr std::size_t kMaximumListed = 25;

  /// `path` is the place inside the file ("simulation.objects[2].size"); `message` says what was found and
  /// what is allowed.
  void error(const std::string& path, const std::string& message);
  void warning(const std::string& path, const std::string& message);
  [[nodiscard]] bool hasErrors() const { return !errors_.empty(); }
  [[nodiscard]] const std::vector<std::string>& errors() const { return errors_; }
  [[nodiscard]] const std::vector<std::string>& warnings() const { return warnings_; }
  /// Throws core::Error (input) with all errors, a line each, when there are any.
  void throwIfErrors() const;

 private:
  std::string file_;
  std::vector<std::string> errors_, warnings_;
  std::size_t unlistedErrors_ = 0;
};

/// A text in up to four languages; keys "en", "zh", "fr", "es". "en" is always there.
struct LocalText {
  std::map<std::string, std::string> byLanguage;
  /// The text in `language`, or in English; empty when there is none at all.
  [[nodiscard]] const std::string& in(const std::string& language) const;
};

/// A value an expression may use beside the knobs: a measured result, a probe's reading.
struct Variable {
  std::string name;  ///< [A-Za-z][A-Za-z0-9_]*
  double si = 0;
  std::string unit;  ///< Any unit of its dimension: "m", "V/m", "1".
};

/// How far a result may be from what is expected.
struct Tolerance {
  double value = 0;  ///< A fraction (0.02 for "2 %") when relative, else SI.
  bool isRelative = false;
};

/// Limits of a value, both ends allowed unless `isOpen`.
struct Range {
  double lower = -std::numeric_limits<double>::infinity();
  double upper = std::numeric_limits<double>::infinity();
  bool isOpen = false;  ///< The ends themselves are not allowed: {0, inf, true} is "greater than 0".
  bool allowsInfinity =
      false;  ///< The words "infinite" and "-infinite" are values; otherwise every value is finite.
};
inline constexpr Range kAnyValue{};
inline constexpr Range kPositive{0.0, std::numeric_limits<double>::infinity(), true};
inline constexpr Range kNotNegative{0.0, std::numeric_limits<double>::infinity(), false};

/// One place in a lab file, read with checking: every function reports a problem to the lab's diagnostics and
/// returns a harmless value, so that reading goes on and finds the next problem. Keys nobody asked for are
/// reported by Lab::reportUnusedKeys with the nearest allowed key as a suggestion. Cheap to copy; must not
/// outlive its Lab.
///
/// A quantity is a JSON string "532 nm", a number where the unit is "1", or an expression over the lab's
/// knobs, "slit_separation / 2 + 3 um": numbers may carry a unit anywhere in an expression, and the result's
/// dimension is checked.
class Node {
 public:
  [[nodiscard]] const std::string& path() const;
  [[nodiscard]] bool has(const std::string& key) const;
  /// The value of `key` is a JSON string, not a number, an object or anything else: for keys that take
  /// either.
  [[nodiscard]] bool isText(const std::string& key) const;
  /// The value of `key` is a JSON array.
  [[nodiscard]] bool isList(const std::string& key) const;
  [[nodiscard]] std::vector<std::string> keys()
      const;  ///< In the file's order; "comment" and "$schema" left out.

  /// Required unless a fallback is given. The value in SI, checked against `unit`'s dimension ("m", "Hz",
  /// "V/m", "1").
  [[nodiscard]] double quantity(const std::string& key, const std::string& unit,
                                Range range = kAnyValue) const;
  [[nodiscard]] double quantity(const std::string& key, const std::string& unit, Range range,
                                double fallback) const;
  /// Three quantities: ["1 um", "2 um", 0]; the number 0 needs no unit.
  [[nodiscard]] core::Vec3 vector(const std::string& key, const std::string& unit,
                                  Range range = kAnyValue) const;
  [[nodiscard]] core::Vec3 vector(const std::string& key, const std::string& unit, Range range,
                                  core::Vec3 fallback) const;
  [[nodiscard]] std::vector<double> quantities(const std::string& key, const std::string& unit,
                                               Range range = kAnyValue) const;
  /// An expression that may also use `variables`; otherwise like quantity(). NaN after a reported problem, so
  /// that nothing is computed from it by mistake.
  [[nodiscard]] double quantityWith(const std::string& key, const std::string& unit,
                                    const std::vector<Variable>& variables, Range range = kAnyValue) const;
  /// "2 %" (relative) or a quantity of `unit`'s dimension (absolute); greater than zero. Nothing when the key
  /// is absent.
  [[nodiscard]] std::optional<Tolerance> tolerance(const std::string& key, const std::string& unit) const;
  [[nodiscard]] long long integer(const std::string& key, long long lower, long long upper) const;
  [[nodiscard]] long long integer(const std::string& key, long long lower, long long upper,
                                  long long fallback) const;
  [[nodiscard]] bool boolean(const std::string& key, bool fallback) const;
  [[nodiscard]] std::string text(const std::string& key) const;
  [[nodiscard]] std::string text(const std::string& key, const std::string& fallback) const;
  /// An array of strings; absent: empty.
  [[nodiscard]] std::vector<std::string> texts(const std::string& key) const;
  /// A string (English) or an object of languages; empty when absent.
  [[nodiscard]] LocalText localText(const std::string& key) const;
  /// One word out of a list; a misspelt one is answered with the nearest.
  [[nodiscard]] std::string word(const std::string& key, std::initializer_list<const char*> allowed) const;
  [[nodiscard]] std::string word(const std::string& key, std::initializer_list<const char*> allowed,
                                 const std::string& fallback) const;
  [[nodiscard]] std::string word(const std::string& key, const std::vector<std::string>& allowed) const;

  /// An object below; a missing one is an error. `optionalChild` is empty when the key is absent.
  [[nodiscard]] Node child(const std::string& key) const;
  [[nodiscard]] std::optional<Node> optionalChild(const std::string& key) const;
  /// The objects of an array of objects; absent: empty.
  [[nodiscard]] std::vector<Node> children(const std::string& key) const;
  /// The members of an object of objects, in the file's order; absent: empty.
  [[nodiscard]] std::vector<std::pair<std::string, Node>> members(const std::string& key) const;

  /// Whether something at or below `key` could not be read, or does not hold, and has been reported: what was
  /// computed from it is of no use, and a check of that would only make noise.
  [[nodiscard]] bool isDoubtful(const std::string& key) const;

  /// Reports a problem at this place, or at `key` below it; unless one has been reported there or further
  /// below, whose consequence this would be.
  void error(const std::string& message) const;
  void errorAt(const std::string& key, const std::string& message) const;
  void warning(const std::string& message) const;

 private:
  friend class Lab;
  friend class LabParser;
  struct Place;
  explicit Node(std::shared_ptr<const Place> place);
  std::shared_ptr<const Place> place_;
};

}  // namespace aula::lab
