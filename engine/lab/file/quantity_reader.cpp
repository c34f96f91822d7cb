// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>

#include "core/error.h"
#include "core/text.h"
#include "core/units/quantity.h"
#include "lab/file/place.h"

namespace aula::lab {

namespace {

bool isAngle(const std::string& unit) {
  return unit == "rad" || unit == "deg";
}

std::string limitText(double limit, const std::string& unit) {
  return core::formatQuantity(limit, unit);
}

/// Empty when `value` is within `range`.
std::string rangeProblem(double value, const std::string& unit, Range range) {
  const bool isBelow = range.isOpen ? value <= range.lower : value < range.lower;
  const bool isAbove = range.isOpen ? value >= range.upper : value > range.upper;
  if (!isBelow && !isAbove) return {};
  const bool hasLower = std::isfinite(range.lower), hasUpper = std::isfinite(range.upper);
  if (hasLower && hasUpper) {
    return "is outside the range from " + limitText(range.lower, unit) + " to " +
           limitText(range.upper, unit) + (range.isOpen ? ", ends excluded" : "");
  }
  if (isBelow)
    return (range.isOpen ? "must be greater than " : "must not be less than ") + limitText(range.lower, unit);
  return (range.isOpen ? "must be less than " : "must not be greater than ") + limitText(range.upper, unit);
}

/// The words for no limit; a plain infinity cannot be written in JSON.
std::optional<double> infinity(const std::string& text) {
  if (text == "infinite") return std::numeric_limits<double>::infinity();
  if (text == "-infinite") return -std::numeric_limits<double>::infinity();
  return std::nullopt;
}

/// A quantity by the unit's whole grammar, or an expression. A text that could be read either way is what its
/// dimension fits: "3 um-1 um" is 2 um where a length is needed.
Evaluation evaluateText(const std::string& text, const core::Dimension& needed, const Names& names) {
  try {
    const core::Quantity quantity = core::parseQuantity(text);
    if (quantity.dimension == needed) return {quantity, false, false};
  } catch (const core::Error&) {
    // It may be an expression; what evaluate() says about it is the better message.
  }
  return evaluate(text, names);
}

}  // namespace

bool LabDocument::isDoubtful(const std::string& path) const {
  const auto hasBelow = [&](const std::string& prefix) {
    const auto next = doubtful.lower_bound(prefix);
    return next != doubtful.end() && next->starts_with(prefix);
  };
  return doubtful.contains(path) || hasBelow(path + ".") || hasBelow(path + "[");
}

void LabDocument::error(const std::string& path, const std::string& message) {
  // A section may be read twice, by its simulation and for its names.
  if (doubtful.insert(path).second) diagnostics->error(path, message);
}

std::vector<std::string> KnobNames::all() const {
  std::vector<std::string> names;
  for (const auto& entry : values) names.push_back(entry.first);
  return names;
}

std::string neededFor(const std::string& unit) {
  return isAngle(unit) ? "an angle" : core::describe(core::parseUnit(unit).dimension);
}

std::string neededWithExample(const std::string& unit) {
  const core::Dimension dimension = core::parseUnit(unit).dimension;
  const std::string example = isAngle(unit) ? "30 deg" : core::exampleOf(dimension);
  const bool isPlainNumber = dimension.isNumber() && !isAngle(unit);
  return neededFor(unit) + " is needed, for example " + (isPlainNumber ? example : core::quoted(example));
}

std::optional<double> readQuantity(LabDocument& document, const Names& names, const Value& value,
                                   const std::string& path, const std::string& unit, Range range) {
  const core::Dimension needed = core::parseUnit(unit).dimension;
  const auto report = [&](const std::string& message) {
    document.error(path, message);
    return std::nullopt;
  };

  double si = 0;
  std::string found;
  if (value.kind == Value::Kind::number) {
    found = describe(value).substr(std::string("the number ").size());
    si = value.number;
    // An angle without a unit would leave open whether degrees were meant; zero is zero in any unit.
    const bool needsUnit = !needed.isNumber() || isAngle(unit);
    if (needsUnit && si != 0) return report(found + " has no unit, " + neededWithExample(unit));
  } else if (value.kind == Value::Kind::text) {
    found = core::quoted(value.text);
    if (const auto limitless = infinity(value.text)) {
      if (!range.allowsInfinity) return report("infinity is not possible here; " + neededWithExample(unit));
      return *limitless;
    }
    if (++document.expressions > kMaximumExpressions) {
      if (!document.hasTooManyExpressions) {
        document.error(path,
                       "the file holds more than " + std::to_string(kMaximumExpressions) + " quantities");
      }
      document.hasTooManyExpressions = true;
      document.doubtful.insert(path);
      return std::nullopt;
    }
    try {
      const Evaluation result = evaluateText(value.text, needed, names);
      if (result.isBroken) {
        document.doubtful.insert(path);
        return std::nullopt;
      }
      si = result.quantity.si;
      if (!(result.quantity.dimension == needed) && !result.isBareZero) {
        return report(found + " is " + core::describe(result.quantity.dimension) + ", " +
                      neededWithExample(unit));
      }
    } catch (const core::Error& error) {
      if (error.fault() != core::Fault::input) throw;
      return report(error.what());
    }
  } else {
    return report(describe(value) + " stands where " + neededWithExample(unit));
  }
  if (const std::string problem = rangeProblem(si, unit, range); !problem.empty())
    return report(found + " " + problem);
  return si;
}

}  // namespace aula::lab
