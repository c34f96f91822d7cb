// SPDX-License-Identifier: Apache-2.0
#include "lab/record/measurement.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>

#include "core/error.h"
#include "core/text.h"
#include "core/units/quantity.h"
#include "lab/record/reduction.h"
#include "lab/record/resonance.h"
#include "lab/record/selection.h"

namespace aula::lab {

namespace {

/// What a reduction's result is measured in.
enum class ResultUnit { value, axis, valueTimesAxis, valuePerAxis, perAxis, number };

struct Reduction {
  const char* name;
  ResultUnit unit;
  bool isList;
};

constexpr Reduction kReductions[] = {
    {"value_at", ResultUnit::value, false},
    {"maximum", ResultUnit::value, false},
    {"minimum", ResultUnit::value, false},
    {"mean", ResultUnit::value, false},
    {"rms", ResultUnit::value, false},
    {"first", ResultUnit::value, false},
    {"last", ResultUnit::value, false},
    {"integral", ResultUnit::valueTimesAxis, false},
    {"centre", ResultUnit::axis, false},
    {"peak_position", ResultUnit::axis, false},
    {"peak_positions", ResultUnit::axis, true},
    {"trough_positions", ResultUnit::axis, true},
    {"peak_spacing", ResultUnit::axis, false},
    {"half_width", ResultUnit::axis, false},
    {"cutoff", ResultUnit::axis, false},
    {"slope", ResultUnit::valuePerAxis, false},
    {"resonance_frequencies", ResultUnit::perAxis, true},
    {"resonance_qualities", ResultUnit::number, true},
};

core::Dimension combine(const core::Dimension& a, const core::Dimension& b, int sign) {
  core::Dimension result = a;
  for (std::size_t i = 0; i < result.powers.size(); ++i) result.powers[i] += sign * b.powers[i];
  return result;
}

core::Dimension dimensionOf(ResultUnit unit, const core::Dimension& value, const core::Dimension& axis) {
  switch (unit) {
    case ResultUnit::value:
      return value;
    case ResultUnit::axis:
      return axis;
    case ResultUnit::valueTimesAxis:
      return combine(value, axis, 1);
    case ResultUnit::valuePerAxis:
      return combine(value, axis, -1);
    case ResultUnit::perAxis:
      return combine({}, axis, -1);
    case ResultUnit::number:
      return {};
  }
  return {};
}

std::vector<double> positionsOf(const std::vector<Peak>& peaks) {
  std::vector<double> positions;
  for (const Peak& peak : peaks) positions.push_back(peak.x);
  return positions;
}

Series negated(Series series) {
  for (double& y : series.y) y = -y;
  return series;
}

std::string alternatives(const std::vector<std::string>& names) {
  return names.empty() ? "there are none" : "there are " + core::listed(names, "and");
}

std::string unknownName(const std::string& what, const std::string& name,
                        const std::vector<std::string>& known) {
  std::string text = core::quoted(name) + " is not " + what + "; ";
  if (const auto nearest = core::nearestWord(name, known)) text += "did you mean \"" + *nearest + "\"? ";
  return text + alternatives(known);
}

/// A name with a hyphen would be a difference in an expression.
bool isUsable(const std::string& name) {
  return name.find('-') == std::string::npos;
}

/// A measurement that has been read without a problem.
struct Entry {
  MeasurementResult result;  ///< Without values.
  core::Unit unit;
  std::function<std::vector<double>(const Series&)> reduce;  ///< SI; empty for an expression.
  Selection selection;
  std::optional<int> index;
  std::optional<Node> node;                     ///< Of an expression.
  std::optional<std::vector<double>> expected;  ///< SI
};

/// Reads one measurement; problems go to the node's diagnostics.
class Reader {
 public:
  /// `hasPlan`: `outlines` are all the instruments there will be, even if none.
  Reader(const Node& node, const std::vector<InstrumentOutline>& outlines, bool hasPlan)
      : node_(node), outlines_(outlines), hasPlan_(hasPlan) {}

  /// After read(): the unit at least is one.
  [[nodiscard]] bool hasUnit() const { return hasUnit_; }

  /// Nothing after a problem.
  std::optional<Entry> read(const std::string& name, const std::vector<Variable>& earlier) {
    entry_.result.name = name;
    entry_.result.title = node_.localText("title");
    entry_.result.unit = node_.text("unit", "1");
    try {
      entry_.unit = core::parseUnit(entry_.result.unit);
      hasUnit_ = true;
    } catch (const core::Error& error) {
      report("unit", error.what());
      askForAllKeys();
      return std::nullopt;
    }
    if (node_.has("value")) {
      readExpression(earlier);
    } else {
      readReduction();
    }
    if (!hasProblem_) readExpectation();
    if (hasProblem_) {
      askForAllKeys();
      return std::nullopt;
    }
    return entry_;
  }

 private:
  void report(const std::string& key, const std::string& message) {
    hasProblem_ = true;
    node_.errorAt(key, message);
  }

  // What was not read because of an earlier problem is not an unknown key.
  void askForAllKeys() const {
    for (const char* key :
         {"value", "instrument", "dataset", "divide_by", "at", "along", "between", "reduce", "index",
          "expected", "tolerance", "position", "level", "direction", "threshold", "count", "lower", "upper"})
      static_cast<void>(node_.has(key));
    for (const char* key : {"at", "divide_by"})
      if (const auto child = node_.optionalChild(key))
        for (const std::string& inner : child->keys()) static_cast<void>(child->has(inner));
  }

  void readExpression(const std::vector<Variable>& earlier) {
    entry_.node = node_;
    // Dimensions do not depend on the values, so any will do to check them before a run.
    hasProblem_ = std::isnan(node_.quantityWith("value", entry_.result.unit, earlier));
  }

  const DatasetOutline* findDataset(const Node& node, std::string& instrument) {
    instrument = node.text("instrument", "");
    const std::string name = node.text("dataset", "");
    std::vector<std::string> known;
    for (const auto& outline : outlines_) known.push_back(outline.name);
    if (instrument.empty()) {
      hasProblem_ = true;
      node.errorAt("instrument",
                   "missing; a measurement names an instrument or has a \"value\"; " + alternatives(known));
      return nullptr;
    }
    const auto found =
        std::find_if(outlines_.begin(), outlines_.end(),
                     [&](const InstrumentOutline& outline) { return outline.name == instrument; });
    if (found == outlines_.end()) {
      hasProblem_ = true;
      node.errorAt("instrument", unknownName("an instrument of this lab", instrument, known));
      return nullptr;
    }
    known.clear();
    for (const auto& dataset : found->datasets) known.push_back(dataset.name);
    if (name.empty() && found->datasets.size() == 1) return &found->datasets.front();
    for (const auto& dataset : found->datasets)
      if (dataset.name == name) return &dataset;
    hasProblem_ = true;
    node.errorAt("dataset", name.empty()
                                ? "missing; " + alternatives(known)
                                : unknownName("a dataset of " + core::quoted(instrument), name, known));
    return nullptr;
  }

  void readReduction() {
    std::vector<std::string> words;
    for (const Reduction& reduction : kReductions) words.emplace_back(reduction.name);
    const std::string word = node_.word("reduce", words);
    const auto reduction = std::find_if(std::begin(kReductions), std::end(kReductions),
                                        [&](const Reduction& known) { return word == known.name; });
    if (!hasPlan_ || !node_.has("reduce") || reduction == std::end(kReductions)) {
      // Without a plan nothing can be said of its datasets, and its problems are on record already.
      hasProblem_ = true;
      return;
    }
    const DatasetOutline* dataset = findDataset(node_, entry_.selection.instrument);
    if (dataset == nullptr) return;
    entry_.selection.dataset = dataset->name;
    core::Dimension value;
    if (!parseDimension("dataset", dataset->unit, value)) return;
    if (const auto divisor = node_.optionalChild("divide_by")) {
      const DatasetOutline* other = findDataset(*divisor, entry_.selection.divisorInstrument);
      if (other == nullptr) return;
      entry_.selection.divisorDataset = other->name;
      core::Dimension below;
      if (!parseDimension("divide_by", other->unit, below)) return;
      value = combine(value, below, -1);
    }
    if (!readSelection(*dataset)) return;
    if (reduction->unit != ResultUnit::value && axisName_.empty() && reduction->unit != ResultUnit::number) {
      report("reduce", "\"" + word + "\" needs an axis, but this dataset is a single number");
      return;
    }
    const core::Dimension dimension = dimensionOf(reduction->unit, value, axisDimension_);
    if (!(dimension == entry_.unit.dimension)) {
      report("unit", core::quoted(entry_.result.unit) + " is a unit of " +
                         core::describe(entry_.unit.dimension) + ", but " + word + " of " + dataset->name +
                         " is " + core::describe(dimension) + ", for example " +
                         core::quoted(core::exampleOf(dimension)));
      return;
    }
    readOptions(word, dataset->unit);
    entry_.result.isList = reduction->isList;
    if (reduction->isList && node_.has("index")) {
      entry_.index = static_cast<int>(node_.integer("index", 0, 1000));
      entry_.result.isList = false;
    }
  }

  bool parseDimension(const char* key, const std::string& unit, core::Dimension& dimension) {
    try {
      dimension = core::parseUnit(unit).dimension;
      return true;
    } catch (const core::Error& error) {
      report(key, error.what());
      return false;
    }
  }

  bool readSelection(const DatasetOutline& dataset) {
    const auto unitOfAxis = [&](const std::string& name) -> const std::string* {
      for (std::size_t i = 0; i < dataset.axes.size(); ++i)
        if (dataset.axes[i] == name) return &dataset.axisUnits[i];
      return nullptr;
    };
    std::vector<std::string> left = dataset.axes;
    if (const auto at = node_.optionalChild("at"))
      for (const std::string& axis : at->keys()) {
        const std::string* unit = unitOfAxis(axis);
        if (unit == nullptr) {
          hasProblem_ = true;
          at->errorAt(axis, unknownName("an axis of " + core::quoted(dataset.name), axis, dataset.axes));
          continue;
        }
        entry_.selection.at[axis] = at->quantity(axis, *unit);
        std::erase(left, axis);
      }
    if (hasProblem_) return false;
    if (node_.has("along")) {
      axisName_ = node_.text("along");
      if (std::find(left.begin(), left.end(), axisName_) == left.end()) {
        report("along", unknownName("an axis left of " + core::quoted(dataset.name), axisName_, left));
        return false;
      }
    } else if (left.size() > 1) {
      report(
          "along",
          "missing; " + core::quoted(dataset.name) + " has the axes " + core::listed(left, "and") +
              ": name the one to go along, and fix the others in \"at\" where they have more than one entry");
      return false;
    } else if (!left.empty()) {
      axisName_ = left.front();
    }
    entry_.selection.along = axisName_;
    if (axisName_.empty()) return true;
    axisUnit_ = *unitOfAxis(axisName_);
    if (!parseDimension("along", axisUnit_, axisDimension_)) return false;
    if (node_.has("between")) {
      const std::vector<double> limits = node_.quantities("between", axisUnit_);
      if (limits.size() != 2 || !(limits[0] < limits[1])) {
        report("between", "two values are needed, the lower one first");
        return false;
      }
      entry_.selection.between = {limits[0], limits[1]};
    }
    return true;
  }

  void readOptions(const std::string& word, const std::string& valueUnit) {
    const auto isOneOf = [&word](std::initializer_list<const char*> words) {
      return std::any_of(words.begin(), words.end(), [&](const char* known) { return word == known; });
    };
    const Range fraction{0, 1, true};
    PeakOptions peaks;
    if (isOneOf({"peak_position", "peak_positions", "trough_positions", "peak_spacing"})) {
      peaks.threshold = node_.quantity("threshold", "1", fraction, 0.1);
      peaks.count = static_cast<int>(node_.integer("count", 1, 1000, word == "peak_position" ? 1 : 0));
    }
    auto& reduce = entry_.reduce;
    const auto one = [](double value) { return std::vector<double>{value}; };
    const auto extreme = [one](const Series& series, bool isLargest) {
      return one(isLargest ? *std::max_element(series.y.begin(), series.y.end())
                           : *std::min_element(series.y.begin(), series.y.end()));
    };
    if (word == "value_at") {
      const double position = node_.quantity("position", axisUnit_.empty() ? "1" : axisUnit_);
      reduce = [one, position](const Series& series) { return one(valueAt(series, position)); };
    } else if (word == "maximum" || word == "minimum") {
      reduce = [extreme, isLargest = word == "maximum"](const Series& series) {
        return extreme(series, isLargest);
      };
    } else if (word == "mean") {
      reduce = [one](const Series& series) { return one(meanOf(series)); };
    } else if (word == "rms") {
      reduce = [one](const Series& series) { return one(rmsOf(series)); };
    } else if (word == "first") {
      reduce = [one](const Series& series) { return one(series.y.front()); };
    } else if (word == "last") {
      reduce = [one](const Series& series) { return one(series.y.back()); };
    } else if (word == "integral") {
      reduce = [one](const Series& series) { return one(integralOf(series)); };
    } else if (word == "centre") {
      reduce = [one](const Series& series) { return one(centreOf(series)); };
    } else if (word == "peak_position" || word == "peak_positions") {
      reduce = [peaks](const Series& series) { return positionsOf(findPeaks(series, peaks)); };
    } else if (word == "trough_positions") {
      reduce = [peaks](const Series& series) { return positionsOf(findPeaks(negated(series), peaks)); };
    } else if (word == "peak_spacing") {
      reduce = [one, peaks](const Series& series) { return one(peakSpacing(series, peaks)); };
    } else if (word == "half_width") {
      const double level = node_.quantity("level", "1", fraction, 0.5);
      reduce = [one, level](const Series& series) { return one(widthOfPeak(series, level)); };
    } else if (word == "cutoff") {
      const double level = node_.quantity("level", node_.has("divide_by") ? "1" : valueUnit);
      const std::string direction = node_.word("direction", {"rising", "falling", "any"}, "any");
      const Crossing crossing = direction == "rising"    ? Crossing::rising
                                : direction == "falling" ? Crossing::falling
                                                         : Crossing::any;
      reduce = [one, level, crossing](const Series& series) {
        return one(crossingOf(series, level, crossing));
      };
    } else if (word == "slope") {
      reduce = [one](const Series& series) { return one(slopeOf(series)); };
    } else {
      readResonanceOptions(word == "resonance_qualities");
    }
  }

  void readResonanceOptions(bool wantsQuality) {
    ResonanceOptions options;
    const std::string unit = axisUnit_ == "s" ? "Hz" : "1/" + axisUnit_;
    options.lower = node_.quantity("lower", unit, kNotNegative, 0);
    options.upper = node_.quantity("upper", unit, kPositive, 0);
    options.threshold = node_.quantity("threshold", "1", Range{0, 1, true}, options.threshold);
    options.count = static_cast<int>(node_.integer("count", 1, 100, 0));
    if (options.upper > 0 && options.upper <= options.lower) {
      report("upper", "must be greater than \"lower\"");
      return;
    }
    entry_.reduce = [options, wantsQuality](const Series& series) {
      std::vector<double> values;
      for (const Resonance& resonance : findResonances(series, options))
        values.push_back(wantsQuality ? resonance.quality() : resonance.frequency);
      return values;
    };
  }

  void readExpectation() {
    const std::string& unit = entry_.result.unit;
    if (!node_.has("expected")) {
      if (node_.has("tolerance")) report("tolerance", "stands without \"expected\"");
      return;
    }
    std::vector<double> si = entry_.result.isList ? node_.quantities("expected", unit)
                                                  : std::vector<double>{node_.quantity("expected", unit)};
    std::vector<double> shown;
    for (const double value : si) shown.push_back(entry_.unit.fromSi(value));
    const auto tolerance = node_.tolerance("tolerance", unit);
    if (!tolerance) {
      report("tolerance", "missing; an expected value needs one, for example \"2 %\"");
      return;
    }
    for (const double value : shown)
      entry_.result.tolerances.push_back(tolerance->isRelative ? tolerance->value * std::abs(value)
                                                               : tolerance->value / entry_.unit.scale);
    entry_.result.expected = shown;
    entry_.expected = std::move(si);
  }

  const Node& node_;
  const std::vector<InstrumentOutline>& outlines_;
  bool hasPlan_;
  Entry entry_;
  bool hasProblem_ = false, hasUnit_ = false;
  std::string axisName_, axisUnit_;
  core::Dimension axisDimension_;
};

}  // namespace

std::optional<bool> MeasurementResult::isMet() const {
  if (!expected) return std::nullopt;
  for (std::size_t i = 0; i < expected->size(); ++i) {
    // Of a list, each expected value is looked for among those found.
    const bool isFound = std::any_of(values.begin(), values.end(), [&](double value) {
      return std::abs(value - (*expected)[i]) <= tolerances[i];
    });
    if (!isFound) return false;
  }
  return true;
}

struct MeasurementPlan::Implementation {
  std::vector<Entry> entries;
  Diagnostics* diagnostics = nullptr;
};

MeasurementPlan::MeasurementPlan(const Lab& lab, const std::vector<InstrumentOutline>& outlines)
    : implementation_(std::make_unique<Implementation>()) {
  implementation_->diagnostics = &lab.diagnostics();
  // A simulation without a plan has said why; one with a plan and no outlines has no instruments.
  const bool hasPlan = !outlines.empty() || !lab.diagnostics().hasErrors();
  std::vector<Variable> earlier;
  for (const MeasurementSpec& spec : lab.measurements()) {
    Reader reader(spec.node, outlines, hasPlan);
    const auto entry = reader.read(spec.name, earlier);
    // Values to check expressions with: no two alike, so that a difference is not zero by chance. One with a
    // problem of its own is no further problem to those that use it.
    if (reader.hasUnit() && isUsable(spec.name) && !(entry && entry->result.isList))
      earlier.push_back({spec.name, 1 + 0.6180339887498949 * static_cast<double>(earlier.size() + 1),
                         spec.node.text("unit", "1")});
    if (entry) implementation_->entries.push_back(*entry);
  }
}

MeasurementPlan::~MeasurementPlan() = default;

std::vector<MeasurementResult> MeasurementPlan::evaluate(const InstrumentData& data) const {
  std::vector<MeasurementResult> results;
  std::vector<Variable> earlier;
  for (const Entry& entry : implementation_->entries) {
    MeasurementResult result = entry.result;
    std::vector<double> si;
    try {
      if (entry.reduce) {
        si = entry.reduce(select(data, entry.selection));
        if (entry.index) {
          if (static_cast<std::size_t>(*entry.index) >= si.size())
            throw core::Error("only " + std::to_string(si.size()) + " values were found, but index " +
                              std::to_string(*entry.index) + " (from 0) is asked for");
          si = {si[static_cast<std::size_t>(*entry.index)]};
        }
      } else {
        const std::size_t before = implementation_->diagnostics->errors().size();
        si = {entry.node->quantityWith("value", result.unit, earlier)};
        if (std::isnan(si.front())) {
          const auto& errors = implementation_->diagnostics->errors();
          throw core::Error(errors.size() > before ? errors.back() : "a measurement it uses has no value");
        }
      }
      for (const double value : si) {
        result.values.push_back(entry.unit.fromSi(value));
        if (std::isnan(value)) throw core::Error("the data are not finite");
      }
      if (!result.isList && isUsable(result.name)) earlier.push_back({result.name, si.front(), result.unit});
    } catch (const core::Error& error) {
      result.values.clear();
      result.problem = error.what();
    }
    results.push_back(std::move(result));
  }
  return results;
}

}  // namespace aula::lab
