// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <imgui.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "desktop/model/axis.h"
#include "desktop/scene/painter.h"
#include "desktop/ui/plot.h"
#include "scene/camera/controllers.h"

namespace aula::desktop {

class Desk;

/// The scene in the middle of the window: a plane as a map that can be zoomed and read, a space from a camera
/// that turns about it.
class SceneView {
 public:
  /// The rectangle is the scene's; keyboard and mouse act on it. `isBare`: without readouts and buttons (for
  /// a projector).
  void draw(Desk& desk, ImVec2 at, ImVec2 size, bool isBare);
  /// Takes a picture that the painter has finished. True when there was one.
  bool poll(Desk& desk);
  void reset();      ///< For another lab.
  void resetView();  ///< Everything in sight again.
  void goToViewpoint(std::size_t index);
  /// What a screenshot or a film of the scene is made from, without its size.
  [[nodiscard]] SceneRequest request(const Desk& desk) const;
  [[nodiscard]] bool isSpace() const { return isSpace_; }
  [[nodiscard]] bool hasPicture() const { return hasPicture_; }
  [[nodiscard]] PainterThread* painter() { return painter_.get(); }
  void setWake(std::function<void()> wake) { wake_ = std::move(wake); }

 private:
  void drawPlane(Desk& desk, ImVec2 at, ImVec2 size, bool isBare);
  void drawSpace(Desk& desk, ImVec2 at, ImVec2 size, bool isBare);
  void drawOutlines(Desk& desk, const scene::Frame& frame, const PlotFrame& plot,
                    const render::ColourMap& map);
  [[nodiscard]] const scene::VolumeView* planeOf(const scene::Frame& frame) const;
  void choose(const scene::Frame& frame);

  bool isSpace_ = false, hasPicture_ = false, hasView_ = false;
  std::string view_;  ///< The plane shown, by name; empty: the first.
  std::vector<std::string> planes_;
  Axis x_, y_;  ///< What is seen of the plane, in `unit_`.
  bool isFollowing_ = true;
  render::ColourLimits limits_;
  OwnedTexture texture_;
  std::uint64_t textureKey_ = 0;
  Region textureRegion_;
  ImVec2 textureSize_;
  scene::OrbitController orbit_;
  bool isFitted_ = false;  ///< The camera shows the whole scene, or what somebody made of that.
  std::size_t wantedView_ = 6;
  std::unique_ptr<PainterThread> painter_;
  std::uint64_t askedKey_ = 0;
  int refinements_ = 0;  ///< Further pictures of a scene at rest: its edges get smoother.
  std::function<void()> wake_;
};

}  // namespace aula::desktop
