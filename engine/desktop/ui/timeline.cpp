// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "core/units/quantity.h"
#include "desktop/ui/desk.h"
#include "desktop/ui/widgets.h"
#include "render/layout/ticks.h"

namespace aula::desktop {
namespace {

using lab::LiveState;

double nice(double value) {
  const double power = std::pow(10.0, std::floor(std::log10(value)));
  const double ratio = value / power;
  return power * (ratio >= 5 ? 5 : ratio >= 2 ? 2 : 1);
}

void drawSpeed(Desk& desk, float width) {
  const Look& look = desk.look;
  const lab::LiveStatus& status = desk.lab->status();
  const auto textOf = [&](double factor) {
    return std::isfinite(factor) && factor > 0
               ? desk.w(Word::perSecond, {core::prettyUnit(core::formatQuantity(factor, "s", 3))})
               : std::string(desk.w(Word::fullSpeed));
  };
  ImGui::SetNextItemWidth(width);
  if (ImGui::BeginCombo("##speed", textOf(status.speedFactor).c_str(), ImGuiComboFlags_HeightLarge)) {
    if (ImGui::Selectable(desk.w(Word::fullSpeed), !std::isfinite(status.speedFactor)))
      desk.lab->session().setSpeed(lab::LiveSession::kFullSpeed);
    // The whole run in about ten seconds, half a minute, two minutes, ten minutes.
    if (desk.lab->duration() > 0)
      for (const double seconds : {10.0, 30.0, 120.0, 600.0}) {
        const double factor = nice(desk.lab->duration() / seconds);
        if (ImGui::Selectable(textOf(factor).c_str(), std::abs(status.speedFactor / factor - 1) < 1e-6))
          desk.lab->session().setSpeed(factor);
      }
    ImGui::EndCombo();
  }
  tooltip(look, desk.w(Word::speed));
}

/// The bar from the beginning to the end of the run, with a mark for each checkpoint.
void drawBar(Desk& desk, ImVec2 at, ImVec2 size) {
  const Look& look = desk.look;
  const Palette& p = look.colours;
  const lab::LiveStatus& status = desk.lab->status();
  const std::int64_t last = std::max({status.steps, status.step, std::int64_t{1}});
  const float from = at.x + look.px(9), to = at.x + size.x - look.px(9), y = std::round(at.y + size.y / 2);
  const auto xOf = [&](double step) { return from + float(step / double(last)) * (to - from); };

  ImGui::SetCursorScreenPos(at);
  ImGui::InvisibleButton("##timeline", size);
  mark("timeline");
  const bool isHovered = ImGui::IsItemHovered(), isActive = ImGui::IsItemActive();
  const float mouse = std::clamp((ImGui::GetIO().MousePos.x - from) / (to - from), 0.0F, 1.0F);
  std::int64_t target = static_cast<std::int64_t>(std::llround(double(mouse) * double(last)));
  // Near a checkpoint the mouse means it: there the way back is shortest.
  const lab::LivePlace* caught = nullptr;
  for (const lab::LivePlace& place : status.history)
    if (std::abs(xOf(double(place.step)) - ImGui::GetIO().MousePos.x) <= look.px(5)) caught = &place;
  if (caught) target = caught->step;
  if (isActive) desk.scrubStep = static_cast<int>(target);
  if (ImGui::IsItemDeactivated() && desk.scrubStep >= 0) {
    desk.lab->session().goTo(desk.scrubStep);
    desk.scrubStep = -1;
  }
  if (!isActive && !ImGui::IsItemDeactivated()) desk.scrubStep = -1;

  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float thick = look.px(3);
  list.AddRectFilled({from, y - thick}, {to, y + thick}, p.pressed, thick);
  list.AddRectFilled({from, y - thick}, {xOf(double(status.step)), y + thick}, p.accent, thick);
  // Marks closer than a few pixels are one.
  float lastMark = -1e9F;
  for (const lab::LivePlace& place : status.history) {
    const float x = std::round(xOf(double(place.step)));
    if (x - lastMark < look.px(5)) continue;
    lastMark = x;
    list.AddRectFilled({x - look.px(1), y + look.px(6)}, {x + look.px(1), y + look.px(12)}, p.faint,
                       look.px(1));
  }
  if (status.goingTo >= 0)
    list.AddCircle({xOf(double(status.goingTo)), y}, look.px(6), p.accent, 0, look.px(1.5));
  const float handle = xOf(double(desk.scrubStep >= 0 ? desk.scrubStep : status.step));
  list.AddCircleFilled({handle, y}, look.px(isHovered || isActive ? 8 : 7), p.accent);
  list.AddCircleFilled({handle, y}, look.px(isHovered || isActive ? 5 : 4.5), p.panel);
  if (ImGui::IsItemFocused() && ImGui::GetIO().NavVisible)
    list.AddRect(at, {at.x + size.x, at.y + size.y}, p.accent, look.px(6), ImDrawFlags_None, look.px(2));
  if (isHovered || isActive) {
    ImGui::BeginTooltip();
    ImGui::PushFont(look.fonts.small);
    const std::string time = timeOf(double(target) * status.timeStep, desk.lab->duration());
    ImGui::TextUnformatted(
        (caught ? desk.w(Word::checkpoint, {time}) : desk.w(Word::goHere, {time})).c_str());
    ImGui::PopFont();
    ImGui::EndTooltip();
  }
}

std::string stateText(const Desk& desk) {
  const lab::LiveStatus& status = desk.lab->status();
  if (status.goingTo >= 0) return desk.w(Word::goingTo, {std::to_string(status.goingTo)});
  switch (status.state) {
    case LiveState::preparing:
      return desk.w(Word::preparing);
    case LiveState::running:
      return desk.w(Word::running);
    case LiveState::paused:
      return desk.w(Word::paused);
    case LiveState::finished:
      return desk.w(Word::finished);
    case LiveState::failed:
      return desk.w(Word::failed);
  }
  return {};
}

}  // namespace

std::string timeOf(double seconds, double duration) {
  const render::Prefix prefix = render::choosePrefix(std::max(std::abs(seconds), std::abs(duration)));
  const double scale = std::pow(10.0, -prefix.exponent);
  const double largest = std::max(std::abs(seconds), std::abs(duration)) * scale;
  return render::formatFixed(seconds * scale, largest >= 100  ? 1
                                              : largest >= 10 ? 2
                                                              : 3) +
         " " + prefix.symbol + "s";
}

void drawTimeline(Desk& desk, ImVec2 at, ImVec2 size) {
  const Look& look = desk.look;
  const lab::LiveStatus& status = desk.lab->status();
  lab::LiveSession& session = desk.lab->session();
  const bool isUsable = status.state != LiveState::preparing && status.state != LiveState::failed;
  const bool isRunning = status.state == LiveState::running;
  // Where there is no room beside the buttons the bar lies over them, from edge to edge.
  const bool isNarrow = size.x < look.px(420);
  const float over = isNarrow ? look.px(24) : 0;
  if (isNarrow) drawBar(desk, {at.x + look.px(8), at.y + look.px(2)}, {size.x - look.px(16), over});
  const float middle = at.y + over + (size.y - over) / 2, gap = look.px(6);
  float x = at.x + look.px(14);
  const auto place = [&](float side) {
    ImGui::SetCursorScreenPos({x, middle - look.px(side) / 2});
    x += look.px(side) + gap;
  };
  IconButton small;
  small.isEnabled = isUsable;
  place(34);
  if (iconButton(look, "begin", Icon::toBeginning, desk.w(Word::toBeginning), small)) session.goTo(0);
  IconButton large;
  large.isEnabled = isUsable;
  large.kind = ButtonKind::accent;
  large.isRound = true;
  large.size = 46;
  place(46);
  const std::string hint = std::string(desk.w(isRunning ? Word::pause : Word::run)) + "  (Space)";
  if (iconButton(look, "run", isRunning ? Icon::pause : Icon::play, hint, large))
    isRunning ? session.pause() : session.run();
  place(34);
  if (iconButton(look, "step", Icon::step, std::string(desk.w(Word::stepForward)) + "  (→)", small))
    session.step();
  x += look.px(8);

  // The time needs a fixed room so that nothing moves while it counts.
  const bool isWide = size.x > look.px(620);
  const std::string now = timeOf(status.time, desk.lab->duration()),
                    end = timeOf(desk.lab->duration(), desk.lab->duration());
  ImFont* font = look.fonts.bold;
  const auto widthOf = [](ImFont* f, const std::string& text) {
    return f->CalcTextSizeA(f->FontSize, FLT_MAX, 0, text.c_str()).x;
  };
  const float timeWidth = std::max(widthOf(font, end), widthOf(look.fonts.small, end)) + look.px(12);
  ImGui::SetCursorScreenPos({x, middle - look.px(19)});
  label(font, look.colours.text, now);
  ImGui::SetCursorScreenPos({x, middle + look.px(3)});
  label(look.fonts.small, look.colours.faint, "/ " + end);
  x += timeWidth + look.px(14);

  const float right = at.x + size.x - look.px(14);
  float controls = look.px(34) + gap;
  const float speedWidth = isWide ? look.px(150) : 0;
  if (isWide) controls += speedWidth + look.px(10);
  const float barWidth = right - controls - x - look.px(10);
  const float barHeight = look.px(34);
  if (!isNarrow && barWidth > look.px(60)) {
    drawBar(desk, {x, middle - barHeight / 2 - look.px(6)}, {barWidth, barHeight});
    std::string line = stateText(desk) + "  ·  " +
                       desk.w(Word::stepOf, {std::to_string(status.step), std::to_string(status.steps)});
    if (status.speed > 0 && isRunning)
      line += "  ·  " + core::formatIn(status.speed, "1", 3) + " " + status.speedUnit;
    ImGui::SetCursorScreenPos({x + look.px(9), middle + look.px(10)});
    label(look.fonts.small, look.colours.faint, line, barWidth - look.px(12));
  }
  x = right - controls;
  if (isWide) {
    ImGui::SetCursorScreenPos({x, middle - ImGui::GetFrameHeight() / 2});
    drawSpeed(desk, speedWidth);
    x += speedWidth + look.px(10);
  }
  ImGui::SetCursorScreenPos({x, middle - look.px(17)});
  IconButton again;
  again.isEnabled = status.state != LiveState::preparing;
  if (iconButton(look, "restart", Icon::restart, std::string(desk.w(Word::restart)) + "  (R)", again))
    session.restart();
}

}  // namespace aula::desktop
