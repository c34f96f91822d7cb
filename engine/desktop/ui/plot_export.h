// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "desktop/ui/plot.h"

namespace aula::desktop {

class Desk;

/// The chart as it is looked at, 1200 x 750 on white with its title, into a PNG. Throws core::Error.
void exportPlot(Desk& desk, const Chart& chart, const PlotView& view, const std::filesystem::path& path);

}  // namespace aula::desktop
