// SPDX-License-Identifier: Apache-2.0
#include "desktop/ui/widgets.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

namespace aula::desktop {
namespace {

/// The parts of a card that is open: its channels and where it began.
struct OpenCard {
  ImVec2 begin;
  float width;
};
std::vector<OpenCard>& openCards() {
  static std::vector<OpenCard> cards;
  return cards;
}

std::map<std::string, ImVec4>& markedPlaces() {
  static std::map<std::string, ImVec4> places;
  return places;
}

ImVec2 textSize(ImFont* font, const std::string& text) {
  return font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, text.c_str(), text.c_str() + text.size());
}

const char* endOfLabel(const char* label) {
  return ImGui::FindRenderedTextEnd(label);
}

}  // namespace

bool textButton(const Look& look, const char* text, ButtonKind kind, float width) {
  const Palette& p = look.colours;
  const bool isAccent = kind == ButtonKind::accent;
  ImGui::PushStyleColor(ImGuiCol_Button,
                        isAccent ? p.accent : withAlpha(p.panel, kind == ButtonKind::quiet ? 0 : 1));
  ImGui::PushStyleColor(ImGuiCol_ButtonHovered, isAccent ? p.accentHovered : p.hovered);
  ImGui::PushStyleColor(ImGuiCol_ButtonActive, isAccent ? p.accentHovered : p.pressed);
  ImGui::PushStyleColor(ImGuiCol_Text, isAccent ? p.onAccent : kind == ButtonKind::quiet ? p.accent : p.text);
  ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize,
                      kind == ButtonKind::plain ? std::max(1.0F, look.px(1)) : 0);
  const bool isPressed = ImGui::Button(text, {width, 0});
  ImGui::PopStyleVar();
  ImGui::PopStyleColor(4);
  return isPressed;
}

bool iconButton(const Look& look, const char* id, Icon icon, const std::string& hint, const IconButton& how) {
  const Palette& p = look.colours;
  const float size = look.px(how.size);
  const bool isAccent = how.kind == ButtonKind::accent;
  ImGui::PushID(id);
  ImGui::PushStyleColor(ImGuiCol_Button, isAccent ? p.accent
                                         : how.isOn
                                             ? p.accentSoft
                                             : withAlpha(p.panel, how.kind == ButtonKind::quiet ? 0 : 1));
  ImGui::PushStyleColor(ImGuiCol_ButtonHovered, isAccent ? p.accentHovered : p.hovered);
  ImGui::PushStyleColor(ImGuiCol_ButtonActive, isAccent ? p.accentHovered : p.pressed);
  ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize,
                      how.kind == ButtonKind::plain ? std::max(1.0F, look.px(1)) : 0);
  ImGui::PushStyleVar(ImGuiStyleVar_FrameRounding, how.isRound ? size / 2 : look.px(8));
  ImGui::BeginDisabled(!how.isEnabled);
  const bool isPressed = ImGui::Button("##icon", {size, size});
  mark(id);
  const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  ImU32 colour = how.colour ? how.colour : isAccent ? p.onAccent : how.isOn ? p.accent : p.text;
  if (!how.isEnabled) colour = withAlpha(colour, 0.4);
  drawIcon(*ImGui::GetWindowDrawList(), icon, {(low.x + high.x) / 2, (low.y + high.y) / 2}, size * 0.46F,
           colour);
  ImGui::EndDisabled();
  ImGui::PopStyleVar(2);
  ImGui::PopStyleColor(3);
  tooltip(look, hint);
  ImGui::PopID();
  return isPressed;
}

bool slider(const Look& look, const char* id, double& value, double lower, double upper, double step,
            float width, bool* isReleased) {
  const Palette& p = look.colours;
  const ImU32 nothing = 0;
  for (const ImGuiCol part : {ImGuiCol_FrameBg, ImGuiCol_FrameBgHovered, ImGuiCol_FrameBgActive,
                              ImGuiCol_SliderGrab, ImGuiCol_SliderGrabActive, ImGuiCol_Border})
    ImGui::PushStyleColor(part, nothing);
  ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 0);
  const float grab = look.px(16);
  ImGui::PushStyleVar(ImGuiStyleVar_GrabMinSize, grab);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(look.px(2), ImGui::GetStyle().FramePadding.y));
  ImGui::SetNextItemWidth(width);
  double moved = value;
  bool hasChanged = ImGui::SliderScalar(id, ImGuiDataType_Double, &moved, &lower, &upper, "",
                                        ImGuiSliderFlags_NoInput | ImGuiSliderFlags_NoRoundToFormat);
  const bool isFocused = ImGui::IsItemFocused(), isHovered = ImGui::IsItemHovered(),
             isActive = ImGui::IsItemActive();
  if (isReleased) *isReleased = ImGui::IsItemDeactivatedAfterEdit();
  // While it is held by keyboard, arrows move it by the step that the knob calls for.
  if (hasChanged && isActive && ImGui::GetIO().NavVisible && step > 0)
    moved = value + (moved > value ? step : -step);
  const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  ImGui::PopStyleVar(3);
  ImGui::PopStyleColor(6);

  moved = std::clamp(moved, lower, upper);
  const double share = upper > lower ? (moved - lower) / (upper - lower) : 0;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float y = std::round((low.y + high.y) / 2), from = low.x + grab / 2, to = high.x - grab / 2;
  const float x = from + float(share) * (to - from), thick = look.px(2);
  list.AddRectFilled({from, y - thick}, {to, y + thick}, p.pressed, thick);
  list.AddRectFilled({from, y - thick}, {x, y + thick}, p.accent, thick);
  const float radius = grab / 2 * (isActive ? 1.0F : isHovered || isFocused ? 0.95F : 0.85F);
  if (isHovered || isActive) list.AddCircleFilled({x, y}, radius + look.px(4), withAlpha(p.accent, 0.16));
  list.AddCircleFilled({x, y}, radius, p.accent);
  list.AddCircleFilled({x, y}, radius - look.px(2.5), p.panel);
  hasChanged = hasChanged && moved != value;
  if (hasChanged) value = moved;
  return hasChanged;
}

bool segmented(const Look& look, const char* id, std::initializer_list<const char*> labels, int& chosen,
               float width) {
  const Palette& p = look.colours;
  bool hasChanged = false;
  ImGui::PushID(id);
  const float gap = look.px(4);
  const float each = (width - gap * float(labels.size() - 1)) / float(labels.size());
  int i = 0;
  for (const char* text : labels) {
    if (i > 0) ImGui::SameLine(0, gap);
    const bool isChosen = i == chosen;
    ImGui::PushID(i);
    ImGui::PushStyleColor(ImGuiCol_Button, isChosen ? p.accentSoft : p.panel);
    ImGui::PushStyleColor(ImGuiCol_Border, isChosen ? p.accent : p.border);
    ImGui::PushStyleColor(ImGuiCol_Text, isChosen && p.window != p.panel ? p.accent : p.text);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, look.px(4, 6));
    if (ImGui::Button(cutToFit(ImGui::GetFont(), text, each - look.px(8)).c_str(), {each, 0}) && !isChosen) {
      chosen = i;
      hasChanged = true;
    }
    ImGui::PopStyleVar();
    ImGui::PopStyleColor(3);
    ImGui::PopID();
    ++i;
  }
  ImGui::PopID();
  return hasChanged;
}

bool tabs(const Look& look, const char* id, std::initializer_list<const char*> labels, int& chosen) {
  const Palette& p = look.colours;
  ImGui::PushID(id);
  bool hasChanged = false;
  // All of them on one line: narrower gaps, then smaller type, where a language needs more room.
  ImFont* font = look.fonts.body;
  const float room = ImGui::GetContentRegionAvail().x;
  const auto total = [&](ImFont* with) {
    float sum = 0;
    for (const char* text : labels) sum += textSize(with, text).x;
    return sum;
  };
  if (total(font) + look.px(12) * float(labels.size() - 1) > room) font = look.fonts.small;
  const float gap = std::clamp((room - total(font)) / float(std::max<std::size_t>(labels.size() - 1, 1)),
                               look.px(6), look.px(18));
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const float height = look.px(34);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddLine({start.x, start.y + height}, {start.x + room, start.y + height}, p.border,
               std::max(1.0F, look.px(1)));
  float x = start.x;
  int i = 0;
  for (const char* text : labels) {
    const ImVec2 size = textSize(font, text);
    ImGui::SetCursorScreenPos({x, start.y});
    ImGui::PushID(i);
    ImGui::PushStyleColor(ImGuiCol_Button, 0U);
    ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 0);
    if (ImGui::Button("##tab", {size.x, height}) && i != chosen) {
      chosen = i;
      hasChanged = true;
    }
    mark("tab" + std::to_string(i));
    ImGui::PopStyleVar();
    ImGui::PopStyleColor();
    const bool isOn = i == chosen;
    list.AddText(font, font->FontSize, {x, start.y + (height - size.y) / 2}, isOn ? p.accent : p.text, text);
    if (isOn)
      list.AddRectFilled({x, start.y + height - look.px(2.5)}, {x + size.x, start.y + height + look.px(0.5)},
                         p.accent, look.px(1.5));
    ImGui::PopID();
    x += size.x + gap;
    ++i;
  }
  ImGui::SetCursorScreenPos({start.x, start.y + height + look.px(8)});
  ImGui::PopID();
  return hasChanged;
}

void heading(const Look& look, const char* text) {
  label(look.fonts.bold, look.colours.text, text);
}

void caption(const Look& look, const std::string& text) {
  ImGui::PushFont(look.fonts.small);
  ImGui::PushStyleColor(ImGuiCol_Text, look.colours.faint);
  wrapped(text);
  ImGui::PopStyleColor();
  ImGui::PopFont();
}

void wrapped(const std::string& text) {
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(text.c_str(), text.c_str() + text.size());
  ImGui::PopTextWrapPos();
}

void label(ImFont* font, ImU32 colour, const std::string& text, float width) {
  ImGui::PushFont(font);
  ImGui::PushStyleColor(ImGuiCol_Text, colour);
  ImGui::TextUnformatted((width > 0 ? cutToFit(font, text, width) : text).c_str());
  ImGui::PopStyleColor();
  ImGui::PopFont();
}

void badge(const Look& look, const std::string& text, ImU32 colour, ImU32 ground, const Icon* icon) {
  ImFont* font = look.fonts.small;
  const ImVec2 size = textSize(font, text);
  const float pad = look.px(8), mark = icon ? look.px(12) : 0, gap = icon ? look.px(5) : 0;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = size.x + 2 * pad + mark + gap, height = size.y + look.px(6);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(at, {at.x + width, at.y + height}, ground, height / 2);
  if (icon) drawIcon(list, *icon, {at.x + pad + mark / 2, at.y + height / 2}, mark, colour);
  list.AddText(font, font->FontSize, {at.x + pad + mark + gap, at.y + look.px(3)}, colour, text.c_str());
  ImGui::Dummy({width, height});
}

void beginCard(const Look& look, const char* id) {
  ImGui::PushID(id);
  const ImVec2 begin = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  openCards().push_back({begin, width});
  const float pad = look.px(12);
  ImGui::GetWindowDrawList()->ChannelsSplit(2);
  ImGui::GetWindowDrawList()->ChannelsSetCurrent(1);
  ImGui::SetCursorScreenPos({begin.x + pad, begin.y + pad});
  ImGui::BeginGroup();
  ImGui::PushItemWidth(width - 2 * pad);
  // What wraps and what asks for the room left must end before the card's edge.
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  ImGui::PushClipRect({begin.x, window->ClipRect.Min.y}, {begin.x + width, window->ClipRect.Max.y}, true);
  window->WorkRect.Max.x -= pad;
  window->ContentRegionRect.Max.x -= pad;
}

void endCard(const Look& look) {
  const OpenCard card = openCards().back();
  openCards().pop_back();
  const float pad = look.px(12);
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  window->WorkRect.Max.x += pad;
  window->ContentRegionRect.Max.x += pad;
  ImGui::PopClipRect();
  ImGui::PopItemWidth();
  ImGui::EndGroup();
  const float bottom = ImGui::GetItemRectMax().y + pad;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.ChannelsSetCurrent(0);
  const ImVec2 end{card.begin.x + card.width, bottom};
  list.AddRectFilled(card.begin, end, look.colours.panel, look.px(10));
  list.AddRect(card.begin, end, look.colours.border, look.px(10), ImDrawFlags_None,
               std::max(1.0F, look.px(1)));
  list.ChannelsMerge();
  ImGui::SetCursorScreenPos({card.begin.x, bottom});
  ImGui::Dummy({card.width, 0});
  ImGui::PopID();
}

void mark(const std::string& name) {
  const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  markedPlaces()[name] = {low.x, low.y, high.x, high.y};
}

ImVec4 placeOf(const std::string& name) {
  const auto found = markedPlaces().find(name);
  return found == markedPlaces().end() ? ImVec4() : found->second;
}

void tooltip(const Look& look, const std::string& hint) {
  if (hint.empty()) return;
  const bool isReached = ImGui::IsItemFocused() && ImGui::GetIO().NavVisible;
  if (!isReached &&
      !(ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled) && GImGui->HoveredIdTimer > 0.5F))
    return;
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, look.px(10, 7));
  ImGui::BeginTooltip();
  ImGui::PushFont(look.fonts.small);
  ImGui::TextUnformatted(hint.c_str());
  ImGui::PopFont();
  ImGui::EndTooltip();
  ImGui::PopStyleVar();
}

std::string cutToFit(ImFont* font, const std::string& text, float width) {
  const std::string whole(text.c_str(), endOfLabel(text.c_str()));
  if (textSize(font, whole).x <= width) return text;
  const char* rest = nullptr;
  const float dots = textSize(font, "…").x;
  font->CalcTextSizeA(font->FontSize, std::max(width - dots, 1.0F), 0, whole.c_str(),
                      whole.c_str() + whole.size(), &rest);
  return std::string(whole.c_str(), rest) + "…" + text.substr(whole.size());
}

}  // namespace aula::desktop
