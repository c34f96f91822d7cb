// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace aula::tests {

/// A small lab of the kind fdtd: 40 x 30 cells in TM with one source; `simulation` and `instruments` are
/// further members of those sections, "" or text that begins with a comma (simulation) or stands alone
/// (instruments).
inline std::string labText(const std::string& simulation, const std::string& instruments) {
  return R"({"aula": 1, "title": "Test",
    "simulation": {"kind": "fdtd", "dimensions": "tm", "grid": {"size": ["4 um", "3 um"], "cell": "100 nm"},
      "sources": [{"kind": "dipole", "position": ["-0.5 um", 0],
                   "waveform": {"kind": "continuous", "wavelength": "1 um"}}])" +
         simulation + R"(}, "instruments": {)" + instruments + R"(}, "run": {"steps": 200}})";
}

}  // namespace aula::tests
