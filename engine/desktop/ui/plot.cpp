// SPDX-License-Identifier: Apache-2.0
#include "desktop/ui/plot.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace aula::desktop {
namespace {

constexpr double kWheelZoom = 0.85;  ///< Shown after a notch, as a share of what was.

/// Curves' axes from their data.
void followCurves(const Chart& chart, PlotView& view) {
  std::vector<double> x, y;
  for (const Curve& curve : chart.curves) {
    x.insert(x.end(), curve.x.begin(), curve.x.end());
    y.insert(y.end(), curve.y.begin(), curve.y.end());
  }
  view.x = axisFor(x, view.isLogX, 0);
  // Powers and intensities stand on zero.
  const bool isPositive = std::none_of(y.begin(), y.end(), [](double v) { return v < 0; });
  view.y = axisFor(y, view.isLogY, 0.06);
  if (isPositive && !view.isLogY && !y.empty()) view.y.lower = 0;
  if (!(view.y.upper > view.y.lower)) view.y.upper = view.y.lower + 1;
}

/// Of a map's colours: what its values must reach, or the colours follow them.
constexpr double kLeastUse = 0.4;

void followMap(const Chart& chart, PlotView& view, std::uint64_t dataKey) {
  view.x = axisFor(chart.grid.x, false, 0);
  view.y = axisFor(chart.grid.y, false, 0);
  if (view.limitsKey == dataKey && view.limits.lower < view.limits.upper) return;
  // As the scene's planes: a source's own strong node does not pale all others, and colours hold still.
  scene::VolumeView values;
  values.nx = static_cast<int>(chart.grid.x.size());
  values.ny = static_cast<int>(chart.grid.y.size());
  const auto& all = chart.grid.values;
  values.values = std::shared_ptr<const std::vector<float>>(std::shared_ptr<void>(), &all);
  // A colour map once signed stays so.
  const bool isSigned = chart.isSigned || view.limits.lower < 0 ||
                        std::any_of(all.begin(), all.end(), [](float v) { return v < 0; });
  values.name = isSigned ? "signed" : "plain";
  values.scale = isSigned ? scene::ColourScale::diverging : scene::ColourScale::sequential;
  view.steady.observe(values);
  view.limits = view.steady.of(values);
  // A histogram's shares shrink as it spreads: colours that the present values hardly use begin anew.
  render::ColourLimits fresh;
  fresh.observe(values);
  if (const render::Limits now = fresh.of(values); !isSigned && now.upper < kLeastUse * view.limits.upper) {
    view.steady = std::move(fresh);
    view.limits = now;
  }
  view.limitsKey = dataKey;
}

/// Mouse and keys on the plot. True when the view changed.
bool handleInput(PlotView& view, const PlotFrame& frame, bool isHovered, bool isActive, bool isFocused) {
  const ImGuiIO& io = ImGui::GetIO();
  const float width = frame.high.x - frame.low.x, height = frame.high.y - frame.low.y;
  bool hasChanged = false;
  const double px = (io.MousePos.x - frame.low.x) / width, py = (frame.high.y - io.MousePos.y) / height;
  if (isHovered && io.MouseWheel != 0) {
    const double factor = std::pow(kWheelZoom, io.MouseWheel);
    if (!io.KeyShift) view.x.zoom(std::clamp(px, 0.0, 1.0), factor);
    if (!io.KeyCtrl) view.y.zoom(std::clamp(py, 0.0, 1.0), factor);
    hasChanged = true;
  }
  if (isActive && ImGui::IsMouseDragging(ImGuiMouseButton_Left, 2)) {
    view.x.pan(-io.MouseDelta.x / width);
    view.y.pan(io.MouseDelta.y / height);
    hasChanged = io.MouseDelta.x != 0 || io.MouseDelta.y != 0;
  }
  if (isHovered && ImGui::IsMouseClicked(ImGuiMouseButton_Right)) {
    view.isBoxing = true;
    view.boxFrom = io.MousePos;
  }
  if (view.isBoxing && !ImGui::IsMouseDown(ImGuiMouseButton_Right)) {
    view.isBoxing = false;
    const double ax = (view.boxFrom.x - frame.low.x) / width, ay = (frame.high.y - view.boxFrom.y) / height;
    const auto narrow = [](Axis& axis, double a, double b) {
      const double low = axis.value(std::clamp(std::min(a, b), 0.0, 1.0)),
                   high = axis.value(std::clamp(std::max(a, b), 0.0, 1.0));
      if (high > low) {
        axis.lower = low;
        axis.upper = high;
      }
    };
    // A click without a drag is not a box.
    if (std::abs(io.MousePos.x - view.boxFrom.x) > 6 && std::abs(io.MousePos.y - view.boxFrom.y) > 6) {
      narrow(view.x, ax, px);
      narrow(view.y, ay, py);
      hasChanged = true;
    }
  }
  if (isFocused && io.NavVisible) {
    if (ImGui::IsKeyPressed('=') || ImGui::IsKeyPressed('+')) {
      view.x.zoom(0.5, 0.8);
      view.y.zoom(0.5, 0.8);
      hasChanged = true;
    }
    if (ImGui::IsKeyPressed('-')) {
      view.x.zoom(0.5, 1.25);
      view.y.zoom(0.5, 1.25);
      hasChanged = true;
    }
  }
  return hasChanged;
}

/// The nearest point of a curve to a place on the horizontal axis.
std::size_t nearestPoint(const Curve& curve, const Axis& axis, double position) {
  std::size_t best = 0;
  double least = INFINITY;
  for (std::size_t i = 0; i < curve.x.size(); ++i)
    if (const double d = std::abs(axis.position(curve.x[i]) - position); d < least) {
      least = d;
      best = i;
    }
  return best;
}

/// A curve as a polyline; where many points share a pixel's column, their lowest and highest.
void drawCurve(ImDrawList& list, const PlotFrame& frame, const Curve& curve, const PlotView& view,
               ImU32 colour, float thickness) {
  std::vector<ImVec2> points;
  const auto flush = [&] {
    if (points.size() > 1)
      list.AddPolyline(points.data(), static_cast<int>(points.size()), colour, ImDrawFlags_None, thickness);
    else if (points.size() == 1)
      list.AddCircleFilled(points[0], thickness * 1.5F, colour);
    points.clear();
  };
  const bool isDense = curve.x.size() > 4 * static_cast<std::size_t>(frame.high.x - frame.low.x);
  float column = -1e9F, low = 0, high = 0;
  const auto endColumn = [&] {
    if (column < -1e8F) return;
    points.push_back({column, low});
    if (high != low) points.push_back({column, high});
  };
  const float margin = 1e5F;  // Far outside, where a steep line still has its slope.
  for (std::size_t i = 0; i < curve.x.size(); ++i) {
    const double px = view.x.position(curve.x[i]), py = view.y.position(curve.y[i]);
    if (!std::isfinite(px) || !std::isfinite(py)) {
      endColumn();
      column = -1e9F;
      flush();
      continue;
    }
    const ImVec2 p{std::clamp(frame.x(px), -margin, margin), std::clamp(frame.y(py), -margin, margin)};
    if (!isDense) {
      points.push_back(p);
      continue;
    }
    if (std::floor(p.x) != std::floor(column)) {
      endColumn();
      column = p.x;
      low = high = p.y;
    } else {
      low = std::min(low, p.y);
      high = std::max(high, p.y);
    }
  }
  if (isDense) endColumn();
  flush();
}

void drawLegend(const Look& look, ImDrawList& list, const PlotFrame& frame, const Chart& chart) {
  if (chart.curves.size() < 2) return;
  ImFont* font = look.fonts.small;
  float widest = 0;
  for (const Curve& curve : chart.curves)
    widest = std::max(widest, font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, curve.name.c_str()).x);
  const float step = font->FontSize + look.px(3), pad = look.px(7), mark = look.px(22);
  const ImVec2 size{widest + mark + 2 * pad, step * float(chart.curves.size()) + 2 * pad};
  const ImVec2 at{frame.high.x - size.x - look.px(8), frame.low.y + look.px(8)};
  list.AddRectFilled(at, {at.x + size.x, at.y + size.y}, withAlpha(look.colours.panel, 0.88), look.px(6));
  for (std::size_t i = 0; i < chart.curves.size(); ++i) {
    const float y = at.y + pad + step * (float(i) + 0.5F);
    list.AddLine({at.x + pad, y}, {at.x + pad + look.px(16), y}, look.colours.curves[i % 6], look.px(2));
    list.AddText(font, font->FontSize, {at.x + pad + mark, y - font->FontSize / 2}, look.colours.text,
                 chart.curves[i].name.c_str());
  }
}

void drawMap(const Look& look, Screen& screen, ImDrawList& list, const PlotFrame& frame, const Chart& chart,
             PlotView& view, std::uint64_t dataKey, const render::ColourMap& map) {
  const Grid2& grid = chart.grid;
  if (grid.x.size() < 2 || grid.y.size() < 2) return;
  const Lattice lattice{static_cast<int>(grid.x.size()),
                        static_cast<int>(grid.y.size()),
                        grid.x.front(),
                        grid.x.back(),
                        grid.y.front(),
                        grid.y.back(),
                        grid.values.data()};
  const Region region{view.x.lower, view.x.upper, view.y.lower, view.y.upper};
  const ImVec2 size{frame.high.x - frame.low.x, frame.high.y - frame.low.y};
  const std::uint64_t key = dataKey ^ (reinterpret_cast<std::uintptr_t>(&map) << 8);
  if (view.texture.id() == 0 || view.textureKey != key || !(view.textureRegion == region) ||
      view.textureSize.x != size.x || view.textureSize.y != size.y) {
    view.texture.set(screen, colourImage(lattice, region, static_cast<int>(size.x), static_cast<int>(size.y),
                                         map, view.limits));
    view.textureKey = key;
    view.textureRegion = region;
    view.textureSize = size;
  }
  list.AddImage(reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(view.texture.id())), frame.low,
                frame.high);
  drawColourBar(look, list, {frame.high.x + look.px(14), frame.low.y}, size.y, map, view.limits,
                chart.valueLabel);
}

std::string withUnit(const std::string& number, const std::string& unit) {
  return unit.empty() ? number : number + " " + unit;
}

}  // namespace

void plot(const Look& look, Screen& screen, const char* id, const Chart& chart, PlotView& view, ImVec2 size,
          const PlotStyle& style, std::uint64_t dataKey) {
  ImGui::PushID(id);
  if (view.isFollowing) chart.isMap ? followMap(chart, view, dataKey) : followCurves(chart, view);
  const render::ColourMap& map = chart.isMap && view.limits.lower < 0 ? *style.diverging : *style.sequential;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float line = look.fonts.small->FontSize;
  const float bar = chart.isMap ? colourBarWidth(look, view.limits, size.y - 3 * line) : 0;
  const PlotFrame frame =
      layOutPlot(look, at, size, view.y, !chart.xLabel.empty(), !chart.yLabel.empty(), bar);

  ImGui::InvisibleButton("##plot", size,
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight);
  const bool isHovered = ImGui::IsItemHovered(), isActive = ImGui::IsItemActive(),
             isFocused = ImGui::IsItemFocused();
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool isInside = isHovered && mouse.x >= frame.low.x && mouse.x <= frame.high.x &&
                        mouse.y >= frame.low.y && mouse.y <= frame.high.y;
  if (isHovered) ImGui::SetItemUsingMouseWheel();
  if (handleInput(view, frame, isHovered, isActive, isFocused)) view.isFollowing = false;
  if (isHovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) view.isFollowing = true;

  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (chart.isMap) {
    list.PushClipRect(frame.low, {at.x + size.x, at.y + size.y}, true);
    drawMap(look, screen, list, frame, chart, view, dataKey, map);
    list.PopClipRect();
    drawAxes(look, list, frame, view.x, view.y, chart.xLabel, chart.yLabel, false);
  } else {
    drawAxes(look, list, frame, view.x, view.y, chart.xLabel, chart.yLabel, true);
    list.PushClipRect(frame.low, frame.high, true);
    for (std::size_t i = 0; i < chart.curves.size(); ++i)
      drawCurve(list, frame, chart.curves[i], view, look.colours.curves[i % 6], look.px(2));
    list.PopClipRect();
    drawLegend(look, list, frame, chart);
  }
  if (isFocused && ImGui::GetIO().NavVisible)
    list.AddRect(at, {at.x + size.x, at.y + size.y}, look.colours.accent, look.px(6), ImDrawFlags_None,
                 look.px(2));

  if (view.isBoxing) {
    list.AddRectFilled(view.boxFrom, mouse, withAlpha(look.colours.accent, 0.15));
    list.AddRect(view.boxFrom, mouse, look.colours.accent);
  } else if (isInside && !isActive) {
    const double px = (mouse.x - frame.low.x) / (frame.high.x - frame.low.x),
                 py = (frame.high.y - mouse.y) / (frame.high.y - frame.low.y);
    std::vector<std::string> lines;
    std::vector<ImU32> colours;
    if (chart.isMap) {
      const Grid2& grid = chart.grid;
      if (grid.x.size() > 1 && grid.y.size() > 1) {
        const Lattice lattice{static_cast<int>(grid.x.size()),
                              static_cast<int>(grid.y.size()),
                              grid.x.front(),
                              grid.x.back(),
                              grid.y.front(),
                              grid.y.back(),
                              grid.values.data()};
        const double x = view.x.value(px), y = view.y.value(py);
        lines = {
            withUnit(readout(x, view.x, frame.high.x - frame.low.x), chart.xUnit),
            withUnit(readout(y, view.y, frame.high.y - frame.low.y), chart.yUnit),
            withUnit(readout(valueAt(lattice, x, y), {view.limits.lower, view.limits.upper, false}, 1000),
                     chart.valueUnit)};
      }
    } else if (!chart.curves.empty() && !chart.curves[0].x.empty()) {
      const std::size_t first = nearestPoint(chart.curves[0], view.x, px);
      const float markX = frame.x(view.x.position(chart.curves[0].x[first]));
      list.AddLine({markX, frame.low.y}, {markX, frame.high.y}, withAlpha(look.colours.faint, 0.6),
                   look.px(1));
      lines.push_back(
          withUnit(readout(chart.curves[0].x[first], view.x, frame.high.x - frame.low.x), chart.xUnit));
      colours.push_back(0);
      for (std::size_t i = 0; i < chart.curves.size(); ++i) {
        const Curve& curve = chart.curves[i];
        if (curve.x.empty()) continue;
        const std::size_t k = nearestPoint(curve, view.x, px);
        const double yp = view.y.position(curve.y[k]);
        if (std::isfinite(yp) && yp >= 0 && yp <= 1) {
          list.AddCircleFilled({frame.x(view.x.position(curve.x[k])), frame.y(yp)}, look.px(4.5),
                               look.colours.panel);
          list.AddCircleFilled({frame.x(view.x.position(curve.x[k])), frame.y(yp)}, look.px(3.5),
                               look.colours.curves[i % 6]);
        }
        lines.push_back(
            withUnit(readout(curve.y[k], view.y, 10 * (frame.high.y - frame.low.y)), chart.yUnit));
        colours.push_back(look.colours.curves[i % 6]);
      }
    }
    if (!lines.empty()) drawReadout(look, list, frame, mouse, lines, colours);
  }
  ImGui::PopID();
}

}  // namespace aula::desktop
