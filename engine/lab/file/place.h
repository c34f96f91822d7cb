// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "lab/file/document.h"
#include "lab/file/expression.h"
#include "lab/file/node.h"

/// What stands behind a Node. Private to lab.
namespace aula::lab {

/// Knobs by name, as expressions see them.
class KnobNames : public Names {
 public:
  [[nodiscard]] bool has(const std::string& name) const override { return values.contains(name); }
  [[nodiscard]] NamedQuantity find(const std::string& name) const override { return values.at(name); }
  [[nodiscard]] std::vector<std::string> all() const override;

  std::map<std::string, NamedQuantity> values;
};

/// A lab file in memory, shared by its Lab and all its nodes.
struct LabDocument {
  Value root;
  KnobNames knobs;
  std::shared_ptr<Diagnostics> diagnostics;
  /// Places whose value is missing, wrong or built on something wrong.
  std::set<std::string> doubtful;
  /// Evaluated so far; a file that asks for more than kMaximumExpressions is refused, so that reading ends
  /// soon.
  int expressions = 0;
  bool hasTooManyExpressions = false;

  /// Something at `path` or below it is doubtful.
  [[nodiscard]] bool isDoubtful(const std::string& path) const;
  /// Reports, and remembers the place as doubtful.
  void error(const std::string& path, const std::string& message);
};
inline constexpr int kMaximumExpressions = 20000;

struct Node::Place {
  std::shared_ptr<LabDocument> document;
  mutable const Value* value = nullptr;  ///< Always an object.
  std::string path;
  /// The object is missing or of the wrong type, or its kind is unknown, which has been reported: what is
  /// missing below is not worth a line.
  mutable bool isAbsent = false;
};

/// Evaluates `value` as a quantity of `unit`'s dimension within `range`; reports to `path` and returns
/// nothing when it is none. Broken knobs give nothing without a report.
[[nodiscard]] std::optional<double> readQuantity(LabDocument& document, const Names& names,
                                                 const Value& value, const std::string& path,
                                                 const std::string& unit, Range range);

/// "a length" or "an angle": what `unit` asks for.
[[nodiscard]] std::string neededFor(const std::string& unit);
/// `a length is needed, for example "20 nm"`.
[[nodiscard]] std::string neededWithExample(const std::string& unit);

}  // namespace aula::lab
