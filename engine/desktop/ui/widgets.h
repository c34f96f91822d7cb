// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <imgui.h>

#include <initializer_list>
#include <string>

#include "desktop/ui/icons.h"
#include "desktop/ui/style.h"

/// Controls in the window's own dress. All can be reached and used by keyboard; ids follow Dear ImGui's rules
/// (text after "##" is not shown).
namespace aula::desktop {

enum class ButtonKind {
  plain,   ///< Ground of the panel with an edge.
  accent,  ///< The one thing to do next.
  quiet    ///< No ground until the mouse is over it.
};

bool textButton(const Look& look, const char* label, ButtonKind kind = ButtonKind::plain, float width = 0);

struct IconButton {
  bool isOn = false;  ///< Shown pressed: a switch that is on.
  bool isEnabled = true;
  bool isRound = false;
  ButtonKind kind = ButtonKind::quiet;
  float size = 34;   ///< Units.
  ImU32 colour = 0;  ///< Of the icon; 0: the text's.
};
/// `hint` says what it does and its key: a tooltip.
bool iconButton(const Look& look, const char* id, Icon icon, const std::string& hint,
                const IconButton& how = {});

/// A thin line with a round handle. True while it is moved; `isReleased` once at the end. `step`: what an
/// arrow key moves it by.
bool slider(const Look& look, const char* id, double& value, double lower, double upper, double step,
            float width, bool* isReleased = nullptr);

/// One of several; true when it changed.
bool segmented(const Look& look, const char* id, std::initializer_list<const char*> labels, int& chosen,
               float width);

/// Headings of pages side by side; true when it changed.
bool tabs(const Look& look, const char* id, std::initializer_list<const char*> labels, int& chosen);

void heading(const Look& look, const char* text);
/// Small and pale, wrapped.
void caption(const Look& look, const std::string& text);
void wrapped(const std::string& text);
/// In a font and a colour, on one line; cut with an ellipsis at `width` (0: not).
void label(ImFont* font, ImU32 colour, const std::string& text, float width = 0);

/// A small coloured note: "as expected".
void badge(const Look& look, const std::string& text, ImU32 colour, ImU32 ground, const Icon* icon = nullptr);

/// A white board with round corners behind what is drawn until endCard(); as wide as there is room.
void beginCard(const Look& look, const char* id);
void endCard(const Look& look);

/// Remembers where the item before lies, under a name: what a script clicks on. Buttons and tabs name
/// themselves.
void mark(const std::string& name);
/// Left, top, right, bottom of a marked item as it was last drawn; all 0 when there is none.
[[nodiscard]] ImVec4 placeOf(const std::string& name);

/// Shows `hint` when the item before is under a resting mouse or reached by keyboard.
void tooltip(const Look& look, const std::string& hint);

/// As much of the text as `width` has room for, with an ellipsis where it was cut.
[[nodiscard]] std::string cutToFit(ImFont* font, const std::string& text, float width);

}  // namespace aula::desktop
