// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lab/lab.h"
#include "lab/record/dataset.h"
#include "lab/session/simulation.h"

namespace aula::lab {

/// A named result of a run, in the unit its lab file asks for.
struct MeasurementResult {
  std::string name;
  LocalText title;
  std::string unit;            ///< As the lab file writes it: "um"; "1" for a pure number.
  std::vector<double> values;  ///< In `unit`; one unless isList; empty when it could not be measured.
  bool isList = false;         ///< Peak positions, resonances: any number of values.
  std::optional<std::vector<double>> expected;  ///< In `unit`.
  std::vector<double>
      tolerances;       ///< Largest |value - expected| that passes, in `unit`, one an expected value.
  std::string problem;  ///< Why there is no value.

  /// Whether every expected value was met; empty without an expectation.
  [[nodiscard]] std::optional<bool> isMet() const;
};

/// Data by instrument, as a RunRecord holds them.
using InstrumentData = std::vector<std::pair<std::string, std::vector<Dataset>>>;

/// The section "measurements", checked. The grammar stands in engine/lab/record/README.md.
class MeasurementPlan {
 public:
  /// Problems go to the lab's diagnostics. `outlines` may be empty: then names of datasets are checked by
  /// evaluate().
  MeasurementPlan(const Lab& lab, const std::vector<InstrumentOutline>& outlines);
  ~MeasurementPlan();
  MeasurementPlan(const MeasurementPlan&) = delete;
  MeasurementPlan& operator=(const MeasurementPlan&) = delete;

  /// In the lab file's order. What cannot be measured (no peak, no such dataset) has a `problem` and no
  /// value.
  [[nodiscard]] std::vector<MeasurementResult> evaluate(const InstrumentData& data) const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace aula::lab
