// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace aula::lab {

/// One axis of a dataset: coordinates in the order of the values.
struct Axis {
  std::string name;            ///< "time", "frequency", "x", ...
  std::string unit;            ///< SI unit of `values`: "s", "Hz", "m".
  std::vector<double> values;  ///< One coordinate an entry along this axis.
};

/// A named array with units, as an instrument hands it to the recorder, the report and the measurements.
struct Dataset {
  std::string name;                ///< Unique within its instrument: "ez", "power", "intensity".
  std::string label;               ///< For an axis or a colour bar: "Electric field, z".
  std::string unit;                ///< SI unit of the values.
  std::vector<Axis> axes;          ///< Slowest first (C order, as HDF5 stores it); a single number has none.
  std::vector<double> values;      ///< Product of the axes' lengths.
  bool isSinglePrecision = false;  ///< Computed in float: the recorder stores it as float, losing nothing.
};

}  // namespace aula::lab
