// SPDX-License-Identifier: Apache-2.0
#include "render/layout/picture.h"

#include <algorithm>
#include <cmath>

#include "render/layout/quantity_text.h"
#include "render/layout/ticks.h"

namespace aula::render {
namespace {

constexpr std::size_t kTitleLines = 2;

struct Heading {
  std::vector<std::string> lines;
  TextStyle style;
  bool isTimeBeside = false;  ///< The time stamp stands on the title's last line.
};

std::string timeOf(const PictureRequest& request) {
  return request.style.showTime ? timeText(request.frame.time, request.style.duration) : std::string();
}

Heading headingOf(const PictureRequest& request) {
  const double room = request.width - 2 * request.theme.margin;
  Heading heading;
  heading.style = {request.theme.titleFont, Weight::bold};
  if (request.style.showTitle) {
    // One line if a little shrinking makes it so, else two.
    const double width = request.typesetter.width(request.frame.title, heading.style);
    if (width > room) heading.style.size *= std::max(0.8, room / width * 0.999);
    heading.lines = request.typesetter.wrap(request.frame.title, heading.style, room, kTitleLines);
  }
  // Nought is as wide as any digit, so that the choice holds through a video.
  std::string widest = timeOf(request);
  for (char& c : widest) {
    if (c >= '1' && c <= '9') c = '0';
  }
  const TextStyle small{request.theme.font, Weight::regular};
  heading.isTimeBeside =
      heading.lines.size() == 1 && request.typesetter.width(heading.lines[0], heading.style) +
                                           request.typesetter.width(widest, small) + 3 * request.theme.font <
                                       0.8 * room;
  return heading;
}

double headingHeight(const PictureRequest& request, const Heading& heading) {
  double y = request.theme.margin;
  y += 1.3 * heading.style.size * static_cast<double>(heading.lines.size());
  if (request.style.showTime && !heading.isTimeBeside) y += 1.35 * request.theme.font;
  return y + request.theme.gap;
}

}  // namespace

ColourBar colourBarFor(const scene::VolumeView& view, const Limits& limits, const ColourMap& map) {
  const UnitText unit =
      unitText(view.quantity.unit, std::max(std::abs(limits.lower), std::abs(limits.upper)));
  ColourBar bar;
  bar.label = nameWithUnit(view.quantity.name, unit.unit);
  bar.limits = {limits.lower * unit.scale(), limits.upper * unit.scale()};
  bar.map = &map;
  return bar;
}

double headingBottom(const PictureRequest& request) {
  return headingHeight(request, headingOf(request));
}

void placeHeading(const PictureRequest& request, double left, double right, double down, Picture& picture) {
  const Heading heading = headingOf(request);
  const Theme& theme = request.theme;
  double widest = 0;
  for (const std::string& line : heading.lines)
    widest = std::max(widest, request.typesetter.width(line, heading.style));
  // Flush with the plot where it fits, else from the margin.
  const double x = std::max(theme.margin, std::min(left, request.width - theme.margin - widest));
  double y = theme.margin + down;
  for (const std::string& line : heading.lines) {
    picture.text.add(line, heading.style, x, y + 0.95 * heading.style.size, theme.text);
    y += 1.3 * heading.style.size;
  }
  if (request.style.showTime) {
    const double baseline =
        heading.isTimeBeside ? theme.margin + down + 0.95 * heading.style.size : y + theme.font;
    // Flush with the plot, but clear of the title and inside the picture.
    const TextStyle small{theme.font, Weight::regular};
    const double width = request.typesetter.width(timeOf(request), small);
    double end = std::max(right, theme.margin + width);
    if (heading.isTimeBeside) end = std::max(end, x + widest + 2 * theme.font + width);
    end = std::min(end, request.width - theme.margin);
    picture.text.add(timeOf(request), small, end, baseline, theme.faintText, Align::end);
  }
}

double standingBarWidth(const PictureRequest& request, const ColourBar& bar, double height) {
  const Theme& theme = request.theme;
  const Ticks ticks = niceTicks(bar.limits.lower, bar.limits.upper,
                                std::max(2, static_cast<int>(height / (2.4 * theme.font))));
  double labels = 0;
  for (const double value : ticks.values) {
    labels = std::max(labels, request.typesetter.width(ticks.label(value), {theme.font, Weight::regular}));
  }
  const double label = bar.label.empty() ? 0 : theme.gap + 1.2 * theme.labelFont;
  return 1.2 * theme.font + theme.tick + 0.7 * theme.gap + labels + label;
}

void placeStandingBar(const PictureRequest& request, const ColourBar& bar, double left, double top,
                      double height, Picture& picture) {
  const Theme& theme = request.theme;
  const double thickness = std::round(1.2 * theme.font), x = std::round(left), y = std::round(top),
               h = std::round(height);
  SliceItem ramp;
  ramp.values = std::make_shared<const std::vector<float>>(
      std::vector<float>{static_cast<float>(bar.limits.lower), static_cast<float>(bar.limits.upper)});
  ramp.rows = 2;
  ramp.clipFromNode = clipFromNodes(x, y + h, x + thickness, y, 1, 2, request.width, request.height);
  ramp.nodeRange[0] = -0.5;
  ramp.nodeRange[2] = 0.5;
  ramp.nodeRange[3] = 1;
  ramp.map = bar.map;
  ramp.limits = bar.limits;
  picture.slices.push_back(ramp);

  const double half = theme.hair / 2;
  picture.frameLines.add({{x - half, y - half},
                          {x + thickness + half, y - half},
                          {x + thickness + half, y + h + half},
                          {x - half, y + h + half},
                          {x - half, y - half}},
                         theme.hair, theme.plotEdge);
  const Ticks ticks = niceTicks(bar.limits.lower, bar.limits.upper,
                                std::max(2, static_cast<int>(height / (2.4 * theme.font))));
  double labels = 0;
  for (const double value : ticks.values) {
    const double at = y + h * (bar.limits.upper - value) / (bar.limits.upper - bar.limits.lower);
    picture.frameLines.add({{x + thickness + theme.hair, at}, {x + thickness + theme.hair + theme.tick, at}},
                           theme.hair, theme.axis);
    const std::string text = ticks.label(value);
    const TextStyle style{theme.font, Weight::regular};
    labels = std::max(labels, request.typesetter.width(text, style));
    picture.text.add(text, style, x + thickness + theme.tick + 0.7 * theme.gap + theme.hair,
                     at + 0.5 * Typesetter::kCapHeight * theme.font, theme.text);
  }
  if (bar.label.empty()) return;
  const double column =
      x + thickness + theme.tick + 0.7 * theme.gap + labels + theme.gap + 0.95 * theme.labelFont;
  TextStyle style{theme.labelFont, Weight::regular};
  const double width = request.typesetter.width(bar.label, style);
  const double room = std::min(h + 2 * theme.labelFont, static_cast<double>(request.height) - 2 * theme.gap);
  if (width > room) style.size *= std::max(0.75, room / width);
  // Beside the middle of the bar, but never out of the picture.
  const std::string label =
      request.typesetter.wrap(bar.label, style, request.height - 2 * theme.gap, 1).at(0);
  const double extent = request.typesetter.width(label, style);
  const double middle =
      std::clamp(y + h / 2, theme.gap + extent / 2, request.height - theme.gap - extent / 2);
  picture.text.add(label, style, column, middle, theme.text, Align::middle, true);
}

double lyingBarHeight(const PictureRequest& request) {
  const Theme& theme = request.theme;
  return 1.2 * theme.font + theme.tick + 0.7 * theme.gap + theme.font + 0.5 * theme.gap +
         1.2 * theme.labelFont;
}

void placeLyingBar(const PictureRequest& request, const ColourBar& bar, double left, double top, double width,
                   Picture& picture) {
  const Theme& theme = request.theme;
  const double thickness = std::round(1.2 * theme.font), x = std::round(left), y = std::round(top),
               w = std::round(width);
  SliceItem ramp;
  ramp.values = std::make_shared<const std::vector<float>>(
      std::vector<float>{static_cast<float>(bar.limits.lower), static_cast<float>(bar.limits.upper)});
  ramp.columns = 2;
  ramp.clipFromNode = clipFromNodes(x, y + thickness, x + w, y, 2, 1, request.width, request.height);
  ramp.nodeRange[1] = -0.5;
  ramp.nodeRange[2] = 1;
  ramp.nodeRange[3] = 0.5;
  ramp.map = bar.map;
  ramp.limits = bar.limits;
  picture.slices.push_back(ramp);

  const double half = theme.hair / 2;
  picture.frameLines.add({{x - half, y - half},
                          {x + w + half, y - half},
                          {x + w + half, y + thickness + half},
                          {x - half, y + thickness + half},
                          {x - half, y - half}},
                         theme.hair, theme.plotEdge);
  const Ticks ticks = niceTicks(bar.limits.lower, bar.limits.upper,
                                std::max(2, static_cast<int>(width / (4.5 * theme.font))));
  for (const double value : ticks.values) {
    const double at = x + w * (value - bar.limits.lower) / (bar.limits.upper - bar.limits.lower);
    picture.frameLines.add({{at, y + thickness + theme.hair}, {at, y + thickness + theme.hair + theme.tick}},
                           theme.hair, theme.axis);
    picture.text.add(ticks.label(value), {theme.font, Weight::regular}, at,
                     y + thickness + theme.tick + 0.7 * theme.gap + 0.85 * theme.font, theme.text,
                     Align::middle);
  }
  if (bar.label.empty()) return;
  TextStyle style{theme.labelFont, Weight::regular};
  const double room = request.width - 2 * theme.margin;
  const double needed = request.typesetter.width(bar.label, style);
  if (needed > room) style.size *= std::max(0.75, room / needed);
  const std::string label = request.typesetter.wrap(bar.label, style, room, 1).at(0);
  const double extent = request.typesetter.width(label, style);
  const double middle =
      std::clamp(x + w / 2, theme.margin + extent / 2, request.width - theme.margin - extent / 2);
  picture.text.add(
      label, style, middle,
      y + thickness + theme.tick + 0.7 * theme.gap + theme.font + 0.5 * theme.gap + theme.labelFont,
      theme.text, Align::middle);
}

glm::mat4 clipFromNodes(double x0, double y0, double x1, double y1, int columns, int rows, int width,
                        int height) {
  // One node along an axis stands for a cell from -1/2 to 1/2.
  const double columnSpan = columns > 1 ? columns - 1 : 1, rowSpan = rows > 1 ? rows - 1 : 1;
  const double columnStart = columns > 1 ? 0 : -0.5, rowStart = rows > 1 ? 0 : -0.5;
  const double scaleX = 2 * (x1 - x0) / (columnSpan * width), scaleY = 2 * (y1 - y0) / (rowSpan * height);
  glm::mat4 m(0.0F);
  m[0][0] = static_cast<float>(scaleX);
  m[1][1] = static_cast<float>(scaleY);
  m[3][0] = static_cast<float>(2 * x0 / width - 1 - scaleX * columnStart);
  m[3][1] = static_cast<float>(2 * y0 / height - 1 - scaleY * rowStart);
  m[3][3] = 1;
  return m;
}

const ColourMap& mapFor(const PictureStyle& style, const scene::VolumeView& view, bool isFog) {
  if (!style.colourMap.empty()) return ColourMap::named(style.colourMap);
  const bool isDark = style.background == Background::dark;
  if (view.scale == scene::ColourScale::diverging) return ColourMap::named(isDark ? "ember" : "tide");
  return ColourMap::named(isFog && !isDark ? "ink" : "dusk");
}

OutlineColours outlineColours(const ColourMap& map) {
  // The colour of no field is what most of a picture shows.
  const double lightness = okLabFromSrgb(map.at(map.isDiverging() ? 0.5 : 0.0))[0];
  if (lightness > 0.5) return {{22, 25, 30, 255}, {255, 255, 255, 150}};
  return {{245, 246, 248, 255}, {0, 0, 0, 140}};
}

}  // namespace aula::render
