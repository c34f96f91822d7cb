// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/device_options.h"

namespace CLI {
class App;
}

namespace aula::app {

/// Which kind of picture `aula render` draws.
enum class RenderKind {
  automatic,
  plane,   ///< A plane seen straight on, with axes, as `aula run` draws it.
  figure,  ///< The space in a box with axes, as `aula run` draws it.
  scene    ///< The space as it would be photographed.
};

/// How a scene is drawn.
enum class RenderWay { automatic, path, raster };

/// A camera as the command line tells it; degrees.
struct CameraWords {
  double azimuth = -60, elevation = 24, fieldOfView = 24;
};

/// `aula render`'s words, as typed and as understood.
struct RenderOptions {
  std::string lab, size, time, frames, camera, kind = "auto", language, view, colourMap;
  std::filesystem::path output;
  std::vector<std::string> settings;
  DeviceOptions device;
  std::int64_t step = 0;
  std::uint64_t seed = 0;
  int samples = 64, tile = 256;
  double exposure = 0, opacity = 1;
  bool isPath = false, isRaster = false, isVideo = false, isDark = false, isTransparent = false,
       isCutAway = false, isResuming = false, isQuiet = false;

  void addTo(CLI::App& command);
};

/// "7680x4320". Throws core::Error (input).
[[nodiscard]] std::pair<int, int> parseRenderSize(const std::string& text);
/// "-60,24", "-60,24,30" or the name of a viewpoint: front, back, left, right, top, bottom, corner.
[[nodiscard]] CameraWords parseCamera(const std::string& text);
/// "A:B", counted from 1.
[[nodiscard]] std::pair<int, int> parseFrames(const std::string& text, int count);
[[nodiscard]] RenderKind parseRenderKind(const std::string& text);

}  // namespace aula::app
