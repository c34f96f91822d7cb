// SPDX-License-Identifier: Apache-2.0
#include "desktop/model/hand.h"

#include <algorithm>
#include <cmath>

#include "lab/session/hand.h"
#include "scene/view/bounds.h"

namespace aula::desktop {
namespace {

namespace command = lab::hand;

/// Of the scene's diagonal: a step of the wheel or an arrow key, and a ball's radius; the ball holds some
/// particles however few there are.
constexpr double kStepShare = 0.02, kBallShare = 0.08, kBallInRadii = 3;
/// Of the same: how far a spring is stretched. A cube's diagonal is 1.73 of its edge, and half an edge is
/// where the nearest way across its faces turns round.
constexpr double kReachShare = 0.2;
/// What the simulation calls the edges of its box (sims/molecular/view).
constexpr const char* kBoxName = "box";
/// Of the same: shorter moves are not told.
constexpr double kLeastWay = 1e-4;
/// K
constexpr double kHot = 1000, kCold = 10;

template <typename Visit>
void eachParticles(const scene::Frame& frame, const Visit& visit) {
  std::size_t first = 0;
  for (const scene::View& any : frame.views) {
    const auto* view = std::get_if<scene::ParticlesView>(&any);
    if (!view || !view->positions) continue;
    visit(*view, first);
    first += view->positions->size();
  }
}

Grip gripIn(const scene::ParticlesView& view, std::size_t first, std::size_t item) {
  Grip grip{view.name, item, first + item, scene::toVec3((*view.positions)[item]), 0};
  if (view.radii && !view.radii->empty())
    grip.radius = double((*view.radii)[view.radii->size() == 1 ? 0 : std::min(item, view.radii->size() - 1)]);
  return grip;
}

}  // namespace

std::optional<Grip> gripOf(const scene::Frame& frame, const std::string& name, std::size_t item) {
  std::optional<Grip> found;
  eachParticles(frame, [&](const scene::ParticlesView& view, std::size_t first) {
    if (!found && view.name == name && item < view.positions->size()) found = gripIn(view, first, item);
  });
  return found;
}

std::optional<Grip> gripNear(const scene::Frame& frame, const scene::Camera& camera,
                             const scene::Viewport& viewport, double x, double y, double reach) {
  std::optional<Grip> found;
  double nearest = reach * reach;
  eachParticles(frame, [&](const scene::ParticlesView& view, std::size_t first) {
    for (std::size_t i = 0; i < view.positions->size(); ++i) {
      const auto p = scene::project(camera, viewport, scene::toVec3((*view.positions)[i]));
      if (!p) continue;
      const double away = (p->x - x) * (p->x - x) + (p->y - y) * (p->y - y);
      if (away > nearest) continue;
      nearest = away;
      found = gripIn(view, first, i);
    }
  });
  return found;
}

double Hand::temperature() const {
  return tool_ == HandTool::heat ? kHot : kCold;
}

HandCommands Hand::take(const Grip& grip, const scene::Frame& frame) {
  held_ = grip;
  target_ = told_ = grip.position;
  offset_ = {};
  box_ = {};
  for (const scene::View& view : frame.views)
    if (std::holds_alternative<scene::LinesView>(view) && scene::nameOf(view) == kBoxName)
      box_.add(scene::boundsOf(view));
  sceneSize_ = box_.isEmpty() ? scene::boundsOf(frame).diagonal() : box_.diagonal();
  if (heats()) {
    ballRadius_ = std::max(kBallShare * sceneSize_, kBallInRadii * grip.radius);
    // Its place before its size: nothing is heated on the way.
    return {{command::kHeatX, target_.x},
            {command::kHeatY, target_.y},
            {command::kHeatZ, target_.z},
            {command::kHeatTemperature, temperature()},
            {command::kHeatRadius, ballRadius_}};
  }
  const char* name = tool_ == HandTool::residue    ? command::kTakeResidue
                     : tool_ == HandTool::molecule ? command::kTakeMolecule
                                                   : command::kTakeParticle;
  return {{name, double(grip.number)}};
}

std::optional<core::Vec3> Hand::under(const scene::Camera& camera, const scene::Viewport& viewport, double x,
                                      double y) const {
  const scene::Ray ray = scene::rayThrough(camera, viewport, x, y);
  const core::Vec3 forward = scene::axesOf(camera).forward;
  const double slope = core::dot(ray.direction, forward);
  // Beside a wide camera nothing is met.
  if (!(slope > 1e-6)) return std::nullopt;
  return ray.origin + core::dot(target_ - ray.origin, forward) / slope * ray.direction;
}

void Hand::setOut(const scene::Camera& camera, const scene::Viewport& viewport, double x, double y) {
  if (const auto place = under(camera, viewport, x, y)) offset_ = target_ - *place;
}

HandCommands Hand::moveTo(const scene::Camera& camera, const scene::Viewport& viewport, double x, double y) {
  const auto place = held_ ? under(camera, viewport, x, y) : std::nullopt;
  return place ? goTo(*place + offset_) : HandCommands{};
}

HandCommands Hand::nudge(const scene::Camera& camera, double right, double up, double ahead) {
  if (!held_) return {};
  const scene::CameraAxes axes = scene::axesOf(camera);
  return goTo(target_ + kStepShare * sceneSize_ * (right * axes.right + up * axes.up + ahead * axes.forward));
}

HandCommands Hand::goTo(core::Vec3 target) {
  target_ = target;
  if (!box_.isEmpty())
    for (int axis = 0; axis < 3; ++axis)
      target_[axis] = std::clamp(target_[axis], box_.lower[axis], box_.upper[axis]);
  core::Vec3 end = target_;
  if (!heats()) {
    const core::Vec3 way = target_ - held_->position;
    const double length = core::length(way), reach = kReachShare * sceneSize_;
    if (length > reach) end = held_->position + reach / length * way;
  }
  if (core::length(end - told_) < kLeastWay * sceneSize_) return {};
  told_ = end;
  if (heats()) return {{command::kHeatX, end.x}, {command::kHeatY, end.y}, {command::kHeatZ, end.z}};
  return {{command::kX, end.x}, {command::kY, end.y}, {command::kZ, end.z}};
}

HandCommands Hand::follow(const scene::Frame& frame) {
  if (!held_ || heats()) return {};
  if (const auto now = gripOf(frame, held_->view, held_->item)) held_->position = now->position;
  return goTo(target_);
}

HandCommands Hand::letGo() {
  if (!held_) return {};
  held_.reset();
  if (heats()) return {{command::kHeatRadius, 0}};
  return {{command::kLetGo, 0}};
}

}  // namespace aula::desktop
