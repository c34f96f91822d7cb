// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "lab/record/measurement.h"

namespace aula::lab {

/// The plots of a report, as assets/report/report.js draws them.
struct ReportPlots {
  nlohmann::ordered_json plots = nlohmann::ordered_json::array();
  std::vector<std::string> leftOut;  ///< Datasets that are not shown, "instrument/dataset".
};

/// One-dimensional datasets as curves, thinned to what a screen shows with every extreme kept;
/// two-dimensional ones with up to eight rows as so many curves, others as maps of 16-bit values; of more
/// dimensions the last entry of the slowest axes, said in the title by `atText` ("at {0} = {1}"). So that a
/// report stays a page, maps stop at about 6 MB.
[[nodiscard]] ReportPlots makeReportPlots(const InstrumentData& data, const std::string& atText);

/// RFC 4648, section 4.
[[nodiscard]] std::string base64(const void* bytes, std::size_t count);

/// `text` with {0}, {1} ... replaced.
[[nodiscard]] std::string fillIn(std::string text, const std::vector<std::string>& values);

}  // namespace aula::lab
