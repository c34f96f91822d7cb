// SPDX-License-Identifier: Apache-2.0
#include "render/layout/space_labels.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "render/layout/label_layout.h"
#include "render/layout/quantity_text.h"
#include "render/layout/ticks.h"

namespace aula::render {
namespace {

/// Marks on a ruler stand this far apart at least, in sizes of its type.
constexpr double kMarkSpacing = 1.2;
/// Every so many of them is long.
constexpr double kLongMark = 1.6;

Rgba haloOf(const Theme& theme) {
  return {theme.background.red, theme.background.green, theme.background.blue, 220};
}

/// A line that is seen on bright and on dark.
void addEdged(LineMesh& lines, const std::vector<PixelPoint>& points, double width, const Theme& theme) {
  lines.add(points, width + 2, haloOf(theme));
  lines.add(points, width, theme.text);
}

/// A round mark on the point itself.
void addDot(LineMesh& lines, double x, double y, double radius, const Theme& theme) {
  const auto ring = [&](double r) {
    constexpr int kCorners = 12;
    std::vector<PixelPoint> points;
    for (int i = 0; i <= kCorners; ++i) {
      const double angle = 2 * std::numbers::pi * i / kCorners;
      points.push_back({x + r * std::cos(angle), y + r * std::sin(angle)});
    }
    return points;
  };
  // A ring as thick as it is wide is a disc.
  lines.add(ring(radius / 2 + 0.5), radius + 1, haloOf(theme));
  lines.add(ring(radius / 2), radius, theme.text);
}

void placeRuler(const PictureRequest& request, const scene::RulerView& ruler, const SpaceCamera& camera,
                Picture& picture) {
  const Theme& theme = request.theme;
  const auto a = camera.project(ruler.from), b = camera.project(ruler.to);
  const double length = core::length(ruler.to - ruler.from);
  if (!a || !b || !(length > 0)) return;
  const double pixels = std::hypot(b->x - a->x, b->y - a->y);
  if (pixels < 2 * theme.font) return;
  // Marks point to the side that is up in the picture, or right where the ruler stands.
  double nx = (b->y - a->y) / pixels, ny = -(b->x - a->x) / pixels;
  if (ny > 0.05 || (std::abs(ny) <= 0.05 && nx < 0)) {
    nx = -nx;
    ny = -ny;
  }
  addEdged(picture.frameLines, {{a->x, a->y}, {b->x, b->y}}, 1.5 * theme.hair, theme);

  const UnitText unit = unitText("m", length);
  const Ticks ticks = niceTicks(0, length * unit.scale(),
                                std::max(2, static_cast<int>(pixels / (kMarkSpacing * theme.font))));
  std::vector<double> marks;
  for (const double value : ticks.values) marks.push_back(value / unit.scale());
  const auto mark = [&](double at, double size) {
    const auto p = camera.project(ruler.from + (at / length) * (ruler.to - ruler.from));
    if (!p) return;
    addEdged(picture.frameLines, {{p->x, p->y}, {p->x + nx * size, p->y + ny * size}}, theme.hair, theme);
  };
  for (const double at : marks) mark(at, theme.tick);
  mark(0, kLongMark * theme.tick);
  mark(length, kLongMark * theme.tick);

  // Three figures are what a ruler is read to.
  const double shown = length * unit.scale();
  const int decimals = std::clamp(2 - static_cast<int>(std::floor(std::log10(shown))), 0, 6);
  const TextStyle style{theme.labelFont, Weight::bold};
  const std::string text = formatFixed(shown, decimals) + (unit.unit.empty() ? "" : " " + unit.unit);
  const double reach =
      0.5 * (std::abs(nx) * request.typesetter.width(text, style) + std::abs(ny) * style.size);
  const double out = kLongMark * theme.tick + theme.gap + reach;
  picture.text.addField(text, style, 0.5 * (a->x + b->x) + nx * out,
                        0.5 * (a->y + b->y) + ny * out + 0.5 * Typesetter::kCapHeight * style.size,
                        theme.text, haloOf(theme), Align::middle);
}

}  // namespace

void placeRulers(const PictureRequest& request, const SpaceCamera& camera, Picture& picture) {
  for (const scene::View& any : request.frame.views) {
    if (const auto* ruler = std::get_if<scene::RulerView>(&any)) placeRuler(request, *ruler, camera, picture);
  }
}

void placeSpaceLabels(const PictureRequest& request, const SpaceCamera& camera, const Rectangle& area,
                      Picture& picture) {
  const Theme& theme = request.theme;
  const TextStyle style{theme.labelFont, Weight::bold};
  std::vector<LabelWish> wishes;
  for (const scene::View& any : request.frame.views) {
    const auto* label = std::get_if<scene::LabelView>(&any);
    if (label == nullptr || label->text.empty()) continue;
    const auto p = camera.project(label->position);
    if (!p || p->depth < 0 || p->depth > 1) continue;
    wishes.push_back({label->text, p->x, p->y,
                      request.typesetter.width(label->text, style) + 0.6 * style.size, 1.5 * style.size,
                      label->priority, label->hasLeader});
  }
  for (const PlacedLabel& label : request.labels.place(wishes, area)) {
    const LabelWish& wish = wishes[label.wish];
    if (wish.hasLeader) {
      addEdged(picture.frameLines, {{label.fromX, label.fromY}, {label.toX, label.toY}}, theme.hair, theme);
      addDot(picture.frameLines, wish.x, wish.y, 1.2 * theme.hair + 0.08 * theme.font, theme);
    }
    picture.text.addField(wish.text, style, label.box.left + 0.5 * label.box.width,
                          label.box.top + 0.5 * label.box.height + 0.5 * Typesetter::kCapHeight * style.size,
                          theme.text, haloOf(theme), Align::middle);
  }
}

}  // namespace aula::render
