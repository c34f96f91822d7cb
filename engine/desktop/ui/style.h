// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <imgui.h>

#include <array>
#include <string>

#include "desktop/model/preferences.h"

namespace aula::desktop {

/// The colours of one theme. Text on its ground keeps a contrast of 4.5 (WCAG 2.1, 1.4.3) everywhere, 7 in
/// the high-contrast theme.
struct Palette {
  ImU32 window, panel, raised, hovered, pressed;  ///< Grounds, from behind to the front.
  ImU32 border, text, faint, onAccent;
  ImU32 accent, accentHovered, accentSoft;  ///< The one colour that means "here", and its pale ground.
  ImU32 good, bad, warn, badSoft, goodSoft;
  ImU32 sceneGround;            ///< Behind the scene.
  ImU32 grid;                   ///< Of plots.
  std::array<ImU32, 6> curves;  ///< After Okabe and Ito (2008): told apart by colour-blind eyes too.
};

struct Fonts {
  ImFont *small = nullptr, *body = nullptr, *bold = nullptr, *title = nullptr, *huge = nullptr;
};

/// What every part of the window draws with. One for the window's life; changed between two frames only.
struct Look {
  Palette colours{};
  Fonts fonts;
  float scale = 1;  ///< Pixels a unit.
  std::string language = "en";
  [[nodiscard]] float px(double units) const { return static_cast<float>(units) * scale; }
  [[nodiscard]] ImVec2 px(double x, double y) const { return {px(x), px(y)}; }
};

[[nodiscard]] const Palette& paletteOf(ThemeName theme);

/// Sets Dear ImGui's own colours, paddings and roundings to the look.
void applyStyle(const Look& look);

[[nodiscard]] ImVec4 toVec4(ImU32 colour);
[[nodiscard]] ImU32 withAlpha(ImU32 colour, double alpha);

}  // namespace aula::desktop
