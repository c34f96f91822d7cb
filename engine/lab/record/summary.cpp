// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "core/io/atomic_file.h"
#include "core/units/quantity.h"
#include "core/version.h"
#include "lab/record/run_record.h"

namespace aula::lab {

namespace {

using Json = nlohmann::ordered_json;

// JSON knows no NaN: what could not be measured is null. Fifteen digits leave out what converting a unit
// rounds: 500, not 500.00000000000006.
Json number(double value) {
  if (!std::isfinite(value)) return {};
  char text[40];
  std::snprintf(text, sizeof text, "%.15g", value);
  return std::strtod(text, nullptr);
}

Json numberOrList(const std::vector<double>& values, bool isList) {
  if (!isList) return values.empty() ? Json() : number(values.front());
  Json list = Json::array();
  for (const double value : values) list.push_back(number(value));
  return list;
}

Json resultsOf(const RunRecord& record) {
  Json results = Json::object();
  for (const MeasurementResult& result : record.results) {
    Json entry{{"value", numberOrList(result.values, result.isList)}, {"unit", result.unit}};
    if (result.expected) entry["expected"] = numberOrList(*result.expected, result.isList);
    if (!result.tolerances.empty()) entry["tolerance"] = numberOrList(result.tolerances, result.isList);
    results[result.name] = entry;
  }
  return results;
}

}  // namespace

std::string summaryText(const RunRecord& record) {
  Json parameters = Json::object();
  for (const Knob& knob : record.lab->knobs()) {
    double value = knob.value;
    if (!knob.unit.empty()) value = core::parseUnit(knob.unit).fromSi(knob.value);
    parameters[knob.name] = Json{{"value", number(value)}, {"unit", knob.unit.empty() ? "1" : knob.unit}};
  }
  const Json summary{{"lab", record.lab->id()},
                     {"title", record.lab->title().in("en")},
                     {"program", {{"version", core::version()}, {"build", core::buildDescription()}}},
                     {"parameters", parameters},
                     {"seed", record.seed},
                     {"device",
                      {{"kind", compute::deviceName(record.device.kind)},
                       {"name", record.deviceName},
                       {"threads", record.device.threads}}},
                     {"steps", record.steps},
                     {"simulated_time", {{"value", record.simulatedTime}, {"unit", "s"}}},
                     {"wall_seconds", record.wallSeconds},
                     {"speed", {{"value", number(record.speed)}, {"unit", record.speedUnit}}},
                     {"results", resultsOf(record)},
                     {"warnings", record.warnings},
                     {"outputs", record.outputs}};
  // Text from elsewhere (a device's name) may hold anything; a summary must still be JSON.
  return summary.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void writeSummary(RunRecord& record) {
  if (std::find(record.outputs.begin(), record.outputs.end(), "summary.json") == record.outputs.end())
    record.outputs.insert(record.outputs.begin(), "summary.json");
  core::writeFile(record.output / "summary.json", summaryText(record));
}

}  // namespace aula::lab
