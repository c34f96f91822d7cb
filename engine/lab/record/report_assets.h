// SPDX-License-Identifier: Apache-2.0
#pragma once

/// The files of assets/report, embedded when the program is built.
namespace aula::lab {

extern const char* const kReportPage;    ///< HTML with {{name}} where something is filled in.
extern const char* const kReportStyle;   ///< CSS
extern const char* const kReportScript;  ///< JavaScript
extern const char* const kReportWords;   ///< JSON: language, then word.

}  // namespace aula::lab
