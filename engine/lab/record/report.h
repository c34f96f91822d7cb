// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "lab/record/run_record.h"

namespace aula::lab {

/// Files of the output folder that the report shows; empty: none.
struct ReportMedia {
  std::string picture;  ///< PNG, embedded.
  std::string video;    ///< MP4, embedded below 6 MB, else linked.
};

/// The report as one self-contained HTML page: no network, no file beside it but a large video. `language` is
/// en, zh, fr or es. Throws core::Error (failure) when a picture cannot be read.
[[nodiscard]] std::string reportText(const RunRecord& record, const ReportMedia& media,
                                     const std::string& language);
/// The same into report.html of the output folder, which is added to `outputs`.
void writeReport(RunRecord& record, const ReportMedia& media, const std::string& language);

}  // namespace aula::lab
