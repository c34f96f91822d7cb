// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "desktop/ui/desk.h"
#include "desktop/ui/widgets.h"

namespace aula::desktop {
namespace {

/// A page in the middle of the window that any key of leaving, and a click beside it, closes. Nothing behind
/// it stops.
bool beginPage(Desk& desk, const char* id, float width, bool& isOpen, const char* title) {
  const Look& look = desk.look;
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float fits = std::min(look.px(width), screen.x - look.px(32));
  ImGui::SetNextWindowPos({screen.x / 2, screen.y / 2}, ImGuiCond_Always, {0.5F, 0.5F});
  ImGui::SetNextWindowSizeConstraints({fits, 0}, {fits, screen.y - look.px(32)});
  ImGui::PushStyleColor(ImGuiCol_WindowBg, look.colours.panel);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, look.px(24, 20));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, std::max(1.0F, look.px(1)));
  ImGui::Begin(id, nullptr,
               ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoCollapse |
                   ImGuiWindowFlags_NoMove | ImGuiWindowFlags_AlwaysAutoResize |
                   ImGuiWindowFlags_NoSavedSettings);
  ImGui::PopStyleVar(2);
  ImGui::PopStyleColor();
  const bool isBeside = ImGui::IsMouseClicked(ImGuiMouseButton_Left) &&
                        !ImGui::IsWindowHovered(ImGuiHoveredFlags_RootAndChildWindows) &&
                        !ImGui::IsWindowAppearing();
  label(look.fonts.title, look.colours.text, title, fits - look.px(100));
  const float y = ImGui::GetItemRectMin().y;
  ImGui::SetCursorScreenPos({ImGui::GetWindowPos().x + fits - look.px(24 + 30), y - look.px(4)});
  IconButton close;
  close.size = 30;
  if (iconButton(look, "close", Icon::cross, std::string(desk.w(Word::close)) + "  (Esc)", close) || isBeside)
    isOpen = false;
  ImGui::SetCursorScreenPos({ImGui::GetWindowPos().x + look.px(24), y + look.px(36)});
  return true;
}

/// Below the toolbar, at the window's right edge.
void placeMenu(const Look& look) {
  ImGui::SetNextWindowPos({ImGui::GetIO().DisplaySize.x - look.px(10), look.px(54)}, ImGuiCond_Always,
                          {1, 0});
}

void row(const Look& look, const char* key, const char* text, float keyWidth) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  label(look.fonts.bold, look.colours.accent, key);
  ImGui::SetCursorScreenPos({at.x + keyWidth, at.y});
  wrapped(text);
}

}  // namespace

void drawHelp(Desk& desk) {
  if (!desk.isHelpOpen) return;
  const Look& look = desk.look;
  beginPage(desk, "##help", 640, desk.isHelpOpen, desk.w(Word::help));
  struct Line {
    const char* key;
    Word text;
  };
  static constexpr Line kLines[] = {{"Space", Word::helpRun},
                                    {"→", Word::helpStep},
                                    {"←", Word::helpStepBack},
                                    {"Home", Word::toBeginning},
                                    {"R", Word::helpRestart},
                                    {"S", Word::helpScreenshot},
                                    {"V", Word::helpRecord},
                                    {"P", Word::helpPresenter},
                                    {"1 – 7", Word::helpViewpoints},
                                    {"0", Word::resetView},
                                    {"F", Word::helpCamera},
                                    {"W A S D", Word::helpSteer},
                                    {"G", Word::helpFields},
                                    {"C", Word::helpPick},
                                    {"N  B", Word::helpChooseNext},
                                    {"H", Word::helpHand},
                                    {"M", Word::helpHandTool},
                                    {"X", Word::helpHandTake},
                                    {"L", Word::helpLanguage},
                                    {"T", Word::helpTheme},
                                    {"Ctrl +  Ctrl −", Word::helpScale},
                                    {"F11", Word::helpFullScreen},
                                    {"Tab  ↑ ↓ ← →", Word::helpMove},
                                    {"F1", Word::helpHelp},
                                    {"Esc", Word::helpEscape}};
  for (const Line& line : kLines) row(look, line.key, desk.w(line.text), look.px(150));
  ImGui::Dummy({0, look.px(4)});
  heading(look, desk.w(Word::helpMouse));
  wrapped(desk.w(Word::helpMouseScene));
  wrapped(desk.w(Word::helpMousePlot));
  ImGui::Dummy({0, look.px(4)});
  ImGui::End();
}

void drawAbout(Desk& desk) {
  if (!desk.isAboutOpen) return;
  const Look& look = desk.look;
  beginPage(desk, "##about", 460, desk.isAboutOpen, desk.w(Word::about));
  wrapped("Aula " + desk.options.version);
  wrapped(desk.w(Word::aboutText));
  ImGui::Dummy({0, look.px(4)});
  caption(look, desk.w(Word::folderLabel));
  wrapped(desk.picturesFolder().string());
  ImGui::End();
}

void drawLanguageMenu(Desk& desk) {
  placeMenu(desk.look);
  if (!ImGui::BeginPopup("language")) return;
  for (const Language& language : languages()) {
    const bool isChosen = desk.look.language == language.code;
    if (ImGui::MenuItem(std::string(language.name).c_str(), nullptr, isChosen))
      desk.setLanguage(std::string(language.code));
  }
  ImGui::EndPopup();
}

void drawSettingsMenu(Desk& desk) {
  const Look& look = desk.look;
  const float width = std::min(look.px(360), ImGui::GetIO().DisplaySize.x - look.px(40));
  ImGui::SetNextWindowSize({width, 0});
  placeMenu(look);
  if (!ImGui::BeginPopup("settings")) return;
  const float room = ImGui::GetContentRegionAvail().x;
  Preferences& chosen = desk.preferences;
  const Preferences before = chosen;

  caption(look, desk.w(Word::theme));
  int theme = static_cast<int>(chosen.theme);
  if (segmented(look, "theme",
                {desk.w(Word::themeLight), desk.w(Word::themeDark), desk.w(Word::themeContrast)}, theme,
                room))
    chosen.theme = static_cast<ThemeName>(theme);

  caption(look, desk.w(Word::scale));
  IconButton small;
  small.size = 32;
  small.kind = ButtonKind::plain;
  small.isEnabled = chosen.scalePercent > kSmallestScale;
  if (iconButton(look, "smaller", Icon::minus, "Ctrl −", small))
    desk.setScale(chosen.scalePercent - kScaleStep);
  ImGui::SameLine();
  ImGui::AlignTextToFramePadding();
  label(look.fonts.bold, look.colours.text, std::to_string(chosen.scalePercent) + " %");
  ImGui::SameLine(look.px(120));
  small.isEnabled = chosen.scalePercent < kLargestScale;
  if (iconButton(look, "larger", Icon::plus, "Ctrl +", small))
    desk.setScale(chosen.scalePercent + kScaleStep);

  caption(look, desk.w(Word::colours));
  int colours = static_cast<int>(chosen.colours);
  for (const Word name : {Word::coloursStandard, Word::coloursSafe, Word::coloursGrey}) {
    const int value = static_cast<int>(name) - static_cast<int>(Word::coloursStandard);
    if (ImGui::RadioButton(desk.w(name), &colours, value))
      chosen.colours = static_cast<ValueColours>(colours);
  }

  if (desk.lab && desk.scene.isSpace()) {
    caption(look, desk.w(Word::quality));
    static constexpr Word kQualities[] = {Word::qualityNative, Word::qualityHigh,    Word::qualityBalanced,
                                          Word::qualityFast,   Word::qualityFastest, Word::qualityAutomatic};
    ImGui::SetNextItemWidth(room);
    if (ImGui::BeginCombo("##quality", desk.w(kQualities[chosen.quality]))) {
      for (int i = 0; i <= kAutomaticQuality; ++i)
        if (ImGui::Selectable(desk.w(kQualities[i]), i == chosen.quality)) chosen.quality = i;
      ImGui::EndCombo();
    }
    if (chosen.quality == kAutomaticQuality) {
      caption(look, desk.w(Word::picturesASecond));
      static constexpr int kRates[] = {10, 30, 60};
      int rate = 0;
      while (rate < 2 && kRates[rate] < chosen.picturesPerSecond) ++rate;
      if (segmented(look, "rate", {"10", "30", "60"}, rate, room)) chosen.picturesPerSecond = kRates[rate];
    }
  }
  ImGui::Dummy({0, look.px(4)});
  if (textButton(look, desk.w(Word::fullScreen))) desk.wantsFullScreen = !desk.wantsFullScreen;
  ImGui::SameLine();
  if (textButton(look, desk.w(Word::about))) {
    desk.isAboutOpen = true;
    ImGui::CloseCurrentPopup();
  }
  if (!(before == chosen)) desk.savePreferences();
  ImGui::EndPopup();
}

}  // namespace aula::desktop
