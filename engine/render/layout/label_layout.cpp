// SPDX-License-Identifier: Apache-2.0
#include "render/layout/label_layout.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <optional>

namespace aula::render {
namespace {

constexpr int kDirections = 16, kRings = 7;
/// Of a text's height, from ring to ring.
constexpr double kRingWidth = 1.6;
/// A place it had before is worth a ring.
constexpr double kStaying = 1;

bool doOverlap(const Rectangle& a, const Rectangle& b) {
  return a.left < b.right() && b.left < a.right() && a.top < b.bottom() && b.top < a.bottom();
}

bool isInside(const Rectangle& r, double x, double y) {
  return x > r.left && x < r.right() && y > r.top && y < r.bottom();
}

bool doesCross(const PlacedLabel& l, const Rectangle& r) {
  return isInside(r, l.fromX, l.fromY) || isInside(r, l.toX, l.toY) ||
         doCross(l.fromX, l.fromY, l.toX, l.toY, r.left, r.top, r.right(), r.bottom()) ||
         doCross(l.fromX, l.fromY, l.toX, l.toY, r.left, r.bottom(), r.right(), r.top);
}

/// The label with its text's middle at an offset from its point; the leader ends at the text's nearest edge.
PlacedLabel at(std::size_t index, const LabelWish& wish, double dx, double dy) {
  PlacedLabel label;
  label.wish = index;
  label.box = {wish.x + dx - wish.width / 2, wish.y + dy - wish.height / 2, wish.width, wish.height};
  label.fromX = wish.x;
  label.fromY = wish.y;
  label.toX = std::clamp(wish.x, label.box.left, label.box.right());
  label.toY = std::clamp(wish.y, label.box.top, label.box.bottom());
  return label;
}

}  // namespace

bool doCross(double ax, double ay, double bx, double by, double cx, double cy, double dx, double dy) {
  const auto side = [](double px, double py, double qx, double qy, double rx, double ry) {
    return (qx - px) * (ry - py) - (qy - py) * (rx - px);
  };
  const double c = side(ax, ay, bx, by, cx, cy), d = side(ax, ay, bx, by, dx, dy);
  const double a = side(cx, cy, dx, dy, ax, ay), b = side(cx, cy, dx, dy, bx, by);
  return ((c > 0) != (d > 0)) && ((a > 0) != (b > 0));
}

std::vector<PlacedLabel> LabelLayout::place(const std::vector<LabelWish>& wishes, const Rectangle& area,
                                            const std::vector<Rectangle>& taken) {
  std::vector<std::size_t> order(wishes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return wishes[a].priority > wishes[b].priority; });

  std::vector<PlacedLabel> placed;
  std::map<std::string, Offset> now;
  const auto isFree = [&](const PlacedLabel& label) {
    const Rectangle& box = label.box;
    if (box.left < area.left || box.top < area.top || box.right() > area.right() ||
        box.bottom() > area.bottom())
      return false;
    for (const Rectangle& other : taken) {
      if (doOverlap(box, other)) return false;
    }
    const bool hasLeader = wishes[label.wish].hasLeader;
    for (const PlacedLabel& other : placed) {
      if (doOverlap(box, other.box)) return false;
      if (hasLeader && doesCross(label, other.box)) return false;
      if (wishes[other.wish].hasLeader) {
        if (doesCross(other, box)) return false;
        if (hasLeader && doCross(label.fromX, label.fromY, label.toX, label.toY, other.fromX, other.fromY,
                                 other.toX, other.toY))
          return false;
      }
    }
    // A text must not hide what another label is about.
    for (std::size_t i = 0; i < wishes.size(); ++i) {
      if (i != label.wish && wishes[i].hasLeader && isInside(box, wishes[i].x, wishes[i].y)) return false;
    }
    return true;
  };

  for (const std::size_t index : order) {
    const LabelWish& wish = wishes[index];
    if (!isInside({area.left - 1, area.top - 1, area.width + 2, area.height + 2}, wish.x, wish.y)) continue;
    std::optional<PlacedLabel> best;
    if (!wish.hasLeader) {
      const PlacedLabel label = at(index, wish, 0, 0);
      if (isFree(label)) best = label;
    } else {
      double bestCost = kRings + 1;
      const auto consider = [&](double dx, double dy, double cost) {
        if (cost >= bestCost) return;
        const PlacedLabel label = at(index, wish, dx, dy);
        if (!isFree(label)) return;
        best = label;
        bestCost = cost;
      };
      if (const auto before = before_.find(wish.text); before != before_.end())
        consider(before->second.x, before->second.y,
                 std::hypot(before->second.x, before->second.y) / (kRingWidth * wish.height) - kStaying);
      for (int ring = 1; ring <= kRings; ++ring) {
        for (int k = 0; k < kDirections; ++k) {
          // To the right and up first, where a reader looks for it; then both ways round.
          const int turn = (k % 2 == 1 ? 1 : -1) * ((k + 1) / 2);
          const double angle = -std::numbers::pi / 5 + 2 * std::numbers::pi * turn / kDirections;
          const double clear = ring * kRingWidth * wish.height;
          const double dx = std::cos(angle) * (clear + wish.width / 2),
                       dy = std::sin(angle) * (clear + wish.height / 2);
          consider(dx, dy, ring + 0.02 * k);
        }
      }
    }
    if (!best) continue;
    placed.push_back(*best);
    if (wish.hasLeader)
      now[wish.text] = {best->box.left + best->box.width / 2 - wish.x,
                        best->box.top + best->box.height / 2 - wish.y};
  }
  before_ = std::move(now);
  return placed;
}

}  // namespace aula::render
