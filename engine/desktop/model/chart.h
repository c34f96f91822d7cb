// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "lab/record/measurement.h"
#include "scene/view/view.h"

namespace aula::desktop {

/// A line of a chart, in the chart's units.
struct Curve {
  std::string name;
  std::vector<double> x, y;
};

/// Values over two axes, in the chart's units; rows by `y`, each as long as `x`.
struct Grid2 {
  std::vector<double> x, y;
  std::vector<float> values;
};

/// One picture of an instrument's data, in units that read well: curves over an axis, or a map over two.
struct Chart {
  std::string id;          ///< "screen/intensity": the same chart from one moment to the next.
  std::string title;       ///< "Intensity"
  std::string instrument;  ///< Its key in the lab file.
  std::string xLabel, yLabel,
      valueLabel;  ///< With units; a map's values are `valueLabel`, a curve's `yLabel`.
  std::string xUnit, yUnit, valueUnit;
  bool isMap = false;
  bool isSigned = false;  ///< A map of values on both sides of zero, whether there are any yet or not.
  std::vector<Curve> curves;
  Grid2 grid;
  std::string number;  ///< A dataset that is a single number: its text.
};

/// Everything an instrument has that can be drawn. Curves of one instrument over one axis and in one unit
/// share a chart. Of data over three axes or more the middle of the slowest ones is shown; the title says
/// where.
[[nodiscard]] std::vector<Chart> chartsOf(const lab::InstrumentData& data);

/// A map whose instrument stands in the frame as a signed plane or volume is signed, also while it is zero
/// everywhere.
void tellSigns(std::vector<Chart>& charts, const scene::Frame& frame);

/// Comma-separated values (RFC 4180) in the chart's units: a heading line, then one row a point. Curves that
/// share their x share it here.
[[nodiscard]] std::string csvOf(const Chart& chart);

}  // namespace aula::desktop
