// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "lab/file/place.h"
#include "lab/lab.h"

namespace aula::lab {

/// --set's pairs: knob and value.
using KnobSettings = std::vector<std::pair<std::string, std::string>>;

/// [a-z][a-z0-9_-]*, 64 bytes at most.
[[nodiscard]] bool isPlainName(const std::string& name);

/// Reads the sections that do not depend on the kind of simulation. Private to lab.
class LabParser {
 public:
  explicit LabParser(Lab& lab) : lab_(lab) {}

  /// Fills the lab. Problems inside the sections go to its diagnostics; a text that is no document throws.
  void parse(const std::string& json, const std::string& name, const KnobSettings& settings,
             const KnobValues& turned);

 private:
  void readHeader(const Node& root);
  void readRun(const Node& root);
  void readMeasurements(const Node& root);
  void readActivities(const Node& root);
  void readAnswer(const Node& node, Activity& activity);
  /// Reports instruments' and measurements' names that files and expressions could not use.
  void checkName(const Node& node, const std::string& name, const char* kind) const;

  Lab& lab_;
};

/// Reads the section "knobs" and applies --set, then the knobs that were turned since. Knobs may use one
/// another in any order; a circle is reported with its members. Fills `document.knobs`.
[[nodiscard]] std::vector<Knob> readKnobs(LabDocument& document, const Node& root,
                                          const KnobSettings& settings, const KnobValues& turned);

}  // namespace aula::lab
