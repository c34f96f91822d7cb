// SPDX-License-Identifier: Apache-2.0
#include "desktop/ui/style.h"

#include <algorithm>

namespace aula::desktop {
namespace {

/// 0xRRGGBB as Dear ImGui packs it.
constexpr ImU32 rgb(unsigned hex) {
  return IM_COL32((hex >> 16) & 255, (hex >> 8) & 255, hex & 255, 255);
}

Palette light() {
  Palette p{};
  p.window = rgb(0xF3F5F8);
  p.panel = rgb(0xFFFFFF);
  p.raised = rgb(0xF3F5F8);
  p.hovered = rgb(0xE6EBF1);
  p.pressed = rgb(0xD7DEE7);
  p.border = rgb(0xDCE2EA);
  p.text = rgb(0x18222E);
  p.faint = rgb(0x566273);
  p.onAccent = rgb(0xFFFFFF);
  p.accent = rgb(0x0B63C4);
  p.accentHovered = rgb(0x0A55A8);
  p.accentSoft = rgb(0xE3EEFA);
  p.good = rgb(0x16703A);
  p.goodSoft = rgb(0xE2F3E8);
  p.bad = rgb(0xB3261E);
  p.badSoft = rgb(0xFBE7E5);
  p.warn = rgb(0x8A5300);
  p.sceneGround = rgb(0xFFFFFF);
  p.grid = rgb(0xE4E8EE);
  p.curves = {rgb(0x0072B2), rgb(0xD55E00), rgb(0x009E73), rgb(0xA84C86), rgb(0x8A6D00), rgb(0x3B8DC4)};
  return p;
}

Palette dark() {
  Palette p{};
  p.window = rgb(0x12161C);
  p.panel = rgb(0x1A2028);
  p.raised = rgb(0x232B35);
  p.hovered = rgb(0x2E3844);
  p.pressed = rgb(0x3A4654);
  p.border = rgb(0x2F3945);
  p.text = rgb(0xE7ECF2);
  p.faint = rgb(0xA3AFBD);
  p.onAccent = rgb(0x08131F);
  p.accent = rgb(0x6CB2FF);
  p.accentHovered = rgb(0x8DC3FF);
  p.accentSoft = rgb(0x1D3450);
  p.good = rgb(0x6BD08C);
  p.goodSoft = rgb(0x17372A);
  p.bad = rgb(0xFF8A80);
  p.badSoft = rgb(0x45211F);
  p.warn = rgb(0xF2B84B);
  p.sceneGround = rgb(0x12161C);
  p.grid = rgb(0x2B343F);
  p.curves = {rgb(0x56B4E9), rgb(0xE69F00), rgb(0x2FD0A0), rgb(0xE79BC8), rgb(0xF0E442), rgb(0xFF8A5C)};
  return p;
}

Palette highContrast() {
  Palette p = dark();
  p.window = p.panel = p.sceneGround = rgb(0x000000);
  p.raised = rgb(0x000000);
  p.hovered = rgb(0x303030);
  p.pressed = rgb(0x505050);
  p.border = rgb(0xFFFFFF);
  p.text = p.faint = rgb(0xFFFFFF);
  p.onAccent = rgb(0x000000);
  p.accent = rgb(0xFFD500);
  p.accentHovered = rgb(0xFFE766);
  p.accentSoft = rgb(0x3A3100);
  p.good = rgb(0x5CFF8F);
  p.goodSoft = rgb(0x00300F);
  p.bad = rgb(0xFF9C94);
  p.badSoft = rgb(0x4A0A05);
  p.warn = rgb(0xFFD500);
  p.grid = rgb(0x4A4A4A);
  p.curves = {rgb(0x7CC8FF), rgb(0xFFB000), rgb(0x5CFFB8), rgb(0xFFB3E0), rgb(0xFFF34D), rgb(0xFF9466)};
  return p;
}

}  // namespace

const Palette& paletteOf(ThemeName theme) {
  static const Palette kLight = light(), kDark = dark(), kContrast = highContrast();
  return theme == ThemeName::dark ? kDark : theme == ThemeName::highContrast ? kContrast : kLight;
}

ImVec4 toVec4(ImU32 colour) {
  return ImGui::ColorConvertU32ToFloat4(colour);
}

ImU32 withAlpha(ImU32 colour, double alpha) {
  const auto a = static_cast<ImU32>(std::clamp(alpha, 0.0, 1.0) * 255 + 0.5);
  return (colour & ~IM_COL32_A_MASK) | (a << IM_COL32_A_SHIFT);
}

void applyStyle(const Look& look) {
  ImGuiStyle& style = ImGui::GetStyle();
  style = ImGuiStyle();
  const Palette& p = look.colours;
  style.WindowPadding = look.px(16, 14);
  style.FramePadding = look.px(10, 6);
  style.ItemSpacing = look.px(10, 8);
  style.ItemInnerSpacing = look.px(8, 6);
  style.IndentSpacing = look.px(18);
  style.ScrollbarSize = look.px(12);
  style.GrabMinSize = look.px(14);
  style.WindowRounding = style.PopupRounding = look.px(10);
  style.ChildRounding = look.px(10);
  style.FrameRounding = style.GrabRounding = look.px(6);
  style.ScrollbarRounding = look.px(6);
  style.TabRounding = look.px(6);
  style.WindowBorderSize = 0;
  style.ChildBorderSize = 0;
  style.PopupBorderSize = std::max(1.0F, look.px(1));
  style.FrameBorderSize = std::max(1.0F, look.px(1));
  style.DisabledAlpha = 0.45F;
  style.AntiAliasedLinesUseTex = false;  // Thick lines and the plots' many thin ones look alike.
  style.CircleTessellationMaxError = 0.2F;
  style.CurveTessellationTol = 0.8F;

  ImVec4* c = style.Colors;
  c[ImGuiCol_Text] = toVec4(p.text);
  c[ImGuiCol_TextDisabled] = toVec4(p.faint);
  c[ImGuiCol_WindowBg] = toVec4(p.window);
  c[ImGuiCol_ChildBg] = toVec4(withAlpha(p.panel, 0));
  c[ImGuiCol_PopupBg] = toVec4(p.panel);
  c[ImGuiCol_Border] = toVec4(p.border);
  c[ImGuiCol_BorderShadow] = {0, 0, 0, 0};
  c[ImGuiCol_FrameBg] = toVec4(p.panel);
  c[ImGuiCol_FrameBgHovered] = toVec4(p.raised);
  c[ImGuiCol_FrameBgActive] = toVec4(p.raised);
  c[ImGuiCol_Button] = toVec4(p.panel);
  c[ImGuiCol_ButtonHovered] = toVec4(p.hovered);
  c[ImGuiCol_ButtonActive] = toVec4(p.pressed);
  c[ImGuiCol_Header] = toVec4(p.accentSoft);
  c[ImGuiCol_HeaderHovered] = toVec4(p.hovered);
  c[ImGuiCol_HeaderActive] = toVec4(p.pressed);
  c[ImGuiCol_CheckMark] = toVec4(p.accent);
  c[ImGuiCol_SliderGrab] = c[ImGuiCol_SliderGrabActive] = toVec4(p.accent);
  c[ImGuiCol_ScrollbarBg] = {0, 0, 0, 0};
  c[ImGuiCol_ScrollbarGrab] = toVec4(p.pressed);
  c[ImGuiCol_ScrollbarGrabHovered] = c[ImGuiCol_ScrollbarGrabActive] = toVec4(p.faint);
  c[ImGuiCol_Separator] = toVec4(p.border);
  c[ImGuiCol_TextSelectedBg] = toVec4(withAlpha(p.accent, 0.3));
  c[ImGuiCol_NavHighlight] = toVec4(p.accent);
  c[ImGuiCol_NavWindowingHighlight] = toVec4(p.accent);
  c[ImGuiCol_NavWindowingDimBg] = c[ImGuiCol_ModalWindowDimBg] = {0, 0, 0, 0.2F};
}

}  // namespace aula::desktop
