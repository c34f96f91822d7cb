// SPDX-License-Identifier: Apache-2.0
#include "render/layout/space_axes.h"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>
#include <optional>

#include "render/layout/quantity_text.h"
#include "render/layout/ticks.h"

namespace aula::render {
namespace {

/// The box's six faces, three axes times low and high: does the viewer see the outside?
class Faces {
 public:
  Faces(const scene::Bounds& box, const SpaceCamera& camera) {
    for (int axis = 0; axis < 3; ++axis) {
      for (int side = 0; side < 2; ++side) {
        core::Vec3 middle = 0.5 * (box.lower + box.upper);
        middle[axis] = side == 1 ? box.upper[axis] : box.lower[axis];
        const double towards = camera.towardsViewer(camera.worldFromMetres(middle))[axis];
        isFront_[axis][side] = (side == 1 ? towards : -towards) > 1e-9;
      }
    }
  }
  [[nodiscard]] bool isFront(int axis, int side) const { return isFront_[axis][side]; }

 private:
  bool isFront_[3][2] = {};
};

/// An edge along `axis`; the two other axes, in rising order, are at their low (0) or high (1) side.
struct Edge {
  int axis = 0, first = 0, second = 0;

  [[nodiscard]] int firstAxis() const { return axis == 0 ? 1 : 0; }
  [[nodiscard]] int secondAxis() const { return axis == 2 ? 1 : 2; }
  [[nodiscard]] core::Vec3 point(const scene::Bounds& box, double along) const {
    core::Vec3 p;
    p[axis] = along;
    p[firstAxis()] = first == 1 ? box.upper[firstAxis()] : box.lower[firstAxis()];
    p[secondAxis()] = second == 1 ? box.upper[secondAxis()] : box.lower[secondAxis()];
    return p;
  }
  [[nodiscard]] int frontFaces(const Faces& faces) const {
    return (faces.isFront(firstAxis(), first) ? 1 : 0) + (faces.isFront(secondAxis(), second) ? 1 : 0);
  }
};

constexpr int kSides[4][2] = {{0, 0}, {1, 0}, {0, 1}, {1, 1}};

std::vector<PixelPoint> projected(const SpaceCamera& camera, const core::Vec3& a, const core::Vec3& b) {
  const auto line = camera.projectLine(a, b);
  if (!line) return {};
  return {{(*line)[0].x, (*line)[0].y}, {(*line)[1].x, (*line)[1].y}};
}

/// Of an axis' four edges the one on the box's outline that is lowest in the picture (for z: leftmost).
std::optional<Edge> axisEdge(int axis, const scene::Bounds& box, const Faces& faces,
                             const SpaceCamera& camera) {
  std::optional<Edge> best;
  double bestRank = -1e300;
  for (const auto& sides : kSides) {
    const Edge edge{axis, sides[0], sides[1]};
    if (edge.frontFaces(faces) != 1) continue;
    const auto low = camera.project(edge.point(box, box.lower[axis])),
               high = camera.project(edge.point(box, box.upper[axis]));
    if (!low || !high) continue;
    const double rank = axis == 2 ? -(low->x + high->x) : low->y + high->y;
    if (rank > bestRank) {
      bestRank = rank;
      best = edge;
    }
  }
  return best;
}

Ticks ticksAlong(const Edge& edge, const scene::Bounds& box, const SpaceCamera& camera, double scale,
                 double each) {
  const auto p = camera.project(edge.point(box, box.lower[edge.axis])),
             q = camera.project(edge.point(box, box.upper[edge.axis]));
  const double pixels = p && q ? std::hypot(q->x - p->x, q->y - p->y) : 0;
  return niceTicks(box.lower[edge.axis] * scale, box.upper[edge.axis] * scale,
                   std::max(2, static_cast<int>(pixels / each)));
}

/// Where numbers already stand: at the corners, where two axes meet, only the first one's is written.
class Occupied {
 public:
  /// False when the place is taken.
  bool claim(const Rectangle& wanted) {
    for (const Rectangle& r : taken_) {
      if (wanted.left < r.right() && r.left < wanted.right() && wanted.top < r.bottom() &&
          r.top < wanted.bottom())
        return false;
    }
    taken_.push_back(wanted);
    return true;
  }

 private:
  std::vector<Rectangle> taken_;
};

/// Ticks, numbers and name along one edge, on the side that looks away from the box.
void placeAxis(const PictureRequest& request, const Edge& edge, const scene::Bounds& box,
               const SpaceCamera& camera, const UnitText& unit, Occupied& occupied, Picture& picture) {
  const Theme& theme = request.theme;
  const auto a = camera.project(edge.point(box, box.lower[edge.axis])),
             b = camera.project(edge.point(box, box.upper[edge.axis]));
  const auto middle = camera.project(0.5 * (box.lower + box.upper));
  if (!a || !b || !middle) return;
  const double length = std::hypot(b->x - a->x, b->y - a->y);
  // Foreshortened to a few pixels there is nothing to read.
  if (length < 3 * theme.font) return;
  double nx = -(b->y - a->y) / length, ny = (b->x - a->x) / length;
  if (nx * ((a->x + b->x) / 2 - middle->x) + ny * ((a->y + b->y) / 2 - middle->y) < 0) {
    nx = -nx;
    ny = -ny;
  }
  // Centred so far out along the normal that the text's own box clears the line.
  const auto placeOut = [&](const std::string& text, const TextStyle& style, double x, double y,
                            double distance) {
    const double width = request.typesetter.width(text, style), height = Typesetter::kCapHeight * style.size;
    const double reach = std::abs(nx) * width / 2 + std::abs(ny) * height / 2;
    const Rectangle claimed{x + nx * (distance + reach) - width / 2 - 0.25 * theme.font,
                            y + ny * (distance + reach) - height / 2 - 0.15 * theme.font,
                            width + 0.5 * theme.font, height + 0.3 * theme.font};
    if (!occupied.claim(claimed)) return 0.0;
    picture.text.add(text, style, x + nx * (distance + reach), y + ny * (distance + reach) + height / 2,
                     theme.text, Align::middle);
    return 2 * reach;
  };
  const Ticks ticks = ticksAlong(edge, box, camera, unit.scale(), 3.6 * theme.font);
  const double clear = theme.tick + 0.9 * theme.gap;
  double widest = 0;
  for (const double value : ticks.values) {
    const auto p = camera.project(edge.point(box, value / unit.scale()));
    if (!p) continue;
    picture.frameLines.add({{p->x, p->y}, {p->x + nx * theme.tick, p->y + ny * theme.tick}}, theme.hair,
                           theme.axis);
    widest = std::max(widest, placeOut(ticks.label(value), {theme.font, Weight::regular}, p->x, p->y, clear));
  }
  placeOut(nameWithUnit(request.style.axisNames[edge.axis], unit.unit), {theme.labelFont, Weight::regular},
           (a->x + b->x) / 2, (a->y + b->y) / 2, clear + widest + 1.3 * theme.gap);
}

}  // namespace

void placeSpaceAxes(const PictureRequest& request, const scene::Bounds& box, const SpaceCamera& camera,
                    Picture& picture) {
  if (!request.style.showBox) return;
  const Theme& theme = request.theme;
  const Faces faces(box, camera);
  double largest = 0;
  for (int axis = 0; axis < 3; ++axis)
    largest = std::max({largest, std::abs(box.lower[axis]), std::abs(box.upper[axis])});
  const UnitText unit = unitText("m", largest);

  // What lies behind the scene: seen through it and hidden by it.
  scene::LinesView walls;
  walls.name = "walls";
  walls.width = lineWidth(theme.hair, request);
  walls.hasColour = true;
  walls.colour = linearColour(theme.grid);

  Occupied occupied;
  for (int axis = 0; axis < 3; ++axis) {
    const auto chosen = axisEdge(axis, box, faces, camera);
    if (chosen && request.style.showAxes) {
      // The grid on the far walls continues the ticks.
      const Ticks ticks = ticksAlong(*chosen, box, camera, unit.scale(), 3.6 * theme.font);
      for (int wall = 0; wall < 3; ++wall) {
        for (int side = 0; wall != axis && side < 2; ++side) {
          if (faces.isFront(wall, side)) continue;
          const int across = 3 - axis - wall;
          for (const double value : ticks.values) {
            core::Vec3 p, q;
            p[axis] = q[axis] = value / unit.scale();
            p[wall] = q[wall] = side == 1 ? box.upper[wall] : box.lower[wall];
            p[across] = box.lower[across];
            q[across] = box.upper[across];
            walls.polylines.push_back({p, q});
          }
        }
      }
      placeAxis(request, *chosen, box, camera, unit, occupied, picture);
    }
    // Edges behind the scene are hidden by it, those before it lie faintly over it.
    for (const auto& sides : kSides) {
      const Edge edge{axis, sides[0], sides[1]};
      const core::Vec3 low = edge.point(box, box.lower[axis]), high = edge.point(box, box.upper[axis]);
      const int front = edge.frontFaces(faces);
      Rgba colour = theme.axis;
      if (front == 0) {
        walls.polylines.push_back({low, high});
      } else {
        if (front == 2) colour.alpha = 110;
        picture.frameLines.add(projected(camera, low, high), theme.hair, colour);
      }
    }
  }
  picture.space->frame.views.emplace_back(std::move(walls));
}

}  // namespace aula::render
