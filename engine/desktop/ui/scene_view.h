// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <imgui.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "desktop/model/axis.h"
#include "desktop/model/explorer.h"
#include "desktop/model/hand.h"
#include "desktop/model/selection.h"
#include "desktop/scene/painter.h"
#include "desktop/ui/plot.h"
#include "scene/pick.h"

namespace aula::desktop {

class Desk;

/// The scene in the middle of the window: a plane as a map that can be zoomed and read, a space from a camera
/// that turns about it, flies through it or walks in it. What is pointed at is named; a click chooses it.
class SceneView {
 public:
  /// The rectangle is the scene's; keyboard and mouse act on it. `isBare`: without readouts and buttons (for
  /// a projector).
  void draw(Desk& desk, ImVec2 at, ImVec2 size, bool isBare);
  /// Takes a picture that the painter has finished. True when there was one, or something moves by itself.
  bool poll(Desk& desk);
  void reset();      ///< For another lab.
  void resetView();  ///< Everything in sight again.
  void goToViewpoint(std::size_t index);
  void setMode(CameraMode mode);
  void nextMode();
  void nextField(Desk& desk);  ///< Another plane, or the space.
  /// What is in the middle of the scene.
  void chooseInTheMiddle() { wantsPick_ = true; }
  /// The next (1) or previous (-1) thing in the list of layers.
  void chooseNext(Desk& desk, int direction);
  void choose(Selection selection) { selection_ = std::move(selection); }
  /// The camera goes to a structure of the lab's catalogue; `air` around it, in its own size.
  void comeCloser(const Desk& desk, const std::string& structure, double air = 0.2);
  /// Clicks set the tape measure's points instead of choosing.
  void toggleTape(Desk& desk);
  [[nodiscard]] bool isTapeOn() const { return isTapeOn_; }
  /// Leaves what can be left by Escape: what is held, a choice, flying. False when there was nothing.
  bool escape(Desk& desk);
  /// The hand that takes particles: on and off, another of its tools, and by keyboard (hand_view.cpp).
  void toggleHand(Desk& desk);
  void nextTool(Desk& desk);
  void takeOrLetGo(Desk& desk);
  [[nodiscard]] const Hand& hand() const { return hand_; }
  [[nodiscard]] bool isHandOn() const { return isHandOn_; }
  /// Where the particle with this number (lab/session/hand.h) is seen in the window, for scripts.
  [[nodiscard]] std::optional<ImVec4> placeOfParticle(std::size_t number) const;
  /// What a screenshot or a film of the scene is made from, without its size.
  [[nodiscard]] SceneRequest request(const Desk& desk) const;
  [[nodiscard]] bool isSpace() const { return isSpace_; }
  /// Letters and arrows move the camera.
  [[nodiscard]] bool isSteered() const { return isSpace_ && explorer_.mode() != CameraMode::orbit; }
  [[nodiscard]] bool isAnimated() const { return isSpace_ && (explorer_.isMoving() || isSteering_); }
  [[nodiscard]] CameraMode mode() const { return explorer_.mode(); }
  [[nodiscard]] const scene::Camera& camera() const { return explorer_.camera(); }
  [[nodiscard]] const Selection& selection() const { return selection_; }
  [[nodiscard]] const std::string& field() const { return view_; }
  /// Of the painted picture last shown: pixels a side for each computed.
  [[nodiscard]] double ratio() const { return ratio_; }
  /// The coarsest since the lab was opened.
  [[nodiscard]] double coarsestRatio() const { return coarsestRatio_; }
  /// A scene at rest has been drawn as smoothly as it will be.
  [[nodiscard]] bool isDrawn() const;
  [[nodiscard]] bool hasPicture() const { return hasPicture_; }
  /// Counts what a film must follow besides the simulation's frames.
  [[nodiscard]] unsigned changes() const { return changes_; }
  [[nodiscard]] PainterThread* painter() { return painter_.get(); }
  void setWake(std::function<void()> wake) { wake_ = std::move(wake); }

 private:
  // scene_view.cpp
  void find(const scene::Frame& frame);
  float drawBar(Desk& desk, ImVec2 at, ImVec2 size);
  void drawCallout(Desk& desk, const PlotFrame& within, ImVec2 at, const Selection& what,
                   const scene::Frame& frame, bool isChosen) const;
  void useField(const std::string& name, bool isSpace);
  // plane_view.cpp
  void drawPlane(Desk& desk, ImVec2 at, ImVec2 size, bool isBare);
  void drawOutlines(Desk& desk, const scene::Frame& frame, const PlotFrame& plot,
                    const render::ColourMap& map);
  [[nodiscard]] const scene::VolumeView* planeOf(const scene::Frame& frame) const;
  // space_view.cpp
  void drawSpace(Desk& desk, ImVec2 at, ImVec2 size, bool isBare);
  void fit(const Desk& desk, ImVec2 size);
  void takeCamera(ImVec2 at, ImVec2 size, bool isMouseFree);
  void paint(Desk& desk, ImVec2 size, const std::shared_ptr<const scene::Frame>& frame);
  void point(Desk& desk, ImVec2 at, ImVec2 size, const std::shared_ptr<const scene::Frame>& frame,
             bool isBare);

  // hand_view.cpp
  [[nodiscard]] bool canHold(const Desk& desk) const;
  void setTool(Desk& desk, HandTool tool);
  void post(Desk& desk, const HandCommands& commands);
  void letGo(Desk& desk);
  [[nodiscard]] std::optional<Grip> gripAt(const Desk& desk, ImVec2 size, double x, double y);
  void take(Desk& desk, const Grip& grip);
  /// True when the mouse is the hand's and not the camera's.
  bool useHand(Desk& desk, ImVec2 at, ImVec2 size);
  void drawHand(const Desk& desk, ImVec2 at, ImVec2 size) const;
  /// The width it took.
  float drawHandBar(Desk& desk, float x, float y, float room);
  // structure_panel.cpp: somebody has pointed at something.
  void pointedAt(Desk& desk, const Selection& what);

  bool isSpace_ = false, hasPicture_ = false, hasView_ = false, hasSpace_ = false;
  std::string view_;  ///< The plane shown, by name; empty: the first.
  std::vector<std::string> planes_;
  Selection selection_;
  bool wantsPick_ = false;
  Axis x_, y_;  ///< What is seen of the plane, in `unit_`.
  bool isFollowing_ = true;
  render::ColourLimits limits_;
  OwnedTexture texture_, painted_;
  std::uint64_t textureKey_ = 0;
  Region textureRegion_;
  ImVec2 textureSize_;
  Explorer explorer_;
  Steering steering_;
  bool isFitted_ = false;     ///< The camera shows the whole scene, or what somebody made of that.
  bool isUntouched_ = false;  ///< Nobody has moved it since: it follows the window's size.
  bool isSmooth_ = false, isSteering_ = false, isHeld_ = false;
  ImVec2 fittedSize_;
  scene::Bounds fittedBounds_;
  std::size_t wantedView_ = 6;
  std::unique_ptr<PainterThread> painter_;
  std::uint64_t askedKey_ = 0;
  int refinements_ = 0;  ///< Further pictures of a scene at rest: its edges get smoother.
  double ratio_ = 1, coarsestRatio_ = 1;
  unsigned changes_ = 0;
  scene::Picker picker_;
  std::shared_ptr<const scene::Frame> picked_;  ///< The frame that the picker has.
  std::function<void()> wake_;
  Hand hand_;
  bool isHandOn_ = false, isDragging_ = false, isTapeOn_ = false;
  ImVec2 corner_;  ///< Of the space in the window.
  /// What a picture was painted from: as seen, and with all layers.
  struct Shown {
    std::uint64_t tag = 0;
    std::shared_ptr<const scene::Frame> frame, whole;
  };
  Shown shown_;
  std::vector<Shown> asked_;  ///< Pictures under way.
};

}  // namespace aula::desktop
