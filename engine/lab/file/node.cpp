// SPDX-License-Identifier: Apache-2.0
#include "lab/file/node.h"

#include <algorithm>
#include <cmath>

#include "core/assert.h"
#include "core/text.h"
#include "core/units/quantity.h"
#include "lab/file/place.h"

namespace aula::lab {

namespace {

/// Keys that may stand in any object without meaning anything.
bool isRemark(const std::string& key) {
  return key == "comment" || key == "$schema";
}

/// The member called `key`, remembered as asked for; null when there is none.
const Value* ask(const Value& object, const std::string& key) {
  // The one empty object is shared by all labs and remembers nothing.
  if (&object == &emptyObject()) return nullptr;
  object.asked.insert(key);
  return object.find(key);
}

/// Something within `range`, so that reading goes on after a mistake.
double harmless(Range range) {
  const auto isInside = [&](double value) {
    return range.isOpen ? value > range.lower && value < range.upper
                        : value >= range.lower && value <= range.upper;
  };
  if (isInside(1)) return 1;
  if (std::isfinite(range.lower) && std::isfinite(range.upper)) return 0.5 * (range.lower + range.upper);
  if (std::isfinite(range.lower)) return range.lower + 1;
  return range.upper - 1;
}

/// Knobs and, before them, a caller's own variables.
class ExtendedNames : public Names {
 public:
  ExtendedNames(const Names& base, const std::vector<Variable>& variables) : base_(base) {
    for (const Variable& variable : variables) {
      values_[variable.name] = {{variable.si, core::parseUnit(variable.unit).dimension},
                                !std::isfinite(variable.si)};
    }
  }
  [[nodiscard]] bool has(const std::string& name) const override {
    return values_.contains(name) || base_.has(name);
  }
  [[nodiscard]] NamedQuantity find(const std::string& name) const override {
    const auto found = values_.find(name);
    return found == values_.end() ? base_.find(name) : found->second;
  }
  [[nodiscard]] std::vector<std::string> all() const override {
    std::vector<std::string> names = base_.all();
    for (const auto& entry : values_) names.push_back(entry.first);
    return names;
  }

 private:
  const Names& base_;
  std::map<std::string, NamedQuantity> values_;
};

std::string quotedList(const std::vector<std::string>& words) {
  std::vector<std::string> all;
  for (const std::string& word : words) all.push_back("\"" + word + "\"");
  return core::listed(all);
}

}  // namespace

Node::Node(std::shared_ptr<const Place> place) : place_(std::move(place)) {}

const std::string& Node::path() const {
  return place_->path;
}

bool Node::has(const std::string& key) const {
  return ask(*place_->value, key) != nullptr;
}

bool Node::isText(const std::string& key) const {
  const Value* value = ask(*place_->value, key);
  return value != nullptr && value->kind == Value::Kind::text;
}

bool Node::isList(const std::string& key) const {
  const Value* value = ask(*place_->value, key);
  return value != nullptr && value->kind == Value::Kind::array;
}

std::vector<std::string> Node::keys() const {
  std::vector<std::string> keys;
  for (const Value::Member& member : place_->value->members) {
    if (!isRemark(member.key)) keys.push_back(member.key);
  }
  return keys;
}

void Node::error(const std::string& message) const {
  if (place_->isAbsent || place_->document->isDoubtful(place_->path)) return;
  place_->document->error(place_->path, message);
}

void Node::errorAt(const std::string& key, const std::string& message) const {
  const std::string place = joinPath(place_->path, key);
  if (place_->isAbsent || place_->document->isDoubtful(place)) return;
  place_->document->error(place, message);
}

bool Node::isDoubtful(const std::string& key) const {
  return place_->isAbsent || place_->document->isDoubtful(joinPath(place_->path, key));
}

void Node::warning(const std::string& message) const {
  place_->document->diagnostics->warning(place_->path, message);
}

double Node::quantity(const std::string& key, const std::string& unit, Range range) const {
  const Value* value = ask(*place_->value, key);
  if (value == nullptr) {
    errorAt(key, "missing; " + neededWithExample(unit));
    return harmless(range);
  }
  LabDocument& document = *place_->document;
  return readQuantity(document, document.knobs, *value, joinPath(path(), key), unit, range)
      .value_or(harmless(range));
}

double Node::quantity(const std::string& key, const std::string& unit, Range range, double fallback) const {
  return has(key) ? quantity(key, unit, range) : fallback;
}

double Node::quantityWith(const std::string& key, const std::string& unit,
                          const std::vector<Variable>& variables, Range range) const {
  const Value* value = ask(*place_->value, key);
  if (value == nullptr) {
    errorAt(key, "missing; " + neededWithExample(unit));
    return std::numeric_limits<double>::quiet_NaN();
  }
  LabDocument& document = *place_->document;
  const ExtendedNames names(document.knobs, variables);
  return readQuantity(document, names, *value, joinPath(path(), key), unit, range)
      .value_or(std::numeric_limits<double>::quiet_NaN());
}

std::optional<Tolerance> Node::tolerance(const std::string& key, const std::string& unit) const {
  const Value* value = ask(*place_->value, key);
  if (value == nullptr) return std::nullopt;
  const std::string& text = value->text;
  const auto last = text.find_last_not_of(' ');
  const bool isRelative = value->kind == Value::Kind::text && last != std::string::npos && text[last] == '%';
  return Tolerance{quantity(key, isRelative ? "1" : unit, kPositive), isRelative};
}

std::vector<double> Node::quantities(const std::string& key, const std::string& unit, Range range) const {
  const Value* value = ask(*place_->value, key);
  std::vector<double> all;
  if (value == nullptr) {
    errorAt(key, "missing; an array is needed: for each entry " + neededWithExample(unit));
    return all;
  }
  if (value->kind != Value::Kind::array) {
    errorAt(key,
            describe(*value) + " stands where an array is needed: for each entry " + neededWithExample(unit));
    return all;
  }
  LabDocument& document = *place_->document;
  for (std::size_t i = 0; i < value->elements.size(); ++i) {
    const std::string place = joinPath(path(), key) + "[" + std::to_string(i) + "]";
    all.push_back(readQuantity(document, document.knobs, value->elements[i], place, unit, range)
                      .value_or(harmless(range)));
  }
  return all;
}

core::Vec3 Node::vector(const std::string& key, const std::string& unit, Range range) const {
  core::Vec3 result{harmless(range), harmless(range), harmless(range)};
  const Value* value = ask(*place_->value, key);
  if (value == nullptr && place_->isAbsent) return result;
  const std::string needed = "three values are needed, [x, y, z]; for each " + neededWithExample(unit);
  if (value == nullptr) {
    errorAt(key, "missing; " + needed);
  } else if (value->kind != Value::Kind::array) {
    errorAt(key, describe(*value) + " stands where " + needed);
  } else if (value->elements.size() != 3) {
    errorAt(key, "an array of " + std::to_string(value->elements.size()) + " stands where " + needed);
  } else {
    const std::vector<double> all = quantities(key, unit, range);
    result = {all[0], all[1], all[2]};
  }
  return result;
}

core::Vec3 Node::vector(const std::string& key, const std::string& unit, Range range,
                        core::Vec3 fallback) const {
  return has(key) ? vector(key, unit, range) : fallback;
}

long long Node::integer(const std::string& key, long long lower, long long upper) const {
  const std::string needed =
      "a whole number from " + std::to_string(lower) + " to " + std::to_string(upper) + " is needed";
  const Value* value = ask(*place_->value, key);
  if (value == nullptr) {
    errorAt(key, "missing; " + needed);
    return lower;
  }
  double number = 0;
  std::string found = describe(*value);
  if (value->kind == Value::Kind::number) {
    if (value->isWhole && value->whole >= lower && value->whole <= upper) return value->whole;
    number = value->number;
  } else if (value->kind == Value::Kind::text) {
    // Knobs may count as well: "order + 1".
    LabDocument& document = *place_->document;
    const auto evaluated =
        readQuantity(document, document.knobs, *value, joinPath(path(), key), "1", kAnyValue);
    if (!evaluated) return lower;
    number = *evaluated;
  } else {
    errorAt(key, found + " stands where " + needed);
    return lower;
  }
  const bool isInside = number >= double(lower) && number <= double(upper) && std::abs(number) < 9e15;
  if (!isInside || number != std::nearbyint(number)) {
    errorAt(key, found + " stands where " + needed);
    return lower;
  }
  return static_cast<long long>(number);
}

long long Node::integer(const std::string& key, long long lower, long long upper, long long fallback) const {
  return has(key) ? integer(key, lower, upper) : fallback;
}

bool Node::boolean(const std::string& key, bool fallback) const {
  const Value* value = ask(*place_->value, key);
  if (value == nullptr) return fallback;
  if (value->kind != Value::Kind::boolean) {
    errorAt(key, describe(*value) + " stands where true or false is needed");
    return fallback;
  }
  return value->boolean;
}

std::string Node::text(const std::string& key) const {
  const Value* value = ask(*place_->value, key);
  if (value == nullptr) {
    errorAt(key, "missing; a text is needed");
    return {};
  }
  if (value->kind != Value::Kind::text) {
    errorAt(key, describe(*value) + " stands where a text is needed");
    return {};
  }
  return value->text;
}

std::string Node::text(const std::string& key, const std::string& fallback) const {
  return has(key) ? text(key) : fallback;
}

std::vector<std::string> Node::texts(const std::string& key) const {
  std::vector<std::string> all;
  const Value* value = ask(*place_->value, key);
  if (value == nullptr) return all;
  if (value->kind != Value::Kind::array) {
    errorAt(key, describe(*value) + " stands where an array of texts is needed");
    return all;
  }
  for (std::size_t i = 0; i < value->elements.size(); ++i) {
    const Value& element = value->elements[i];
    if (element.kind == Value::Kind::text) {
      all.push_back(element.text);
    } else {
      place_->document->error(joinPath(path(), key) + "[" + std::to_string(i) + "]",
                              describe(element) + " stands where a text is needed");
    }
  }
  return all;
}

LocalText Node::localText(const std::string& key) const {
  LocalText text;
  const Value* value = ask(*place_->value, key);
  if (value == nullptr) return text;
  if (value->kind == Value::Kind::text) {
    text.byLanguage["en"] = value->text;
    return text;
  }
  if (value->kind != Value::Kind::object) {
    errorAt(key,
            describe(*value) +
                " stands where a text is needed, or an object of texts in \"en\", \"zh\", \"fr\", \"es\"");
    return text;
  }
  const Node languages = child(key);
  text.byLanguage["en"] = languages.text("en");
  for (const char* language : {"zh", "fr", "es"}) {
    if (languages.has(language)) text.byLanguage[language] = languages.text(language);
  }
  return text;
}

std::string Node::word(const std::string& key, const std::vector<std::string>& allowed) const {
  const std::string harmlessWord = allowed.empty() ? std::string() : allowed.front();
  const std::string possible =
      allowed.empty() ? "nothing can stand here" : quotedList(allowed) + " is needed";
  const Value* value = ask(*place_->value, key);
  if (value == nullptr) {
    errorAt(key, "missing; " + possible);
    return harmlessWord;
  }
  if (value->kind != Value::Kind::text) {
    errorAt(key, describe(*value) + " stands where " + possible);
    return harmlessWord;
  }
  if (std::find(allowed.begin(), allowed.end(), value->text) != allowed.end()) return value->text;
  std::string message = core::quoted(value->text, 40) + " is not known here";
  const auto near = core::nearestWord(value->text, allowed);
  if (near) message += "; did you mean \"" + *near + "\"?";
  // A long list would bury the suggestion.
  if (allowed.size() <= 12) message += (message.ends_with('?') ? " " : "; ") + possible;
  errorAt(key, message);
  // What was probably meant lets the rest be read as it was meant. Otherwise nobody knows how to read this
  // object.
  if (!near) {
    place_->isAbsent = true;
    place_->value->isUnreadable = true;
    place_->value = &emptyObject();
  }
  return near.value_or(harmlessWord);
}

std::string Node::word(const std::string& key, std::initializer_list<const char*> allowed) const {
  return word(key, std::vector<std::string>(allowed.begin(), allowed.end()));
}

std::string Node::word(const std::string& key, std::initializer_list<const char*> allowed,
                       const std::string& fallback) const {
  return has(key) ? word(key, allowed) : fallback;
}

Node Node::child(const std::string& key) const {
  const Value* value = ask(*place_->value, key);
  auto place = std::make_shared<Place>(Place{place_->document, value, joinPath(path(), key), false});
  if (value == nullptr || value->kind != Value::Kind::object) {
    if (value != nullptr) {
      errorAt(key, describe(*value) + " stands where an object {...} is needed");
    } else if (!place_->isAbsent) {
      errorAt(key, "missing; an object {...} is needed");
    }
    place->value = &emptyObject();
    place->isAbsent = true;
  }
  return Node(std::move(place));
}

std::optional<Node> Node::optionalChild(const std::string& key) const {
  if (!has(key)) return std::nullopt;
  return child(key);
}

std::vector<Node> Node::children(const std::string& key) const {
  std::vector<Node> all;
  const Value* value = ask(*place_->value, key);
  if (value == nullptr) return all;
  if (value->kind != Value::Kind::array) {
    errorAt(key, describe(*value) + " stands where an array [...] of objects is needed");
    return all;
  }
  for (std::size_t i = 0; i < value->elements.size(); ++i) {
    const Value& element = value->elements[i];
    const std::string place = joinPath(path(), key) + "[" + std::to_string(i) + "]";
    if (element.kind == Value::Kind::object) {
      all.push_back(Node(std::make_shared<Place>(Place{place_->document, &element, place, false})));
    } else {
      place_->document->error(place, describe(element) + " stands where an object {...} is needed");
    }
  }
  return all;
}

std::vector<std::pair<std::string, Node>> Node::members(const std::string& key) const {
  std::vector<std::pair<std::string, Node>> all;
  if (!has(key)) return all;
  const Node object = child(key);
  for (const Value::Member& member : object.place_->value->members) {
    if (isRemark(member.key)) continue;
    if (member.value.kind == Value::Kind::object) {
      all.emplace_back(member.key, object.child(member.key));
    } else {
      object.place_->value->asked.insert(member.key);
      object.errorAt(member.key, describe(member.value) + " stands where an object {...} is needed");
    }
  }
  return all;
}

}  // namespace aula::lab
