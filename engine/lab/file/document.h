// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <vector>

/// JSON as it stands in a lab file: members in the file's order, and a memory of which keys somebody has
/// asked for. Private to lab/file.
namespace aula::lab {

class Diagnostics;

/// What a document may not exceed; each is refused with a message, long before memory or time run out.
struct DocumentLimits {
  static constexpr std::size_t kBytes = 4u << 20;
  static constexpr int kDepth = 64;
  static constexpr std::size_t kStringBytes = 64u << 10;
  static constexpr std::size_t kMembers = 1024;    ///< Of one object.
  static constexpr std::size_t kElements = 65536;  ///< Of one array.
  static constexpr std::size_t kValues = 200000;   ///< Of the whole document.
};

struct Value {
  enum class Kind { null, boolean, number, text, array, object };
  struct Member;

  Kind kind = Kind::null;
  bool boolean = false;
  bool isWhole = false;  ///< The number was written as an integer and fits `whole`.
  long long whole = 0;
  double number = 0;
  std::string text;
  std::vector<Value> elements;
  std::vector<Member> members;
  /// Keys that a reader has asked for, present or not: what is known here, for suggestions.
  mutable std::set<std::string> asked;
  /// Nobody knows how to read this object, which has been reported: its keys are not worth a line each.
  mutable bool isUnreadable = false;

  [[nodiscard]] const Value* find(const std::string& key) const;
};

struct Value::Member {
  std::string key;
  Value value;
};

/// An object without members, which stands for every missing one; it remembers nothing.
[[nodiscard]] const Value& emptyObject();

/// "an object", "the text \"abc\"", "the number 5": for messages.
[[nodiscard]] std::string describe(const Value& value);

/// `parent.key`, or `parent["odd key"]`.
[[nodiscard]] std::string joinPath(const std::string& parent, const std::string& key);

/// Reads a whole document. Duplicate keys go to `diagnostics` (the first one counts); what leaves no document
/// to go on with throws core::Error (input) beginning with `name`, line and column.
[[nodiscard]] Value parseDocument(const std::string& json, const std::string& name, Diagnostics& diagnostics);

}  // namespace aula::lab
