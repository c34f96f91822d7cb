// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "render/layout/picture.h"
#include "render/layout/quantity_text.h"
#include "render/layout/ticks.h"

namespace aula::render {
namespace {

/// Past this a picture true to scale would be a thread; the longer side is then shortened, as its axis tells.
constexpr double kMostAspect = 16;

/// A view cut flat: two axes of the lab's frame and what is left of the third.
struct Cut {
  int horizontal = 0, vertical = 1, normal = 2;
  int columns = 1, rows = 1;
  double left = 0, right = 1, bottom = 0, top = 1;  ///< m
  double at = 0, halfThickness = 0;                 ///< m, along the normal.
  std::shared_ptr<const std::vector<float>> values;
};

Cut cutOf(const scene::VolumeView& view) {
  const int n[3] = {view.nx, view.ny, view.nz};
  Cut cut;
  // The thinnest axis is looked along; z where several are.
  cut.normal = n[2] == 1 ? 2 : n[1] == 1 ? 1 : n[0] == 1 ? 0 : 2;
  cut.horizontal = cut.normal == 0 ? 1 : 0;
  cut.vertical = cut.normal == 2 ? 1 : 2;
  cut.columns = n[cut.horizontal];
  cut.rows = n[cut.vertical];
  const auto range = [&](int axis, double& low, double& high) {
    low = view.origin[axis] - (n[axis] == 1 ? view.spacing[axis] / 2 : 0);
    high = n[axis] == 1 ? low + view.spacing[axis] : low + (n[axis] - 1) * view.spacing[axis];
  };
  range(cut.horizontal, cut.left, cut.right);
  range(cut.vertical, cut.bottom, cut.top);
  const int layer = n[cut.normal] / 2;
  cut.at = view.origin[cut.normal] + layer * view.spacing[cut.normal];
  cut.halfThickness = view.spacing[cut.normal] / 2;
  cut.values = view.values;
  if (n[cut.normal] > 1) {
    const auto size = static_cast<std::ptrdiff_t>(cut.columns) * cut.rows;
    const auto begin = view.values->begin() + size * layer;
    cut.values = std::make_shared<const std::vector<float>>(begin, begin + size);
  }
  return cut;
}

/// Where everything stands.
struct Layout {
  Rectangle plot;
  bool isBarBelow = false;
  double yLabelX = 0;
};

Ticks ticksFor(double low, double high, double scale, double pixels, double each) {
  return niceTicks(low * scale, high * scale, std::max(2, static_cast<int>(pixels / each)));
}

/// Fits the plot into what labels and colour bar leave. The labels' width depends on the plot's size and the
/// other way round: two rounds settle it.
Layout fit(const PictureRequest& request, const Cut& cut, const ColourBar& bar, double lengthScale,
           bool isBarBelow) {
  const Theme& theme = request.theme;
  const PictureStyle& style = request.style;
  const double aspect =
      std::clamp((cut.right - cut.left) / (cut.top - cut.bottom), 1 / kMostAspect, kMostAspect);
  const double top = headingBottom(request) + 0.35 * theme.font;
  Layout layout;
  layout.isBarBelow = isBarBelow;
  layout.plot = {0, 0, 0.7 * request.width, 0.7 * request.height};
  for (int round = 0; round < 2; ++round) {
    double left = theme.margin, right = theme.margin, bottom = theme.margin;
    double yLabels = 0;
    if (style.showAxes) {
      const Ticks ticks = ticksFor(cut.bottom, cut.top, lengthScale, layout.plot.height, 2.6 * theme.font);
      for (const double v : ticks.values) {
        yLabels = std::max(yLabels, request.typesetter.width(ticks.label(v), {theme.font, Weight::regular}));
      }
      left += 1.2 * theme.labelFont + 0.6 * theme.gap + yLabels + 0.7 * theme.gap + theme.tick;
      bottom += theme.tick + 0.7 * theme.gap + theme.font + 0.5 * theme.gap + 1.2 * theme.labelFont;
      right = std::max(right, 1.2 * theme.font);  // Half of the last label hangs over.
    }
    if (style.showColourBar) {
      if (isBarBelow) {
        bottom += 0.9 * theme.font + lyingBarHeight(request);
      } else {
        right = theme.margin + 1.1 * theme.font + standingBarWidth(request, bar, layout.plot.height);
      }
    }
    const double roomX = std::max(16.0, request.width - left - right),
                 roomY = std::max(16.0, request.height - top - bottom);
    const double width = std::floor(std::min(roomX, roomY * aspect)),
                 height = std::floor(std::min(roomY, roomX / aspect));
    layout.plot = {std::round(left + (roomX - width) / 2), std::round(top + (roomY - height) / 2),
                   std::max(width, 1.0), std::max(height, 1.0)};
    layout.yLabelX =
        layout.plot.left - theme.tick - 0.7 * theme.gap - yLabels - 0.6 * theme.gap - 0.25 * theme.labelFont;
  }
  return layout;
}

void placeAxes(const PictureRequest& request, const Cut& cut, const Layout& layout, Picture& picture) {
  const Theme& theme = request.theme;
  const Rectangle& plot = layout.plot;
  const double half = theme.hair / 2;
  picture.frameLines.add({{plot.left - half, plot.top - half},
                          {plot.right() + half, plot.top - half},
                          {plot.right() + half, plot.bottom() + half},
                          {plot.left - half, plot.bottom() + half},
                          {plot.left - half, plot.top - half}},
                         theme.hair, theme.plotEdge);
  if (!request.style.showAxes) return;
  // Both axes in the same unit.
  const double largest =
      std::max({std::abs(cut.left), std::abs(cut.right), std::abs(cut.bottom), std::abs(cut.top)});
  const UnitText unit = unitText("m", largest);
  const TextStyle small{theme.font, Weight::regular}, label{theme.labelFont, Weight::regular};

  const Ticks along = ticksFor(cut.left, cut.right, unit.scale(), plot.width, 4.2 * theme.font);
  for (const double value : along.values) {
    const double x = plot.left + plot.width * (value / unit.scale() - cut.left) / (cut.right - cut.left);
    picture.frameLines.add({{x, plot.bottom() + theme.hair}, {x, plot.bottom() + theme.hair + theme.tick}},
                           theme.hair, theme.axis);
    picture.text.add(along.label(value), small, x,
                     plot.bottom() + theme.tick + 0.7 * theme.gap + 0.85 * theme.font, theme.text,
                     Align::middle);
  }
  const double labelY =
      plot.bottom() + theme.tick + 0.7 * theme.gap + theme.font + 0.5 * theme.gap + theme.labelFont;
  picture.text.add(nameWithUnit(request.style.axisNames[cut.horizontal], unit.unit), label,
                   plot.left + plot.width / 2, labelY, theme.text, Align::middle);

  const Ticks up = ticksFor(cut.bottom, cut.top, unit.scale(), plot.height, 2.6 * theme.font);
  for (const double value : up.values) {
    const double y = plot.top + plot.height * (cut.top - value / unit.scale()) / (cut.top - cut.bottom);
    picture.frameLines.add({{plot.left - theme.hair, y}, {plot.left - theme.hair - theme.tick, y}},
                           theme.hair, theme.axis);
    picture.text.add(up.label(value), small, plot.left - theme.tick - 0.7 * theme.gap - theme.hair,
                     y + 0.5 * Typesetter::kCapHeight * theme.font, theme.text, Align::end);
  }
  picture.text.add(nameWithUnit(request.style.axisNames[cut.vertical], unit.unit), label, layout.yLabelX,
                   plot.top + plot.height / 2, theme.text, Align::middle, true);
}

/// An outline seen along the normal. Of an object cut by the plane, the polylines that lie in it; where there
/// are none, as of a box's edges, all that are in front and behind; of an object beside the plane, nothing.
void placeOutline(const scene::LinesView& lines, const Cut& cut, const Rectangle& plot, const Theme& theme,
                  const OutlineColours& colours, Picture& picture) {
  const double slack = cut.halfThickness * (1 + 1e-6);
  double low = INFINITY, high = -INFINITY;
  const auto isInPlane = [&](const std::vector<core::Vec3>& polyline) {
    return std::all_of(polyline.begin(), polyline.end(),
                       [&](const core::Vec3& p) { return std::abs(p[cut.normal] - cut.at) <= slack; });
  };
  bool hasInPlane = false;
  for (const auto& polyline : lines.polylines) {
    for (const core::Vec3& p : polyline) {
      low = std::min(low, p[cut.normal]);
      high = std::max(high, p[cut.normal]);
    }
    hasInPlane = hasInPlane || isInPlane(polyline);
  }
  if (low > cut.at + slack || high < cut.at - slack) return;
  const double dash = lines.isDashed ? 4 * theme.outlineWidth : 0;
  for (const bool isHalo : {true, false}) {
    for (const auto& polyline : lines.polylines) {
      if (hasInPlane && !isInPlane(polyline)) continue;
      std::vector<PixelPoint> points;
      for (const core::Vec3& p : polyline) {
        points.push_back({plot.left + plot.width * (p[cut.horizontal] - cut.left) / (cut.right - cut.left),
                          plot.top + plot.height * (cut.top - p[cut.vertical]) / (cut.top - cut.bottom), 0});
      }
      picture.plotLines.add(points, isHalo ? 2.4 * theme.outlineWidth : theme.outlineWidth,
                            isHalo ? colours.halo : colours.line, dash);
    }
  }
}

void placeLabel(const PictureRequest& request, const scene::LabelView& label, const Cut& cut,
                const Rectangle& plot, const OutlineColours& colours, Picture& picture) {
  const double x =
      plot.left + plot.width * (label.position[cut.horizontal] - cut.left) / (cut.right - cut.left);
  const double y = plot.top + plot.height * (cut.top - label.position[cut.vertical]) / (cut.top - cut.bottom);
  const TextStyle style{request.theme.labelFont, Weight::bold};
  const double width = request.typesetter.width(label.text, style);
  if (x < plot.left || x > plot.right() || y < plot.top || y > plot.bottom()) return;
  // Kept inside the plot.
  const double start =
      std::clamp(x - width / 2, plot.left + 2, std::max(plot.left + 2, plot.right() - 2 - width));
  const double baseline = std::clamp(y + 0.5 * Typesetter::kCapHeight * style.size, plot.top + style.size,
                                     plot.bottom() - 0.3 * style.size);
  const double reach = std::max(1.0, std::round(style.size / 14));
  Rgba halo = colours.halo;
  halo.alpha = 90;
  for (const double dx : {-reach, 0.0, reach}) {
    for (const double dy : {-reach, 0.0, reach}) {
      if (dx != 0 || dy != 0) picture.text.add(label.text, style, start + dx, baseline + dy, halo);
    }
  }
  picture.text.add(label.text, style, start, baseline, colours.line);
}

}  // namespace

Picture layOutPlane(const PictureRequest& request, const scene::VolumeView& view) {
  const Cut cut = cutOf(view);
  const ColourMap& map = mapFor(request.style, view, false);
  const Limits limits = request.limits.of(view);
  const ColourBar bar = colourBarFor(view, limits, map);
  const double largest =
      std::max({std::abs(cut.left), std::abs(cut.right), std::abs(cut.bottom), std::abs(cut.top)});
  const double lengthScale = unitText("m", largest).scale();

  // The bar goes where it leaves the larger plot.
  const Layout beside = fit(request, cut, bar, lengthScale, false),
               below = fit(request, cut, bar, lengthScale, true);
  const bool isBelow = request.style.showColourBar &&
                       below.plot.width * below.plot.height > 1.05 * beside.plot.width * beside.plot.height;
  const Layout& layout = isBelow ? below : beside;
  const Rectangle& plot = layout.plot;

  Picture picture(request.typesetter);
  picture.plot = plot;
  SliceItem slice;
  slice.values = cut.values;
  slice.columns = cut.columns;
  slice.rows = cut.rows;
  slice.clipFromNode = clipFromNodes(plot.left, plot.bottom(), plot.right(), plot.top, cut.columns, cut.rows,
                                     request.width, request.height);
  slice.nodeRange[0] = cut.columns > 1 ? 0 : -0.5;
  slice.nodeRange[1] = cut.rows > 1 ? 0 : -0.5;
  slice.nodeRange[2] = cut.columns > 1 ? cut.columns - 1 : 0.5;
  slice.nodeRange[3] = cut.rows > 1 ? cut.rows - 1 : 0.5;
  slice.map = &map;
  slice.limits = limits;
  slice.filtering = request.style.filtering;
  picture.slices.push_back(slice);

  const OutlineColours colours = outlineColours(map);
  for (const scene::View& any : request.frame.views) {
    if (const auto* lines = std::get_if<scene::LinesView>(&any))
      placeOutline(*lines, cut, plot, request.theme, colours, picture);
    if (const auto* label = std::get_if<scene::LabelView>(&any))
      placeLabel(request, *label, cut, plot, colours, picture);
  }
  placeAxes(request, cut, layout, picture);
  if (request.style.showColourBar) {
    const Theme& theme = request.theme;
    if (isBelow) {
      const double axes = request.style.showAxes ? theme.tick + 0.7 * theme.gap + theme.font +
                                                       0.5 * theme.gap + 1.2 * theme.labelFont
                                                 : 0;
      placeLyingBar(request, bar, plot.left, plot.bottom() + axes + 0.9 * theme.font, plot.width, picture);
    } else {
      placeStandingBar(request, bar, plot.right() + 1.1 * theme.font, plot.top, plot.height, picture);
    }
  }
  // Over the plot, wherever that came to stand.
  placeHeading(request, plot.left, plot.right(),
               std::max(0.0, plot.top - headingBottom(request) - 0.35 * request.theme.font), picture);
  return picture;
}

}  // namespace aula::render
