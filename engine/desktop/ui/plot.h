// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <imgui.h>

#include <cstdint>
#include <functional>
#include <string>

#include "desktop/model/axis.h"
#include "desktop/model/chart.h"
#include "desktop/scene/colour_image.h"
#include "desktop/screen.h"
#include "desktop/ui/style.h"

namespace aula::desktop {

/// A texture on a screen that goes with its owner.
class OwnedTexture {
 public:
  OwnedTexture() = default;
  ~OwnedTexture() { drop(); }
  OwnedTexture(const OwnedTexture&) = delete;
  OwnedTexture& operator=(const OwnedTexture&) = delete;
  OwnedTexture(OwnedTexture&& other) noexcept : screen_(other.screen_), id_(other.id_) { other.id_ = 0; }

  void set(Screen& screen, const render::Image& image);
  void drop();
  [[nodiscard]] std::uint64_t id() const { return id_; }

 private:
  Screen* screen_ = nullptr;
  std::uint64_t id_ = 0;
};

/// How a chart is looked at: what is kept of it between frames.
struct PlotView {
  Axis x, y;
  bool isFollowing = true;  ///< The axes show all the data as they grow, until somebody zooms.
  bool isLogX = false, isLogY = false;
  bool isBoxing = false;  ///< A box is being drawn with the right button.
  ImVec2 boxFrom;
  // A map's picture, made again when one of these differs.
  OwnedTexture texture;
  std::uint64_t textureKey = 0;
  Region textureRegion;
  ImVec2 textureSize;
  render::Limits limits{0, 0};
  render::ColourLimits steady;  ///< Of a map that is followed: only ever wider.
  std::uint64_t limitsKey = 0;
};

struct PlotStyle {
  const render::ColourMap* sequential = nullptr;
  const render::ColourMap* diverging = nullptr;
};

/// A plot in a rectangle of the current window, with mouse and keyboard: wheel zooms about the cursor (with
/// Ctrl only across, with Shift only upwards), drag moves, right drag zooms into a box, double click shows
/// all; with the keyboard on it + - and arrows. `dataKey` changes with the data.
void plot(const Look& look, Screen& screen, const char* id, const Chart& chart, PlotView& view, ImVec2 size,
          const PlotStyle& style, std::uint64_t dataKey);

// ---- The parts, for the scene's picture as well.

/// Where the axes' labels leave room for the data.
struct PlotFrame {
  ImVec2 low, high;  ///< Upper left, lower right, pixels.
  [[nodiscard]] float x(double position) const {
    return low.x + static_cast<float>(position) * (high.x - low.x);
  }
  [[nodiscard]] float y(double position) const {
    return high.y - static_cast<float>(position) * (high.y - low.y);
  }
};
[[nodiscard]] PlotFrame layOutPlot(const Look& look, ImVec2 at, ImVec2 size, const Axis& y, bool hasXLabel,
                                   bool hasYLabel, float roomRight);
void drawAxes(const Look& look, ImDrawList& list, const PlotFrame& frame, const Axis& x, const Axis& y,
              const std::string& xLabel, const std::string& yLabel, bool hasGrid);
/// Standing, `height` pixels high, at the upper left corner given.
void drawColourBar(const Look& look, ImDrawList& list, ImVec2 at, float height, const render::ColourMap& map,
                   const render::Limits& limits, const std::string& label);
/// What a colour bar of this height and its labels need across.
[[nodiscard]] float colourBarWidth(const Look& look, const render::Limits& limits, float height);
/// A box with a few lines of text near the cursor, within the frame.
void drawReadout(const Look& look, ImDrawList& list, const PlotFrame& frame, ImVec2 near,
                 const std::vector<std::string>& lines, const std::vector<ImU32>& colours);

}  // namespace aula::desktop
