// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "desktop/ui/plot.h"
#include "desktop/ui/widgets.h"
#include "render/layout/ticks.h"

namespace aula::desktop {
namespace {

ImVec2 sizeOf(ImFont* font, const std::string& text) {
  return font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, text.c_str(), text.c_str() + text.size());
}

void put(ImDrawList& list, ImFont* font, ImVec2 at, ImU32 colour, const std::string& text) {
  list.AddText(font, font->FontSize, {std::round(at.x), std::round(at.y)}, colour, text.c_str(),
               text.c_str() + text.size());
}

/// Text that reads upwards: laid out at the corner of the screen, unclipped, then each of its vertices turned
/// about the start. The draw list's own clip rectangle still holds.
void putUpwards(ImDrawList& list, ImFont* font, ImVec2 at, ImU32 colour, const std::string& text) {
  const int first = list.VtxBuffer.Size;
  const ImVec4 everywhere(-1e6F, -1e6F, 1e6F, 1e6F);
  font->RenderText(&list, font->FontSize, {0, 0}, colour, everywhere, text.c_str(),
                   text.c_str() + text.size());
  for (int i = first; i < list.VtxBuffer.Size; ++i) {
    ImVec2& p = list.VtxBuffer[i].pos;
    p = {std::round(at.x) + p.y, std::round(at.y) - p.x};
  }
}

int mostLabels(float length, float each) {
  return std::max(2, static_cast<int>(length / each));
}

}  // namespace

void OwnedTexture::set(Screen& screen, const render::Image& image) {
  if (id_ != 0 && screen_ == &screen) {
    screen.updateTexture(id_, image);
    return;
  }
  drop();
  screen_ = &screen;
  id_ = screen.makeTexture(image);
}

void OwnedTexture::drop() {
  if (id_ != 0) screen_->dropTexture(id_);
  id_ = 0;
}

PlotFrame layOutPlot(const Look& look, ImVec2 at, ImVec2 size, const Axis& y, bool hasXLabel, bool hasYLabel,
                     float roomRight) {
  ImFont* font = look.fonts.small;
  const float line = font->FontSize;
  PlotFrame frame;
  frame.low.y = at.y + line * 0.6F;
  frame.high.y = at.y + size.y - line - look.px(6) - (hasXLabel ? line + look.px(3) : 0);
  float labels = 0;
  for (const std::string& text : ticksOf(y, mostLabels(frame.high.y - frame.low.y, 2.4F * line)).labels)
    labels = std::max(labels, sizeOf(font, text).x);
  frame.low.x = at.x + labels + look.px(8) + (hasYLabel ? line + look.px(4) : 0);
  frame.high.x = at.x + size.x - std::max(roomRight, line * 0.8F);
  frame.low = {std::round(frame.low.x), std::round(frame.low.y)};
  frame.high = {std::max(std::round(frame.high.x), frame.low.x + 8),
                std::max(std::round(frame.high.y), frame.low.y + 8)};
  return frame;
}

void drawAxes(const Look& look, ImDrawList& list, const PlotFrame& frame, const Axis& x, const Axis& y,
              const std::string& xLabel, const std::string& yLabel, bool hasGrid) {
  const Palette& p = look.colours;
  ImFont* font = look.fonts.small;
  const float line = font->FontSize, hair = std::max(1.0F, std::round(look.px(1))), tick = look.px(4);
  const float width = frame.high.x - frame.low.x, height = frame.high.y - frame.low.y;
  // Labels of numbers need room for their own width: ask, then ask for fewer where they would touch.
  int most = mostLabels(width, 3.2F * line);
  AxisTicks along = ticksOf(x, most);
  for (; most > 2; --most) {
    along = ticksOf(x, most);
    float widest = 0;
    for (const std::string& text : along.labels) widest = std::max(widest, sizeOf(font, text).x);
    if ((widest + line * 0.7F) * float(along.labels.size()) <= width + line * 2) break;
  }
  for (std::size_t i = 0; i < along.values.size(); ++i) {
    const double position = x.position(along.values[i]);
    if (position < -1e-6 || position > 1 + 1e-6) continue;
    const float at = std::round(frame.x(position));
    if (hasGrid) list.AddLine({at, frame.low.y}, {at, frame.high.y}, p.grid, hair);
    list.AddLine({at, frame.high.y}, {at, frame.high.y + tick}, p.faint, hair);
    const ImVec2 size = sizeOf(font, along.labels[i]);
    put(list, font, {at - size.x / 2, frame.high.y + tick + look.px(1)}, p.faint, along.labels[i]);
  }
  const AxisTicks up = ticksOf(y, mostLabels(height, 2.4F * line));
  for (std::size_t i = 0; i < up.values.size(); ++i) {
    const double position = y.position(up.values[i]);
    if (position < -1e-6 || position > 1 + 1e-6) continue;
    const float at = std::round(frame.y(position));
    if (hasGrid) list.AddLine({frame.low.x, at}, {frame.high.x, at}, p.grid, hair);
    list.AddLine({frame.low.x - tick, at}, {frame.low.x, at}, p.faint, hair);
    const ImVec2 size = sizeOf(font, up.labels[i]);
    put(list, font, {frame.low.x - tick - look.px(3) - size.x, at - size.y / 2}, p.faint, up.labels[i]);
  }
  if (hasGrid) {
    for (const double v : up.minor)
      list.AddLine({frame.low.x, frame.y(y.position(v))}, {frame.high.x, frame.y(y.position(v))},
                   withAlpha(p.grid, 0.5), hair);
    for (const double v : along.minor)
      list.AddLine({frame.x(x.position(v)), frame.low.y}, {frame.x(x.position(v)), frame.high.y},
                   withAlpha(p.grid, 0.5), hair);
  }
  list.AddRect(frame.low, {frame.high.x + hair, frame.high.y + hair}, p.border, 0, ImDrawFlags_None, hair);
  if (!xLabel.empty()) {
    const ImVec2 size = sizeOf(font, xLabel);
    put(list, font,
        {frame.low.x + std::max(0.0F, (width - size.x) / 2), frame.high.y + tick + line + look.px(3)}, p.text,
        xLabel);
  }
  if (!yLabel.empty()) {
    const std::string shown = cutToFit(font, yLabel, height + line);
    const ImVec2 size = sizeOf(font, shown);
    float widest = 0;
    for (const std::string& text : up.labels) widest = std::max(widest, sizeOf(font, text).x);
    const float start = frame.high.y - (height - size.x) / 2;
    putUpwards(list, font, {frame.low.x - tick - look.px(6) - widest - line, start}, p.text, shown);
  }
}

float colourBarWidth(const Look& look, const render::Limits& limits, float height) {
  ImFont* font = look.fonts.small;
  const Axis axis{limits.lower, limits.upper, false};
  float labels = 0;
  for (const std::string& text : ticksOf(axis, mostLabels(height, 2.4F * font->FontSize)).labels)
    labels = std::max(labels, sizeOf(font, text).x);
  return look.px(14) + look.px(14) + look.px(8) + labels + look.px(6) + font->FontSize + look.px(4);
}

void drawColourBar(const Look& look, ImDrawList& list, ImVec2 at, float height, const render::ColourMap& map,
                   const render::Limits& limits, const std::string& label) {
  const Palette& p = look.colours;
  ImFont* font = look.fonts.small;
  const float line = font->FontSize, width = look.px(14);
  const auto colourAt = [&](double position) {
    const render::Srgb c = map.at(position);
    const auto byte = [](float v) { return static_cast<int>(std::clamp(v, 0.0F, 1.0F) * 255 + 0.5F); };
    return IM_COL32(byte(c[0]), byte(c[1]), byte(c[2]), 255);
  };
  constexpr int kPieces = 64;
  for (int i = 0; i < kPieces; ++i) {
    const double a = double(i) / kPieces, b = double(i + 1) / kPieces;
    const ImU32 low = colourAt(a), high = colourAt(b);
    list.AddRectFilledMultiColor({at.x, at.y + height * float(1 - b)},
                                 {at.x + width, at.y + height * float(1 - a)}, high, high, low, low);
  }
  const float hair = std::max(1.0F, std::round(look.px(1)));
  list.AddRect(at, {at.x + width, at.y + height}, p.border, 0, ImDrawFlags_None, hair);
  const Axis axis{limits.lower, limits.upper, false};
  const AxisTicks ticks = ticksOf(axis, mostLabels(height, 2.4F * line));
  float widest = 0;
  for (std::size_t i = 0; i < ticks.values.size(); ++i) {
    const float y = std::round(at.y + height * float(1 - axis.position(ticks.values[i])));
    list.AddLine({at.x + width, y}, {at.x + width + look.px(4), y}, p.faint, hair);
    const ImVec2 size = sizeOf(font, ticks.labels[i]);
    widest = std::max(widest, size.x);
    put(list, font, {at.x + width + look.px(7), y - size.y / 2}, p.faint, ticks.labels[i]);
  }
  // A long name is cut so that its unit stays.
  std::string name = label, unit;
  if (const std::size_t bracket = label.rfind(" ("); bracket != std::string::npos) {
    name = label.substr(0, bracket);
    unit = label.substr(bracket);
  }
  const std::string shown =
      cutToFit(font, name, std::max(look.px(20), height + line - sizeOf(font, unit).x)) + unit;
  const ImVec2 size = sizeOf(font, shown);
  putUpwards(list, font,
             {at.x + width + look.px(13) + widest, at.y + std::min(height + line / 2, (height + size.x) / 2)},
             p.text, shown);
}

void drawReadout(const Look& look, ImDrawList& list, const PlotFrame& frame, ImVec2 near,
                 const std::vector<std::string>& lines, const std::vector<ImU32>& colours) {
  ImFont* font = look.fonts.small;
  const float step = font->FontSize + look.px(3), pad = look.px(8);
  float widest = 0;
  for (const std::string& text : lines) widest = std::max(widest, sizeOf(font, text).x);
  const bool hasMarks = !colours.empty();
  const float mark = hasMarks ? look.px(14) : 0;
  const ImVec2 size{widest + mark + 2 * pad, step * float(lines.size()) + 2 * pad - look.px(3)};
  ImVec2 at{near.x + look.px(14), near.y - size.y - look.px(10)};
  if (at.x + size.x > frame.high.x) at.x = near.x - size.x - look.px(14);
  at.x = std::clamp(at.x, frame.low.x, std::max(frame.low.x, frame.high.x - size.x));
  at.y = std::clamp(at.y, frame.low.y, std::max(frame.low.y, frame.high.y - size.y));
  const ImVec2 end{at.x + size.x, at.y + size.y};
  list.AddRectFilled(at, end, withAlpha(look.colours.panel, 0.94), look.px(6));
  list.AddRect(at, end, look.colours.border, look.px(6), ImDrawFlags_None, std::max(1.0F, look.px(1)));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const float y = at.y + pad + step * float(i);
    if (hasMarks && i < colours.size() && colours[i] != 0)
      list.AddCircleFilled({at.x + pad + look.px(4), y + font->FontSize / 2}, look.px(4), colours[i]);
    put(list, font, {at.x + pad + mark, y}, look.colours.text, lines[i]);
  }
}

}  // namespace aula::desktop
