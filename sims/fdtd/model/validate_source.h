// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "fdtd/model/setup.h"

namespace aula::fdtd {

/// printf into a string of at most 511 characters.
[[nodiscard, gnu::format(printf, 1, 2)]] std::string formatMessage(const char* format, ...);

/// Parts of validate(): append what is wrong with a source. The grid, boundaries and materials must be good;
/// `areObjectsGood` says whether the objects are, so that a plane wave may be checked against them.
void checkSource(const Setup& setup, const PointDipole& dipole, bool areObjectsGood,
                 std::vector<std::string>& messages);
void checkSource(const Setup& setup, const SheetCurrent& sheet, bool areObjectsGood,
                 std::vector<std::string>& messages);
void checkSource(const Setup& setup, const PlaneWave& wave, bool areObjectsGood,
                 std::vector<std::string>& messages);

}  // namespace aula::fdtd
