// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <imgui.h>

namespace aula::desktop {

/// Signs on buttons, drawn by strokes so that they are sharp at every size and take the text's colour.
enum class Icon {
  play,
  pause,
  step,
  toBeginning,
  restart,
  camera,
  record,
  stop,
  projector,
  contrast,
  globe,
  question,
  home,
  layers,
  sidebar,
  check,
  cross,
  warning,
  eye,
  eyeClosed,
  chevronDown,
  chevronRight,
  chevronLeft,
  showAll,
  table,
  picture,
  fullScreen,
  plus,
  minus,
  hand,
  ruler,
  search
};

/// In a square of `size` pixels about `centre`.
void drawIcon(ImDrawList& list, Icon icon, ImVec2 centre, float size, ImU32 colour);

}  // namespace aula::desktop
