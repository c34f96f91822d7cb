// SPDX-License-Identifier: Apache-2.0
// The hand in a space: what takes hold of particles, and what is drawn of it at once, before a picture comes.
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "desktop/ui/desk.h"
#include "desktop/ui/scene_view.h"
#include "desktop/ui/widgets.h"
#include "scene/view/bounds.h"

namespace aula::desktop {
namespace {

/// A particle is taken from so far off, in units.
constexpr float kReach = 12;
/// GLFW's numbers of the keys that move what is held.
enum Key : int { kRight = 262, kLeft = 263, kDown = 264, kUp = 265, kPageUp = 266, kPageDown = 267 };

constexpr Word kToolNames[] = {Word::handParticle, Word::handResidue, Word::handMolecule, Word::handHeat,
                               Word::handCool};
static_assert(std::size(kToolNames) == kHandTools);

void dashed(ImDrawList& list, ImVec2 a, ImVec2 b, ImU32 colour, float dash, float thickness) {
  const float length = std::hypot(b.x - a.x, b.y - a.y);
  const auto at = [&](float way) {
    const float share = std::min(1.0F, way / std::max(length, 1.0F));
    return ImVec2(a.x + share * (b.x - a.x), a.y + share * (b.y - a.y));
  };
  for (float way = 0; way < length; way += 2 * dash) list.AddLine(at(way), at(way + dash), colour, thickness);
}

}  // namespace

bool SceneView::canHold(const Desk& desk) const {
  return isSpace_ && desk.lab && desk.lab->status().hasHands;
}

void SceneView::toggleHand(Desk& desk) {
  if (!canHold(desk)) return;
  isHandOn_ = !isHandOn_;
  if (!isHandOn_) letGo(desk);
}

void SceneView::setTool(Desk& desk, HandTool tool) {
  letGo(desk);
  hand_.setTool(tool);
  isHandOn_ = true;
}

void SceneView::nextTool(Desk& desk) {
  if (canHold(desk))
    setTool(desk, static_cast<HandTool>((static_cast<int>(hand_.tool()) + (isHandOn_ ? 1 : 0)) % kHandTools));
}

void SceneView::post(Desk& desk, const HandCommands& commands) {
  for (const HandCommand& command : commands)
    if (const std::string problem = desk.lab->turn(command.name, command.value); !problem.empty()) {
      hand_.forget();
      desk.banner = problem;
      return;
    }
  if (!commands.empty()) ++changes_;
}

void SceneView::letGo(Desk& desk) {
  isDragging_ = false;
  if (hand_.isHolding()) post(desk, hand_.letGo());
}

/// In the picture that is seen, which may be older than the newest frame.
std::optional<Grip> SceneView::gripAt(const Desk& desk, ImVec2 size, double x, double y) {
  const Shown& seen = shown_.frame ? shown_ : Shown{0, shownInSpace(desk.lab->frame()), desk.lab->frame()};
  const scene::Viewport viewport{double(size.x), double(size.y)};
  if (picked_ != seen.frame) {
    picker_.setFrame(*seen.frame);
    picked_ = seen.frame;
  }
  const Selection under =
      pickAlong(scene::rayThrough(explorer_.camera(), viewport, x, y), *seen.frame, picker_);
  if (under.item)
    if (auto grip = gripOf(*seen.whole, under.view, *under.item)) return grip;
  const auto near = gripNear(*seen.frame, explorer_.camera(), viewport, x, y, double(desk.look.px(kReach)));
  // Numbers are those of the whole frame, layers that are hidden now included.
  return near ? gripOf(*seen.whole, near->view, near->item) : std::nullopt;
}

void SceneView::take(Desk& desk, const Grip& grip) {
  isUntouched_ = false;  // The camera keeps still.
  selection_ = {grip.view, grip.item, grip.position};
  post(desk, hand_.take(grip, *desk.lab->frame()));
  if (desk.lab->status().state != lab::LiveState::running) desk.say(desk.w(Word::handPaused));
}

void SceneView::takeOrLetGo(Desk& desk) {
  if (!canHold(desk)) return;
  if (hand_.isHolding()) return letGo(desk);
  isHandOn_ = true;
  std::optional<Grip> grip;
  if (selection_.item) grip = gripOf(*desk.lab->frame(), selection_.view, *selection_.item);
  if (!grip) grip = gripAt(desk, fittedSize_, double(fittedSize_.x) / 2, double(fittedSize_.y) / 2);
  if (grip)
    take(desk, *grip);
  else
    desk.say(desk.w(Word::handNothing));
}

bool SceneView::useHand(Desk& desk, ImVec2 at, ImVec2 size) {
  const lab::LiveState state = desk.lab->status().state;
  if (!canHold(desk) || state == lab::LiveState::preparing || state == lab::LiveState::failed) {
    hand_.forget();
    return isDragging_ = false;
  }
  const scene::Viewport viewport{double(size.x), double(size.y)};
  const ImGuiIO& io = ImGui::GetIO();
  const scene::Camera& camera = explorer_.camera();
  const double x = double(io.MousePos.x - at.x), y = double(io.MousePos.y - at.y);
  if (ImGui::IsItemActivated() && ImGui::IsMouseClicked(ImGuiMouseButton_Left) && (isHandOn_ || io.KeyCtrl)) {
    if (const auto grip = gripAt(desk, size, x, y)) {
      letGo(desk);
      take(desk, *grip);
      hand_.setOut(camera, viewport, x, y);
      isDragging_ = true;
    }
  }
  if (!hand_.isHolding()) return isDragging_ = false;
  post(desk, hand_.follow(*desk.lab->frame()));
  if (isDragging_) {
    ImGui::SetItemUsingMouseWheel();
    if (io.MouseDelta.x != 0 || io.MouseDelta.y != 0) post(desk, hand_.moveTo(camera, viewport, x, y));
    if (io.MouseWheel != 0) {
      post(desk, hand_.nudge(camera, 0, 0, double(io.MouseWheel)));
      hand_.setOut(camera, viewport, x, y);
    }
    if (!ImGui::IsMouseDown(ImGuiMouseButton_Left)) letGo(desk);
    return true;
  }
  // By keyboard: the arrows are the hand's as long as it holds something.
  if (io.WantTextInput || io.NavVisible || io.KeyCtrl || GImGui->OpenPopupStack.Size) return false;
  const auto pressed = [](int key) { return ImGui::IsKeyPressed(key) ? 1.0 : 0.0; };
  const double right = pressed(kRight) - pressed(kLeft), up = pressed(kUp) - pressed(kDown),
               ahead = pressed(kPageUp) - pressed(kPageDown);
  if (right != 0 || up != 0 || ahead != 0) post(desk, hand_.nudge(camera, right, up, ahead));
  return false;
}

std::optional<ImVec4> SceneView::placeOfParticle(std::size_t number) const {
  if (!shown_.whole) return std::nullopt;
  for (const scene::View& any : shown_.whole->views) {
    const auto* view = std::get_if<scene::ParticlesView>(&any);
    if (!view || !view->positions) continue;
    if (number >= view->positions->size()) {
      number -= view->positions->size();
      continue;
    }
    const auto p = scene::project(explorer_.camera(), {double(fittedSize_.x), double(fittedSize_.y)},
                                  scene::toVec3((*view->positions)[number]));
    if (!p) return std::nullopt;
    const float x = corner_.x + float(p->x), y = corner_.y + float(p->y);
    return ImVec4(x - 1, y - 1, x + 1, y + 1);
  }
  return std::nullopt;
}

void SceneView::drawHand(const Desk& desk, ImVec2 at, ImVec2 size) const {
  if (!hand_.isHolding()) return;
  const Look& look = desk.look;
  const scene::Viewport viewport{double(size.x), double(size.y)};
  const auto target = scene::project(explorer_.camera(), viewport, hand_.target());
  if (!target) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.PushClipRect(at, {at.x + size.x, at.y + size.y}, true);
  const ImVec2 end{at.x + float(target->x), at.y + float(target->y)};
  const float thick = look.px(2);
  if (hand_.heats()) {
    const ImU32 colour = hand_.tool() == HandTool::heat ? look.colours.bad : look.colours.accent;
    const auto rim =
        scene::project(explorer_.camera(), viewport,
                       hand_.target() + hand_.ballRadius() * scene::axesOf(explorer_.camera()).right);
    const float radius = rim ? std::max(look.px(6), float(rim->x - target->x)) : look.px(6);
    list.AddCircle(end, radius, colour, 0, thick);
    char text[40];
    std::snprintf(text, sizeof text, "%.0f K", hand_.temperature());
    ImFont* font = look.fonts.bold;
    const ImVec2 extent = font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, text);
    const ImVec2 corner{end.x - extent.x / 2, end.y - radius - extent.y - look.px(5)};
    list.AddRectFilled({corner.x - look.px(5), corner.y - look.px(1)},
                       {corner.x + extent.x + look.px(5), corner.y + extent.y + look.px(1)},
                       look.colours.panel, look.px(5));
    list.AddText(font, font->FontSize, corner, colour, text);
  } else if (const std::optional<Grip> held =
                 shown_.whole ? gripOf(*shown_.whole, hand_.held()->view, hand_.held()->item)
                              : hand_.held()) {
    if (const auto from = scene::project(explorer_.camera(), viewport, held->position)) {
      const ImVec2 begin{at.x + float(from->x), at.y + float(from->y)};
      dashed(list, begin, end, look.colours.accent, look.px(4), look.px(1.5F));
    }
    list.AddCircle(end, look.px(7), look.colours.panel, 0, 2 * thick);
    list.AddCircle(end, look.px(7), look.colours.accent, 0, thick);
  }
  list.PopClipRect();
}

float SceneView::drawHandBar(Desk& desk, float x, float y, float room) {
  if (!canHold(desk)) return 0;
  const Look& look = desk.look;
  const float gap = look.px(8);
  IconButton how;
  how.size = 34;
  how.isOn = isHandOn_;
  float used = look.px(36);
  if (used > room) return 0;
  ImGui::SetCursorScreenPos({x, y - look.px(2)});
  if (iconButton(look, "hand", Icon::hand, std::string(desk.w(Word::handHint)) + "  (H)", how))
    toggleHand(desk);
  const float width = std::min(look.px(150), room - used - gap);
  if (!isHandOn_ || width < look.px(60)) return used;
  ImGui::SetCursorScreenPos({x + used + gap, y});
  ImGui::SetNextItemWidth(width);
  const float arrow = ImGui::GetFrameHeight() + 2 * ImGui::GetStyle().FramePadding.x;
  const char* chosen = desk.w(kToolNames[static_cast<int>(hand_.tool())]);
  if (ImGui::BeginCombo("##tool", cutToFit(ImGui::GetFont(), chosen, width - arrow).c_str())) {
    for (int i = 0; i < kHandTools; ++i)
      if (ImGui::Selectable(desk.w(kToolNames[i]), i == static_cast<int>(hand_.tool())))
        setTool(desk, static_cast<HandTool>(i));
    ImGui::EndCombo();
  } else {
    mark("tool");
    tooltip(look, std::string(desk.w(Word::handTool)) + "  (M)");
  }
  return used + gap + width;
}

}  // namespace aula::desktop
