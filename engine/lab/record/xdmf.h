// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "lab/record/dataset.h"
#include "lab/record/measurement.h"

namespace aula::lab {

/// Where the recorder puts an axis of a dataset in data.h5.
[[nodiscard]] std::string axisPath(const std::string& group, const Dataset& dataset, const Axis& axis);

/// XDMF 3 text that describes every dataset on a regular lattice in `dataFile`: axes among "x", "y", "z" in
/// m, evenly spaced, in any order, and at most one other axis, the slowest, whose entries become steps.
/// Others are left out. A lattice of one or two axes lies in the plane of those that are missing, at 0.
/// Only of `instruments`, all when empty. `time` is that of datasets without a time axis, s.
[[nodiscard]] std::string xdmfText(const InstrumentData& data, const std::vector<std::string>& instruments,
                                   const std::string& dataFile, double time);

}  // namespace aula::lab
