// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>

#include "core/error.h"
#include "core/text.h"
#include "lab/file/lab_parser.h"

namespace aula::lab {

namespace {

constexpr std::size_t kMaximumKnobs = 256;

bool isKnobName(const std::string& name) {
  const auto isRight = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !name.empty() && name.size() <= 64 && name[0] >= 'a' && name[0] <= 'z' &&
         std::all_of(name.begin(), name.end(), isRight);
}

/// A knob as the file states it, before its value is known.
struct Draft {
  enum class State { waiting, underWay, done };

  std::string name, path;
  const Value* definition = nullptr;
  std::string unit = "1";
  State state = State::waiting;
  bool isUnitKnown = true;
  bool isBroken = false;
  double value = 0;
  core::Dimension dimension;
  /// What gives the value: the setting, else the member "default".
  Value setting;
  bool isSet = false;
  std::optional<double> turnedTo;  ///< SI; goes before both.
};

/// Resolves knobs on demand: asking for one computes those it uses first. The depth of that recursion is at
/// most the number of knobs.
class Resolver : public Names {
 public:
  explicit Resolver(LabDocument& document) : document_(document) {}

  /// Mutable, because names are looked up in a constant scope and what a knob is worth is found out on the
  /// way.
  mutable std::vector<Draft> drafts;

  [[nodiscard]] bool has(const std::string& name) const override { return indexOf(name) < drafts.size(); }
  [[nodiscard]] NamedQuantity find(const std::string& name) const override {
    Draft& draft = drafts[indexOf(name)];
    resolve(draft);
    return {{draft.value, draft.dimension}, draft.isBroken};
  }
  [[nodiscard]] std::vector<std::string> all() const override {
    std::vector<std::string> names;
    for (const Draft& draft : drafts) names.push_back(draft.name);
    return names;
  }

  void resolve(Draft& draft) const {
    if (draft.state == Draft::State::done) return;
    if (draft.state == Draft::State::underWay) {
      reportCircle(draft);
      return;
    }
    if (draft.turnedTo) {
      draft.value = *draft.turnedTo;
      draft.state = Draft::State::done;
      return;
    }
    draft.state = Draft::State::underWay;
    underWay_.push_back(&draft);
    const Value* source = draft.isSet ? &draft.setting : draft.definition->find("default");
    if (source == nullptr) {
      document_.diagnostics->error(joinPath(draft.path, "default"),
                                   "missing; " + neededWithExample(draft.unit));
      draft.isBroken = true;
    } else {
      const std::string place = draft.isSet ? settingPlace(draft) : joinPath(draft.path, "default");
      const auto value = readQuantity(document_, *this, *source, place, draft.unit, kAnyValue);
      // A knob in a circle was marked while its value was being sought.
      draft.isBroken = draft.isBroken || !value.has_value();
      draft.value = value.value_or(0);
    }
    underWay_.pop_back();
    draft.state = Draft::State::done;
  }

  [[nodiscard]] static std::string settingPlace(const Draft& draft) {
    return draft.turnedTo ? "knob " + draft.name : "--set " + draft.name;
  }

 private:
  [[nodiscard]] std::size_t indexOf(const std::string& name) const {
    for (std::size_t i = 0; i < drafts.size(); ++i) {
      if (drafts[i].name == name) return i;
    }
    return drafts.size();
  }

  void reportCircle(Draft& draft) const {
    const auto begin = std::find(underWay_.begin(), underWay_.end(), &draft);
    std::string circle;
    bool isReported = false;
    for (auto member = begin; member != underWay_.end(); ++member) {
      isReported = isReported || (*member)->isBroken;
      (*member)->isBroken = true;
      circle += (*member)->name + " -> ";
    }
    if (isReported) return;
    document_.diagnostics->error(joinPath(draft.path, "default"),
                                 "the knobs' values go in a circle: " + circle + draft.name);
  }

  LabDocument& document_;
  mutable std::vector<Draft*> underWay_;
};

void applySettings(Resolver& resolver, Diagnostics& diagnostics, const KnobSettings& settings) {
  for (const auto& setting : settings) {
    const std::string& name = setting.first;
    const std::string& text = setting.second;
    const std::string place = "--set " + (isKnobName(name) ? name : core::quoted(name, 40));
    const auto draft = std::find_if(resolver.drafts.begin(), resolver.drafts.end(),
                                    [&](const Draft& d) { return d.name == name; });
    if (draft == resolver.drafts.end()) {
      std::string message = "there is no knob called " + core::quoted(name, 40);
      const std::vector<std::string> known = resolver.all();
      if (const auto near = core::nearestWord(name, known)) {
        message += "; did you mean \"" + *near + "\"?";
      } else if (known.empty()) {
        message += "; the lab has no knobs";
      } else if (known.size() <= 12) {
        message += "; there are " + core::listed(known, "and");
      }
      diagnostics.error(place, message);
    } else if (core::invalidUtf8At(text)) {
      diagnostics.error(place, "the value is not UTF-8");
    } else {
      draft->isSet = true;
      draft->setting.kind = Value::Kind::text;
      draft->setting.text = text;
    }
  }
}

/// Nothing when it is wrong, which is reported, or uses a broken knob, which has been.
std::optional<std::pair<double, double>> readRange(LabDocument& document, const Node& node,
                                                   const Draft& draft) {
  const std::string needed = "two values are needed, the smaller one first: [lowest, highest]; for each " +
                             neededWithExample(draft.unit);
  if (!node.has("range")) {
    node.errorAt("range", "missing; " + needed);
    return std::nullopt;
  }
  const Value& written = *draft.definition->find("range");
  if (written.kind != Value::Kind::array || written.elements.size() != 2) {
    node.errorAt("range", describe(written) + " stands where " + needed);
    return std::nullopt;
  }
  std::optional<double> ends[2];
  for (std::size_t i = 0; i < 2; ++i) {
    const std::string place = joinPath(draft.path, "range") + "[" + std::to_string(i) + "]";
    ends[i] = readQuantity(document, document.knobs, written.elements[i], place, draft.unit, kAnyValue);
  }
  if (!ends[0] || !ends[1]) return std::nullopt;
  if (*ends[0] < *ends[1]) return std::pair(*ends[0], *ends[1]);
  node.errorAt("range", "from " + core::formatIn(*ends[0], draft.unit) + " to " +
                            core::formatIn(*ends[1], draft.unit) + " is no range; " + needed);
  return std::nullopt;
}

}  // namespace

std::vector<Knob> readKnobs(LabDocument& document, const Node& root, const KnobSettings& settings,
                            const KnobValues& turned) {
  Diagnostics& diagnostics = *document.diagnostics;
  Resolver resolver(document);
  const auto nodes = root.members("knobs");
  if (nodes.size() > kMaximumKnobs) {
    root.errorAt("knobs", std::to_string(nodes.size()) + " knobs; at most 256 are possible");
    return {};
  }

  // First their names and units, so that values may use one another in any order.
  const Value* section = document.root.find("knobs");
  std::vector<Knob> knobs;
  for (const auto& [name, node] : nodes) {
    Knob knob;
    knob.name = name;
    Draft draft;
    draft.name = name;
    draft.path = node.path();
    draft.definition = section->find(name);
    if (!isKnobName(name)) {
      node.error(
          "this name of a knob cannot be used; small letters, digits and \"_\" are possible, a letter first");
    } else if (const auto meaning = reservedMeaning(name)) {
      node.error("this name means " + *meaning + " in an expression; choose another one");
    }
    knob.unit = node.text("unit");
    if (!node.isText("unit")) {
      draft.isUnitKnown = false;
      draft.isBroken = true;
      draft.state = Draft::State::done;
    }
    try {
      draft.dimension = core::parseUnit(knob.unit).dimension;
      draft.unit = knob.unit.empty() ? "1" : knob.unit;
    } catch (const core::Error& error) {
      if (error.fault() != core::Fault::input) throw;
      node.errorAt("unit", error.what());
      draft.isUnitKnown = false;
      draft.isBroken = true;
      draft.state = Draft::State::done;
    }
    knob.unit = draft.unit;
    knob.label = node.localText("label");
    knob.isLive = node.boolean("live", false);
    (void)node.has("default");
    knobs.push_back(std::move(knob));
    resolver.drafts.push_back(std::move(draft));
  }
  applySettings(resolver, diagnostics, settings);
  for (const auto& [name, value] : turned)
    for (Draft& draft : resolver.drafts)
      if (draft.name == name && draft.state == Draft::State::waiting) draft.turnedTo = value;
  for (Draft& draft : resolver.drafts) resolver.resolve(draft);

  for (const Draft& draft : resolver.drafts) {
    document.knobs.values[draft.name] = {{draft.value, draft.dimension}, draft.isBroken};
  }

  // Then the ranges, which may use every knob's value.
  for (std::size_t i = 0; i < knobs.size(); ++i) {
    Knob& knob = knobs[i];
    const Draft& draft = resolver.drafts[i];
    const Node& node = nodes[i].second;
    knob.value = knob.defaultValue = draft.value;
    if (!draft.isUnitKnown) {
      (void)node.has("range");
      continue;
    }
    const std::optional<std::pair<double, double>> range = readRange(document, node, draft);
    if (!range) continue;
    std::tie(knob.lower, knob.upper) = *range;
    if (draft.isBroken) continue;
    if (draft.isSet || draft.turnedTo) {
      const Value* standard = draft.definition->find("default");
      if (standard != nullptr) {
        knob.defaultValue = readQuantity(document, document.knobs, *standard, joinPath(draft.path, "default"),
                                         knob.unit, kAnyValue)
                                .value_or(draft.value);
      }
    }
    // A value typed with three digits may miss a computed limit by rounding.
    const double slack = 1e-12 * std::max(std::abs(knob.lower), std::abs(knob.upper));
    if (knob.value < knob.lower - slack || knob.value > knob.upper + slack) {
      // What follows from such a value says nothing about the lab.
      document.knobs.values[knob.name].isBroken = true;
      diagnostics.error(
          draft.isSet || draft.turnedTo ? Resolver::settingPlace(draft) : joinPath(draft.path, "default"),
          core::formatIn(knob.value, knob.unit) + " is outside the knob's range from " +
              core::formatIn(knob.lower, knob.unit) + " to " + core::formatIn(knob.upper, knob.unit));
    }
  }
  return knobs;
}

}  // namespace aula::lab
