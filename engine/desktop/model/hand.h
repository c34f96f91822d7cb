// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "scene/bounds.h"
#include "scene/camera/projection.h"
#include "scene/view/view.h"

namespace aula::desktop {

enum class HandTool { particle, residue, molecule, heat, cool };
inline constexpr int kHandTools = 5;

/// A particle of a frame.
struct Grip {
  std::string view;        ///< The ParticlesView's name,
  std::size_t item = 0;    ///< the particle in it,
  std::size_t number = 0;  ///< and in the frame, counted through all its ParticlesViews (lab/session/hand.h).
  core::Vec3 position;     ///< m
  double radius = 0;       ///< m
};

/// The particle of `view` (by name) with this index; nothing where there is none on the CPU.
[[nodiscard]] std::optional<Grip> gripOf(const scene::Frame& frame, const std::string& view,
                                         std::size_t item);
/// The particle whose middle is seen nearest to this place of the picture, at most `reach` pixels from it.
[[nodiscard]] std::optional<Grip> gripNear(const scene::Frame& frame, const scene::Camera& camera,
                                           const scene::Viewport& viewport, double x, double y, double reach);

/// What the hand asks of the simulation: a command of lab/session/hand.h.
struct HandCommand {
  std::string name;
  double value = 0;
};
using HandCommands = std::vector<HandCommand>;

/// A hand that holds a particle, its residue or molecule by a spring, or a ball of heat or cold. Its place is
/// in the plane of the screen through what was taken; all it does is told as commands. No clock, no window.
class Hand {
 public:
  [[nodiscard]] HandTool tool() const { return tool_; }
  void setTool(HandTool tool) { tool_ = tool; }
  [[nodiscard]] bool heats() const { return tool_ == HandTool::heat || tool_ == HandTool::cool; }
  /// K, of the ball.
  [[nodiscard]] double temperature() const;
  [[nodiscard]] double ballRadius() const { return ballRadius_; }  ///< m, while a ball is held.

  /// Takes hold in this frame.
  [[nodiscard]] HandCommands take(const Grip& grip, const scene::Frame& frame);
  /// To what is under this place of the picture, as deep as now. What was taken off its middle stays off it.
  [[nodiscard]] HandCommands moveTo(const scene::Camera& camera, const scene::Viewport& viewport, double x,
                                    double y);
  /// The pointer is here: moves are counted from this place on.
  void setOut(const scene::Camera& camera, const scene::Viewport& viewport, double x, double y);
  /// By steps of a fiftieth of the scene along the camera's axes; `ahead` is away from the eye.
  [[nodiscard]] HandCommands nudge(const scene::Camera& camera, double right, double up, double ahead);
  /// What is held is here in the newest frame. The spring is stretched no longer than a part of the scene,
  /// and its end stays in the box: across a periodic face the nearest way would be the opposite one.
  [[nodiscard]] HandCommands follow(const scene::Frame& frame);
  [[nodiscard]] HandCommands letGo();

  [[nodiscard]] bool isHolding() const { return held_.has_value(); }
  [[nodiscard]] const std::optional<Grip>& held() const { return held_; }
  [[nodiscard]] core::Vec3 target() const { return target_; }
  /// The simulation knows of no hand any more.
  void forget() { held_.reset(); }

 private:
  [[nodiscard]] HandCommands goTo(core::Vec3 target);
  [[nodiscard]] std::optional<core::Vec3> under(const scene::Camera& camera, const scene::Viewport& viewport,
                                                double x, double y) const;
  HandTool tool_ = HandTool::particle;
  std::optional<Grip> held_;
  core::Vec3 target_, offset_, told_;
  scene::Bounds box_;  ///< Empty: there is none.
  double sceneSize_ = 1, ballRadius_ = 0;
};

}  // namespace aula::desktop
