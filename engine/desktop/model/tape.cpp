// SPDX-License-Identifier: Apache-2.0
#include "desktop/model/tape.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "core/units/quantity.h"

namespace aula::desktop {
namespace {

/// Of the cross at a first point: of the distance between its points on anatomy's scale, small and visible.
constexpr double kCrossSize = 0.002;

std::string degrees(double radians) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f°", radians * 180 / std::numbers::pi);
  return text;
}

}  // namespace

void Tape::add(core::Vec3 point) {
  if (points_.size() == 3) points_.clear();
  points_.push_back(point);
  ++revision_;
}

double Tape::length() const {
  return points_.size() < 2 ? 0 : core::length(points_[1] - points_[0]);
}

double Tape::angle() const {
  if (points_.size() < 3) return 0;
  const core::Vec3 a = points_[0] - points_[1], b = points_[2] - points_[1];
  const double sine = core::length(core::cross(a, b)), cosine = core::dot(a, b);
  // By both: exact near 0 and near a straight angle.
  return sine == 0 && cosine == 0 ? 0 : std::atan2(sine, cosine);
}

std::string Tape::text() const {
  if (points_.size() < 2) return "";
  std::string text = core::formatIn(length(), "mm");
  if (points_.size() == 3) text += ", " + degrees(angle());
  return text;
}

std::vector<scene::View> Tape::views() const {
  std::vector<scene::View> views;
  if (points_.size() == 1) {
    scene::LinesView cross;
    cross.name = "tape";
    for (int axis = 0; axis < 3; ++axis) {
      core::Vec3 arm{axis == 0 ? kCrossSize : 0, axis == 1 ? kCrossSize : 0, axis == 2 ? kCrossSize : 0};
      cross.polylines.push_back({points_[0] - arm, points_[0] + arm});
    }
    cross.width = 2;
    views.emplace_back(std::move(cross));
  }
  if (points_.size() == 2) views.emplace_back(scene::RulerView{"tape", points_[0], points_[1]});
  if (points_.size() == 3) {
    scene::LinesView legs;
    legs.name = "tape";
    legs.polylines = {{points_[0], points_[1], points_[2]}};
    legs.width = 2.5F;
    views.emplace_back(std::move(legs));
    scene::LabelView value;
    value.text = degrees(angle());
    value.position = points_[1];
    value.hasLeader = true;
    value.priority = 2000;
    views.emplace_back(std::move(value));
  }
  return views;
}

}  // namespace aula::desktop
