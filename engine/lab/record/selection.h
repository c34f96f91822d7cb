// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "lab/record/measurement.h"
#include "lab/record/reduction.h"

namespace aula::lab {

/// Which curve of a run's data a measurement looks at; all in SI.
struct Selection {
  std::string instrument, dataset;
  std::string divisorInstrument, divisorDataset;  ///< Empty: none. Divided by, point by point.
  std::map<std::string, double> at;  ///< Coordinates that fix other axes; linear between entries.
  std::string along;                 ///< The axis that is left; empty: a single number.
  std::optional<std::pair<double, double>> between;  ///< Window on it, ends included.
};

/// The curve. Axes of one entry need not be fixed. Throws core::Error with the reason when it cannot be had.
[[nodiscard]] Series select(const InstrumentData& data, const Selection& selection);

}  // namespace aula::lab
