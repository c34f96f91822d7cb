// SPDX-License-Identifier: Apache-2.0
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "desktop/ui/desk.h"
#include "desktop/ui/scene_view.h"
#include "desktop/ui/widgets.h"
#include "scene/camera/viewpoints.h"
#include "scene/view/bounds.h"

namespace aula::desktop {
namespace {

/// Of the painted space, pixels: more only costs time on a software device, and the picture is stretched.
constexpr float kMostPaintedSide = 1600;
/// The keys 1 to 7.
constexpr scene::NamedView kViews[] = {
    scene::NamedView::front, scene::NamedView::back,   scene::NamedView::left,     scene::NamedView::right,
    scene::NamedView::top,   scene::NamedView::bottom, scene::NamedView::isometric};
/// Pictures of a scene at rest that are gathered into one.
constexpr int kMostRefinements = 8;
/// What the colour bar takes, in sizes of its type.
constexpr float kBarWidth = 8.5F;
/// Numbers in a picture are told by their type's size, Dear ImGui's fonts by a line's height.
constexpr float kSizeOfLine = 0.72F;
/// Of a scene's diagonal: how far it may grow, and what may be left of it, before the camera follows.
constexpr double kSlack = 0.08, kShrunk = 0.6;
/// After a long rest the first frame must not leap. s
constexpr double kLongestStep = 0.1;
/// Squared pixels: a press that moved less is a click.
constexpr float kClick = 16;

/// GLFW's numbers of the keys that steer.
enum Key : int { kRight = 262, kLeft = 263, kDown = 264, kUp = 265 };

std::uint64_t mix(std::uint64_t key, std::uint64_t with) {
  return (key ^ (with + 0x9e3779b97f4a7c15ULL + (key << 6) + (key >> 2)));
}

std::array<std::uint8_t, 3> bytesOf(ImU32 colour) {
  return {static_cast<std::uint8_t>(colour >> IM_COL32_R_SHIFT & 255),
          static_cast<std::uint8_t>(colour >> IM_COL32_G_SHIFT & 255),
          static_cast<std::uint8_t>(colour >> IM_COL32_B_SHIFT & 255)};
}

scene::Colour linearOf(ImU32 colour) {
  const auto linear = [](std::uint8_t byte) {
    const float v = float(byte) / 255;
    return v <= 0.04045F ? v / 12.92F : std::pow((v + 0.055F) / 1.055F, 2.4F);
  };
  const auto bytes = bytesOf(colour);
  return {linear(bytes[0]), linear(bytes[1]), linear(bytes[2])};
}

Steering steeringNow() {
  const ImGuiIO& io = ImGui::GetIO();
  if (io.WantTextInput || io.KeyCtrl || io.KeyAlt || io.KeySuper) return {};
  // With the keyboard on a control, arrows are that control's.
  const bool hasArrows = !io.NavVisible;
  const auto held = [&](int letter, int arrow) {
    return ImGui::IsKeyDown(letter) || (hasArrows && arrow != 0 && ImGui::IsKeyDown(arrow)) ? 1.0 : 0.0;
  };
  Steering steering;
  steering.forward = held('W', kUp) - held('S', kDown);
  steering.right = held('D', kRight) - held('A', kLeft);
  steering.up = held('E', 0) - held('Q', 0);
  steering.isFast = io.KeyShift;
  return steering;
}

}  // namespace

void SceneView::fit(const Desk& desk, ImVec2 size) {
  const scene::Bounds bounds = scene::boundsOf(*desk.lab->frame());
  // Particles fly about: the camera follows those that leave the picture, or when little of it is left in
  // use.
  const scene::Bounds room = fittedBounds_.grown(kSlack * fittedBounds_.diagonal());
  scene::Bounds both = room;
  both.add(bounds);
  const bool isOtherRoom = !(both == room) || bounds.diagonal() < kShrunk * fittedBounds_.diagonal();
  const bool isOther = size.x != fittedSize_.x || size.y != fittedSize_.y || isOtherRoom;
  // Somebody who has taken the camera in hand keeps it.
  if (isFitted_ && !(isUntouched_ && isOther)) {
    fittedSize_ = size;
    return;
  }
  const float text = kSizeOfLine * desk.look.fonts.small->FontSize;
  const scene::Viewport viewport{double(size.x), double(size.y)};
  const scene::Stance& stance = desk.lab->frame()->stance;
  const bool isOwn = kViews[wantedView_] == scene::NamedView::isometric && !(stance == scene::Stance{});
  explorer_.look(isOwn ? scene::makeView(stance.azimuth, stance.elevation, bounds, viewport)
                       : scene::makeView(kViews[wantedView_], bounds, viewport, false, 30, stance.front),
                 bounds, viewport, double(kBarWidth * text / std::max(size.x, 1.0F)), double(text),
                 isSmooth_ && !isFitted_);
  isFitted_ = isUntouched_ = true;
  isSmooth_ = false;
  fittedSize_ = size;
  fittedBounds_ = bounds;
}

void SceneView::takeCamera(ImVec2 at, ImVec2 size, bool isMouseFree) {
  const scene::Viewport viewport{double(size.x), double(size.y)};
  const ImGuiIO& io = ImGui::GetIO();
  const bool isHovered = ImGui::IsItemHovered(), isActive = ImGui::IsItemActive(),
             isFocused = ImGui::IsItemFocused();
  const scene::Camera before = explorer_.camera();
  const bool wasMoving = explorer_.isMoving();
  // A click must not turn the scene.
  if (isMouseFree && isActive &&
      (isHeld_ || io.MouseDragMaxDistanceSqr[0] > kClick || io.MouseDragMaxDistanceSqr[1] > kClick ||
       io.MouseDragMaxDistanceSqr[2] > kClick)) {
    const bool isPanning = io.KeyShift || ImGui::IsMouseDown(ImGuiMouseButton_Right) ||
                           ImGui::IsMouseDown(ImGuiMouseButton_Middle);
    explorer_.drag(double(io.MouseDelta.x), double(io.MouseDelta.y), isPanning, viewport);
    isHeld_ = true;
  }
  if (!isActive) isHeld_ = false;
  const double x = double(io.MousePos.x - at.x), y = double(io.MousePos.y - at.y);
  if (isHovered) ImGui::SetItemUsingMouseWheel();
  if (isMouseFree && isHovered && io.MouseWheel != 0) explorer_.zoom(double(io.MouseWheel), x, y, viewport);
  if (isMouseFree && isHovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) resetView();
  if (isFocused && io.NavVisible)
    for (const int sign : {1, -1})
      if (ImGui::IsKeyPressed(sign > 0 ? '=' : '-'))
        explorer_.zoom(sign, viewport.width / 2, viewport.height / 2, viewport);
  steering_ = isSteered() && !GImGui->OpenPopupStack.Size ? steeringNow() : Steering{};
  isSteering_ = steering_.isAny();
  explorer_.advance(std::min(double(io.DeltaTime), kLongestStep), steering_);
  const scene::Camera& now = explorer_.camera();
  if (core::length(now.eye - before.eye) > 0 || core::length(now.target - before.target) > 0) {
    ++changes_;
    if (!wasMoving) isUntouched_ = false;
  }
}

void SceneView::drawSpace(Desk& desk, ImVec2 at, ImVec2 size, bool isBare) {
  const Look& look = desk.look;
  if (size.x < look.px(60) || size.y < look.px(60)) return;
  // Within the board's edge.
  const float edge = std::max(1.0F, look.px(1));
  at.x += edge;
  size.x -= 2 * edge;
  size.y -= edge;
  fit(desk, size);
  ImGui::SetCursorScreenPos(at);
  ImGui::InvisibleButton("##space", size,
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight |
                             ImGuiButtonFlags_MouseButtonMiddle);
  mark("scene");
  const bool isFocused = ImGui::IsItemFocused();
  corner_ = at;
  const bool isHandAtWork = useHand(desk, at, size);
  takeCamera(at, size, !isHandAtWork);
  const std::shared_ptr<const scene::Frame> frame = shownInSpace(desk.lab->seen());
  const Selection before = selection_;
  // A particle that was chosen is followed.
  if (selection_.item)
    if (const auto grip = gripOf(*frame, selection_.view, *selection_.item))
      selection_.point = grip->position;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (painted_.id() != 0)
    list.AddImageRounded(reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(painted_.id())), at,
                         {at.x + size.x, at.y + size.y}, {0, 0}, {1, 1}, IM_COL32_WHITE, look.px(9),
                         isBare ? ImDrawFlags_RoundCornersNone : ImDrawFlags_RoundCornersBottom);
  // What the window lowered by itself is said, for as long as it is so.
  constexpr double kNative = 1.01;
  if (ratio_ > kNative && !isBare && desk.preferences.quality == kAutomaticQuality) {
    char ratio[16];
    std::snprintf(ratio, sizeof ratio, "%.1f", ratio_);
    const std::string text =
        desk.w(Word::lowered, {ratio, std::to_string(desk.preferences.picturesPerSecond)});
    list.AddText(look.fonts.small, look.fonts.small->FontSize,
                 {at.x + look.px(10), at.y + size.y - look.fonts.small->FontSize - look.px(8)},
                 look.colours.faint, text.c_str());
  }
  if (!isHandAtWork) point(desk, at, size, frame, isBare);
  drawHand(desk, at, size);
  if (!(before == selection_)) ++changes_;
  paint(desk, size, frame);
  if (isFocused && ImGui::GetIO().NavVisible)
    list.AddRect(at, {at.x + size.x, at.y + size.y}, look.colours.accent, 0, ImDrawFlags_None, look.px(2));
}

void SceneView::point(Desk& desk, ImVec2 at, ImVec2 size, const std::shared_ptr<const scene::Frame>& frame,
                      bool isBare) {
  const scene::Viewport viewport{double(size.x), double(size.y)};
  const ImGuiIO& io = ImGui::GetIO();
  const bool isHovered = ImGui::IsItemHovered() && !ImGui::IsItemActive();
  const bool isClicked = ImGui::IsItemHovered() && ImGui::IsMouseReleased(ImGuiMouseButton_Left) &&
                         io.MouseDragMaxDistanceSqr[0] <= kClick;
  const PlotFrame within{at, {at.x + size.x, at.y + size.y}};
  Selection under;
  if (isHovered || isClicked || wantsPick_) {
    if (picked_ != frame) {
      picker_.setFrame(*frame);
      picked_ = frame;
    }
    const bool isMiddle = wantsPick_ && !isClicked;
    under = pickAlong(scene::rayThrough(explorer_.camera(), viewport,
                                        isMiddle ? viewport.width / 2 : double(io.MousePos.x - at.x),
                                        isMiddle ? viewport.height / 2 : double(io.MousePos.y - at.y)),
                      *frame, picker_);
    if (isClicked || wantsPick_) pointedAt(desk, under);
    wantsPick_ = false;
  }
  // What is chosen keeps its name at its place, wherever the camera goes.
  if (const scene::View* chosen = findView(*frame, selection_.view)) {
    const core::Vec3 place = selection_.point ? *selection_.point : scene::boundsOf(*chosen).centre();
    const auto p = scene::project(explorer_.camera(), viewport, place);
    if (p && p->x >= 0 && p->x <= viewport.width && p->y >= 0 && p->y <= viewport.height)
      drawCallout(desk, within, {at.x + float(p->x), at.y + float(p->y)}, selection_, *frame, true);
  }
  if (isHovered && !isBare && !under.view.empty() && !isClicked && !isSteering_ && !(under == selection_))
    drawCallout(desk, within, io.MousePos, under, *frame, false);
}

bool SceneView::isDrawn() const {
  return !isSpace_ ||
         (painter_ && !painter_->isBusy() && refinements_ >= kMostRefinements && !explorer_.isMoving());
}

void SceneView::paint(Desk& desk, ImVec2 size, const std::shared_ptr<const scene::Frame>& frame) {
  if (!painter_) painter_ = std::make_unique<PainterThread>(wake_);
  SceneRequest wanted = request(desk);
  const float shrink = std::min(1.0F, kMostPaintedSide / std::max(size.x, size.y));
  wanted.width = std::max(64, int(size.x * shrink));
  wanted.height = std::max(64, int(size.y * shrink));
  wanted.hasHeading = false;
  wanted.cameraAspect = 0;
  wanted.textSize = double(kSizeOfLine * desk.look.fonts.small->FontSize * shrink);
  wanted.ground = bytesOf(desk.look.colours.sceneGround);
  if (auto lines = highlightOf(selection_, *frame)) {
    lines->hasColour = true;
    lines->colour = linearOf(desk.look.colours.accent);
    lines->width = 2.5F;
    auto lit = std::make_shared<scene::Frame>(*frame);
    lit->views.emplace_back(std::move(*lines));
    wanted.frame = std::move(lit);
  } else {
    wanted.frame = frame;
  }
  const scene::Camera& camera = wanted.camera;
  const core::Vec3 place = selection_.point.value_or(core::Vec3{});
  std::uint64_t key = mix(desk.lab->frameNumber(), desk.lab->revision());
  key = mix(key, std::hash<std::string>()(selection_.view + desk.look.language));
  key = mix(key, selection_.item.value_or(0));
  for (const double part : {camera.eye.x, camera.eye.y, camera.eye.z, camera.target.x, camera.target.y,
                            camera.target.z, camera.shiftX, place.x, place.y, place.z, double(wanted.width),
                            double(wanted.height), wanted.textSize, double(desk.preferences.quality),
                            double(int(desk.preferences.theme)), double(int(desk.preferences.colours))})
    key = mix(key, std::hash<double>()(part));
  wanted.tag = key;
  // A scene at rest is drawn a few times more: each picture adds samples to the last, as fine as can be.
  const bool isOther = key != askedKey_;
  if ((!isOther && refinements_ >= kMostRefinements) || painter_->isBusy()) return;
  // Atoms leap from one picture to the next: there is no history that coarse pictures could be filled from.
  const bool hasParticles =
      std::any_of(frame->views.begin(), frame->views.end(),
                  [](const scene::View& view) { return std::holds_alternative<scene::ParticlesView>(view); });
  if ((!isOther || hasParticles) && wanted.ratio == 0) wanted.ratio = 1;
  asked_.push_back({key, frame, desk.lab->frame()});
  painter_->ask(std::move(wanted));
  refinements_ = isOther ? 0 : refinements_ + 1;
  askedKey_ = key;
}

}  // namespace aula::desktop
