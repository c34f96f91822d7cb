// SPDX-License-Identifier: Apache-2.0
#include <imgui.h>
#include <imgui_stdlib.h>

#include "core/error.h"
#include "desktop/ui/desk.h"
#include "desktop/ui/widgets.h"

namespace aula::desktop {
namespace {

void turn(Desk& desk, const KnobEntry& entry, double si, KnobEdit& edit) {
  edit.problem = desk.lab->turn(entry.name(), si);
}

/// The field takes "650 nm" or "650"; Enter or leaving it turns the knob.
void drawField(Desk& desk, const KnobEntry& entry, double value, KnobEdit& edit, float width) {
  const Look& look = desk.look;
  if (!edit.isEditing) edit.text = entry.text(value);
  ImGui::SetNextItemWidth(width);
  const bool isWrong = !edit.problem.empty();
  if (isWrong) ImGui::PushStyleColor(ImGuiCol_Border, look.colours.bad);
  ImGui::InputText("##value", &edit.text, ImGuiInputTextFlags_AutoSelectAll);
  mark("value:" + entry.name());
  if (isWrong) ImGui::PopStyleColor();
  if (ImGui::IsItemActivated()) edit.isEditing = true;
  if (ImGui::IsItemDeactivated()) {
    const bool hasChanged = ImGui::IsItemDeactivatedAfterEdit();
    edit.isEditing = false;
    edit.problem.clear();
    if (hasChanged) {
      try {
        turn(desk, entry, entry.parse(edit.text), edit);
      } catch (const core::Error& error) {
        edit.problem = error.what();
      }
    }
  }
  tooltip(look, desk.w(Word::rangeIs, {entry.text(entry.knob().lower), entry.text(entry.knob().upper)}));
}

void drawKnob(Desk& desk, const KnobEntry& entry, const lab::LiveKnob& state) {
  const Look& look = desk.look;
  ImGui::PushID(entry.name().c_str());
  KnobEdit& edit = desk.knobEdits[entry.name()];
  const double value = edit.isDragging ? edit.dragged : state.pending;
  const std::string& text = entry.knob().label.in(look.language);
  wrapped(text.empty() ? entry.name() : text);

  const float room = ImGui::GetContentRegionAvail().x;
  const float fieldWidth = look.px(112), gap = look.px(10);
  double shown = entry.shown(value);
  bool isReleased = false;
  const bool isMoved = slider(look, "##slider", shown, entry.lower(), entry.upper(), entry.step(),
                              room - fieldWidth - gap, &isReleased);
  mark("knob:" + entry.name());
  if (isMoved) {
    edit.isDragging = true;
    edit.dragged = entry.fromSlider(shown);
    // A live knob acts while it is dragged; another only asks once, when it is let go.
    if (state.isLive) turn(desk, entry, edit.dragged, edit);
  }
  if (isReleased && edit.isDragging) {
    turn(desk, entry, edit.dragged, edit);
    edit.isDragging = false;
  }
  ImGui::SameLine(0, gap);
  drawField(desk, entry, value, edit, fieldWidth);

  if (!edit.problem.empty()) {
    ImGui::PushStyleColor(ImGuiCol_Text, look.colours.bad);
    ImGui::PushFont(look.fonts.small);
    wrapped(edit.problem);
    ImGui::PopFont();
    ImGui::PopStyleColor();
  } else if (state.pending != state.value) {
    ImGui::PushFont(look.fonts.small);
    ImGui::PushStyleColor(ImGuiCol_Text, look.colours.warn);
    wrapped(desk.w(Word::valueAfterRestart, {entry.text(state.value)}));
    ImGui::PopStyleColor();
    ImGui::PopFont();
  }
  ImGui::PopID();
  ImGui::Dummy({0, look.px(2)});
}

}  // namespace

void drawKnobs(Desk& desk) {
  const Look& look = desk.look;
  const lab::LiveStatus& status = desk.lab->status();
  if (desk.lab->knobs().empty()) return;
  heading(look, desk.w(Word::knobs));
  ImGui::Dummy({0, look.px(2)});
  // The way to make waiting values act stands where they were turned.
  if (!status.pendingRestart.empty()) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x, pad = look.px(12);
    const float height = ImGui::GetFrameHeight() + look.fonts.small->FontSize + 2 * pad + look.px(6);
    ImGui::GetWindowDrawList()->AddRectFilled(at, {at.x + width, at.y + height}, look.colours.accentSoft,
                                              look.px(8));
    ImGui::SetCursorScreenPos({at.x + pad, at.y + pad});
    label(look.fonts.small, look.colours.text, desk.w(Word::needsRestart), width - 2 * pad);
    ImGui::SetCursorScreenPos({at.x + pad, at.y + pad + look.fonts.small->FontSize + look.px(6)});
    const bool isAsked = textButton(look, desk.w(Word::restartNow), ButtonKind::accent);
    mark("apply");
    if (isAsked) {
      const bool wasRunning = status.state == lab::LiveState::running;
      desk.lab->session().restart();
      if (wasRunning) desk.lab->session().run();
    }
    ImGui::SetCursorScreenPos({at.x, at.y + height + look.px(8)});
    ImGui::Dummy({0, 0});
  }
  for (const KnobEntry& entry : desk.lab->knobs()) {
    const auto state = status.knobs.find(entry.name());
    lab::LiveKnob fallback;
    fallback.value = fallback.pending = entry.knob().value;
    fallback.isLive = entry.knob().isLive;
    drawKnob(desk, entry, state == status.knobs.end() ? fallback : state->second);
  }
}

}  // namespace aula::desktop
